"""The shared database object, its naming convention and the column types every table uses."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.privacy.chance import random_text

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The mother of all tables."""

    metadata = sa.MetaData(naming_convention=NAMING_CONVENTION)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
migrate = Migrate()
login_manager = LoginManager()
csrf = CSRFProtect()

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

BigInt = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both engines."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuse a naive moment; store UTC without offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give the moment back as aware UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


def words(enum: type[StrEnum], name: str) -> sa.Enum:
    """A column of words of `enum`, guarded by a check constraint named after `name`."""
    return sa.Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=name,
        values_callable=_values_of,
        validate_strings=True,
    )


def _values_of(enum: type[StrEnum]) -> list[str]:
    return [member.value for member in enum]


def primary_key() -> Mapped[int]:
    """The bigint key inside; never shown to a person."""
    return mapped_column(BigInt, primary_key=True, autoincrement=True)


def foreign_key(target: str, *, nullable: bool = False, index: bool = True) -> Mapped[Any]:
    """A reference to another table's key, indexed unless a wider index serves."""
    return mapped_column(BigInt, sa.ForeignKey(target), nullable=nullable, index=index)


def new_public_id() -> str:
    """A random id for URLs and the API: 22 characters, 132 bits."""
    return random_text(22)


class PublicId:
    """A random public id that is there from construction on, so that sealed columns can bind to it."""

    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True)

    def __init__(self, **values: Any) -> None:
        values.setdefault("public_id", new_public_id())
        self.public_id = values.pop("public_id")
        constructor: Callable[..., None] = super().__init__
        constructor(**values)
