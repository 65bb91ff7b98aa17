"""A mediation case with two neighbours, committee, mediator and clerk, and how an agreement is brought to a state."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time

from app.access.permissions import Role
from app.agreements import actions
from app.agreements.forms import AgreementText
from app.agreements.models import Agreement
from app.agreements.rules import AgreementForm, DraftObligation, ObligationKind
from app.extensions import db
from app.law import clock
from app.matters.models import Capacity, Consent, ConsentDecision, Matter, Party, PartyKind, PartySide
from app.mediation.actions import accept_case
from app.mediation.models import MediationCase
from app.mediation.rules import CaseSource
from app.people.models import Account, Organisation, OrganisationKind, ProfessionalSkill
from app.signing.queries import get_round
from app.web.database import WRITING
from app.web.transaction import transaction
from tests.factories import involve, make_account, make_matter, make_organisation, make_party, make_professional

STROKES = json.dumps(
    {
        "boxes": [
            {"char": "冯", "width": 400, "height": 400, "strokes": [[[40, 60], [300, 90], [320, 300]]]},
            {"char": "志", "width": 400, "height": 400, "strokes": [[[60, 60], [200, 340]], [[90, 90], [300, 100]]]},
        ]
    }
)


@dataclass
class World:
    """Everybody a case needs."""

    office: Organisation
    committee: Organisation
    district: Organisation
    clerk: Account
    mediator: Account
    coordinator: Account
    matter: Matter
    case: MediationCase
    payer: Party
    payee: Party


def at(day: str, hour: int = 10) -> datetime:
    """Local time on a day."""
    return clock.from_local(date.fromisoformat(day), time(hour))


def make_world(*, dispute_type: str = "D02", accepted_on: str = "2025-06-09", payer_is_body: bool = False) -> World:
    """A case accepted on a day, with the consent of 冯志远 (who pays) and 尤晓琴, mediator 石明轩."""
    with transaction():
        district = make_organisation("滨澜区", OrganisationKind.DISTRICT)
        office = make_organisation("滨澜区信访办", parent=district)
        committee = make_organisation(
            "滨澜区矛调中心人民调解委员会",
            OrganisationKind.MEDIATION_COMMITTEE,
            parent=district,
            number_prefix="滨澜人调字",
        )
        make_organisation("滨澜区人民法院", OrganisationKind.COURT, parent=district)
        clerk = make_account(Role.COMMITTEE_CLERK, organisation=committee, name="秦书记")
        coordinator = make_account(Role.COORDINATOR, organisation=office, name="周敏")
        mediator = make_professional(Role.MEDIATOR, organisation=committee, committee=committee, name="石明轩")
        mediator.professional.skills.append(ProfessionalSkill(dispute_type=dispute_type))
        day = date.fromisoformat(accepted_on)
        matter = make_matter(office, coordinator, received_on=day, dispute_type=dispute_type)
        kind = PartyKind.ORGANISATION if payer_is_body else PartyKind.PERSON
        payer = make_party(matter, PartySide.RESPONDENT, "冯志远", kind=kind, address="滨澜区织造里 6 号楼 301")
        payee = make_party(
            matter, PartySide.PETITIONER, "尤晓琴", address="滨澜区织造里 6 号楼 201", phone="13800000001"
        )
        for party in (payer, payee):
            consent = Consent(
                matter_id=matter.id,
                party_id=party.id,
                decision=ConsentDecision.CONSENTED,
                given_on=day,
                recorded_by=coordinator.id,
                recorded_at=at(accepted_on),
            )
            party.consents.append(consent)
        involve(matter, coordinator, Capacity.COORDINATOR)
        case = accept_case(
            matter,
            source=CaseSource.ON_APPLICATION,
            committee=committee,
            mediators=[mediator],
            accepted_on=day,
            by=clerk.as_actor(),
            now=at(accepted_on),
        )
    return World(office, committee, district, clerk, mediator, coordinator, matter, case, payer, payee)


def text_of(agreement: Agreement, **values: object) -> AgreementText:
    """A complete text: 12,000 yuan by 2025-07-31, unless said otherwise."""
    payer = next(row.key for row in agreement.parties if row.party.name == "冯志远")
    payee = next(row.key for row in agreement.parties if row.party.name == "尤晓琴")
    defaults: dict[str, object] = {
        "facts": "冯志远家水管漏水，浸坏尤晓琴家天花板和家具，双方对赔偿数额有争议。",
        "payment_term": "冯志远赔偿尤晓琴漏水损失",
        "total_fen": 1_200_000,
        "obligations": (payment(payer, payee, 1_200_000, "2025-07-31"),),
        "terms": ("双方再无其他金钱争议。",),
        "manner": "现金当面交付",
        "place": "滨澜区矛调中心第一调解室",
        "copies": 3,
    }
    return AgreementText(**{**defaults, **values})  # type: ignore[arg-type]  # test data


def payment(payer: str, payee: str, fen: int, due_on: str | None, **values: object) -> DraftObligation:
    """One payment."""
    return DraftObligation(
        kind=ObligationKind.PAYMENT,
        payer_key=payer,
        payee_key=payee,
        amount_fen=fen,
        due_on=date.fromisoformat(due_on) if due_on else None,
        **values,  # type: ignore[arg-type]  # test data
    )


def issued_agreement(world: World, day: str = "2025-07-01", **values: object) -> Agreement:
    """A written agreement issued for signing, with its bytes."""
    by, now = world.clerk.as_actor(), at(day)
    with transaction():
        agreement = actions.draft_agreement(world.case, form=AgreementForm.WRITTEN, by=by, now=now)
        text = text_of(agreement, **values)
        actions.save_agreement(agreement, text, seen_version=None, by=by, now=now)
        actions.finalise_agreement(agreement, seen_version=None, by=by, now=now)
    with transaction():
        actions.issue_agreement(fresh(agreement), seen_version=None, by=by, now=now)
    return fresh(agreement)


def fresh(agreement: Agreement) -> Agreement:
    """The agreement as the database has it now, also after a browser changed it."""
    if not WRITING.get():
        db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Agreement, agreement.id)


def sign_party(world: World, agreement: Agreement, key: str, day: str) -> None:
    """One party shows his document and signs on the pad."""
    with transaction():
        agreement = fresh(agreement)
        actions.check_identity(agreement, key, "id_card", by=world.clerk.as_actor(), now=at(day))
        digest = agreement.paper.latest.sha256
        actions.sign(agreement, key, STROKES, shown_sha256=digest, by=world.clerk.as_actor(), now=at(day))


def sign_mediator(world: World, agreement: Agreement, day: str) -> None:
    """The mediator signs in his own name."""
    with transaction():
        agreement = fresh(agreement)
        digest = agreement.paper.latest.sha256
        actions.sign(agreement, "mediator-1", STROKES, shown_sha256=digest, by=world.mediator.as_actor(), now=at(day))


def signed_agreement(world: World, day: str = "2025-07-01", **values: object) -> Agreement:
    """An agreement that everybody signed, waiting for the seal."""
    agreement = issued_agreement(world, day, **values)
    for slot in [slot.key for slot in get_round(agreement.paper).slots if slot.account_id is None]:
        sign_party(world, agreement, slot, day)
    sign_mediator(world, agreement, day)
    return fresh(agreement)


def seal(world: World, agreement: Agreement, day: str) -> Agreement:
    """The committee's clerk puts the seal on."""
    with transaction():
        actions.seal_agreement(fresh(agreement), seen_version=None, by=world.clerk.as_actor(), now=at(day))
    return fresh(agreement)


def effective_agreement(world: World, day: str = "2025-07-01", **values: object) -> Agreement:
    """An agreement in force since that day."""
    return seal(world, signed_agreement(world, day, **values), day)
