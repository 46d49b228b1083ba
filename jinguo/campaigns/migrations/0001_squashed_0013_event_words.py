"""The tables of this room as they stand, in one step for an empty database; older ones go on by the steps it replaces."""

import django.db.models.deletion
import django.db.models.expressions
import jinguo.campaigns.models.settled
import jinguo.lib.ids
import jinguo.lib.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('campaigns', '0001_initial'),
        ('campaigns', '0002_circulation_evidence'),
        ('campaigns', '0003_asks_and_reminders'),
        ('campaigns', '0004_ways_in'),
        ('campaigns', '0005_feeds'),
        ('campaigns', '0006_address_groups'),
        ('campaigns', '0007_forwarding_and_proxy'),
        ('campaigns', '0008_obligations_counted'),
        ('campaigns', '0009_obligations_settled'),
        ('campaigns', '0010_slip_runs'),
        ('campaigns', '0011_letters_wait'),
        ('campaigns', '0012_themes_found'),
        ('campaigns', '0013_event_words'),
    ]

    dependencies = [
        ('federation', '0001_squashed_0005_map_places'),
        ('files', '0001_initial'),
        ('notices', '0001_squashed_0002_added_kinds'),
    ]

    operations = [
        jinguo.lib.migrating.CreateTables(
            operations=[
                migrations.CreateModel(
                    name='Addressee',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveIntegerField()),
                        ('phrase', models.CharField(max_length=200)),
                        ('words', models.JSONField(default=list)),
                        ('unresolved', models.CharField(blank=True, max_length=200)),
                        ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='addressees', to='notices.item')),
                    ],
                    options={
                        'ordering': ['campaign', 'position'],
                    },
                ),
                migrations.CreateModel(
                    name='AddresseeUnit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('included', models.BooleanField(default=True)),
                        ('added_by_hand', models.BooleanField(default=False)),
                        ('addressee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='campaigns.addressee')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='federation.unit')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('addressee', 'unit'), name='addressee_unit_once')],
                    },
                ),
                migrations.AddField(
                    model_name='addressee',
                    name='units',
                    field=models.ManyToManyField(related_name='+', through='campaigns.AddresseeUnit', to='federation.unit'),
                ),
                migrations.CreateModel(
                    name='AddressGroup',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('name', models.CharField(max_length=60)),
                        ('saved_at', models.DateTimeField()),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='address_groups', to='federation.office')),
                    ],
                    options={
                        'ordering': ['office', 'name'],
                    },
                ),
                migrations.CreateModel(
                    name='AddressGroupUnit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='campaigns.addressgroup')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='federation.unit')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('group', 'unit'), name='address_group_unit_once')],
                    },
                ),
                migrations.AddField(
                    model_name='addressgroup',
                    name='units',
                    field=models.ManyToManyField(related_name='+', through='campaigns.AddressGroupUnit', to='federation.unit'),
                ),
                migrations.CreateModel(
                    name='Campaign',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('title', models.CharField(max_length=200)),
                        ('doc_number', models.CharField(blank=True, max_length=60)),
                        ('theme', models.CharField(blank=True, max_length=100)),
                        ('state', models.CharField(choices=[('draft', '圈定单位'), ('issued', '已发出'), ('closed', '已结束')], default='draft', max_length=8)),
                        ('created_at', models.DateTimeField()),
                        ('issued_at', models.DateTimeField(blank=True, null=True)),
                        ('letters_at', models.DateTimeField(blank=True, null=True)),
                        ('sign_due_at', models.DateTimeField(blank=True, null=True)),
                        ('sign_due_origin', models.CharField(blank=True, choices=[('notice', '通知原文'), ('confirmed', '市妇联确认'), ('local', '转发单位确认'), ('suggested', '系统建议')], max_length=10)),
                        ('unchanged', models.BooleanField(default=False)),
                        ('cover', models.CharField(blank=True, max_length=300)),
                        ('notice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='campaign', to='notices.notice')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='federation.office')),
                    ],
                    options={
                        'ordering': ['-created_at'],
                    },
                ),
                migrations.CreateModel(
                    name='Ask',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('kind', models.CharField(choices=[('each_activity', '每次活动'), ('closing', '活动总结'), ('dated', '定期表格')], max_length=14)),
                        ('title', models.CharField(max_length=120)),
                        ('sentence', models.TextField(blank=True)),
                        ('soft_word', models.CharField(blank=True, max_length=10)),
                        ('due_at', models.DateTimeField(blank=True, null=True)),
                        ('due_working_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('due_origin', models.CharField(blank=True, choices=[('notice', '通知原文'), ('confirmed', '市妇联确认'), ('local', '转发单位确认'), ('suggested', '系统建议')], max_length=10)),
                        ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='notices.item')),
                        ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='passed_on', to='campaigns.ask')),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asks', to='campaigns.campaign')),
                    ],
                ),
                migrations.AddField(
                    model_name='addressee',
                    name='campaign',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addressees', to='campaigns.campaign'),
                ),
                migrations.CreateModel(
                    name='Circulation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('queued_at', models.DateTimeField(blank=True, null=True)),
                        ('delivered_at', models.DateTimeField(blank=True, null=True)),
                        ('read_at', models.DateTimeField(blank=True, null=True)),
                        ('signed_at', models.DateTimeField(blank=True, null=True)),
                        ('signed_how', models.CharField(blank=True, choices=[('link', '链接'), ('desk', '工作台'), ('phone', '电话代签收'), ('mail', '回信'), ('paper', '扫纸质签收单'), ('code', '群链接和验证码'), ('proxy', '上级代签收'), ('digits', '群链接和电话后四位，凭据较弱')], max_length=6)),
                        ('signed_by', models.CharField(blank=True, max_length=40)),
                        ('signer_sealed', models.TextField(blank=True)),
                        ('signed_note_sealed', models.TextField(blank=True)),
                        ('forwarded_at', models.DateTimeField(blank=True, null=True)),
                        ('sent_back_at', models.DateTimeField(blank=True, null=True)),
                        ('sent_back_reason', models.CharField(blank=True, max_length=200)),
                        ('undeliverable_at', models.DateTimeField(blank=True, null=True)),
                        ('digits_tried', models.PositiveSmallIntegerField(default=0)),
                        ('undeliverable_why', models.CharField(blank=True, choices=[('no_address', '没有登记邮箱'), ('refused', '邮件发不到')], max_length=10)),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='circulations', to='campaigns.campaign')),
                        ('proxy_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='federation.unit')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='circulations', to='federation.unit')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['campaign', 'signed_at'], name='circulations_signed')],
                        'constraints': [models.UniqueConstraint(fields=('campaign', 'unit'), name='circulated_once'), models.CheckConstraint(condition=models.Q(models.Q(('signed_at', None), ('signed_how', '')), models.Q(models.Q(('signed_at', None), _negated=True), models.Q(('signed_how', ''), _negated=True)), _connector='OR'), name='signed_says_how'), models.CheckConstraint(condition=models.Q(models.Q(('proxy_unit__isnull', False), ('signed_how', 'proxy')), models.Q(models.Q(('signed_how', 'proxy'), _negated=True), ('proxy_unit__isnull', True)), _connector='OR'), name='proxy_says_who')],
                    },
                ),
                migrations.AddField(
                    model_name='campaign',
                    name='passes_on',
                    field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='onward', to='campaigns.circulation'),
                ),
                migrations.CreateModel(
                    name='Call',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=40)),
                        ('outcome', models.CharField(choices=[('reached', '已提醒'), ('promised', '答应办'), ('no_answer', '没人接'), ('wrong_number', '号码不对')], max_length=12)),
                        ('note_sealed', models.TextField(blank=True)),
                        ('circulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='campaigns.circulation')),
                    ],
                    options={
                        'ordering': ['-at'],
                    },
                ),
                migrations.CreateModel(
                    name='Burden',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('text_sealed', models.TextField()),
                        ('text_hash', models.CharField(max_length=64)),
                        ('at', models.DateTimeField()),
                        ('heard_at', models.DateTimeField(blank=True, null=True)),
                        ('ask', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='burdens', to='campaigns.ask')),
                        ('circulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='burdens', to='campaigns.circulation')),
                    ],
                    options={
                        'ordering': ['-at'],
                        'constraints': [models.UniqueConstraint(fields=('circulation', 'text_hash'), name='burden_said_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Clause',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('position', models.PositiveIntegerField()),
                        ('number', models.CharField(max_length=20)),
                        ('kind', models.CharField(choices=[('theme', '主题'), ('line', '方面'), ('measure', '措施'), ('own_event', '自办活动'), ('requirement', '要求'), ('report_duty', '报送要求')], max_length=12)),
                        ('heading', models.CharField(max_length=200)),
                        ('sentence', models.TextField(blank=True)),
                        ('force', models.CharField(blank=True, max_length=10)),
                        ('venues', models.JSONField(default=list)),
                        ('groups', models.JSONField(default=list)),
                        ('brands', models.JSONField(default=list)),
                        ('quantities', models.JSONField(default=list)),
                        ('event_kind', models.CharField(blank=True, max_length=20)),
                        ('event_on', models.DateField(blank=True, null=True)),
                        ('event_words', models.CharField(blank=True, max_length=120)),
                        ('lead_department', models.CharField(blank=True, max_length=60)),
                        ('responsible', models.CharField(blank=True, max_length=60)),
                        ('reach', models.CharField(choices=[('each', '每个主送单位'), ('suited', '适合的单位'), ('issuer', '本级自办')], max_length=8)),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='campaigns.campaign')),
                        ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='notices.item')),
                        ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='passed_on', to='campaigns.clause')),
                    ],
                    options={
                        'ordering': ['campaign', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('campaign', 'number'), name='clause_number_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Device',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('device_hash', models.CharField(max_length=64)),
                        ('first_at', models.DateTimeField()),
                        ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='federation.link')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('link', 'device_hash'), name='device_once_a_link')],
                    },
                ),
                migrations.CreateModel(
                    name='Digest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('day', models.DateField()),
                        ('at', models.DateTimeField()),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='digests', to='federation.unit')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('unit', 'day'), name='one_digest_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Entrance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('way', models.CharField(choices=[('paper', '纸质签收单'), ('code', '群链接和验证码')], max_length=6)),
                        ('made_at', models.DateTimeField()),
                        ('circulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entrances', to='campaigns.circulation')),
                        ('link', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='federation.link')),
                    ],
                ),
                migrations.CreateModel(
                    name='Feed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('secret_sealed', models.TextField()),
                        ('secret_hash', models.CharField(max_length=64, unique=True)),
                        ('made_at', models.DateTimeField()),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='federation.unit')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('unit',), name='one_feed_a_unit')],
                    },
                ),
                migrations.CreateModel(
                    name='GroupDoor',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('secret_sealed', models.TextField()),
                        ('secret_hash', models.CharField(max_length=64, unique=True)),
                        ('made_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='group_doors', to='campaigns.campaign')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('campaign',), name='one_group_door_open')],
                    },
                ),
                migrations.CreateModel(
                    name='Nudge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('day', models.DateField()),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=40)),
                        ('circulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nudges', to='campaigns.circulation')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('circulation', 'day'), name='one_nudge_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Obligation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('due_at', models.DateTimeField(blank=True, null=True)),
                        ('extended_to', models.DateTimeField(blank=True, null=True)),
                        ('extension_reason', models.CharField(blank=True, max_length=200)),
                        ('exempt_at', models.DateTimeField(blank=True, null=True)),
                        ('exempt_reason', models.CharField(blank=True, max_length=200)),
                        ('zero_at', models.DateTimeField(blank=True, null=True)),
                        ('zero_reason', models.CharField(blank=True, max_length=200)),
                        ('returns', models.PositiveIntegerField(default=0)),
                        ('accepted', models.PositiveIntegerField(default=0)),
                        ('sent_back', models.PositiveIntegerField(default=0)),
                        ('first_reported_at', models.DateTimeField(blank=True, null=True)),
                        ('last_reported_at', models.DateTimeField(blank=True, null=True)),
                        ('settled', jinguo.campaigns.models.settled.SettledField(default=96, editable=False)),
                        ('ask', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='campaigns.ask')),
                        ('proxy_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='federation.unit')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='federation.unit')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['ask', 'settled', 'extended_to', 'due_at', 'unit'], name='obligations_settled')],
                        'constraints': [models.UniqueConstraint(fields=('ask', 'unit'), name='asked_once'), models.CheckConstraint(condition=models.Q(('accepted__lte', models.F('returns'))), name='accepted_were_reported'), models.CheckConstraint(condition=models.Q(('settled', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Case(models.When(models.Q(('exempt_at__isnull', True), _negated=True), then=models.Value(0)), models.When(models.Q(('sent_back__gt', 0)), then=models.Value(16)), models.When(models.Q(('returns__gt', 0), models.Q(('proxy_unit_id__isnull', True), _negated=True)), then=models.Value(32)), models.When(models.Q(('returns__gt', 0), ('accepted', models.F('returns'))), then=models.Value(48)), models.When(models.Q(('returns__gt', 0)), then=models.Value(64)), models.When(models.Q(('zero_at__isnull', True), _negated=True), then=models.Value(80)), default=models.Value(96)), '+', models.Case(models.When(models.Q(('extended_to__isnull', True), _negated=True), then=models.Value(8)), default=models.Value(0))), '+', models.Case(models.When(models.Q(models.Q(('extended_to__isnull', True), _negated=True), models.Q(('due_at__isnull', True), _negated=True), _connector='OR'), then=models.Value(4)), default=models.Value(0))), '+', models.Case(models.When(models.Q(models.Q(models.Q(('extended_to__isnull', True), _negated=True), models.Q(('first_reported_at__lte', models.F('extended_to')), ('zero_at__lte', models.F('extended_to')), _connector='OR')), models.Q(('extended_to__isnull', True), models.Q(('first_reported_at__lte', models.F('due_at')), ('zero_at__lte', models.F('due_at')), _connector='OR')), _connector='OR'), then=models.Value(2)), default=models.Value(0))), '+', models.Case(models.When(models.Q(('first_reported_at__lte', models.F('due_at')), ('zero_at__lte', models.F('due_at')), _connector='OR'), then=models.Value(1)), default=models.Value(0))))), name='settled_as_its_facts')],
                    },
                ),
                migrations.CreateModel(
                    name='ExtensionRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('due_at', models.DateTimeField()),
                        ('to', models.DateTimeField()),
                        ('reason', models.CharField(max_length=200)),
                        ('asked_at', models.DateTimeField()),
                        ('asked_by', models.CharField(max_length=40)),
                        ('answer', models.CharField(blank=True, choices=[('granted', '同意延期'), ('refused', '没有同意'), ('taken_back', '单位收回')], max_length=10)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('answered_by', models.CharField(blank=True, max_length=40)),
                        ('granted_to', models.DateTimeField(blank=True, null=True)),
                        ('answer_note', models.CharField(blank=True, max_length=200)),
                        ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extension_requests', to='campaigns.obligation')),
                    ],
                    options={
                        'ordering': ['-asked_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('obligation',), name='one_request_waits'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answered_at', None), _negated=True), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='answered_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'granted'), models.Q(('granted_to', None), _negated=True)), models.Q(models.Q(('answer', 'granted'), _negated=True), ('granted_to', None)), _connector='OR'), name='granted_has_a_date'), models.CheckConstraint(condition=models.Q(('asked_at__lt', models.F('due_at'))), name='asked_before_due')],
                    },
                ),
                migrations.CreateModel(
                    name='OneTimeCode',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('purpose', models.CharField(choices=[('prove', '证明是本单位'), ('move', '换个设备打开')], max_length=6)),
                        ('typed_hash', models.CharField(db_index=True, max_length=64)),
                        ('made_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('used_at', models.DateTimeField(blank=True, null=True)),
                        ('circulation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='one_time_codes', to='campaigns.circulation')),
                    ],
                ),
                migrations.CreateModel(
                    name='OwnEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('held_on', models.DateField(blank=True, null=True)),
                        ('starts', models.TimeField(blank=True, null=True)),
                        ('ends', models.TimeField(blank=True, null=True)),
                        ('hall', models.CharField(blank=True, max_length=80)),
                        ('leader', models.CharField(blank=True, max_length=80)),
                        ('cohosts', models.CharField(blank=True, max_length=200)),
                        ('next_step', models.CharField(blank=True, max_length=200)),
                        ('result', models.CharField(blank=True, max_length=600)),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('clause', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='own_event', to='campaigns.clause')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends', None), models.Q(('ends__gt', models.F('starts')), ('starts__isnull', False)), _connector='OR'), name='own_event_ends_later')],
                    },
                ),
                migrations.CreateModel(
                    name='ProxyReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('about', models.CharField(max_length=12, unique=True)),
                        ('reason', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=40)),
                        ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proxy_reports', to='campaigns.obligation')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='federation.unit')),
                    ],
                    options={
                        'ordering': ['-at'],
                    },
                ),
                migrations.CreateModel(
                    name='SlipRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('copies', models.JSONField()),
                        ('done', models.PositiveIntegerField(default=0)),
                        ('asked_at', models.DateTimeField()),
                        ('asked_by', models.CharField(max_length=40)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('next_at', models.DateTimeField()),
                        ('lease_until', models.DateTimeField(blank=True, null=True)),
                        ('lease_token', models.CharField(blank=True, max_length=12)),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slip_runs', to='campaigns.campaign')),
                        ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                    ],
                    options={
                        'ordering': ['-asked_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('campaign',), name='one_slip_run_open'), models.CheckConstraint(condition=models.Q(('file', None), models.Q(('ended_at', None), _negated=True), _connector='OR'), name='ready_slips_ended')],
                    },
                ),
                migrations.CreateModel(
                    name='SlipPart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('first', models.PositiveIntegerField()),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='campaigns.sliprun')),
                    ],
                    options={
                        'ordering': ['first'],
                        'constraints': [models.UniqueConstraint(fields=('run', 'first'), name='slip_part_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Step',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('sign', '签收'), ('report', '报送')], max_length=6)),
                        ('thing', models.BigIntegerField()),
                        ('due_at', models.DateTimeField()),
                        ('rank', models.PositiveSmallIntegerField()),
                        ('digest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='campaigns.digest')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('kind', 'thing', 'due_at', 'rank'), name='step_once')],
                    },
                ),
                migrations.AddConstraint(
                    model_name='addressgroup',
                    constraint=models.UniqueConstraint(fields=('office', 'name'), name='address_group_once_an_office'),
                ),
                migrations.AddConstraint(
                    model_name='addressee',
                    constraint=models.UniqueConstraint(fields=('campaign', 'position'), name='addressee_order'),
                ),
                migrations.AddConstraint(
                    model_name='campaign',
                    constraint=models.CheckConstraint(condition=models.Q(('issued_at', None), models.Q(('state', 'draft'), _negated=True), _connector='OR'), name='issued_is_not_draft'),
                ),
                migrations.AddConstraint(
                    model_name='campaign',
                    constraint=models.CheckConstraint(condition=models.Q(('unchanged', False), ('passes_on__isnull', False), _connector='OR'), name='unchanged_passes_something_on'),
                ),
            ],
        ),
    ]
