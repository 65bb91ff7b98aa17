"""Do the accounts hold the roles that the log says they were given? (B247)"""

from collections.abc import Iterator

import sqlalchemy as sa

from app.audit.models import AuditEvent
from app.extensions import db
from app.people.models import Account

GIVING = ("account.create", "account.change_roles")


def find_role_findings() -> Iterator[str]:
    """Accounts that nobody created by the product, and roles that nobody gave; demonstration accounts are left out."""
    given: dict[int | None, set[str]] = {}
    statement = sa.select(AuditEvent.object_id, AuditEvent.detail).where(AuditEvent.act.in_(GIVING))
    for account_id, detail in db.session.execute(statement.order_by(AuditEvent.seq)):
        given[account_id] = set(detail.get("roles", ()))
    for account in db.session.scalars(sa.select(Account).where(~Account.is_demo).order_by(Account.id)).unique():
        held = {role.value for role in account.roles}
        if account.id not in given:
            yield f"account {account.id}: the log does not know who created it"
        elif held != given[account.id]:
            yield f"account {account.id}: holds {sorted(held)}, was given {sorted(given[account.id])}"
