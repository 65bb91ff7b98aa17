"""What cover, notes and back cover of a volume say, taken from the case at the moment of the act."""

from collections.abc import Mapping
from datetime import date

from app.access.permissions import Actor
from app.documents.binding import FrameFacts
from app.dossier.models import Dossier
from app.dossier.queries.facts import case_facts
from app.dossier.queries.sources import Source
from app.dossier.rules import HEADINGS, ORDER, RETENTION_WORDS, Outcome, VolumeKind, volume_words
from app.law.dispute_types import DISPUTE_TYPES
from app.mediation.models import MediationCase
from app.mediation.rules import CaseSource
from app.people.queries import names_of

SOURCES: Mapping[CaseSource, str] = {
    CaseSource.ON_APPLICATION: "当事人申请",
    CaseSource.OWN_MOTION: "主动调解",
    CaseSource.REFERRED_IN: "委托移送调解",
}
FORMS: Mapping[Outcome, str] = {Outcome.WRITTEN: "书面", Outcome.ORAL: "口头", Outcome.ENDED: "未达成协议"}


def frame_facts(
    dossier: Dossier, kind: VolumeKind, number: int, sources: list[Source], *, by: Actor, today: date
) -> FrameFacts:
    """The frozen words of a volume; a copy to look at has no one who checked it and no day of sealing."""
    case, is_draft = dossier.case, kind is VolumeKind.DRAFT
    drafts = [row.asked_by for row in dossier.volumes if row.kind is VolumeKind.DRAFT]
    compiler = names_of(drafts[-1:]).get(drafts[-1], by.name) if drafts else by.name
    outcome = FORMS.get(case_facts(case).outcome, "")
    return FrameFacts(
        committee=case.committee.name,
        title=dossier.title,
        number=case.number,
        volume=volume_words(kind, number),
        dispute_type=dispute_words(case),
        source=SOURCES[case.source],
        mediators="、".join(account.name for account in case.active_mediators),
        form=outcome,
        begun_on=case.accepted_on,
        ended_on=case.agreed_on or case.ended_on,
        compiled_by=by.name if is_draft else compiler,
        compiled_on=today,
        retention=RETENTION_WORDS[dossier.retention] if dossier.retention else "",
        remarks="未归档，仅供核对" if is_draft else "",
        notes=_notes(dossier, kind, sources),
        checked_by="" if is_draft else by.name,
        sealed_on=None if is_draft else today,
    )


def dispute_words(case: MediationCase) -> str:
    """The kind of dispute as the papers name it."""
    return f"{DISPUTE_TYPES[case.dispute_type]}纠纷" if case.dispute_type in DISPUTE_TYPES else ""


def _notes(dossier: Dossier, kind: VolumeKind, sources: list[Source]) -> tuple[str, ...]:
    notes = []
    if copies := sum(source.remark == "复印件" for source in sources):
        notes.append(f"其中复印件{copies}份，已在目录备注栏注明")
    if kept := sum(bool(source.kept_name) for source in sources):
        notes.append(f"电子签署的文书{kept}份，签署原件作为附件存在本电子卷内")
    if kind is not VolumeKind.ADDENDUM:
        filled = {source.position for source in sources}
        if empty := [HEADINGS[position] for position in ORDER if position not in filled]:
            notes.append(f"{'、'.join(empty)}：无")
    notes.extend(line.strip() for line in dossier.note.splitlines() if line.strip())
    return tuple(notes)
