"""The closed deliberation: opened after the final statements, each votes alone, the last vote discloses all."""

from datetime import datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import issue
from app.documents.rules import Owner
from app.errors import NotPermitted, RuleViolation
from app.extensions import db
from app.hearings.models import Deliberation, Hearing, PanelVote
from app.hearings.queries.deliberation import facts_of_deliberation, seats_voted, signers_of_seats, voters_of
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.votes import (
    check_is_deliberating,
    check_may_deliberate,
    check_may_vote,
    check_panel_complete,
    count_votes,
    is_complete,
    opened_word,
    sealed_word,
)
from app.hearings.rules.words import SeatRole, Vote
from app.signing.actions import open_signing


def open_deliberation(
    hearing: Hearing, *, proposal: str, place: str, procedure: Procedure, by: Actor, now: datetime
) -> Deliberation:
    """Put a proposal to the panel once the final statements are over (INV-20); the chair or the recorder does it.

    Refuses an even or too small panel (INV-09), a second round while one is open or after one that was carried.
    """
    _check_leads(hearing, by)
    last = hearing.deliberation
    if last is not None and last.is_adopted:
        raise RuleViolation("评议已经通过，票不能改。请写听证意见书。", rule="INV-19")
    minutes = hearing.minutes
    check_may_deliberate(
        hearing.status,
        [row.stage for row in minutes.stages] if minutes else (),
        minutes.stage if minutes else None,
        is_open=last is not None and not last.is_disclosed,
    )
    check_panel_complete(len(voters_of(hearing, procedure)), procedure)
    row = Deliberation(
        hearing=hearing,
        round=len(hearing.deliberations) + 1,
        place=place,
        threshold=procedure.threshold,
        opened_at=now,
        opened_by=by.account_id,
        votes=[],
    )
    row.proposal = proposal
    db.session.add(row)
    db.session.flush()
    record(by, "deliberation.open", row, round=row.round)
    return row


def cast_vote(
    hearing: Hearing, vote: Vote, reason: str, *, procedure: Procedure, by: Actor, now: datetime
) -> PanelVote:
    """Seal one's own vote and reason; cast once, never changed, read by nobody before all are in (INV-19).

    The last vote discloses them all. Refuses outsiders, a second vote, an empty reason, a panel with a gap, a hearing
    that has ended.
    """
    newest = hearing.deliberation
    if newest is None:
        raise RuleViolation("评议还没有开始，不能投票。请等主持人提交要表决的意见。", rule="INV-20")
    check_is_deliberating(hearing.status)
    fresh = db.session.get_one(Deliberation, newest.id, populate_existing=True, with_for_update=True)
    voters = voters_of(hearing, procedure)
    sitter = check_may_vote(by.account_id, voters, seats_voted(fresh), is_disclosed=fresh.is_disclosed)
    check_panel_complete(len(voters), procedure)
    if not reason.strip():
        raise RuleViolation("请写明理由。理由会记入评议笔录。", rule="R-HEAR-27")
    row = PanelVote(deliberation=fresh, seat_id=sitter.seat_id, cast_at=now)
    row.vote, row.reason = sealed_word(vote), reason
    db.session.add(row)
    db.session.flush()
    record(by, "deliberation.vote", fresh, seat=sitter.seat_id)
    if is_complete(voters, seats_voted(fresh)):
        _disclose(fresh, {voter.seat_id for voter in voters}, by=by, now=now)
    return row


def _disclose(deliberation: Deliberation, seats: set[int], *, by: Actor, now: datetime) -> None:
    """Open the votes, count them and issue the deliberation minutes, which the parties never get (R-HEAR-25)."""
    for vote in deliberation.votes:
        vote.is_counted = vote.seat_id in seats
    counted = [opened_word(vote.vote) for vote in deliberation.votes if vote.is_counted]
    count = count_votes(counted, deliberation.threshold)
    deliberation.disclosed_at = now
    deliberation.is_adopted = count.is_adopted
    deliberation.agreeing, deliberation.disagreeing = count.agreeing, count.disagreeing
    hearing = deliberation.hearing
    deliberation.paper = issue(
        facts_of_deliberation(deliberation),
        owner=Owner(deliberation.__tablename__, deliberation.id),
        matter_id=hearing.matter_id,
        organisation=hearing.organ,
        by=by,
        now=now,
        fixed_number=hearing.number,
    )
    open_signing(deliberation.paper, signers_of_seats(hearing), by=by, now=now)
    record(by, "deliberation.disclose", deliberation, votes=len(counted))


def _check_leads(hearing: Hearing, by: Actor) -> None:
    leads = {seat.account_id for role in (SeatRole.CHAIR, SeatRole.RECORDER) for seat in hearing.seats_of(role)}
    if by.account_id not in leads:
        raise NotPermitted("评议由主持人或者记录员开始。")
