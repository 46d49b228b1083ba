import django.db.models.deletion
import jinguo.lib.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    """What 0002 filled becomes whole: a file of its own, since PostgreSQL alters no table with changes still to be checked."""

    dependencies = [("activities", "0002_seats")]

    operations = [
        migrations.AlterField(
            model_name='seatpool',
            name='code',
            field=models.CharField(default=jinguo.lib.ids.new_code, editable=False, max_length=12, unique=True),
        ),
        migrations.AlterField(
            model_name='signup',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='activities.activity'),
        ),
        migrations.AlterField(
            model_name='signup',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='activities.session'),
        ),
        migrations.AddConstraint(
            model_name='seatpool',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'unit'), ('unit__isnull', False)), models.Q(models.Q(('kind', 'unit'), _negated=True), ('unit__isnull', True)), _connector='OR'), name='pool_of_a_unit_names_it'),
        ),
        migrations.AddConstraint(
            model_name='seatpool',
            constraint=models.CheckConstraint(condition=models.Q(('slot_until__gt', models.F('slot_from')), models.Q(('slot_from', None), ('slot_until', None)), _connector='OR'), name='slot_has_a_length'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('session', 'person'), name='signed_up_once_a_session'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('activity', 'person', 'nth'), name='signed_up_so_often'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.UniqueConstraint(fields=('session', 'token'), name='token_once_a_session'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(('minors__lte', models.F('seats'))), name='minors_have_seats'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'offered'), _negated=True), ('offer_until__isnull', False), _connector='OR'), name='an_offer_has_an_end'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('ended', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('ended', '')), _connector='OR'), name='ended_says_how'),
        ),
    ]
