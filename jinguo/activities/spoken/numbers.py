"""Numbers as people say them: 30, 三十, 两百五十; not 五六十 (a range) and not 一百二 (a hundred and two, or and twenty?)."""

import re

from jinguo.gongwen.han import number_of

HAN = "[一二两三四五六七八九十百千零〇]"
NUMBER = rf"(?:\d{{1,6}}|{HAN}{{1,9}})"  # for patterns
_DIGIT = "[一二两三四五六七八九]"
_WHOLE = re.compile(rf"(?:{_DIGIT}千)?(?:[零〇]?{_DIGIT}百)?(?:[零〇]?{_DIGIT}?十)?(?:[零〇]?{_DIGIT})?")
_CUT_SHORT = re.compile(rf"[百千]{_DIGIT}$")


def said_number(text: str) -> int | None:
    """The one number these words can mean; None where they mean none, or more than one."""
    if text.isascii() and text.isdigit():
        return number_of(text)
    if not text or not _WHOLE.fullmatch(text) or _CUT_SHORT.search(text):
        return None
    return number_of(text)
