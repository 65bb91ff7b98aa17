"""The list of cases and the page of one."""

from typing import Any

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, may, permission_required
from app.access.permissions import Permission, Role
from app.documents.queries import list_papers_of
from app.documents.rules import Owner
from app.law import clock
from app.matters.models import ConsentDecision
from app.matters.routes.presenting import clock_item, lamp_of
from app.mediation import queries
from app.mediation.models import MediationCase, MediationMeeting
from app.mediation.queries.cases import PAGE_SIZE
from app.mediation.queries.meetings import find_period, list_clocks, list_unfit_people, number_of
from app.mediation.routes import bp
from app.mediation.rules import LABELS, CaseStatus, MeetingStatus, RecordResult
from app.mediation.rules.periods import is_labour_notice_due
from app.web.paging import cursor_after, read_cursor

PILLS = {
    CaseStatus.MEDIATING: "info",
    CaseStatus.SUSPENDED: "warn",
    CaseStatus.AGREED: "ok",
    CaseStatus.ENDED: "idle",
}
MEETING_PILLS = {
    MeetingStatus.PLANNED: "info",
    MeetingStatus.RUNNING: "warn",
    MeetingStatus.HELD: "ok",
    MeetingStatus.CANCELLED: "idle",
    MeetingStatus.ENTERED_IN_ERROR: "idle",
}


@bp.get("/mediations")
@permission_required(Permission.MEDIATION_LIST)
def show_list() -> ResponseReturnValue:
    """Twenty cases a page, cut to what the person may read; a mediator sees his own first."""
    actor, today = current_actor(), clock.today()
    typed = request.args.get("status", "")
    status = CaseStatus(typed) if typed in set(CaseStatus) else None
    cases = queries.list_cases(actor, status=status, before=read_cursor(request.args.get("after", "")))
    page = cases[:PAGE_SIZE]
    periods = {case.id: find_period(case) for case in page}
    rows = [
        {
            "case": case,
            "pill": (LABELS[case.status], PILLS[case.status]),
            "lamp": lamp_of(period, today) if case.is_open and (period := periods[case.id]) else None,
            "mediators": "、".join(account.name for account in case.active_mediators),
        }
        for case in page
    ]
    return render_template(
        "mediation/list.html",
        rows=rows,
        chips=_chips(status),
        is_filtered=status is not None,
        is_mediator=Role.MEDIATOR in actor.roles,
        next_url=_next_url(status, page[-1]) if len(cases) > PAGE_SIZE else "",
    )


@bp.get("/mediations/<public_id>")
@permission_required(Permission.MEDIATION_READ, of=queries.get_case)
def show(case: MediationCase) -> ResponseReturnValue:
    """One case: clocks, next step, mediators, parties, meetings, papers."""
    today = clock.today()
    step = _next_step(case)
    may_act = step is not None and _may_open(step["act"][1], case)
    return render_template("mediation/case.html", **case_values(case), step=step, may_act=may_act, today=today)


def case_values(case: MediationCase) -> dict[str, Any]:
    """What every page of a case shows."""
    today = clock.today()
    return {
        "case": case,
        "matter": case.matter,
        "pill": (LABELS[case.status], PILLS[case.status]),
        "clocks": [clock_item(row, today) for row in list_clocks(case)],
        "parties": [{"party": party, "takes_part": party in case.parties} for party in case.matter.parties],
        "meetings": [_meeting(case, row) for row in case.meetings],
        "papers": _papers(case),
        "is_labour_notice_due": is_labour_notice_due(case.fifteenth_day, case.labour_told_on, today),
    }


def _papers(case: MediationCase) -> list[Any]:
    papers = list_papers_of(Owner(case.kind, case.id))
    for meeting in case.meetings:
        papers.extend(list_papers_of(Owner("mediation_meeting", meeting.id)))
    return papers


def _meeting(case: MediationCase, meeting: MediationMeeting) -> dict[str, Any]:
    record = meeting.record
    return {
        "meeting": meeting,
        "nth": number_of(case, meeting),
        "pill": (LABELS[meeting.status], MEETING_PILLS[meeting.status]),
        "result": LABELS[record.result] if record and record.result else "",
        "people": "、".join(seat.account.name for seat in meeting.session.seats),
    }


