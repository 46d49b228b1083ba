"""An office adds its own words in a file; ours stay, and what is wrong with the file is said."""

from pathlib import Path

import pytest

from jinguo.gongwen import read
from jinguo.gongwen.lexicon import default

LINE = "县妇联将举办渔家女织网擂台、“灯塔”故事会。"


def test_the_words_of_a_file_are_read_beside_ours(tmp_path: Path) -> None:
    own = tmp_path / "words.toml"
    own.write_text(
        '[events]\nstrong_heads = ["擂台"]\n[event_kinds]\ncompetition = ["擂台"]\n[people]\ngroups = ["渔家女"]\n'
        '[short_names]\n"红十字会" = "红会"\n',
        "utf-8",
    )
    words = default().with_file(own)
    assert [(e.name, e.kind) for e in read(LINE, lexicon=words).events] == [
        ("渔家女织网擂台", "competition"),
        ("“灯塔”故事会", "sharing"),
    ]
    paper = "清河县红十字会\n关于救护培训的通知\n各乡镇：\n县红会将举办救护讲座。\n清河县红十字会\n2024年3月1日\n"
    assert {e.owner for e in read(paper, lexicon=words).events} == {"issuer"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[evnts]\nverbs = []\n", "no table or list named 'evnts'"),
        ("[events]\nverb = []\n", "no table or list named 'events.verb'"),
        ('[events]\nverbs = "举办"\n', "'events.verbs' must be a list of words"),
        ('[events]\nverbs = ["", 3]\n', "'events.verbs' must list words"),
        ('[slots]\ntime = "时间("\n', "'slots.time' is no pattern"),
        ("events = 举办", "is not TOML"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    own = tmp_path / "words.toml"
    own.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"words\.toml.*" + said):
        default().with_file(own)


@pytest.mark.parametrize(
    ("issuer", "speaks"),
    [
        ("清河市残疾人联合会", "市残联将举办手工培训班。"),
        ("清河县科学技术协会", "县科协将举办科普讲座。"),
        ("清河市总工会", "市总工会将举办歌手大赛。"),
        ("清河学院工会", "院工会将举办健步走。"),
        ("共青团清河县委员会", "县团委将举办演讲比赛。"),
    ],
)
def test_every_kind_of_body_is_known_by_its_short_name(issuer: str, speaks: str) -> None:
    record = read(f"{issuer}关于近期工作的通知\n各单位：\n一、近期工作\n{speaks}\n{issuer}\n2024年3月1日\n")
    assert [e.owner for e in record.events] == ["issuer"]
