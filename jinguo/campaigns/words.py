"""Short words of official papers and tables. Papers are never translated, so these are not either."""

from jinguo.federation.models.unit import UnitClass

_CLASSES: dict[str, str] = {
    str(UnitClass.COMMITTEE): "市直单位",
    str(UnitClass.ENTERPRISE): "企业事业单位",
    str(UnitClass.NEW_ORG): "新经济组织和新社会组织",
    str(UnitClass.HOME): "妇女之家",
    str(UnitClass.FEDERATION): "妇联",
    str(UnitClass.OUTSIDE): "其他单位",
}


def class_name(unit_class: str) -> str:
    """What a part of units by class is called in a table's heading."""
    return _CLASSES[str(unit_class)]
