"""The live index: what lies where, what is missing and where it is made, the volumes bound so far."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import permission_required
from app.access.permissions import Permission
from app.agreements.queries import list_agreements_of_case
from app.documents.papers import PAPER_TYPES
from app.dossier import queries
from app.dossier.models import Dossier, DossierVolume
from app.dossier.queries import Contents, Source
from app.dossier.routes import bp
from app.dossier.rules import (
    HEADINGS,
    DossierStatus,
    Outcome,
    Position,
    PositionState,
    SourceKind,
    VolumeKind,
    states_of,
    volume_words,
)
from app.extensions import db
from app.jobs.models import Job
from app.jobs.rules import JOB_STATUS_LABELS, JobStatus
from app.mediation.models import MediationCase
from app.mediation.queries import get_case

VOLUME_NAMES = {VolumeKind.DRAFT: "核对稿（未归档）", VolumeKind.MAIN: "归档卷"}
BLANKS = {
    Position.APPLICATION: ("出受理登记表", "dossier.issue_intake_form"),
    Position.RIGHTS: ("出权利义务告知书", "dossier.issue_rights_notices"),
}
BROKEN = frozenset({JobStatus.PARTLY_FAILED, JobStatus.STOPPED})


@bp.get("/mediations/<public_id>/dossier")
@permission_required(Permission.DOSSIER_READ, of=get_case)
def show(case: MediationCase) -> ResponseReturnValue:
    """Everything that belongs into the dossier of a case, with what is missing first."""
    return render_template("dossier/show.html", **page_values(case))


def page_values(case: MediationCase) -> dict[str, Any]:
    """What the pages of a dossier show."""
    dossier, contents = queries.find_dossier(case), queries.contents_of(case)
    facts = queries.case_facts(case)
    states = states_of(facts, contents.found())
    later = queries.list_later_sources(dossier, contents) if dossier and _is_archived(dossier) else []
    return {
        "case": case,
        "dossier": dossier,
        "is_archived": dossier is not None and _is_archived(dossier),
        "rows": [_row(case, state, contents, facts.outcome) for state in states],
        "lacks": [_lack(case, state, text, facts.outcome) for state in states for text in _texts(state)],
        "required_count": sum(state.is_required for state in states),
        "filled_count": sum(state.is_required and state.is_filled for state in states),
        "page_count": sum(max(source.pages, 1) for source in contents.sources),
        "later": later,
        "volumes": [_volume(row) for row in dossier.volumes] if dossier else [],
        "positions": [(position.value, heading) for position, heading in HEADINGS.items()],
        "paper_names": {name: kind.title for name, kind in PAPER_TYPES.items()},
        "chosen": request.args.get("position", ""),
        "has_sources": bool(contents.sources),
    }


def _is_archived(dossier: Dossier) -> bool:
    return dossier.status is DossierStatus.ARCHIVED


def _texts(state: PositionState) -> list[str]:
    return [lack.text for lack in state.lacks]


def _row(case: MediationCase, state: PositionState, contents: Contents, outcome: Outcome) -> dict[str, Any]:
    if state.lacks:
        pill = ("还缺", "warn")
    elif state.is_filled:
        pill = ("已有", "ok")
    else:
        pill = ("没有也行", "idle")
    return {
        "heading": HEADINGS[state.position],
        "is_required": state.is_required,
        "pill": pill,
        "lacks": [_lack(case, state, text, outcome) for text in _texts(state)],
        "sources": [_source(case, source) for source in contents.of(state.position)],
        "blanks": [paper for position, paper in contents.blanks if position is state.position],
        "blank": _blank(case, state, contents),
        "scan_url": _scan_url(case, state.position),
    }


def _lack(case: MediationCase, state: PositionState, text: str, outcome: Outcome) -> dict[str, str]:
    act, url = _where_made(case, state.position, outcome)
    return {"text": text, "act": act, "url": url}


def _where_made(case: MediationCase, position: Position, outcome: Outcome) -> tuple[str, str]:
    """The page on which the missing paper comes about; what exists on paper only is scanned here."""
    if position is Position.RECORD:
        return "去调解记录", url_for("mediation.show", public_id=case.public_id) + "#meetings"
    if position is Position.RESULT and outcome is Outcome.OPEN:
        return "去调解案件", url_for("mediation.show", public_id=case.public_id)
    if position is Position.RESULT and outcome in (Outcome.WRITTEN, Outcome.ORAL):
        agreements = list_agreements_of_case(case.id)
        if agreements:
            return "去协议", url_for("agreements.show_agreement", public_id=agreements[-1].public_id)
    return "传扫描件", _scan_url(case, position)


def _scan_url(case: MediationCase, position: Position) -> str:
    return url_for("dossier.show", public_id=case.public_id, position=position.value) + "#scan"


def _blank(case: MediationCase, state: PositionState, contents: Contents) -> dict[str, str] | None:
    """The button that makes the paper to be printed and signed, as long as it lacks and was not made."""
    made = any(position is state.position for position, _ in contents.blanks)
    if made or not state.lacks or state.position not in BLANKS:
        return None
    act, endpoint = BLANKS[state.position]
    return {"act": act, "url": url_for(endpoint, public_id=case.public_id)}


def _source(case: MediationCase, source: Source) -> dict[str, Any]:
    is_own = source.kind is SourceKind.DOSSIER_SCAN
    url = ""
    if is_own:
        url = url_for("dossier.show_scan", public_id=case.public_id, dossier_scan_id=source.public_id)
    elif source.kind is SourceKind.REVISION:
        url = f"/papers/{source.public_id}/file"
    return {"source": source, "url": url, "is_own": is_own}


def _volume(row: DossierVolume) -> dict[str, Any]:
    job = db.session.get(Job, row.job_id) if row.job_id and not row.is_bound else None
    return {
        "volume": row,
        "name": VOLUME_NAMES.get(row.kind) or volume_words(row.kind, row.number),
        "job": job,
        "job_words": JOB_STATUS_LABELS[job.status] if job else "",
        "is_broken": job is not None and job.status in BROKEN,
    }
