"""The list of hearings and the page of one: where it stands, what comes next, who, where, which papers."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, may, permission_required
from app.access.permissions import Permission, Role
from app.documents.models import IssuedPaper
from app.documents.papers import get_paper_type
from app.hearings.models import Hearing
from app.hearings.queries.hearings import (
    HearingFilter,
    Scope,
    get_hearing,
    list_clocks_of,
    list_hearings,
    procedure_for,
)
from app.hearings.queries.opinions import is_opinion_served
from app.hearings.queries.pool import candidate_of, list_draws, matter_facts
from app.hearings.queries.standing import find_running_clock
from app.hearings.routes import bp
from app.hearings.routes.minutes import has_minutes_page
from app.hearings.routes.next_step import next_step
from app.hearings.routes.opinion import has_opinion_page
from app.hearings.routes.presenting import hearing_values, page_url, papers_of, pill_of, recusal_url
from app.hearings.rules.conflicts import list_findings
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.states import SAT
from app.hearings.rules.words import LABELS, HearingStatus, ProcedureKind, SeatRole, ServedStage
from app.law import clock
from app.law.dates import format_date
from app.matters.queries.handling import list_recusals
from app.matters.routes.presenting import clock_item
from app.matters.rules import RecusalStatus
from app.people.queries import names_of
from app.remedies.queries import both_dates_of
from app.web.paging import Cursor, cursor_after, read_cursor

SCOPE_WORDS = {
    Scope.UNDECIDED: "等决定",
    Scope.TO_SCHEDULE: "待排期",
    Scope.NOTICED: "已通知",
    Scope.SITTING: "正在开",
    Scope.AFTERWARDS: "评议、签名",
    Scope.ENDED: "已结束",
}
KINDS = {"petition": ProcedureKind.PETITION, "reconsideration": ProcedureKind.RECONSIDERATION}
PROFESSIONAL = frozenset(
    {Role.HEARING_CHAIR, Role.HEARING_PANELIST, Role.RECORDER, Role.RECONSIDERATION_OFFICER, Role.LAWYER}
)
BEFORE = frozenset({HearingStatus.APPROVED, HearingStatus.POSTPONED})
CONVENED = frozenset({HearingStatus.NOTICED, HearingStatus.POSTPONED})
SITTING = frozenset({HearingStatus.NOTICED, HearingStatus.IN_PROGRESS})
CHANGEABLE = CONVENED | SITTING | {HearingStatus.APPROVED, HearingStatus.SUSPENDED, HearingStatus.DELIBERATING}
PAGES: tuple[tuple[str, str, str, Callable[[Hearing, Procedure], bool]], ...] = (
    ("show_schedule", "排期", "calendar-plus", lambda hearing, _: hearing.status in BEFORE),
    ("show_parties", "代理人、代表", "users", lambda hearing, _: hearing.decided_on is not None),
    ("show_services", "送达", "send", lambda hearing, _: bool(hearing.services)),
    ("show_change", "变更、延期、中止、终止", "rotate-clockwise", lambda hearing, _: hearing.status in CHANGEABLE),
    ("show_announcement", "公告和旁听", "bell", lambda hearing, _: bool(hearing.services)),
    ("show_live", "记录台", "microphone", lambda hearing, _: hearing.status in SITTING),
    ("show_screen", "投屏", "device-tablet", lambda hearing, _: hearing.status in SITTING),
    ("show_minutes", "笔录", "file-text", lambda hearing, _: has_minutes_page(hearing)),
    ("show_deliberation", "评议", "lock", lambda hearing, procedure: procedure.has_vote and hearing.status in SAT),
    ("show_opinion", "听证意见", "file-check", lambda hearing, _: has_opinion_page(hearing)),
)
"""The pages beside this one: name, word, icon, and when there is something on it."""


@bp.get("/hearings")
@permission_required(Permission.HEARING_LIST)
def show_list() -> ResponseReturnValue:
    """Twenty hearings a page, cut to what the person may read."""
    wanted = _wanted()
    page = list_hearings(current_actor(), wanted, after=read_cursor(request.args.get("after", "")))
    rows = [
        {
            "hearing": hearing,
            "pill": pill_of(hearing.status),
            "chair": "、".join(seat.account.name for seat in hearing.seats_of(SeatRole.CHAIR)),
            "applicants": _applicants(hearing),
        }
        for hearing in page.hearings
    ]
    return render_template(
        "hearings/list.html",
        rows=rows,
        chips=_chips(wanted),
        kinds=_kinds(wanted),
        is_filtered=wanted != HearingFilter(),
        next_url=url_for("hearings.show_list", after=cursor_after(*page.after), **_arguments(wanted))
        if page.after
        else "",
    )


@bp.get("/hearings/<public_id>")
@permission_required(Permission.HEARING_READ, of=get_hearing)
def show(hearing: Hearing) -> ResponseReturnValue:
    """One hearing at a glance."""
    today = clock.today()
    values = hearing_values(hearing)
    manages = may(Permission.HEARING_MANAGE, hearing) or may(Permission.HEARING_DECIDE, hearing)
    return render_template(
        "hearings/show.html",
        **values,
        clocks=_clocks(hearing),
        step=next_step(hearing, values["procedure"], today),
        findings=_findings(hearing) if manages else {},
        manages=manages,
        papers=_papers(hearing),
        deciders=names_of([hearing.decided_by] if hearing.decided_by else []),
        pages=_pages(hearing, values["procedure"]),
        recusals=_recusals(hearing),
        draws=list_draws(hearing),
        today=today,
    )


def _pages(hearing: Hearing, procedure: Procedure) -> list[tuple[str, str, str]]:
    timely = [(name, word, icon) for name, word, icon, is_timely in PAGES if is_timely(hearing, procedure)]
    return [(word, url, icon) for name, word, icon in timely if (url := page_url(f"hearings.{name}", hearing))]


def _papers(hearing: Hearing) -> list[IssuedPaper]:
    """The papers, newest first; what the organ holds back is not shown to the unit."""
    sees_all = may(Permission.HEARING_FILE, hearing)
    return [
        paper
        for paper in reversed(papers_of(hearing))
        if sees_all or not get_paper_type(paper.type_name).is_held or is_opinion_served(paper)
    ]


def _clocks(hearing: Hearing) -> list[dict[str, Any]]:
    """The hearing's own periods, and for a recheck both dates of its period (R-PET-23)."""
    today = clock.today()
    items = [clock_item(row, today) for row in list_clocks_of(hearing) if row.is_open]
    recheck = find_running_clock(hearing.matter, "recheck_decision")
    if hearing.served_stage is ServedStage.RECHECK and recheck is not None:
        dates = both_dates_of(recheck, today)
        item = clock_item(recheck, today)
        item["basis"] = (
            f"不扣听证时间 {format_date(dates.without_exclusion)}，"
            f"扣除 {dates.excluded_days} 日后 {format_date(dates.with_exclusion)} · {item['basis']}"
        )
        items.append(item)
    return items


