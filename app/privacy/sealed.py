"""The column that keeps one personal value sealed, and the digests that find it again.

    class Party(PublicId, Model):
        phone_sealed: Mapped[bytes | None] = sealed_column()
        phone = Sealed("phone_sealed")

A value is bound to table, column and `public_id`; copied to another row it does not open. What does not open reads
as 数据无法解密, so that a list is not lost for one row; written, searched for or printed on a paper it is refused.
"""

import logging
from typing import Any, overload

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.privacy.key_ring import DAMAGED, KeyRing, SealBroken

log = logging.getLogger(__name__)


def key_ring() -> KeyRing:
    """The key ring of the running application."""
    ring: KeyRing = current_app.extensions["key_ring"]
    return ring


def sealed_column(*, lazy: bool = False) -> Mapped[Any]:
    """A column of sealed bytes; `lazy` leaves long texts out of lists until they are read."""
    if lazy:
        return deferred(mapped_column(sa.LargeBinary, nullable=True))
    return mapped_column(sa.LargeBinary, nullable=True)


def digest_column(*, index: bool = True) -> Mapped[Any]:
    """A column for the keyed digest of a sealed value."""
    return mapped_column(sa.String(64), nullable=True, index=index)


def digest_of(kind: str, value: str | None) -> str | None:
    """The keyed digest to search for; None stays None, empty text has no digest."""
    return key_ring().digest(kind, value) if value else None


class Sealed:
    """A text attribute that is encrypted when set and decrypted when read; '' when empty, DAMAGED when broken."""

    def __init__(self, column: str) -> None:
        self.column = column

    @overload
    def __get__(self, row: None, owner: type) -> "Sealed": ...
    @overload
    def __get__(self, row: object, owner: type) -> str: ...
    def __get__(self, row: Any, owner: type) -> "Sealed | str":
        if row is None:
            return self
        sealed = getattr(row, self.column)
        if not sealed:
            return ""
        try:
            return key_ring().open(sealed, self._context(row))
        except SealBroken as error:
            log.error("sealed value: %s", error)
            return DAMAGED

    def __set__(self, row: Any, value: str | None) -> None:
        setattr(row, self.column, key_ring().seal(value, self._context(row)) if value else None)

    def _context(self, row: Any) -> str:
        return f"{row.__tablename__}.{self.column}.{row.public_id}"
