"""The model settlement: versions, what is checked for everybody at once, numbers, signing again, the end for some."""

from app.collective.queries.batch import list_links
from tests.collective.settling import Wanted, frozen_settlement, make_settling, print_all


def test_inv_30_agreements_when_printed_are_numbered_in_roster_order_without_gap(db, fake_now) -> None:
    fake_now("2025-04-07T10:00+08:00")
    world = make_settling(Wanted(seven_years=4, six_years=2, heirs=1, disputed=1, refusing=1))
    settlement = frozen_settlement(world)

    print_all(world, settlement)

    links = list_links(settlement)
    assert [link.agreement.number for link in links] == [f"(2025)滨澜人调字第1-{n:03}号" for n in range(1, 6)]
    assert [link.claimant.position for link in links] == [1, 2, 3, 5, 6]
    assert all(link.agreement.paper.is_ready for link in links)
    assert sum(link.agreement.total_fen for link in links) == (3 * 7 + 2 * 6) * 600_000
