"""The versions of an area's own wording of a paper; none is ever deleted."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.people.models import Account


class WordingState(StrEnum):
    """How far a version has come; papers issued while it was in force keep its text."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class PaperWording(PublicId, Model):
    """One version of the passages an area words itself on one paper; a passage that is not in `texts` is the usual one.

    `number` counts the versions of this paper in the area (the topmost organisation).
    """

    __tablename__ = "paper_wording"

    id: Mapped[int] = primary_key()
    area_id: Mapped[int] = foreign_key("organisation.id", index=False)
    type_name: Mapped[str] = mapped_column(sa.String(60))
    number: Mapped[int] = mapped_column(sa.Integer)
    texts: Mapped[dict[str, str]] = mapped_column(sa.JSON, default=dict)
    state: Mapped[WordingState] = mapped_column(words(WordingState, "state"), default=WordingState.DRAFT)
    written_by: Mapped[int] = foreign_key("account.id", index=False)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    writer: Mapped[Account] = relationship(foreign_keys=[written_by])
    publisher: Mapped[Account | None] = relationship(foreign_keys=[published_by])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.UniqueConstraint("area_id", "type_name", "number"),
        *(
            sa.Index(
                f"uq_paper_wording_{state}",
                "area_id",
                "type_name",
                unique=True,
                sqlite_where=sa.text(f"state = '{state}'"),
                postgresql_where=sa.text(f"state = '{state}'"),
            )
            for state in (WordingState.DRAFT, WordingState.IN_FORCE)
        ),
    )
