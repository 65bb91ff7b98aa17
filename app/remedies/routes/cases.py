"""Reconsideration cases on the screen: the list, one case, and the receipt of an application."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.documents.queries import list_papers_of
from app.documents.rules import Owner
from app.law import clock
from app.matters.models import Matter, Party, PartyKind, PartySide
from app.matters.queries import get_matter
from app.matters.routes.acting import Field
from app.matters.routes.listing import shown_name
from app.matters.routes.presenting import clock_item, lamp_of_day
from app.people.models import Organisation, OrganisationKind
from app.people.queries import list_organisations
from app.remedies import actions, queries
from app.remedies.forms import read_application
from app.remedies.models import ReconsiderationCase
from app.remedies.queries.cases import PAGE_SIZE
from app.remedies.routes import bp
from app.remedies.routes.acting import act_page, done, read_form, today_field
from app.remedies.routes.presenting import CASE_PILLS, acts_of_case, path_of_case
from app.remedies.rules import LABELS, CaseStatus
from app.remedies.rules.reconsidering import FY
from app.web.paging import cursor_after, read_cursor
from app.web.transaction import writes


@bp.get("/reconsiderations")
@permission_required(Permission.RECONSIDERATION_LIST)
def show_cases() -> ResponseReturnValue:
    """Twenty cases a page, cut to what the person may read, newest first."""
    actor, today = current_actor(), clock.today()
    typed = request.args.get("status", "")
    status = CaseStatus(typed) if typed in set(CaseStatus) else None
    found = queries.list_reconsiderations(actor, status=status, before=read_cursor(request.args.get("after", "")))
    page = found[:PAGE_SIZE]
    rows = [
        {
            "case": case,
            "pill": (LABELS[case.status], CASE_PILLS.get(case.status, "idle")),
            "lamp": lamp_of_day(case.matter.next_due_on, today) if case.is_open else None,
            "name": shown_name(actor, case.matter.petitioner_name),
        }
        for case in page
    ]
    return render_template(
        "remedies/cases.html",
        rows=rows,
        chips=_chips(status),
        is_filtered=status is not None,
        next_url=_next_url(status, page[-1]) if len(found) > PAGE_SIZE else "",
    )


@bp.get("/reconsiderations/<public_id>")
@permission_required(Permission.RECONSIDERATION_READ, of=queries.get_reconsideration)
def show_case(case: ReconsiderationCase) -> ResponseReturnValue:
    """One case: clocks above all, its way, what may be done now, what happened, its papers."""
    today = clock.today()
    acts = acts_of_case(case, current_actor())
    clocks = queries.list_case_clocks(case)
    return render_template(
        "remedies/case.html",
        case=case,
        matter=case.matter,
        pill=(LABELS[case.status], CASE_PILLS.get(case.status, "idle")),
        clocks=[clock_item(row, today) for row in clocks if row.is_open],
        over=[clock_item(row, today) for row in clocks if row.met_on is not None],
        path=path_of_case(case),
        step=acts[0] if acts else None,
        acts=acts[1:],
        applicants=[party.name for party in case.matter.parties if party.side is PartySide.PETITIONER],
        papers=list_papers_of(Owner(case.kind, case.id)),
    )


@bp.get("/matters/<public_id>/reconsideration/case")
@permission_required(Permission.RECONSIDERATION_READ, of=get_matter)
def show_newest_case(matter: Matter) -> ResponseReturnValue:
    """Lead to the newest case of a matter."""
    case = queries.find_reconsideration(matter)
    if case is None:
        return redirect(url_for("matters.show", public_id=matter.public_id))
    return redirect(url_for("remedies.show_case", public_id=case.public_id))


@bp.get("/matters/<public_id>/reconsideration")
@permission_required(Permission.RECONSIDERATION_RECEIVE, of=get_matter)
def show_receipt(matter: Matter) -> ResponseReturnValue:
    """Take an application: which body, against whom, which act."""
    earlier = queries.find_reconsideration(matter)
    again = [
        Field(
            "reason",
            "again_reason",
            "撤回后再申请的理由",
            required=False,
            help="能证明上次撤回不是本人真实意思的才填。",
        )
    ]
    return act_page(
        matter,
        "收下复议申请",
        "收下复议申请",
        Field("select", "organ", "行政复议机构", options=tuple((key, row.name) for key, row in _bodies().items())),
        Field(
            "select",
            "respondent",
            "被申请人",
            options=tuple((key, row.name) for key, row in _respondents(matter).items()),
            help="从这件事登记的单位里选；没有的，先补登当事人。",
        ),
        Field("reason", "act", "被申请的行政行为", help="哪个机关、哪天、什么文号、什么内容。"),
        today_field("received_on", "哪天收到申请"),
        *(again if earlier is not None and earlier.status is CaseStatus.WITHDRAWN else ()),
        effects=("复议机构的人员能看到、能办这件事", "5 个工作日内决定是否受理", "信访部门转送的期限到此为止"),
        basis=f"{FY}第二十二条、第三十条",
    )


@bp.post("/matters/<public_id>/reconsideration")
@writes(reshow=show_receipt)
@permission_required(Permission.RECONSIDERATION_RECEIVE, of=get_matter)
def receive(matter: Matter) -> ResponseReturnValue:
    """Take an application."""
    wish = read_application(read_form(matter), _bodies(), _respondents(matter))
    case = actions.receive_application(matter, **vars(wish), by=current_actor(), now=clock.now())
    return done(case, f"{case.number} 已收下，5 个工作日内决定是否受理。")


def _bodies() -> dict[str, Organisation]:
    return {row.public_id: row for row in list_organisations(OrganisationKind.RECONSIDERATION_ORGAN)}


def _respondents(matter: Matter) -> dict[str, Party]:
    return {
        party.public_id: party
        for party in matter.parties
        if party.kind is PartyKind.ORGANISATION and party.side is not PartySide.PETITIONER
    }


def _chips(status: CaseStatus | None) -> list[dict[str, Any]]:
    every = {"label": "全部", "url": url_for("remedies.show_cases"), "current": status is None}
    return [
        every,
        *(
            {
                "label": LABELS[each],
                "url": url_for("remedies.show_cases", status=each.value),
                "current": each is status,
            }
            for each in CaseStatus
        ),
    ]


def _next_url(status: CaseStatus | None, last: ReconsiderationCase) -> str:
    after = cursor_after(last.received_at, last.id)
    return url_for("remedies.show_cases", after=after, status=status.value if status else None)
