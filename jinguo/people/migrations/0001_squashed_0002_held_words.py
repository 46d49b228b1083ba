"""The tables of this room as they stand, in one step for an empty database; older ones go on by the steps it replaces."""

import django.db.models.deletion
import jinguo.lib.ids
import jinguo.lib.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_held_words'),
    ]

    dependencies = [
        ('federation', '0001_squashed_0005_map_places'),
    ]

    operations = [
        jinguo.lib.migrating.CreateTables(
            operations=[
                migrations.CreateModel(
                    name='Hold',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('object_kind', models.CharField(max_length=20)),
                        ('object_code', models.CharField(max_length=12)),
                        ('reason', models.CharField(max_length=200)),
                        ('placed_at', models.DateTimeField()),
                        ('lifted_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['object_kind', 'object_code'], name='people_hold_object__162518_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Household',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='households', to='federation.office')),
                    ],
                ),
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('name_sealed', models.TextField(blank=True)),
                        ('phone_sealed', models.TextField(blank=True)),
                        ('phone_hash', models.CharField(blank=True, max_length=64)),
                        ('created_at', models.DateTimeField()),
                        ('erased_at', models.DateTimeField(blank=True, null=True)),
                        ('guardian', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wards', to='people.person')),
                        ('household', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.household')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='federation.office')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('phone_hash', ''), _negated=True), fields=('office', 'phone_hash'), name='person_once_an_office')],
                    },
                ),
                migrations.CreateModel(
                    name='Consent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('purpose', models.CharField(max_length=40)),
                        ('text_version', models.CharField(max_length=20)),
                        ('given_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.person')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('person', 'purpose', 'text_version', 'given_at'), name='consent_once')],
                    },
                ),
                migrations.CreateModel(
                    name='RetentionClock',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('object_kind', models.CharField(max_length=20)),
                        ('object_code', models.CharField(max_length=12)),
                        ('due_at', models.DateTimeField()),
                        ('ground', models.CharField(max_length=60)),
                        ('fired_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('fired_at', None)), fields=['object_kind', 'due_at'], name='clock_running')],
                        'constraints': [models.UniqueConstraint(fields=('object_kind', 'object_code'), name='one_clock_a_thing')],
                    },
                ),
                migrations.CreateModel(
                    name='HeldWords',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True)),
                        ('door', models.CharField(max_length=20)),
                        ('about', models.CharField(max_length=12)),
                        ('actor', models.CharField(max_length=40)),
                        ('held_at', models.DateTimeField()),
                        ('words_sealed', models.TextField()),
                        ('words_hash', models.CharField(max_length=64)),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held_words', to='federation.office')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held_words', to='federation.unit')),
                    ],
                    options={
                        'ordering': ['-held_at', '-pk'],
                        'constraints': [models.UniqueConstraint(fields=('door', 'about', 'words_hash'), name='words_held_once')],
                    },
                ),
            ],
        ),
    ]
