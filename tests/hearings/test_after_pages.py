"""The pages after the sitting: who opens them, the way from the minutes to the closed hearing, bad input."""

import io
import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.audit.models import AuditEvent
from app.hearings.actions import closing
from app.hearings.models import Hearing, PanelVote
from app.hearings.rules.words import HearingStatus, LiveStage
from app.matters.actions import request_recusal
from app.matters.rules import RecusalGround
from app.people.models import Account
from app.signing.queries import get_round
from app.web.transaction import transaction
from tests.factories import make_account
from tests.hearings.hall import FIVE, Hall, at
from tests.hearings.sat import (
    JUNE_11,
    PROPOSAL,
    TEXT,
    open_vote,
    procedure_of,
    recheck_hearing,
    scan_bytes,
    sit,
    strokes,
    vote_all,
)

NOON = at(JUNE_11, 12)
NOT_IN_THE_ROOM = ("coordinator", "leader", "unit_clerk", "administrator", "auditor", "stranger", "alternate", "lawyer")


@pytest.fixture
def heard(hall: Hall, fake_now) -> Hearing:
    """The hearing of S02 right after its sitting, at noon of that day."""
    with transaction():
        hearing = recheck_hearing(hall)
    sit(hearing, hall)
    fake_now("2025-06-11T15:00+08:00")
    return hearing


@pytest.fixture
def closed(heard: Hearing, hall: Hall) -> Hearing:
    """With its minutes closed."""
    with transaction():
        closing.close_minutes(heard.minutes, procedure=procedure_of(heard), by=hall.recorder.as_actor(), now=NOON)
    return heard


@pytest.fixture
def voted(heard: Hearing, hall: Hall) -> Hearing:
    """With the vote of 4 : 1 disclosed."""
    with transaction():
        open_vote(heard, hall)
    vote_all(heard, hall)
    return heard


@pytest.fixture
def others(hall: Hall, db: SQLAlchemy) -> dict[str, Account]:
    """People who have nothing to do in the closed room."""
    people = {
        "administrator": make_account(Role.ADMINISTRATOR, organisation=hall.office, name="管理员"),
        "auditor": make_account(Role.AUDITOR, organisation=hall.office, name="审计员"),
        "stranger": make_account(Role.HEARING_PANELIST, organisation=hall.firm, name="别场听证员"),
        "alternate": hall.pool["葛敏"],
        "lawyer": hall.pool["罗文斌"],
        "coordinator": hall.coordinator,
        "leader": hall.leader,
        "unit_clerk": hall.unit_clerk,
    }
    db.session.commit()
    return people


def base(hearing: Hearing) -> str:
    return f"/hearings/{hearing.public_id}"


def panelist(client_of: Callable[..., FlaskClient], hall: Hall, name: str) -> FlaskClient:
    """A lawyer of the pool picks the role in which he sits."""
    account = hall.pool[name]
    return client_of(account, Role.HEARING_PANELIST if len(account.roles) > 1 else None)


def post(client: FlaskClient, url: str, **data: object):
    return client.post(url, data=data)


