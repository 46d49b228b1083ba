"""The order of `path`."""

from django.db import migrations

from jinguo.federation.migrations._path_order import order_by_code_points


class Migration(migrations.Migration):
    dependencies = [("federation", "0001_initial")]
    operations = [migrations.RunPython(order_by_code_points, migrations.RunPython.noop)]
