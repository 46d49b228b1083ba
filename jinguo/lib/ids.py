"""Codes that stand in addresses and papers instead of row numbers, and secrets that open links."""

import secrets

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: read aloud and typed without error
_SPOKEN = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code() -> str:
    """A public name for a row: 12 characters, about 59 bits; guessing is not protection, `visible_to` is."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


def new_secret() -> str:
    """The secret part of a link: 26 characters, about 128 bits. Only its hash is ever stored."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(26))


def short_token(length: int = 6) -> str:
    """A token a person may type: check-in code, mail subject token."""
    return "".join(secrets.choice(_SPOKEN) for _ in range(length))