def text_of(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.get_data(as_text=True)


def test_minutes_page_when_not_closed_is_for_those_who_keep_them(client_of, heard, hall) -> None:
    assert "定稿，去签名" in text_of(client_of(hall.recorder), f"{base(heard)}/minutes")
    for account in (hall.unit_clerk, hall.coordinator, hall.pool["万春生"]):
        assert client_of(account).get(f"{base(heard)}/minutes").status_code == 404


def test_minutes_when_closed_by_page_go_round_for_signatures(client_of, heard, hall, db) -> None:
    client = client_of(hall.recorder)
    assert post(client, f"{base(heard)}/minutes/close").status_code == 302
    page = text_of(client, f"{base(heard)}/minutes")
    assert page.count("等签名") >= 9
    assert "看完签名" in page
    assert "请本人登录后签" in page
    again = post(client, f"{base(heard)}/minutes/close")
    assert again.status_code == 422
    assert "已经定稿" in again.get_data(as_text=True)
    assert "看完签名" not in text_of(client_of(hall.unit_clerk), f"{base(heard)}/minutes")
    assert post(client_of(hall.unit_clerk), f"{base(heard)}/minutes/close").status_code == 403


def place_of_name(hearing: Hearing, name: str) -> str:
    return next(slot.key for slot in get_round(hearing.minutes.paper).slots if slot.name == name)


def test_signing_when_pages_are_skipped_leads_back_and_the_pad_opens_after_the_last(
    client_of, closed, hall, db
) -> None:
    client, paper = client_of(hall.recorder), closed.minutes.paper
    way = f"{base(closed)}/signing/{paper.public_id}/{place_of_name(closed, '郑桂兰')}"
    pages = paper.latest.pages
    assert client.get(way).location.endswith("/pages/1")
    assert client.get(f"{way}/pages/{pages}").location.endswith("/pages/1")
    early = post(client, way, strokes=strokes(), shown=paper.latest.sha256)
    assert "一页一页" in client.get(way, follow_redirects=True).get_data(as_text=True) or early.status_code in (
        302,
        422,
    )
    seen = [text_of(client, f"{way}/pages/{page}") for page in range(1, pages + 1)]
    assert "过渡费只发了12个月" in "".join(seen)
    assert "去签名" in seen[-1]
    assert "去签名" not in seen[0]
    assert "data-signature" in text_of(client, way)
    stale = post(client, way, strokes=strokes(), shown="0" * 64)
    assert stale.status_code == 409
    signed = post(client, way, strokes=strokes(), shown=paper.latest.sha256)
    assert signed.status_code == 302
    assert "平板手写" in text_of(client, f"{base(closed)}/minutes")


def test_signing_when_another_or_a_party_tries_is_refused(client_of, closed, hall) -> None:
    paper = closed.minutes.paper
    panelist = f"{base(closed)}/signing/{paper.public_id}/{place_of_name(closed, '万春生')}"
    assert client_of(hall.recorder).get(f"{panelist}/pages/1").status_code == 403
    assert client_of(hall.pool["康秀兰"]).get(f"{panelist}/pages/1").status_code == 403
    assert client_of(hall.unit_clerk).get(f"{panelist}/pages/1").status_code == 403
    assert client_of(hall.pool["万春生"]).get(f"{panelist}/pages/1").status_code == 200
    assert client_of(hall.recorder).get(f"{base(closed)}/signing/nothing/here").status_code == 404


def test_s02_row_10_minutes_when_she_refuses_and_the_others_sign_on_paper_are_final(
    client_of, closed, hall, db
) -> None:
    client, paper = client_of(hall.recorder), closed.minutes.paper
    way = f"{base(closed)}/signing/{paper.public_id}"
    refusal = f"{way}/{place_of_name(closed, '郑桂兰')}/refuse"
    assert "照他的原话写" in text_of(client, refusal)
    assert post(client, refusal, reason="").status_code == 422
    assert post(client, refusal, reason="记录不全").status_code == 302
    keys = [slot.key for slot in get_round(paper).slots if slot.name != "郑桂兰"]
    assert "在纸上签" in text_of(client, f"{way}/scan")
    scan = {"keys": keys, "manner": "paper", "signed_on": "2025-06-11"}
    bad = client.post(f"{way}/scan", data={**scan, "scan": (io.BytesIO(b"text"), "a.pdf")})
    assert bad.status_code == 422
    good = client.post(f"{way}/scan", data={**scan, "scan": (io.BytesIO(scan_bytes()), "a.png")})
    assert good.status_code == 302
    page = text_of(client, f"{base(closed)}/minutes")
    assert "已签完" in page
    assert "记录不全" in page
    author = re.search(r'<option value="([^"]+)">郑桂兰', page).group(1)
    assert post(client, f"{base(closed)}/minutes/notes", author=author, text="").status_code == 422
    noted = post(client, f"{base(closed)}/minutes/notes", author=author, text="2011年就反映过，没有写。")
    assert noted.status_code == 302
    assert "2011年就反映过" in text_of(client, f"{base(closed)}/minutes")


@pytest.mark.parametrize("who", NOT_IN_THE_ROOM)
def test_deliberation_when_opened_from_outside_stays_closed(client_of, voted, others, who, db) -> None:
    client = client_of(others[who], Role.LAWYER if who == "lawyer" else None)
    assert client.get(f"{base(voted)}/deliberation").status_code in (403, 404)
    assert post(client, f"{base(voted)}/deliberation/open", proposal="x", place="y").status_code in (403, 404)
    assert post(client, f"{base(voted)}/deliberation/vote", vote="agree", reason="x").status_code in (403, 404)
    paper = voted.deliberation.paper
    for kind in ("file", "word"):
        assert client.get(f"/papers/{paper.public_id}/{kind}").status_code in (403, 404)
    assert client.get(f"{base(voted)}/signing/{paper.public_id}/scan").status_code in (403, 404)
    key = get_round(paper).slots[0].key
    assert client.get(f"{base(voted)}/signing/{paper.public_id}/{key}").status_code in (403, 404)


def test_deliberation_minutes_when_papers_are_listed_show_to_the_panel_alone(client_of, voted, hall, others) -> None:
    paper = voted.deliberation.paper
    matter = voted.matter.public_id
    pages = (f"/matters/{matter}", f"/matters/{matter}/papers", f"/hearings/{voted.public_id}")
    for who in ("coordinator", "leader", "unit_clerk"):
        client = client_of(others[who])
        for url in pages:
            page = client.get(url).get_data(as_text=True)
            assert paper.public_id not in page, (who, url)
            assert "评议笔录" not in page, (who, url)
    member = client_of(hall.pool["万春生"])
    assert [member.get(f"/papers/{paper.public_id}/{kind}").status_code for kind in ("file", "word")] == [200, 200]


def test_inv_12_deliberation_when_a_member_stepped_aside_is_closed_to_him(client_of, voted, hall, db) -> None:
    account = hall.pool["康秀兰"]
    with transaction():
        request_recusal(
            voted.matter, account, ground=RecusalGround.OTHER_RELATION, facts="认识", by=hall.clerk, now=NOON
        )
    client = client_of(account)
    assert client.get(f"{base(voted)}/deliberation").status_code == 404
    assert client.get(f"/papers/{voted.deliberation.paper.public_id}/file").status_code == 404


def test_votes_when_one_is_missing_appear_on_no_page(client_of, heard, hall, others, db) -> None:
    chair = client_of(hall.chair)
    opened = post(chair, f"{base(heard)}/deliberation/open", proposal=PROPOSAL, place="评议室")
    assert opened.status_code == 302
    secret = "一个谁也不会先看到的理由"
    for name in FIVE[:4]:
        client = panelist(client_of, hall, name)
        assert "投出的票不能改" in text_of(client, f"{base(heard)}/deliberation")
        cast = post(client, f"{base(heard)}/deliberation/vote", vote="disagree", reason=secret)
        assert cast.status_code == 302
        mine = text_of(client, f"{base(heard)}/deliberation")
        assert "已经封存" in mine
        assert secret not in mine
    for account in (hall.chair, hall.recorder, hall.pool["万春生"], hall.pool["范玉梅"]):
        page = text_of(client_of(account), f"{base(heard)}/deliberation")
        assert secret not in page
        assert "还差 1 人" in page
        assert page.count("已投") == 4
    auditor = client_of(others["auditor"]).get("/audit").get_data(as_text=True)
    assert secret not in auditor
    assert "disagree" not in auditor
    raw = db.session.execute(sa.text("SELECT * FROM panel_vote")).all()
    assert secret.encode() not in b"".join(part for row in raw for part in row if isinstance(part, bytes))
    assert all("disagree" not in str(event.detail) for event in db.session.scalars(sa.select(AuditEvent)))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"vote": "", "reason": "x"}, "请填写同意还是不同意"),
        ({"vote": "abstain", "reason": "x"}, "不能选"),
        ({"vote": "agree", "reason": ""}, "请填写理由"),
    ],
)
def test_vote_when_badly_filled_is_refused_and_keeps_the_reason(client_of, heard, hall, db, data, words) -> None:
    with transaction():
        open_vote(heard, hall)
    answer = post(client_of(hall.pool["万春生"]), f"{base(heard)}/deliberation/vote", **data)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(PanelVote.id))) == 0


