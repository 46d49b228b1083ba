"""What returns tell, kept apart for the figures, with what the returns at hand tell already."""

import django.db.models.deletion
from django.db import migrations, models

STANDING = ("reported", "sent_back", "resent", "accepted", "corrected")
NUMBERS = ("on_site", "women", "online", "benefited", "deeds")
READ = ("event", *NUMBERS, *(f"{name}_about" for name in NUMBERS[:-1]))
BATCH = 2_000


def tell(apps, schema_editor):
    """As `actions.telling` does from now on."""
    Return, Told, Apart = (apps.get_model("reports", name) for name in ("Return", "Told", "Apart"))
    apart = set(Apart.objects.values_list("second_id", flat=True))
    columns = [f"{which}__{name}" for which in ("current", "accepted") for name in READ]
    rows = Return.objects.filter(state__in=STANDING).order_by("pk")
    rows = rows.values("pk", "campaign_id", "obligation__ask_id", "joint_id", "current_id", "accepted_id", *columns)
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1]["pk"]
        Told.objects.bulk_create(
            Told(**told(row, which, row["pk"] in apart))
            for row in batch for which in ("current", "accepted") if row[f"{which}_id"]
        )  # fmt: skip


def told(row, which, apart):
    """One row of what a return tells."""
    said = {name: row[f"{which}__{name}"] for name in READ}
    event = said["event"] if said["event"] and not apart else f"return:{row['pk']}"
    numbers = {
        name: None if said[name] is None else said[name] * 2 + (not said.get(f"{name}_about")) for name in NUMBERS
    }
    return {
        "given_id": row["pk"], "campaign_id": row["campaign_id"], "ask_id": row["obligation__ask_id"], "confirmed": which == "accepted",
        "event": f"joint:{row['joint_id']}" if row["joint_id"] else event, **numbers,
    }  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0001_squashed_0013_event_words'),
        ('reports', '0001_squashed_0004_held'),
    ]

    operations = [
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('confirmed', models.BooleanField()),
                ('event', models.CharField(max_length=32)),
                ('on_site', models.BigIntegerField(null=True)),
                ('women', models.BigIntegerField(null=True)),
                ('online', models.BigIntegerField(null=True)),
                ('benefited', models.BigIntegerField(null=True)),
                ('deeds', models.BigIntegerField(null=True)),
                ('ask', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.ask')),
                ('campaign', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.campaign')),
                ('given', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='told', to='reports.return')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign', 'confirmed', 'event', 'ask', 'on_site', 'women', 'online', 'benefited', 'deeds', 'given'], name='told_by_event')],
                'constraints': [models.UniqueConstraint(fields=('given', 'confirmed'), name='told_once')],
            },
        ),
        migrations.RunPython(tell, migrations.RunPython.noop),
    ]
