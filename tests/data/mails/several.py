"""Mails that tell of several activities, and mails that only look so."""

from tests.data.mails.writing import Expected, docx, file, mail, news, pdf
from tests.lib.mails import zipped

_DAYS = ("3月4日", "3月5日", "3月7日")
_PLACES = ("东槐社区", "西槐社区", "北槐社区")
HAN, FIGURES, SPOKEN, BRACKETS, BARE = (
    ("一、", "二、", "三、"), ("1.", "2.", "3."), ("第一场：", "第二场：", "第三场："), ("（一）", "（二）", "（三）"), ("", "", ""),
)  # fmt: skip


def names(word: str) -> tuple[str, ...]:
    """Three activities nobody else of the corpus has reported."""
    return (f"{word}节气义诊", f"{word}家书诵读会", f"{word}巧手编织课")


def three(word: str) -> list[str]:
    return [news(title, day=day, place=place) for title, day, place in zip(names(word), _DAYS, _PLACES, strict=True)]


def numbered(word: str, marks: tuple[str, ...] = HAN) -> str:
    return "近期活动信息\n\n" + "\n".join(mark + told for mark, told in zip(marks, three(word), strict=True))


def labelled(word: str) -> str:
    return "\n\n".join(
        f"活动名称：{title}\n活动时间：{day}\n活动地点：{place}\n参加人数：56人\n活动内容：请人来讲，大家都说有用。"
        for title, day, place in zip(names(word), _DAYS, _PLACES, strict=True)
    )


def _files(word: str) -> dict[str, bytes]:
    return {f"信息{n}.docx": docx(told) for n, told in enumerate(three(word), 1)}


def _three(word: str, raw: bytes, *, fate: str = "reported", **fields) -> Expected:
    return Expected(f"several: {word}", raw, "news", fate, "c.a", "address", fields, several=names(word))


def _one(name: str, raw: bytes, **fields) -> Expected:
    return Expected(f"one: {name}", raw, "news", "reported", "c.a", "address", fields)


_PHASES = (
    "巾帼健身大会\n\n一、启动仪式\n3月4日，东川县妇联在体育馆举行巾帼健身大会启动仪式，80余名妇女群众参加。\n"
    "二、颁奖仪式\n3月6日，东川县妇联在体育馆举行巾帼健身大会颁奖仪式，80余名妇女群众参加。\n"
)
_PLAN = "送法进校园活动方案\n\n3月5日，东川县妇联在实验小学开展送法进校园活动，请各班准备，80余名妇女群众参加。\n"
_AFTER = "\n四、存在问题\n场地不够，人手也不够，请上级支持。"

SEVERAL = (
    _three("立春", mail(numbered("立春"), subject="近期活动信息"), held_on="3-4", on_site=80, place="东槐社区"),
    _three("雨水", mail(numbered("雨水", FIGURES), subject="活动信息三则"), held_on="3-4"),
    _three("惊蛰", mail(numbered("惊蛰", SPOKEN), subject="几场活动"), held_on="3-4"),
    _three("春分", mail("\n".join(three("春分")), subject="活动信息"), place="东槐社区"),
    _three("清明", mail("见附件。", subject="活动信息", files=(file("信息.docx", docx(numbered("清明", BRACKETS))),))),
    _three("谷雨", mail("三场活动的信息见附件。", subject="活动信息", files=tuple(file(*one) for one in _files("谷雨").items()))),
    _three("立夏", mail("见附件。", subject="活动材料", files=(file("材料.zip", zipped(_files("立夏"))),))),
    _three("小满", mail(labelled("小满"), subject="报送"), on_site=56),
    _three("芒种", mail(numbered("芒种").replace("3月5日，", "近日，"), subject="近期活动信息"), fate="incomplete"),
    _three("夏至", mail(numbered("夏至") + _AFTER, subject="近期活动信息")),
    _one("in the text and in a file", mail(news("送法进校园"), subject="送法进校园", files=(file("信息.docx", docx(news("送法进校园"))),)),
         title="送法进校园"),
    _one("as docx and as pdf", mail("见附件", subject="信息", files=(file("信息.docx", docx(news("读书沙龙"))), file("信息.pdf", pdf(news("读书沙龙"))))),
         title="读书沙龙"),
    _one("parts of one event", mail(_PHASES, subject="巾帼健身大会"), title="巾帼健身大会"),
    _one("a report and its plan", mail("见附件", subject="信息",
         files=(file("信息.docx", docx(news("送法进校园", day="3月5日") * 2)), file("活动方案.docx", docx(_PLAN)))), title="送法进校园"),
)  # fmt: skip
