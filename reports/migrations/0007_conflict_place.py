from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_lately")]
    operations = [
        migrations.AddField(model_name="conflict", name="place", field=models.PositiveIntegerField(default=0)),
        migrations.RemoveField(model_name="conflict", name="after"),
    ]
