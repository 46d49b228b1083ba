"""The columns of the workbook of units: the same heads in both languages of the interface, so that a file made in one is read
in the other. Heads may also be written as the English key."""

from functools import lru_cache

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
# What the same columns are called in the lists offices keep already.
ALSO: dict[str, dict[str, tuple[str, ...]]] = {
    UNITS: {
        "name": ("单位名称", "单位全称", "名称"), "short_name": ("单位简称",), "above": ("上级单位", "所属单位", "主管单位"),
        "unit_class": ("单位类别", "类型"), "level": ("单位级别", "层级"), "division_code": ("行政区划代码",),
        "duty_phone": ("联系电话", "电话"), "aliases": ("别名", "曾用名"), "mails": ("电子邮箱", "邮箱地址", "电子邮件"),
        "valid_to": ("撤销日期",),
    },
    CONTACTS: {
        "unit": ("单位名称", "单位全称", "全称"), "title": ("职务",), "name": ("联系人",), "phone": ("电话", "联系电话", "座机"),
        "mobile": ("手机号", "手机号码", "移动电话"),
    },
    GROUPS: {"unit": ("单位名称", "全称"), "name": ("群名称", "微信群", "微信群名称"), "keeper": ("群主", "管理员"), "about": ("人数",)},
    POSTS: {"unit": ("单位名称", "全称"), "role": ("岗位",), "starts": ("任职时间", "任职日期"), "ends": ("离任日期",)},
}  # fmt: skip
PRIVATE = {"contacts": ("name", "mobile"), "groups": ("keeper",), "posts": ("name",)}  # written only when asked for

_WIDTHS = {"name": 32, "short_name": 20, "above": 24, "aliases": 24, "mails": 28, "unit": 24, "hours": 20, "into": 16}


@lru_cache(maxsize=1)
def class_labels() -> dict[str, str]:
    """Class → its Chinese label, whatever language the reader uses."""
    return _untranslated(UnitClass)


@lru_cache(maxsize=1)
def level_labels() -> dict[str, str]:
    """Level → its Chinese label."""
    return _untranslated(Level)


@lru_cache(maxsize=1)
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


def names_of(sheet: str) -> dict[str, list[str]]:
    """key → the heads, levelled, by which this column of a sheet is known, the usual one first."""
    heads = {UNITS: UNIT_HEADS, CONTACTS: CONTACT_HEADS, GROUPS: GROUP_HEADS, POSTS: POST_HEADS}[sheet]
    return {key: [levelled(name) for name in (head, key, *ALSO[sheet].get(key, ()))] for key, head in heads.items()}


def places(found: dict[str, int], sheet: str) -> dict[str, int]:
    """key → column of those heads of a sheet that were found; each column is one thing alone."""
    names, here, taken = names_of(sheet), {}, set[int]()
    for rank in range(max(map(len, names.values()))):
        for key, said in names.items():
            column = found.get(said[rank]) if rank < len(said) and key not in here else None
            if column is not None and column not in taken:
                here[key] = column
                taken.add(column)
    return here
