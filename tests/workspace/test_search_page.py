"""查找 over what this person may see: the same table as everywhere."""

import pytest

pytestmark = pytest.mark.django_db


def found(client, words: str) -> list[str]:
    answer = client.get("/desk/search/", {"q": words})
    assert answer.status_code == 200
    return [row.title for row, _kind, _url in answer.context["rows"]]


def test_units_are_found_by_words_pinyin_and_initials(signed_in):
    client = signed_in("officer")
    assert found(client, "教育局") == ["市教育局妇女委员会"]
    assert found(client, "jiaoyuju") == ["市教育局妇女委员会"]
    assert found(client, "sjyjfnwyh") == ["市教育局妇女委员会"]
    assert "泉水镇妇女之家" in found(client, "泉水镇")


@pytest.mark.parametrize(
    ("who", "titles"),
    [
        ("officer", ["东川县妇女联合会"]),
        ("county_officer", ["东川县妇女联合会"]),
        ("sister", []),
        ("liaison", []),
        ("d.officer", []),
        ("auditor", []),
    ],
)
def test_nobody_finds_what_is_not_hers_to_see(signed_in, who, titles):
    assert found(signed_in(who), "东川") == titles


def test_nothing_found_says_what_to_try(signed_in):
    client = signed_in("officer")
    assert "换个简短的词试试" in client.get("/desk/search/?q=没有这个").content.decode()
    assert "写几个字就能找" in client.get("/desk/search/").content.decode()
    assert client.get("/desk/search/", {"q": "<script>" * 40}).status_code == 200


def test_every_result_leads_somewhere(signed_in):
    client = signed_in("officer")
    answer = client.get("/desk/search/", {"q": "妇"})
    for _row, _kind, url in answer.context["rows"]:
        assert client.get(url).status_code == 200
