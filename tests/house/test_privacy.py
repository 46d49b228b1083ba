"""Every column is classed personal or not on the day it is born (DESIGN §2, principle 5).

Each model has a nested `class Privacy` with the sets `personal` and `plain`; an abstract base may class its own fields.
Export, erasure and the demonstration's scrubbing stand on it.
"""

from django.apps import apps
from django.db import models

from tests.house import tree


def fields_of(model: type[models.Model]) -> set[str]:
    """The columns and many-to-many relations of a model, without the row number that the database gives."""
    fields = [*model._meta.concrete_fields, *model._meta.local_many_to_many]
    return {field.name for field in fields if not (field.primary_key and isinstance(field, models.AutoField))}


def classes_of(model: type) -> list[type]:
    """The Privacy classes of a model and of its bases."""
    return [vars(base)["Privacy"] for base in model.__mro__ if "Privacy" in vars(base)]


def problems(fields: set[str], classes: list[type]) -> list[str]:
    """What is wrong with the classing of these fields, one sentence each."""
    if not classes:
        return ["has no class Privacy"]
    personal = {name for each in classes for name in getattr(each, "personal", ())}
    plain = {name for each in classes for name in getattr(each, "plain", ())}
    found = [f"{name} is classed neither personal nor plain" for name in sorted(fields - personal - plain)]
    found += [f"{name} is classed, but there is no such field" for name in sorted((personal | plain) - fields)]
    return found + [f"{name} is classed both personal and plain" for name in sorted(personal & plain)]


def test_every_field_is_classed() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("jinguo.")]
    assert ours, "no model was found at all: this test looks in the wrong place"
    found = [
        f"{model._meta.label}: {problem}" for model in ours for problem in problems(fields_of(model), classes_of(model))
    ]
    tree.nothing(found, "class every field in the model's nested class Privacy")


def test_this_catches_an_unclassed_an_unknown_and_a_doubly_classed_field() -> None:
    class Base:
        class Privacy:
            plain = {"at"}

    class Person(Base):
        class Privacy:
            personal = {"name", "phone"}
            plain = {"phone", "colour"}

    assert problems({"at", "name", "phone", "note"}, classes_of(Person)) == [
        "note is classed neither personal nor plain",
        "colour is classed, but there is no such field",
        "phone is classed both personal and plain",
    ]
    assert problems({"at"}, []) == ["has no class Privacy"]
    assert problems({"at"}, classes_of(Base)) == []
