import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('answer', models.CharField(choices=[('asked', 'asked'), ('given', 'approved'), ('declined', 'not approved')], default='asked', max_length=10)),
                ('answered_at', models.DateTimeField(null=True)),
                ('comment', models.TextField(blank=True)),
                ('sha256', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('whole', models.BooleanField(default=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('kind', models.CharField(choices=[('reports', 'A report is sent in, returned, accepted or published'), ('questions', 'Questions of the secretariat and their answers'), ('approvals', 'Approvals asked and given'), ('deadlines', 'Reminders of a due date'), ('invitation', 'Invitations')], max_length=20)),
                ('when', models.CharField(choices=[('at-once', 'At once'), ('daily', 'Once a day, together'), ('never', 'Not at all')], default='at-once', max_length=10)),
                ('subject', models.CharField(max_length=300)),
                ('text', models.TextField()),
                ('html', models.TextField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('trouble', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ReadMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('private', models.BooleanField(default=False)),
                ('quote', models.TextField(blank=True)),
                ('quote_language', models.CharField(blank=True, max_length=20)),
                ('state', models.CharField(choices=[('open', 'Open question'), ('answered', 'Answered, not settled'), ('settled', 'Settled')], default='open', max_length=10)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RoleLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('contributor', 'Contributor'), ('focal_point', 'Focal point'), ('reader', 'Reader of the secretariat'), ('reviewer', 'Reviewer'), ('administrator', 'Administrator of the secretariat')], max_length=20)),
                ('ended', models.BooleanField(default=False)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Saying',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('by_country', models.BooleanField(default=False)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='membership',
            name='invited_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='membership',
            name='invited_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='membership',
            name='only_given',
            field=models.BooleanField(default=False, help_text='A contributor then writes in the sections that a focal point gives, and in no other.', verbose_name='writes only what is given'),
        ),
        migrations.AddField(
            model_name='report',
            name='extended_to',
            field=models.DateField(blank=True, null=True, verbose_name='extended to'),
        ),
        migrations.AddField(
            model_name='section',
            name='frozen',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='steplog',
            name='before',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='steplog',
            name='due',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='steplog',
            name='hash',
            field=models.CharField(default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='steplog',
            name='position',
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='steplog',
            name='sections',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='submission',
            name='log_head',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='submission',
            name='states',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='user',
            name='mails',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AlterField(
            model_name='steplog',
            name='at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AlterField(
            model_name='steplog',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='steplog',
            name='state_from',
            field=models.CharField(blank=True, choices=[('draft', 'Draft'), ('submitted', 'Sent in'), ('returned', 'Returned'), ('accepted', 'Accepted'), ('published', 'Published')], max_length=10),
        ),
        migrations.AlterField(
            model_name='steplog',
            name='step',
            field=models.CharField(choices=[('open', 'begun'), ('send_in', 'sent in'), ('withdraw', 'taken back'), ('return', 'returned'), ('accept', 'accepted'), ('publish', 'published'), ('reopen', 'reopened'), ('extend', 'extension given')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='steplog',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('step__in', ['return', 'reopen', 'extend']), _negated=True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='step_says_why'),
        ),
        migrations.AddField(
            model_name='approval',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='approval',
            name='official',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='approval',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='reports.report'),
        ),
        migrations.AddField(
            model_name='approval',
            name='section',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='reports.section'),
        ),
        migrations.AddField(
            model_name='delegation',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='delegation',
            name='contribution',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='delegations', to='reports.contribution'),
        ),
        migrations.AddField(
            model_name='delegation',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations', to='reports.section'),
        ),
        migrations.AddField(
            model_name='delegation',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='mail',
            name='to',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='readmark',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='readmark',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='read_marks', to='reports.section'),
        ),
        migrations.AddField(
            model_name='readmark',
            name='submission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='read_marks', to='reports.submission'),
        ),
        migrations.AddField(
            model_name='remark',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='remark',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='reports.section'),
        ),
        migrations.AddField(
            model_name='remark',
            name='submission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='reports.submission'),
        ),
        migrations.AddField(
            model_name='rolelog',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rolelog',
            name='country',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.country'),
        ),
        migrations.AddField(
            model_name='rolelog',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_log', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='saying',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='saying',
            name='remark',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sayings', to='reports.remark'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.UniqueConstraint(fields=('section', 'user'), name='section_given_once'),
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(fields=['sent_at', 'when'], name='mail_waiting'),
        ),
        migrations.AddConstraint(
            model_name='readmark',
            constraint=models.UniqueConstraint(fields=('submission', 'section'), name='section_read_once'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('private', False), ('state', 'open'), _connector='OR'), name='note_stays_open'),
        ),
    ]
