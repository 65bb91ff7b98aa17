"""Who deliberates, who has voted and when; what was voted only once every vote is in (R-HEAR-27, INV-19)."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.access.permissions import AccessView
from app.documents.papers.hearing_opinion import DeliberationMinutesFacts, PanelView
from app.documents.papers.hearings import HearingOfficer
from app.errors import NotFound
from app.extensions import db
from app.hearings.models import Deliberation, Hearing, PanelSeat
from app.hearings.queries.hearings import get_hearing
from app.hearings.queries.notice_facts import common_facts, officer
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.votes import Sitter, opened_word, voters_among
from app.hearings.rules.words import LABELS, ProcedureKind, SeatRole, Threshold, Vote
from app.law import clock
from app.signing.rules import Signer, SignerRole

MAJORITIES = {Threshold.MAJORITY: "half", Threshold.TWO_THIRDS: "two_thirds"}
PAPER_VOTES = {Vote.AGREE: "for", Vote.DISAGREE: "against"}


class DeliberationRoom:
    """A hearing behind closed doors: open to those who sit in it now, and to nobody else who has to do with it."""

    def __init__(self, hearing: Hearing) -> None:
        self.hearing = hearing

    def access_view(self) -> AccessView:
        """The matter's view, with those alone as assigned who sit in this hearing (alternates do not)."""
        seated = frozenset(seat.account_id for seat in self.hearing.seats if seat.role is not SeatRole.ALTERNATE)
        view = self.hearing.access_view()
        return replace(view, assigned=seated & view.assigned)


@dataclass(frozen=True)
class Ballot:
    """Who votes and when he did; never what."""

    seat: PanelSeat
    cast_at: datetime | None


@dataclass(frozen=True)
class OpenVote:
    """A vote after disclosure."""

    seat: PanelSeat
    vote: Vote
    reason: str


def get_room(public_id: str) -> DeliberationRoom:
    """The room of a petition hearing; a reconsideration hearing has no vote, so there is none (R-RECON-07)."""
    hearing = get_hearing(public_id)
    if hearing.procedure is ProcedureKind.RECONSIDERATION:
        raise NotFound("行政复议听证不评议、不表决，没有这一页。")
    return DeliberationRoom(hearing)


def find_room_of_paper(owner_id: int) -> DeliberationRoom | None:
    """The room in which the deliberation was held whose minutes are asked for."""
    deliberation = db.session.get(Deliberation, owner_id)
    return DeliberationRoom(deliberation.hearing) if deliberation is not None else None


def voters_of(hearing: Hearing, procedure: Procedure) -> tuple[Sitter, ...]:
    """Everybody who votes in this hearing, as seated now."""
    sitters = [Sitter(seat.id, seat.account_id, seat.role) for seat in hearing.seats]
    return voters_among(sitters, may_chair_vote=procedure.may_chair_vote)


def seats_voted(deliberation: Deliberation) -> set[int]:
    """The seats whose vote is in."""
    return {vote.seat_id for vote in deliberation.votes}


def list_ballots(hearing: Hearing, procedure: Procedure) -> list[Ballot]:
    """Who votes, with the time of each vote of the newest round."""
    cast = {vote.seat_id: vote.cast_at for vote in hearing.deliberation.votes} if hearing.deliberation else {}
    seats = {seat.id: seat for seat in hearing.seats}
    return [Ballot(seats[voter.seat_id], cast.get(voter.seat_id)) for voter in voters_of(hearing, procedure)]


def open_votes(deliberation: Deliberation) -> list[OpenVote]:
    """The votes after disclosure; NotFound before, for everybody (INV-19)."""
    if not deliberation.is_disclosed:
        raise NotFound("还有人没有投票，谁都看不到票。")
    return [OpenVote(vote.seat, opened_word(vote.vote), vote.reason) for vote in deliberation.votes if vote.is_counted]


def facts_of_deliberation(deliberation: Deliberation) -> DeliberationMinutesFacts:
    """The frozen facts of the deliberation minutes (R-DOC-H09)."""
    hearing = deliberation.hearing
    opened = clock.to_local(deliberation.opened_at)
    closed = clock.to_local(deliberation.disclosed_at or deliberation.opened_at)
    chair, recorder = (seat_of(hearing, role) for role in (SeatRole.CHAIR, SeatRole.RECORDER))
    views = tuple(
        PanelView(name=row.seat.account.name, key=row.seat.key, text=row.reason, vote=PAPER_VOTES[row.vote])
        for row in open_votes(deliberation)
    )
    return DeliberationMinutesFacts(
        **common_facts(hearing),
        hearing_number=hearing.number,
        held_on=opened.date(),
        ended_on=closed.date() if closed.date() != opened.date() else None,
        started_at=opened.time().replace(second=0, microsecond=0),
        ended_at=closed.time().replace(second=0, microsecond=0),
        place=deliberation.place,
        chair=chair,
        recorder=recorder,
        question=deliberation.proposal,
        views=views,
        result=result_words(deliberation),
        majority=MAJORITIES[deliberation.threshold],
    )


def result_words(deliberation: Deliberation) -> str:
    """The result as it is said: 4 人同意，1 人不同意，过半数，通过."""
    count = f"{deliberation.agreeing} 人同意，{deliberation.disagreeing} 人不同意"
    threshold = LABELS[deliberation.threshold]
    return f"{count}，{threshold}，通过" if deliberation.is_adopted else f"{count}，没有达到{threshold}，没有通过"


def seat_of(hearing: Hearing, role: SeatRole) -> HearingOfficer:
    """Chair or recorder as the papers name them; NotFound when the seat is empty."""
    seat = next(iter(hearing.seats_of(role)), None)
    if seat is None:
        raise NotFound(f"这场听证现在没有{LABELS[role]}。请先补齐。")
    return officer(seat)


def signers_of_seats(hearing: Hearing) -> tuple[Signer, ...]:
    """Chair, panel and recorder, who sign deliberation minutes and opinion."""
    roles = (SeatRole.CHAIR, SeatRole.PANELIST, SeatRole.RECORDER)
    seats = [seat for role in roles for seat in hearing.seats_of(role)]
    return tuple(
        Signer(
            key=seat.key,
            name=seat.account.name,
            role=SignerRole.RECORDER if seat.role is SeatRole.RECORDER else SignerRole.PARTICIPANT,
        )
        for seat in seats
    )
