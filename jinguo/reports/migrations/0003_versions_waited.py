from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_review")]

    operations = [
        migrations.AddIndex(
            model_name="returnversion",
            index=models.Index(fields=["given", "sent_at", "answered_at"], name="versions_waited"),
        ),
    ]
