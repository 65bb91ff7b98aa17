"""Reading an area's own wording: what is in force, the draft, the history; what a paper printed with."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.documents.papers.passages import PASSAGES
from app.documents.wording.models import PaperWording, WordingState
from app.errors import NotFound
from app.extensions import db
from app.people.models import Organisation


@dataclass(frozen=True)
class PaperOverview:
    """One paper with passages to word: the version in force and the draft, if there are any."""

    type_name: str
    in_force: PaperWording | None
    draft: PaperWording | None


def area_of(organisation: Organisation) -> int:
    """The topmost organisation above this one: its whole area shares the wording."""
    return organisation.path_ids[0] if organisation.path_ids else organisation.id


def texts_in_force(type_name: str, organisation: Organisation) -> dict[str, str] | None:
    """The passages of a paper as the organisation issues it now, in full; None for a paper without passages."""
    if type_name not in PASSAGES:
        return None
    own = find_in_force(type_name, area_of(organisation))
    return full_texts(type_name, own.texts if own else {})


def full_texts(type_name: str, own: dict[str, str]) -> dict[str, str]:
    """Every passage of a paper: the own text where there is one, else the usual one."""
    return {passage.name: own.get(passage.name, passage.default) for passage in PASSAGES[type_name]}


def find_in_force(type_name: str, area_id: int) -> PaperWording | None:
    """The version that papers are issued with now."""
    return _find(type_name, area_id, WordingState.IN_FORCE)


def find_draft(type_name: str, area_id: int) -> PaperWording | None:
    """The version that is being written."""
    return _find(type_name, area_id, WordingState.DRAFT)


def get_version(type_name: str, area_id: int, number: int) -> PaperWording:
    """One version by its number; NotFound otherwise."""
    row = db.session.scalar(sa.select(PaperWording).filter_by(type_name=type_name, area_id=area_id, number=number))
    if row is None:
        raise NotFound("没有这一版用语。")
    return row


def list_versions(type_name: str, area_id: int) -> list[PaperWording]:
    """Every version of a paper's wording, the newest first."""
    statement = sa.select(PaperWording).filter_by(type_name=type_name, area_id=area_id)
    return list(db.session.scalars(statement.order_by(PaperWording.number.desc())))


def find_earlier(row: PaperWording) -> PaperWording | None:
    """The last version before this one that was ever in force; None when the usual words were."""
    statement = sa.select(PaperWording).where(
        PaperWording.area_id == row.area_id,
        PaperWording.type_name == row.type_name,
        PaperWording.number < row.number,
        PaperWording.published_at.is_not(None),
    )
    return db.session.scalar(statement.order_by(PaperWording.number.desc()).limit(1))


def list_papers(area_id: int) -> list[PaperOverview]:
    """Every paper with passages, in the order of the registry."""
    states = (WordingState.IN_FORCE, WordingState.DRAFT)
    statement = sa.select(PaperWording).where(PaperWording.area_id == area_id, PaperWording.state.in_(states))
    rows = {(row.type_name, row.state): row for row in db.session.scalars(statement)}
    return [PaperOverview(name, *(rows.get((name, state)) for state in states)) for name in PASSAGES]


def _find(type_name: str, area_id: int, state: WordingState) -> PaperWording | None:
    return db.session.scalar(sa.select(PaperWording).filter_by(type_name=type_name, area_id=area_id, state=state))
