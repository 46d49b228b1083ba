"""Where a title of several lines is broken: at word sense, into a trapezoid or a diamond (7.3.1).

Word sense without a dictionary: quoted names, numbers with their counters and the stock words of official titles
stay whole; a break reads best before 关于, after a mark, and never before 的.
"""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from jinguo.gongwen.writing.widths import width

_STOCK = (
    "妇女联合会 “三八”国际劳动妇女节 “三八”国际妇女节 “三八”妇女节 国际劳动妇女节 国际妇女节 "
    "妇女儿童工作委员会 志愿服务 系列活动 纪念活动 主题活动 活动周 开展 举办 召开 组织 做好 "
    "进一步 加强 推进 推动 印发 转发 表彰 命名 评选 推荐 申报 活动 情况 汇总 总结 汇报 "
    "报告 通报 通知 决定 意见 方案 办法 请示 批复 公告 工作 任务 安排 统计表 一览表 "
    "人力资源 社会保障局 社会保障 家庭教育 家庭 妇女 儿童 女性 巾帼 最美 先进 集体 个人 "
    "优秀 典型 名单 有关 事项 关于 会议 大会 座谈会 培训班 招聘会 讲座 宣讲 维权 服务 "
    "中心 街道 社区 人民政府 办公室 阳泉市 委员会 联合会 节日 期间 年度 上半年 下半年 季度"
)
_WORDS = "|".join(sorted({re.escape(word) for word in _STOCK.split()}, key=len, reverse=True))
_UNIT = re.compile(
    rf"[0-9０-９.]+(?:年度|周年|[年月日届次个期号%％])?|[A-Za-z]+|{_WORDS}|.",
    re.DOTALL,
)
_OPENING, _CLOSING = "“‘（《〈〔【", "”’）》〉〕】、，。：；？！·"
_LOOSE_ENDS = ("和", "与", "及", "关于", "在", "对", "为", "第")


def title_lines(title: str, capacity: int = 20) -> tuple[str, ...]:
    """The lines of ``title``; ``capacity`` is the number of characters a line holds (20 of 2号 in 156 mm).

    A ``\\n`` in the title decides its lines itself. A title of more than three lines is left to the word processor.
    """
    if "\n" in title:
        return tuple(line.strip() for line in title.split("\n") if line.strip())
    title = title.strip()
    fewest = -(-width(title) // capacity)
    if fewest <= 1 or fewest > 3:
        return (title,)
    units = _units(title)
    ways = [way for count in (int(fewest), int(fewest) + 1) if count <= 3 for way in _ways(units, count, capacity)]
    if not ways:
        return (title,)
    return min(ways, key=lambda way: (_cost(way, capacity), way))


def _units(title: str) -> list[str]:
    """Pieces that are not cut: words, numbers with counters, marks with the character they belong to."""
    units: list[str] = []
    for piece in _UNIT.findall(title):
        if units and (piece in _CLOSING or units[-1][-1] in _OPENING):
            units[-1] += piece
        else:
            units.append(piece)
    return units


def _ways(units: list[str], count: int, capacity: int) -> Iterator[tuple[str, ...]]:
    for cuts in combinations(range(1, len(units)), count - 1):
        lines = tuple("".join(units[start:end]) for start, end in pairwise((0, *cuts, len(units))))
        if all(0 < width(line) <= capacity for line in lines):
            yield lines


def _cost(lines: tuple[str, ...], capacity: int) -> float:
    widths = [width(line) for line in lines]
    cost = 3.0 * len(lines) + 6 * (max(widths) - min(widths)) / max(widths)
    if max(widths) > capacity - 1:
        cost += 1.5  # from edge to edge
    if len(lines) == 3 and widths[1] < min(widths[0], widths[2]):
        cost += 5  # an hourglass
    if len(set(widths)) == 1:
        cost += 0.5  # a block
    opened = ""
    for line, following in pairwise(lines):
        opened += line
        cost += _break_cost(line, following, inside=_inside_quotes(opened))
    return cost


def _inside_quotes(text: str) -> bool:
    return any(text.count(left) > text.count(right) for left, right in ("“”", "《》", "（）"))


def _break_cost(before: str, after: str, *, inside: bool) -> float:
    cost = 8.0 if inside else 0.0
    if after.startswith("的"):
        cost += 6
    if before.endswith(_LOOSE_ENDS):
        cost += 5
    if after.startswith("关于") or before.endswith(tuple("、，”》）")):
        return cost - 2.5
    if before.endswith("的"):
        return cost + 0.5
    # A cut between two known words is safe; between two single characters it may cut a word we do not know.
    known = sum(len(unit) > 1 for unit in (_units(before)[-1], _units(after)[0]))
    return cost + (3.5, 1.2, 0.5)[known]
