"""The parties of a hearing: their proxies, the election of representatives, what is missing before the hearing."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, may, permission_required
from app.access.permissions import Permission
from app.documents.models import IssuedPaper
from app.hearings.actions import parties as acts
from app.hearings.forms.parties import read_authority, read_election
from app.hearings.models import Hearing
from app.hearings.queries.hearings import get_hearing, procedure_for
from app.hearings.queries.parties import elections_of, get_party_paper, lacks_of, list_files, petitioners_of
from app.hearings.queries.scheduling import hold_by_day, session_day
from app.hearings.queries.service import get_hearing_party, notice_state
from app.hearings.routes import bp
from app.hearings.routes.applications import read_form
from app.hearings.routes.presenting import hearing_values, side_word
from app.hearings.rules.parties import FILING, GENERAL, POWER_WORDS, Power
from app.hearings.rules.words import HearingSide
from app.law import clock
from app.signing.queries import get_round
from app.web.transaction import writes


@bp.get("/hearings/<public_id>/parties")
@permission_required(Permission.HEARING_READ, of=get_hearing)
def show_parties(hearing: Hearing) -> ResponseReturnValue:
    """Each party with its proxies, what is being signed, and what is still missing."""
    values = hearing_values(hearing)
    files = list_files(hearing, clock.today())
    signing, signed = elections_of(hearing)
    state = notice_state(hearing, values["procedure"])
    return render_template(
        "hearings/parties.html",
        **values,
        files=[(file, side_word(values["procedure"], file.row.side), _papers(file.unsigned)) for file in files],
        lacks=lacks_of(hearing, files),
        unserved=[row.party.name for row in state.unserved] if hearing.services else [],
        held_on=session_day(hearing),
        petitioners=list(petitioners_of(hearing).values()),
        represented=len(petitioners_of(hearing)) > len(hearing.parties_of(HearingSide.APPLICANT)),
        elections=_papers(signing),
        signed_elections=signed,
        manages=may(Permission.HEARING_MANAGE, hearing) and hearing.status in FILING,
    )


@bp.get("/hearings/<public_id>/parties/<party_id>/authority")
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def show_authority(hearing: Hearing, party_id: str) -> ResponseReturnValue:
    """The form for one proxy of a party."""
    today = clock.today()
    return render_template(
        "hearings/authority.html",
        **hearing_values(hearing),
        row=get_hearing_party(hearing, party_id),
        powers=[(power.value, POWER_WORDS[power]) for power in Power],
        usual=[power.value for power in GENERAL],
        held_on=session_day(hearing),
        valid_until=max(filter(None, (hold_by_day(hearing), session_day(hearing))), default=None),
        today=today,
    )


@bp.post("/hearings/<public_id>/parties/<party_id>/authority")
@writes(reshow=show_authority)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def take_authority(hearing: Hearing, party_id: str) -> ResponseReturnValue:
    """File a signed authority, or put it on paper to be signed."""
    row, typed = get_hearing_party(hearing, party_id), read_authority(read_form(hearing))
    by, now = current_actor(), clock.now()
    if typed.is_written:
        acts.file_authority(row, typed.new, by=by, now=now)
        flash(f"已登记 {row.party.name} 的代理人 {typed.new.name}。", "ok")
    else:
        acts.issue_authority(row, typed.new, procedure=procedure_for(hearing, clock.today()), by=by, now=now)
        flash("授权委托书已出，请委托人和代理人签名。签齐了才算数。", "ok")
    return _back(hearing)


@bp.post("/hearings/<public_id>/proxies/<proxy_id>/revoke")
@writes(reshow=lambda public_id, proxy_id: show_parties(public_id=public_id))
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def end_authority(hearing: Hearing, proxy_id: str) -> ResponseReturnValue:
    """The party takes its authority back."""
    proxy = acts.end_authority(hearing, proxy_id, by=current_actor(), now=clock.now())
    flash(f"已撤销对 {proxy.name} 的委托，从今天起。", "ok")
    return _back(hearing)


@bp.get("/hearings/<public_id>/election")
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def show_election(hearing: Hearing) -> ResponseReturnValue:
    """Choose who represents the others."""
    seated = [row.party.public_id for row in hearing.parties_of(HearingSide.APPLICANT)]
    petitioners = [(key, party.name) for key, party in petitioners_of(hearing).items()]
    return render_template(
        "hearings/election.html",
        **hearing_values(hearing),
        petitioners=petitioners,
        seated=seated if len(seated) < len(petitioners) else [],
        is_noticed=bool(hearing.services),
    )


@bp.post("/hearings/<public_id>/election")
@writes(reshow=show_election)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def elect(hearing: Hearing) -> ResponseReturnValue:
    """Put the election on paper for everybody to sign."""
    elected = read_election(read_form(hearing), petitioners_of(hearing))
    procedure = procedure_for(hearing, clock.today())
    acts.issue_election(hearing, elected, procedure=procedure, by=current_actor(), now=clock.now())
    flash("代表推选书已出，请每个人签名。签齐了才算数。", "ok")
    return _back(hearing)


@bp.post("/hearings/<public_id>/authorities/<paper_id>/void")
@writes(reshow=lambda public_id, paper_id: show_parties(public_id=public_id))
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def drop_party_paper(hearing: Hearing, paper_id: str) -> ResponseReturnValue:
    """Make a paper void that was not signed to the end."""
    acts.drop_party_paper(hearing, get_party_paper(hearing, paper_id), by=current_actor(), now=clock.now())
    flash("这份文书已作废。", "ok")
    return _back(hearing)


def _papers(papers: Any) -> list[tuple[IssuedPaper, Any]]:
    """Papers that are being signed, each with its places."""
    return [(paper, get_round(paper).slots) for paper in papers]


def _back(hearing: Hearing) -> ResponseReturnValue:
    return redirect(url_for("hearings.show_parties", public_id=hearing.public_id))
