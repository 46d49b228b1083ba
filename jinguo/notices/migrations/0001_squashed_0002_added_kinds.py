"""The tables of this room as they stand, in one step for an empty database; older ones go on by the steps it replaces."""

import django.db.models.deletion
import jinguo.lib.ids
import jinguo.lib.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('notices', '0001_initial'),
        ('notices', '0002_added_kinds'),
    ]

    dependencies = [
        ('federation', '0001_squashed_0005_map_places'),
        ('files', '0001_initial'),
    ]

    operations = [
        jinguo.lib.migrating.CreateTables(
            operations=[
                migrations.CreateModel(
                    name='Item',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('position', models.PositiveIntegerField()),
                        ('kind', models.CharField(choices=[('theme', '主题'), ('line', '方面'), ('measure', '措施'), ('own_event', '自办活动'), ('requirement', '要求'), ('report_duty', '报送要求'), ('recipient', '主送单位'), ('deadline', '期限'), ('contact', '联系方式')], max_length=12)),
                        ('ref', models.CharField(blank=True, max_length=20)),
                        ('clause', models.CharField(blank=True, max_length=20)),
                        ('title', models.CharField(max_length=200)),
                        ('quote', models.TextField(blank=True)),
                        ('start', models.PositiveIntegerField(blank=True, null=True)),
                        ('end', models.PositiveIntegerField(blank=True, null=True)),
                        ('spans', models.JSONField(default=list)),
                        ('proposal', models.JSONField(default=dict)),
                        ('values', models.JSONField(default=dict)),
                        ('decision', models.CharField(choices=[('proposed', '待确认'), ('confirmed', '已确认'), ('edited', '改过并确认'), ('rejected', '不是任务'), ('replaced', '已拆分或合并')], default='proposed', max_length=10)),
                        ('came_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='became', to='notices.item')),
                    ],
                    options={
                        'ordering': ['position', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Confirmation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('decision', models.CharField(choices=[('proposed', '待确认'), ('confirmed', '已确认'), ('edited', '改过并确认'), ('rejected', '不是任务'), ('replaced', '已拆分或合并')], max_length=10)),
                        ('values', models.JSONField(default=dict)),
                        ('actor', models.CharField(max_length=40)),
                        ('at', models.DateTimeField()),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='notices.item')),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Notice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('sha256', models.CharField(max_length=64)),
                        ('state', models.CharField(choices=[('received', '待读'), ('unreadable', '读不了'), ('read', '待确认'), ('planned', '已成计划'), ('void', '已作废')], max_length=12)),
                        ('title', models.CharField(blank=True, max_length=200)),
                        ('doc_number', models.CharField(blank=True, max_length=60)),
                        ('fault', models.CharField(blank=True, max_length=40)),
                        ('received_at', models.DateTimeField()),
                        ('received_by', models.CharField(max_length=40)),
                        ('signed_on', models.DateField(blank=True, null=True)),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='files.storedfile')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='federation.office')),
                    ],
                    options={
                        'ordering': ['-received_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'void'), _negated=True), fields=('office', 'sha256'), name='same_file_once')],
                    },
                ),
                migrations.AddField(
                    model_name='item',
                    name='notice',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='notices.notice'),
                ),
                migrations.CreateModel(
                    name='Answer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('question', models.CharField(choices=[('due', '报送期限'), ('sign_due', '签收期限'), ('signed_on', '成文日期'), ('seen', '看过，无任务'), ('as_notice', '照通知办')], max_length=10)),
                        ('ref', models.CharField(blank=True, max_length=20)),
                        ('value', models.JSONField(default=dict)),
                        ('actor', models.CharField(max_length=40)),
                        ('at', models.DateTimeField()),
                        ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='notices.notice')),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Reading',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('raw_text', models.TextField()),
                        ('extractor', models.CharField(max_length=40)),
                        ('extractor_version', models.CharField(max_length=20)),
                        ('record', models.JSONField()),
                        ('made_at', models.DateTimeField()),
                        ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='notices.notice')),
                    ],
                    options={
                        'ordering': ['-made_at'],
                    },
                ),
                migrations.AddIndex(
                    model_name='item',
                    index=models.Index(fields=['notice', 'position'], name='notices_ite_notice__6d2b4d_idx'),
                ),
            ],
        ),
    ]