def test_vote_when_sent_twice_or_before_the_opening_is_refused(client_of, heard, hall, db) -> None:
    client = client_of(hall.pool["万春生"])
    url = f"{base(heard)}/deliberation/vote"
    early = post(client, url, vote="agree", reason="x")
    assert (early.status_code, "还没有开始" in early.get_data(as_text=True)) == (422, True)
    with transaction():
        open_vote(heard, hall)
    assert post(client, url, vote="agree", reason="先看证据").status_code == 302
    second = post(client, url, vote="disagree", reason="改主意了")
    assert second.status_code == 422
    assert "不能改" in second.get_data(as_text=True)
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(PanelVote.id))) == 1


def test_deliberation_when_final_statements_are_not_over_is_refused_by_page(client_of, hall, fake_now) -> None:
    with transaction():
        hearing = recheck_hearing(hall)
    sit(hearing, hall, to=LiveStage.DEBATE, is_over=False)
    fake_now("2025-06-11T11:00+08:00")
    answer = post(client_of(hall.chair), f"{base(hearing)}/deliberation/open", proposal=PROPOSAL, place="评议室")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "最后陈述" in page
    assert PROPOSAL in page


@pytest.mark.parametrize("who", ["coordinator", "unit_clerk", "leader", "panelist"])
def test_opinion_when_it_is_not_issued_is_for_the_panel_alone(client_of, voted, hall, who) -> None:
    account = hall.pool["万春生"] if who == "panelist" else getattr(hall, who)
    expected = 200 if who == "panelist" else 404
    assert client_of(account).get(f"{base(voted)}/opinion").status_code == expected


