"""Presses on units, contacts, accounts and workbooks."""

from datetime import timedelta

import pyotp

from jinguo.federation.actions import chat_groups, contacts, life, links, map, posts, tree_import
from jinguo.federation.actions.units import NewUnit
from jinguo.federation.models import Contact, Unit, User
from jinguo.federation.models.link import Purpose
from jinguo.federation.models.user import Role
from jinguo.lib import clock
from jinguo.lib.sheets import Sheet
from tests.presses.pressing import Call, call
from tests.presses.world import World
from tests.world import PASSWORD

SECRET = pyotp.random_base32()


def _proven(w: World) -> User:
    return User.objects.get(pk=w.officer.pk)


def _contact(w: World) -> Contact:
    return w.unit("c.edu").contacts.select_related("unit").first()


def _second(w: World) -> Contact:
    return contacts.add_contact(w.unit("c.edu"), title="主席", by=w.officer)


def _group(w: World) -> object:
    return chat_groups.put_chat_group(w.unit("c.edu"), "姐妹群", by=w.officer, about=80)


def _closed(w: World) -> Unit:
    life.close_unit(w.unit("c.hos"), last_day=clock.today(), by=w.officer)
    return w.unit("c.hos")


def _mapped(w: World) -> object:
    map.lay_out_map(w.cast.office, "东川\t西岭", by=w.officer)
    return w.cast.office


def _user(w: World) -> User:
    return posts.create_user(
        "new.one", display_name="新来的", password=None, by=w.user("system_admin"), unit=w.unit("c")
    )


def _post(w: World) -> object:
    return posts.appoint(_user(w), w.unit("c"), Role.OFFICER, by=w.user("security_admin"))


def _book(w: World) -> object:
    sheets = [Sheet("单位", (("名称", "上级"), ("新村妇联", "泉水镇妇联")))]
    return tree_import.keep_workbook(w.unit("c"), sheets, name="单位.xlsx", by=w.officer)


def _new(name: str) -> NewUnit:
    return NewUnit(name, f"{name}妇女联合会", f"{name}妇联", "federation", "village")


def _linked(w: World) -> Call:
    unit, until = w.unit("c.edu"), clock.now() + timedelta(days=3)
    links.make_link(Purpose.UNIT, unit=unit, kind="circulation", code="x", expires_at=until, by=w.officer)
    return call(unit, by=w.officer)


def _raise(w: World) -> Call:
    row = _second(w)
    return call(row, by=w.officer, seen=row.position)


TABLE = {
    "federation.chat_groups.put_chat_group": lambda w: call(w.unit("c.edu"), "姐妹群", by=w.officer, about=80),
    "federation.chat_groups.remove_chat_group": lambda w: call(_group(w), by=w.officer),
    "federation.contacts.add_address": lambda w: call(w.unit("c.edu"), "new@example.org", by=w.officer),
    "federation.contacts.add_contact": lambda w: call(w.unit("c.edu"), title="主席", by=w.officer),
    "federation.contacts.edit_contact": lambda w: call(_contact(w), by=w.officer, title="副主席"),
    "federation.contacts.raise_contact": _raise,
    "federation.contacts.remove_address": lambda w: call(w.unit("c.edu"), "c-edu@example.org", by=w.officer),
    "federation.contacts.remove_contact": lambda w: call(_contact(w), by=w.officer),
    "federation.duplicates.tell_apart": lambda w: call(w.unit("c.edu"), w.unit("c.hos"), by=w.officer),
    "federation.life.close_unit": lambda w: call(w.unit("c.hos"), last_day=clock.today(), by=w.officer),
    "federation.life.merge_unit": lambda w: call(w.unit("c.hos"), w.unit("c.edu"), last_day=clock.today(), by=w.officer),
    "federation.life.move_unit": lambda w: call(w.unit("c.a.t"), w.unit("c.b"), by=w.officer),
    "federation.life.reopen_unit": lambda w: call(_closed(w), by=w.officer),
    "federation.life.split_unit": lambda w: call(
        w.unit("c.hos"), [_new("甲"), _new("乙")], first_day=clock.today() + timedelta(days=1), ends=True, by=w.officer
    ),
    "federation.links.end_unit_links": _linked,
    "federation.map.forget_map": lambda w: call(_mapped(w), by=w.officer),
    "federation.map.lay_out_map": lambda w: call(w.cast.office, "东川\t西岭", by=w.officer),
    "federation.map.put_on_map": lambda w: call(_mapped(w), w.unit("c.a").code, (4, 4), by=w.officer),
    "federation.posts.appoint": lambda w: call(_user(w), w.unit("c"), Role.OFFICER, by=w.user("security_admin")),
    "federation.posts.create_user": lambda w: call(
        "new.one", display_name="新来的", password=None, by=w.user("system_admin"), unit=w.unit("c")
    ),
    "federation.posts.end_post": lambda w: call(_post(w), by=w.user("security_admin")),
    "federation.posts.hand_over": lambda w: call(
        w.unit("c.edu"), Role.CHAIR, ["示范一号"], first_day=clock.today(), by=w.officer
    ),
    "federation.posts.reset_password": lambda w: call(_user(w), "another-spring-2024", by=w.user("system_admin")),
    "federation.posts.switch_user": lambda w: call(_user(w), active=False, by=w.user("system_admin")),
    "federation.sign_in.change_password": lambda w: call(_proven(w), PASSWORD, "another-spring-2024"),
    "federation.sign_in.drop_second_factor": lambda w: call(w.officer, by=w.officer),
    "federation.sign_in.end_sessions": lambda w: call(w.officer, by=w.officer),
    "federation.sign_in.set_second_factor": lambda w: call(w.officer, SECRET, pyotp.TOTP(SECRET).at(clock.now())),
    "federation.tree_import.drop_workbook": lambda w: call(_book(w), by=w.officer),
    "federation.tree_import.keep_workbook": lambda w: call(
        w.unit("c"), [Sheet("单位", (("名称",), ("新村妇联",)))], name="单位.xlsx", by=w.officer
    ),
    "federation.units.add_unit": lambda w: call(w.unit("c.a.t"), _new("新村"), by=w.officer),
    "federation.units.edit_office": lambda w: call(w.cast.office, by=w.user("system_admin"), department="办公室"),
    "federation.units.edit_unit": lambda w: call(w.unit("c.edu"), by=w.officer, aliases=["教育系统妇委会"], duty_phone="1"),
}  # fmt: skip
EXCUSED = {
    "federation.sign_in.check_code": "a code is good for one sign-in: the second press is refused, its view leads on",
    "federation.sign_in.check_password": "writes only what failed, each time",
    "federation.sign_in.record_sign_in": "each time somebody signs in is on the record",
    "federation.export.note_export": "each time a file leaves the house it is on the record",
    "federation.tree_import.write_workbook": "its view answers a second press; the rows it would compare are forgotten",
}
