"""Signing the papers of a hearing: every page is shown before the pad opens; or print, sign and scan (R-HEAR-26)."""

from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import check_allowed, current_actor, may, permission_required
from app.access.permissions import Permission
from app.documents.models import IssuedPaper
from app.documents.papers import get_paper_type
from app.documents.papers.hearing_minutes import HearingMinutesFacts
from app.documents.queries import facts_of
from app.errors import NotFound
from app.hearings.actions import closing
from app.hearings.forms.closing import read_refusal
from app.hearings.models import Hearing
from app.hearings.queries.deliberation import DeliberationRoom
from app.hearings.queries.earlier_days import is_earlier_place
from app.hearings.queries.hearings import get_hearing
from app.hearings.queries.minutes_facts import account_behind
from app.hearings.queries.parties import AUTHORITY, ELECTION, is_party_paper
from app.hearings.queries.signing import (
    earlier_days_of,
    get_signed_paper,
    is_being_signed,
    list_places,
    printed_turns,
)
from app.hearings.routes import bp
from app.hearings.routes.printed import stages_on_page
from app.hearings.rules.closing import check_own_place
from app.law import clock
from app.signing.actions import WrittenScan, current_digest, discard_scan, write_scan
from app.signing.forms import read_paper_signatures
from app.signing.models import SigningSlot
from app.signing.queries import get_round, get_slot
from app.web.forms import FormReader
from app.web.transaction import writes
from app.web.uploads import act_on_file, read_upload

READ = "pages_read"
MINUTES = "hearing_minutes"


@bp.get("/hearings/<public_id>/signing/<paper_id>/<key>/pages/<int:position>")
@permission_required(Permission.HEARING_READ, of=get_hearing)
def show_page(hearing: Hearing, paper_id: str, key: str, position: int) -> ResponseReturnValue:
    """One page of the minutes, large; the next one only after this one."""
    paper, slot = _place(hearing, paper_id, key)
    pages, read = _pages(paper), _pages_read(paper, key)
    if not 1 <= position <= min(read + 1, pages):
        return _to_page(hearing, paper, key, min(read + 1, pages))
    session[READ] = [_mark(paper, key), max(read, position)]
    return render_template(
        "hearings/reading.html",
        hearing=hearing,
        paper=paper,
        slot=slot,
        page=position,
        pages=pages,
        facts=_minutes_facts(paper),
        stages=stages_on_page(printed_turns(paper), position),
    )


@bp.get("/hearings/<public_id>/signing/<paper_id>/<key>")
@permission_required(Permission.HEARING_READ, of=get_hearing)
def show_pad(hearing: Hearing, paper_id: str, key: str) -> ResponseReturnValue:
    """The pad; of minutes only once every page was shown."""
    paper, slot = _place(hearing, paper_id, key)
    if slot.is_signed:
        return _back(hearing, paper)
    if paper.type_name == MINUTES and _pages_read(paper, key) < _pages(paper):
        return _to_page(hearing, paper, key, 1)
    return render_template(
        "hearings/pad.html",
        hearing=hearing,
        paper=paper,
        title=get_paper_type(paper.type_name).title,
        slot=slot,
        shown=request.form.get("shown", "") or current_digest(paper),
        pages=_pages(paper),
        is_paged=paper.type_name == MINUTES,
        may_scan=_keeps(hearing, paper),
    )


@bp.post("/hearings/<public_id>/signing/<paper_id>/<key>")
@writes(reshow=show_pad)
@permission_required(Permission.HEARING_READ, of=get_hearing)
def sign(hearing: Hearing, paper_id: str, key: str) -> ResponseReturnValue:
    """Keep the signature; it stands on every page of the signed paper."""
    paper, slot = _place(hearing, paper_id, key)
    closing.sign_at_tablet(
        hearing,
        paper,
        key,
        request.form.get("strokes", ""),
        shown_sha256=request.form.get("shown", ""),
        pages_read=_pages_read(paper, key) if paper.type_name == MINUTES else _pages(paper),
        by=current_actor(),
        now=clock.now(),
    )
    session.pop(READ, None)
    flash(f"{slot.name}签好了。{_rest_words(paper)}", "ok")
    return _back(hearing, paper)


