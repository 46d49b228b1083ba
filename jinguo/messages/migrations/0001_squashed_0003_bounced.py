"""The tables of this room as they stand, in one step for an empty database; older ones go on by the steps it replaces."""

import django.db.models.deletion
import jinguo.lib.ids
import jinguo.lib.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('messages', '0001_initial'),
        ('messages', '0002_channels'),
        ('messages', '0003_bounced'),
    ]

    dependencies = [
        ('federation', '0001_squashed_0005_map_places'),
    ]

    operations = [
        jinguo.lib.migrating.CreateTables(
            operations=[
                migrations.CreateModel(
                    name='Gateway',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('url_sealed', models.TextField()),
                        ('body_sealed', models.TextField(blank=True)),
                        ('media_type', models.CharField(default='application/json', max_length=60)),
                        ('ok_text', models.CharField(blank=True, max_length=60)),
                        ('is_active', models.BooleanField(default=True)),
                        ('office', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='gateway', to='federation.office')),
                    ],
                ),
                migrations.CreateModel(
                    name='Robot',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('kind', models.CharField(choices=[('wecom', '企业微信'), ('dingtalk', '钉钉'), ('feishu', '飞书')], max_length=10)),
                        ('name', models.CharField(max_length=40)),
                        ('url_sealed', models.TextField()),
                        ('secret_sealed', models.TextField(blank=True)),
                        ('added_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='robots', to='federation.office')),
                    ],
                    options={
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='OutMessage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('key', models.CharField(max_length=100, unique=True)),
                        ('channel', models.CharField(choices=[('email', '电子邮件'), ('wecom', '企业微信群'), ('dingtalk', '钉钉群'), ('feishu', '飞书群'), ('sms', '短信')], default='email', max_length=10)),
                        ('about_kind', models.CharField(max_length=20)),
                        ('about_code', models.CharField(max_length=12)),
                        ('to_sealed', models.TextField()),
                        ('subject_sealed', models.TextField()),
                        ('body_sealed', models.TextField(blank=True)),
                        ('token', models.CharField(blank=True, max_length=8)),
                        ('message_id', models.CharField(max_length=120, unique=True)),
                        ('state', models.CharField(choices=[('waiting', '待发'), ('sent', '已发出'), ('aside', '没发出去'), ('unknown', '不知是否送到'), ('dropped', '不用发了'), ('bounced', '退信')], default='waiting', max_length=10)),
                        ('created_at', models.DateTimeField()),
                        ('next_at', models.DateTimeField()),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('lease_until', models.DateTimeField(blank=True, null=True)),
                        ('lease_token', models.CharField(blank=True, max_length=12)),
                        ('handed_at', models.DateTimeField(blank=True, null=True)),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('failure', models.CharField(blank=True, max_length=300)),
                        ('repeats', models.PositiveSmallIntegerField(default=0)),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='out_messages', to='federation.office')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at', 'id'], name='outbox_waiting'), models.Index(fields=['about_kind', 'about_code'], name='messages_ou_about_k_aad5a8_idx')],
                    },
                ),
            ],
        ),
    ]
