"""Acts on an area's own wording: save a draft, publish it, take it back. Papers issued before keep their words."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.papers.passages import PASSAGES
from app.documents.wording.models import PaperWording, WordingState
from app.documents.wording.queries import find_draft, find_in_force
from app.documents.wording.rules import check_text
from app.errors import Clash, FieldErrors, NotFound, RuleViolation
from app.extensions import db
from app.people.models import Organisation


def save_draft(type_name: str, area_id: int, texts: Mapping[str, str], *, by: Actor, now: datetime) -> PaperWording:
    """Keep a draft of a paper's own wording; a passage left out or worded as usual is the usual one.

    Refuses what may not stand on a paper (FieldErrors by passage, `check_text`).
    """
    own = _own_texts(type_name, texts)
    _take_turn(area_id)
    row = find_draft(type_name, area_id)
    if row is None:
        row = PaperWording(area_id=area_id, type_name=type_name, number=_next_number(type_name, area_id))
        row.state = WordingState.DRAFT
        db.session.add(row)
    row.texts, row.written_by, row.written_at = own, by.account_id, now
    db.session.flush()
    record(by, "wording.save", row, type_name=type_name, number=row.number, passages=sorted(own))
    return row


def publish_draft(row: PaperWording, *, by: Actor, now: datetime) -> None:
    """Put a draft in force from now on; what was in force before ends, and stays in the history.

    Refuses anything but a draft, one that changes nothing, and one that no longer passes the checks.
    """
    _take_turn(row.area_id)
    _check_is_draft(row)
    _own_texts(row.type_name, row.texts)
    earlier = find_in_force(row.type_name, row.area_id)
    if row.texts == (earlier.texts if earlier else {}):
        raise RuleViolation("这份草稿和现在用的一样，不用发布。请先改用语，或者撤回草稿。")
    if earlier is not None:
        earlier.state, earlier.ended_at = WordingState.ENDED, now
        # Only one version is in force: it goes before the new one comes.
        db.session.flush()
    row.state, row.published_by, row.published_at = WordingState.IN_FORCE, by.account_id, now
    db.session.flush()
    record(by, "wording.publish", row, type_name=row.type_name, number=row.number, passages=sorted(row.texts))


def withdraw_draft(row: PaperWording, *, by: Actor, now: datetime) -> None:
    """Take back a draft; it stays in the history. Refuses anything but a draft."""
    _check_is_draft(row)
    row.state, row.ended_at = WordingState.WITHDRAWN, now
    record(by, "wording.withdraw", row, type_name=row.type_name, number=row.number)


def _own_texts(type_name: str, texts: Mapping[str, str]) -> dict[str, str]:
    """The passages that differ from the usual ones; refuses what may not stand on a paper."""
    if type_name not in PASSAGES:
        raise NotFound("这种文书没有可以自己写的文字。")
    own, errors = {}, {}
    for passage in PASSAGES[type_name]:
        text = texts.get(passage.name, passage.default)
        if text == passage.default:
            continue
        own[passage.name] = text
        if message := check_text(passage, text):
            errors[passage.name] = message
    if errors:
        raise FieldErrors(errors)
    return own


def _take_turn(area_id: int) -> None:
    """Let one after the other write and publish in an area: two first drafts at once would get one number."""
    db.session.execute(sa.select(Organisation.id).filter_by(id=area_id).with_for_update())


def _check_is_draft(row: PaperWording) -> None:
    if row.state is not WordingState.DRAFT:
        raise Clash("这一版已经不是草稿，不用再办。")


def _next_number(type_name: str, area_id: int) -> int:
    statement = sa.select(sa.func.max(PaperWording.number)).filter_by(type_name=type_name, area_id=area_id)
    return (db.session.scalar(statement) or 0) + 1
