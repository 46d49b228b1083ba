"""The tables of this room as they stand, in one step for an empty database; older ones go on by the steps it replaces."""

import django.db.migrations.operations.special
import django.db.models.deletion
import jinguo.federation.migrations._path_order
import jinguo.lib.ids
import jinguo.lib.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('federation', '0001_initial'),
        ('federation', '0002_path_order'),
        ('federation', '0003_unit_histories'),
        ('federation', '0004_host_links'),
        ('federation', '0005_map_places'),
    ]

    dependencies = [
    ]

    operations = [
        jinguo.lib.migrating.CreateTables(
            operations=[
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('username', models.CharField(max_length=40, unique=True)),
                        ('display_name', models.CharField(max_length=40)),
                        ('is_active', models.BooleanField(default=True)),
                        ('second_factor_sealed', models.TextField(blank=True)),
                        ('second_factor_step', models.BigIntegerField(default=0)),
                        ('session_epoch', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Attempt',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=64, unique=True)),
                        ('failures', models.PositiveIntegerField(default=0)),
                        ('next_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Unit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('name', models.CharField(max_length=80)),
                        ('short_name', models.CharField(max_length=40)),
                        ('unit_class', models.CharField(choices=[('federation', '妇联'), ('committee', '市直单位妇女组织'), ('enterprise', '企业事业单位妇女组织'), ('home', '妇女之家'), ('new_org', '新经济组织和新社会组织'), ('outside', '妇联以外的单位')], max_length=12)),
                        ('level', models.CharField(choices=[('province', '省级'), ('city', '市级'), ('county', '县级'), ('township', '乡镇（街道）'), ('village', '村（社区）')], max_length=10)),
                        ('sector', models.CharField(blank=True, max_length=20)),
                        ('division_code', models.CharField(blank=True, db_index=True, max_length=12)),
                        ('duty_phone', models.CharField(blank=True, max_length=30)),
                        ('path', models.CharField(max_length=120, null=True, unique=True)),
                        ('valid_from', models.DateField(blank=True, null=True)),
                        ('valid_to', models.DateField(blank=True, null=True)),
                        ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='federation.unit')),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='federation.unit')),
                    ],
                    options={
                        'ordering': ['path'],
                        'indexes': [models.Index(fields=['unit_class', 'path'], name='unit_class_path'), models.Index(fields=['level', 'path'], name='unit_level_path'), models.Index(fields=['path', 'unit_class', 'level', 'valid_from', 'valid_to'], name='unit_counting')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_from', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unit_ends_after_it_begins')],
                    },
                ),
                migrations.CreateModel(
                    name='TreeImport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('name', models.CharField(max_length=120)),
                        ('rows_sealed', models.TextField(blank=True)),
                        ('state', models.CharField(choices=[('waiting', '等您核对'), ('applied', '已经写入'), ('dropped', '没有采用')], default='waiting', max_length=8)),
                        ('counts', models.JSONField(default=dict)),
                        ('came_at', models.DateTimeField()),
                        ('came_from', models.CharField(max_length=40)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tree_imports', to='federation.unit')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ToldApart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('said_at', models.DateTimeField()),
                        ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='federation.unit')),
                        ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='federation.unit')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='told_apart_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='told_apart_in_order')],
                    },
                ),
                migrations.CreateModel(
                    name='Post',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('holder_sealed', models.TextField(blank=True)),
                        ('holder_hash', models.CharField(blank=True, max_length=64)),
                        ('role', models.CharField(choices=[('officer', '经办'), ('leader', '审签领导'), ('liaison', '信息员'), ('chair', '主席'), ('vice_chair', '副主席'), ('executive', '执委'), ('home_host', '妇女之家负责人'), ('county_officer', '县（区）经办'), ('case_worker', '个案工作者'), ('case_supervisor', '个案督导'), ('reviewer', '审核人'), ('approver', '审批人'), ('auditor', '审计员'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员')], max_length=20)),
                        ('starts', models.DateField()),
                        ('ends', models.DateField(blank=True, null=True)),
                        ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='federation.unit')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('starts')), _connector='OR'), name='post_ends_after_it_starts'), models.UniqueConstraint(fields=('user', 'unit', 'role', 'starts'), name='post_once'), models.UniqueConstraint(condition=models.Q(('user', None)), fields=('unit', 'role', 'starts', 'holder_hash'), name='named_post_once'), models.CheckConstraint(condition=models.Q(('user__isnull', False), models.Q(('holder_sealed', ''), _negated=True), _connector='OR'), name='post_has_a_holder')],
                    },
                ),
                migrations.CreateModel(
                    name='Office',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('brand', models.CharField(blank=True, max_length=40)),
                        ('department', models.CharField(blank=True, max_length=40)),
                        ('doc_mark', models.CharField(blank=True, max_length=60)),
                        ('doc_code', models.CharField(blank=True, max_length=20)),
                        ('phone', models.CharField(blank=True, max_length=30)),
                        ('public_host', models.CharField(blank=True, max_length=100)),
                        ('mail_from', models.EmailField(blank=True, max_length=254)),
                        ('mail_host', models.CharField(blank=True, max_length=100)),
                        ('mail_port', models.PositiveIntegerField(default=465)),
                        ('mail_security', models.CharField(choices=[('tls', 'TLS（465 端口）'), ('starttls', 'STARTTLS（587 端口）'), ('plain', '不加密（只限本机）')], default='tls', max_length=10)),
                        ('mail_user', models.CharField(blank=True, max_length=100)),
                        ('mail_code_sealed', models.TextField(blank=True)),
                        ('public_days', models.PositiveSmallIntegerField(default=30)),
                        ('link_days', models.PositiveSmallIntegerField(default=60)),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='below', to='federation.office')),
                        ('unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='office', to='federation.unit')),
                    ],
                ),
                migrations.CreateModel(
                    name='MapPlace',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('column', models.PositiveSmallIntegerField()),
                        ('row', models.PositiveSmallIntegerField()),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='map_places', to='federation.office')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='federation.unit')),
                    ],
                    options={
                        'ordering': ['office', 'row', 'column'],
                        'constraints': [models.UniqueConstraint(fields=('office', 'unit'), name='map_place_once_a_unit'), models.UniqueConstraint(fields=('office', 'row', 'column'), name='map_place_once_a_cell'), models.CheckConstraint(condition=models.Q(('column__lt', 8), ('row__lt', 8)), name='map_place_on_the_grid')],
                    },
                ),
                migrations.CreateModel(
                    name='MailAddress',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField(default=1)),
                        ('address', models.EmailField(max_length=254)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mail_addresses', to='federation.unit')),
                    ],
                    options={
                        'ordering': ['unit', 'position'],
                        'indexes': [models.Index(fields=['address'], name='federation__address_3fa717_idx')],
                        'constraints': [models.UniqueConstraint(fields=('unit', 'address'), name='address_once_a_unit')],
                    },
                ),
                migrations.CreateModel(
                    name='Link',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('secret_hash', models.CharField(max_length=64, unique=True)),
                        ('purpose', models.CharField(choices=[('unit', '单位办理通知'), ('sign_up', '本人报名'), ('host', '村和妇女之家办活动'), ('hand_over', '初次登录')], max_length=12)),
                        ('object_kind', models.CharField(max_length=20)),
                        ('object_code', models.CharField(max_length=12)),
                        ('created_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('opened_at', models.DateTimeField(blank=True, null=True)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='federation.unit')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['object_kind', 'object_code'], name='federation__object__d6605f_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Contact',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('position', models.PositiveSmallIntegerField(default=1)),
                        ('title', models.CharField(max_length=40)),
                        ('name_sealed', models.TextField(blank=True)),
                        ('mobile_sealed', models.TextField(blank=True)),
                        ('mobile_hash', models.CharField(blank=True, db_index=True, max_length=64)),
                        ('phone', models.CharField(blank=True, max_length=30)),
                        ('hours', models.CharField(blank=True, max_length=60)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='federation.unit')),
                    ],
                    options={
                        'ordering': ['unit', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('unit', 'position'), name='contact_order')],
                    },
                ),
                migrations.CreateModel(
                    name='ChatGroup',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('name', models.CharField(max_length=60)),
                        ('keeper_sealed', models.TextField(blank=True)),
                        ('about', models.PositiveIntegerField(blank=True, null=True)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chat_groups', to='federation.unit')),
                    ],
                    options={
                        'ordering': ['unit', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('unit', 'name'), name='chat_group_once_a_unit')],
                    },
                ),
                migrations.CreateModel(
                    name='Alias',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='federation.unit')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('unit', 'name'), name='alias_once')],
                    },
                ),
                migrations.AddField(
                    model_name='user',
                    name='unit',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='federation.unit'),
                ),
                migrations.CreateModel(
                    name='UnitChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('founded', '成立'), ('renamed', '更名'), ('moved', '换了上级'), ('merged', '并入别的单位'), ('absorbed', '并进来一个单位'), ('split_off', '从别的单位分设'), ('split', '分设出一个单位'), ('closed', '单位撤销'), ('reopened', '恢复')], max_length=10)),
                        ('day', models.DateField()),
                        ('before', models.CharField(blank=True, max_length=80)),
                        ('after', models.CharField(blank=True, max_length=80)),
                        ('basis', models.CharField(blank=True, max_length=80)),
                        ('recorded_at', models.DateTimeField()),
                        ('recorded_by', models.CharField(max_length=40)),
                        ('other', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='federation.unit')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='federation.unit')),
                    ],
                    options={
                        'ordering': ['unit', 'day', 'pk'],
                    },
                ),
            ],
        ),
        migrations.RunPython(
            code=jinguo.federation.migrations._path_order.order_by_code_points,
            reverse_code=django.db.migrations.operations.special.RunPython.noop,
        ),
    ]
