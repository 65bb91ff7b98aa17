"""The closed record: its paper, who signed, who did not and why, notes."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.documents.models import IssuedPaper
from app.law import clock
from app.mediation import actions, queries
from app.mediation.forms import read_words
from app.mediation.models import MediationCase, MediationRecord
from app.mediation.queries.meetings import number_of
from app.mediation.routes import bp
from app.mediation.routes.live import shown_turns
from app.signing.actions import WrittenScan, discard_scan, write_scan
from app.signing.forms import read_paper_signatures
from app.signing.queries import find_round, get_round, get_slot
from app.signing.rules import RoundState
from app.web.forms import FormReader
from app.web.transaction import writes
from app.web.uploads import act_on_file, read_upload


@bp.get("/mediations/<public_id>/meetings/<int:position>/record")
@permission_required(Permission.MEDIATION_READ, of=queries.get_case)
def show_record(case: MediationCase, position: int) -> ResponseReturnValue:
    """The record as it was closed, with its signatures and notes."""
    meeting = queries.get_meeting(case, position)
    record = queries.get_record(meeting)
    if not record.is_closed:
        return redirect(url_for("mediation.show_live", public_id=case.public_id, position=position))
    round_ = find_round(record.paper) if record.paper else None
    return render_template(
        "mediation/record.html",
        case=case,
        meeting=meeting,
        record=record,
        nth=number_of(case, meeting),
        turns=shown_turns(case, meeting, record),
        slots=round_.slots if round_ else [],
        is_signing=round_ is not None and round_.state is RoundState.OPEN,
        actor_id=current_actor().account_id,
    )


@bp.get("/mediations/<public_id>/meetings/<int:position>/record/sign/<key>")
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def show_pad(case: MediationCase, position: int, key: str) -> ResponseReturnValue:
    """The exact paper first, then the pad."""
    record, paper = _record_and_paper(case, position)
    return render_template(
        "mediation/sign.html",
        case=case,
        meeting=record.meeting,
        paper=paper,
        slot=get_slot(paper, key),
        shown=paper.latest.sha256 if paper.latest else "",
    )


@bp.post("/mediations/<public_id>/meetings/<int:position>/record/sign/<key>")
@writes(reshow=show_pad)
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def sign(case: MediationCase, position: int, key: str) -> ResponseReturnValue:
    """Keep a hand signature."""
    record, paper = _record_and_paper(case, position)
    is_complete = actions.sign_record(
        record,
        key,
        request.form.get("strokes", ""),
        shown_sha256=request.form.get("shown", ""),
        by=current_actor(),
        now=clock.now(),
    )
    _say(f"{get_slot(paper, key).name}签好了。", is_complete)
    return _back(case, position)


@bp.post("/mediations/<public_id>/meetings/<int:position>/record/refuse/<key>")
@writes(reshow=lambda public_id, position, key: show_record(public_id=public_id, position=position))
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def refuse(case: MediationCase, position: int, key: str) -> ResponseReturnValue:
    """Record that somebody does not sign, with his reason."""
    record, paper = _record_and_paper(case, position)
    reason = read_words(FormReader(request.form, today=clock.today()), "不签的理由")
    is_complete = actions.refuse_to_sign_record(record, key, reason, by=current_actor(), now=clock.now())
    _say(f"{get_slot(paper, key).name}不签，理由已记下。", is_complete)
    return _back(case, position)


@bp.get("/mediations/<public_id>/meetings/<int:position>/record/paper")
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def show_paper_signing(case: MediationCase, position: int) -> ResponseReturnValue:
    """Print, sign, scan: who signed on the paper, when, and the scan."""
    record, paper = _record_and_paper(case, position)
    me = current_actor().account_id
    slots = [slot for slot in get_round(paper).slots if not slot.is_signed and slot.account_id in (None, me)]
    return render_template(
        "mediation/paper.html", case=case, meeting=record.meeting, paper=paper, slots=slots, today=clock.today()
    )


@bp.post("/mediations/<public_id>/meetings/<int:position>/record/paper")
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def add_paper_signatures(case: MediationCase, position: int) -> ResponseReturnValue:
    """Check and write the scan before the transaction begins, then record the signatures it shows."""
    place: dict[str, Any] = {"public_id": case.public_id, "position": position}
    return act_on_file(
        lambda: write_scan(read_upload("scan")),
        lambda written: _record_paper_signatures(**place, written=written),
        discard=discard_scan,
        reshow=lambda: show_paper_signing(**place),
    )


@writes(reshow=lambda public_id, position, written: show_paper_signing(public_id=public_id, position=position))
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def _record_paper_signatures(case: MediationCase, position: int, written: WrittenScan) -> ResponseReturnValue:
    record, paper = _record_and_paper(case, position)
    keys = [slot.key for slot in get_round(paper).slots]
    typed = read_paper_signatures(FormReader(request.form, today=clock.today()), keys)
    is_complete = actions.sign_record_on_paper(
        record,
        typed.keys,
        written,
        signed_on=typed.signed_on,
        manner=typed.manner,
        by=current_actor(),
        now=clock.now(),
    )
    _say(f"已登记 {len(typed.keys)} 人在纸上的签名。", is_complete)
    return _back(case, position)


@bp.post("/mediations/<public_id>/meetings/<int:position>/record/notes")
@writes(reshow=lambda public_id, position: show_record(public_id=public_id, position=position))
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def add_note(case: MediationCase, position: int) -> ResponseReturnValue:
    """Append a note."""
    record, _ = _record_and_paper(case, position)
    words = read_words(FormReader(request.form, today=clock.today()), "附注")
    actions.add_note(record, words, by=current_actor(), now=clock.now())
    flash("附注已记下，记录本身没有动。", "ok")
    return _back(case, position)


def _record_and_paper(case: MediationCase, position: int) -> tuple[MediationRecord, IssuedPaper]:
    record = queries.get_record(queries.get_meeting(case, position))
    return record, queries.get_record_paper(record)


def _say(said: str, is_complete: bool) -> None:
    flash(f"{said}{'人都齐了，记录归卷。' if is_complete else ''}", "ok")


def _back(case: MediationCase, position: int) -> ResponseReturnValue:
    return redirect(url_for("mediation.show_record", public_id=case.public_id, position=position))
