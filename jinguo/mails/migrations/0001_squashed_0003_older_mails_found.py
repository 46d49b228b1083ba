"""The tables of this room as they stand, in one step for an empty database; older ones go on by the steps it replaces."""

import django.db.models.deletion
import jinguo.lib.ids
import jinguo.lib.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('mails', '0001_initial'),
        ('mails', '0002_several'),
        ('mails', '0003_older_mails_found'),
    ]

    dependencies = [
        ('campaigns', '0001_squashed_0013_event_words'),
        ('federation', '0001_squashed_0005_map_places'),
        ('files', '0001_initial'),
        ('messages', '0001_squashed_0003_bounced'),
        ('reports', '0001_squashed_0004_held'),
    ]

    operations = [
        jinguo.lib.migrating.CreateTables(
            operations=[
                migrations.CreateModel(
                    name='Mail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('source', models.CharField(choices=[('imap', '邮箱'), ('drop', '上传的 .eml')], max_length=4)),
                        ('uid_validity', models.BigIntegerField(blank=True, null=True)),
                        ('uid', models.BigIntegerField(blank=True, null=True)),
                        ('sha256', models.CharField(max_length=64)),
                        ('is_cut', models.BooleanField(default=False)),
                        ('received_at', models.DateTimeField()),
                        ('kept_at', models.DateTimeField()),
                        ('state', models.CharField(choices=[('waiting', '还没读'), ('done', '已办'), ('tray', '待认领'), ('case', '求助'), ('quiet', '自动邮件'), ('returned', '已退回'), ('aside', '没读出来')], default='waiting', max_length=8)),
                        ('kind', models.CharField(blank=True, choices=[('sign', '签收'), ('news', '活动信息'), ('summary', '总结'), ('table', '表格'), ('correction', '更正'), ('question', '咨询'), ('zero', '零报告'), ('bounce', '退信'), ('auto', '自动回复'), ('case', '求助信访'), ('other', '其他')], max_length=10)),
                        ('fate', models.CharField(blank=True, choices=[('signed', '登记签收'), ('reported', '登记报送'), ('corrected', '登记更正'), ('zeroed', '登记零报告'), ('bounced', '记作无法送达'), ('loop', '机器写的，不回信'), ('twin', '和另一封一样'), ('unclaimed', '不知道是哪个单位'), ('unsure', '单位只写在文字里，请核对'), ('forged', '发件人没有通过验证，可能是冒名'), ('personal', '有身份证号、银行卡号或个人姓名，请先看'), ('no_duty', '找不到对应的报送要求'), ('which_notice', '不知道说的是哪份通知'), ('missing', '缺活动名称或日期'), ('incomplete', '有几场活动，有的缺名称或日期'), ('said_before', '同名同日的活动报过了'), ('no_original', '没找到要更正的那件'), ('asked', '等您答复'), ('unreadable', '附件没读出来'), ('unread', '邮件没读出来'), ('to_look_at', '请看一看'), ('help', '转个案工作者')], max_length=12)),
                        ('vouched', models.CharField(blank=True, max_length=4)),
                        ('unit_how', models.CharField(blank=True, choices=[('address', '登记的邮箱'), ('token', '主题里的回信码'), ('thread', '回的是发给它的信'), ('sign_off', '落款'), ('heading', '标题或开头'), ('person', '经办人认领')], max_length=8)),
                        ('message_key', models.CharField(blank=True, max_length=64)),
                        ('content_key', models.CharField(blank=True, max_length=64)),
                        ('sender_sealed', models.TextField(blank=True)),
                        ('sender_key', models.CharField(blank=True, max_length=64)),
                        ('subject_sealed', models.TextField(blank=True)),
                        ('letter_sealed', models.TextField(blank=True)),
                        ('understood_sealed', models.TextField(blank=True)),
                        ('decided', models.JSONField(blank=True, default=dict)),
                        ('not_case', models.BooleanField(default=False)),
                        ('looked_at', models.BooleanField(default=False)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('destroyed_at', models.DateTimeField(blank=True, null=True)),
                        ('indexed', models.BooleanField(default=False)),
                        ('next_at', models.DateTimeField()),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('lease_until', models.DateTimeField(blank=True, null=True)),
                        ('lease_token', models.CharField(blank=True, max_length=12)),
                        ('answers', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_by', to='messages.outmessage')),
                        ('circulation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='campaigns.circulation')),
                        ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mail', to='files.storedfile')),
                        ('given', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='reports.return')),
                        ('obligation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='campaigns.obligation')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='federation.office')),
                        ('twin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='twins', to='mails.mail')),
                        ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='federation.unit')),
                    ],
                    options={
                        'ordering': ['-received_at', '-pk'],
                        'indexes': [models.Index(fields=['office', 'state', '-received_at', '-id'], name='mails_tray'), models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at'], name='mails_to_read'), models.Index(condition=models.Q(('destroyed_at', None), ('indexed', False), models.Q(('state__in', ['waiting', 'case']), _negated=True)), fields=['id'], name='mails_to_index'), models.Index(fields=['office', 'content_key'], name='mails_content'), models.Index(fields=['office', 'sender_key', '-received_at'], name='mails_of_sender')],
                        'constraints': [models.UniqueConstraint(fields=('office', 'sha256'), name='mail_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'case'), _negated=True), models.Q(('letter_sealed', ''), ('sender_sealed', ''), ('subject_sealed', ''), ('understood_sealed', '')), _connector='OR'), name='letter_for_help_says_nothing')],
                    },
                ),
                migrations.CreateModel(
                    name='Mailbox',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('address', models.EmailField(max_length=254)),
                        ('host', models.CharField(max_length=100)),
                        ('port', models.PositiveIntegerField(default=993)),
                        ('security', models.CharField(choices=[('tls', 'TLS（993 端口）'), ('starttls', 'STARTTLS（143 端口）'), ('plain', '不加密（只限本机）')], default='tls', max_length=10)),
                        ('user', models.CharField(max_length=100)),
                        ('secret_sealed', models.TextField()),
                        ('trusted', models.CharField(blank=True, max_length=100)),
                        ('since', models.DateField()),
                        ('keep_days', models.PositiveSmallIntegerField(default=730)),
                        ('is_active', models.BooleanField(default=True)),
                        ('uid_validity', models.BigIntegerField(default=0)),
                        ('last_uid', models.BigIntegerField(default=0)),
                        ('checked_at', models.DateTimeField(blank=True, null=True)),
                        ('failure', models.CharField(blank=True, max_length=20)),
                        ('next_at', models.DateTimeField()),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('lease_until', models.DateTimeField(blank=True, null=True)),
                        ('lease_token', models.CharField(blank=True, max_length=12)),
                        ('office', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mailbox', to='federation.office')),
                    ],
                ),
                migrations.CreateModel(
                    name='MailReturn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField(default=1)),
                        ('given', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mail_links', to='reports.return')),
                        ('mail', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='return_links', to='mails.mail')),
                    ],
                    options={
                        'ordering': ['mail', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('mail', 'given'), name='mail_became_once'), models.UniqueConstraint(fields=('mail', 'position'), name='mail_return_numbered_once')],
                    },
                ),
            ],
        ),
    ]
