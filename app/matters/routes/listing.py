"""The list of matters with its chips, newest first."""

from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Actor, Permission, Role
from app.law import clock
from app.matters.queries.listing import ListFilter, Scope, count_matters, list_matters
from app.matters.routes import bp
from app.matters.routes.presenting import lamp_of_day, pill_of
from app.matters.rules import LABELS, MatterKind
from app.privacy.masking import mask_name
from app.web.paging import cursor_after, read_cursor

SCOPES = {
    Scope.OPEN: "办理中",
    Scope.OVERDUE: "已超期",
    Scope.UNSCREENED: "等甄别",
    Scope.LINKED: "访调对接中",
    Scope.ENDED: "已办完",
    Scope.ALL: "全部",
}
COUNTED = (Scope.OVERDUE,)


@bp.get("/matters")
@permission_required(Permission.MATTER_LIST)
def show_list() -> ResponseReturnValue:
    """Fifty matters a page, cut to what the person may read; chips and cursor live in the address."""
    actor = current_actor()
    today = clock.today()
    wanted = ListFilter(overdue_on=today, scope=_scope(), kind=_kind())
    page = list_matters(actor, wanted, after=read_cursor(request.args.get("after", "")))
    rows = [
        {
            "matter": matter,
            "name": shown_name(actor, matter.petitioner_name),
            "pill": pill_of(matter.status),
            "lamp": lamp_of_day(matter.next_due_on, today) if matter.is_open else None,
        }
        for matter in page.matters
    ]
    return render_template(
        "matters/list.html",
        rows=rows,
        scopes=_scope_chips(actor, wanted),
        kinds=_kind_chips(wanted),
        is_filtered=wanted.scope is not Scope.OPEN or wanted.kind is not None,
        next_url=_next_url(page.after),
    )


def shown_name(actor: Actor, name: str) -> str:
    """A petitioner's name in a list: masked for those who read no content (R-PII-05)."""
    return mask_name(name) if actor.roles <= {Role.STREET_CLERK} else name


def _scope() -> Scope:
    typed = request.args.get("scope", "")
    return Scope(typed) if typed in set(Scope) else Scope.OPEN


def _kind() -> MatterKind | None:
    typed = request.args.get("kind", "")
    return MatterKind(typed) if typed in set(MatterKind) else None


def _scope_chips(actor: Actor, wanted: ListFilter) -> list[dict[str, Any]]:
    counted = {scope: count_matters(actor, ListFilter(wanted.overdue_on, scope, wanted.kind)) for scope in COUNTED}
    return [
        {
            "label": word,
            "url": _url(scope=scope.value, kind=wanted.kind.value if wanted.kind else None),
            "current": scope is wanted.scope,
            "count": counted.get(scope),
        }
        for scope, word in SCOPES.items()
    ]


def _kind_chips(wanted: ListFilter) -> list[dict[str, Any]]:
    every = {
        "label": "各类",
        "url": _url(scope=wanted.scope.value, kind=None),
        "current": wanted.kind is None,
        "count": None,
    }
    return [
        every,
        *(
            {
                "label": LABELS[kind],
                "url": _url(scope=wanted.scope.value, kind=kind.value),
                "current": kind is wanted.kind,
                "count": None,
            }
            for kind in MatterKind
        ),
    ]


def _url(*, scope: str | None, kind: str | None, after: str | None = None) -> str:
    return url_for("matters.show_list", scope=scope, kind=kind, after=after)


def _next_url(after: tuple[datetime, int] | None) -> str:
    if after is None:
        return ""
    return _url(scope=request.args.get("scope"), kind=request.args.get("kind"), after=cursor_after(*after))
