"""The pages about units: found, added, renamed, ended, and asked whom to call."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from jinguo.federation.actions.units import NewUnit, edit_unit, plant_units
from jinguo.federation.models import Contact, MailAddress, Unit
from jinguo.federation.models.user import Role
from jinguo.journal.models import Entry
from jinguo.lib import clock
from tests.federation.counting import queries_of, signed_in
from tests.world import BY

UNIT = {
    "name": "松林镇妇女联合会",
    "short_name": "松林镇妇联",
    "unit_class": "federation",
    "level": "township",
    "aliases": "松林妇联、松林镇",
}
CONTACT = {
    "title": "主席",
    "name": "示范一号",
    "phone": "0353-000-0200",
    "mobile": "13900000001",
    "email": "",
    "hours": "",
}


@pytest.fixture
def officer(cast):
    return signed_in(cast.users[Role.OFFICER])


def page(name, unit, **more):
    return reverse(f"federation:{name}", kwargs={"unit": unit.code, **more})


def text(answer) -> str:
    return answer.content.decode()


def test_the_list_finds_by_name_alias_class_level_and_place(cast, officer):
    edit_unit(cast.units["c.hos"], aliases=["二院"], by=cast.users[Role.OFFICER])
    shown = {
        "": {"市第二医院女工委", "清泉市妇联"},
        "words=二院": {"市第二医院女工委"},
        "unit_class=home": {"泉水镇妇女之家"},
        "level=village": {"槐树村妇联"},
        f"under={cast.units['c.a.t'].code}": {"槐树村妇联", "泉水镇妇女之家"},
    }
    for asked, expected in shown.items():
        found = set(
            re.findall(
                r'<th scope="row"><a [^>]+>([^<]+)</a>', text(officer.get(f"{reverse('federation:units')}?{asked}"))
            )
        )
        assert expected <= found, asked
        assert asked == "" or found == expected, asked
    nothing = text(officer.get(f"{reverse('federation:units')}?words=没有的"))
    assert "没有找到单位" in nothing
    assert "云河市妇联" not in text(officer.get(reverse("federation:units")))


@pytest.mark.parametrize("place", ["0", "x", "²", "\0", "nothing00000"])
def test_a_place_in_the_list_nobody_can_mean_shows_a_page_all_the_same(officer, place):
    for name in ("after", "before"):
        assert officer.get(reverse("federation:units"), {name: place}).status_code == 200


def test_paging_forth_and_back_shows_every_unit_once(cast, officer):
    news = [NewUnit(str(n), f"第{n:03}村妇女联合会", f"第{n:03}村妇联", "federation", "village") for n in range(120)]
    plant_units(news, by=BY, under=cast.units["c.b.t"])
    address, forth = f"{reverse('federation:units')}?level=village", []
    while address:
        shown = text(officer.get(address))
        forth.append(re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', shown))
        following = re.search(r'rel="next" href="([^"]+)"', shown)
        address = reverse("federation:units") + following[1].replace("&amp;", "&") if following else ""
        last = shown
    assert [len(names) for names in forth] == [50, 50, 21]
    assert len({name for names in forth for name in names}) == 121
    back = re.search(r'rel="prev" href="([^"]+)"', last)[1].replace("&amp;", "&")
    shown = text(officer.get(reverse("federation:units") + back))
    assert re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', shown) == forth[1]


def test_a_closed_unit_leaves_the_list_and_stands_in_the_other_one(cast, officer):
    unit = cast.units["c.a.t.v"]
    officer.post(page("unit_close", unit), {"last_day": (clock.today() - timedelta(days=1)).isoformat()})
    assert unit.short_name not in text(officer.get(reverse("federation:units")))
    assert unit.short_name in text(officer.get(reverse("federation:units"), {"ended": "1"}))


def test_the_list_needs_as_many_queries_for_three_units_as_for_one(cast, officer):
    Unit.objects.filter(path__startswith=cast.units["c.a.t"].path).exclude(pk=cast.units["c.a.t"].pk)
    one = queries_of(officer, f"{reverse('federation:units')}?words=槐树村")
    assert queries_of(officer, f"{reverse('federation:units')}?words=镇") == one


def test_a_units_page_needs_as_many_queries_for_three_contacts_as_for_one(cast, officer):
    unit = cast.units["c.edu"]
    one = queries_of(officer, page("unit", unit))
    for n in range(2):
        officer.post(page("contact_new", unit), {**CONTACT, "title": f"信息员{n}", "email": f"n{n}@example.org"})
        officer.post(page("unit_new", unit), {**UNIT, "name": f"第{n}支部", "aliases": ""})
    assert unit.contacts.count() == 3
    assert queries_of(officer, page("unit", unit)) == one


def test_a_mobile_is_shown_to_whoever_may_write_to_the_unit_and_to_nobody_else(cast, officer):
    unit = cast.units["c.edu"]
    officer.post(page("contact_new", unit), CONTACT)
    assert CONTACT["mobile"] in text(officer.get(page("unit", unit)))
    for role in (Role.LEADER, Role.LIAISON, Role.SYSTEM_ADMIN):
        seen = signed_in(cast.users[role]).get(page("unit", unit))
        assert seen.status_code == 200
        assert CONTACT["mobile"] not in text(seen)


def test_a_contact_added_twice_is_there_once_and_one_taken_off_leaves_no_gap_to_stumble_over(cast, officer):
    unit = cast.units["c.edu"]
    for _ in range(2):
        assert officer.post(page("contact_new", unit), CONTACT).status_code == 302
    assert unit.contacts.count() == 2
    first = unit.contacts.first()
    for expected in (302, 302):  # the second press is the first one's
        assert officer.post(page("contact_remove", unit, contact=first.code)).status_code == expected
    assert officer.post(page("contact_remove", unit, contact="nothing00000")).status_code == 404
    assert officer.post(page("contact_new", unit), {**CONTACT, "title": "副主席"}).status_code == 302
    assert [(each.position, each.title) for each in unit.contacts.all()] == [(2, "主席"), (3, "副主席")]


def test_changing_a_contact_keeps_what_was_not_asked_and_says_which_fields(cast, officer):
    unit = cast.units["c.edu"]
    officer.post(page("contact_new", unit), CONTACT)
    contact = unit.contacts.get(title="主席")
    changed = {**CONTACT, "mobile": "13900000002", "email": "New@Example.org"}
    assert officer.post(page("contact_edit", unit, contact=contact.code), changed).status_code == 302
    contact = Contact.objects.get(pk=contact.pk)
    assert (contact.mobile, contact.name, contact.position) == ("13900000002", "示范一号", 2)
    assert MailAddress.objects.filter(unit=unit, address="new@example.org").exists()
    assert "13900000002" not in Entry.objects.filter(action="contact.edit").get().detail


def test_a_contact_needs_a_post_and_what_was_typed_stays(cast, officer):
    answer = officer.post(page("contact_new", cast.units["c.edu"]), {**CONTACT, "title": ""})
    assert answer.status_code == 422
    assert CONTACT["phone"] in text(answer)


def test_a_wrong_address_can_be_taken_off_and_a_right_one_put_on(cast, officer, monkeypatch):
    unit = cast.units["c.edu"]
    wrong = unit.mail_addresses.get().address
    assert officer.post(page("address_new", unit), {"address": " Right@Example.org "}).status_code == 302
    assert officer.post(page("address_remove", unit), {"address": wrong}).status_code == 302
    assert [row.address for row in unit.mail_addresses.all()] == ["right@example.org"]
    bad = officer.post(page("address_new", unit), {"address": "not an address"})
    assert bad.status_code == 422
    assert "not an address" in text(bad)
    assert officer.post(page("address_remove", unit), {"address": wrong}).status_code == 302, "pressed twice"
    later = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert officer.post(page("address_remove", unit), {"address": wrong}).status_code == 404


def test_a_unit_is_added_once_below_another_and_can_be_found(cast, officer):
    above = cast.units["c.a"]
    for _ in range(2):
        assert officer.post(page("unit_new", above), UNIT).status_code == 302
    new = Unit.objects.get(name=UNIT["name"])
    assert (new.parent, new.path.startswith(above.path)) == (above, True)
    assert {alias.name for alias in new.aliases.all()} == {"松林妇联", "松林镇"}
    assert "松林镇妇联" in text(officer.get(f"{reverse('federation:units')}?words=松林妇联"))


def test_a_unit_is_renamed_and_keeps_its_place(cast, officer):
    unit = cast.units["c.a.t"]
    unit.aliases.create(name="旧名")
    assert officer.post(page("unit_edit", unit), {**UNIT, "aliases": "泉水镇妇联，新名"}).status_code == 302
    changed = Unit.objects.get(pk=unit.pk)
    assert (changed.name, changed.path, changed.code) == (UNIT["name"], unit.path, unit.code)
    assert {alias.name for alias in changed.aliases.all()} == {"泉水镇妇联", "新名"}
    assert officer.post(page("unit_edit", unit), {**UNIT, "name": ""}).status_code == 422


def test_a_unit_that_is_merged_keeps_its_history_and_names_its_heir(cast, officer):
    unit, heir, today = cast.units["c.a.t.v"], cast.units["c.home"], clock.today().isoformat()
    assert officer.post(page("unit_close", unit), {"last_day": today, "into": heir.name}).status_code == 302
    closed = Unit.objects.get(pk=unit.pk)
    assert (closed.merged_into, closed.valid_to) == (heir, clock.today())
    assert heir.short_name in text(officer.get(page("unit", unit)))


def test_of_a_unit_that_has_ended_nothing_is_offered_but_to_look_and_to_take_it_back(cast, officer):
    unit = cast.units["c.hos"]
    names = ("unit_move", "unit_split", "contact_new", "chat_group_new", "address_new")
    end_today = {"last_day": clock.today().isoformat()}
    officer.post(page("unit_close", unit), end_today)
    html = text(officer.get(page("unit", unit)))
    assert all(page(name, unit) in html for name in names), "its last day is not over"
    Unit.objects.filter(pk=unit.pk).update(valid_to=clock.today() - timedelta(days=1))
    html = text(officer.get(page("unit", unit)))
    assert not [name for name in names if page(name, unit) in html]
    assert page("unit_reopen", unit) in html


@pytest.mark.parametrize(
    ("key", "given", "says"),
    [
        ("c.a", {}, "还有下级单位"),
        ("c", {}, "发文单位不能在这里撤并"),
        ("c.a.t.v", {"into": "没有的单位"}, "没有找到这个单位"),
        ("c.a.t.v", {"into": "槐树村妇联"}, "不能并入它自己"),
        ("c.a.t.v", {"last_day": "后天"}, ""),
    ],
)
def test_an_ending_that_cannot_be_is_said_and_nothing_ends(cast, officer, key, given, says):
    answer = officer.post(page("unit_close", cast.units[key]), {"last_day": clock.today().isoformat(), **given})
    assert answer.status_code == 422
    assert says in text(answer)
    assert Unit.objects.get(pk=cast.units[key].pk).valid_to is None


WRITES = [
    ("unit_edit", UNIT),
    ("unit_new", UNIT),
    ("unit_close", {"last_day": "2026-01-01"}),
    ("unit_move", {"to": "清泉市妇联"}),
    ("unit_split", {"names": "新单位", "first_day": "2026-01-01"}),
    ("unit_reopen", {}),
    ("unit_term", {"role": "chair", "names": "示范", "first_day": "2026-01-01"}),
    ("chat_group_new", {"name": "群"}),
    ("contact_new", CONTACT),
    ("address_new", {"address": "x@example.org"}),
    ("address_remove", {"address": "x@example.org"}),
]


@pytest.mark.parametrize(("name", "given"), WRITES, ids=[name for name, _ in WRITES])
def test_who_may_not_write_to_a_unit_changes_nothing(cast, name, given):
    """The wrong post is told no; another county's and another city's unit is not there."""
    before = list(Unit.objects.values()), list(Contact.objects.values()), list(MailAddress.objects.values())
    for user, key, status in (
        (Role.LIAISON, "c.edu", 403),
        (Role.LEADER, "c.edu", 403),
        ("sister", "c.a.t", 404),
        ("d.officer", "c.edu", 404),
        (Role.OFFICER, "d.edu", 404),
    ):
        if user in (Role.LIAISON, Role.LEADER) or status == 404:
            answer = signed_in(cast.users[user]).post(page(name, cast.units[key]), given)
            assert answer.status_code == status, (user, key)
    after = list(Unit.objects.values()), list(Contact.objects.values()), list(MailAddress.objects.values())
    assert after == before


def test_a_county_officer_writes_to_the_units_below_her_own(cast):
    county = signed_in(cast.users[Role.COUNTY_OFFICER])
    assert county.post(page("unit_edit", cast.units["c.a.t"]), UNIT).status_code == 302
    assert county.get(page("unit", cast.units["c"])).status_code == 404


def test_links_above_a_unit_lead_only_to_what_the_reader_may_see(cast):
    county = signed_in(cast.users[Role.COUNTY_OFFICER])
    shown = text(county.get(page("unit", cast.units["c.a.t"])))
    assert page("unit", cast.units["c.a"]) in shown
    assert page("unit", cast.units["c"]) not in shown


def test_a_units_page_says_everything_about_it(cast, officer):
    unit = cast.units["c.a.t"]
    officer.post(page("unit_edit", unit), {**UNIT, "duty_phone": "0353-000-0999", "division_code": "140302001"})
    officer.post(page("chat_group_new", unit), {"name": "姐妹群", "keeper": "示范乙", "about": "120"})
    officer.post(page("contact_new", unit), {**CONTACT, "hours": "工作日 9:00–17:00"})
    officer.post(
        page("unit_term", unit),
        {"role": "chair", "names": "示范甲", "first_day": "2020-01-01", "until": "2035-01-01"},
    )
    officer.post(page("unit_move", unit), {"to": "西岭区妇联", "day": "2024-01-01", "basis": "示范〔2024〕1号"})
    shown = text(officer.get(page("unit", unit)))
    for words in ("0353-000-0999", "140302001", "姐妹群", "约 120 人", "示范乙", "工作日 9:00–17:00", "示范甲",
                  "松林妇联", "更名", "换了上级", "示范〔2024〕1号", unit.code, "槐树村妇联"):  # fmt: skip
        assert words in shown, words


def test_contacts_are_called_in_the_order_somebody_put_them(cast, officer):
    unit = cast.units["c.edu"]
    officer.post(page("contact_new", unit), CONTACT)
    second = unit.contacts.last()
    for _ in range(2):
        assert officer.post(page("contact_raise", unit, contact=second.code)).status_code == 302
    assert [contact.title for contact in unit.contacts.all()] == ["主席", "信息员"]


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("unit_move", {"to": "没有的单位"}, "没有找到这个单位"),
        ("unit_move", {"to": "槐树村妇联"}, "不能移到它自己或它的下级"),
        ("unit_split", {"names": " ", "first_day": "2026-01-01"}, "这个字段是必填项"),
        ("unit_term", {"role": "chair", "names": "甲", "first_day": "2026-01-01", "until": "2025-01-01"}, "早于第一天"),
        ("chat_group_new", {"name": "群", "about": "501"}, "500"),
    ],
)
def test_what_cannot_be_done_is_said_beside_its_field(cast, officer, name, given, says):
    unit = cast.units["c.a.t"]
    answer = officer.post(page(name, unit), given)
    assert answer.status_code == 422
    assert says in text(answer)
