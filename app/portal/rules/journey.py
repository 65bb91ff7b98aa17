"""一案一图: where a matter stands, in everyday words, for one party (brief §5, picture 10)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.law.money import format_yuan


class AgreementStage(StrEnum):
    """How far the agreement is, as this party sees it."""

    NONE = "none"
    TO_SIGN = "to_sign"
    WAITING_FOR_OTHERS = "waiting_for_others"
    DECLINED = "declined"
    TO_SEAL = "to_seal"
    EFFECTIVE = "effective"


@dataclass(frozen=True)
class Meeting:
    """The next meeting: when in words, and the room."""

    when: str
    place: str


@dataclass(frozen=True)
class Way:
    """What is known about the matter that this party may know."""

    received_on: date
    routed_by: date | None = None
    is_routed: bool = False
    accepted_on: date | None = None
    answer_by: date | None = None
    closed_on: date | None = None
    is_asked: bool = False
    consented_on: date | None = None
    has_refused: bool = False
    committee_answer_by: date | None = None
    mediation_from: date | None = None
    mediation_until: date | None = None
    meeting: Meeting | None = None
    agreed_on: date | None = None
    has_failed: bool = False
    stage: AgreementStage = AgreementStage.NONE
    total_fen: int | None = None
    payments: int = 0
    effective_on: date | None = None


@dataclass(frozen=True)
class Step:
    """One step of the picture; `state` is done, now or todo."""

    label: str
    note: str = ""
    state: str = "todo"


@dataclass(frozen=True)
class Journey:
    """The steps and, for the box on top, what is now."""

    steps: tuple[Step, ...]
    title: str
    lines: tuple[str, ...] = field(default=())

    @property
    def kicker(self) -> str:
        """现在到了第 4 步, or that it is over."""
        number = next((n for n, step in enumerate(self.steps, start=1) if step.state == "now"), 0)
        return f"现在到了第 {number} 步" if number else "都办完了"


def plan_journey(way: Way, *, today: date) -> Journey:
    """The picture of one matter: by mediation while that is its way, else by handling."""
    by_mediation = way.is_asked and not way.has_refused and not way.has_failed
    steps = list(_mediation_steps(way) if by_mediation else _handling_steps(way))
    title, lines = _now(way, by_mediation)
    if way.agreed_on is None and way.mediation_until and way.mediation_from and by_mediation and not way.closed_on:
        lines = (*lines, f"调解最迟到 {_day(way.mediation_until)}")
    return Journey(_with_states(steps), title, lines)


def _mediation_steps(way: Way) -> Iterator[tuple[str, str, bool]]:
    yield "登记", _day(way.received_on), True
    yield "您同意调解", _day(way.consented_on), way.consented_on is not None
    begun = way.mediation_from
    yield "调解委员会受理", _day(begun) or _until(way.committee_answer_by, "前答复"), begun is not None
    if way.agreed_on is None and way.stage is AgreementStage.NONE:
        yield "双方谈", way.meeting.when if way.meeting else "约好时间会发短信告诉您", False
    else:
        total = f"谈好了：共 {_yuan(way.total_fen)} 元" if way.total_fen else "谈好了"
        times = f"分 {way.payments} 次付" if way.payments > 1 else ""
        yield total, f"{_day(way.agreed_on)} {times}".strip(), True
    signed = way.stage in (AgreementStage.WAITING_FOR_OTHERS, AgreementStage.TO_SEAL, AgreementStage.EFFECTIVE)
    yield "看协议、签名", "" if signed else "签不签由您定，可以先回家商量", signed
    yield "委员会盖章，协议生效", _day(way.effective_on), way.stage is AgreementStage.EFFECTIVE


def _handling_steps(way: Way) -> Iterator[tuple[str, str, bool]]:
    yield "登记", _day(way.received_on), True
    if way.has_failed:
        yield "调解没有谈成", "这件事接着办，期限照算", True
    elif way.has_refused:
        yield "没有走调解", "照样办，不受影响", True
    is_routed = way.is_routed or way.accepted_on is not None or way.closed_on is not None
    yield "转到该办的单位", "" if is_routed else _until(way.routed_by, "前转"), is_routed
    is_accepted = way.accepted_on is not None or way.closed_on is not None
    yield "单位受理", _day(way.accepted_on), is_accepted
    yield "答复您", _day(way.closed_on) or _until(way.answer_by, "前答复"), way.closed_on is not None


def _with_states(steps: list[tuple[str, str, bool]]) -> tuple[Step, ...]:
    first_open = next((n for n, (_, _, is_done) in enumerate(steps) if not is_done), len(steps))
    states = ["done" if n < first_open else "now" if n == first_open else "todo" for n in range(len(steps))]
    return tuple(Step(label, note, state) for (label, note, _), state in zip(steps, states, strict=True))


def _now(way: Way, by_mediation: bool) -> tuple[str, tuple[str, ...]]:
    if way.stage is not AgreementStage.NONE:
        return _agreement_now(way)
    if way.closed_on is not None:
        return "这件事办完了", (f"{_day(way.closed_on)}办结",)
    return _mediation_now(way) if by_mediation else _handling_now(way)


def _agreement_now(way: Way) -> tuple[str, tuple[str, ...]]:
    if way.stage is AgreementStage.TO_SIGN:
        return "请您看协议、签名", ("签不签由您定，可以先回家商量",)
    if way.stage is AgreementStage.DECLINED:
        return "您说了不签", ("改主意了，随时可以再签；想再谈，请打下面的电话",)
    if way.stage is AgreementStage.WAITING_FOR_OTHERS:
        return "您签好了，等其他人签", ("协议还没有生效",)
    if way.stage is AgreementStage.TO_SEAL:
        return "都签好了，等委员会盖章", ("盖章后生效，会发短信告诉您",)
    return "协议生效了", (f"从 {_day(way.effective_on)}起生效",)


def _mediation_now(way: Way) -> tuple[str, tuple[str, ...]]:
    if way.consented_on is None:
        return "请说一说愿不愿意调解", ("愿意、不愿意都可以，不愿意照样办",)
    if way.mediation_from is None:
        return "等调解委员会答复", (_until(way.committee_answer_by, "前答复您"),) if way.committee_answer_by else ()
    if way.meeting is not None:
        return "请您来调解", (way.meeting.when, f"{way.meeting.place}，带身份证")
    if way.agreed_on is not None:
        return "谈好了，正在写协议", ("写好会请您先看",)
    return "正在约调解的时间", ("约好会发短信告诉您",)


def _handling_now(way: Way) -> tuple[str, tuple[str, ...]]:
    if way.accepted_on is not None:
        return "单位正在办", (_until(way.answer_by, "前答复您"),) if way.answer_by else ()
    if way.is_routed:
        return "已经转到该办的单位", ("收到后会书面告诉您",)
    return "正在看这件事该由谁办", (_until(way.routed_by, "前定下来"),) if way.routed_by else ()


def _day(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""


def _until(day: date | None, words: str) -> str:
    return f"{_day(day)}{words}" if day else ""


def _yuan(fen: int | None) -> str:
    return format_yuan(fen or 0).removesuffix(".00")
