"""Reading people: accounts, professionals for a dispute, organisations of the tree, live log-in sessions."""

import hashlib
from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from app.access.permissions import Role
from app.errors import NotFound
from app.extensions import db
from app.people.models import (
    Account,
    AccountRole,
    LoginSession,
    Organisation,
    OrganisationKind,
    Professional,
    ProfessionalSkill,
)

ANY_DISPUTE = "D99"
MOST_ACCOUNTS = 500


def get_account(public_id: str) -> Account:
    """The account with this public id; NotFound otherwise."""
    account = db.session.scalar(sa.select(Account).where(Account.public_id == public_id))
    if account is None:
        raise NotFound("没有这个账号。")
    return account


def get_account_by_id(account_id: int) -> Account:
    """The account with this key; NotFound otherwise."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound("没有这个账号。")
    return account


def find_account_by_username(username: str) -> Account | None:
    """The account of this user name in small letters, None if there is none."""
    return db.session.scalar(sa.select(Account).where(Account.username == username))


def list_accounts(*, text: str = "", role: Role | None = None, is_active: bool | None = None) -> list[Account]:
    """Accounts by unit and name, at most 500, cut by part of name, user name or unit, by role and by state."""
    statement = sa.select(Account).join(Account.organisation)
    if text:
        parts = (Account.name, Account.username, Organisation.name)
        statement = statement.where(sa.or_(*(part.contains(text, autoescape=True) for part in parts)))
    if role is not None:
        statement = statement.where(Account.id.in_(_holders_of(role)))
    if is_active is not None:
        statement = statement.where(Account.is_active == is_active)
    statement = statement.order_by(Organisation.path, Account.name, Account.id).limit(MOST_ACCOUNTS)
    return list(db.session.scalars(statement).unique())


def count_active_holders(role: Role) -> int:
    """How many accounts that can log in hold the role."""
    statement = sa.select(sa.func.count()).where(Account.is_active, Account.id.in_(_holders_of(role)))
    return db.session.scalar(statement.select_from(Account)) or 0


def list_mediators(dispute_type: str, committee_id: int | None, on: date) -> list[Account]:
    """Mediators in office on the day, of the committee if named; those skilled in the dispute type first."""
    statement = _professionals(Role.MEDIATOR, on)
    if committee_id is not None:
        statement = statement.where(Professional.committee_id == committee_id)
    skilled = sa.exists().where(
        ProfessionalSkill.account_id == Account.id, ProfessionalSkill.dispute_type == dispute_type
    )
    return list(db.session.scalars(statement.order_by(sa.desc(skilled), Account.name, Account.id)).unique())


def list_lawyers(on: date) -> list[Account]:
    """Lawyers in office on the day, by name."""
    return list(db.session.scalars(_professionals(Role.LAWYER, on).order_by(Account.name, Account.id)).unique())


def list_holders(role: Role, *, organisation_id: int | None = None) -> list[Account]:
    """Accounts that can log in and hold the role, of one organisation if named, by name."""
    statement = sa.select(Account).where(Account.is_active, Account.id.in_(_holders_of(role)))
    if organisation_id is not None:
        statement = statement.where(Account.organisation_id == organisation_id)
    return list(db.session.scalars(statement.order_by(Account.name, Account.id)).unique())


def get_professional(account: Account) -> Professional | None:
    """What makes the account assignable, None if it is no professional."""
    return db.session.get(Professional, account.id)


def get_organisation(public_id: str) -> Organisation:
    """The organisation with this public id; NotFound otherwise."""
    organisation = db.session.scalar(sa.select(Organisation).where(Organisation.public_id == public_id))
    if organisation is None:
        raise NotFound("没有这个单位。")
    return organisation


def find_organisation_by_name(name: str) -> Organisation | None:
    """The organisation of exactly this name."""
    return db.session.scalar(sa.select(Organisation).where(Organisation.name == name))


def list_organisations(*kinds: OrganisationKind) -> list[Organisation]:
    """Organisations that are in use, of the kinds if any are named, in the order of the tree."""
    statement = sa.select(Organisation).where(Organisation.is_active)
    if kinds:
        statement = statement.where(Organisation.kind.in_(kinds))
    return list(db.session.scalars(statement.order_by(Organisation.path, Organisation.id)))


def list_all_organisations() -> list[Organisation]:
    """Every organisation, those out of use too, in the order of the tree."""
    return list(db.session.scalars(sa.select(Organisation).order_by(Organisation.path, Organisation.id)))


def list_children(organisation: Organisation) -> list[Organisation]:
    """The organisations directly below this one that are in use."""
    statement = sa.select(Organisation).where(Organisation.parent_id == organisation.id, Organisation.is_active)
    return list(db.session.scalars(statement.order_by(Organisation.name)))


def find_login_session(token: str) -> LoginSession | None:
    """The log-in session of this cookie token, ended or not."""
    return db.session.scalar(sa.select(LoginSession).where(LoginSession.token_digest == digest_of_token(token)))


def list_open_sessions(account_id: int) -> list[LoginSession]:
    """The account's sessions that were not ended, the oldest first."""
    statement = sa.select(LoginSession).where(LoginSession.account_id == account_id, LoginSession.ended_at.is_(None))
    return list(db.session.scalars(statement.order_by(LoginSession.created_at, LoginSession.id)))


def find_last_role(account_id: int) -> Role | None:
    """The role in which the account worked last, to be remembered at the next log-in."""
    statement = (
        sa.select(LoginSession.role)
        .where(LoginSession.account_id == account_id, LoginSession.role.is_not(None))
        .order_by(LoginSession.id.desc())
        .limit(1)
    )
    return db.session.scalar(statement)


def names_of(account_ids: Iterable[int]) -> dict[int, str]:
    """The names of these accounts by key."""
    statement = sa.select(Account.id, Account.name).where(Account.id.in_(set(account_ids)))
    return dict(db.session.execute(statement).all())


def digest_of_token(token: str) -> str:
    """What the row keeps of a cookie token: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def _holders_of(role: Role) -> sa.Select[int]:
    return sa.select(AccountRole.account_id).where(AccountRole.role == role)


def _professionals(role: Role, on: date) -> sa.Select[Account]:
    in_office = sa.and_(
        Professional.appointed_on <= on,
        sa.or_(Professional.left_office_on.is_(None), Professional.left_office_on > on),
    )
    return (
        sa.select(Account)
        .join(Professional, Professional.account_id == Account.id)
        .where(Account.is_active, Account.id.in_(_holders_of(role)), in_office)
    )
