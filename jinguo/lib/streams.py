"""Encrypting a long file in pieces: no piece can be changed, dropped, swapped or cut off unnoticed."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jinguo.lib.crypto import Tampered

PIECE = 1024 * 1024
_TAG, _PREFIX = 16, 8


def encrypt_file(source: Path, target: Path, key: bytes) -> None:
    """Write `target` from `source`: 8 random bytes, then pieces sealed with their number and whether they are the last.

    Raises:
        FileExistsError: `target` is there already; it is not touched.
        OSError: it could not be written to its end; what was begun is removed.
    """
    prefix = secrets.token_bytes(_PREFIX)
    with source.open("rb") as plain, _whole_or_not(target) as sealed:
        sealed.write(prefix)
        for number, piece, last in _pieces(plain, PIECE):
            sealed.write(AESGCM(key).encrypt(prefix + number.to_bytes(4, "big"), piece, b"last" if last else b"more"))


def decrypt_file(source: Path, target: Path, key: bytes) -> None:
    """Undo `encrypt_file`.

    Raises:
        Tampered: a piece is altered, missing or out of place, or the key is another one; `target` is removed.
        FileExistsError: `target` is there already; it is not touched.
    """
    try:
        with source.open("rb") as sealed, _whole_or_not(target) as plain:
            prefix = sealed.read(_PREFIX)
            if len(prefix) < _PREFIX:
                raise InvalidTag
            for number, piece, last in _pieces(sealed, PIECE + _TAG):
                nonce = prefix + number.to_bytes(4, "big")
                plain.write(AESGCM(key).decrypt(nonce, piece, b"last" if last else b"more"))
    except InvalidTag as error:
        raise Tampered(f"{source.name} is damaged, or was made with another key") from error


@contextmanager
def _whole_or_not(target: Path) -> Iterator[BinaryIO]:
    """A new file that is on the disk when all went well, and gone when not."""
    with target.open("xb") as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            target.unlink(missing_ok=True)
            raise


def _pieces(file: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    number, piece = 0, file.read(size)
    while True:
        following = file.read(size)
        yield number, piece, not following
        if not following:
            return
        number, piece = number + 1, following