@bp.get("/hearings/<public_id>/signing/<paper_id>/<key>/refuse")
@permission_required(Permission.HEARING_READ, of=get_hearing)
def show_refusal(hearing: Hearing, paper_id: str, key: str) -> ResponseReturnValue:
    """Where the reason of somebody who does not sign is written down."""
    paper, slot = _place(hearing, paper_id, key)
    title = get_paper_type(paper.type_name).title
    return render_template(
        "hearings/refuse.html",
        hearing=hearing,
        paper=paper,
        slot=slot,
        title=title,
        is_earlier=is_earlier_place(hearing, key),
    )


@bp.post("/hearings/<public_id>/signing/<paper_id>/<key>/refuse")
@writes(reshow=show_refusal)
@permission_required(Permission.HEARING_READ, of=get_hearing)
def refuse(hearing: Hearing, paper_id: str, key: str) -> ResponseReturnValue:
    """Record that somebody does not sign, with his reason."""
    paper, slot = _place(hearing, paper_id, key)
    reason, is_unreached = read_refusal(FormReader(request.form, today=clock.today()))
    closing.refuse_to_sign(hearing, paper, key, reason, is_unreached=is_unreached, by=current_actor(), now=clock.now())
    what = "没有到场签名，情况" if is_unreached else "不签，理由"
    flash(f"{slot.name}{what}已记下，会印在文书上。{_rest_words(paper)}", "ok")
    return _back(hearing, paper)


@bp.get("/hearings/<public_id>/signing/<paper_id>/scan")
@permission_required(Permission.HEARING_READ, of=get_hearing)
def show_scan(hearing: Hearing, paper_id: str) -> ResponseReturnValue:
    """Print, sign each page, scan: who signed on the paper and when."""
    paper = _kept_paper(hearing, paper_id)
    return render_template(
        "hearings/scan.html",
        hearing=hearing,
        paper=paper,
        title=get_paper_type(paper.type_name).title,
        slots=list(_open_slots(paper).values()),
        back=_address(hearing, paper),
        today=clock.today(),
    )


@bp.post("/hearings/<public_id>/signing/<paper_id>/scan")
@permission_required(Permission.HEARING_READ, of=get_hearing)
def add_scan(hearing: Hearing, paper_id: str) -> ResponseReturnValue:
    """Check and write the scan before the transaction begins, then record the signatures it shows."""
    _kept_paper(hearing, paper_id)
    place = {"public_id": hearing.public_id, "paper_id": paper_id}
    return act_on_file(
        lambda: write_scan(read_upload("scan")),
        lambda written: _record_scan(**place, written=written),
        discard=discard_scan,
        reshow=lambda: show_scan(**place),
    )


@writes(reshow=lambda public_id, paper_id, written: show_scan(public_id=public_id, paper_id=paper_id))
@permission_required(Permission.HEARING_READ, of=get_hearing)
def _record_scan(hearing: Hearing, paper_id: str, written: WrittenScan) -> ResponseReturnValue:
    paper, now = _kept_paper(hearing, paper_id), clock.now()
    typed = read_paper_signatures(FormReader(request.form, today=clock.local_date(now)), _open_slots(paper))
    closing.record_paper_signatures(
        hearing,
        paper,
        typed.keys,
        written,
        signed_on=typed.signed_on,
        manner=typed.manner,
        by=current_actor(),
        now=now,
    )
    flash(f"已登记 {len(typed.keys)} 人在纸上的签名。{_rest_words(paper)}", "ok")
    return _back(hearing, paper)


