"""What the papers of the remedies say: facts made of the rows and of the parties as they stand now."""

from datetime import date
from typing import TypedDict

from app.documents.papers.remedies import (
    ReconsiderationAcceptanceFacts,
    ReconsiderationCorrectionFacts,
    ReconsiderationDecisionFacts,
    ReconsiderationMediationStatementFacts,
    ReconsiderationRefusalFacts,
    ReviewOpinionFacts,
)
from app.law.dates import format_date
from app.matters.models import Party, PartySide
from app.matters.queries.handling import find_opinion
from app.matters.queries.on_paper import party_on_paper
from app.remedies.models import ReconsiderationCase, Remedy
from app.remedies.queries import find_decided
from app.remedies.rules import LABELS, Procedure, RemedyStage


def opinion_facts(remedy: Remedy) -> ReviewOpinionFacts:
    """The facts of a review or recheck opinion."""
    assert remedy.outcome is not None
    assert remedy.decided_on is not None
    matter = remedy.matter
    return ReviewOpinionFacts(
        kind=remedy.stage.value,
        organ=remedy.organ.name,
        recipient=matter.petitioner_name,
        matter_number=matter.number,
        subject=matter.subject,
        former=_former_words(remedy),
        requested_on=remedy.requested_on,
        received_on=remedy.received_on,
        claims=(remedy.claim,),
        opinion=remedy.opinion,
        outcome=LABELS[remedy.outcome],
        amount_fen=remedy.amount_fen,
        basis=remedy.basis,
        hearing_number=remedy.hearing_number,
        hearing_on=remedy.hearing_on,
        issued_on=remedy.decided_on,
        contact=remedy.organ.contact_name,
        phone=remedy.organ.contact_phone,
    )


class _Answer(TypedDict):
    """What every answer to an application says."""

    organ: str
    applicants: tuple[str, ...]
    respondent: str
    act: str
    received_on: date
    contact: str
    phone: str


def acceptance_facts(
    case: ReconsiderationCase, *, accepted_on: date, decide_by: date
) -> ReconsiderationAcceptanceFacts:
    """The facts of the notice that the application is accepted."""
    return ReconsiderationAcceptanceFacts(
        **_answer(case),
        issued_on=accepted_on,
        is_summary=case.procedure is Procedure.SUMMARY,
        decide_by=decide_by,
        must_be_heard=case.is_hearing_mandatory,
    )


def correction_facts(case: ReconsiderationCase, missing: str, *, asked_on: date) -> ReconsiderationCorrectionFacts:
    """The facts of the one notice of what is missing."""
    return ReconsiderationCorrectionFacts(**_answer(case), issued_on=asked_on, missing=missing)


def refusal_facts(case: ReconsiderationCase, reason: str, *, declined_on: date) -> ReconsiderationRefusalFacts:
    """The facts of the decision not to accept."""
    assert case.decline_ground is not None
    return ReconsiderationRefusalFacts(
        **_answer(case), issued_on=declined_on, ground=LABELS[case.decline_ground], reason=reason
    )


def _answer(case: ReconsiderationCase) -> _Answer:
    return {
        "organ": case.organ.name,
        "applicants": tuple(party.name for party in applicants_of(case)),
        "respondent": case.respondent.name,
        "act": case.act,
        "received_on": case.received_on,
        "contact": case.organ.contact_name,
        "phone": case.organ.contact_phone,
    }


def decision_facts(case: ReconsiderationCase, *, issued_on: date) -> ReconsiderationDecisionFacts:
    """The facts of a reconsideration decision."""
    return ReconsiderationDecisionFacts(
        organ=case.organ.name,
        applicants=tuple(party.name for party in applicants_of(case)),
        respondent=case.respondent.name,
        act=case.act,
        received_on=case.received_on,
        accepted_on=case.accepted_on or case.received_on,
        decision=case.decision,
        outcome=case.operative,
        hearing_number=case.hearing_number,
        hearing_on=case.hearing_held_on,
        issued_on=issued_on,
        contact=case.organ.contact_name,
        phone=case.organ.contact_phone,
    )


def statement_facts(
    case: ReconsiderationCase, findings: str, terms: tuple[str, ...], *, today: date
) -> ReconsiderationMediationStatementFacts:
    """The facts of a mediation statement; every applicant and the respondent sign under their keys."""
    sides = sides_of(case)
    return ReconsiderationMediationStatementFacts(
        organ=case.organ.name,
        parties=tuple(
            party_on_paper(party, signer=key, label="被申请人" if party is case.respondent else "申请人", today=today)
            for key, party in sides.items()
        ),
        act=case.act,
        accepted_on=case.accepted_on or case.received_on,
        claims=(case.matter.text.claim,),
        findings=findings,
        terms=terms,
        copies=len(sides) + 1,
    )


def applicants_of(case: ReconsiderationCase) -> list[Party]:
    """The petitioners' side of the matter: the applicants."""
    return [party for party in case.matter.parties if party.side is PartySide.PETITIONER]


def sides_of(case: ReconsiderationCase) -> dict[str, Party]:
    """Who signs a mediation statement, by key: the applicants, then the respondent."""
    return {f"p{place}": party for place, party in enumerate([*applicants_of(case), case.respondent], start=1)}


def _former_words(remedy: Remedy) -> str:
    if remedy.stage is RemedyStage.RECHECK:
        review = find_decided(remedy.matter_id, RemedyStage.REVIEW)
        if review is not None and review.decided_on is not None:
            return f"{review.organ.name}{format_date(review.decided_on)}出具的复查意见（{review.number}）"
    opinion = find_opinion(remedy.matter_id)
    unit = remedy.matter.handling_unit or remedy.matter.organisation
    day = format_date(opinion.issued_on) if opinion else ""
    number = f"（{opinion.number}）" if opinion and opinion.number else ""
    return f"{unit.name}{day}出具的信访处理意见{number}"
