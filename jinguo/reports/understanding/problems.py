"""Why a file was not read, in words for whoever sent it or looks at it."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PROBLEMS: dict[str, str | Promise] = {
    "macros": gettext_lazy("带宏，没有打开"), "program": gettext_lazy("是程序，没有打开"),
    "encrypted": gettext_lazy("加了密码，没有打开"), "archive": gettext_lazy("这种压缩包打不开，请对方用 .zip"),
    "zip_unpacked": gettext_lazy("解开后太大，没有打开"), "zip_ratio": gettext_lazy("解开后太大，没有打开"),
    "zip_entries": gettext_lazy("里面文件太多，没有打开"), "too_deep": gettext_lazy("套得太深，没有再往里看"),
    "too_costly": gettext_lazy("太大，没有读"), "too_long": gettext_lazy("太长，只读了前面"),
    "scanned": gettext_lazy("是扫描的图片，里面没有文字"), "empty": gettext_lazy("是空的"),
    "needs_office": gettext_lazy("旧格式，这台机器上没装 LibreOffice"),
}  # fmt: skip


def problem_text(code: str) -> str | Promise:
    """Why a file was not read, in a few words."""
    return PROBLEMS.get(code) or _("没有读出来")
