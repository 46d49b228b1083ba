"""Checks the sealed chain against itself and against the heads kept outside the database."""

import hashlib
from dataclasses import dataclass, field

from jinguo.journal.actions import GENESIS, canonical, chain_digest, head_file
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
    previous, number, heads = GENESIS, 0, _heads()
    for seal in Seal.objects.order_by("number").iterator():
        number += 1
        entries = list(seal.rows.order_by("id"))
        report.seals, report.sealed = report.seals + 1, report.sealed + len(entries)
        for entry in entries:
            if hashlib.sha256(canonical(entry)).hexdigest() != entry.digest:
                report.faults.append(f"entry {entry.pk} was altered / 第 {entry.pk} 条记录被改动过")
        digest = chain_digest(seal.number, previous, [entry.digest for entry in entries])
        if (seal.number, seal.previous, seal.digest, seal.entries) != (number, previous, digest, len(entries)):
            report.faults.append(f"seal {seal.number} does not fit its entries / 第 {seal.number} 号封签与内容不符")
        if heads.get(seal.number, seal.digest) != seal.digest:
            report.faults.append(
                f"seal {seal.number} differs from the copy outside / 第 {seal.number} 号封签与库外副本不符"
            )
        previous = seal.digest
    if heads and max(heads) > number:
        report.faults.append(
            f"seals {number + 1} to {max(heads)} are missing / 库里缺第 {number + 1} 至 {max(heads)} 号封签"
        )
    return report


def _heads() -> dict[int, str]:
    path = head_file()
    if not path.exists():
        return {}
    pairs = [line.split() for line in path.read_text().splitlines()]
    return {int(pair[0]): pair[1] for pair in pairs if len(pair) == 2}
