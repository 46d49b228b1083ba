"""Telephones and addresses of guests forgotten before leave the outbox too."""

from django.db import migrations

BATCH = 500


def forget_letters(apps, schema_editor):
    letters = apps.get_model("messages", "OutMessage").objects.filter(about_kind="sign_up")
    gone = apps.get_model("activities", "SignUp").objects.exclude(forgotten_at=None).order_by("pk")
    codes = list(gone.values_list("code", flat=True))
    for at in range(0, len(codes), BATCH):
        rows = letters.filter(about_code__in=codes[at : at + BATCH])
        rows.filter(state__in=["waiting", "aside", "unknown"]).update(state="dropped", lease_until=None)
        rows.update(to_sealed="", subject_sealed="", body_sealed="", failure="")


class Migration(migrations.Migration):
    dependencies = [("activities", "0009_sessions_off"), ("messages", "0003_bounced")]
    operations = [migrations.RunPython(forget_letters, migrations.RunPython.noop)]
