"""Encrypting a long file in pieces: no piece can be changed, dropped, swapped or cut off unnoticed."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jinguo.lib.crypto import Tampered

PIECE = 1024 * 1024
_TAG, _PREFIX = 16, 8


def encrypt_file(source: Path, target: Path, key: bytes) -> None:
    """Write `target` from `source`: 8 random bytes, then pieces sealed with their number and whether they are the last."""
    prefix = secrets.token_bytes(_PREFIX)
    with source.open("rb") as plain, target.open("xb") as sealed:
        sealed.write(prefix)
        for number, piece, last in _pieces(plain, PIECE):
            sealed.write(AESGCM(key).encrypt(prefix + number.to_bytes(4, "big"), piece, b"last" if last else b"more"))
        sealed.flush()
        os.fsync(sealed.fileno())


def decrypt_file(source: Path, target: Path, key: bytes) -> None:
    """Undo `encrypt_file`.

    Raises:
        Tampered: a piece is altered, missing or out of place, or the key is another one; `target` is removed.
    """
    try:
        with source.open("rb") as sealed, target.open("xb") as plain:
            prefix = sealed.read(_PREFIX)
            for number, piece, last in _pieces(sealed, PIECE + _TAG):
                nonce = prefix + number.to_bytes(4, "big")
                plain.write(AESGCM(key).decrypt(nonce, piece, b"last" if last else b"more"))
            plain.flush()
            os.fsync(plain.fileno())
    except InvalidTag as error:
        target.unlink(missing_ok=True)
        raise Tampered(f"{source.name} is damaged, or was made with another key") from error


def _pieces(file, size: int) -> Iterator[tuple[int, bytes, bool]]:
    number, piece = 0, file.read(size)
    while True:
        following = file.read(size)
        yield number, piece, not following
        if not following:
            return
        number, piece = number + 1, following
