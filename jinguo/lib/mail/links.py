"""Attachments that are only links on a provider's relay, and run out (超大附件)."""

import re

from jinguo.lib.mail.letter import LargeLink

_HOST = re.compile(
    r"https?://((?:[a-z0-9-]{1,40}\.){0,4}?(?:mail\.qq\.com/(?:cgi-bin/)?ftn|mail\.qq\.com/cgi-bin/ftnExs|ftn\.qq\.com"
    r"|mail\.163\.com/large-attachment|mail\.126\.com/large-attachment|dashi\.163\.com|fs\.163\.com/fs|u\.163\.com"
    r"|netdisk\.mail\.163\.com|mail\.sina\.com\.cn/[a-z]{0,9}?file|cowtransfer\.com|pan\.baidu\.com/s))",
    re.IGNORECASE,
)
_WORDS = re.compile(r"超大附件|云附件|从(?:QQ|网易)邮箱发来的超大|文件中转站")
_NAME = re.compile(
    r"([^\s/\\:*?\"<>|（）()]{1,80}\.(?:docx?|wps|pdf|xlsx?|et|zip|rar|7z|jpe?g|png|mp4|mov|avi|pptx?))", re.IGNORECASE
)
_UNTIL = re.compile(
    r"(?:过期时间|到期时间|有效期(?:至|到)?|失效时间)[：:\s]{0,3}(\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?|\d{1,3}\s?天|[^\s，。；)）]{2,16})"
)


def large_links(text: str, source: str) -> tuple[LargeLink, ...]:
    """The relay links of a mail, at most 20.

    Args:
        text: what a person sees; `source`: the same as written, where links hide behind words.
    """
    found = []
    for match in list(_HOST.finditer(source))[:40]:
        host = match.group(1).split("/")[0].lower()
        around = text
        name, until = _NAME.search(around), _UNTIL.search(around)
        one = LargeLink(host, name.group(1) if name else "", until.group(1) if until else "")
        if one not in found:
            found.append(one)
    if not found and _WORDS.search(text) and (name := _NAME.search(text)):
        until = _UNTIL.search(text)
        found.append(LargeLink("", name.group(1), until.group(1) if until else ""))
    return tuple(found[:20])
