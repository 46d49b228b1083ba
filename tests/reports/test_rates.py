"""Rates are sets over obligations: never past 100 %, added and not averaged; nothing has no rate."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings, strategies

from jinguo.lib import clock
from jinguo.reports.queries.rates import Duty, Ratio, rates_of

NOW = clock.at(clock.today(), 12)


def test_the_worked_case_of_the_specification():
    """87 circulated, 3 exempt, 1 merged: |E| = 83; 68 non-empty and 6 zero; 60 + 6 on time."""
    due = NOW
    late = NOW + timedelta(hours=1)
    duties = [Duty(False, False, False, due, None)] * 4
    duties += [Duty(True, True, False, due, due)] * 60 + [Duty(True, True, False, due, late)] * 8
    duties += [Duty(True, False, True, due, due)] * 6 + [Duty(True, False, False, due, None)] * 9
    rates = rates_of(duties)
    assert (rates.completeness.text, rates.timeliness.text, rates.zero_share.text) == ("89.2%", "79.5%", "7.2%")
    assert rates.on_time_share == Ratio(66, 74)


def test_nothing_has_no_rate_and_an_undated_ask_no_timeliness():
    assert [rate.text for rate in vars(rates_of([])).values()] == ["—"] * 4
    undated = rates_of([Duty(True, True, False, None, NOW), Duty(True, False, False, None, None)])
    assert (undated.completeness.text, undated.timeliness.text) == ("50.0%", "—")


moments = strategies.one_of(strategies.none(), strategies.integers(-5, 5).map(lambda n: NOW + timedelta(days=n)))
duties = strategies.builds(Duty, strategies.booleans(), strategies.booleans(), strategies.booleans(), moments, moments)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.lists(duties, max_size=12), strategies.lists(duties, max_size=12), strategies.randoms())
def test_rates_stay_between_nothing_and_all_add_up_and_do_not_mind_the_order(some, others, chance):
    whole = some + others
    rates = vars(rates_of(whole))
    assert all(0 <= rate.part <= rate.whole for name, rate in rates.items() if name != "on_time_share")
    for name, rate in rates.items():
        assert rate == vars(rates_of(some))[name] + vars(rates_of(others))[name]
    chance.shuffle(whole)
    assert vars(rates_of(whole)) == rates
