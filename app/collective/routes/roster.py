"""The pages of a roster: the rosters of a matter, one roster with its sums, answers on mediation, giving it out."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.collective.actions.roster import note_export, open_roster, record_roster_consents
from app.collective.forms.roster_sheets import whole_roster
from app.collective.models import Claimant, Roster
from app.collective.queries.roster import (
    PAGE,
    RosterFilter,
    count_unasked,
    entry_of,
    find_open_upload,
    find_weak_proxy,
    get_roster,
    list_claimants,
    list_respondents,
    list_rosters,
    sum_of,
    summary_of,
)
from app.collective.routes import bp
from app.collective.routes.tables import table_response
from app.collective.rules.roster import LABELS, ClaimantStatus, ExportPurpose
from app.collective.rules.settlement import weak_proxy_words
from app.law import clock
from app.matters.models import Matter
from app.matters.queries import get_matter
from app.matters.rules import LABELS as MATTER_LABELS
from app.matters.rules import ConsentDecision, ConsentManner
from app.web.forms import FormReader
from app.web.transaction import writes

PILLS = {
    ClaimantStatus.LISTED: "info",
    ClaimantStatus.PENDING: "warn",
    ClaimantStatus.SIGNED: "ok",
    ClaimantStatus.RETURNED: "idle",
    ClaimantStatus.REMOVED: "idle",
}
MANNERS = [(manner.value, MATTER_LABELS[manner]) for manner in ConsentManner]
PURPOSES = [(purpose.value, LABELS[purpose]) for purpose in ExportPurpose]
NO_STREET = "-"


@bp.get("/matters/<public_id>/rosters")
@permission_required(Permission.ROSTER_READ, of=get_matter)
def show_rosters(matter: Matter) -> ResponseReturnValue:
    """The rosters of a matter, and the form for a new one."""
    rosters = [{"roster": roster, "whole": summary_of(roster).whole} for roster in list_rosters(matter.id)]
    respondents = [(party.public_id, party.name) for party in list_respondents(matter)]
    return render_template("collective/rosters.html", matter=matter, rosters=rosters, respondents=respondents)


@bp.post("/matters/<public_id>/rosters")
@writes(reshow=show_rosters)
@permission_required(Permission.ROSTER_EDIT, of=get_matter)
def create_roster(matter: Matter) -> ResponseReturnValue:
    """Begin a roster."""
    form = FormReader(request.form, today=clock.today())
    name = form.line("name", "名册叫什么", limit=60)
    offered = {party.public_id: party for party in list_respondents(matter)}
    respondent = form.option("respondent", "对方当事人", offered)
    form.finish()
    assert respondent is not None
    roster = open_roster(matter, name, respondent, by=current_actor(), now=clock.now())
    return redirect(url_for("collective.show_upload", public_id=roster.public_id))


@bp.get("/rosters/<public_id>")
@permission_required(Permission.ROSTER_READ, of=get_roster)
def show_roster(roster: Roster) -> ResponseReturnValue:
    """Fifty claimants a page, cut to a street and a state, with the sums of all."""
    return _roster_page(roster, _filter())


@bp.post("/rosters/<public_id>/find")
@permission_required(Permission.ROSTER_READ, of=get_roster)
def find_claimants(roster: Roster) -> ResponseReturnValue:
    """Claimants by name or ID number; posted, so that neither stands in an address."""
    form = FormReader(request.form, today=clock.today())
    return _roster_page(roster, RosterFilter(text=form.line("text", "姓名或身份证号", limit=50, required=False)))


@bp.get("/rosters/<public_id>/consents")
@permission_required(Permission.MATTER_RECORD_CONSENT, of=get_roster)
def show_consents(roster: Roster) -> ResponseReturnValue:
    """Everybody who was not asked yet, to tick who refused and who was not met."""
    return render_template(
        "collective/consents.html",
        roster=roster,
        claimants=_unasked(roster),
        refused=request.form.getlist("refused"),
        unmet=request.form.getlist("unmet"),
        manners=MANNERS,
        today=clock.today(),
    )


@bp.post("/rosters/<public_id>/consents")
@writes(reshow=show_consents)
@permission_required(Permission.MATTER_RECORD_CONSENT, of=get_roster)
def save_consents(roster: Roster) -> ResponseReturnValue:
    """Record the list that went round: consented, but for those ticked."""
    form = FormReader(request.form, today=clock.today())
    waiting = {claimant.public_id: claimant for claimant in _unasked(roster)}
    refused = form.option_list("refused", "不同意的人", waiting)
    unmet = form.option_list("unmet", "没问到的人", waiting)
    manner = form.choice("manner", "怎么表示的", ConsentManner)
    given_on = form.date("given_on", "哪天")
    form.finish()
    answers = {
        claimant: ConsentDecision.REFUSED if claimant in refused else ConsentDecision.CONSENTED
        for claimant in waiting.values()
        if claimant not in unmet
    }
    count = record_roster_consents(
        roster, answers, manner=manner, given_on=given_on, by=current_actor(), now=clock.now()
    )
    flash(f"已登记 {count} 人：{count - len(refused)} 人同意，{len(refused)} 人不同意。", "ok")
    return redirect(url_for("collective.show_roster", public_id=roster.public_id))


@bp.post("/rosters/<public_id>/export")
@writes(reshow=show_roster)
@permission_required(Permission.ROSTER_EXPORT, of=get_roster)
def export_roster(roster: Roster) -> ResponseReturnValue:
    """The whole roster as a table with all personal data; on record."""
    form = FormReader(request.form, today=clock.today())
    purpose = form.choice("purpose", "导出做什么", ExportPurpose)
    form.finish()
    claimants = list_claimants(roster, RosterFilter())
    note_export(roster, purpose, len(claimants), by=current_actor())
    rows = [(entry_of(claimant, today=clock.today()), LABELS[claimant.status]) for claimant in claimants]
    response: Response = table_response(whole_roster(rows), f"{roster.name}.xlsx")
    return response


def _roster_page(roster: Roster, wanted: RosterFilter) -> str:
    summary = summary_of(roster)
    after = _after()
    found = list_claimants(roster, wanted, after=after, limit=PAGE)
    page = found[:PAGE]
    return render_template(
        "collective/roster.html",
        roster=roster,
        wanted=wanted,
        summary=summary,
        found=sum_of(roster, wanted),
        rows=[_row(claimant) for claimant in page],
        status_chips=_status_chips(roster, wanted, summary.by_status),
        next_url=_url(roster, wanted, after=page[-1].position) if len(found) > PAGE and not wanted.text else "",
        prev_url=_url(roster, wanted) if after else "",
        upload=find_open_upload(roster),
        unasked=count_unasked(roster),
        purposes=PURPOSES,
        street_url=lambda street: _url(roster, RosterFilter(street=street, status=wanted.status)),
        all_streets_url=_url(roster, RosterFilter(status=wanted.status)),
    )


def _row(claimant: Claimant) -> dict[str, Any]:
    """A claimant for the list, with a proxy who may not sign told in words."""
    return {
        "claimant": claimant,
        "pill": (LABELS[claimant.status], PILLS[claimant.status]),
        "proxy_problem": weak_proxy_words(find_weak_proxy(claimant, today=clock.today())),
    }


def _unasked(roster: Roster) -> list[Any]:
    return [claimant for claimant in list_claimants(roster, RosterFilter()) if not claimant.party.consents]


def _filter() -> RosterFilter:
    typed, street = request.args.get("status", ""), request.args.get("street")
    status = ClaimantStatus(typed) if typed in set(ClaimantStatus) else None
    return RosterFilter(street="" if street == NO_STREET else street, status=status)


def _after() -> int:
    typed = request.args.get("after", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0


def _url(roster: Roster, wanted: RosterFilter, *, after: int | None = None) -> str:
    street = NO_STREET if wanted.street == "" else wanted.street
    status = wanted.status.value if wanted.status else None
    return url_for("collective.show_roster", public_id=roster.public_id, street=street, status=status, after=after)


def _status_chips(roster: Roster, wanted: RosterFilter, by_status: dict[ClaimantStatus, Any]) -> list[dict[str, Any]]:
    everybody = {
        "label": "全部",
        "url": _url(roster, RosterFilter(street=wanted.street)),
        "current": wanted.status is None and not wanted.text,
    }
    chips = [
        {
            "label": LABELS[status],
            "url": _url(roster, RosterFilter(street=wanted.street, status=status)),
            "current": wanted.status is status,
            "count": by_status[status].count,
        }
        for status in ClaimantStatus
        if status in by_status
    ]
    return [everybody, *chips]
