"""How an agreement is drawn on a page: marked clauses, numbered findings, rows of the editor, steps, lamps."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import g, request, url_for
from markupsafe import Markup, escape

from app.access.guards import current_actor, may
from app.access.permissions import Permission, Role
from app.agreements.models import Agreement, AgreementParty, Obligation
from app.agreements.queries import digest_of_key, is_court_of_place, list_courts
from app.agreements.rules import AgreementForm, AgreementStatus, CheckUp, Finding, Level, ObligationKind
from app.law import clock
from app.law.dates import format_date, format_month_day
from app.law.lamp import Lamp, days_left
from app.law.money import amount_in_capitals, format_yuan
from app.privacy.masking import mask_bank_card, mask_name
from app.settings.queries import calendar
from app.signing.models import SigningSlot

S = AgreementStatus
PILL_KINDS = {
    S.DRAFT: "idle",
    S.CHECKED: "idle",
    S.ISSUED: "warn",
    S.SIGNING: "info",
    S.SIGNED: "warn",
    S.EFFECTIVE: "ok",
    S.REPLACED: "idle",
    S.VOID: "idle",
}
ORDER = (S.DRAFT, S.CHECKED, S.ISSUED, S.SIGNED, S.EFFECTIVE)
REACHED = {S.SIGNING: 2, S.VOID: 0, S.REPLACED: 4, **{status: place for place, status in enumerate(ORDER)}}
STEP_WORDS = ("起草", "定稿", "签发", "各方签名", "盖章生效")
ROW_FIELDS = (
    "payer",
    "payee",
    "amount",
    "due",
    "after",
    "method",
    "account_holder",
    "account_bank",
    "account_number",
    "act",
)


def pill_of(status: AgreementStatus) -> str:
    """The kind of the status pill."""
    return PILL_KINDS[status]


def shown_name(name: str) -> str:
    """A party's name in a list: masked for who reads no content (R-PII-05)."""
    return mask_name(name) if current_actor().roles <= {Role.STREET_CLERK, Role.AUDITOR} else name


def steps_of(agreement: Agreement) -> list[dict[str, str]]:
    """The path of a written agreement from draft to effect."""
    reached = REACHED[agreement.status]
    notes = {
        2: format_month_day(clock.local_date(agreement.issued_at)) if agreement.issued_at else "",
        4: format_month_day(agreement.effective_on) if agreement.effective_on else "",
    }
    is_over = agreement.status in (S.EFFECTIVE, S.REPLACED)
    return [
        {
            "label": word,
            "note": notes.get(place, ""),
            "state": _step_state(place, reached, is_over=is_over),
        }
        for place, word in enumerate(STEP_WORDS)
    ]


def _step_state(place: int, reached: int, *, is_over: bool) -> str:
    if place < reached or (is_over and place == reached):
        return "done"
    return "now" if place == reached else "todo"


def slot_pill(slot: SigningSlot) -> tuple[str, str]:
    """The words and the kind of a place to sign."""
    if slot.is_signed:
        return "已签", "ok"
    return ("不签", "bad") if slot.is_refused else ("等签", "warn")


def lamp_until(day: date | None, today: date) -> Lamp | None:
    """The lamp of a day that is still to come or past; None without a day."""
    return days_left(day, today, calendar()) if day else None


def numbered_findings(check_up: CheckUp) -> list[dict[str, Any]]:
    """The open findings with their number, key and fixes, as the page lists them."""
    return [
        {
            "number": number,
            "finding": finding,
            "key": digest_of_key(finding.key),
            "is_must": finding.level is Level.MUST,
            "anchor": f"#f-{finding.place}",
        }
        for number, finding in enumerate(_open(check_up), start=1)
    ]


