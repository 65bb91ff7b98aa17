"""Who signs for a dead claimant: one for all, or each heir in person; and a proxy who may not sign (INV-25)."""

import pytest

from app.agreements import actions as agreements
from app.agreements.models import Agreement
from app.agreements.rules import AgreementStatus
from app.collective.actions.batch import seal_batch
from app.collective.actions.claimants import mend_claimant
from app.collective.models import Claimant
from app.collective.queries.batch import list_links
from app.collective.queries.roster import entry_of
from app.collective.rules import HeirPart, Kinship
from app.collective.rules.roster_entry import HeirEntry
from app.documents.queries import read_bytes
from app.errors import RuleViolation
from app.extensions import db as database
from app.jobs.running import run_job
from app.law import clock
from app.matters import actions as matters
from app.web.transaction import transaction
from tests.agreements.helpers import STROKES
from tests.collective.settling import KINDS, Settling, Wanted, day, frozen_settlement, make_settling, print_all
from tests.documents.reading import text_of

CHILDREN = tuple(
    HeirEntry(f"孙小{place}", f"9901011979010{place}00X", Kinship.CHILD, True, HeirPart.SIGNS) for place in "一二三"
)
RENOUNCED = HeirEntry("孙放弃", "99010119790104400X", Kinship.CHILD, True, HeirPart.RENOUNCES)


@pytest.fixture
def world(db, fake_now) -> Settling:
    """Three claimants alive, two of them representatives; one dead."""
    fake_now("2025-04-08T10:00+08:00")
    return make_settling(Wanted(seven_years=4, six_years=0, heirs=1))


def mend_heirs(world: Settling, heirs: tuple[HeirEntry, ...]) -> None:
    """Write the heirs of the dead claimant."""
    with transaction():
        dead = next(row for row in world.claimants() if row.is_deceased)
        old = entry_of(dead, today=clock.today())
        entry = type(old)(**{**vars(old), "heirs": heirs})
        mend_claimant(dead, entry, by=world.stage.actor("coordinator"), now=clock.now())


def of_dead(settlement) -> Agreement:
    """The dead claimant's agreement as the database has it."""
    link = next(link for link in list_links(settlement) if link.claimant.is_deceased)
    return database.session.get_one(Agreement, link.agreement_id, populate_existing=True)


def sign(world: Settling, agreement_id: int, *keys: str) -> None:
    """The named ones show their documents and sign; mediators in their own name."""
    for key in keys:
        with transaction():
            agreement = database.session.get_one(Agreement, agreement_id, populate_existing=True)
            by, digest, now = world.clerk.as_actor(), agreement.paper.latest.sha256, clock.now()
            if key.startswith("mediator"):
                by = agreement.case.active_mediators[int(key[-1]) - 1].as_actor()
            else:
                agreements.check_identity(agreement, key, "heir", by=by, now=now)
            agreements.sign(agreement, key, STROKES, shown_sha256=digest, by=by, now=now)


def test_inv_25_several_heirs_each_sign_in_person_and_one_sibling_is_not_enough(db, world) -> None:
    frozen_settlement(world)
    mend_heirs(world, (*CHILDREN, RENOUNCED))
    settlement = frozen_settlement(world, on="04-08")
    print_all(world, settlement)

    agreement = of_dead(settlement)
    row = agreement.parties[1]
    assert agreements.keys_of(row) == ("party-2-1", "party-2-2", "party-2-3")
    assert row.proxy is None
    text = text_of(read_bytes(agreement.paper.latest)).replace("\n", "").replace(" ", "")
    assert "孙小一（子女）、孙小二（子女）、孙小三（子女），各由本人签名" in text
    assert "乙方继承人孙小三" in text
    assert "孙放弃" not in text
    for key in ("party-2", "party-2-4"):
        with pytest.raises(RuleViolation):
            sign(world, agreement.id, key)
    sign(world, agreement.id, "party-1", "party-2-1", "mediator-1", "mediator-2")

    assert of_dead(settlement).status is AgreementStatus.SIGNING
    with pytest.raises(RuleViolation, match="孙小二、孙小三还没有签名"), transaction():
        agreements.seal_agreement(of_dead(settlement), seen_version=None, by=world.clerk.as_actor(), now=clock.now())
    sign(world, agreement.id, "party-2-2", "party-2-3")
    with transaction():
        batch = seal_batch(world.roster, by=world.clerk.as_actor(), now=clock.now())
    assert run_job(batch.job_id, KINDS)
    assert (of_dead(settlement).status, of_dead(settlement).effective_on) == (AgreementStatus.EFFECTIVE, day("04-08"))


def test_inv_25_another_heir_who_signs_for_all_takes_the_place_of_the_first(db, world) -> None:
    frozen_settlement(world)
    first, second = CHILDREN[:2]
    authorised = type(first)(**{**vars(first), "part": HeirPart.AUTHORISES})
    mend_heirs(world, (authorised, second))

    settlement = frozen_settlement(world, on="04-08")
    print_all(world, settlement)

    row = of_dead(settlement).parties[1]
    assert (row.signer_name, row.successors) == ("孙小二", [])
    assert "继承人孙小一的授权" in row.proxy.powers
    held = [proxy.name for proxy in row.party.proxies if proxy.is_valid_on(clock.today())]
    assert held == ["孙小二"]


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_inv_25_proxy_with_general_authority_is_shown_before_anybody_signs(app, world, client_of) -> None:
    with transaction():
        living = database.session.get_one(Claimant, world.claimants()[2].id)
        entry = matters.NewProxy(name="梁小田", filed_on=day("04-08"), relation="儿子", is_special=False, powers="")
        matters.add_proxy(living.party, entry, by=world.stage.actor("coordinator"), now=clock.now())
    settlement = frozen_settlement(world, on="04-08")
    clerk = client_of(world.clerk)
    for path in (
        f"/rosters/{world.roster.public_id}",
        f"/claimants/{world.claimants()[2].public_id}",
        f"/settlements/{settlement.public_id}/problems",
    ):
        page = clerk.get(path).get_data(as_text=True)
        assert "代理人梁小田只有一般授权，不能代签协议。请补交特别授权委托书" in page, path
    print_all(world, settlement)
    assert [link.claimant.is_deceased for link in list_links(settlement)] == [False, False, True]
