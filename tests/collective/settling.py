"""A company that owes many claimants, brought to the point where their agreements can be made (after S01)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app.access.permissions import Role
from app.collective.actions.batch import print_agreements, seal_agreements, start_printing
from app.collective.actions.claimants import new_claimant, party_entry
from app.collective.actions.roster import open_roster
from app.collective.actions.settlement import begin_settlement, freeze_settlement, save_settlement
from app.collective.models import Claimant, ModelSettlement, Roster
from app.collective.queries.roster import RosterFilter, list_claimants
from app.collective.rules import ClaimKind, HeirPart, Kinship
from app.collective.rules.roster_entry import ClaimantEntry, ClaimEntry, HeirEntry
from app.collective.rules.settlement import ModelText, Share
from app.extensions import db
from app.jobs.running import run_job
from app.law import clock
from app.linkage.actions import accept_referral, refer
from app.linkage.models import Linkage
from app.linkage.rules import LinkageKind
from app.matters import actions as matters
from app.matters.models import Matter, Party
from app.matters.rules import ConsentDecision, ConsentManner, PartySide
from app.mediation.models import MediationCase
from app.people.models import Account, ProfessionalSkill
from app.web.transaction import transaction
from tests.factories import make_professional
from tests.matters.stage import Stage, answer, at, claim, company, person, register, set_stage

KINDS = {"print_agreements": print_agreements, "seal_agreements": seal_agreements}
YEARLY_FEN = 600_000
REPRESENTATIVES = ("陶玉芬", "梁守田", "苗桂香", "孔庆义", "卞凤英")
STREETS = ("织造里街道", "河清街道", "东门镇")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How many claimants of each sort; heirs and those in dispute come out of the seven-year ones."""

    seven_years: int
    six_years: int
    heirs: int = 0
    disputed: int = 0
    refusing: int = 0


@dataclass
class Settling:
    """Everybody and everything of the settlement."""

    stage: Stage
    second: Account
    matter: Matter
    roster: Roster
    linkage: Linkage
    case: MediationCase

    @property
    def clerk(self) -> Account:
        """The committee's clerk."""
        return self.stage.clerk

    def claimants(self) -> list[Claimant]:
        """The roster as it stands."""
        return list_claimants(db.session.get_one(Roster, self.roster.id), RosterFilter())


def day(text: str) -> date:
    """A day of 2025, written 04-11."""
    return date.fromisoformat(f"2025-{text}")


def model(**values: object) -> ModelText:
    """What was negotiated: 60 % within thirty days of effect, 40 % by the end of the year."""
    defaults: dict[str, object] = {
        "facts": (
            "{姓名}是滨澜东方纺机有限公司退休职工，公司改制后尚欠其 {年数} 年安置费，每年 {每年金额} 元，"
            "双方对支付方式有争议。"
        ),
        "payment_term": "滨澜东方纺机有限公司支付{姓名}安置费（{年数} 年）",
        "clauses": ("安置费总额 {总额} 元（大写：{总额大写}）付清后，双方就安置费再无其他金钱争议。",),
        "manner": "银行代发至本人养老金账户",
        "place": "滨澜区矛调中心",
        "shares": (Share(part=6000, due_after_days=30), Share(part=4000, due_on=day("12-31"))),
    }
    return ModelText(**{**defaults, **values})  # type: ignore[arg-type]  # test data


def make_settling(wanted: Wanted) -> Settling:
    """The case of S01 up to the acceptance on 19 February: registered, transferred, consents, referral."""
    with transaction():
        stage = set_stage()
        for account in (second := _mediator(stage, "方素珍"), stage.mediator):
            account.professional.skills.append(ProfessionalSkill(dispute_type="D11"))
        matter = _registered(stage, wanted)
        roster = _listed(stage, matter, wanted)
    with transaction():
        _asked(stage, matter, roster, wanted)
    with transaction():
        linkage = refer(
            matter,
            stage.committee,
            kind=LinkageKind.ENTRUSTED,
            summary="改制企业欠付安置费",
            by=stage.actor("coordinator"),
            now=at(day("02-18")),
        )
    with transaction():
        case = accept_referral(
            linkage,
            mediators=[stage.mediator, second],
            accepted_on=day("02-19"),
            by=stage.actor("clerk"),
            now=at(day("02-19")),
        )
    return Settling(stage, second, matter, roster, linkage, case)


def frozen_settlement(world: Settling, on: str = "04-07", **values: object) -> ModelSettlement:
    """A version of the model, frozen."""
    by, now = world.clerk.as_actor(), at(day(on))
    with transaction():
        settlement = begin_settlement(world.roster, by=by, now=now)
        save_settlement(settlement, model(**values), "", seen_version=None, by=by, now=now)
    with transaction():
        freeze_settlement(settlement, seen_version=None, by=by, now=now)
    return settlement


