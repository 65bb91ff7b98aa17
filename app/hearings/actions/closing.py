"""Closing the minutes: the paper, each one's signature on each page or his refusal, notes afterwards (R-HEAR-26)."""

from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import issue
from app.documents.models import IssuedPaper
from app.documents.rules import Owner
from app.extensions import db
from app.hearings.actions.afterwards import note_held
from app.hearings.actions.parties import put_on_file
from app.hearings.models import Attendance, Hearing, HearingMinutes, MinutesNote
from app.hearings.queries.earlier_days import is_earlier_place
from app.hearings.queries.minutes_facts import (
    account_behind,
    facts_of_minutes,
    facts_of_note,
    present_of,
    signers_of_minutes,
    signers_of_note,
)
from app.hearings.queries.parties import is_party_paper
from app.hearings.rules.closing import (
    check_may_add_note,
    check_may_be_unreached,
    check_may_close,
    check_own_place,
    check_pages_read,
    check_refusal_counts,
    check_required_present,
)
from app.hearings.rules.procedures import Procedure
from app.law import clock
from app.signing import actions as signing
from app.signing.actions import WrittenScan
from app.signing.models import Signature
from app.signing.queries import missing_signers
from app.signing.rules import Manner


def close_minutes(minutes: HearingMinutes, *, procedure: Procedure, by: Actor, now: datetime) -> IssuedPaper:
    """Close the minutes of a sitting that is over: the paper is issued and goes round for signatures (INV-18).

    Refuses minutes that are closed, go on, or that chair, recorder or a side could not sign.
    """
    check_may_close(is_ended=minutes.ended_at is not None, is_closed=minutes.is_closed)
    check_required_present([row.role for row in present_of(minutes)])
    minutes.closed_at, minutes.closed_by = now, by.account_id
    paper = issue(
        facts_of_minutes(minutes, procedure),
        owner=Owner(minutes.hearing.kind, minutes.hearing_id),
        matter_id=minutes.matter_id,
        organisation=minutes.hearing.organ,
        by=by,
        now=now,
        fixed_number=minutes.hearing.number,
    )
    minutes.paper = paper
    signers = signers_of_minutes(minutes)
    signing.open_signing(paper, signers, by=by, now=now)
    record(by, "minutes.close", minutes, turns=len(minutes.turns), signers=len(signers))
    return paper


def sign_at_tablet(
    hearing: Hearing,
    paper: IssuedPaper,
    key: str,
    strokes: str,
    *,
    shown_sha256: str,
    pages_read: int,
    by: Actor,
    now: datetime,
) -> Signature:
    """Keep one hand signature for every page of a paper of the hearing, given after all pages were shown.

    Refuses pages left unread, other bytes than those shown, an officer's place without his log-in.
    """
    check_own_place(account_behind(hearing, key), by.account_id)
    check_pages_read(pages_read, paper.latest.pages if paper.latest else 1)
    signature = signing.sign(paper, key, strokes, shown_sha256=shown_sha256, by=by, now=now)
    record(by, "hearing.sign", hearing, paper=paper.id, pages=pages_read)
    finish_signing(hearing, paper, by=by, now=now)
    return signature


def record_paper_signatures(
    hearing: Hearing,
    paper: IssuedPaper,
    keys: tuple[str, ...],
    written: WrittenScan,
    *,
    signed_on: date,
    manner: Manner,
    by: Actor,
    now: datetime,
) -> None:
    """Record who signed the print, each page of it, as the scan shows; one scan for all of them."""
    scan = signing.add_scan(paper, written, by=by, now=now)
    for key in keys:
        signing.record_paper_signature(paper, key, scan=scan, signed_on=signed_on, manner=manner, by=by, now=now)
    record(by, "hearing.sign_on_paper", hearing, paper=paper.id, signatures=len(keys))
    finish_signing(hearing, paper, by=by, now=now)


def refuse_to_sign(
    hearing: Hearing,
    paper: IssuedPaper,
    key: str,
    reason: str,
    *,
    is_unreached: bool = False,
    by: Actor,
    now: datetime,
) -> None:
    """Record that somebody does not sign, in his own words; the paper does not become void by it (R-HEAR-26).

    Of somebody who was there on an earlier day only it may be recorded that he could not be reached.
    """
    check_refusal_counts(must_all_sign=is_party_paper(paper))
    check_may_be_unreached(is_unreached=is_unreached, was_there_at_the_end=not is_earlier_place(hearing, key))
    signing.refuse_to_sign(paper, key, reason, is_unreached=is_unreached, by=by, now=now)
    record(by, "hearing.refuse_to_sign", hearing, paper=paper.id, unreached=is_unreached)
    finish_signing(hearing, paper, by=by, now=now)


def finish_signing(hearing: Hearing, paper: IssuedPaper, *, by: Actor, now: datetime) -> bool:
    """Close a paper that everybody signed or refused with a reason; says whether it did. An opinion waits for its seal.

    The minutes become final with it (INV-18); an authority or an election of the parties is filed.
    """
    if missing_signers(paper, refusal_settles=not is_party_paper(paper)) or _waits_for_seal(hearing, paper):
        return False
    signing.close_signed_revision(paper, by=by, now=now)
    if is_party_paper(paper):
        put_on_file(hearing, paper, by=by, now=now)
    minutes = hearing.minutes
    if minutes is not None and minutes.paper_id == paper.id:
        minutes.final_at = now
        note_held(hearing, minutes, by=by, now=now)
        record(by, "minutes.final", minutes)
    return True


def add_note(
    minutes: HearingMinutes,
    text: str,
    *,
    attendance: Attendance | None,
    procedure: Procedure,
    by: Actor,
    now: datetime,
) -> MinutesNote:
    """Append a note to closed minutes, a paper of its own that its author, chair and recorder sign.

    The minutes themselves never change; refuses open minutes and an empty note.
    """
    check_may_add_note(is_closed=minutes.is_closed, text=text)
    note = MinutesNote(
        minutes_id=minutes.id,
        attendance=attendance,
        author_id=by.account_id,
        written_on=clock.local_date(now),
        written_at=now,
    )
    note.text = text
    minutes.notes.append(note)
    db.session.flush()
    note.paper = issue(
        facts_of_note(note, minutes, procedure),
        owner=Owner(minutes.hearing.kind, minutes.hearing_id),
        matter_id=minutes.matter_id,
        organisation=minutes.hearing.organ,
        by=by,
        now=now,
        fixed_number=minutes.hearing.number,
    )
    signing.open_signing(note.paper, signers_of_note(note, minutes), by=by, now=now)
    record(by, "minutes.note", minutes, note=note.id)
    return note


def _waits_for_seal(hearing: Hearing, paper: IssuedPaper) -> bool:
    return hearing.opinion is not None and hearing.opinion.paper_id == paper.id
