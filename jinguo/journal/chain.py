"""Checks the sealed chain against itself and against the heads kept outside the database."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from jinguo.journal.actions import GENESIS, canonical, chain_digest
from jinguo.journal.heads import read_heads
from jinguo.journal.models import Entry, Seal


@dataclass
class ChainReport:
    """What `verify_chain` found.

    Attributes:
        seals: how many seals were checked.
        sealed: how many entries they cover.
        unsealed: entries not yet sealed: the honest tail, named but not vouched for.
        faults: sentences, empty when the chain is whole.
    """

    seals: int = 0
    sealed: int = 0
    unsealed: int = 0
    faults: list[str] = field(default_factory=list)


def verify_chain() -> ChainReport:
    """Recompute every digest; compare with the head file. Notices edit, delete, insert, swap, cut tail, replaced chain."""
    report = ChainReport(unsealed=Entry.objects.unsealed().count())
    previous, number, heads = GENESIS, 0, read_heads()
    for seal, entries in _batches():
        number += 1
        report.seals, report.sealed = report.seals + 1, report.sealed + len(entries)
        for entry in entries:
            if hashlib.sha256(canonical(entry)).hexdigest() != entry.digest:
                report.faults.append(f"entry {entry.pk} was altered / 第 {entry.pk} 条记录被改动过")
        digest = chain_digest(seal.number, previous, seal.at, [entry.digest for entry in entries])
        if (seal.number, seal.previous, seal.digest, seal.entries) != (number, previous, digest, len(entries)):
            report.faults.append(f"seal {seal.number} does not fit its entries / 第 {seal.number} 号封签与内容不符")
        if heads.get(seal.number, {seal.digest}) != {seal.digest}:
            report.faults.append(
                f"seal {seal.number} differs from the copy outside / 第 {seal.number} 号封签与库外副本不符"
            )
        previous = seal.digest
    if heads and max(heads) > number:
        report.faults.append(
            f"seals {number + 1} to {max(heads)} are missing / 库里缺第 {number + 1} 至 {max(heads)} 号封签"
        )
    return report


def _batches() -> Iterator[tuple[Seal, list[Entry]]]:
    """Each seal with its entries, in two passes over the tables instead of a query a seal.

    Up to the seal that was the newest at the beginning: the worker may go on sealing meanwhile.
    """
    newest = Seal.objects.order_by("-number").values_list("number", flat=True).first()
    rows = Entry.objects.filter(seal__number__lte=newest or 0).order_by("seal__number", "id").iterator()
    by_seal = groupby(rows, key=lambda entry: entry.seal_id)
    waiting = next(by_seal, None)
    for seal in Seal.objects.filter(number__lte=newest or 0).order_by("number").iterator():
        entries = []
        if waiting and waiting[0] == seal.pk:
            entries = list(waiting[1])
            waiting = next(by_seal, None)
        yield seal, entries
