"""`jinguo setup`: a real office, step by step; every answer may also be given as an option."""

import getpass
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from jinguo.federation.models.office import Security
from jinguo.federation.models.unit import Level
from jinguo.lib import crypto
from jinguo.ops.setup import SetupFault, Wishes, set_up

QUESTIONS = [
    ("unit_name", "单位全称，如 某某市妇女联合会 / full name of the federation"),
    ("short_name", "简称，如 某某市妇联 / short name"),
    ("level", f"级别 / level ({', '.join(Level.values)})"),
    ("department", "经办部门，如 宣教部 / department that issues campaigns"),
    ("doc_code", "机关代字，如 某妇发 / document code"),
    ("phone", "咨询电话 / telephone units may call"),
    ("mail_from", "发信邮箱地址，可留空 / mailbox address, may stay empty"),
    ("mail_host", "发信服务器，如 smtp.example.org，可留空 / SMTP server, may stay empty"),
    ("mail_port", "端口，465 或 587 / port"),
    ("mail_security", f"加密方式 / security ({', '.join(Security.values)})"),
    ("mail_user", "邮箱登录名 / mailbox user"),
    ("admin", "系统管理员用户名 / user name of the system administrator"),
    ("security", "安全管理员用户名，不能与系统管理员相同 / user name of the security administrator, who gives posts"),
    ("officer", "经办人用户名，可留空 / user name of the first officer, may stay empty"),
]
SECRETS = [
    ("mail_code", "邮箱授权码（不是网页登录密码）/ the mailbox's authorisation code", "mail_user"),
    ("admin_password", "系统管理员密码 / password of the administrator", "admin"),
    ("security_password", "安全管理员密码 / password of the security administrator", "security"),
    ("officer_password", "经办人密码 / password of the officer", "officer"),
]
DEFAULTS = {"level": "city", "mail_port": "465", "mail_security": "tls", "department": "办公室"}


class Command(BaseCommand):
    help = "Set up a real office: federation, mailbox, keys, both administrators. No demonstration data."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        for name, question in QUESTIONS:
            parser.add_argument(f"--{name.replace('_', '-')}", help=question)
        for name, question, _ in SECRETS:
            parser.add_argument(f"--{name.replace('_', '-')}-file", type=Path, help=f"file holding: {question}")

    def handle(self, *args, **options):
        try:
            ring = crypto.ring()
        except crypto.KeyMissing as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"密钥文件 / key ring: {settings.KEYRING} ({ring.identity})。请另存一份，丢了就打不开数据。")
        call_command("migrate", verbosity=0, skip_checks=True)
        answers = {name: self.answer(name, question, options) for name, question in QUESTIONS}
        for name, question, only_if in SECRETS:
            answers[name] = self.secret(name, question, options) if answers[only_if] else ""
        try:
            answers["mail_port"] = int(answers["mail_port"])
        except ValueError as error:
            raise CommandError("The port must be a number. / 端口必须是数字。") from error
        try:
            office = set_up(Wishes(**answers))
        except SetupFault as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{office.unit.name}：设置好了。下一步 `jinguo doctor` 检查，再启动网站和后台任务。/ done; next: jinguo doctor"
        )

    def answer(self, name, question, options):
        given = options.get(name)
        if given is None and sys.stdin.isatty():
            given = input(f"{question} [{DEFAULTS.get(name, '')}]: ").strip()
        return given or DEFAULTS.get(name, "")

    def secret(self, name, question, options):
        file = options.get(f"{name}_file")
        if file:
            try:
                return file.read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise CommandError(f"{file} cannot be read: {error} / 读不了这个文件") from error
        return getpass.getpass(f"{question}: ") if sys.stdin.isatty() else ""
