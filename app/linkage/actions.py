"""Passing a dispute to mediation and back: refer, accept or decline, feed back, close or return.

These acts write to the matter and to the mediation case; the petition clocks go on beside them (R-LINK-08).
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import issue
from app.documents.models import IssuedPaper
from app.documents.papers.linkage import (
    FeedbackLine,
    LetterParty,
    LinkageFeedbackLetterFacts,
    ReferralLetterFacts,
    ReferralRefusalLetterFacts,
)
from app.documents.rules import NumberRequest, Owner
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.law.dates import format_date
from app.linkage.models import Linkage, LinkageParty
from app.linkage.rules import (
    LABELS,
    OPEN,
    REFERRAL_WORDS,
    LinkageAct,
    LinkageKind,
    LinkageResult,
    PartyResult,
    check_may_close,
    check_may_return,
    next_status,
    overall_result,
)
from app.matters.actions import (
    close_matter,
    entrust,
    involve,
    meet_clock,
    open_blocker,
    record_consent,
    release_unit,
    settle_blocker,
    start_clock,
)
from app.matters.actions.moving import move, set_status
from app.matters.models import Matter, Party
from app.matters.queries.handling import find_clock
from app.matters.queries.screening import answers_of_sides, list_parties
from app.matters.rules import LABELS as MATTER_LABELS
from app.matters.rules import (
    Capacity,
    ConsentDecision,
    ConsentManner,
    MatterResult,
    PartySide,
    UnitCapacity,
)
from app.matters.rules.entering import check_consents, check_may_enter_linkage
from app.matters.rules.handling import check_day, check_reason
from app.matters.rules.states import MatterAct, status_after_linkage
from app.matters.rules.states import next_status as next_matter_status
from app.mediation.actions import accept_case, end_without_agreement
from app.mediation.models import MediationCase
from app.mediation.rules import CaseSource, EndReason
from app.people.models import Account, Organisation, OrganisationKind

REFERRAL_NUMBER = NumberRequest("referral_letter", "{prefix}调〔{year}〕{n}号")
COMMITTEE_LETTER_NUMBER = NumberRequest("committee_letter", "({year}){prefix}函第{n}号")


def refer(
    matter: Matter, committee: Organisation, *, kind: LinkageKind, summary: str, by: Actor, now: datetime
) -> Linkage:
    """Send a dispute to a committee with the referral letter; every side's consent is checked again (INV-02…05)."""
    today = clock.local_date(now)
    parties = list_parties(matter.id)
    _check_may_refer(matter, committee, parties)
    next_matter_status(matter.status, MatterAct.REFER)
    linkage = Linkage(
        matter=matter,
        matter_id=matter.id,
        committee_id=committee.id,
        kind=kind,
        status_before=matter.status,
        referred_by=by.account_id,
        referred_on=today,
        answer_by=today,
        parties=[],
    )
    db.session.add(linkage)
    db.session.flush()
    joining = [party for party in parties if party.consent is ConsentDecision.CONSENTED]
    linkage.parties.extend(LinkageParty(party=party, party_id=party.id) for party in joining)
    linkage.answer_by = start_clock(
        matter, "linkage_committee_answer", today, owner=_key(linkage), now=now
    ).legal_due_on
    move(matter, MatterAct.REFER, by=by, committee=committee.id)
    entrust(matter, committee, UnitCapacity.MEDIATION_COMMITTEE, since=today)
    involve(matter, by.account_id, Capacity.COORDINATOR, since=today)
    open_blocker(matter, "open_linkage", _key(linkage), now=now)
    letter = _issue_referral_letter(linkage, committee, joining, summary, by=by, now=now)
    linkage.referral_number = letter.number
    record(by, "linkage.refer", linkage, after=linkage.status.value, parties=len(joining), referral=kind.value)
    return linkage


def accept_referral(
    linkage: Linkage, *, mediators: Sequence[Account], accepted_on: date, by: Actor, now: datetime
) -> MediationCase:
    """The committee takes the dispute and opens its mediation case (R-LINK-05)."""
    check_day(accepted_on, not_before=linkage.referred_on, today=clock.local_date(now), what="受理日期")
    _check_still_agreed(linkage)
    _move(linkage, LinkageAct.ACCEPT)
    case = accept_case(
        linkage.matter,
        source=CaseSource.REFERRED_IN,
        committee=linkage.committee,
        mediators=mediators,
        accepted_on=accepted_on,
        by=by,
        now=now,
    )
    linkage.case_id = case.id
    _note_answer(linkage, accepted_on, by)
    record(by, "linkage.accept", linkage, before="referred", after=linkage.status.value, case=case.id)
    return case


