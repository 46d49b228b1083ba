"""Themes of notices issued before can be looked up on the public site."""

from django.db import migrations

from jinguo.search.pairs import pairs_of, pinyin_of


def index_themes(apps, schema_editor):
    row = apps.get_model("search", "IndexRow")
    issued = apps.get_model("campaigns", "Campaign").objects.filter(state="issued").exclude(theme="")
    for campaign in issued.select_related("office__unit").iterator():
        row.objects.update_or_create(
            kind="theme", object_code=campaign.code,
            defaults={
                "audience": "public", "owner_path": campaign.office.unit.path, "title": campaign.theme[:200],
                "pairs": pairs_of(campaign.theme), "pinyin": pinyin_of(campaign.theme),
            },
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0011_letters_wait"), ("search", "0003_pinyin_index")]
    operations = [migrations.RunPython(index_themes, migrations.RunPython.noop)]
