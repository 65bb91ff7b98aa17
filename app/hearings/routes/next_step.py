"""What comes next in a hearing: a title, what is still missing, and one button for the person who may press it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.hearings.actions.proposals import reply_by_of
from app.hearings.models import Hearing
from app.hearings.queries.hearings import list_barred_seats, list_unnamed_seats, organ_head_word
from app.hearings.routes.presenting import page_url, recusal_url
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.words import HearingSide, HearingStatus, SeatRole
from app.law import clock
from app.law.dates import format_month_day
from app.matters.queries.handling import list_recusals
from app.matters.rules import RecusalStatus

Condition = tuple[bool | None, str]


@dataclass(frozen=True)
class Step:
    """The card 下一步; without `url` it is somebody else's turn."""

    title: str
    text: str = ""
    conditions: tuple[Condition, ...] = field(default=())
    act: str = ""
    url: str = ""


def next_step(hearing: Hearing, procedure: Procedure, today: date) -> Step | None:
    """The one step that the hearing waits for; None when it is over."""
    if not hearing.is_open:
        return None
    urgent = _recusal_step(hearing, procedure)
    return urgent or STEPS[hearing.status](hearing, procedure, today)


def _recusal_step(hearing: Hearing, procedure: Procedure) -> Step | None:
    barred = {seat.account_id: seat for seat in list_barred_seats(hearing)}
    for recusal in list_recusals(hearing.matter_id):
        if recusal.account_id in barred and recusal.status is RecusalStatus.REQUESTED:
            seat = barred[recusal.account_id]
            url = recusal_url(hearing, seat, recusal, procedure)
            text = "决定前不参加这场听证，也看不到它。"
            return Step(f"决定 {seat.account.name} 是否回避", text, act="去决定", url=url)
    if barred:
        names = "、".join(seat.account.name for seat in barred.values())
        return Step("补上回避的人", f"{names} 已回避。", act="去补人", url=page_url("hearings.show_panel", hearing))
    return None


def _after_proposal(hearing: Hearing, procedure: Procedure, today: date) -> Step:
    reply_by = reply_by_of(hearing)
    answers: tuple[Condition, ...] = tuple(
        (row.has_consented is True, f"{row.party.name} {'同意听证' if row.has_consented else '还没有答复'}")
        for row in hearing.parties_of(HearingSide.APPLICANT)
    )
    late = "已经过了答复期限。" if today > reply_by else ""
    text = f"{late}{format_month_day(reply_by)}前答复。"
    return Step("等信访人答复", text, answers, "记下答复", page_url("hearings.show_answer", hearing))


def _after_application(hearing: Hearing, procedure: Procedure, today: date) -> Step:
    url = page_url("hearings.show_decision", hearing)
    text = "" if url else f"由{organ_head_word(procedure)}决定。"
    return Step("决定是否听证", text, act="去决定", url=url)


def _after_decision(hearing: Hearing, procedure: Procedure, today: date) -> Step:
    has_chair, has_recorder = bool(hearing.seats_of(SeatRole.CHAIR)), bool(hearing.seats_of(SeatRole.RECORDER))
    panelists = len(hearing.seats_of(SeatRole.PANELIST))
    has_panel = panelists + procedure.may_chair_vote >= procedure.panel_minimum
    conditions: tuple[Condition, ...] = (
        (has_chair, "主持人已指定" if has_chair else f"主持人由{organ_head_word(procedure)}指定"),
        (has_recorder, "记录员已指定" if has_recorder else "指定记录员"),
        (has_panel, f"听证员 {panelists} 人" if has_panel else f"听证员至少 {procedure.panel_minimum} 人"),
    )
    if not has_chair and (url := page_url("hearings.show_chair", hearing)):
        return Step("指定主持人", "", conditions, "去指定", url)
    if not (has_recorder and has_panel):
        return Step("组成听证组", "", conditions, "去安排", page_url("hearings.show_panel", hearing))
    if not has_chair:
        return Step("等指定主持人", "", conditions)
    title = "重新排时间" if hearing.status is HearingStatus.POSTPONED else "排时间和地点"
    return Step(title, "", conditions, "去排期", page_url("hearings.show_schedule", hearing))


