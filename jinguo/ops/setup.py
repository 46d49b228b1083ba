"""Setting up a real office: its federation, its mailbox, its keys, its first administrator and officer; nothing of the demonstration."""

from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from jinguo.federation.actions.posts import appoint, create_user
from jinguo.federation.actions.units import NewUnit, open_office, plant_units
from jinguo.federation.models import Office, Unit, User
from jinguo.federation.models.office import Security
from jinguo.federation.models.unit import Level, UnitClass
from jinguo.federation.models.user import Role
from jinguo.journal.actions import System

BY = System("setup")


class SetupFault(Exception):
    """Something given cannot be used; the message says what and how to mend it."""


@dataclass(frozen=True)
class Wishes:
    """What the one who installs it decides. Passwords are given, never invented.

    Attributes:
        mail_code: the mailbox's 授权码, not its web password.
    """

    unit_name: str
    short_name: str
    level: str
    department: str
    doc_code: str
    admin: str
    admin_password: str
    officer: str = ""
    officer_password: str = ""
    phone: str = ""
    mail_from: str = ""
    mail_host: str = ""
    mail_port: int = 465
    mail_security: str = Security.TLS
    mail_user: str = ""
    mail_code: str = ""


def set_up(wishes: Wishes) -> Office:
    """Plant the federation, open its office and appoint the first people; all or none.

    Raises:
        SetupFault: there are units already, a name is missing, or a password is too weak.
    """
    if Unit.objects.exists():
        raise SetupFault("There are units already; setup is for an empty installation. / 库里已有单位，无需再设置。")
    if not wishes.unit_name.strip() or not wishes.admin.strip():
        raise SetupFault(
            "The federation's name and the administrator's user name are needed. / 请给出单位全称和管理员用户名。"
        )
    if wishes.level not in Level.values:
        raise SetupFault(f"Level must be one of {', '.join(Level.values)}. / 级别只能是这几种。")
    for name, password in ((wishes.admin, wishes.admin_password), (wishes.officer, wishes.officer_password)):
        if name:
            _check_password(name, password)
    with transaction.atomic():
        new = NewUnit(
            "root", wishes.unit_name, wishes.short_name or wishes.unit_name, UnitClass.FEDERATION, wishes.level
        )
        unit = plant_units([new], by=BY)["root"]
        office = open_office(
            unit, by=BY, brand=unit.short_name, department=wishes.department, doc_mark=unit.name,
            doc_code=wishes.doc_code, phone=wishes.phone, mail_from=wishes.mail_from, mail_host=wishes.mail_host,
            mail_port=wishes.mail_port, mail_security=wishes.mail_security, mail_user=wishes.mail_user,
            mail_code=wishes.mail_code,
        )  # fmt: skip
        admin = create_user(wishes.admin, display_name="系统管理员", password=wishes.admin_password, by=BY)
        appoint(admin, unit, Role.SYSTEM_ADMIN, by=BY)
        if wishes.officer:
            officer = create_user(
                wishes.officer, display_name=f"{wishes.department}经办", password=wishes.officer_password, by=BY
            )
            appoint(officer, unit, Role.OFFICER, by=BY)
    return office


def _check_password(name: str, password: str) -> None:
    try:
        validate_password(password, User(username=name))
    except ValidationError as error:
        reasons = " ".join(str(message) for message in error.messages)
        raise SetupFault(f"The password of {name} is too weak: {reasons} / {name} 的密码太弱") from error
