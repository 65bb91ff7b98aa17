"""The statistics of S01 with definitions and lists, and feeding the result back from a page (R-STAT-04, R-LINK-07)."""

import pytest
import sqlalchemy as sa

from app.collective.actions.returning import return_claimants
from app.collective.models import SettlementAgreement
from app.collective.queries.batch import list_links
from app.collective.queries.report import count_settlement, list_of_agreements, list_of_parties, list_of_returned
from app.collective.rules.report import Counted, feedback_words, figures_of, in_wan
from app.documents.models import IssuedPaper
from app.documents.queries import read_bytes
from app.law import clock
from app.linkage.models import Linkage
from app.linkage.rules import LinkageResult
from app.matters.models import Capacity
from app.mediation.rules import EndReason
from app.web.transaction import transaction
from tests.collective.settling import Settling, Wanted, frozen_settlement, make_settling, print_all
from tests.collective.test_confirming import sealed
from tests.documents.reading import squeezed, text_of
from tests.factories import involve

S01 = Counted(
    matters=1,
    cases=1,
    petitioners=428,
    listed=428,
    parties=424,
    agreements=421,
    amount_fen=1_670_400_000,
    signed=421,
    not_agreed=2,
    outside=5,
)


@pytest.mark.parametrize(
    ("fen", "words"),
    [(1_670_400_000, "1,670.40"), (0, "0.00"), (4_999, "0.00"), (5_000, "0.01"), (14_999, "0.01"), (15_000, "0.02")],
)
def test_r_stat_04_money_is_rounded_half_up_at_the_end(fen: int, words: str) -> None:
    assert in_wan(fen) == words


def test_r_stat_04_figures_of_s01_are_as_the_scenario_says() -> None:
    figures = [(figure.name, figure.number, figure.unit) for figure in figures_of(S01)]
    assert figures == [
        ("信访事项", "1", "件"),
        ("调解案件", "1", "件"),
        ("信访人数", "428", "人"),
        ("调解当事人", "424", "个"),
        ("调解协议", "421", "份"),
        ("协议涉及金额", "1,670.40", "万元"),
        ("签约人数", "421", "人"),
        ("转回信访办理", "7", "人"),
    ]
    assert all(figure.definition for figure in figures_of(S01))
    words = feedback_words(S01)
    assert all(
        part in words for part in ("428 人", "423 人", "421 份", "1,670.40 万元", "没有达成协议 2 人", "5 人", "7 人")
    )


def ended(world: Settling) -> None:
    """Two signed and sealed, one in dispute returned; the case is over."""
    settlement = frozen_settlement(world)
    print_all(world, settlement)
    sealed(world, [link.agreement_id for link in list_links(settlement)])
    with transaction():
        disputed = [row for row in world.claimants() if row.is_deceased]
        return_claimants(
            world.roster,
            disputed,
            EndReason.NO_AGREEMENT_POSSIBLE,
            "有争议",
            by=world.clerk.as_actor(),
            now=clock.now(),
        )


def test_r_stat_04_settlement_when_counted_agrees_with_its_lists(db, fake_now) -> None:
    fake_now("2025-04-11T10:00+08:00")
    world = make_settling(Wanted(seven_years=3, six_years=0, disputed=1, refusing=1))
    ended(world)

    counted = count_settlement(world.roster)

    assert counted == Counted(
        matters=1,
        cases=1,
        petitioners=4,
        listed=4,
        parties=4,
        agreements=2,
        amount_fen=2 * 4_200_000,
        signed=2,
        not_agreed=1,
        outside=1,
    )
    agreements = list_of_agreements(world.roster)
    assert (len(agreements), sum(row.amount_fen for row in agreements)) == (counted.agreements, counted.amount_fen)
    assert len(list_of_parties(world.case)) == counted.parties
    returned = [row.note for row in list_of_returned(world.roster)]
    assert returned == ["调解没有达成", "没有进入调解"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SettlementAgreement)) == 2


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_feedback_page_when_all_have_a_result_sends_the_letter(db, fake_now, client_of) -> None:
    fake_now("2025-04-11T10:00+08:00")
    world = make_settling(Wanted(seven_years=3, six_years=0, disputed=1, refusing=1))
    with transaction():
        involve(world.matter, world.stage.coordinator, Capacity.COORDINATOR)
    clerk, coordinator = client_of(world.clerk), client_of(world.stage.coordinator)
    base = f"/rosters/{world.roster.public_id}"
    early = clerk.post(f"{base}/feedback", data={"summary": "两人签约。"})
    assert (early.status_code, "调解还没有结束" in early.get_data(as_text=True)) == (422, True)
    ended(world)

    page = clerk.get(f"{base}/feedback").get_data(as_text=True)
    assert "签订书面协议 2 份，金额合计 8.40 万元，签约 2 人" in page
    assert coordinator.get(f"{base}/feedback").status_code == 403
    assert coordinator.post(f"{base}/feedback", data={"summary": "x"}).status_code == 403
    assert clerk.post(f"{base}/feedback", data={"summary": ""}).status_code == 422
    assert clerk.post(f"{base}/feedback", data={"summary": "签订书面协议 2 份。", "version": "999"}).status_code == 409
    assert clerk.post(f"{base}/feedback", data={"summary": "签订书面协议 2 份。"}).status_code == 302
    db.session.rollback()
    assert db.session.scalars(sa.select(Linkage)).one().result is LinkageResult.PARTLY_AGREED
    (letter,) = db.session.scalars(sa.select(IssuedPaper).filter_by(type_name="linkage_feedback_letter"))
    assert "签订书面协议2份" in squeezed(text_of(read_bytes(letter.latest)))
    assert "已经反馈" in clerk.get(f"{base}/feedback").get_data(as_text=True)

    report = coordinator.get(f"{base}/report?of=agreements").get_data(as_text=True)
    assert all(words in report for words in ("8.40", "D11", "委托移送—信访部门", "按分相加", "第1-002号"))
    for of in ("roster", "parties", "signed", "returned", "nothing"):
        assert coordinator.get(f"{base}/report?of={of}").status_code == 200
    assert client_of(world.stage.unit_clerk).get(f"{base}/report").status_code in (403, 404)
