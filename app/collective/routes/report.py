"""The report of one settlement with many, each figure with its list, and the page that feeds its result back."""

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.collective.actions.returning import feed_back_settlement
from app.collective.models import Roster
from app.collective.queries.report import (
    ListedParty,
    count_settlement,
    list_of_agreements,
    list_of_claimants,
    list_of_parties,
    list_of_returned,
)
from app.collective.queries.roster import get_roster
from app.collective.queries.settlement import find_case_of_roster
from app.collective.routes import bp
from app.collective.rules import ClaimantStatus
from app.collective.rules.report import feedback_words, figures_of
from app.errors import NotFound
from app.law import clock
from app.law.dispute_types import DISPUTE_TYPES
from app.linkage.models import Linkage
from app.linkage.queries import find_linkage_of
from app.linkage.rules import LinkageStatus
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, writes

LISTS: Mapping[str, tuple[str, Callable[[Roster], list[ListedParty]]]] = {
    "roster": ("名册上的人", list_of_claimants),
    "parties": ("调解当事人", lambda roster: list_of_parties(find_case_of_roster(roster))),
    "agreements": ("生效的书面协议", list_of_agreements),
    "signed": ("已签约的申请人", lambda roster: list_of_claimants(roster, (ClaimantStatus.SIGNED,))),
    "returned": ("转回信访办理的人", list_of_returned),
}


@bp.get("/rosters/<public_id>/report")
@permission_required(Permission.ROSTER_READ, of=get_roster)
def show_report(roster: Roster) -> ResponseReturnValue:
    """The figures with their definitions; one of their lists when it is asked for."""
    asked = LISTS.get(request.args.get("of", ""))
    case = find_case_of_roster(roster)
    return render_template(
        "collective/report.html",
        roster=roster,
        matter=roster.matter,
        case=case,
        type_words=f"{case.dispute_type} {DISPUTE_TYPES.get(case.dispute_type, '')}" if case else "",
        linkage=find_linkage_of(roster.matter_id),
        figures=figures_of(count_settlement(roster)),
        lists=frozenset(LISTS),
        asked=(asked[0], asked[1](roster)) if asked else None,
        now=clock.now(),
    )


@bp.get("/rosters/<public_id>/feedback")
@permission_required(Permission.LINKAGE_FEED_BACK, of=get_roster)
def show_feedback(roster: Roster) -> ResponseReturnValue:
    """What goes to the petition office: the numbers, and the words of the letter to be gone over."""
    counted = count_settlement(roster)
    case, linkage = find_case_of_roster(roster), find_linkage_of(roster.matter_id)
    return render_template(
        "collective/feedback.html",
        roster=roster,
        linkage=linkage,
        counted=counted,
        figures=figures_of(counted),
        conditions=[
            (linkage is not None, "这件事是信访部门移送、委托来的"),
            (case is not None and not case.is_open, "调解已经结束，每个人都有结果"),
            (linkage is not None and linkage.fed_back_on is None, "还没有反馈过"),
        ],
        is_ready=linkage is not None
        and linkage.status is LinkageStatus.ACCEPTED
        and case is not None
        and not case.is_open,
        words=feedback_words(counted),
    )


@bp.post("/rosters/<public_id>/feedback")
@writes(reshow=show_feedback)
@permission_required(Permission.LINKAGE_FEED_BACK, of=get_roster)
def send_feedback_of_all(roster: Roster) -> ResponseReturnValue:
    """Issue the feedback letter with the result of each party."""
    linkage = _linkage_of(roster)
    form = FormReader(request.form, today=clock.today())
    check_seen_version(linkage, form.version())
    summary = form.text("summary", "情况", limit=2_000)
    form.finish()
    feed_back_settlement(linkage, roster, summary=summary, by=current_actor(), now=clock.now())
    flash("反馈函已出具，信访部门看得到了。", "ok")
    return redirect(url_for("linkage.show", public_id=linkage.public_id))


def _linkage_of(roster: Roster) -> Linkage:
    linkage = find_linkage_of(roster.matter_id)
    if linkage is None:
        raise NotFound("这件事不是移送、委托来的，不用反馈。")
    return linkage
