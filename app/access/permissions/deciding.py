"""Is an actor allowed to do something, to something?"""

from app.access.permissions.actors import WALLS, AccessView, Actor
from app.access.permissions.table import GRANTS, Grant
from app.access.permissions.words import Permission


def is_allowed(actor: Actor, permission: Permission, view: AccessView | None = None) -> bool:
    """True if any row grants `permission`; with an object, the walls stand first; default is deny."""
    if permission is Permission.PUBLIC:
        return True
    if view is not None and not all(wall(actor, view) for wall in WALLS):
        return False
    return any(_holds(row, actor, view) for row in GRANTS.get(permission, ()))


def _holds(row: Grant, actor: Actor, view: AccessView | None) -> bool:
    if not row.roles & actor.roles:
        return False
    if view is None:
        return True
    return all(predicate(actor, view) for predicate in row.predicates)
