"""How a password is kept: argon2id (19 MiB, two rounds), never more than two computed at once."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher, Type
from argon2.exceptions import Argon2Error, InvalidHashError

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


_hasher = Hasher(time_cost=2)


def configure(time_cost: int) -> None:
    """Set the rounds of the running installation and prepare the comparison for unknown users."""
    global _hasher
    _hasher = Hasher(time_cost)
    _hasher.fits(None, "nobody")


def hash_password(password: str) -> str:
    """The text to keep in place of the password."""
    return _hasher.hash(password)


def is_password(kept: str | None, password: str) -> bool:
    """Whether the password is the kept one; takes as long for nobody's."""
    return _hasher.fits(kept, password)