def print_all(world: Settling, settlement: ModelSettlement, now: datetime | None = None) -> None:
    """Run the printing job to its end."""
    with transaction():
        job = start_printing(settlement, by=world.clerk.as_actor(), now=now or clock.now())
    assert run_job(job.id, KINDS)


def _mediator(stage: Stage, name: str) -> Account:
    return make_professional(Role.MEDIATOR, organisation=stage.committee, committee=stage.committee, name=name)


def _registered(stage: Stage, wanted: Wanted) -> Matter:
    (matter,) = register(
        stage,
        day("02-10"),
        claim(
            "安置费",
            dispute_type="D11",
            opponents=(
                company(
                    "滨澜东方纺机有限公司",
                    credit_code="91990100MA00000060",
                    legal_representative="章国祥",
                    address="滨澜区东门镇纺机路 1 号",
                ),
            ),
        ),
        petitioners=tuple(
            person(name, is_representative=True, address="滨澜区织造里 3 号楼") for name in REPRESENTATIVES[:2]
        ),
        head_count=wanted.seven_years + wanted.six_years + wanted.refusing,
        is_collective=True,
    )
    matters.transfer_matter(
        matter, stage.unit, received_on=day("02-14"), by=stage.actor("coordinator"), now=at(day("02-14"))
    )
    return matter


def _listed(stage: Stage, matter: Matter, wanted: Wanted) -> Roster:
    by, now = stage.actor("coordinator"), at(day("02-16"))
    respondent = next(party for party in matter.parties if party.side is PartySide.RESPONDENT)
    known = [party for party in matter.parties if party.side is PartySide.PETITIONER]
    roster = open_roster(matter, "安置费", respondent, by=by, now=now)
    entries = list(_entries(wanted))
    added = matters.add_many_parties(matter, [party_entry(entry) for entry in entries[len(known) :]], by=by, now=now)
    for place, (party, entry) in enumerate(zip([*known, *added], entries, strict=True), start=1):
        db.session.add(new_claimant(roster, party, entry, place))
    db.session.flush()
    return roster


def _entries(wanted: Wanted) -> Iterator[ClaimantEntry]:
    """First the seven-year ones (of them the last are dead), then the six-year ones, then those who refuse."""
    alive = wanted.seven_years - wanted.heirs - wanted.disputed
    years = [7] * wanted.seven_years + [6] * (wanted.six_years + wanted.refusing)
    for place, count in enumerate(years):
        name = REPRESENTATIVES[place] if place < 2 else f"申请{_chinese(place)}"
        dead = alive <= place < wanted.seven_years
        yield _entry(name, place, count, dead=dead, disputed=dead and place >= alive + wanted.heirs)


def _entry(name: str, place: int, years: int, *, dead: bool, disputed: bool) -> ClaimantEntry:
    part = HeirPart.DISPUTES if disputed else HeirPart.SIGNS
    heirs = (
        HeirEntry(f"继承{_chinese(place)}", "", Kinship.SPOUSE, True, part, ""),
        HeirEntry(f"子女{_chinese(place)}", "", Kinship.CHILD, True, HeirPart.AUTHORISES, ""),
    )
    return ClaimantEntry(
        name=name,
        id_number="",
        birth_date=date(1950, 1, 1),
        sex="",
        phone="",
        street=STREETS[place % len(STREETS)],
        address=f"滨澜区织造里 {place + 1} 号",
        is_deceased=dead,
        died_on=date(2023, 5, 1) if dead else None,
        has_death_proof=dead,
        claims=(ClaimEntry(ClaimKind.RESETTLEMENT, years * YEARLY_FEN, f"{years} 年", years, YEARLY_FEN),),
        heirs=heirs if dead else (),
        proxy=None,
    )


def _asked(stage: Stage, matter: Matter, roster: Roster, wanted: Wanted) -> None:
    """The list went round: the last ones of the roster refuse."""
    answer(stage, roster.respondent, ConsentDecision.CONSENTED, day("02-17"))
    everybody = [claimant.party for claimant in list_claimants(roster, RosterFilter())]
    refusing = {party.id for party in everybody[len(everybody) - wanted.refusing :]}
    answers: list[tuple[Party, ConsentDecision]] = [
        (party, ConsentDecision.REFUSED if party.id in refusing else ConsentDecision.CONSENTED) for party in everybody
    ]
    matters.record_many_consents(
        matter,
        answers,
        manner=ConsentManner.WRITTEN,
        given_on=day("02-17"),
        by=stage.actor("coordinator"),
        now=at(day("02-17")),
    )


def _chinese(number: int) -> str:
    return "".join("零一二三四五六七八九"[int(digit)] for digit in str(number))
