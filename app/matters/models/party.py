"""Who stands on which side of a matter, who acts for whom, and who agreed to mediation."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import BigInt, Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.matters.models.matter import Matter
from app.matters.rules import ConsentDecision, PartyKind, PartySide
from app.privacy.sealed import Sealed, digest_column, sealed_column


class Party(PublicId, Model):
    """One person or body on one side; personal values are sealed, found by keyed digest."""

    __tablename__ = "party"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id", index=False)
    position: Mapped[int] = mapped_column(default=0)
    side: Mapped[PartySide] = mapped_column(words(PartySide, "side"))
    kind: Mapped[PartyKind] = mapped_column(words(PartyKind, "kind"))
    name_sealed: Mapped[bytes | None] = sealed_column()
    name = Sealed("name_sealed")
    name_digest: Mapped[str | None] = digest_column(index=False)
    id_document: Mapped[str] = mapped_column(sa.String(40), default="id_card")
    id_number_sealed: Mapped[bytes | None] = sealed_column()
    id_number = Sealed("id_number_sealed")
    id_number_digest: Mapped[str | None] = digest_column(index=False)
    phone_sealed: Mapped[bytes | None] = sealed_column()
    phone = Sealed("phone_sealed")
    phone_digest: Mapped[str | None] = digest_column(index=False)
    address_sealed: Mapped[bytes | None] = sealed_column()
    address = Sealed("address_sealed")
    birth_date_sealed: Mapped[bytes | None] = sealed_column()
    birth_date = Sealed("birth_date_sealed")
    sex: Mapped[str] = mapped_column(sa.String(4), default="")
    ethnic_group: Mapped[str] = mapped_column(sa.String(20), default="")
    occupation: Mapped[str] = mapped_column(sa.String(60), default="")
    credit_code: Mapped[str] = mapped_column(sa.String(18), default="")
    legal_representative_sealed: Mapped[bytes | None] = sealed_column()
    legal_representative = Sealed("legal_representative_sealed")
    legal_representative_post: Mapped[str] = mapped_column(sa.String(40), default="")
    organisation_id: Mapped[int | None] = foreign_key("organisation.id", nullable=True)
    special_needs: Mapped[str] = mapped_column(sa.String(200), default="")
    is_representative: Mapped[bool] = mapped_column(default=False)
    guardian_id: Mapped[int | None] = foreign_key("party.id", nullable=True)
    accepts_messages: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    matter: Mapped[Matter] = relationship(back_populates="parties")
    proxies: Mapped[list["Proxy"]] = relationship(back_populates="party")
    consents: Mapped[list["Consent"]] = relationship(back_populates="party", order_by="Consent.id")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.Index("ix_party_matter_position", "matter_id", "position"),
        sa.Index("ix_party_id_number_digest_matter", "id_number_digest", "matter_id"),
        sa.Index("ix_party_phone_digest_matter", "phone_digest", "matter_id"),
        sa.Index("ix_party_name_digest_matter", "name_digest", "matter_id"),
    )

    @property
    def consent(self) -> ConsentDecision | None:
        """The last word of this party on mediation, None before it was asked."""
        return self.consents[-1].decision if self.consents else None


class Proxy(PublicId, Model):
    """A person who acts for a party under a filed authority (INV-16)."""

    __tablename__ = "proxy"

    id: Mapped[int] = primary_key()
    party_id: Mapped[int] = foreign_key("party.id")
    name_sealed: Mapped[bytes | None] = sealed_column()
    name = Sealed("name_sealed")
    id_number_sealed: Mapped[bytes | None] = sealed_column()
    id_number = Sealed("id_number_sealed")
    id_number_digest: Mapped[str | None] = digest_column()
    phone_sealed: Mapped[bytes | None] = sealed_column()
    phone = Sealed("phone_sealed")
    relation: Mapped[str] = mapped_column(sa.String(60), default="")
    is_special_authority: Mapped[bool] = mapped_column(default=False)
    powers_sealed: Mapped[bytes | None] = sealed_column()
    powers = Sealed("powers_sealed")
    filed_on: Mapped[date] = mapped_column(sa.Date)
    valid_until: Mapped[date | None] = mapped_column(sa.Date)
    revoked_on: Mapped[date | None] = mapped_column(sa.Date)

    party: Mapped[Party] = relationship(back_populates="proxies")

    def is_valid_on(self, day: date) -> bool:
        """Filed, not run out and not revoked on that day."""
        started = self.filed_on <= day and (self.revoked_on is None or day < self.revoked_on)
        return started and (self.valid_until is None or day <= self.valid_until)


class Consent(PublicId, Model):
    """One answer of one party to the question whether it wants mediation; the last one counts."""

    __tablename__ = "consent"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id")
    party_id: Mapped[int] = foreign_key("party.id")
    decision: Mapped[ConsentDecision] = mapped_column(words(ConsentDecision, "decision"))
    manner: Mapped[str] = mapped_column(sa.String(40), default="written")
    given_on: Mapped[date] = mapped_column(sa.Date)
    note_sealed: Mapped[bytes | None] = sealed_column()
    note = Sealed("note_sealed")
    recorded_by: Mapped[int] = mapped_column(BigInt, sa.ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    party: Mapped[Party] = relationship(back_populates="consents")
