"""The papers of application and decision: 听证申请书, 听证征询意见书, 听证决定书 (R-DOC-H01, H02, R-HEAR-07)."""

from datetime import date, datetime

from app.access.permissions import Actor
from app.documents.actions import issue
from app.documents.models import IssuedPaper
from app.documents.papers.base import Facts
from app.documents.papers.hearings import HearingApplicationFacts, HearingConsultationFacts, HearingDecisionFacts
from app.documents.papers.people import OrganisationParty, PersonParty, Signer
from app.documents.rules import NumberRequest, Owner
from app.hearings.models import Hearing, HearingApplication
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.words import HearingMode, HearingSide, ProcedureKind
from app.law import clock
from app.matters.models import Party
from app.matters.queries.handling import find_clock
from app.matters.rules import PartyKind
from app.settings.queries import profile_on

NUMBERS = {
    ProcedureKind.PETITION: NumberRequest("petition_hearing_letter", "{prefix}信听函〔{year}〕{n}号"),
    ProcedureKind.RECONSIDERATION: NumberRequest("reconsideration_hearing_letter", "{prefix}复听函〔{year}〕{n}号"),
}


def issue_paper(hearing: Hearing, facts: Facts, *, by: Actor, now: datetime, is_numbered: bool = True) -> IssuedPaper:
    """Issue a paper of the hearing; letters of the organ draw their number from its series (R-DOC-N04)."""
    return issue(
        facts,
        owner=Owner(hearing.kind, hearing.id),
        matter_id=hearing.matter_id,
        organisation=hearing.organ,
        by=by,
        now=now,
        number=NUMBERS[hearing.procedure] if is_numbered else None,
    )


def issue_application(hearing: Hearing, application: HearingApplication, *, by: Actor, now: datetime) -> IssuedPaper:
    """听证申请书 as it was said at the desk, for the applicant to sign."""
    facts = HearingApplicationFacts(
        organ=hearing.organ.name,
        subject=hearing.subject,
        is_reconsideration=hearing.procedure is ProcedureKind.RECONSIDERATION,
        applicants=(party_of_paper(application.party, "申请人"),),
        respondent=names_of_side(hearing, HearingSide.RESPONDENT),
        claims=(hearing.matter.text.claim,),
        reasons=application.reasons,
        evidence=lines_of("\n".join((application.evidence or "", application.new_evidence or ""))),
        witnesses=lines_of(application.witnesses or ""),
        matter_number=hearing.matter.number,
        applied_on=application.received_on,
    )
    return issue_paper(hearing, facts, by=by, now=now, is_numbered=False)


def issue_consultation(hearing: Hearing, reasons: str, *, reply_by: date, by: Actor, now: datetime) -> None:
    """听证征询意见书 to every petitioner at the table, with the slip for the answer."""
    for row in hearing.parties_of(HearingSide.APPLICANT):
        facts = HearingConsultationFacts(
            organ=hearing.organ.name,
            subject=hearing.subject,
            issued_on=clock.local_date(now),
            contact=hearing.organ.contact_name,
            phone=hearing.organ.contact_phone,
            recipient=Signer(key=f"party-{row.party.public_id}", name=row.party.name),
            reasons=reasons,
            reply_by=reply_by,
            is_silence_refusal=profile_on(clock.local_date(now)).is_silence_refusal,
            matter_number=hearing.matter.number,
        )
        issue_paper(hearing, facts, by=by, now=now)


def issue_decision(hearing: Hearing, procedure: Procedure, *, is_held: bool, by: Actor, now: datetime) -> None:
    """举行听证决定书 or 不予听证决定书 to both sides."""
    application = hearing.application
    hold_by = find_clock(hearing, "hearing_hold_by") if is_held else None
    recipients = hearing.parties if is_held else hearing.parties_of(HearingSide.APPLICANT)
    facts = HearingDecisionFacts(
        organ=hearing.organ.name,
        subject=hearing.subject,
        is_reconsideration=procedure.kind is ProcedureKind.RECONSIDERATION,
        issued_on=clock.local_date(now),
        contact=hearing.organ.contact_name,
        phone=hearing.organ.contact_phone,
        recipients=tuple(row.party.name for row in recipients),
        is_held=is_held,
        reasons=hearing.decision_reason,
        matter_number=hearing.matter.number,
        applicant=application.party.name if application else "",
        applied_on=application.received_on if application else None,
        hold_by=hold_by.legal_due_on if hold_by else None,
        is_public=hearing.mode is HearingMode.PUBLIC,
    )
    issue_paper(hearing, facts, by=by, now=now)


def party_of_paper(party: Party, label: str) -> PersonParty | OrganisationParty:
    """A party as papers of a hearing name it."""
    key = f"party-{party.public_id}"
    if party.kind is PartyKind.ORGANISATION:
        return OrganisationParty(
            signer=key,
            label=label,
            name=party.name,
            credit_code=party.credit_code,
            legal_representative=party.legal_representative or "",
            address=party.address or "",
            phone=party.phone or "",
        )
    return PersonParty(
        signer=key,
        label=label,
        name=party.name,
        sex=party.sex,
        address=party.address or "",
        phone=party.phone or "",
        id_number=party.id_number or "",
    )


def names_of_side(hearing: Hearing, side: HearingSide) -> str:
    """The names of one side in one line."""
    return "、".join(row.party.name for row in hearing.parties_of(side))


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