def decline_referral(
    linkage: Linkage, *, ground: str, basis: str, routes: Sequence[str], by: Actor, now: datetime
) -> None:
    """The committee declines with its letter; the matter goes on where it stood (R-LINK-05)."""
    today = clock.local_date(now)
    check_reason(ground, "不予调解")
    _move(linkage, LinkageAct.DECLINE)
    linkage.refusal = ground
    _note_answer(linkage, today, by)
    _issue_refusal_letter(linkage, ground, basis, routes, by=by, now=now)
    _give_back(linkage, by=by, now=now)
    release_unit(linkage.matter, linkage.committee_id, UnitCapacity.MEDIATION_COMMITTEE, on=today)
    record(by, "linkage.decline", linkage, before="referred", after=linkage.status.value)


def withdraw_consent(
    linkage: Linkage, party: Party, *, manner: ConsentManner, given_on: date, note: str, by: Actor, now: datetime
) -> None:
    """A side takes its consent back: mediation ends, the matter returns (INV-05, R-MED-09)."""
    if linkage.status not in OPEN or linkage.fed_back_on is not None:
        raise RuleViolation("这次访调对接已经结束，不用再撤回。", rule="INV-05")
    record_consent(party, ConsentDecision.WITHDRAWN, manner=manner, given_on=given_on, note=note, by=by, now=now)
    for row in linkage.parties:
        if row.party_id == party.id:
            row.result = PartyResult.REFUSED
    record(by, "linkage.withdraw_consent", linkage, party=party.id)
    if linkage.case_id is None:
        linkage.result = LinkageResult.REFUSED
        return_to_petition(linkage, by=by, now=now)
        return
    case = db.session.get_one(MediationCase, linkage.case_id)
    if case.is_open:
        end_without_agreement(case, EndReason.PARTY_QUITS, note=note, ended_on=clock.local_date(now), by=by, now=now)


def feed_back(linkage: Linkage, results: Mapping[int, PartyResult], *, summary: str, by: Actor, now: datetime) -> None:
    """The committee tells the office what came of it, party by party, in its letter (R-LINK-07, R-LINK-11)."""
    today = clock.local_date(now)
    case = _ended_case(linkage)
    petitioners = [row for row in linkage.parties if row.party.side is PartySide.PETITIONER]
    result = overall_result([results.get(row.id, row.result) for row in petitioners])
    _move(linkage, LinkageAct.FEED_BACK)
    for row in linkage.parties:
        row.result = results.get(row.id, row.result)
    linkage.result = result
    linkage.summary = summary
    linkage.ended_on = case.ended_on or case.agreed_on
    linkage.fed_back_on = today
    meet_clock(Owner("mediation_case", case.id), "linkage_feedback", today)
    _issue_feedback_letter(linkage, case, by=by, now=now)
    record(by, "linkage.feed_back", linkage, before="accepted", after=linkage.status.value, result=result.value)


def return_to_petition(linkage: Linkage, *, by: Actor, now: datetime) -> None:
    """The matter goes on in petition handling; its clocks ran all the time (R-LINK-08, R-LINK-09)."""
    check_may_return(linkage.result)
    before = linkage.status
    _move(linkage, LinkageAct.RETURN)
    linkage.closed_on = clock.local_date(now)
    meet_clock(_key(linkage), "linkage_committee_answer", linkage.closed_on)
    _give_back(linkage, by=by, now=now)
    record(by, "linkage.return", linkage, before=before.value, after=linkage.status.value)


def close_as_settled(linkage: Linkage, *, by: Actor, now: datetime) -> None:
    """Everybody settled: the petition matter is closed as 调解化解 (R-LINK-10)."""
    check_may_close(linkage.result)
    before = linkage.status
    _move(linkage, LinkageAct.CLOSE)
    linkage.closed_on = clock.local_date(now)
    settle_blocker(_key(linkage), "open_linkage", now)
    close_matter(linkage.matter, MatterResult.SETTLED_BY_MEDIATION, by=by, now=now)
    record(by, "linkage.close", linkage, before=before.value, after=linkage.status.value)


def _check_may_refer(matter: Matter, committee: Organisation, parties: Sequence[Party]) -> None:
    if committee.kind is not OrganisationKind.MEDIATION_COMMITTEE:
        raise RuleViolation("请选一个人民调解委员会。", rule="R-LINK-05")
    check_may_enter_linkage(matter.kind, matter.open_procedure)
    check_consents(answers_of_sides(parties), is_collective=matter.visit.is_collective)


def _check_still_agreed(linkage: Linkage) -> None:
    sides = answers_of_sides([row.party for row in linkage.parties])
    check_consents(sides, is_collective=linkage.matter.visit.is_collective)


