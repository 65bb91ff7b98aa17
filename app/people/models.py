"""Organisations as a tree, accounts with roles, login sessions, and what makes somebody a professional."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.permissions import Actor, Role
from app.extensions import BigInt, Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.privacy.sealed import Sealed, sealed_column


class OrganisationKind(StrEnum):
    """What kind of body an organisation is."""

    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    PETITION_OFFICE = "petition_office"
    HANDLING_UNIT = "handling_unit"
    MEDIATION_COMMITTEE = "mediation_committee"
    COURT = "court"
    LAW_FIRM = "law_firm"
    RECONSIDERATION_ORGAN = "reconsideration_organ"
    OTHER_ORGAN = "other_organ"


class Organisation(PublicId, Model):
    """One body; `path` holds the ids from the top down to this one, as /1/4/9/."""

    __tablename__ = "organisation"

    id: Mapped[int] = primary_key()
    parent_id: Mapped[int | None] = foreign_key("organisation.id", nullable=True)
    path: Mapped[str] = mapped_column(sa.String(400), default="/", index=True)
    kind: Mapped[OrganisationKind] = mapped_column(words(OrganisationKind, "kind"))
    name: Mapped[str] = mapped_column(sa.String(120), unique=True)
    short_name: Mapped[str] = mapped_column(sa.String(40), default="")
    centre_name: Mapped[str] = mapped_column(sa.String(120), default="")
    number_prefix: Mapped[str] = mapped_column(sa.String(40), default="")
    seal_name: Mapped[str] = mapped_column(sa.String(40), default="")
    credit_code: Mapped[str] = mapped_column(sa.String(18), default="")
    address: Mapped[str] = mapped_column(sa.String(200), default="")
    contact_name: Mapped[str] = mapped_column(sa.String(60), default="")
    contact_phone: Mapped[str] = mapped_column(sa.String(40), default="")
    is_active: Mapped[bool] = mapped_column(default=True)

    @property
    def path_ids(self) -> tuple[int, ...]:
        """The ids from the top down to this organisation."""
        return tuple(int(part) for part in self.path.split("/") if part)


class Account(PublicId, Model):
    """A person of the staff or a professional who can log in."""

    __tablename__ = "account"

    id: Mapped[int] = primary_key()
    username: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    name_pinyin: Mapped[str] = mapped_column(sa.String(120), default="")
    post: Mapped[str] = mapped_column(sa.String(60), default="")
    organisation_id: Mapped[int] = foreign_key("organisation.id")
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    phone_sealed: Mapped[bytes | None] = sealed_column()
    phone = Sealed("phone_sealed")
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    role_rows: Mapped[list["AccountRole"]] = relationship(lazy="selectin", cascade="all, delete-orphan")
    professional: Mapped["Professional | None"] = relationship(lazy="select", back_populates="account")

    @property
    def roles(self) -> frozenset[Role]:
        """Every role the account holds."""
        return frozenset(row.role for row in self.role_rows)

    def as_actor(self, role: Role | None = None) -> Actor:
        """This person in one role, or in all of them."""
        roles = self.roles if role is None else self.roles & {role}
        return Actor(self.id, self.name, roles, self.organisation_id, self.organisation.path_ids)


class AccountRole(Model):
    """One role of one account."""

    __tablename__ = "account_role"

    account_id: Mapped[int] = mapped_column(BigInt, sa.ForeignKey("account.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(words(Role, "role"), primary_key=True)


class LoginSession(Model):
    """One log-in; the cookie holds the token, this row its digest. It dies on log-out and password change."""

    __tablename__ = "login_session"

    id: Mapped[int] = primary_key()
    token_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    account_id: Mapped[int] = foreign_key("account.id")
    role: Mapped[Role | None] = mapped_column(words(Role, "role"), nullable=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship(lazy="joined")


class Professional(Model):
    """What makes an account assignable: appointment, skills, committee, licence (R-MED-02, INV-27)."""

    __tablename__ = "professional"

    account_id: Mapped[int] = mapped_column(BigInt, sa.ForeignKey("account.id"), primary_key=True)
    committee_id: Mapped[int | None] = foreign_key("organisation.id", nullable=True)
    working_unit: Mapped[str] = mapped_column(sa.String(120), default="")
    home_area: Mapped[str] = mapped_column(sa.String(120), default="")
    licence_number: Mapped[str] = mapped_column(sa.String(40), default="")
    appointed_on: Mapped[date | None] = mapped_column(sa.Date)
    left_office_on: Mapped[date | None] = mapped_column(sa.Date)
    citizen_id_digest: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    pool_category: Mapped[str] = mapped_column(sa.String(40), default="")

    account: Mapped[Account] = relationship(back_populates="professional")
    skills: Mapped[list["ProfessionalSkill"]] = relationship(lazy="selectin", cascade="all, delete-orphan")

    def is_in_office(self, day: date) -> bool:
        """Appointed, and not out of office, on that day."""
        began = self.appointed_on is not None and self.appointed_on <= day
        return began and (self.left_office_on is None or day < self.left_office_on)


class ProfessionalSkill(Model):
    """One dispute type (D01…D99) a professional handles."""

    __tablename__ = "professional_skill"

    account_id: Mapped[int] = mapped_column(BigInt, sa.ForeignKey("professional.account_id"), primary_key=True)
    dispute_type: Mapped[str] = mapped_column(sa.String(3), primary_key=True)
