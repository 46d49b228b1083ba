"""`jinguo setup` makes a real office and nothing else."""

from dataclasses import replace

import pytest

from jinguo.federation.models import Office, Post, Unit, User
from jinguo.federation.models.user import Role
from jinguo.ops.setup import SetupFault, Wishes, set_up

WISHES = Wishes(
    unit_name="云河市妇女联合会", short_name="云河市妇联", level="city", department="宣教部", doc_code="云妇发",
    admin="admin", admin_password="quiet-river-stone-9", officer="xuanjiao", officer_password="maple-lantern-bridge-4",
    mail_from="yunhe@example.org", mail_host="smtp.example.org", mail_user="yunhe", mail_code="authorisation-code",
)  # fmt: skip


def test_it_makes_one_office_with_its_mailbox_and_two_people(db):
    set_up(WISHES)
    office = Office.objects.get()
    assert (Unit.objects.count(), User.objects.count()) == (1, 2)
    assert office.mail_code == "authorisation-code"
    assert "authorisation-code" not in office.mail_code_sealed
    assert dict(Post.objects.values_list("user__username", "role")) == {
        "admin": Role.SYSTEM_ADMIN,
        "xuanjiao": Role.OFFICER,
    }


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"admin_password": "12345678"}, "too weak"),
        ({"level": "galaxy"}, "Level must be"),
        ({"unit_name": " "}, "name"),
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
