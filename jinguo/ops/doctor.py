"""Checks of an installation: what is well, what needs attention, what is broken. Each with a sentence in two languages."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from jinguo.files.actions import read_file
from jinguo.files.models import StoredFile
from jinguo.journal.chain import verify_chain
from jinguo.lib import clock, crypto
from jinguo.lib.sealed import Sealed
from jinguo.mails.models import Mailbox
from jinguo.messages.models import Delivery, OutMessage
from jinguo.ops.worker import heart_file

GOOD, NOTE, FAULT = "good", "note", "fault"
LITTLE_ROOM = 500 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its grade (`good`, `note`, `fault`) and the sentence."""

    grade: str
    sentence: str


def examine(*, every_file: bool = False) -> list[Finding]:
    """Look at everything; with `every_file`, read each stored file and compare its hash.

    A database that does not answer is a finding itself; what needs no database is looked at still.
    """
    return [*_python(), *_key_ring(), *_inside(every_file), *_worker(), *_room(), *_address()]


def _inside(every_file: bool) -> Iterator[Finding]:
    """What the database tells. With tables of another version nothing in them can be judged: those come first."""
    try:
        yield from _database()
        waiting = list(_migrations())
        yield from waiting
        if any(finding.grade == FAULT for finding in waiting):
            return
        for check in (_sealed_values, _journal, lambda: _files(every_file), _outbox, _mailboxes):
            yield from check()
    except DatabaseError as error:
        yield _no_answer(error)


def _no_answer(error: DatabaseError) -> Finding:
    said = " ".join(str(error).split())[:200]
    return Finding(
        FAULT, f"the database does not answer: {said} / 数据库没有回应，请先检查数据库服务和 JINGUO_DATABASE"
    )


def _python() -> Iterator[Finding]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding(GOOD if sys.version_info >= (3, 11) else FAULT, f"Python {version}")


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SHOW server_version")
            yield Finding(GOOD, f"PostgreSQL {cursor.fetchone()[0]}")
            return
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
        cursor.execute("PRAGMA synchronous")
        durable = cursor.fetchone()[0] == 2
        cursor.execute("PRAGMA quick_check")
        sound = cursor.fetchone()[0]
    yield Finding(
        GOOD if mode == "wal" and durable else FAULT, f"SQLite {mode}, synchronous {'FULL' if durable else 'not FULL'}"
    )
    yield Finding(GOOD if sound == "ok" else FAULT, f"database integrity: {sound} / 数据库完整性：{sound}")


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield Finding(
            FAULT, f"{len(waiting)} migrations are not applied: run `jinguo migrate` / 有 {len(waiting)} 步升级没做"
        )
    else:
        yield Finding(GOOD, "the database fits this version / 数据库与程序版本一致")


def _key_ring() -> Iterator[Finding]:
    try:
        ring = crypto.ring()
    except crypto.KeyMissing as error:
        yield Finding(FAULT, f"{error} / 找不到密钥文件，请从密钥备份恢复")
        return
    yield Finding(GOOD, f"key ring {ring.identity}, {len(ring.keys)} keys / 密钥文件可用")
    if os.stat(settings.KEYRING).st_mode & 0o077:
        yield Finding(FAULT, f"others can read {settings.KEYRING}: chmod 600 / 密钥文件权限过宽")


def _sealed_values() -> Iterator[Finding]:
    if not Path(settings.KEYRING).exists():
        return  # said already
    for model, name in sealed_columns():
        row = model._default_manager.exclude(**{model.__dict__[name].column: ""}).order_by("-pk").first()
        try:
            if row is not None:
                getattr(row, name)
        except (crypto.KeyMissing, crypto.Tampered) as error:
            yield Finding(
                FAULT, f"{model._meta.label}.{name} does not open: {error} / 密文打不开，密钥可能不是原来那把"
            )


def sealed_columns() -> Iterator[tuple[Any, str]]:
    """Every sealed attribute of every model."""
    for model in apps.get_models():
        for name, value in vars(model).items():
            if isinstance(value, Sealed):
                yield model, name


def _journal() -> Iterator[Finding]:
    report = verify_chain()
    for fault in report.faults[:20]:
        yield Finding(FAULT, fault)
    if not report.faults:
        yield Finding(
            GOOD,
            f"journal: {report.seals} seals over {report.sealed} lines whole, {report.unsealed} not yet sealed / 日志链完整",
        )


def _files(every_file: bool) -> Iterator[Finding]:
    rows = StoredFile.objects.filter(deleted_at=None)
    missing, damaged = [], []
    for row in rows.iterator():
        if not (Path(settings.FILES) / row.place).exists():
            missing.append(row.code)
        elif every_file:
            try:
                read_file(row)
            except (crypto.Tampered, crypto.KeyMissing, ValueError):
                damaged.append(row.code)
    for codes, english, chinese in ((missing, "without bytes", "缺少内容"), (damaged, "damaged", "已损坏")):
        if codes:
            yield Finding(FAULT, f"{len(codes)} files {english}: {', '.join(codes[:5])} / {len(codes)} 个文件{chinese}")
    if not missing and not damaged:
        yield Finding(GOOD, f"{rows.count()} stored files{', every hash compared' if every_file else ''} / 文件齐全")


def _outbox() -> Iterator[Finding]:
    aside = OutMessage.objects.filter(state__in=[Delivery.ASIDE, Delivery.UNKNOWN]).count()
    if aside:
        yield Finding(
            NOTE, f"{aside} messages wait for a person in the outbox / 有 {aside} 封信没发出去，请到发信箱处理"
        )
    if settings.MAIL == "folder":
        yield Finding(NOTE, "mail is written into a folder, not sent (JINGUO_MAIL=folder) / 目前邮件只存成文件，不外发")


def _mailboxes() -> Iterator[Finding]:
    failing = Mailbox.objects.filter(is_active=True).exclude(failure="").count()
    if failing:
        yield Finding(
            NOTE,
            f"{failing} mailboxes cannot be fetched; see 收信邮箱 / {failing} 个收信邮箱收不了信，请到“收信邮箱”看原因",
        )


def _worker() -> Iterator[Finding]:
    beat = heart_file()
    age = (clock.now() - clock.shift()).timestamp() - beat.stat().st_mtime if beat.exists() else None
    if age is None or age > 120:
        yield Finding(NOTE, "the worker is not running: start `jinguo work` / 后台任务没有运行")
    else:
        yield Finding(GOOD, "the worker is running / 后台任务在运行")


def _room() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA).free
    grade = GOOD if free > LITTLE_ROOM else FAULT
    yield Finding(grade, f"{free // 2**20} MiB free below {settings.DATA} / 剩余空间 {free // 2**20} MiB")


def _address() -> Iterator[Finding]:
    if settings.URL.startswith("https://") != settings.HTTPS:
        yield Finding(FAULT, "JINGUO_URL and JINGUO_HTTPS do not agree / JINGUO_URL 与 JINGUO_HTTPS 不一致")
    elif not settings.HTTPS:
        yield Finding(
            NOTE, "served without HTTPS: fine on one machine, not for the public / 没有 HTTPS，只适合本机试用"
        )
