"""404 for what must not be known, 403 for what is known; who is logged out loses nothing he typed."""

import pytest
from flask import Flask

from app.access.guards import check_allowed
from app.access.permissions import NOBODY, AccessView, Actor, Permission, Role, read_permission_of
from app.errors import NotFound, NotPermitted

OFFICE, ELSEWHERE, ME = 3, 4, 7


class Thing:
    """Something kept by the actor's office, or elsewhere."""

    def __init__(self, organisation_id: int, barred: frozenset[int] = NOBODY) -> None:
        self.view = AccessView(organisation_id, (1, organisation_id), barred=barred)

    def access_view(self) -> AccessView:
        """As it stands."""
        return self.view


def actor_in(role: Role) -> Actor:
    return Actor(ME, "某人", frozenset({role}), OFFICE, (1, OFFICE))


@pytest.mark.parametrize(
    ("permission", "role"),
    [
        (Permission.MATTER_ROUTE, Role.RECEPTIONIST),
        (Permission.MATTER_APPROVE, Role.COORDINATOR),
        (Permission.LINKAGE_ANSWER, Role.COORDINATOR),
        (Permission.MEETING_BOOK, Role.RECEPTIONIST),
        (Permission.ACCESS_LINK_ISSUE, Role.LEADER),
        (Permission.AGREEMENT_SEAL, Role.COORDINATOR),
    ],
)
def test_what_one_may_see_but_not_do_is_403_and_what_one_may_not_see_404(permission: Permission, role: Role) -> None:
    with pytest.raises(NotPermitted):
        check_allowed(actor_in(role), permission, Thing(OFFICE))
    for hidden in (Thing(ELSEWHERE), Thing(OFFICE, barred=frozenset({ME}))):
        with pytest.raises(NotFound):
            check_allowed(actor_in(role), permission, hidden)


def test_a_function_without_object_is_403() -> None:
    with pytest.raises(NotPermitted):
        check_allowed(actor_in(Role.LAWYER), Permission.ACCOUNT_MANAGE)


@pytest.mark.parametrize("permission", Permission)
def test_what_decides_about_knowing_is_a_reading(permission: Permission) -> None:
    reading = read_permission_of(permission)
    assert reading is None or reading.value.endswith(":read")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_who_is_logged_out_is_led_to_the_log_in_and_keeps_what_he_typed(app: Flask, method: str) -> None:
    answer = app.test_client().open(
        "/settings/organisations/new", method=method, data={"name": "新单位"} if method == "POST" else None
    )
    if method == "POST":
        assert answer.status_code == 401
        assert "新单位" in answer.get_data(as_text=True)
        assert 'href="/login"' in answer.get_data(as_text=True)
    else:
        assert (answer.status_code, answer.location) == (302, "/login")
