"""One session of several can be off. Series made before can be looked up by name, and their activities by it."""

from django.db import migrations, models

from jinguo.search.pairs import pairs_of, pinyin_of


def index_series(apps, schema_editor):
    row = apps.get_model("search", "IndexRow")
    for series in apps.get_model("activities", "Series").objects.select_related("unit").iterator():
        row.objects.update_or_create(
            kind="series", object_code=series.code,
            defaults={
                "audience": "staff", "owner_path": series.unit.path, "title": series.name, "pairs": pairs_of(series.name),
                "pinyin": pinyin_of(series.name),
            },
        )  # fmt: skip
    activities = apps.get_model("activities", "Activity").objects.exclude(series=None).select_related("series")
    for activity in activities.iterator():
        said = f"{activity.title}\n{activity.place}\n{activity.series.name}\n{activity.summary}"
        row.objects.filter(kind="activity", object_code=activity.code).update(pairs=pairs_of(said))


class Migration(migrations.Migration):
    dependencies = [("activities", "0008_afterwards"), ("search", "0003_pinyin_index")]
    operations = [
        migrations.AddField("session", "called_off_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(index_series, migrations.RunPython.noop),
    ]
