"""`jinguo setup` makes a real office and nothing else."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command

from jinguo.federation import policy
from jinguo.federation.models import Office, Post, Unit, User
from jinguo.federation.models.user import Role
from jinguo.ops.setup import SetupFault, Wishes, set_up

WISHES = Wishes(
    unit_name="云河市妇女联合会", short_name="云河市妇联", level="city", department="宣教部", doc_code="云妇发",
    admin="admin", admin_password="quiet-river-stone-9", officer="xuanjiao", officer_password="maple-lantern-bridge-4",
    security="anquan", security_password="orchid-swallow-lamp-3",
    mail_from="yunhe@example.org", mail_host="smtp.example.org", mail_user="yunhe", mail_code="authorisation-code",
)  # fmt: skip


def test_it_makes_one_office_with_its_mailbox_and_its_first_people(db):
    set_up(WISHES)
    office = Office.objects.get()
    assert (Unit.objects.count(), User.objects.count()) == (1, 3)
    assert office.mail_code == "authorisation-code"
    assert "authorisation-code" not in office.mail_code_sealed
    assert dict(Post.objects.values_list("user__username", "role")) == {
        "admin": Role.SYSTEM_ADMIN,
        "anquan": Role.SECURITY_ADMIN,
        "xuanjiao": Role.OFFICER,
    }


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"admin_password": "12345678"}, "too weak"),
        ({"level": "galaxy"}, "Level must be"),
        ({"unit_name": " "}, "name"),
        ({"security": ""}, "both administrators"),
        ({"security": "Admin"}, "account of her own"),
        ({"security_password": "12345678"}, "too weak"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_planted(db, change, says):
    with pytest.raises(SetupFault, match=says):
        set_up(replace(WISHES, **change))
    assert not Unit.objects.exists()
    assert not User.objects.exists()


def test_a_second_setup_is_refused(db):
    set_up(WISHES)
    with pytest.raises(SetupFault, match="units already"):
        set_up(WISHES)


def test_afterwards_posts_can_be_given(db):
    """Without a security administrator nobody could ever be appointed to anything."""
    unit = set_up(WISHES).unit
    may = {name: policy.may(User.objects.get(username=name), "post.assign", unit) for name in ("admin", "anquan")}
    assert may == {"admin": False, "anquan": True}


def test_the_command_takes_every_answer_as_an_option(db, tmp_path):
    words = ["--unit-name=云河市妇女联合会", "--admin=admin", "--security=anquan"]
    for name, password in (("admin", WISHES.admin_password), ("security", WISHES.security_password)):
        (tmp_path / name).write_text(password + "\n")
        words.append(f"--{name}-password-file={tmp_path / name}")
    call_command("setup", *words, stdout=StringIO())
    assert User.objects.get(username="anquan").check_password(WISHES.security_password)
