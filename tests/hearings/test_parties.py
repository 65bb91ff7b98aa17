"""Proxies and representatives of a hearing: the paper, its signatures, what is filed, what is missing (INV-16)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.documents.models import IssuedPaper
from app.documents.queries import facts_of
from app.errors import RuleViolation
from app.extensions import db as database
from app.hearings.actions import parties as acts
from app.hearings.actions.closing import finish_signing, refuse_to_sign
from app.hearings.actions.parties import NewAuthority
from app.hearings.models import HearingParty
from app.hearings.queries.parties import lacks_of, list_files
from app.hearings.rules.parties import (
    GENERAL,
    PartyOnFile,
    Power,
    check_authority,
    check_election,
    check_may_file,
    is_special,
    list_lacks,
)
from app.hearings.rules.words import HearingSide, HearingStatus
from app.law import citizen_id
from app.matters.models import PartySide, Proxy
from app.signing.models import Signature
from app.signing.queries import get_round
from app.signing.rules import Manner, RoundState
from app.web.transaction import transaction
from tests.factories import make_account, make_party
from tests.hearings.convening import HELD_ON, SERVED_ON, duty_for, procedure_of_hearing, schedule, serve
from tests.hearings.hall import ZHENG_ID, at
from tests.hearings.sat import strokes

PARTY_PAPERS = ("power_of_attorney", "representative_election")
MAY_28 = date(2025, 5, 28)
NOW = at(MAY_28, 15)
DAUGHTER_ID = "99010119861005442" + citizen_id.check_character("99010119861005442")
DAUGHTER = NewAuthority(
    name="郑小满",
    relation="女儿",
    powers=GENERAL,
    filed_on=MAY_28,
    valid_until=date(2025, 6, 25),
    id_number=DAUGHTER_ID,
    phone="13600008119",
)


@pytest.fixture
def noticed(hearing, hall, unprinted):
    """The hearing of S02, noticed for 11 June and served on 28 May 2025."""
    duty_for(hall)
    schedule(hearing, hall)
    serve(hearing, hall, SERVED_ON, SERVED_ON)
    return hearing


@pytest.fixture
def group(make_approved, hall, db, unprinted):
    """The hearing of S02 with two neighbours of 郑桂兰 beside her, before any notice."""
    hearing = make_approved()
    with transaction():
        for name in ("孙大成", "李秋菊"):
            party = make_party(hearing.matter, PartySide.PETITIONER, name)
            hearing.parties.append(HearingParty(party=party, side=HearingSide.APPLICANT))
    return hearing


def applicant(hearing) -> HearingParty:
    return hearing.parties_of(HearingSide.APPLICANT)[0]


def issue(hearing, hall, new: NewAuthority = DAUGHTER) -> IssuedPaper:
    with transaction():
        procedure = procedure_of_hearing(hearing)
        return acts.issue_authority(applicant(hearing), new, procedure=procedure, by=hall.clerk, now=NOW)


def elect(hearing, hall, *names: str) -> IssuedPaper:
    chosen = [row for row in hearing.matter.parties if row.name in names]
    with transaction():
        procedure = procedure_of_hearing(hearing)
        return acts.issue_election(hearing, chosen, procedure=procedure, by=hall.clerk, now=NOW)


def sign(hearing, hall, paper, *keys: str) -> None:
    """Give the signatures of those keys as the pad does, one after the other; all without keys."""
    slots = get_round(paper).slots
    for slot in [slot for slot in slots if not keys or slot.key in keys]:
        with transaction():
            signature = Signature(slot=slot, manner=Manner.TABLET, shown_sha256="0" * 64, signed_at=NOW)
            signature.strokes = strokes()
            database.session.add(signature)
            database.session.flush()
            finish_signing(hearing, paper, by=hall.clerk, now=NOW)


def test_r_doc_h06_authority_when_issued_names_powers_and_period_and_waits_for_two_signatures(noticed, hall) -> None:
    paper = issue(noticed, hall)
    facts = facts_of(paper)
    assert (facts.is_special, facts.valid_from, facts.valid_until) == (False, MAY_28, date(2025, 6, 25))
    assert facts.powers[0] == "代为参加听证、陈述事实和理由"
    assert facts.proxies[0].id_number == DAUGHTER_ID
    assert [slot.name for slot in get_round(paper).slots] == ["郑桂兰", "郑小满"]
    assert applicant(noticed).party.proxies == []
    assert "郑桂兰的授权委托书还没有签完。" in lacks_of(noticed, list_files(noticed, MAY_28))


def test_r_hear_15_authority_when_both_signed_is_filed(noticed, hall, db) -> None:
    paper = issue(noticed, hall, replace(DAUGHTER, powers=(*GENERAL, Power.SETTLE)))
    principal, proxy = get_round(paper).slots
    sign(noticed, hall, paper, principal.key)
    assert applicant(noticed).party.proxies == []
    sign(noticed, hall, paper, proxy.key)
    db.session.expire_all()
    filed = applicant(noticed).party.proxies[0]
    assert (filed.name, filed.relation, filed.id_number) == ("郑小满", "女儿", DAUGHTER_ID)
    assert (filed.filed_on, filed.valid_until, filed.is_special_authority) == (MAY_28, date(2025, 6, 25), True)
    assert filed.powers.endswith("代为和解、达成调解协议")
    assert get_round(paper).state is not RoundState.OPEN


def test_r_hear_15_authority_when_the_sitting_began_meanwhile_is_not_filed(noticed, hall, db) -> None:
    paper = issue(noticed, hall)
    with transaction():
        noticed.status = HearingStatus.IN_PROGRESS
    sign(noticed, hall, paper, get_round(paper).slots[0].key)
    with pytest.raises(RuleViolation, match="听证开始前交"):
        sign(noticed, hall, paper, "proxy-1")
    assert db.session.scalar(sa.select(sa.func.count(Proxy.id))) == 0


def test_inv_16_third_proxy_is_refused_and_an_unsigned_authority_counts(noticed, hall) -> None:
    with transaction():
        acts.file_authority(applicant(noticed), DAUGHTER, by=hall.clerk, now=NOW)
    issue(noticed, hall, replace(DAUGHTER, name="吴律师", relation="律师"))
    with pytest.raises(RuleViolation, match="最多委托 2 名"), transaction():
        acts.file_authority(applicant(noticed), replace(DAUGHTER, name="钱三"), by=hall.clerk, now=NOW)


def test_inv_16_authority_that_ends_before_the_hearing_is_refused(noticed, hall) -> None:
    new = replace(DAUGHTER, valid_until=date(2025, 6, 10))
    with pytest.raises(RuleViolation, match="委托只到6月10日"), transaction():
        acts.file_authority(applicant(noticed), new, by=hall.clerk, now=NOW)


def test_authority_when_dropped_is_void_and_no_longer_counts(noticed, hall, db) -> None:
    paper = issue(noticed, hall)
    with transaction():
        acts.drop_party_paper(noticed, paper, by=hall.clerk, now=NOW)
    assert paper.void_at is not None
    assert get_round(paper).state is RoundState.CANCELLED
    with pytest.raises(RuleViolation, match="请刷新"), transaction():
        acts.drop_party_paper(noticed, paper, by=hall.clerk, now=NOW)


def test_authority_when_a_refusal_is_recorded_says_to_make_it_void(noticed, hall) -> None:
    paper = issue(noticed, hall)
    with pytest.raises(RuleViolation, match="作废"), transaction():
        refuse_to_sign(noticed, paper, "proxy-1", "不愿意", by=hall.clerk, now=NOW)


def test_authority_when_taken_back_ends_today(noticed, hall) -> None:
    with transaction():
        proxy = acts.file_authority(applicant(noticed), DAUGHTER, by=hall.clerk, now=NOW)
    with transaction():
        acts.end_authority(noticed, proxy.public_id, by=hall.clerk, now=NOW)
    assert not proxy.is_valid_on(MAY_28)


def test_r_doc_h14_election_when_all_signed_seats_the_representatives(group, hall, db) -> None:
    paper = elect(group, hall, "孙大成", "郑桂兰")
    facts = facts_of(paper)
    assert [each.name for each in facts.electors] == ["郑桂兰", "孙大成", "李秋菊"]
    assert [each.name for each in facts.representatives] == ["郑桂兰", "孙大成"]
    sign(group, hall, paper)
    db.session.expire_all()
    assert [row.party.name for row in group.parties_of(HearingSide.APPLICANT)] == ["郑桂兰", "孙大成"]
    marked = [row.name for row in group.matter.parties if row.is_representative]
    assert marked == ["郑桂兰", "孙大成"]
    assert lacks_of(group, list_files(group, MAY_28)) == [
        f"{hall.unit.name}还没有交授权委托书。负责人不来的，来的人要有委托书。"
    ]


def test_r_doc_h14_election_when_somebody_has_not_signed_changes_nothing(group, hall, db) -> None:
    paper = elect(group, hall, "郑桂兰")
    sign(group, hall, paper, *(slot.key for slot in get_round(paper).slots[:2]))
    db.session.expire_all()
    assert len(group.parties_of(HearingSide.APPLICANT)) == 3
    assert get_round(paper).state is RoundState.OPEN


def test_inv_15_election_of_others_than_the_notices_name_is_refused(group, hall) -> None:
    duty_for(hall)
    schedule(group, hall)
    with pytest.raises(RuleViolation, match="和通知一致"):
        elect(group, hall, "郑桂兰")
    assert elect(group, hall, "郑桂兰", "孙大成", "李秋菊").type_name == "representative_election"


def test_inv_01_election_of_nobody_or_in_a_group_of_one_is_refused(noticed, group, hall) -> None:
    with pytest.raises(RuleViolation, match="选了 0 名"):
        elect(group, hall)
    with pytest.raises(RuleViolation, match="只有一个人"):
        elect(noticed, hall, "郑桂兰")


@pytest.mark.parametrize("powers", [(), (Power.STATE,), (Power.STATE, Power.SETTLE), (Power.WITHDRAW,)])
def test_r_hear_15_special_authority_follows_from_the_powers(powers: tuple[Power, ...]) -> None:
    assert is_special(powers) == bool({Power.SETTLE, Power.WITHDRAW} & set(powers))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"powers": ()}, "逐项选代理权限"),
        ({"proxy": "郑桂兰 "}, "同一个名字"),
        ({"valid_until": date(2025, 5, 27)}, "已经到期"),
        ({"held_on": date(2025, 6, 26)}, "那天已经失效"),
    ],
)
def test_inv_16_authority_that_does_not_hold_is_refused(change: dict[str, Any], words: str) -> None:
    given: dict[str, Any] = {
        "powers": GENERAL,
        "principal": "郑桂兰",
        "proxy": "郑小满",
        "filed_on": MAY_28,
        "valid_until": date(2025, 6, 25),
        "held_on": HELD_ON,
        "today": MAY_28,
    }
    check_authority(**given)
    with pytest.raises(RuleViolation, match=words):
        check_authority(**given | change)


@pytest.mark.parametrize("status", HearingStatus)
def test_r_hear_15_authorities_are_filed_before_the_sitting_only(status: HearingStatus) -> None:
    if status in {"applied", "approved", "noticed", "postponed", "suspended"}:
        check_may_file(status)
    else:
        with pytest.raises(RuleViolation):
            check_may_file(status)


@pytest.mark.parametrize(
    ("elected", "seated"), [("abcdef", None), ("x", None), ("", None), ("ab", "abc"), ("abc", "ab")]
)
def test_inv_01_election_outside_of_the_law_is_refused(elected: str, seated: str | None) -> None:
    check_election("abc", "abcdefg", seated=None)
    with pytest.raises(RuleViolation):
        check_election(elected, "abcdefg", seated=seated)


def test_lacks_when_an_authority_ends_too_early_or_a_body_has_none_name_them() -> None:
    person = PartyOnFile("郑桂兰", is_body=False, proxies=[("郑小满", date(2025, 6, 10)), ("吴律师", None)])
    body = PartyOnFile("住建委", is_body=True, proxies=[("秦立业", date(2025, 6, 10))])
    assert list_lacks([person, body], HELD_ON, needs_election=True) == [
        "代表推选书还没有签齐。",
        "郑小满的委托到6月10日为止，听证那天已经失效，要重新委托。",
        "秦立业的委托到6月10日为止，听证那天已经失效，要重新委托。",
        "住建委还没有交授权委托书。负责人不来的，来的人要有委托书。",
    ]
    assert list_lacks([person], date(2025, 6, 10), needs_election=False) == []


def form(**values: Any) -> dict[str, Any]:
    given = {
        "is_written": "yes",
        "name": "郑小满",
        "relation": "女儿",
        "id_number": DAUGHTER_ID,
        "powers": ["state", "settle"],
        "filed_on": "2025-05-28",
        "valid_until": "2025-06-25",
    }
    return given | values


def test_page_when_an_authority_is_filed_shows_it_and_refuses_others(client_of, noticed, hall, fake_now, db) -> None:
    fake_now("2025-05-28T15:00+08:00")
    stranger = make_account(Role.COORDINATOR, name="别家")
    db.session.commit()
    page, client = f"/hearings/{noticed.public_id}/parties", client_of(hall.coordinator)
    authority = f"{page}/{applicant(noticed).public_id}/authority"
    assert client.get(authority).status_code == 200
    assert client.post(authority, data=form()).location.endswith("/parties")
    shown = client.get(page).get_data(as_text=True)
    assert "郑小满" in shown
    assert "特别授权" in shown
    assert DAUGHTER_ID not in shown
    db.session.rollback()
    proxy = db.session.scalars(sa.select(Proxy)).one()
    answer = client.post(f"/hearings/{noticed.public_id}/proxies/{proxy.public_id}/revoke")
    assert answer.status_code == 302
    assert "已撤销" in client.get(page).get_data(as_text=True)
    assert client_of(hall.recorder).get(page).status_code == 200
    assert client_of(hall.recorder).post(authority, data=form()).status_code == 403
    assert client_of(stranger).get(page).status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"powers": []}, "逐项选代理权限"),
        ({"id_number": ZHENG_ID[:-1] + "9"}, "身份证"),
        ({"valid_until": "2025-06-10"}, "那天已经失效"),
        ({"is_written": "perhaps"}, "请选择"),
        ({"powers": ["rule"]}, "代理权限"),
    ],
)
def test_page_when_the_authority_does_not_hold_says_why(client_of, noticed, hall, fake_now, change, words) -> None:
    fake_now("2025-05-28T15:00+08:00")
    url = f"/hearings/{noticed.public_id}/parties/{applicant(noticed).public_id}/authority"
    answer = client_of(hall.coordinator).post(url, data=form(**change))
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)


def test_pages_when_papers_are_issued_lead_to_the_pad_and_can_be_made_void(
    client_of, group, hall, fake_now, db
) -> None:
    fake_now("2025-05-28T15:00+08:00")
    hearing, client = f"/hearings/{group.public_id}", client_of(hall.coordinator)
    page = f"{hearing}/parties"
    assert "推选代表" in client.get(page).get_data(as_text=True)
    keys = [row.public_id for row in group.matter.parties if row.name in ("郑桂兰", "孙大成")]
    assert client.get(f"{hearing}/election").status_code == 200
    assert client.post(f"{hearing}/election", data={"elected": keys}).status_code == 302
    authority = f"{page}/{applicant(group).public_id}/authority"
    assert client.post(authority, data=form(is_written="no")).status_code == 302
    shown = client.get(page).get_data(as_text=True)
    assert "代表推选书，等签名" in shown
    assert "授权委托书，等签名" in shown
    db.session.rollback()
    papers = db.session.scalars(sa.select(IssuedPaper.public_id).where(IssuedPaper.type_name.in_(PARTY_PAPERS))).all()
    assert len(papers) == 2
    for paper in papers:
        assert client.post(f"{hearing}/authorities/{paper}/void").status_code == 302
    assert "等签名" not in client.get(page).get_data(as_text=True)


def test_pages_when_both_sign_on_the_pad_the_coordinator_files_the_authority(
    client_of, hearing, hall, fake_now, db
) -> None:
    fake_now("2025-05-28T15:00+08:00")
    paper, client = issue(hearing, hall), client_of(hall.coordinator)
    db.session.expire_all()
    ways = [f"/hearings/{hearing.public_id}/signing/{paper.public_id}/{slot.key}" for slot in get_round(paper).slots]
    signature = {"strokes": strokes(), "shown": paper.latest.sha256}
    assert client_of(hall.pool["万春生"]).post(ways[0], data=signature).status_code == 403
    assert client.get(f"/hearings/{hearing.public_id}/signing/{paper.public_id}/scan").status_code == 200
    for way in ways:
        assert client.get(way).status_code == 200
        assert client.post(way, data=signature).location.endswith("/parties")
    db.session.rollback()
    filed = applicant(hearing).party.proxies[0]
    assert (filed.name, filed.filed_on) == ("郑小满", MAY_28)
    assert [revision.kind.value for revision in paper.revisions] == ["issued", "signed"]
