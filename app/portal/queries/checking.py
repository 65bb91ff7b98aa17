"""Whether a paper is ours, unchanged and in force: by its printed code or by its bytes, never by its number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.agreements.models import Agreement
from app.agreements.queries import find_agreement_of_paper
from app.agreements.rules import AgreementStatus
from app.documents.models import IssuedPaper, PaperRevision, RevisionKind
from app.documents.papers import get_paper_type
from app.documents.papers.base import Facts
from app.documents.papers.people import OrganisationParty, PersonParty
from app.documents.queries import facts_of, find_paper_by_code, find_revision_by_digest
from app.documents.rendering.words import full_brackets
from app.documents.rules import grouped_code, normal_check_code
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.people.models import Organisation
from app.portal.rules.verdicts import PaperState, Verdict, verdict_of
from app.privacy.masking import mask_name
from app.signing.queries import find_round
from app.signing.rules import RoundState

IN_FORCE = frozenset({AgreementStatus.EFFECTIVE})


@dataclass(frozen=True)
class CheckedPaper:
    """What the check page may say of one paper: no full name of a person, no content."""

    verdict: Verdict
    title: str
    number: str
    issuer: str
    people: tuple[str, ...]
    date_label: str
    day: date
    pages: str
    code: str
    digest: str
    is_older_file: bool = False


def check_by_code(typed: str) -> CheckedPaper | None:
    """The paper with this printed code, None when there is none or it cannot be a code."""
    try:
        paper = find_paper_by_code(normal_check_code(typed))
    except RuleViolation:
        return None
    return _checked(paper) if paper is not None and paper.latest is not None else None


def check_by_digest(sha256: str) -> CheckedPaper | None:
    """The paper one of whose files has exactly these bytes, void ones included; None after any change."""
    revision = find_revision_by_digest(sha256)
    return _checked(revision.paper, revision) if revision is not None else None


def _checked(paper: IssuedPaper, shown: PaperRevision | None = None) -> CheckedPaper:
    facts, latest = facts_of(paper), paper.revisions[-1]
    agreement = find_agreement_of_paper(paper.id)
    issuer = db.session.get_one(Organisation, paper.organisation_id)
    effective_on = agreement.effective_on if agreement else None
    return CheckedPaper(
        verdict=verdict_of(_state_of(paper, agreement)),
        title=facts.heading(get_paper_type(paper.type_name).title),
        number=full_brackets(paper.number),
        issuer=issuer.name,
        people=tuple(dict.fromkeys(_people(facts))),
        date_label="生效" if effective_on else "出具",
        day=effective_on or clock.local_date(paper.issued_at),
        pages=_pages(paper, latest),
        code=grouped_code(paper.check_code).replace("-", " "),
        digest=latest.sha256,
        is_older_file=shown is not None and shown.id != latest.id,
    )


def _state_of(paper: IssuedPaper, agreement: Agreement | None) -> PaperState:
    void_on = clock.local_date(paper.void_at) if paper.void_at else None
    replaced_by = full_brackets(paper.replaced_by.number) if paper.replaced_by else ""
    if agreement is not None:
        is_void = agreement.status in (AgreementStatus.VOID, AgreementStatus.REPLACED)
        return PaperState(agreement.status in IN_FORCE, void_on if is_void else None, replaced_by)
    signing = find_round(paper)
    is_complete = signing is None or signing.state in (RoundState.CLOSING, RoundState.CLOSED)
    return PaperState(is_complete, void_on, replaced_by)


def _pages(paper: IssuedPaper, latest: PaperRevision) -> str:
    parts = [f"{latest.pages} 页"]
    signing = find_round(paper)
    if signing is not None and latest.kind is RevisionKind.SIGNED:
        parts += [f"{sum(slot.is_signed for slot in signing.slots)} 处签名", f"{len(signing.seals)} 枚印章"]
    return "，".join(parts)


def _people(facts: Facts) -> Iterable[str]:
    """Persons masked, bodies in full; where the paper does not say which, masked."""
    for field in ("parties", "recipients", "recipient", "party", "applicants"):
        value = getattr(facts, field, ())
        for one in value if isinstance(value, tuple) else (value,):
            name = getattr(one, "name", one)
            if isinstance(name, str) and name:
                yield (
                    name
                    if isinstance(one, OrganisationParty)
                    else _masked(name, is_person=isinstance(one, PersonParty))
                )


def _masked(name: str, *, is_person: bool) -> str:
    return mask_name(name, filler="*") if is_person else mask_name(name)
