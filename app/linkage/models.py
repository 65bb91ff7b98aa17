"""One referral of a matter to a mediation committee, and what it brought for each party."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.permissions import AccessView
from app.extensions import Model, PublicId, foreign_key, primary_key, words
from app.linkage.rules import LinkageKind, LinkageResult, LinkageStatus, PartyResult
from app.matters.models import Matter, Party
from app.matters.rules import MatterStatus
from app.people.models import Organisation
from app.privacy.sealed import Sealed, sealed_column


class Linkage(PublicId, Model):
    """访调对接: referral, answer, feedback and end of one passing to mediation and back."""

    __tablename__ = "linkage"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id")
    committee_id: Mapped[int] = foreign_key("organisation.id")
    kind: Mapped[LinkageKind] = mapped_column(words(LinkageKind, "kind"))
    status: Mapped[LinkageStatus] = mapped_column(words(LinkageStatus, "status"), default=LinkageStatus.REFERRED)
    is_open: Mapped[bool] = mapped_column(default=True)
    status_before: Mapped[MatterStatus] = mapped_column(words(MatterStatus, "status_before"))
    referral_number: Mapped[str] = mapped_column(sa.String(80), default="")
    referred_by: Mapped[int] = foreign_key("account.id", index=False)
    referred_on: Mapped[date] = mapped_column(sa.Date)
    answer_by: Mapped[date] = mapped_column(sa.Date)
    answered_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    answered_on: Mapped[date | None] = mapped_column(sa.Date)
    refusal_sealed: Mapped[bytes | None] = sealed_column()
    refusal = Sealed("refusal_sealed")
    case_id: Mapped[int | None] = foreign_key("mediation_case.id", nullable=True)
    ended_on: Mapped[date | None] = mapped_column(sa.Date)
    result: Mapped[LinkageResult | None] = mapped_column(words(LinkageResult, "result"), nullable=True)
    summary_sealed: Mapped[bytes | None] = sealed_column()
    summary = Sealed("summary_sealed")
    fed_back_on: Mapped[date | None] = mapped_column(sa.Date)
    closed_on: Mapped[date | None] = mapped_column(sa.Date)
    version: Mapped[int] = mapped_column(default=1)

    matter: Mapped[Matter] = relationship()
    committee: Mapped[Organisation] = relationship()
    parties: Mapped[list["LinkageParty"]] = relationship(back_populates="linkage", order_by="LinkageParty.id")

    __mapper_args__ = {"version_id_col": version}

    def access_view(self) -> AccessView:
        """Whoever may see the matter may see its referral."""
        return self.matter.access_view()


class LinkageParty(Model):
    """One party that agreed to mediation, and its result (R-LINK-11)."""

    __tablename__ = "linkage_party"

    id: Mapped[int] = primary_key()
    linkage_id: Mapped[int] = foreign_key("linkage.id", index=False)
    party_id: Mapped[int] = foreign_key("party.id")
    result: Mapped[PartyResult] = mapped_column(words(PartyResult, "result"), default=PartyResult.PENDING)

    linkage: Mapped[Linkage] = relationship(back_populates="parties")
    party: Mapped[Party] = relationship()

    __table_args__ = (sa.UniqueConstraint("linkage_id", "party_id"),)
