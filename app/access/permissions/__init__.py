"""Who may do what to what: one table that an auditor can read (`table`).

A permission is granted if any of its rows holds; in a row all predicates must hold, and the two walls (recusal,
accusation) stand before every row. State conditions ("only while open") are rules, not permissions.
"""

from app.access.permissions.actors import (
    NOBODY,
    WALLS,
    AccessView,
    Actor,
    Predicate,
    Role,
    in_own_subtree,
    is_assigned,
    is_author,
    is_not_barred,
    is_not_complained_about,
    is_not_of_accused_unit,
    is_open_to_office,
    of_handling_unit,
    of_own_office,
)
from app.access.permissions.deciding import is_allowed
from app.access.permissions.table import GRANTS
from app.access.permissions.words import Permission, read_permission_of

__all__ = [
    "GRANTS",
    "NOBODY",
    "WALLS",
    "AccessView",
    "Actor",
    "Permission",
    "Predicate",
    "Role",
    "in_own_subtree",
    "is_allowed",
    "is_assigned",
    "is_author",
    "is_not_barred",
    "is_not_complained_about",
    "is_not_of_accused_unit",
    "is_open_to_office",
    "of_handling_unit",
    "of_own_office",
    "read_permission_of",
]
