"""Role × permission × relation: the table gives exactly the answers that were typed out, no more and no less."""

import pytest

from app.access.permissions import AccessView, Actor, Permission, Role, is_allowed
from tests.access.matrix import FUNCTIONS, OBJECTS, RELATIONS

ME, MY_UNIT, ABOVE = 7, 20, 10
ELSEWHERE, BELOW_MINE = 99, 30
OTHERS = {"everybody": set(Role), "business": set(Role) - {Role.ADMINISTRATOR, Role.AUDITOR}}
MINE = frozenset({ME})


def actor_in(role: Role) -> Actor:
    return Actor(ME, "某人", frozenset({role}), MY_UNIT, (ABOVE, MY_UNIT))


def view_of(relation: str) -> AccessView:
    """The object as it stands to the actor in that relation."""
    elsewhere = {"organisation_id": ELSEWHERE, "organisation_path": (ELSEWHERE,)}
    own = {"organisation_id": MY_UNIT, "organisation_path": (ABOVE, MY_UNIT)}
    base, _, complaint = relation.partition("_")
    complained = frozenset({MY_UNIT}) if complaint == "c" else frozenset()
    place = {
        "own": own,
        "sub": {"organisation_id": BELOW_MINE, "organisation_path": (ABOVE, MY_UNIT, BELOW_MINE)},
        "ent": {**elsewhere, "handling_unit_ids": frozenset({MY_UNIT})},
        "ass": {**elsewhere, "assigned": MINE},
        "aut": {**elsewhere, "authors": MINE},
        "both": {**elsewhere, "assigned": MINE, "authors": MINE},
        "barred": {**own, "assigned": MINE, "authors": MINE, "barred": MINE},
        "accused": {
            **own,
            "assigned": MINE,
            "authors": MINE,
            "is_accusation": True,
            "complained_unit_ids": frozenset({ABOVE}),
        },
    }.get(base, elsewhere)
    return AccessView(**{"is_accusation": complaint == "x", "complained_unit_ids": complained, **place})


def expected_of(text: str) -> set[tuple[str, str]]:
    """The allowed pairs of role and relation of one typed block."""
    return {
        (words[0], relation) for line in text.strip().splitlines() if (words := line.split()) for relation in words[1:]
    }


def test_matrix_names_every_permission_once_and_only_known_words() -> None:
    named = [*FUNCTIONS, *OBJECTS]
    assert sorted(named) == sorted({word.value for word in Permission} - {"public"})
    pairs = set().union(*(expected_of(text) for text in OBJECTS.values()))
    assert {role for role, _ in pairs} <= {role.value for role in Role}
    assert {relation for _, relation in pairs} <= set(RELATIONS) - {"stranger", "barred", "accused"}


@pytest.mark.parametrize("permission", OBJECTS)
def test_matrix_of_objects_is_the_table(permission: str) -> None:
    allowed = {
        (role.value, relation)
        for role in Role
        for relation in RELATIONS
        if is_allowed(actor_in(role), Permission(permission), view_of(relation))
    }
    assert allowed == expected_of(OBJECTS[permission])


@pytest.mark.parametrize("permission", FUNCTIONS)
def test_matrix_of_functions_is_the_table(permission: str) -> None:
    typed = FUNCTIONS[permission]
    expected = OTHERS.get(typed) or {Role(word) for word in typed.split()}
    assert {role for role in Role if is_allowed(actor_in(role), Permission(permission))} == expected


@pytest.mark.parametrize("permission", Permission)
def test_a_person_without_role_may_do_nothing(permission: Permission) -> None:
    nobody = Actor(ME, "某人", frozenset(), MY_UNIT, (ABOVE, MY_UNIT))
    assert is_allowed(nobody, permission, view_of("both")) is (permission is Permission.PUBLIC)


def test_n11_officers_see_no_object_at_all() -> None:
    for role in (Role.ADMINISTRATOR, Role.AUDITOR):
        seen = [
            word for word in OBJECTS if any(is_allowed(actor_in(role), Permission(word), view_of(r)) for r in RELATIONS)
        ]
        assert seen == []


def test_two_roles_give_the_union_and_not_more() -> None:
    both = Actor(ME, "某人", frozenset({Role.LAWYER, Role.COMMITTEE_CLERK}), MY_UNIT, (ABOVE, MY_UNIT))
    allowed = {r for r in RELATIONS if is_allowed(both, Permission.OPINION_READ, view_of(r))}
    assert allowed == {"aut", "both", "ent"}
