"""The columns of the workbook of units: the same heads in both languages of the interface, so that a file made in one is read
in the other. Heads may also be written as the English key."""

from jinguo.federation.models.unit import Level, UnitClass
from jinguo.federation.models.user import BEARERS, Role
from jinguo.lib.sheets import Column
from jinguo.lib.sheets.cells import level as levelled

UNITS, CONTACTS, GROUPS, POSTS = "单位", "联系人", "微信群", "职务"

SECTORS = {
    "party": "党群机关", "government": "政府部门", "justice": "政法机关", "mass": "群团组织",
    "state": "国有", "province": "省属", "private": "民营", "institution": "事业单位",
}  # fmt: skip

UNIT_HEADS = {
    "code": "单位编号",
    "name": "全称",
    "short_name": "简称",
    "above_code": "上级编号",
    "above": "上级",
    "unit_class": "类别",
    "level": "级别",
    "sector": "性质",
    "division_code": "区划代码",
    "duty_phone": "值班电话",
    "aliases": "别的叫法",
    "mails": "邮箱",
    "valid_from": "成立日期",
    "valid_to": "最后一天",
    "into": "并入",
}
CONTACT_HEADS = {
    "code": "单位编号", "unit": "单位", "title": "岗位", "name": "姓名", "phone": "办公电话", "mobile": "手机",
    "hours": "接听时间",
}  # fmt: skip
GROUP_HEADS = {"code": "单位编号", "unit": "单位", "name": "群名", "keeper": "管理人", "about": "大约人数"}
POST_HEADS = {
    "code": "单位编号", "unit": "单位", "role": "职务", "name": "姓名", "starts": "任期开始", "ends": "任期结束",
}  # fmt: skip
PRIVATE = {"contacts": ("name", "mobile"), "groups": ("keeper",), "posts": ("name",)}  # written only when asked for

_WIDTHS = {"name": 32, "short_name": 20, "above": 24, "aliases": 24, "mails": 28, "unit": 24, "hours": 20, "into": 16}


def class_labels() -> dict[str, str]:
    """Class → its Chinese label, whatever language the reader uses."""
    return _untranslated(UnitClass)


def level_labels() -> dict[str, str]:
    """Level → its Chinese label."""
    return _untranslated(Level)


def role_labels() -> dict[str, str]:
    """Post of those a workbook may name (主席 … 信息员) → its Chinese label."""
    labels = _untranslated(Role)
    return {str(role): labels[str(role)] for role in BEARERS}


def _untranslated(choices: type[UnitClass] | type[Level] | type[Role]) -> dict[str, str]:
    from django.utils.translation import override

    with override("zh-hans"):
        return {str(value): str(label) for value, label in choices.choices}


def columns(heads: dict[str, str], without: tuple[str, ...] = ()) -> list[Column]:
    """The columns as they are written, with the words a cell takes where there are only few."""
    choices = {
        "unit_class": tuple(class_labels().values()), "level": tuple(level_labels().values()),
        "sector": tuple(SECTORS.values()), "role": tuple(role_labels().values()),
    }  # fmt: skip
    return [
        Column(head, _WIDTHS.get(key, 14), choices.get(key, ()) if heads in (UNIT_HEADS, POST_HEADS) else ())
        for key, head in heads.items()
        if key not in without
    ]


def places(found: dict[str, int], heads: dict[str, str]) -> dict[str, int]:
    """key → column of those heads a sheet has."""
    here = {}
    for key, head in heads.items():
        column = found.get(levelled(head), found.get(levelled(key)))
        if column is not None:
            here[key] = column
    return here
