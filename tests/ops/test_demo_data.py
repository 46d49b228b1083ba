"""The demonstration's data keeps its promises: the real divisions whole, and nothing in it that could be a person's."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "jinguo" / "ops" / "demo" / "data"
FILES = sorted(path.name for path in DATA.glob("*.csv"))
KINDS = {
    "congress",
    "symposium",
    "job_fair",
    "exhibition",
    "sharing",
    "mixer",
    "reading",
    "training",
    "lecture",
    "volunteer",
    "visit",
    "rights",
    "competition",
    "selection",
    "performance",
    "ceremony",
    "family_education",
    "media",
    "other",
}
VENUES = {"community", "school", "new_organisation", "website", "family", "other"}
ROLES = {
    "officer",
    "leader",
    "county_officer",
    "liaison",
    "chair",
    "system_admin",
    "security_admin",
    "auditor",
    "case_worker",
    "case_supervisor",
    "reviewer",
    "approver",
}
MONDAY_TO_FRIDAY = range(5)


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first_city() -> dict[str, dict[str, str]]:
    """Every unit of 阳泉 by code or key, with its parent under `parent`."""
    federations = {row["code"]: {**row, "parent": row["parent_code"]} for row in rows("units.csv")}
    return federations | {row["key"]: {**row, "parent": "1403"} for row in rows("committees.csv")}


def second_city() -> dict[str, dict[str, str]]:
    return {row["key"]: {**row, "parent": row["parent_key"]} for row in rows("second_city.csv")}


def all_units() -> dict[str, dict[str, str]]:
    return first_city() | second_city()


def test_the_files_are_the_ones_the_readme_describes():
    described = set(re.findall(r"^\| `(\w+\.csv)`", (DATA / "README.md").read_text("utf-8"), re.MULTILINE))
    assert described == set(FILES) and len(FILES) == 8


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_whole_and_free_of_stray_blanks(name: str):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        head, *body = csv.reader(file)
    assert body
    assert all(len(row) == len(head) for row in body)
    assert all(cell == cell.strip() for row in body for cell in row)


def test_yangquan_has_all_its_divisions():
    levels = Counter(row["level"] for row in rows("units.csv"))
    assert levels == {"city": 1, "county": 5, "township": 43, "village": 777}
    villages = [row["name"] for row in rows("units.csv") if row["level"] == "village"]
    assert sum(name.endswith("村妇女联合会") for name in villages) == 620
    assert sum(name.endswith("社区妇女联合会") for name in villages) == 157


def test_units_are_sorted_and_stand_under_a_parent_of_the_level_above():
    units = rows("units.csv")
    codes = [row["code"] for row in units]
    assert codes == sorted(codes) and len(set(codes)) == len(codes)
    level_of = {row["code"]: row["level"] for row in units}
    above = {"county": "city", "township": "county", "village": "township"}
    for row in units:
        if row["level"] == "city":
            assert row["parent_code"] == ""
        else:
            assert row["code"].startswith(row["parent_code"])
            assert level_of[row["parent_code"]] == above[row["level"]]


def test_federations_are_named_after_their_division():
    for row in rows("units.csv"):
        assert row["name"].endswith("妇女联合会")
        assert row["short_name"] == row["name"].removesuffix("妇女联合会") + "妇联"
    by_code = {row["code"]: row["short_name"] for row in rows("units.csv")}
    assert by_code["140321"] == "平定县妇联" and by_code["140311100"] == "荫营镇妇联"
    assert by_code["140302100208"] == "神峪村妇联" and by_code["140311101214"] == "东村村妇联"


def test_committees_have_a_class_and_a_sector_that_goes_with_it():
    sectors = {
        "committee": {"party", "government", "justice", "mass"},
        "enterprise": {"state", "province", "private", "institution"},
    }
    found = {(row["unit_class"], row["sector"]) for row in rows("committees.csv")}
    assert found == {(kind, sector) for kind, names in sectors.items() for sector in names}
    endings = {"committee": "妇女委员会", "enterprise": "女职工委员会"}
    assert all(row["name"].endswith(endings[row["unit_class"]]) for row in rows("committees.csv"))


@pytest.mark.parametrize("city", [first_city, second_city])
def test_inside_a_city_a_name_or_alias_of_an_organisation_means_one_unit(city):
    owners: dict[str, set[str]] = {}
    for key, row in city().items():
        if row["unit_class"] != "federation":
            for name in {row["name"], row["short_name"], *row["aliases"].split("|")}:
                owners.setdefault(name, set()).add(key)
    assert "" not in owners
    assert {name: keys for name, keys in owners.items() if len(keys) > 1} == {}


def test_the_second_city_is_one_tree_that_touches_nothing_of_the_first():
    units = second_city()
    assert Counter(row["level"] for row in units.values() if row["level"]) == {
        "city": 1,
        "county": 2,
        "township": 4,
        "village": 6,
    }
    assert sum(row["unit_class"] != "federation" for row in units.values()) == 5
    assert [key for key, row in units.items() if not row["parent"]] == ["9901"]
    assert all(row["parent"] in units for row in units.values() if row["parent"])
    assert not units.keys() & first_city().keys()


def test_every_township_has_its_womens_home():
    hosts = Counter(row["host_code"] for row in rows("homes.csv"))
    assert set(hosts.values()) == {1}
    assert hosts.keys() <= all_units().keys()
    assert {key for key, row in all_units().items() if row.get("level") == "township"} <= hosts.keys()
    for row in rows("homes.csv"):
        assert row["name"] == all_units()[row["host_code"]]["name"].removesuffix("妇女联合会") + "妇女之家"


def test_whoever_must_act_on_a_notice_can_be_written_to():
    reachable = {row["unit_key"] for row in rows("contacts.csv")}
    units = all_units()
    assert reachable <= units.keys()
    assert {key for key, row in units.items() if row.get("level") != "village"} <= reachable
    assert sum(units[key].get("level") == "village" for key in reachable) == 20


def test_contacts_are_in_order_and_every_address_belongs_to_one_of_them():
    contacts = rows("contacts.csv")
    assert len({row["email"] for row in contacts}) == len(contacts)
    assert len({row["phone"] for row in contacts}) == len(contacts)
    orders: dict[str, list[int]] = {}
    for row in contacts:
        orders.setdefault(row["unit_key"], []).append(int(row["order"]))
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*@example\.org", row["email"]), row
        assert re.fullmatch(r"(0353|0000)-000-0\d{3}", row["phone"]), row
        assert row["role_title"] and row["hours"]
    assert all(found == list(range(1, len(found) + 1)) for found in orders.values())


def test_one_sign_in_for_each_role_and_one_more_in_the_second_city():
    users = rows("users.csv")
    assert len({row["username"] for row in users}) == len(users)
    assert {row["unit_key"] for row in users} <= all_units().keys()
    first = Counter(row["role"] for row in users if row["unit_key"] in first_city())
    assert first == dict.fromkeys(ROLES, 1)
    assert [row["role"] for row in users if row["unit_key"] in second_city()] == ["officer"]


def test_activities_fit_the_period_the_week_and_the_notice():
    for row in rows("activities.csv"):
        day = int(row["day_offset"])
        assert 0 <= day <= int(row["until_day_offset"] or day) <= 23, row
        assert "08:00" <= row["start"] < row["end"] <= "21:30", row
        assert re.fullmatch(r"\d\d:\d\d \d\d:\d\d", f"{row['start']} {row['end']}"), row
        assert row["seats"] == "walk-in" or int(row["seats"]) > 0, row
        assert row["clause"] == "" or re.fullmatch(r"二\([一二三四]\)[一二三]", row["clause"]), row
        assert 1 <= row["text"].count("。") <= 3 and row["text"].endswith("。"), row
        assert all(row["target_groups"].split("|")), row
        in_office_hours = row["kind"] in {"congress", "symposium", "job_fair", "ceremony"}
        assert not in_office_hours or day % 7 in MONDAY_TO_FRIDAY, row


def test_activities_name_units_kinds_and_homes_that_exist():
    activities, units = rows("activities.csv"), all_units()
    assert len({row["title"] for row in activities}) == len(activities) >= 24
    homes = {row["name"] for row in rows("homes.csv")}
    for row in activities:
        assert row["unit_key"] in units and row["kind"] in KINDS and row["venue_kind"] in VENUES, row
        assert not row["place"].endswith("妇女之家") or row["place"] in homes, row
    assert {row["venue_kind"] for row in activities} == VENUES
    counties = {row["unit_key"][:6] for row in activities if row["unit_key"].startswith("1403")}
    assert counties == {"1403", "140302", "140303", "140311", "140321", "140322"}


@pytest.mark.parametrize("name", FILES)
def test_no_field_could_be_a_persons(name: str):
    for row in rows(name):
        for column, value in row.items():
            assert column not in {"person", "person_name", "full_name", "surname", "mobile", "id_number", "password"}
            assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", re.sub(r"[\s-]", "", value)), (column, value)
            assert not re.search(r"@(?!example\.org$)", value), (column, value)
            assert not re.search(r"[\u4e00-\u9fff](女士|先生|同志)", value), (column, value)
