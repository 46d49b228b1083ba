"""The tables of this room as they stand, in one step for an empty database; older ones go on by the steps it replaces."""

import jinguo.lib.migrating
import jinguo.search.migrations._full_text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('search', '0001_initial'),
        ('search', '0002_full_text'),
        ('search', '0003_pinyin_index'),
    ]

    dependencies = [
    ]

    operations = [
        jinguo.lib.migrating.CreateTables(
            operations=[
                migrations.CreateModel(
                    name='IndexRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=20)),
                        ('object_code', models.CharField(max_length=12)),
                        ('audience', models.CharField(choices=[('public', 'Public'), ('staff', 'Staff')], max_length=6)),
                        ('owner_path', models.CharField(db_index=True, max_length=120)),
                        ('title', models.CharField(max_length=200)),
                        ('pairs', models.TextField()),
                        ('pinyin', models.CharField(blank=True, max_length=400)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['pinyin'], name='index_pinyin')],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'object_code'), name='indexed_once')],
                    },
                ),
            ],
        ),
        migrations.RunPython(
            code=jinguo.search.migrations._full_text.forwards,
            reverse_code=jinguo.search.migrations._full_text.backwards,
        ),
    ]
