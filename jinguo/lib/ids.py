"""Codes that stand in addresses and papers instead of row numbers, and secrets that open links."""

import secrets

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: read aloud and typed without error
_SPOKEN = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_EVEN = 256 - 256 % len(_ALPHABET)  # bytes from here on are thrown away: every character is as likely as any other


def new_code() -> str:
    """A public name for a row: 12 characters, about 59 bits; guessing is not protection, `visible_to` is."""
    return _drawn(_ALPHABET, 12)


def new_secret() -> str:
    """The secret part of a link: 26 characters, about 128 bits. Only its hash is ever stored."""
    return _drawn(_ALPHABET, 26)


def short_token(length: int = 6) -> str:
    """A token a person may type: check-in code, mail subject token."""
    return _drawn(_SPOKEN, length)


def _drawn(alphabet: str, length: int) -> str:
    """Random characters. The system is asked for all of them at once: one by one costs ten times as much."""
    found = ""
    while len(found) < length:
        found += "".join(alphabet[byte % len(alphabet)] for byte in secrets.token_bytes(length + 4) if byte < _EVEN)
    return found[:length]
