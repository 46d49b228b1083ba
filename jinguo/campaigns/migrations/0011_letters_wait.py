from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0010_slip_runs'),
    ]

    operations = [
        migrations.AddField(
            model_name='campaign',
            name='letters_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
