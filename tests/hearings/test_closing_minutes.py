"""S02 row 10: minutes are closed once, signed on paper or tablet, and final although one refused."""

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.documents.models import IssuedPaper, RevisionKind
from app.documents.papers.hearing_minutes import HearingMinutesFacts
from app.documents.queries import facts_of
from app.errors import NotPermitted, RuleViolation
from app.hearings.actions import closing
from app.hearings.models import Hearing, HearingMinutes
from app.hearings.queries.minutes_facts import present_of
from app.signing.queries import get_round
from app.web.transaction import transaction
from tests.hearings.hall import Hall, at
from tests.hearings.outcome import sign_print
from tests.hearings.sat import JUNE_11, procedure_of, recheck_hearing, shown_of, sit, strokes

NOON = at(JUNE_11, 12)


@pytest.fixture
def closed(heard: Hearing, hall: Hall) -> HearingMinutes:
    """Its minutes, closed and waiting for signatures."""
    with transaction():
        closing.close_minutes(heard.minutes, procedure=procedure_of(heard), by=hall.recorder.as_actor(), now=NOON)
    return heard.minutes


def refuse(hearing: Hearing, hall: Hall, name: str, reason: str) -> None:
    key = next(slot.key for slot in get_round(hearing.minutes.paper).slots if slot.name == name)
    with transaction():
        closing.refuse_to_sign(
            hearing, hearing.minutes.paper, key, reason, by=hall.recorder.as_actor(), now=at(JUNE_11, 15)
        )


def test_r_hear_25_minutes_when_closed_hold_every_part(closed: HearingMinutes, hall: Hall) -> None:
    facts = facts_of(closed.paper)
    assert isinstance(facts, HearingMinutesFacts)
    assert (facts.organ, facts.subject) == ("滨澜区信访办公室", closed.hearing.subject)
    assert facts.chair.name == "毕建国"
    assert [row.name for row in facts.recorders] == ["何静"]
    assert [row.name for row in facts.panelists] == ["万春生", "康秀兰", "宋雨晴", "邱正源", "范玉梅"]
    assert {row.name for row in facts.signers} == {"郑桂兰", "卢振邦"}
    assert len(facts.stages) == 11
    assert facts.stages[2].turns[0].speaker == "信访人"
    assert facts.stages[8].turns
    assert {slot.name for slot in get_round(closed.paper).slots} == {row.name for row in present_of(closed)}


def test_inv_18_minutes_when_all_signed_but_one_who_refused_are_final(closed: HearingMinutes, hall: Hall) -> None:
    """Row 10: 郑桂兰 declines: 记录不全; her correction note is appended."""
    hearing = closed.hearing
    refuse(hearing, hall, "郑桂兰", "记录不全")
    assert closed.final_at is None
    sign_print(hearing, hall, closed.paper, but="郑桂兰")
    assert closed.final_at is not None
    assert [row.kind for row in closed.paper.revisions] == [RevisionKind.ISSUED, RevisionKind.SIGNED]
    refused = [slot for slot in get_round(closed.paper).slots if slot.is_refused]
    assert [(slot.name, slot.signature.refusal_reason) for slot in refused] == [("郑桂兰", "记录不全")]
    author = next(row for row in present_of(closed) if row.name == "郑桂兰")
    with transaction():
        note = closing.add_note(
            closed,
            "我说过2011年就反映过面积少算，笔录没有写。",
            attendance=author,
            procedure=procedure_of(hearing),
            by=hall.recorder.as_actor(),
            now=at(JUNE_11, 17),
        )
    assert [slot.name for slot in get_round(note.paper).slots] == ["郑桂兰", "毕建国", "何静"]
    assert closed.paper.latest is not None
    sign_print(hearing, hall, note.paper)
    assert note.paper.latest.kind is RevisionKind.SIGNED


def test_inv_18_minutes_when_closed_do_not_close_again(closed: HearingMinutes, hall: Hall) -> None:
    with pytest.raises(RuleViolation) as refused, transaction():
        closing.close_minutes(
            closed, procedure=procedure_of(closed.hearing), by=hall.recorder.as_actor(), now=at(JUNE_11, 13)
        )
    assert refused.value.rule == "INV-18"


def test_closing_when_the_sitting_goes_on_is_refused_and_leaves_nothing(hall: Hall, db: SQLAlchemy) -> None:
    with transaction():
        hearing = recheck_hearing(hall)
    sit(hearing, hall, is_over=False)
    papers = db.session.scalar(sa.select(sa.func.count(IssuedPaper.id)))
    with pytest.raises(RuleViolation), transaction():
        closing.close_minutes(hearing.minutes, procedure=procedure_of(hearing), by=hall.recorder.as_actor(), now=NOON)
    assert hearing.minutes.closed_at is None
    assert db.session.scalar(sa.select(sa.func.count(IssuedPaper.id))) == papers


def test_tablet_when_pages_are_unread_refuses_then_keeps_the_signature(closed: HearingMinutes, hall: Hall) -> None:
    hearing, paper = closed.hearing, closed.paper
    key = next(slot.key for slot in get_round(paper).slots if slot.name == "郑桂兰")
    pages = paper.latest.pages
    assert pages > 1

    def sign(read: int) -> None:
        with transaction():
            closing.sign_at_tablet(
                hearing,
                paper,
                key,
                strokes(),
                shown_sha256=shown_of(paper),
                pages_read=read,
                by=hall.recorder.as_actor(),
                now=at(JUNE_11, 13),
            )

    with pytest.raises(RuleViolation, match="一页一页"):
        sign(pages - 1)
    sign(pages)
    assert next(slot for slot in get_round(paper).slots if slot.key == key).is_signed


def test_tablet_when_a_clerk_signs_for_a_panelist_is_refused(closed: HearingMinutes, hall: Hall) -> None:
    paper = closed.paper
    slots = {slot.name: slot.key for slot in get_round(paper).slots}
    values = {"shown_sha256": shown_of(paper), "pages_read": paper.latest.pages, "now": at(JUNE_11, 13)}
    with pytest.raises(NotPermitted), transaction():
        closing.sign_at_tablet(closed.hearing, paper, slots["万春生"], strokes(), by=hall.recorder.as_actor(), **values)
    own = hall.pool["万春生"].as_actor()
    with transaction():
        closing.sign_at_tablet(closed.hearing, paper, slots["万春生"], strokes(), by=own, **values)
    assert next(slot for slot in get_round(paper).slots if slot.name == "万春生").is_signed