def _ended_case(linkage: Linkage) -> MediationCase:
    case = db.session.get(MediationCase, linkage.case_id) if linkage.case_id else None
    if case is None or case.is_open:
        raise RuleViolation("调解还没有结束。先办完调解，再反馈结果。", rule="R-LINK-07")
    return case


def _note_answer(linkage: Linkage, on: date, by: Actor) -> None:
    linkage.answered_by = by.account_id
    linkage.answered_on = on
    meet_clock(_key(linkage), "linkage_committee_answer", on)


def _give_back(linkage: Linkage, *, by: Actor, now: datetime) -> None:
    matter = linkage.matter
    settle_blocker(_key(linkage), "open_linkage", now)
    after = status_after_linkage(linkage.status_before, is_accepted=matter.accepted_on is not None)
    set_status(matter, after, "matter.return_from_linkage", by=by)


def _move(linkage: Linkage, act: LinkageAct) -> None:
    linkage.status = next_status(linkage.status, act)
    linkage.is_open = linkage.status in OPEN


def _key(linkage: Linkage) -> Owner:
    return Owner("linkage", linkage.id)


def _issue_referral_letter(
    linkage: Linkage, committee: Organisation, joining: Sequence[Party], summary: str, *, by: Actor, now: datetime
) -> IssuedPaper:
    matter = linkage.matter
    handling = find_clock(Owner("matter", matter.id), "petition_handling")
    facts = ReferralLetterFacts(
        office=matter.organisation.name,
        committee=committee.name,
        kind=REFERRAL_WORDS[linkage.kind],
        matter_number=matter.number,
        subject=matter.subject,
        registered_on=clock.local_date(matter.registered_at),
        parties=tuple(_letter_party(party) for party in joining),
        summary=summary,
        claims=(matter.text.claim,) if matter.text.claim else (),
        answer_by=linkage.answer_by,
        handling_due_on=handling.legal_due_on if handling and handling.is_open else None,
        issued_on=clock.local_date(now),
        contact=matter.organisation.contact_name,
        phone=matter.organisation.contact_phone,
    )
    return issue(
        facts,
        owner=_key(linkage),
        matter_id=matter.id,
        organisation=matter.organisation,
        by=by,
        now=now,
        number=REFERRAL_NUMBER,
    )


def _letter_party(party: Party) -> LetterParty:
    consent = party.consents[-1]
    words = f"{format_date(consent.given_on)}{MATTER_LABELS[ConsentManner(consent.manner)]}，同意调解"
    return LetterParty(name=party.name, capacity=MATTER_LABELS[party.side], consent=words)


def _issue_refusal_letter(
    linkage: Linkage, ground: str, basis: str, routes: Sequence[str], *, by: Actor, now: datetime
) -> None:
    facts = ReferralRefusalLetterFacts(
        committee=linkage.committee.name,
        office=linkage.matter.organisation.name,
        referral_number=linkage.referral_number,
        matter_number=linkage.matter.number,
        subject=linkage.matter.subject,
        received_on=linkage.referred_on,
        ground=ground,
        basis=basis,
        routes=tuple(routes),
        issued_on=clock.local_date(now),
        contact=linkage.committee.contact_name,
        phone=linkage.committee.contact_phone,
    )
    _issue_committee_letter(linkage, facts, by=by, now=now)


def _issue_feedback_letter(linkage: Linkage, case: MediationCase, *, by: Actor, now: datetime) -> None:
    facts = LinkageFeedbackLetterFacts(
        committee=linkage.committee.name,
        office=linkage.matter.organisation.name,
        referral_number=linkage.referral_number,
        matter_number=linkage.matter.number,
        dossier_number=case.number,
        subject=linkage.matter.subject,
        accepted_on=case.accepted_on,
        ended_on=linkage.ended_on or clock.local_date(now),
        result=linkage.result.value if linkage.result else "",
        summary=linkage.summary,
        issued_on=clock.local_date(now),
        lines=tuple(FeedbackLine(party=row.party.name, result=LABELS[row.result]) for row in linkage.parties),
        contact=linkage.committee.contact_name,
        phone=linkage.committee.contact_phone,
    )
    _issue_committee_letter(linkage, facts, by=by, now=now)


def _issue_committee_letter(
    linkage: Linkage, facts: ReferralRefusalLetterFacts | LinkageFeedbackLetterFacts, *, by: Actor, now: datetime
) -> None:
    issue(
        facts,
        owner=_key(linkage),
        matter_id=linkage.matter_id,
        organisation=linkage.committee,
        by=by,
        now=now,
        number=COMMITTEE_LETTER_NUMBER,
    )
