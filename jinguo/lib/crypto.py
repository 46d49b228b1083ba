"""Keys and ciphertexts.

The key ring is a JSON file outside the database (`JINGUO_KEYRING`). A ciphertext names its key and its algorithm and is
bound to where it stands (table, column, the row's code): moved anywhere else it does not open. Look-up hashes find equal
values without opening them; their key is a key of the ring too and as secret as the others.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ALGORITHM = "A256GCM"


class KeyMissing(RuntimeError):
    """The ring file is missing, unreadable, or lacks the key a ciphertext names."""


class Tampered(RuntimeError):
    """A ciphertext does not open: altered, or moved from the row it was bound to."""


@dataclass(frozen=True)
class KeyRing:
    """The keys of one installation.

    Attributes:
        current: id of the key that seals new values.
        keys: key id → 32 bytes.
        lookup: 32 bytes for keyed hashes.
        identity: a public fingerprint of the ring, safe to print and to store beside backups.
    """

    current: str
    keys: dict[str, bytes]
    lookup: bytes

    @property
    def identity(self) -> str:
        return hmac.new(self.lookup, b"ring identity", hashlib.sha256).hexdigest()[:16]

    def seal(self, plain: bytes, binding: str) -> bytes:
        """Encrypt; the result carries key id and algorithm: `key id.algorithm.` + nonce + ciphertext."""
        nonce = secrets.token_bytes(12)
        head = f"{self.current}.{ALGORITHM}.".encode()
        return head + nonce + AESGCM(self.keys[self.current]).encrypt(nonce, plain, head + binding.encode())

    def open(self, sealed: bytes, binding: str) -> bytes:
        """Decrypt what `seal` made for the same binding.

        Raises:
            KeyMissing: the named key is not in this ring.
            Tampered: altered, or bound to another place.
        """
        key_id, algorithm, rest = sealed.split(b".", 2)
        if algorithm.decode() != ALGORITHM or key_id.decode() not in self.keys:
            raise KeyMissing(f"key {key_id.decode()!r} ({algorithm.decode()}) is not in the key ring")
        head = key_id + b"." + algorithm + b"."
        try:
            return AESGCM(self.keys[key_id.decode()]).decrypt(rest[:12], rest[12:], head + binding.encode())
        except InvalidTag as error:
            raise Tampered(f"a ciphertext does not open at {binding}") from error

    def hash(self, value: str, purpose: str) -> str:
        """A keyed hash for look-ups: equal values of one purpose give equal hashes, nothing else can be learnt."""
        return hmac.new(self.lookup, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def create_ring(path: Path) -> KeyRing:
    """Make a new ring file, readable by its owner only.

    Raises:
        FileExistsError: a ring is already there; keys are never overwritten.
    """
    document = {"version": 1, "current": "k1", "keys": {"k1": _fresh()}, "lookup": _fresh()}
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(document, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return load_ring(path)


def add_key(path: Path) -> KeyRing:
    """Add a fresh key and make it current; older keys stay so that older ciphertexts open until re-sealed."""
    document = json.loads(path.read_text())
    number = 1 + max(int(name[1:]) for name in document["keys"])
    document["keys"][f"k{number}"] = _fresh()
    document["current"] = f"k{number}"
    beside = path.with_suffix(".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(document, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return load_ring(path)


def load_ring(path: Path) -> KeyRing:
    """Read a ring file.

    Raises:
        KeyMissing: with the path and what to do.
    """
    try:
        document = json.loads(path.read_text())
        keys = {name: base64.b64decode(value) for name, value in document["keys"].items()}
        return KeyRing(document["current"], keys, base64.b64decode(document["lookup"]))
    except (OSError, ValueError, KeyError) as error:
        raise KeyMissing(f"no usable key ring at {path}: run `jinguo setup`, or restore the key file") from error


@lru_cache(maxsize=4)
def _cached(path: str, changed: float) -> KeyRing:
    return load_ring(Path(path))


def ring() -> KeyRing:
    """The installation's ring, read again when the file changes."""
    path = os.environ.get("JINGUO_KEYRING", "")
    try:
        changed = os.stat(path).st_mtime
    except OSError as error:
        raise KeyMissing(f"no key ring at {path or 'JINGUO_KEYRING (not set)'}") from error
    return _cached(path, changed)


def hash_secret(secret: str) -> str:
    """The stored form of a link's secret: unkeyed, since the secret itself has 128 bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