def _next_step(case: MediationCase) -> dict[str, Any] | None:
    """The one main act of the page: what is to do now, with its conditions and its button."""
    if not case.is_open:
        return None
    url = _urls(case)
    if case.status is CaseStatus.SUSPENDED:
        return {"title": "恢复调解", "text": "中止的原因没有了，就恢复。", "act": ("去恢复", url["periods"])}
    if is_labour_notice_due(case.fifteenth_day, case.labour_told_on, clock.today()):
        text = "劳动争议满 15 天没有达成协议，先告知可以申请劳动仲裁，记下以后才能往下办。"
        return {"title": "告知可以申请劳动仲裁", "text": text, "act": ("去告知", url["labour"])}
    if case.labour_continues is False or _has_withdrawn(case):
        return {
            "title": "终止调解",
            "text": "有一方不愿再调，调解要终止，并告知其他途径。",
            "act": ("去终止", url["end"]),
        }
    return _step_of_meetings(case, url)


def _step_of_meetings(case: MediationCase, url: dict[str, str]) -> dict[str, Any]:
    standing = [row for row in case.meetings if row.status in (MeetingStatus.PLANNED, MeetingStatus.RUNNING)]
    if standing:
        meeting = standing[0]
        live = url_for("mediation.show_live", public_id=case.public_id, position=meeting.position)
        if unfit := list_unfit_people(meeting):
            names = "、".join(account.name for account in unfit)
            move = url_for("mediation.show_moving", public_id=case.public_id, position=meeting.position)
            return {
                "title": "给这一场换人",
                "meeting": meeting,
                "text": f"{names}已换下或者回避。",
                "act": ("去换人", move),
            }
        if meeting.status is MeetingStatus.RUNNING:
            return {"title": "接着记", "text": "这一场正在进行。", "act": ("打开记录", live)}
        return {"title": "开会并记录", "meeting": meeting, "text": "", "act": ("开始记录", live)}
    held = [row for row in case.meetings if row.status is MeetingStatus.HELD]
    if held and held[-1].record and held[-1].record.result is RecordResult.AGREED:
        return {"title": "写调解协议", "text": "上一场达成了协议。", "act": ("去写协议", url["agreement"])}
    if held and held[-1].record and held[-1].record.result is RecordResult.NOT_AGREED:
        return {"title": "终止调解，或者再排一场", "text": "上一场没有达成协议。", "act": ("去终止", url["end"])}
    return {"title": "排下一场" if held else "排第一场", "text": "", "act": ("去排时间", url["book"])}


def _has_withdrawn(case: MediationCase) -> bool:
    return any(party.consent is ConsentDecision.WITHDRAWN for party in case.parties)


def _may_open(url: str, case: MediationCase) -> bool:
    """Whether the page behind the button is for the person who looks; others only read what comes next."""
    endpoint, _ = current_app.url_map.bind("").match(url)
    view: Any = current_app.view_functions[str(endpoint)]
    return may(view.declared_permission, case)


def _urls(case: MediationCase) -> dict[str, str]:
    named = {name: url_for(f"mediation.show_{name}", public_id=case.public_id) for name in ("periods", "labour", "end")}
    named["book"] = url_for("mediation.show_booking", public_id=case.public_id)
    named["agreement"] = f"/mediations/{case.public_id}/agreements/new"
    return named


def _chips(status: CaseStatus | None) -> list[dict[str, Any]]:
    every = {"label": "全部", "url": url_for("mediation.show_list"), "current": status is None}
    return [
        every,
        *(
            {
                "label": LABELS[each],
                "url": url_for("mediation.show_list", status=each.value),
                "current": each is status,
            }
            for each in CaseStatus
        ),
    ]


def _next_url(status: CaseStatus | None, last: MediationCase) -> str:
    after = cursor_after(last.registered_at, last.id)
    return url_for("mediation.show_list", after=after, status=status.value if status else None)
