"""A stack of signed paper that was scanned and uploaded, and what each of its pages is."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.permissions import AccessView
from app.collective.models import Roster
from app.documents.models import IssuedPaper
from app.extensions import Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.jobs.models import Job
from app.people.models import Account
from app.signing_day.rules.scan_words import PageFate, StackState


class ScanStack(PublicId, Model):
    """One upload of many signed papers of a roster, kept as one PDF until every page of it is filed or left out."""

    __tablename__ = "scan_stack"

    id: Mapped[int] = primary_key()
    roster_id: Mapped[int] = foreign_key("roster.id")
    state: Mapped[StackState] = mapped_column(words(StackState, "state"), default=StackState.READING)
    file_name: Mapped[str] = mapped_column(sa.String(80), unique=True)
    source_sha256: Mapped[str] = mapped_column(sa.String(64))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    page_count: Mapped[int]
    size: Mapped[int]
    uploaded_by: Mapped[int] = foreign_key("account.id", index=False)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    job_id: Mapped[int | None] = foreign_key("job.id", nullable=True, index=False)
    version: Mapped[int] = mapped_column(default=1)

    roster: Mapped[Roster] = relationship()
    uploader: Mapped[Account] = relationship()
    job: Mapped[Job | None] = relationship()
    pages: Mapped[list["ScanStackPage"]] = relationship(order_by="ScanStackPage.position", back_populates="stack")

    __mapper_args__ = {"version_id_col": version}

    @property
    def matter_id(self) -> int:
        """The matter, for the log."""
        return self.roster.matter_id

    def access_view(self) -> AccessView:
        """The permission table sees the matter."""
        return self.roster.access_view()


class ScanStackPage(PublicId, Model):
    """One scanned page: whose code it carries, which page of that paper it is, and by how much it lies turned."""

    __tablename__ = "scan_stack_page"

    id: Mapped[int] = primary_key()
    stack_id: Mapped[int] = foreign_key("scan_stack.id", index=False)
    position: Mapped[int]
    fate: Mapped[PageFate] = mapped_column(words(PageFate, "fate"))
    paper_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True)
    page_number: Mapped[int | None]
    rotation: Mapped[int] = mapped_column(default=0)
    is_by_hand: Mapped[bool] = mapped_column(default=False)

    stack: Mapped[ScanStack] = relationship(back_populates="pages")
    paper: Mapped[IssuedPaper | None] = relationship()

    __table_args__ = (sa.UniqueConstraint("stack_id", "position"),)

    @property
    def matter_id(self) -> int:
        """The matter, for the log."""
        return self.stack.matter_id

    def access_view(self) -> AccessView:
        """The permission table sees the matter."""
        return self.stack.access_view()
