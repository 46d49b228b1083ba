"""Setting up a real office: its federation, its mailbox, its keys and its first people; nothing of the demonstration.

Accounts and posts are in two hands: the system administrator makes accounts, the security administrator gives posts.
"""

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
    security: str
    security_password: str
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
        SetupFault: there are units already, a name is missing or given twice, or a password is too weak.
    """
    if Unit.objects.exists():
        raise SetupFault("There are units already; setup is for an empty installation. / 库里已有单位，无需再设置。")
    _check_names(wishes)
    if wishes.level not in Level.values:
        raise SetupFault(f"Level must be one of {', '.join(Level.values)}. / 级别只能是这几种。")
    people = _people(wishes)
    for name, password, _, _ in people:
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
        for name, password, title, role in people:
            appoint(create_user(name, display_name=title, password=password, by=BY), unit, role, by=BY)
    return office


def _people(wishes: Wishes) -> list[tuple[str, str, str, Role]]:
    """User name, password, name as shown and post of each first person; the officer may come later."""
    people = [
        (wishes.admin, wishes.admin_password, "系统管理员", Role.SYSTEM_ADMIN),
        (wishes.security, wishes.security_password, "安全管理员", Role.SECURITY_ADMIN),
        (wishes.officer, wishes.officer_password, f"{wishes.department}经办", Role.OFFICER),
    ]
    return [person for person in people if person[0].strip()]


def _check_names(wishes: Wishes) -> None:
    if not wishes.unit_name.strip() or not wishes.admin.strip() or not wishes.security.strip():
        raise SetupFault(
            "The federation's name and the user names of both administrators are needed. "
            "/ 请给出单位全称、系统管理员用户名和安全管理员用户名。"
        )
    names = [name.strip().lower() for name, _, _, _ in _people(wishes)]
    if len(set(names)) < len(names):
        raise SetupFault(
            "Each of the first people needs an account of her own: one makes accounts, the other gives posts. "
            "/ 每人一个账号：系统管理员开账号，安全管理员给岗位，不能是同一个。"
        )


def _check_password(name: str, password: str) -> None:
    try:
        validate_password(password, User(username=name))
    except ValidationError as error:
        reasons = " ".join(str(message) for message in error.messages)
        raise SetupFault(f"The password of {name} is too weak: {reasons} / {name} 的密码太弱") from error
