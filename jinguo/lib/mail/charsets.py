"""Bytes to text by what senders label and what they mean. gb2312 and gbk are read as gb18030, which holds both."""

import re

_READ_AS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030", "euc-cn": "gb18030",
    "chinese": "gb18030", "gb18030": "gb18030", "gb2312-80": "gb18030", "csgb2312": "gb18030", "ms936": "gb18030",
    "hz-gb-2312": "hz", "hz": "hz", "big5": "cp950", "big5-hkscs": "big5hkscs", "x-x-big5": "cp950", "utf8": "utf-8",
    "unicode-1-1-utf-7": "utf-7", "utf-7": "utf-7", "unicode": "utf-16", "ascii": "us-ascii",
}  # fmt: skip
# Labels that fit any bytes: where there are bytes above 127, what they make is asked first.
_FITS_ALL = {"us-ascii", "iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252", "iso-8859-15", "8bit", "binary"}
_UNKNOWN = {"", "unknown-8bit", "unknown", "default", "x-unknown", "_autodetect_all", "none"}
_LABEL = re.compile(r"[a-z0-9][a-z0-9_.:+-]{0,39}")
# Python has these as codecs; they turn bytes into bytes or read files, and are no charsets.
_NO_CHARSET = {
    "base64",
    "hex",
    "zip",
    "zlib",
    "bz2",
    "rot13",
    "quopri",
    "uu",
    "idna",
    "punycode",
    "undefined",
    "mbcs",
    "oem",
}


def to_text(raw: bytes, label: str = "") -> tuple[str, str]:
    """The text of some bytes, and a note: "" when the label was right, `charset_guessed`, or `charset_lost` when signs
    were lost.

    A label is believed as long as the bytes fit it. Never raises.
    """
    wanted = label.strip().strip("\"'").lower()
    known = _READ_AS.get(wanted, wanted)
    high = any(byte > 127 for byte in raw)
    stateful = known in ("hz", "utf-7") or known.startswith(("iso-2022", "utf-16", "utf-32"))
    if not high and not stateful:
        return _clean(raw.decode("ascii")), ""
    doubtful = known in _FITS_ALL or known in _UNKNOWN
    if not doubtful and (text := _try(raw, known)) is not None:
        return _clean(text), ""
    for guess in ("utf-8", "gb18030", "cp950"):
        text = _try(raw, guess)
        if text is not None and not (known in _FITS_ALL and guess != "utf-8" and not _looks_chinese(text)):
            return _clean(text), "charset_guessed"
    if known in _FITS_ALL:
        return _clean(raw.decode("cp1252", "replace")), ""
    return _clean(raw.decode(_better(raw, known), "replace")), "charset_lost"


def _try(raw: bytes, charset: str) -> str | None:
    if not _LABEL.fullmatch(charset) or charset.split("_")[0].split("-codec")[0] in _NO_CHARSET:
        return None
    try:
        return raw.decode(charset)
    except (UnicodeError, LookupError, ValueError, TypeError):
        return None


def _better(raw: bytes, known: str) -> str:
    """Of UTF-8 and GB18030 the one that loses fewer signs; the label's own where it is a charset at all."""
    candidates = ["utf-8", "gb18030", "cp950"]
    if known in _READ_AS.values():
        candidates.insert(0, known)
    start = raw[:65_536]
    return min(candidates, key=lambda name: start.decode(name, "replace").count("\ufffd"))


def _looks_chinese(text: str) -> bool:
    """Mostly Chinese among what is not ASCII: Latin letters with accents, taken for GB18030, give rare signs instead."""
    signs = [sign for sign in text[:4000] if ord(sign) > 127]
    common = sum(
        "\u4e00" <= sign <= "\u9fa5" or "\u3000" <= sign <= "\u303f" or "\uff00" <= sign <= "\uffef" for sign in signs
    )
    return bool(signs) and common * 10 >= len(signs) * 9


def _clean(text: str) -> str:
    """One kind of line end, no NUL and no other control or direction signs that could fool an eye."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text)


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
