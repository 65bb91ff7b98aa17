"""What is typed on the pages of remedies and reconsideration cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.matters.models import Party
from app.people.models import Organisation
from app.remedies.rules import (
    DecisionKind,
    DeclineGround,
    GraveGround,
    HelpKind,
    Outcome,
    Procedure,
    SuspensionGround,
)
from app.web.forms import FormReader

LONG = 20_000
SHORT = 1000
MOST_TERMS = 20
NOT_GRAVE = "no"
DOCUMENTS: Mapping[str, str] = {
    "id_card": "居民身份证",
    "passport": "护照",
    "residence_permit": "港澳台居民居住证",
    "work_card": "工作证和授权材料",
}


@dataclass(frozen=True)
class NewRequest:
    """A request for review or recheck as typed."""

    organ: Organisation
    claim: str
    requested_on: date
    received_on: date


@dataclass(frozen=True)
class NewApplication:
    """An application for reconsideration as typed."""

    organ: Organisation
    respondent: Party
    act: str
    received_on: date
    again_reason: str


def read_request(form: FormReader, organs: Mapping[str, Organisation]) -> NewRequest:
    """To whom, what, since when."""
    organ = form.option("organ", "由哪个机关办", organs)
    claim = form.text("claim", "请求", limit=5000)
    requested_on = form.date("requested_on", "请求日期")
    received_on = form.date("received_on", "机关收到日期")
    form.finish()
    assert organ is not None
    return NewRequest(organ, claim, requested_on, received_on)


def read_opinion(form: FormReader) -> dict[str, object]:
    """The opinion of a review or recheck, ready for `decide_remedy`."""
    values: dict[str, object] = {
        "outcome": form.choice("outcome", "结果", Outcome),
        "amount_fen": form.amount_fen("amount", "支持的金额", required=False) or None,
        "opinion": form.text("opinion", "事实和理由", limit=LONG),
        "basis": form.line("basis", "依据", limit=400),
        "decided_on": form.date("decided_on", "出具日期"),
        "late_reason": form.text("late_reason", "迟办原因", limit=SHORT, required=False),
    }
    form.finish()
    return values


def read_day(form: FormReader, name: str, label: str) -> date:
    """One date and nothing else."""
    day = form.date(name, label)
    form.finish()
    return day


def read_reason(form: FormReader, label: str = "理由") -> str:
    """One reason and nothing else."""
    reason = form.text("reason", label, limit=SHORT)
    form.finish()
    return reason


def read_masked_text(form: FormReader) -> str:
    """The text to be published, and that somebody looked at it."""
    text = form.text("text", "公示的文字", limit=LONG)
    if not form.has("is_checked"):
        form.fail("is_checked", "请核对一遍，再勾选。")
    form.finish()
    return text


def read_help(form: FormReader) -> tuple[HelpKind, str, date]:
    """What kind of help, what was done, when."""
    kind = form.choice("help_kind", "哪一种", HelpKind)
    text = form.text("text", "做了什么", limit=5000)
    helped_on = form.date("helped_on", "日期")
    form.finish()
    return kind, text, helped_on


def read_application(
    form: FormReader, organs: Mapping[str, Organisation], respondents: Mapping[str, Party]
) -> NewApplication:
    """Which body, against whom, which act, when received."""
    organ = form.option("organ", "行政复议机构", organs)
    respondent = form.option("respondent", "被申请人", respondents)
    act = form.text("act", "被申请的行政行为", limit=SHORT)
    received_on = form.date("received_on", "收到申请的日期")
    again_reason = form.text("again_reason", "理由", limit=SHORT, required=False)
    form.finish()
    assert organ is not None
    assert respondent is not None
    return NewApplication(organ, respondent, act, received_on, again_reason)


def read_acceptance(form: FormReader) -> tuple[date, Procedure, GraveGround | None]:
    """When, under which procedure, and why it is grave if it is."""
    accepted_on = form.date("accepted_on", "受理日期")
    procedure = form.choice("procedure", "程序", Procedure)
    grave = form.option("grave", "是不是重大、疑难、复杂", {NOT_GRAVE: None, **{g.value: g for g in GraveGround}})
    form.finish()
    return accepted_on, procedure, grave


def read_decline(form: FormReader) -> tuple[DeclineGround, str, date]:
    """Which condition is missing, why, when."""
    ground = form.choice("ground", "缺哪一项条件", DeclineGround)
    reason = form.text("reason", "理由", limit=SHORT)
    declined_on = form.date("declined_on", "决定日期")
    form.finish()
    return ground, reason, declined_on


def read_extension(form: FormReader) -> tuple[int, str, date]:
    """How many days, why, when the parties were told."""
    days = form.number("days", "天数", low=1, high=365)
    reason = form.text("reason", "理由", limit=SHORT)
    told_on = form.date("told_on", "告知日期")
    form.finish()
    return days, reason, told_on


def read_suspension(form: FormReader) -> tuple[SuspensionGround, str, date]:
    """On which ground, what happened, from when on."""
    ground = form.choice("ground", "依据哪一项", SuspensionGround)
    note = form.text("note", "情况", limit=SHORT)
    from_on = form.date("from_on", "从哪天起")
    form.finish()
    return ground, note, from_on


def read_decision(form: FormReader) -> dict[str, object]:
    """The decision, ready for `decide_case`."""
    values: dict[str, object] = {
        "kind": form.choice("kind", "怎么决定", DecisionKind),
        "operative": form.text("operative", "决定的内容", limit=2000),
        "text": form.text("text", "事实和理由", limit=LONG),
        "decided_on": form.date("decided_on", "决定日期"),
        "late_reason": form.text("late_reason", "迟办原因", limit=SHORT, required=False),
    }
    form.finish()
    return values


def read_statement(form: FormReader) -> tuple[str, tuple[str, ...]]:
    """The facts and, a line each, what the parties agreed."""
    findings = form.text("findings", "事实和理由", limit=LONG)
    typed = form.text("terms", "调解结果", limit=5000)
    terms = tuple(line.strip() for line in typed.splitlines() if line.strip())
    if len(terms) > MOST_TERMS:
        form.fail("terms", f"最多 {MOST_TERMS} 项，请合并。")
    form.finish()
    return findings, terms


def read_withdrawal(form: FormReader) -> tuple[str, bool, date]:
    """Why, whether after a settlement, when."""
    reason = form.text("reason", "理由", limit=SHORT)
    is_settled = form.option("settled", "怎么撤回的", {"settled": True, "other": False})
    withdrawn_on = form.date("withdrawn_on", "撤回日期")
    form.finish()
    return reason, bool(is_settled), withdrawn_on


def read_document(form: FormReader) -> str:
    """Which document was compared."""
    return form.option("document", "核对了哪种证件", {key: key for key in DOCUMENTS}) or ""
