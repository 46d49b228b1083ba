"""Which clause of a notice a text speaks of: proposed, and confirmed by whoever reports."""

import re

from jinguo.campaigns.models import Campaign, Clause
from jinguo.campaigns.models.campaign import ClauseKind

CLAUSE_KINDS = (ClauseKind.LINE, ClauseKind.MEASURE)
LEAST = 2

# What an activity's name may share with a measure that says it in other words; rather none than a wrong one.
_TOPICS = tuple(
    (re.compile(words), weight)
    for words, weight in (
        ("两癌", 4), ("普法|法律|法治|权益|维权|反诈|反家", 3), ("读书|共读|诵读|书香|阅读|图书", 3), ("招聘|求职|就业|送岗|用工", 3),
        ("慰问|走访|看望|困境|低收入|单亲|患病", 3), ("志愿|义诊|学雷锋", 3), ("手艺|刺绣|剪纸|编织|农技|乡村振兴", 3), ("故事会|讲述", 3),
        ("送奖|奖牌", 3), ("宣讲", 1),
    )
)  # fmt: skip


def best_clause(campaign: Campaign, words: str, title: str = "") -> tuple[Clause | None, int]:
    """The clause whose brand or heading the words repeat most, or of whose matter the activity's name speaks; (None, 0) when
    there is none, or when two fit the name equally."""
    scored = [
        (*_score(clause, words, title), clause)
        for clause in Clause.objects.filter(campaign=campaign, kind__in=CLAUSE_KINDS)
    ]
    best = max((score + topic for score, topic, _clause in scored), default=0)
    fitting = [(topic, clause) for score, topic, clause in scored if score + topic == best]
    if best < LEAST or (len(fitting) > 1 and any(topic for topic, _clause in fitting)):
        return None, 0
    return fitting[0][1], best


def _score(clause: Clause, words: str, title: str) -> tuple[int, int]:
    """(What the words repeat of its brands and its heading, what its name shares with its matter.)"""
    score = sum(6 for brand in clause.brands if str(brand).strip("“”\"'") in words)
    heading = "".join(sign for sign in clause.heading if "\u4e00" <= sign <= "\u9fff")
    pairs = {heading[at : at + 2] for at in range(len(heading) - 1)} - _COMMON
    matter = clause.heading + clause.sentence
    topic = sum(weight for topic, weight in _TOPICS if topic.search(title) and topic.search(matter))
    return score + sum(pair in words for pair in pairs), topic


_COMMON = {"活动", "妇女", "开展", "组织", "家庭", "工作", "服务", "妇联", "广大", "主题"}