def sheet_of(agreement: Agreement, check_up: CheckUp) -> dict[str, Any]:
    """The real page of the draft with the found words marked and numbered."""
    marks = _marks_by_place(check_up)
    payments = [row for row in agreement.obligations if row.kind is ObligationKind.PAYMENT]
    acts = [row for row in agreement.obligations if row.kind is ObligationKind.ACT]
    return {
        "facts": _paragraphs(agreement.facts, marks.get("facts_and_issues", ())),
        "payment_term": marked(agreement.payment_term, marks.get("payment_term", ())),
        "total": _amount(agreement.total_fen, marks.get("total", ())),
        "payments": [_payment_line(agreement, row, place, marks) for place, row in enumerate(payments)],
        "acts": [f"{_label(agreement, row.payer_key)}{row.text}" for row in acts],
        "terms": [marked(term.text, marks.get(f"term-{place}", ())) for place, term in enumerate(agreement.terms)],
        "manner": marked(agreement.manner, [mark for mark in marks.get("performance_manner", ()) if mark[1].words]),
        "manner_number": _numbers([mark for mark in marks.get("performance_manner", ()) if not mark[1].words]),
        "place": agreement.place,
        "place_number": _numbers(marks.get("performance_place", ())),
        "facts_number": _numbers([mark for mark in marks.get("facts_and_issues", ()) if not mark[1].words]),
    }


def marked(text: str, marks: Iterable[tuple[int, Finding]]) -> Markup:
    """The text with the words of each finding marked and numbered."""
    html = Markup(escape(text))
    for number, finding in marks:
        kind = "bad" if finding.level is Level.MUST else "warn"
        words = str(escape(finding.words))
        badge = f'<span class="ft-found ft-{kind}">{{}}<sup>{number}</sup></span>'
        if words and words in html:
            html = Markup(str(html).replace(words, badge.format(words), 1))
        else:
            html = Markup(badge.format(html))
    return html


def editor_rows(agreement: Agreement) -> list[dict[str, str]]:
    """The payments and acts as the editor shows them, one empty row more; what was typed after a refusal."""
    if g.get("refusal") is not None:
        indexes = sorted({int(name.rpartition("-")[2]) for name in request.form if _is_row_field(name)})
        return [{**_typed_row(index), "index": str(index)} for index in indexes]
    rows = [_row(row, place) for place, row in enumerate(agreement.obligations)]
    keys = [row.key for row in agreement.parties]
    payer, payee = (keys[0], keys[1]) if len(keys) > 1 else ("", "")
    if rows:
        payer, payee = rows[-1]["payer"], rows[-1]["payee"]
    empty = dict.fromkeys(ROW_FIELDS, "") | {"payer": payer, "payee": payee, "index": str(len(rows))}
    return [*rows, empty]


def editor_terms(agreement: Agreement) -> list[str]:
    """The clauses and one empty line more; what was typed after a refusal."""
    if g.get("refusal") is not None:
        indexes = sorted(
            int(name.removeprefix("term-")) for name in request.form if name.removeprefix("term-").isdigit()
        )
        return [request.form.get(f"term-{index}", "") for index in indexes]
    return [*(term.text for term in agreement.terms), ""]


def proxy_choices(row: AgreementParty, today: date) -> list[tuple[str, str]]:
    """Who may sign for a party today: itself, or a proxy whose authority is on file (INV-25)."""
    guardian = row.guardian
    own = f"监护人{guardian.name}" if guardian else f"{row.party.legal_representative or row.party.name}本人"
    choices = [("", own)]
    for proxy in row.party.proxies:
        if proxy.is_valid_on(today):
            power = "特别授权" if proxy.is_special_authority else "一般授权，不能代签协议"
            choices.append((proxy.public_id, f"{proxy.name}（{proxy.relation}，{power}）"))
    return choices


def next_url(agreement: Agreement) -> tuple[str, str]:
    """The next act of an agreement and its page, for the one filled button; empty when nothing is next."""
    is_oral = agreement.form is AgreementForm.ORAL
    ways = {
        S.DRAFT: ("接着写", "agreements.show_editor", Permission.AGREEMENT_WRITE),
        S.CHECKED: ("签发", "agreements.show_issue", Permission.AGREEMENT_WRITE),
        S.ISSUED: ("去签名", "agreements.show_signing", Permission.AGREEMENT_SIGN),
        S.SIGNING: ("去签名", "agreements.show_signing", Permission.AGREEMENT_SIGN),
        S.SIGNED: ("盖章", "agreements.show_seal", Permission.AGREEMENT_SEAL),
        S.EFFECTIVE: ("记履行和回访", "agreements.show_follow_ups", Permission.AGREEMENT_FOLLOW_UP),
    }
    if agreement.status not in ways:
        return "", ""
    words, endpoint, permission = ways[agreement.status]
    if not may(permission, agreement):
        return "", ""
    if is_oral and agreement.status is S.DRAFT:
        words = "填登记表"
    return words, url_for(endpoint, public_id=agreement.public_id)


