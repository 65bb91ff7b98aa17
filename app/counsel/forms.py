"""What is typed about opinions, as plain values; a draft may miss any part."""

from datetime import date

from app.counsel.rules import AnalysisStep, OpenRoute, OpinionText, RouteWord
from app.errors import DomainError
from app.law.text import clean_text
from app.people.models import Account
from app.web.forms import FormReader

STEP_LIMIT = 5000


def read_request(form: FormReader, lawyers: dict[str, Account]) -> tuple[Account | None, str, date]:
    """Whom the office asks, what, and by when."""
    lawyer = form.option("lawyer", "律师", lawyers)
    question = form.text("question", "想问的问题", limit=2000)
    due_on = form.date("due_on", "什么时候要")
    form.finish()
    return lawyer, question, due_on


def read_text(form: FormReader) -> OpinionText:
    """The five parts as far as they are written."""
    text = OpinionText(
        facts=form.text("facts", "依据的事实", required=False),
        issues=form.text("issues", "争议焦点", limit=5000, required=False),
        analysis=tuple(_read_step(form, row) for row in form.rows("analysis", "basis")),
        routes=tuple(_read_route(form, word) for word in form.choices("routes", "可以走的路", RouteWord)),
        opinion=form.text("opinion", "结论意见", required=False),
        open_points=form.text("open_points", "还要查清的", limit=2000, required=False),
    )
    form.finish()
    return text


def _read_step(form: FormReader, row: dict[str, str]) -> AnalysisStep:
    index = row["index"]
    if not row["analysis"]:
        form.fail(f"analysis-{index}", "写了依据，还要写这一条怎么分析。")
    return AnalysisStep(
        _clean(form, f"analysis-{index}", row["analysis"]), _clean(form, f"basis-{index}", row["basis"])
    )


def _clean(form: FormReader, name: str, typed: str) -> str:
    try:
        return clean_text(typed, limit=STEP_LIMIT, is_required=False)
    except DomainError as refusal:
        form.fail(name, refusal.message)
        return ""


def _read_route(form: FormReader, word: RouteWord) -> OpenRoute:
    return OpenRoute(
        word,
        condition=form.line(f"condition-{word.value}", "条件", required=False),
        period=form.line(f"period-{word.value}", "期限", required=False),
        body=form.line(f"body-{word.value}", "受理单位", required=False),
    )
