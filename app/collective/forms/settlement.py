"""How the posted model settlement becomes plain values."""

from datetime import date

from app.collective.rules.settlement import MOST_SHARES, ModelText, Share
from app.errors import RuleViolation
from app.law.money import parse_yuan
from app.web.forms import FormReader

MOST_DAYS = 3650


def read_model(form: FormReader) -> tuple[ModelText, str]:
    """The model and the reason for keeping advice; refuses unreadable fields, not what is missing (FieldErrors)."""
    text = form.text("clauses", "其他条款", limit=20_000, required=False)
    model = ModelText(
        facts=form.text("facts", "纠纷事实", limit=20_000),
        payment_term=form.line("payment_term", "款项", limit=200),
        clauses=tuple(line.strip() for line in text.splitlines() if line.strip()),
        manner=form.text("manner", "履行方式", limit=2_000),
        place=form.line("place", "履行地点", limit=200),
        shares=tuple(_share(form, row) for row in form.rows("percent", "due", "after", limit=MOST_SHARES)),
    )
    kept_reason = form.text("kept_reason", "保留理由", limit=1_000, required=False)
    form.finish()
    return model, kept_reason


def _share(form: FormReader, row: dict[str, str]) -> Share:
    index = row["index"]
    due_on: date | None = form.optional_date(f"due-{index}", "到期日")
    after = form.number(f"after-{index}", "天数", low=1, high=MOST_DAYS) if form.has(f"after-{index}") else None
    return Share(part=_hundredths(form, f"percent-{index}"), due_on=due_on, due_after_days=after)


def _hundredths(form: FormReader, name: str) -> int:
    """A percentage with at most two decimals, e.g. 60 or 33.33."""
    try:
        return parse_yuan(form.raw(name).removesuffix("%"))
    except RuleViolation:
        form.fail(name, "比例看不懂。请只写数字，最多两位小数，如 60。")
        return 0
