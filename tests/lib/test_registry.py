"""Registries: each name once; work that may wait is asked again when its time has come, or at once while there is more."""

import pytest

from jinguo.lib.registry import DueWork, Registry


def test_a_name_is_registered_once():
    registry = Registry("figures")
    registry.register("one")(len)
    registry.register("one")(len)
    with pytest.raises(ValueError, match="'one' is registered twice"):
        registry.register("one")(max)


def test_what_may_wait_is_not_asked_in_every_round_unless_there_is_more():
    work = DueWork()
    work.register("mail")(len)
    work.register("forget", every=3600)(max)
    assert [name for name, _function in work.due()] == ["mail", "forget"], "a worker that starts asks everything"
    assert [name for name, _function in work.due()] == ["mail"]
    work.hurry("forget")
    assert dict(work.due()) == {"mail": len, "forget": max}
    assert [name for name, _function in work.due()] == ["mail"]
