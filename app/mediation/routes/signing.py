"""The closed record: its paper, who signed, who did not and why, notes."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.documents.models import IssuedPaper
from app.errors import DomainError, NotFound
from app.law import clock
from app.mediation import actions, queries
from app.mediation.forms import read_words
from app.mediation.models import MediationCase, MediationRecord
from app.mediation.queries.meetings import number_of
from app.mediation.routes import bp
from app.mediation.routes.live import shown_turns
from app.signing import actions as signing
from app.signing.actions import WrittenScan
from app.signing.queries import find_round, get_round, get_slot
from app.signing.rules import Manner, RoundState
from app.web.forms import FormReader
from app.web.transaction import writes


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
    by, now = current_actor(), clock.now()
    strokes, shown = request.form.get("strokes", ""), request.form.get("shown", "")
    signature = signing.sign(paper, key, strokes, shown_sha256=shown, by=by, now=now)
    _finish(record, f"{signature.slot.name}签好了。")
    return _back(case, position)


@bp.post("/mediations/<public_id>/meetings/<int:position>/record/refuse/<key>")
@writes(reshow=lambda public_id, position, key: show_record(public_id=public_id, position=position))
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def refuse(case: MediationCase, position: int, key: str) -> ResponseReturnValue:
    """Record that somebody does not sign, with his reason."""
    record, paper = _record_and_paper(case, position)
    reason = read_words(FormReader(request.form, today=clock.today()), "不签的理由")
    signature = signing.refuse_to_sign(paper, key, reason, by=current_actor(), now=clock.now())
    _finish(record, f"{signature.slot.name}不签，理由已记下。")
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
    file = request.files.get("scan")
    try:
        written = signing.write_scan(file.read() if file else b"")
    except DomainError as refusal:
        g.refusal = refusal
        return show_paper_signing(public_id=case.public_id, position=position), refusal.status
    try:
        answer: ResponseReturnValue = _record_paper_signatures(
            public_id=case.public_id, position=position, written=written
        )
    finally:
        signing.discard_scan(written)
    return answer


@writes(reshow=lambda public_id, position, written: show_paper_signing(public_id=public_id, position=position))
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def _record_paper_signatures(case: MediationCase, position: int, written: WrittenScan) -> ResponseReturnValue:
    record, paper = _record_and_paper(case, position)
    form = FormReader(request.form, today=clock.today())
    slots = {slot.key: slot for slot in get_round(paper).slots}
    signed = form.option_list("keys", "谁签了", slots)
    manner = form.choice("manner", "怎么签的", Manner)
    signed_on = form.date("signed_on", "签名日期")
    if not signed:
        form.fail("keys", "请勾选纸上签了名的人。")
    if manner not in (Manner.PAPER, Manner.FINGERPRINT):
        form.fail("manner", "请选签名或者按指印。")
    form.finish()
    by, now = current_actor(), clock.now()
    scan = signing.add_scan(paper, written, by=by, now=now)
    for slot in signed:
        signing.record_paper_signature(paper, slot.key, scan=scan, signed_on=signed_on, by=by, now=now, manner=manner)
    _finish(record, f"已登记 {len(signed)} 人在纸上的签名。")
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
    if record.paper is None:
        raise NotFound("这份记录还没有定稿。")
    return record, record.paper


def _finish(record: MediationRecord, said: str) -> None:
    is_complete = actions.finish_signing(record, by=current_actor(), now=clock.now())
    flash(f"{said}{'人都齐了，记录归卷。' if is_complete else ''}", "ok")


def _back(case: MediationCase, position: int) -> ResponseReturnValue:
    return redirect(url_for("mediation.show_record", public_id=case.public_id, position=position))