def court_choices(agreement: Agreement) -> list[tuple[str, str, str]]:
    """The courts to choose from; for labour only the basic court of the committee's own place (R-JC-03)."""
    committee = agreement.case.committee
    of_place = [court for court in list_courts() if is_court_of_place(court, committee)]
    offered = of_place if agreement.case.is_labour and of_place else list_courts()
    return [(each.public_id, each.name, "调解组织所在地" if each in of_place else "") for each in offered]


def masked_account(number: str) -> str:
    """尾号 3307, as the sheet shows an account."""
    return f"尾号 {number[-4:]}" if number else ""


def _open(check_up: CheckUp) -> tuple[Finding, ...]:
    return (*check_up.musts, *check_up.open_advice)


def _marks_by_place(check_up: CheckUp) -> dict[str, list[tuple[int, Finding]]]:
    by_place: dict[str, list[tuple[int, Finding]]] = {}
    for number, finding in enumerate(_open(check_up), start=1):
        by_place.setdefault(finding.place, []).append((number, finding))
    return by_place


def _payment_line(
    agreement: Agreement, row: Obligation, place: int, marks: dict[str, list[tuple[int, Finding]]]
) -> dict[str, Any]:
    return {
        "payer": _label(agreement, row.payer_key),
        "payee": _label(agreement, row.payee_key),
        "amount": _amount(row.amount_fen, marks.get(f"amount-{place}", ())),
        "due": _due_words(row),
        "due_number": _numbers(marks.get(f"due-{place}", ())),
        "payer_number": _numbers(marks.get(f"payer-{place}", ())),
        "method": row.method,
        "account": masked_account(row.account_number),
        "account_number": _numbers(marks.get(f"account_number-{place}", ())),
    }


def _amount(fen: int | None, marks: Iterable[tuple[int, Finding]]) -> Markup:
    text = f"{format_yuan(fen)} 元" if fen else "（没写金额）"
    capitals = f"（人民币{amount_in_capitals(fen)}）" if fen else ""
    html = Markup('<b class="ft-fill">{}</b>').format(text)
    for number, finding in marks:
        kind = "bad" if finding.level is Level.MUST else "warn"
        html = Markup('<span class="ft-found ft-{}">{}<sup>{}</sup></span>').format(kind, html, number)
    return html + Markup("{}").format(capitals)


def _numbers(marks: Iterable[tuple[int, Finding]]) -> Markup:
    html = Markup()
    for number, finding in marks:
        kind = "bad" if finding.level is Level.MUST else "warn"
        html += Markup('<span class="ft-found ft-{}">（没写）<sup>{}</sup></span>').format(kind, number)
    return html


def _paragraphs(text: str, marks: Iterable[tuple[int, Finding]]) -> list[Markup]:
    """Line by line, so that no mark runs over the end of a paragraph."""
    lines = []
    for line in filter(None, (part.strip() for part in text.split("\n"))):
        lines.append(marked(line, [(number, each) for number, each in marks if each.words and each.words in line]))
    return lines


def _due_words(row: Obligation) -> str:
    if row.due_on:
        return f"{format_date(row.due_on)}前"
    return f"协议生效之日起 {row.due_after_days} 日内" if row.due_after_days else ""


def _label(agreement: Agreement, key: str) -> str:
    return next((row.label for row in agreement.parties if row.key == key), "")


def _row(row: Obligation, place: int) -> dict[str, str]:
    return {
        "index": str(place),
        "payer": row.payer_key,
        "payee": row.payee_key,
        "amount": format_yuan(row.amount_fen) if row.amount_fen else "",
        "due": row.due_on.isoformat() if row.due_on else "",
        "after": str(row.due_after_days or ""),
        "method": row.method,
        "account_holder": row.account_holder,
        "account_bank": row.account_bank,
        "account_number": mask_bank_card(row.account_number) if row.account_number else "",
        "act": row.text,
    }


def _typed_row(index: int) -> dict[str, str]:
    return {name: request.form.get(f"{name}-{index}", "") for name in ROW_FIELDS}


def _is_row_field(name: str) -> bool:
    field, _, index = name.rpartition("-")
    return field in ROW_FIELDS and index.isascii() and index.isdigit() and len(index) < 5
