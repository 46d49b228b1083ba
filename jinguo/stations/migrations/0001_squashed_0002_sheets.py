"""The tables of this room as they stand, in one step for an empty database; older ones go on by the steps it replaces."""

import django.db.models.deletion
import jinguo.lib.ids
import jinguo.lib.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('stations', '0001_initial'),
        ('stations', '0002_sheets'),
    ]

    dependencies = [
        ('activities', '0001_squashed_0010_letters_forgotten'),
        ('federation', '0001_squashed_0005_map_places'),
    ]

    operations = [
        jinguo.lib.migrating.CreateTables(
            operations=[
                migrations.CreateModel(
                    name='Station',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('kind', models.CharField(choices=[('home', '妇女之家'), ('rights', '维权服务中心'), ('singles', '婚恋指导服务站'), ('family', '家庭教育指导站'), ('mini', '妇女微家'), ('other', '其他服务点')], max_length=8)),
                        ('name', models.CharField(max_length=60)),
                        ('address', models.CharField(blank=True, max_length=120)),
                        ('directions', models.CharField(blank=True, max_length=200)),
                        ('in_home', models.BooleanField(default=False)),
                        ('home_address_sealed', models.TextField(blank=True)),
                        ('phone', models.CharField(blank=True, max_length=30)),
                        ('services', models.TextField(blank=True, max_length=600)),
                        ('host', models.CharField(blank=True, max_length=40)),
                        ('host_name', models.CharField(blank=True, max_length=20)),
                        ('discreet', models.BooleanField(default=False)),
                        ('shown', models.BooleanField(default=True)),
                        ('holidays', models.CharField(choices=[('rest', '放假就关门，调休上班就开门'), ('as_ever', '节假日照常，只看周几')], default='rest', max_length=8)),
                        ('slot_minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('slot_seats', models.PositiveSmallIntegerField(default=1)),
                        ('days_ahead', models.PositiveSmallIntegerField(default=14)),
                        ('opened', models.PositiveIntegerField(default=0)),
                        ('made_at', models.DateTimeField()),
                        ('checked_on', models.DateField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('end_reason', models.CharField(blank=True, max_length=200)),
                        ('book', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='station', to='activities.activity')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stations', to='federation.office')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stations', to='federation.unit')),
                    ],
                    options={
                        'ordering': ['unit__path', 'name'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('unit', 'name'), name='station_named_once'), models.CheckConstraint(condition=models.Q(('slot_minutes', None), ('slot_minutes__gte', 5), _connector='OR'), name='slot_has_minutes'), models.CheckConstraint(condition=models.Q(('slot_seats__gte', 1)), name='slot_has_a_seat')],
                    },
                ),
                migrations.CreateModel(
                    name='Slot',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('called_off_at', models.DateTimeField(blank=True, null=True)),
                        ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='slot', to='activities.session')),
                        ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='stations.station')),
                    ],
                    options={
                        'ordering': ['starts_at'],
                        'constraints': [models.UniqueConstraint(fields=('station', 'starts_at'), name='slot_once'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='slot_ends_after_it_starts')],
                    },
                ),
                migrations.CreateModel(
                    name='OddDays',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('first', models.DateField()),
                        ('last', models.DateField()),
                        ('spans', models.CharField(blank=True, max_length=100)),
                        ('note', models.CharField(blank=True, max_length=60)),
                        ('station', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='odd_days', to='stations.station')),
                    ],
                    options={
                        'ordering': ['first', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='odd_days_are_days')],
                    },
                ),
                migrations.CreateModel(
                    name='Hours',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('purpose', models.CharField(choices=[('open', '开门'), ('book', '可预约')], max_length=4)),
                        ('weekday', models.PositiveSmallIntegerField()),
                        ('opens', models.PositiveSmallIntegerField()),
                        ('closes', models.PositiveSmallIntegerField()),
                        ('station', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='stations.station')),
                    ],
                    options={
                        'ordering': ['station', 'purpose', 'weekday', 'opens'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='hours_on_a_weekday'), models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens')), ('closes__lte', 1440)), name='hours_have_a_length'), models.UniqueConstraint(fields=('station', 'purpose', 'weekday', 'opens'), name='hours_once')],
                    },
                ),
                migrations.CreateModel(
                    name='StationImport',
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
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='station_imports', to='federation.unit')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ],
        ),
    ]
