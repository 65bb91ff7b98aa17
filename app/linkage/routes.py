"""The pages of a referral: send a dispute to a committee, answer, feed back, close or take back."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.documents.queries import list_papers_of
from app.documents.rules import Owner
from app.law import clock
from app.linkage.actions import (
    accept_referral,
    close_as_settled,
    decline_referral,
    feed_back,
    refer,
    return_to_petition,
    withdraw_consent,
)
from app.linkage.models import Linkage
from app.linkage.queries import find_case, find_linkage_of, get_linkage
from app.linkage.rules import LABELS, LinkageKind, PartyResult, usual_kind
from app.matters.forms.registration import find_unit
from app.matters.models import Matter
from app.matters.queries import get_matter
from app.matters.queries.handling import find_clock
from app.matters.queries.screening import answers_of_sides, list_parties
from app.matters.routes.presenting import lamp_of
from app.matters.rules import LABELS as MATTER_LABELS
from app.matters.rules import ConsentManner
from app.matters.rules.entering import has_all_consents
from app.people.models import OrganisationKind
from app.people.queries import list_mediators, list_organisations
from app.web import labels
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, writes

bp = Blueprint("linkage", __name__)
labels.register(LABELS)


@bp.get("/matters/<public_id>/refer")
@permission_required(Permission.LINKAGE_REFER, of=get_matter)
def show_refer(matter: Matter) -> ResponseReturnValue:
    """Which committee, with which words; conditions first."""
    parties = list_parties(matter.id)
    committees = list_organisations(OrganisationKind.MEDIATION_COMMITTEE)
    return render_template(
        "linkage/refer.html",
        matter=matter,
        parties=parties,
        committees=[(committee.public_id, committee.name) for committee in committees],
        kinds=[(kind.value, LABELS[kind]) for kind in LinkageKind],
        usual_kind=usual_kind(matter.status).value,
        is_agreed=has_all_consents(answers_of_sides(parties), is_collective=matter.visit.is_collective),
    )


@bp.post("/matters/<public_id>/refer")
@writes(reshow=show_refer)
@permission_required(Permission.LINKAGE_REFER, of=get_matter)
def send_referral(matter: Matter) -> ResponseReturnValue:
    """Send the referral letter."""
    form = FormReader(request.form, today=clock.today())
    check_seen_version(matter, form.version())
    committee = find_unit(form, "committee")
    if committee is None:
        form.fail("committee", "请选一个调解委员会。")
    kind = form.choice("kind", "移送还是委托", LinkageKind)
    summary = form.text("summary", "基本情况", limit=2000)
    form.finish()
    assert committee is not None
    linkage = refer(matter, committee, kind=kind, summary=summary, by=current_actor(), now=clock.now())
    flash(f"{linkage.referral_number} 已出具，等{committee.name}答复。", "ok")
    return redirect(url_for("linkage.show", public_id=linkage.public_id))


@bp.get("/linkages/<public_id>")
@permission_required(Permission.LINKAGE_READ, of=get_linkage)
def show(linkage: Linkage) -> ResponseReturnValue:
    """Where the referral stands, what is due, what may be done now."""
    return _page(linkage)


@bp.post("/linkages/<public_id>/accept")
@writes(reshow=show)
@permission_required(Permission.LINKAGE_ANSWER, of=get_linkage)
def accept(linkage: Linkage) -> ResponseReturnValue:
    """The committee takes it; its mediators are named at once."""
    form = _read(linkage)
    mediators = _mediators(linkage)
    offered = {account.public_id: account for account in mediators}
    chosen = form.option_list("mediators", "调解员", offered)
    accepted_on = form.date("accepted_on", "受理日期")
    form.finish()
    case = accept_referral(linkage, mediators=chosen, accepted_on=accepted_on, by=current_actor(), now=clock.now())
    flash(f"已接收，调解案件 {case.number}。", "ok")
    return _back(linkage)


@bp.post("/linkages/<public_id>/decline")
@writes(reshow=show)
@permission_required(Permission.LINKAGE_ANSWER, of=get_linkage)
def decline(linkage: Linkage) -> ResponseReturnValue:
    """The committee declines; afterwards it no longer sees the matter."""
    form = _read(linkage)
    ground = form.text("ground", "理由", limit=1000)
    basis = form.line("basis", "依据", limit=200)
    routes = tuple(line.strip() for line in form.text("routes", "可以走的路", limit=1000).splitlines() if line.strip())
    form.finish()
    decline_referral(linkage, ground=ground, basis=basis, routes=routes, by=current_actor(), now=clock.now())
    flash("不予调解函已出具，事项转回信访部门。", "ok")
    return redirect(url_for("matters.show_list"))


@bp.post("/linkages/<public_id>/withdraw-consent")
@writes(reshow=show)
@permission_required(Permission.MATTER_RECORD_CONSENT, of=get_linkage)
def take_back_consent(linkage: Linkage) -> ResponseReturnValue:
    """A side no longer wants mediation."""
    form = _read(linkage)
    party = form.option("party", "哪一方", {str(row.party_id): row.party for row in linkage.parties})
    manner = form.choice("manner", "怎么表示的", ConsentManner)
    given_on = form.date("given_on", "哪天表示的")
    note = form.line("note", "备注", limit=200, required=False)
    form.finish()
    assert party is not None
    withdraw_consent(linkage, party, manner=manner, given_on=given_on, note=note, by=current_actor(), now=clock.now())
    flash(f"{party.name} 撤回同意，调解结束。", "ok")
    return _back(linkage)


@bp.post("/linkages/<public_id>/feedback")
@writes(reshow=show)
@permission_required(Permission.LINKAGE_FEED_BACK, of=get_linkage)
def send_feedback(linkage: Linkage) -> ResponseReturnValue:
    """The committee tells what came of it, party by party."""
    form = _read(linkage)
    results = {
        row.id: form.choice(f"result-{row.id}", f"{row.party.name}的结果", PartyResult) for row in linkage.parties
    }
    summary = form.text("summary", "情况", limit=2000)
    form.finish()
    feed_back(linkage, results, summary=summary, by=current_actor(), now=clock.now())
    flash("反馈函已出具。", "ok")
    return _back(linkage)


@bp.post("/linkages/<public_id>/close")
@writes(reshow=show)
@permission_required(Permission.LINKAGE_REFER, of=get_linkage)
def close(linkage: Linkage) -> ResponseReturnValue:
    """Close the petition as settled by mediation."""
    _read(linkage)
    close_as_settled(linkage, by=current_actor(), now=clock.now())
    flash("按调解化解办结了。", "ok")
    return redirect(url_for("matters.show", public_id=linkage.matter.public_id))


@bp.post("/linkages/<public_id>/return")
@writes(reshow=show)
@permission_required(Permission.LINKAGE_REFER, of=get_linkage)
def take_back(linkage: Linkage) -> ResponseReturnValue:
    """Go on in petition handling."""
    _read(linkage)
    return_to_petition(linkage, by=current_actor(), now=clock.now())
    flash("已转回信访办理，原来的期限接着算。", "ok")
    return redirect(url_for("matters.show", public_id=linkage.matter.public_id))


@bp.get("/matters/<public_id>/linkage")
@permission_required(Permission.MATTER_READ, of=get_matter)
def show_newest(matter: Matter) -> ResponseReturnValue:
    """Lead to the newest referral of a matter."""
    linkage = find_linkage_of(matter.id)
    if linkage is None:
        return redirect(url_for("matters.show", public_id=matter.public_id))
    return redirect(url_for("linkage.show", public_id=linkage.public_id))


def _page(linkage: Linkage) -> ResponseReturnValue:
    running = find_clock(Owner("linkage", linkage.id), "linkage_committee_answer")
    today = clock.today()
    return render_template(
        "linkage/show.html",
        linkage=linkage,
        matter=linkage.matter,
        case=find_case(linkage),
        answer=running,
        lamp=lamp_of(running, today) if running and linkage.status.value == "referred" else None,
        mediators=[(account.public_id, account.name, account.post) for account in _mediators(linkage)],
        papers=list_papers_of(Owner("linkage", linkage.id)),
        results=[(result.value, LABELS[result]) for result in PartyResult if result is not PartyResult.PENDING],
        manners=[(manner.value, MATTER_LABELS[manner]) for manner in ConsentManner],
        today=today,
        steps=_steps(linkage),
    )


def _mediators(linkage: Linkage) -> list[Any]:
    return list_mediators(linkage.matter.dispute_type, linkage.committee_id, clock.today())


def _steps(linkage: Linkage) -> list[dict[str, Any]]:
    """The way of R-LINK-06 as the path above the page."""
    dates = [linkage.referred_on, linkage.answered_on, linkage.ended_on, linkage.fed_back_on, linkage.closed_on]
    words = ["发函", "调委会答复", "调解结束", "反馈结果", "办结或者转回"]
    done = sum(day is not None for day in dates)
    return [
        {
            "label": word,
            "note": f"{day.month}月{day.day}日" if day else "",
            "state": "done" if day else ("now" if place == done and linkage.is_open else "todo"),
        }
        for place, (word, day) in enumerate(zip(words, dates, strict=True))
    ]


def _read(linkage: Linkage) -> FormReader:
    form = FormReader(request.form, today=clock.today())
    check_seen_version(linkage, form.version())
    return form


def _back(linkage: Linkage) -> ResponseReturnValue:
    return redirect(url_for("linkage.show", public_id=linkage.public_id))
