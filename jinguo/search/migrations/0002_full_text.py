"""The full-text index over the pairs."""

from django.db import migrations

from jinguo.search.migrations._full_text import backwards, forwards


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
