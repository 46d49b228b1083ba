"""Contacts in the ways offices write them, and numbers that are not telephone numbers."""

import pytest

from jinguo.gongwen import read


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("联系人：张某 0350-1234567", [("person_role", "张某"), ("phone", "0350-1234567")]),
        (
            "联 系 人：发展部 王某某，电话：（0350）7654321转802，手机13912345678",
            [("person_role", "王某某"), ("phone", "0350-7654321转802"), ("phone", "13912345678")],
        ),
        (
            "联系人及电话：李某某、王某  0351－1234567 传真：0351-7654321",
            [("person_role", "李某某"), ("person_role", "王某"), ("phone", "0351-1234567"), ("fax", "0351-7654321")],
        ),
        (
            "电话:2331123、2331124；邮箱：ａ_b＠example.org；地址：清河市幸福路1号妇女儿童中心，邮编：030000",
            [
                ("phone", "2331123"),
                ("phone", "2331124"),
                ("email", "a_b@example.org"),
                ("address", "清河市幸福路1号妇女儿童中心"),
            ],
        ),
        ("联系电话：0350—1234567、1234568", [("phone", "0350-1234567"), ("phone", "1234568")]),
        (
            "区教育局　周某　2190088；区文旅局　吴某　2190099",
            [("person_role", "周某"), ("phone", "2190088"), ("person_role", "吴某"), ("phone", "2190099")],
        ),
        ("周某 20240315，高新区王庄 2190088，共有2266018、2266019人。", [("person_role", "周某")]),
        ("来信请寄：清河市幸福路1号，邮政编码：030000。", [("address", "清河市幸福路1号")]),
        ("咨询热线：12338。", [("phone", "12338")]),
        ("周某 139-1234-5678", [("person_role", "周某"), ("phone", "13912345678")]),
        ("预计参加12000人次，编号20240301，共2331123份。", []),
    ],
)
def test_contacts(line: str, found: list[tuple[str, str]]) -> None:
    assert [(c.kind, c.value) for c in read(line).contacts] == found


def test_a_form_in_an_annex_is_no_contact() -> None:
    record = read(
        "关于报名的通知\n各县妇联：\n请报名。\n清河市妇女联合会\n2024年3月1日\n附件\n报名表\n联系电话：13900000000\n"
    )
    assert record.contacts == ()
