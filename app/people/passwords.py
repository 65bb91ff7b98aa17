"""How a password is kept: argon2id (19 MiB, two rounds), never more than two computed at once."""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher, Type
from argon2.exceptions import Argon2Error, InvalidHashError

from app.web.installation import settings

MEMORY_KIB = 19_456
AT_ONCE = 2

_slots = BoundedSemaphore(AT_ONCE)


class Hasher:
    """Hashes and compares; `time_cost` is lowered by tests only."""

    def __init__(self, time_cost: int) -> None:
        self._argon = PasswordHasher(
            time_cost=time_cost, memory_cost=MEMORY_KIB, parallelism=1, hash_len=32, salt_len=16, type=Type.ID
        )
        self._of_nobody = ""

    def hash(self, password: str) -> str:
        """The text to keep in place of the password."""
        with _slots:
            return self._argon.hash(password)

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether the password is the kept one; without a kept one it takes as long and is False (B026)."""
        stored = kept or self._hash_of_nobody()
        with _slots:
            try:
                return self._argon.verify(stored, password) and kept is not None
            except (Argon2Error, InvalidHashError):
                return False

    def _hash_of_nobody(self) -> str:
        if not self._of_nobody:
            self._of_nobody = self.hash("nobody")
        return self._of_nobody


@cache
def hasher(time_cost: int) -> Hasher:
    """The hasher with so many rounds, ready to compare for unknown users as well."""
    made = Hasher(time_cost)
    made.fits(None, "nobody")
    return made


def hash_password(password: str) -> str:
    """The text to keep in place of the password, with the rounds of the running installation."""
    return hasher(settings().password_time_cost).hash(password)


def is_password(kept: str | None, password: str) -> bool:
    """Whether the password is the kept one; takes as long for nobody's."""
    return hasher(settings().password_time_cost).fits(kept, password)
