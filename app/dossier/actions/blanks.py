"""Papers of the index that are printed, signed by hand and scanned back: the register form, the notices of rights."""

from collections.abc import Mapping
from datetime import datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import issue
from app.documents.models import IssuedPaper
from app.documents.papers.base import Facts
from app.documents.papers.mediation import MediationIntakeFormFacts, RightsNoticeFacts
from app.documents.papers.people import Signer
from app.documents.queries import list_papers_of
from app.documents.rules import Owner
from app.dossier.actions.scans import open_dossier
from app.dossier.queries.frame import SOURCES, dispute_words
from app.dossier.rules import check_is_compiling
from app.errors import RuleViolation
from app.law import clock
from app.matters.queries.on_paper import party_on_paper
from app.matters.rules import LABELS as MATTER_LABELS
from app.matters.rules import PartySide
from app.mediation.models import MediationCase
from app.mediation.queries.meetings import parties_at_the_table

SIDES: Mapping[PartySide, str] = {PartySide.PETITIONER: "申请人", PartySide.RESPONDENT: "被申请人"}


def issue_intake_form(case: MediationCase, *, by: Actor, now: datetime) -> IssuedPaper:
    """The register form of the case, printed to be signed (R-DOC-M03); refuses a second one and an archived case."""
    _check_may_issue(case, "mediation_intake_form", by, now)
    matter, today = case.matter, clock.local_date(now)
    facts = MediationIntakeFormFacts(
        committee=case.committee.name,
        dossier_number=case.number,
        accepted_on=case.accepted_on,
        channel=MATTER_LABELS[matter.visit.channel],
        parties=tuple(
            party_on_paper(party, signer=f"p{place}", label=SIDES.get(party.side, "当事人"), today=today)
            for place, party in enumerate(parties_at_the_table(case), 1)
        ),
        dispute_type=dispute_words(case),
        source=SOURCES[case.source],
        summary=matter.text.facts or matter.subject,
        registrar=Signer(key="m1", name=by.name),
        claims=(matter.text.claim,) if matter.text.claim else (),
    )
    return _issue(case, facts, by, now)


def issue_rights_notices(case: MediationCase, *, by: Actor, now: datetime) -> list[IssuedPaper]:
    """One notice of rights and duties for each party at the table (R-DOC-M04); refuses them a second time."""
    _check_may_issue(case, "rights_notice", by, now)
    return [
        _issue(
            case,
            RightsNoticeFacts(
                committee=case.committee.name,
                recipient=Signer(key="p1", name=party.legal_representative or party.name),
                subject=case.matter.subject,
                told_on=clock.local_date(now),
                teller=Signer(key="m1", name=by.name),
            ),
            by,
            now,
        )
        for party in parties_at_the_table(case)
    ]


def _check_may_issue(case: MediationCase, type_name: str, by: Actor, now: datetime) -> None:
    dossier = open_dossier(case, by=by, now=now)
    check_is_compiling(dossier.status)
    issued = [row for row in list_papers_of(Owner(case.kind, case.id)) if row.type_name == type_name]
    if any(row.void_at is None for row in issued):
        raise RuleViolation("已经出过了，不用再出。请打开、打印，签名以后扫描进来。", rule="R-DOC")
    record(by, "dossier.issue_blank", dossier, type_name=type_name)


def _issue(case: MediationCase, facts: Facts, by: Actor, now: datetime) -> IssuedPaper:
    owner = Owner(case.kind, case.id)
    return issue(facts, owner=owner, matter_id=case.matter_id, organisation=case.committee, by=by, now=now)
