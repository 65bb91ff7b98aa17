"""What a coordinator has put into the basket: moves that hold their place and tell nobody yet."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.booking.models.sessions import BookedSession
from app.booking.rules.need import Owner
from app.booking.rules.words import DraftAct, DraftStatus
from app.extensions import BigInt, Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.people.models import Account
from app.privacy.sealed import Sealed, sealed_column


class DraftMove(PublicId, Model):
    """One line of a basket. `session` is the place it holds, None for what is called off or has no new place yet;
    `replaces` is what stands booked now. `details` are words the owner's act asks for, without personal data.
    """

    __tablename__ = "draft_move"

    id: Mapped[int] = primary_key()
    account_id: Mapped[int] = foreign_key("account.id", index=False)
    owner_kind: Mapped[str] = mapped_column(sa.String(40))
    owner_id: Mapped[int] = mapped_column(BigInt)
    matter_id: Mapped[int] = mapped_column(BigInt)
    act: Mapped[DraftAct] = mapped_column(words(DraftAct, "act"))
    session_id: Mapped[int | None] = foreign_key("booked_session.id", nullable=True)
    replaces_id: Mapped[int | None] = foreign_key("booked_session.id", nullable=True)
    details: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = Sealed("reason_sealed")
    status: Mapped[DraftStatus] = mapped_column(words(DraftStatus, "status"), default=DraftStatus.OPEN)
    open_key: Mapped[str | None] = mapped_column(sa.String(80), unique=True)
    """Kind and id of the owner while the draft is open: nothing lies in two baskets."""
    put_in_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_on: Mapped[date] = mapped_column(sa.Date)
    publish_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[str] = mapped_column(sa.String(400), default="")
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    account: Mapped[Account] = relationship()
    session: Mapped[BookedSession | None] = relationship(foreign_keys=[session_id])
    replaces: Mapped[BookedSession | None] = relationship(foreign_keys=[replaces_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.Index("ix_draft_move_basket", "account_id", "status"),
        sa.Index("ix_draft_move_expires", "status", "expires_on"),
        sa.Index("ix_draft_move_publish", "status", "publish_at"),
    )

    @property
    def owner(self) -> Owner:
        """Whose place it is."""
        return Owner(self.owner_kind, self.owner_id)

    @property
    def is_homeless(self) -> bool:
        """Moved away, and no new place yet."""
        return self.act is DraftAct.MOVE and self.session_id is None
