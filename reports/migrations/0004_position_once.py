from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_chain")]
    operations = [
        migrations.AlterModelOptions(name="steplog", options={"ordering": ["report", "position"]}),
        migrations.AddConstraint(
            model_name="steplog",
            constraint=models.UniqueConstraint(fields=("report", "position"), name="step_position_once"),
        ),
    ]
