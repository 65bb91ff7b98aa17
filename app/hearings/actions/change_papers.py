"""What every change of a hearing leaves behind: its record, the change notice, new notices, messages (R-DOC-H12)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from app.access.permissions import Actor
from app.documents.models import IssuedPaper
from app.documents.papers.hearings import HearingChangeNoticeFacts
from app.documents.rules import NumberRequest
from app.extensions import db
from app.hearings.actions.announcing import take_down
from app.hearings.actions.ending import release_place
from app.hearings.actions.notices import issue_of, send_notices, tell_parties
from app.hearings.models import ChangeOfHearing, Hearing, PanelSeat
from app.hearings.queries.hearings import list_unnamed_seats
from app.hearings.queries.notice_facts import letter_facts, notice_number, officer, place_words
from app.hearings.queries.service import newest_round
from app.hearings.rules.changes import ChangeRule
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.words import LABELS, ChangeGround, ChangeKind, HearingSide, ProcedureKind
from app.law import clock
from app.matters.models import Party
from app.notices.rules import MessageKind
from app.people.models import Organisation

NUMBERS = {
    ProcedureKind.PETITION: NumberRequest("petition_hearing_change", "{prefix}信听变〔{year}〕{n}号"),
    ProcedureKind.RECONSIDERATION: NumberRequest("reconsideration_hearing_change", "{prefix}复听变〔{year}〕{n}号"),
}


@dataclass(frozen=True)
class NewChange:
    """Why something changes, in the clerk's words, and on which day that was decided or happened."""

    ground: ChangeGround
    facts: str
    happened_on: date


@dataclass(frozen=True)
class FormerPlace:
    """Where and when the hearing stood before the change, and the number of its newest notice."""

    starts_at: datetime | None
    place: str
    number: str


def note_change(hearing: Hearing, kind: ChangeKind, new: NewChange, *, by: Actor, now: datetime) -> ChangeOfHearing:
    """The row that says what changed, why, and when the hearing would have been."""
    row = ChangeOfHearing(
        hearing=hearing,
        change_kind=kind,
        ground=new.ground,
        happened_on=new.happened_on,
        decided_by=by.account_id,
        recorded_at=now,
        former_starts_at=hearing.session.starts_at if hearing.session else None,
    )
    row.facts = new.facts
    db.session.add(row)
    return row


def former_place(hearing: Hearing) -> FormerPlace:
    """What the newest notice says, before anything is changed."""
    starts_at = hearing.session.starts_at if hearing.session else None
    return FormerPlace(starts_at, place_words(hearing), notice_number(hearing, newest_round(hearing)))


def renotify(
    row: ChangeOfHearing,
    rule: ChangeRule,
    former: FormerPlace,
    procedure: Procedure,
    kind: MessageKind,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """After a new place was taken: the change notice, new notices to everybody, the old announcement comes down."""
    hearing = row.hearing
    row.paper = _issue_change_notice(row, rule, former, by=by, now=now)
    send_notices(hearing, procedure, by=by, now=now)
    take_down(hearing, by=by, now=now)
    assert hearing.session is not None
    tell_parties(hearing, kind, hearing.session.starts_at, by=by, now=now)


def call_off(row: ChangeOfHearing, rule: ChangeRule, *, by: Actor, now: datetime) -> None:
    """The hearing is not held at its time: letter, place given back, observers and those still to come are told.

    One that ends before it had a time gets its letter too; nobody was told of a time, so no message goes out.
    """
    hearing, former = row.hearing, former_place(row.hearing)
    session = hearing.session
    is_expected = session is not None and session.is_open and session.starts_at > now
    if rule.paper:
        row.paper = _issue_change_notice(row, rule, former, by=by, now=now)
    release_place(hearing, _ground_words(row), by=by, now=now)
    take_down(hearing, by=by, now=now)
    if is_expected and former.starts_at is not None:
        tell_parties(hearing, MessageKind.HEARING_OFF, former.starts_at, by=by, now=now)


def _issue_change_notice(
    row: ChangeOfHearing, rule: ChangeRule, former: FormerPlace, *, by: Actor, now: datetime
) -> IssuedPaper:
    hearing = row.hearing
    held_on, starts_at = _local(former.starts_at) if former.starts_at else (None, None)
    facts = HearingChangeNoticeFacts(
        **letter_facts(hearing, clock.local_date(now)),
        kind=rule.paper,
        recipients=_recipients(hearing, row.ground),
        notice_number=former.number if hearing.services else "",
        ground=_ground_words(row),
        held_on=held_on,
        starts_at=starts_at,
        matter_number=hearing.matter.number,
        **(_news(hearing, former) if rule.needs_place else {}),
    )
    return issue_of(hearing, facts, by=by, now=now, number=NUMBERS[hearing.procedure])


def _news(hearing: Hearing, former: FormerPlace) -> dict[str, Any]:
    """The new time, place and people, as far as they differ; a hearing that is taken up again names its time anyway."""
    assert hearing.session is not None
    day, at = _local(hearing.session.starts_at)
    has_new_time = former.starts_at != hearing.session.starts_at
    people = [f"{LABELS[seat.role]}变更为{_named(seat)}" for seat in list_unnamed_seats(hearing)]
    return {
        "new_held_on": day if has_new_time else None,
        "new_starts_at": at if has_new_time else None,
        "new_place": place_words(hearing) if place_words(hearing) != former.place else "",
        "changes": tuple(people),
    }


def _recipients(hearing: Hearing, ground: ChangeGround) -> tuple[str, ...]:
    """Every party, and the superior of a unit that stayed away (R-HEAR-24).

    Before the decision only the applicants know of the hearing, so nobody else is written to.
    """
    known = hearing.parties if hearing.decided_on else hearing.parties_of(HearingSide.APPLICANT)
    names = [row.party.name for row in known]
    if ground is ChangeGround.UNIT_ABSENT:
        names += [_superior(row.party) for row in hearing.parties_of(HearingSide.RESPONDENT)]
    return tuple(name for name in dict.fromkeys(names) if name)


def _superior(party: Party) -> str:
    unit = db.session.get(Organisation, party.organisation_id) if party.organisation_id else None
    above = db.session.get(Organisation, unit.parent_id) if unit is not None and unit.parent_id else None
    return above.name if above is not None else ""


def _ground_words(row: ChangeOfHearing) -> str:
    facts = row.facts.strip().rstrip("。")
    if row.ground is ChangeGround.OTHER:
        return facts
    return f"{LABELS[row.ground]}（{facts}）" if facts else LABELS[row.ground]


def _named(seat: PanelSeat) -> str:
    person = officer(seat)
    return f"{person.name}（{person.detail}）" if person.detail else person.name


def _local(moment: datetime) -> tuple[date, time]:
    local = clock.to_local(moment)
    return local.date(), local.time().replace(second=0, microsecond=0)