def place_rows(hearing: Hearing, paper: IssuedPaper | None) -> list[dict[str, Any]]:
    """The places of a paper as a table shows them, each with what the person who looks may do there."""
    is_open = paper is not None and paper.is_ready and is_being_signed(paper)
    keeps = may(Permission.HEARING_RECORD, hearing)
    days = earlier_days_of(paper)
    rows = []
    for place in list_places(hearing, paper):
        is_own = place.account_id == current_actor().account_id
        is_waiting = is_open and not place.slot.is_signed
        rows.append(
            {
                "slot": place.slot,
                "days": days.get(place.slot.key, ""),
                "may_sign": is_waiting and (is_own if place.account_id else keeps),
                "may_refuse": is_waiting and not place.slot.is_refused and (is_own or keeps),
                "must_log_in": is_waiting and place.account_id is not None and not is_own,
            }
        )
    return rows


def _paper(hearing: Hearing, paper_id: str) -> IssuedPaper:
    room = DeliberationRoom(hearing)
    return get_signed_paper(hearing, paper_id, is_seated=may(Permission.HEARING_DELIBERATE, room))


def _keeper_of(hearing: Hearing, paper: IssuedPaper) -> Permission:
    """Who takes the signatures of others: who keeps the minutes; for papers of the parties also who manages it."""
    is_managed = is_party_paper(paper) and not may(Permission.HEARING_RECORD, hearing)
    return Permission.HEARING_MANAGE if is_managed else Permission.HEARING_RECORD


def _keeps(hearing: Hearing, paper: IssuedPaper) -> bool:
    return may(_keeper_of(hearing, paper), hearing)


def _kept_paper(hearing: Hearing, paper_id: str) -> IssuedPaper:
    """The paper, for those who take the signatures of others on it."""
    paper = _paper(hearing, paper_id)
    check_allowed(current_actor(), _keeper_of(hearing, paper), hearing)
    return paper


def _place(hearing: Hearing, paper_id: str, key: str) -> tuple[IssuedPaper, SigningSlot]:
    """The paper and the place; only who signs there himself or keeps the minutes gets it."""
    paper = _paper(hearing, paper_id)
    slot, holder = get_slot(paper, key), account_behind(hearing, key)
    if holder != current_actor().account_id:
        check_allowed(current_actor(), _keeper_of(hearing, paper), hearing)
        if request.endpoint not in ("hearings.show_refusal", "hearings.refuse"):
            check_own_place(holder, current_actor().account_id)
    return paper, slot


def _open_slots(paper: IssuedPaper) -> dict[str, SigningSlot]:
    return {slot.key: slot for slot in get_round(paper).slots if not slot.is_signed}


def _minutes_facts(paper: IssuedPaper) -> HearingMinutesFacts:
    facts = facts_of(paper)
    if not isinstance(facts, HearingMinutesFacts):
        raise NotFound("这份文书不用逐页看，直接签就行。")
    return facts


def _pages(paper: IssuedPaper) -> int:
    current_digest(paper)
    return paper.latest.pages if paper.latest else 1


def _mark(paper: IssuedPaper, key: str) -> str:
    return f"{current_digest(paper)[:16]} {key}"


def _pages_read(paper: IssuedPaper, key: str) -> int:
    """How many pages were shown to this signer on this device."""
    mark, read = session.get(READ, ["", 0])
    return int(read) if mark == _mark(paper, key) else 0


def _rest_words(paper: IssuedPaper) -> str:
    waiting = [slot.name for slot in get_round(paper).slots if not slot.signature]
    return f"还差 {len(waiting)} 人。" if waiting else "都办完了。"


def _to_page(hearing: Hearing, paper: IssuedPaper, key: str, position: int) -> ResponseReturnValue:
    return redirect(
        url_for(
            "hearings.show_page",
            public_id=hearing.public_id,
            paper_id=paper.public_id,
            key=key,
            position=position,
        )
    )


def _address(hearing: Hearing, paper: IssuedPaper) -> str:
    pages = {
        "deliberation_minutes": "show_deliberation",
        "hearing_opinion": "show_opinion",
        AUTHORITY: "show_parties",
        ELECTION: "show_parties",
    }
    return url_for(f"hearings.{pages.get(paper.type_name, 'show_minutes')}", public_id=hearing.public_id)


def _back(hearing: Hearing, paper: IssuedPaper) -> ResponseReturnValue:
    return redirect(_address(hearing, paper))