def _findings(hearing: Hearing) -> dict[int, Any]:
    """What relates those who sit to the matter now, by seat."""
    facts = matter_facts(hearing, procedure_for(hearing, clock.today()))
    return {seat.id: list_findings(candidate_of(seat.account), facts) for seat in hearing.seats}


def _recusals(hearing: Hearing) -> list[Any]:
    """Recusals of people of this hearing, the newest first; the reader sees who and whether, not why."""
    people = {seat.account_id: seat for seat in hearing.all_seats}
    procedure = procedure_for(hearing, clock.today())
    rows = [(row, people[row.account_id]) for row in list_recusals(hearing.matter_id) if row.account_id in people]
    return [
        {
            "recusal": row,
            "seat": seat,
            "is_open": row.status is RecusalStatus.REQUESTED,
            "url": recusal_url(hearing, seat, row, procedure) if row.status is RecusalStatus.REQUESTED else "",
        }
        for row, seat in rows
    ]


def _applicants(hearing: Hearing) -> str:
    names = [row.party.name for row in hearing.parties if row.side.value == "applicant"]
    return "、".join(names[:2]) + (f" 等 {len(names)} 人" if len(names) > 2 else "")


def _wanted() -> HearingFilter:
    typed = request.args.get("scope", "")
    return HearingFilter(
        scope=Scope(typed) if typed in set(Scope) else None,
        kind=KINDS.get(request.args.get("kind", "")),
        is_mine=request.args.get("mine") == "1",
    )


def _arguments(wanted: HearingFilter) -> dict[str, Any]:
    kind = next((word for word, value in KINDS.items() if value is wanted.kind), None)
    arguments = {"scope": wanted.scope.value if wanted.scope else None, "kind": kind}
    return {name: value for name, value in arguments.items() if value} | ({"mine": "1"} if wanted.is_mine else {})


def _chips(wanted: HearingFilter) -> list[dict[str, Any]]:
    rest = {name: value for name, value in _arguments(wanted).items() if name != "scope"}
    every = {"label": "全部", "url": url_for("hearings.show_list", **rest), "current": wanted.scope is None}
    return [
        every,
        *(
            {
                "label": word,
                "url": url_for("hearings.show_list", **rest, scope=scope.value),
                "current": scope is wanted.scope,
            }
            for scope, word in SCOPE_WORDS.items()
        ),
    ]


def _kinds(wanted: HearingFilter) -> list[dict[str, Any]]:
    """Which procedure, and for those who sit, only their own."""
    rest = {name: value for name, value in _arguments(wanted).items() if name != "kind"}
    items = [{"label": "两种都看", "url": url_for("hearings.show_list", **rest), "current": wanted.kind is None}]
    for word, kind in KINDS.items():
        url = url_for("hearings.show_list", **rest, kind=word)
        items.append({"label": LABELS[kind], "url": url, "current": wanted.kind is kind})
    if current_actor().roles & PROFESSIONAL:
        others = {name: value for name, value in _arguments(wanted).items() if name != "mine"}
        target = others if wanted.is_mine else {**others, "mine": "1"}
        items.append({"label": "我参加的", "url": url_for("hearings.show_list", **target), "current": wanted.is_mine})
    return items


def _next_url(wanted: HearingFilter, after: Cursor | None) -> str:
    return url_for("hearings.show_list", after=cursor_after(*after), **_arguments(wanted)) if after else ""
