"""A country made up for measuring: as many provinces, cities, counties, townships and villages as the real one, no real name."""

from collections.abc import Iterator

PROVINCES, CITIES, COUNTIES, TOWNSHIPS = 31, 11, 9, 14  # of each unit above
VILLAGES = 665_000
FIRST = "清泉松柏云河石林梅兰竹菊春江秋月晨星远山碧水丹枫白鹤青岩金谷玉溪银杏红叶紫荆翠屏龙池凤台"
LAST = "阳川平安和兴宁康泰昌丰盛华明德仁义礼信友爱乐善美好"


def rows(villages: int = VILLAGES) -> Iterator[tuple[str, str]]:
    """(code, name) of every division, those above before those below."""
    towns = PROVINCES * CITIES * COUNTIES * TOWNSHIPS
    each, more = divmod(villages, towns)
    town = 0
    for p in range(PROVINCES):
        province = f"{11 + p}"
        yield province, f"{name_of(p)}省"
        for c in range(1, CITIES + 1):
            city = f"{province}{c:02}"
            yield city, f"{name_of(p * 37 + c)}市"
            for k in range(1, COUNTIES + 1):
                county = f"{city}{k:02}"
                yield county, f"{name_of(int(county) % 977)}{'县' if k % 3 else '区'}"
                for t in range(1, TOWNSHIPS + 1):
                    code = f"{county}{t:03}"
                    yield code, f"{name_of(int(code) % 7919)}{'镇' if t % 4 else '街道办事处'}"
                    for v in range(1, each + (town < more) + 1):
                        full = f"{code}{v:03}"
                        yield full, f"{name_of(int(full) % 104_729)}{'村委会' if v % 5 else '社区居委会'}"
                    town += 1


def name_of(number: int) -> str:
    """A name of two or three characters; many numbers share one, as places do."""
    number, first = divmod(number, len(FIRST))
    number, last = divmod(number, len(LAST))
    return FIRST[first] + LAST[last] + (FIRST[number % len(FIRST)] if number else "")