def _after_notice(hearing: Hearing, procedure: Procedure, today: date) -> Step:
    newest = max((row.round for row in hearing.services), default=0)
    services = [row for row in hearing.services if row.round == newest]
    served = sum(1 for row in services if row.served_on is not None)
    unnamed = "、".join(seat.account.name for seat in list_unnamed_seats(hearing))
    conditions: tuple[Condition, ...] = (
        (served == len(services), f"通知已送达 {served} / {len(services)}"),
        (not unnamed, f"{unnamed} 不在通知上，要重新通知" if unnamed else "到场的人都在通知上"),
    )
    if unnamed:
        return Step("重新通知", "", conditions, "去通知", page_url("hearings.show_change", hearing))
    if served < len(services):
        return Step("送达通知", "", conditions, "去登记送达", page_url("hearings.show_services", hearing))
    session = hearing.session
    if session is not None and clock.local_date(session.starts_at) > today:
        return Step("等开会", f"{format_month_day(clock.local_date(session.starts_at))}开。", conditions)
    return Step("开始听证", "", conditions, "打开记录台", page_url("hearings.show_live", hearing))


def _while_sitting(hearing: Hearing, procedure: Procedure, today: date) -> Step:
    return Step("听证正在进行", "", act="打开记录台", url=page_url("hearings.show_live", hearing))


def _while_suspended(hearing: Hearing, procedure: Procedure, today: date) -> Step:
    text = "中止的原因消除后，另定时间并通知各方。"
    return Step("恢复听证", text, act="去恢复", url=page_url("hearings.show_change", hearing))


def _while_deliberating(hearing: Hearing, procedure: Procedure, today: date) -> Step:
    is_final = hearing.minutes is not None and hearing.minutes.final_at is not None
    is_voted = hearing.deliberation is not None and hearing.deliberation.is_disclosed
    conditions: tuple[Condition, ...] = ((is_final, "笔录已签名定稿"), (is_voted, "已评议表决"))
    if not is_final:
        return Step("核对笔录、签名", "", conditions, "打开笔录", page_url("hearings.show_minutes", hearing))
    if not is_voted:
        return Step("评议、表决", "评议不公开。", conditions, "去评议", page_url("hearings.show_deliberation", hearing))
    return Step("出听证意见", "", conditions, "去写", page_url("hearings.show_opinion", hearing))


def _after_sitting(hearing: Hearing, procedure: Procedure, today: date) -> Step:
    is_final = hearing.minutes is not None and hearing.minutes.final_at is not None
    title = "办结听证" if is_final else "核对笔录、签名"
    return Step(title, "复议决定要依据听证笔录。", act="打开笔录", url=page_url("hearings.show_minutes", hearing))


def _after_opinion(hearing: Hearing, procedure: Procedure, today: date) -> Step:
    if hearing.minutes is not None and hearing.minutes.final_at is None:
        return Step("把笔录签完", "", act="打开笔录", url=page_url("hearings.show_minutes", hearing))
    return Step("送达听证意见书、办结", "", act="去办", url=page_url("hearings.show_opinion", hearing))


STEPS: Mapping[HearingStatus, Callable[[Hearing, Procedure, date], Step]] = {
    HearingStatus.PROPOSED: _after_proposal,
    HearingStatus.APPLIED: _after_application,
    HearingStatus.APPROVED: _after_decision,
    HearingStatus.POSTPONED: _after_decision,
    HearingStatus.NOTICED: _after_notice,
    HearingStatus.IN_PROGRESS: _while_sitting,
    HearingStatus.SUSPENDED: _while_suspended,
    HearingStatus.DELIBERATING: _while_deliberating,
    HearingStatus.HELD: _after_sitting,
    HearingStatus.OPINION_ISSUED: _after_opinion,
}
