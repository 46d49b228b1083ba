"""The tables of this room as they stand, in one step for an empty database; older ones go on by the steps it replaces."""

import django.db.models.deletion
import jinguo.lib.ids
import jinguo.lib.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('reports', '0001_initial'),
        ('reports', '0002_review'),
        ('reports', '0003_versions_waited'),
        ('reports', '0004_held'),
    ]

    dependencies = [
        ('activities', '0001_squashed_0010_letters_forgotten'),
        ('campaigns', '0001_squashed_0013_event_words'),
        ('federation', '0001_squashed_0005_map_places'),
        ('papers', '0001_initial'),
    ]

    operations = [
        jinguo.lib.migrating.CreateTables(
            operations=[
                migrations.CreateModel(
                    name='JointEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('made_at', models.DateTimeField()),
                        ('actor', models.CharField(max_length=40)),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joint_events', to='campaigns.campaign')),
                    ],
                    options={
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Return',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('key', models.CharField(max_length=40)),
                        ('state', models.CharField(choices=[('draft', '草稿'), ('reported', '已报'), ('sent_back', '退回补正'), ('resent', '重报'), ('accepted', '已接收'), ('corrected', '更正'), ('withdrawn', '已撤回'), ('merged', '已并入')], default='draft', max_length=10)),
                        ('outcome', models.CharField(blank=True, choices=[('adopted', '采用'), ('kept', '留存')], max_length=8)),
                        ('created_at', models.DateTimeField()),
                        ('first_sent_at', models.DateTimeField(blank=True, null=True)),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('times_back', models.PositiveSmallIntegerField(default=0)),
                        ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='given', to='activities.activity')),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given', to='campaigns.campaign')),
                        ('joint', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='told_by', to='reports.jointevent')),
                        ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='reports.return')),
                        ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given', to='campaigns.obligation')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given', to='federation.unit')),
                    ],
                    options={
                        'ordering': ['-sent_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='ReturnVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('number', models.PositiveSmallIntegerField()),
                        ('token', models.CharField(max_length=12)),
                        ('title', models.CharField(blank=True, max_length=100)),
                        ('held_on', models.DateField(blank=True, null=True)),
                        ('ended_on', models.DateField(blank=True, null=True)),
                        ('place', models.CharField(blank=True, max_length=100)),
                        ('cohosts', models.CharField(blank=True, max_length=200)),
                        ('kind', models.CharField(blank=True, choices=[('lecture', '宣讲'), ('symposium', '座谈'), ('job_fair', '招聘'), ('visit', '慰问'), ('volunteer', '志愿'), ('law', '普法'), ('selection', '评选'), ('culture', '文体'), ('online', '线上'), ('other', '其他')], max_length=10)),
                        ('on_site', models.PositiveIntegerField(blank=True, null=True)),
                        ('on_site_about', models.BooleanField(default=False)),
                        ('women', models.PositiveIntegerField(blank=True, null=True)),
                        ('women_about', models.BooleanField(default=False)),
                        ('online', models.PositiveIntegerField(blank=True, null=True)),
                        ('online_about', models.BooleanField(default=False)),
                        ('benefited', models.PositiveIntegerField(blank=True, null=True)),
                        ('benefited_about', models.BooleanField(default=False)),
                        ('deeds', models.PositiveIntegerField(blank=True, null=True)),
                        ('summary', models.TextField(blank=True, max_length=300)),
                        ('body', models.TextField(blank=True, max_length=1200)),
                        ('story', models.TextField(blank=True, max_length=600)),
                        ('difficulties', models.TextField(blank=True, max_length=600)),
                        ('web_link', models.URLField(blank=True, max_length=300)),
                        ('event', models.CharField(blank=True, max_length=32)),
                        ('reporter_sealed', models.TextField(blank=True)),
                        ('phone_sealed', models.TextField(blank=True)),
                        ('approver_sealed', models.TextField(blank=True)),
                        ('sources', models.JSONField(default=dict)),
                        ('doubts', models.JSONField(default=list)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                        ('channel', models.CharField(choices=[('web', '网页'), ('mail', '电子邮件'), ('file', '文件导入')], default='web', max_length=4)),
                        ('written_at', models.DateTimeField()),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('actor', models.CharField(max_length=40)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('answer', models.CharField(blank=True, max_length=10)),
                        ('given', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='reports.return')),
                    ],
                    options={
                        'ordering': ['given', 'number'],
                        'indexes': [models.Index(fields=['given', 'sent_at', 'answered_at'], name='versions_waited')],
                        'constraints': [models.UniqueConstraint(fields=('given', 'number'), name='version_once'), models.UniqueConstraint(fields=('given', 'token'), name='form_once'), models.UniqueConstraint(condition=models.Q(('sent_at', None)), fields=('given',), name='one_draft_a_return')],
                    },
                ),
                migrations.CreateModel(
                    name='ReturnPhoto',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField(default=1)),
                        ('photo', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='return_links', to='activities.photo')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photo_links', to='reports.returnversion')),
                    ],
                    options={
                        'ordering': ['version', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('version', 'photo'), name='pictured_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ReturnClause',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='return_links', to='campaigns.clause')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clause_links', to='reports.returnversion')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('version', 'clause'), name='answers_once')],
                    },
                ),
                migrations.AddField(
                    model_name='return',
                    name='accepted',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accepted_for', to='reports.returnversion'),
                ),
                migrations.AddField(
                    model_name='return',
                    name='current',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.returnversion'),
                ),
                migrations.CreateModel(
                    name='Mark',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('mark', models.BigIntegerField()),
                        ('print', models.CharField(blank=True, max_length=16)),
                        ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='activities.photo')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='reports.returnversion')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['mark'], name='marks_mark')],
                    },
                ),
                migrations.CreateModel(
                    name='Held',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('held_at', models.DateTimeField()),
                        ('sheet_sealed', models.TextField()),
                        ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='held', to='reports.returnversion')),
                    ],
                    options={
                        'ordering': ['-held_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Deed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('position', models.PositiveSmallIntegerField()),
                        ('kind', models.CharField(choices=[('good', '办实事'), ('hard', '解难事')], max_length=4)),
                        ('for_whom', models.CharField(choices=[('women', '妇女群众'), ('workers', '女职工'), ('families', '家庭'), ('children', '儿童'), ('elderly', '老人'), ('job_seekers', '求职创业妇女'), ('poor', '困境妇女儿童'), ('ill', '患病妇女'), ('disabled', '残疾妇女'), ('single', '单亲困难母亲'), ('harmed', '受侵害妇女儿童'), ('other', '其他')], max_length=12)),
                        ('title', models.CharField(blank=True, max_length=100)),
                        ('result', models.CharField(blank=True, max_length=200)),
                        ('benefited', models.PositiveIntegerField(blank=True, null=True)),
                        ('about', models.BooleanField(default=False)),
                        ('counted_in', models.CharField(choices=[('persons', '人'), ('households', '户'), ('times', '人次')], default='persons', max_length=10)),
                        ('added_at', models.DateTimeField()),
                        ('removed_at', models.DateTimeField(blank=True, null=True)),
                        ('actor', models.CharField(max_length=40)),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deeds', to='campaigns.campaign')),
                        ('given', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deeds', to='reports.return')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.returnversion')),
                    ],
                    options={
                        'ordering': ['given', 'position'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('given', 'position'), name='deed_counted_once'), models.CheckConstraint(condition=models.Q(models.Q(('for_whom__in', ['disabled', 'harmed', 'ill', 'poor', 'single']), _negated=True), models.Q(('result', ''), ('title', '')), _connector='OR'), name='sensitive_deed_says_nothing')],
                    },
                ),
                migrations.CreateModel(
                    name='ReviewNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('field', models.CharField(blank=True, max_length=20)),
                        ('note', models.CharField(max_length=300)),
                        ('at', models.DateTimeField()),
                        ('actor', models.CharField(max_length=40)),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='reports.returnversion')),
                    ],
                    options={
                        'ordering': ['version', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Snapshot',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('at', models.DateTimeField()),
                        ('data', models.JSONField()),
                        ('digest', models.CharField(max_length=64)),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='campaigns.campaign')),
                    ],
                    options={
                        'ordering': ['-at'],
                    },
                ),
                migrations.CreateModel(
                    name='Summary',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('title', models.CharField(max_length=200)),
                        ('state', models.CharField(choices=[('draft', '改稿中'), ('submitted', '待审签'), ('approved', '已审签'), ('replaced', '已换新稿')], default='draft', max_length=10)),
                        ('made_at', models.DateTimeField()),
                        ('submitted_at', models.DateTimeField(blank=True, null=True)),
                        ('approved_at', models.DateTimeField(blank=True, null=True)),
                        ('approved_by', models.CharField(blank=True, max_length=40)),
                        ('back_note', models.CharField(blank=True, max_length=300)),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='summaries', to='campaigns.campaign')),
                        ('paper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='summaries', to='papers.paper')),
                        ('snapshot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='summary', to='reports.snapshot')),
                    ],
                    options={
                        'verbose_name_plural': 'summaries',
                        'ordering': ['-made_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'submitted'])), fields=('campaign',), name='one_open_summary_a_campaign'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(models.Q(('paper', None), _negated=True), models.Q(('approved_at', None), _negated=True), models.Q(('approved_by', ''), _negated=True)), _connector='OR'), name='approved_has_a_paper')],
                    },
                ),
                migrations.CreateModel(
                    name='Sentence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveIntegerField()),
                        ('section', models.CharField(max_length=40)),
                        ('key', models.CharField(max_length=60)),
                        ('built_text', models.TextField()),
                        ('text', models.TextField()),
                        ('origin', models.CharField(choices=[('built', '按快照写成'), ('typed', '人工改写')], default='built', max_length=5)),
                        ('sources', models.JSONField(default=list)),
                        ('figures', models.JSONField(default=list)),
                        ('dropped', models.BooleanField(default=False)),
                        ('summary', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sentences', to='reports.summary')),
                    ],
                    options={
                        'ordering': ['summary', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('summary', 'position'), name='sentence_order')],
                    },
                ),
                migrations.CreateModel(
                    name='Adoption',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('where', models.CharField(max_length=120)),
                        ('at', models.DateTimeField()),
                        ('actor', models.CharField(max_length=40)),
                        ('given', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='reports.return')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.returnversion')),
                        ('summary', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='reports.summary')),
                    ],
                    options={
                        'ordering': ['given', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('given', 'where'), name='adopted_once_there')],
                    },
                ),
                migrations.CreateModel(
                    name='Supplement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('number', models.PositiveSmallIntegerField()),
                        ('state', models.CharField(choices=[('submitted', '待审签'), ('approved', '已审签'), ('dropped', '没有用')], default='submitted', max_length=10)),
                        ('items', models.JSONField(default=list)),
                        ('lines', models.JSONField(default=list)),
                        ('made_at', models.DateTimeField()),
                        ('approved_at', models.DateTimeField(blank=True, null=True)),
                        ('approved_by', models.CharField(blank=True, max_length=40)),
                        ('paper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.paper')),
                        ('snapshot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='supplement', to='reports.snapshot')),
                        ('summary', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supplements', to='reports.summary')),
                    ],
                    options={
                        'ordering': ['summary', 'number'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'dropped'), _negated=True), fields=('summary', 'number'), name='supplement_number_once'), models.UniqueConstraint(condition=models.Q(('state', 'submitted')), fields=('summary',), name='one_open_supplement')],
                    },
                ),
                migrations.CreateModel(
                    name='Apart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('actor', models.CharField(max_length=40)),
                        ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='apart_from_later', to='reports.return')),
                        ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='apart_from_earlier', to='reports.return')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='apart_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='apart_in_order')],
                    },
                ),
                migrations.AddIndex(
                    model_name='return',
                    index=models.Index(fields=['state', '-sent_at', '-id'], name='returns_tray'),
                ),
                migrations.AddIndex(
                    model_name='return',
                    index=models.Index(fields=['campaign', 'state'], name='returns_of_campaign'),
                ),
                migrations.AddConstraint(
                    model_name='return',
                    constraint=models.UniqueConstraint(fields=('obligation', 'key'), name='said_once'),
                ),
                migrations.AddConstraint(
                    model_name='return',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_sent_at', None), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), models.Q(('first_sent_at', None), _negated=True)), _connector='OR'), name='sent_says_when'),
                ),
                migrations.AddConstraint(
                    model_name='return',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted', None), ('accepted_at', None)), models.Q(models.Q(('accepted', None), _negated=True), models.Q(('accepted_at', None), _negated=True)), _connector='OR'), name='accepted_says_when'),
                ),
                migrations.AddConstraint(
                    model_name='return',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), ('accepted', models.F('current')), _connector='OR'), name='accepted_is_newest'),
                ),
                migrations.AddConstraint(
                    model_name='return',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted', None), ('merged_into__isnull', False), ('state', 'merged')), models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into', None)), _connector='OR'), name='merged_says_where'),
                ),
            ],
        ),
    ]
