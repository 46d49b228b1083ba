"""Keys and ciphertexts.

The key ring is a JSON file outside the database (`JINGUO_KEYRING`). A ciphertext names its key and its algorithm and is
bound to where it stands (table, column, the row's code): moved anywhere else it does not open. Look-up hashes find equal
values without opening them; their key is a key of the ring too and as secret as the others.
"""

import base64
import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ALGORITHM = "A256GCM"
NONCE = 12  # bytes


class KeyMissing(RuntimeError):
    """The ring file is missing, unreadable, or lacks the key a ciphertext names."""


class Tampered(RuntimeError):
    """A ciphertext does not open: altered, cut, or moved from the row it was bound to."""


@dataclass(frozen=True)
class KeyRing:
    """The keys of one installation.

    Attributes:
        current: id of the key that seals new values.
        keys: key id → 32 bytes.
        lookup: 32 bytes for keyed hashes.
        identity: a public fingerprint of the ring, the same before and after a rotation, safe to print and to store
            beside backups.
    """

    current: str
    keys: dict[str, bytes]
    lookup: bytes

    @property
    def identity(self) -> str:
        return hmac.new(self.lookup, b"ring identity", hashlib.sha256).hexdigest()[:16]

    @property
    def head(self) -> bytes:
        """How every value sealed by the current key begins: `key id.algorithm.`."""
        return f"{self.current}.{ALGORITHM}.".encode()

    def seal(self, plain: bytes, binding: str) -> bytes:
        """Encrypt; the result carries key id and algorithm: `key id.algorithm.` + nonce + ciphertext."""
        nonce = secrets.token_bytes(NONCE)
        return self.head + nonce + AESGCM(self.keys[self.current]).encrypt(nonce, plain, self.head + binding.encode())

    def open(self, sealed: bytes, binding: str) -> bytes:
        """Decrypt what `seal` made for the same binding.

        Raises:
            KeyMissing: the named key is not in this ring.
            Tampered: altered, or bound to another place.
        """
        parts = sealed.split(b".", 2)
        if len(parts) < 3 or len(parts[2]) < NONCE:
            raise Tampered(f"there is no ciphertext at {binding}")
        key_id, algorithm = (part.decode("ascii", "replace") for part in parts[:2])
        if algorithm != ALGORITHM or key_id not in self.keys:
            raise KeyMissing(f"key {key_id!r} ({algorithm}) is not in the key ring")
        head = parts[0] + b"." + parts[1] + b"."
        try:
            return AESGCM(self.keys[key_id]).decrypt(parts[2][:NONCE], parts[2][NONCE:], head + binding.encode())
        except InvalidTag as error:
            raise Tampered(f"a ciphertext does not open at {binding}") from error

    def hash(self, value: str, purpose: str) -> str:
        """A keyed hash for look-ups: equal values of one purpose give equal hashes, nothing else can be learnt."""
        return hmac.new(self.lookup, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()

    def marks(self, values: Iterable[str], purpose: str) -> list[str]:
        """Short keyed hashes for a full-text index: words of nine letters and digits, 40 bits each; two values may share one."""
        head = f"{purpose}\0".encode()
        digests = (hmac.digest(self.lookup, head + value.encode(), "sha256") for value in values)
        return ["k" + base64.b32encode(digest[:5]).decode().lower() for digest in digests]


def create_ring(path: Path) -> KeyRing:
    """Make a new ring file, readable by its owner only; it is there whole or not at all.

    Raises:
        FileExistsError: a ring is already there; keys are never overwritten.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = _write_beside(path, {"version": 1, "current": "k1", "keys": {"k1": _fresh()}, "lookup": _fresh()})
    try:
        os.link(beside, path)
    finally:
        beside.unlink()
    _flush_folder(path.parent)
    return load_ring(path)


def add_key(path: Path) -> KeyRing:
    """Add a fresh key and make it current; older keys stay so that older ciphertexts open until re-sealed."""
    with _changing(path) as document:
        number = 1 + max(int(name[1:]) for name in document["keys"])
        document["keys"][f"k{number}"] = _fresh()
        document["current"] = f"k{number}"
    return load_ring(path)


def drop_keys(path: Path, names: set[str]) -> KeyRing:
    """Take keys out of the ring for good: what only they sealed can never be opened again.

    Raises:
        ValueError: the current key is among them.
    """
    with _changing(path) as document:
        if document["current"] in names:
            raise ValueError("the current key cannot be dropped")
        document["keys"] = {name: key for name, key in document["keys"].items() if name not in names}
    return load_ring(path)


def load_ring(path: Path) -> KeyRing:
    """Read a ring file.

    Raises:
        KeyMissing: with the path and what to do.
    """
    try:
        document = json.loads(path.read_text())
        keys = {name: base64.b64decode(value, validate=True) for name, value in document["keys"].items()}
        found = KeyRing(document["current"], keys, base64.b64decode(document["lookup"], validate=True))
        if found.current not in keys or any(len(key) != 32 for key in (*keys.values(), found.lookup)):
            raise ValueError("a key is missing or cut")
        return found
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyMissing(f"no usable key ring at {path}: run `jinguo setup`, or restore the key file") from error


@lru_cache(maxsize=4)
def _cached(path: str, state: tuple[int, int, int]) -> KeyRing:
    return load_ring(Path(path))


def ring() -> KeyRing:
    """The installation's ring, read again when the file changes."""
    path = os.environ.get("JINGUO_KEYRING", "")
    try:
        found = os.stat(path)
    except OSError as error:
        raise KeyMissing(f"no key ring at {path or 'JINGUO_KEYRING (not set)'}") from error
    return _cached(path, (found.st_ino, found.st_mtime_ns, found.st_size))


def hash_secret(secret: str) -> str:
    """The stored form of a link's secret: unkeyed, since the secret itself has 128 bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


@contextmanager
def _changing(path: Path) -> Iterator[dict[str, Any]]:
    """The ring's document to change, alone: two rotations at once must not lose each other's key."""
    load_ring(path)  # says what is wrong with a broken file
    with path.with_name(f"{path.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        document = json.loads(path.read_text())
        yield document
        _write_beside(path, document).replace(path)
        _flush_folder(path.parent)


def _write_beside(path: Path, document: dict[str, Any]) -> Path:
    beside = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            json.dump(document, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        beside.unlink()
        raise
    return beside


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
