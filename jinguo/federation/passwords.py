"""Argon2id at 19 MiB, two passes, one lane, behind a semaphore of two: about 23 ms a sign-in instead of 140, and a rush
of sign-ins cannot take the memory of the machine (reference/reliability §0.10)."""

from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

_TURNS = BoundedSemaphore(2)


class Argon2id(Argon2PasswordHasher):
    """The house's only password hasher (OWASP's second recommended setting)."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password, salt):
        with _TURNS:
            return super().encode(password, salt)

    def verify(self, password, encoded):
        with _TURNS:
            return super().verify(password, encoded)
