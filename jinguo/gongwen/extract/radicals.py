"""Radicals that stand where characters belong: some programs write ⽉ (U+2F49) in a .pdf where the paper shows 月."""

import unicodedata

# The radicals of U+2E80-2EF3 that Unicode gives no plain form of, and that look like a character in use.
_SUPPLEMENT = str.maketrans(
    "⺁⺄⺆⺇⺈⺊⺋⺌⺎⺕⺖⺗⺘⺙⺛⺝⺠⺡⺣⺥⺨⺪⺫⺬⺭⺮⺯⺶⺷⺸⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
    "厂乙冂几刀卜㔾小兀彐忄㣺扌攵旡月民氵灬爫犭疋罒示礻竹糹羊羊羊月艹艹艹虎衤西西见角訁讠贝足车辶辶辶邑钅長镸长门阝阝雨青韦页风飞食飠飠饣首马骨鬼鱼鸟卤麦黄黾齐齐歯齿竜龙龜亀",
)


def plain_han(character: str) -> str:
    """The character the paper shows; always exactly one."""
    if "\u2f00" <= character <= "\u2fdf":
        return unicodedata.normalize("NFKC", character)
    if "\u2e80" <= character <= "\u2eff":
        found = unicodedata.normalize("NFKC", character).translate(_SUPPLEMENT)
        return found if len(found) == 1 else character
    return character
