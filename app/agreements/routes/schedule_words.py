"""How sums, filters and rows of the schedule and of a payment list are told on their pages."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import request, url_for

from app.agreements.models import Obligation
from app.agreements.queries.schedule import ScheduleRow, Sums, debt_of
from app.agreements.rules import ObligationKind, Performance
from app.agreements.rules.performing import STANDING_LABELS, Standing, standing_of
from app.agreements.rules.reconciling import (
    LIST_COLUMNS,
    VERDICT_LABELS,
    Matched,
    Reconciliation,
    RowVerdict,
)
from app.agreements.rules.states import LABELS
from app.law.money import format_yuan
from app.matters.models import Party
from app.settings.queries import calendar, profile_on
from app.web.spreadsheets import Column, Sheet

PILLS: Mapping[Standing, str] = {
    Standing.NOT_YET: "idle",
    Standing.PARTLY: "info",
    Standing.LATE: "warn",
    Standing.DEFAULT: "bad",
    Standing.PAID: "ok",
    Standing.PAID_LATE: "ok",
}
ACT_PILLS = {Performance.PERFORMED: "ok", Performance.PARTLY: "warn", Performance.NOT_PERFORMED: "bad"}
CHIPS = (Standing.DEFAULT, Standing.LATE, Standing.PARTLY, Standing.NOT_YET, Standing.PAID, Standing.PAID_LATE)
OVERDUE = (Standing.LATE, Standing.DEFAULT)
REASON = "哪里要改"


def figures_of(sums: Mapping[Standing, Sums]) -> list[dict[str, Any]]:
    """What is owed, paid, still due and overdue, to the fen."""
    overdue = [sums[each] for each in OVERDUE if each in sums]
    count = sum(each.count for each in sums.values())
    return [
        {"label": "应付（元）", "number": format_yuan(sum(each.owed_fen for each in sums.values())), "unit": ""}
        | {"note": f"{count} 笔"},
        {"label": "已付（元）", "number": format_yuan(sum(each.paid_fen for each in sums.values())), "unit": ""},
        {"label": "还欠（元）", "number": format_yuan(sum(each.rest_fen for each in sums.values())), "unit": ""},
        {"label": "过期没付清（元）", "number": format_yuan(sum(each.rest_fen for each in overdue)), "unit": ""}
        | {"note": f"{sum(each.count for each in overdue)} 笔"},
    ]


def chips_of(sums: Mapping[Standing, Sums], chosen: Standing | None) -> list[dict[str, Any]]:
    """All, then each standing with its number."""
    every = {
        "label": "全部",
        "url": same_page(standing=""),
        "current": chosen is None,
        "count": sum(each.count for each in sums.values()),
    }
    return [
        every,
        *(
            {
                "label": STANDING_LABELS[each],
                "url": same_page(standing=each.value),
                "current": each is chosen,
                "count": sums[each].count if each in sums else 0,
            }
            for each in CHIPS
        ),
    ]


def same_page(**changed: str) -> str:
    """This page with other filters; a changed filter begins at the first page."""
    kept = {key: value for key, value in request.args.items() if key != "after"} | changed
    return _here({key: value for key, value in kept.items() if value})


def clear_url() -> str:
    """This page without filters."""
    return _here({})


def pill_of(row: ScheduleRow) -> tuple[str, str]:
    """The words and the kind of a payment's pill."""
    return STANDING_LABELS[row.standing], PILLS[row.standing]


def state_of(row: Obligation, today: date) -> tuple[str, str]:
    """The words and the kind of one obligation's pill: a payment by its dates, an act as it was recorded."""
    if row.kind is ObligationKind.ACT or not row.amount_fen:
        return LABELS[row.performance], ACT_PILLS.get(row.performance, "idle")
    standing = standing_of(debt_of(row), today, calendar(), profile_on(today))
    return STANDING_LABELS[standing], PILLS[standing]


def row_pill(row: Matched) -> tuple[str, str]:
    """The words and the kind of a list row's pill."""
    kind = "bad" if row.is_refused else {RowVerdict.EXACT: "ok", RowVerdict.PARTIAL: "warn"}.get(row.verdict, "idle")
    return VERDICT_LABELS[row.verdict], kind


def name_of(party: Party | None) -> str:
    """A party's name, — where it is gone."""
    return party.name if party else "—"


def failed_sheet(found: Reconciliation) -> Sheet:
    """The refused rows as they came, with the reason, to mend the list by."""
    columns = (*(Column(title, 18) for title in LIST_COLUMNS), Column(REASON, 50))
    return Sheet("要改的行", columns, [_line(row) for row in found.refused])


def _line(matched: Matched) -> tuple[str, ...]:
    row = matched.row
    return (
        row.agreement_number,
        str(row.instalment or ""),
        row.payee,
        row.account,
        format_yuan(row.amount_fen) if row.amount_fen else "",
        row.paid_on.isoformat() if row.paid_on else "",
        row.reference,
        f"第 {row.number} 行：{VERDICT_LABELS[matched.verdict]}。{matched.words}",
    )


def _here(args: dict[str, str]) -> str:
    return url_for(str(request.endpoint), **(request.view_args or {}), **args)  # type: ignore[arg-type]  # plain texts