def test_inv_20_opinion_page_when_nobody_voted_refuses_with_what_was_typed(client_of, heard, hall) -> None:
    answer = post(client_of(hall.chair), f"{base(heard)}/opinion", conclusion="应当补发")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "还没有评议" in page
    assert "应当补发" in page


def test_s02_rows_11_to_13_when_done_by_page_end_with_a_closed_hearing(client_of, closed, hall, db, fake_now) -> None:
    chair, recorder = client_of(hall.chair), client_of(hall.recorder)
    room = f"{base(closed)}/deliberation"
    assert post(recorder, f"{room}/open", proposal=PROPOSAL, place="评议室").status_code == 302
    for name in FIVE:
        word = "disagree" if name == "邱正源" else "agree"
        assert (
            post(panelist(client_of, hall, name), f"{room}/vote", vote=word, reason="按协议已经结清。").status_code
            == 302
        )
    result = text_of(chair, room)
    assert "4 人同意，1 人不同意" in result
    assert "按协议已经结清" in result
    fake_now("2025-06-13T10:00+08:00")
    chair, recorder, clerk = client_of(hall.chair), client_of(hall.recorder), client_of(hall.coordinator)
    draft = text_of(chair, f"{base(closed)}/opinion")
    assert PROPOSAL in draft
    assert "按协议已经结清" in draft
    opinion = f"{base(closed)}/opinion"
    assert post(chair, opinion, **vars(TEXT)).status_code == 302
    stale = post(chair, opinion, **{**vars(TEXT), "version": "99"})
    assert stale.status_code == 409
    assert post(chair, f"{opinion}/issue").status_code == 302
    page = text_of(clerk, opinion)
    assert "7月7日" in page
    assert "6月19日" in page
    assert "18 天" in page
    db.session.rollback()
    paper = closed.opinion.paper
    keys = [slot.key for slot in get_round(paper).slots]
    early = post(clerk, f"{opinion}/seal")
    assert (early.status_code, "还不能盖章" in early.get_data(as_text=True)) == (422, True)
    for signed, on in ((paper, "2025-06-13"), (closed.minutes.paper, "2025-06-11")):
        keys = [slot.key for slot in get_round(signed).slots]
        data = {"keys": keys, "manner": "paper", "signed_on": on, "scan": (io.BytesIO(scan_bytes()), "a.png")}
        answer = recorder.post(f"{base(closed)}/signing/{signed.public_id}/scan", data=data)
        assert answer.status_code == 302, answer.get_data(as_text=True)
    assert post(clerk, f"{opinion}/seal").status_code == 302
    page = text_of(clerk, opinion)
    early = post(clerk, f"{base(closed)}/close")
    assert early.status_code == 422
    for service in re.findall(r"/opinion/services/([^\"]+)\"", page):
        url = f"{opinion}/services/{service}"
        assert post(clerk, url, mode="in_person", happened_on="2025-06-12").status_code == 422
        served = post(clerk, url, mode="in_person", happened_on="2025-06-13", receiver="本人")
        assert served.status_code == 302, served.get_data(as_text=True)
    named = post(clerk, f"{opinion}/publish", masked_text="郑桂兰的请求成立")
    assert (named.status_code, "还不能公示" in named.get_data(as_text=True)) == (422, True)
    assert post(clerk, f"{opinion}/publish", masked_text="信访人郑某某的请求部分成立").status_code == 302
    assert "已公示" in text_of(clerk, opinion)
    assert post(clerk, f"{opinion}/withdraw").status_code == 302
    assert post(clerk, f"{base(closed)}/close").status_code == 302
    db.session.rollback()
    assert db.session.get(Hearing, closed.id).status is HearingStatus.CLOSED


@pytest.mark.parametrize("act", ["opinion/seal", "opinion/publish", "opinion/withdraw", "close"])
def test_acts_after_the_opinion_when_posted_by_the_unit_are_refused(client_of, voted, hall, act) -> None:
    assert post(client_of(hall.unit_clerk), f"{base(voted)}/{act}", masked_text="x").status_code == 403
