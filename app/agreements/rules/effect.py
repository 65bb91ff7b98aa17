"""From which day an agreement holds, who may sign it, and what follows from its effect.

INV-21 (all parties, mediators and the committee's seal; the latest day), INV-23 (oral), INV-25 (authority to sign).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.errors import RuleViolation
from app.law.calendar import Calendar
from app.law.computing import compute_clock
from app.law.periods import days, last_day_of_period
from app.law.profile import Profile

RT29 = "《人民调解法》第二十九条"
MFD165 = "《民法典》第一百六十五条"


@dataclass(frozen=True)
class Authority:
    """What is on file for somebody who signs in a party's place."""

    belongs_to_party: bool
    is_valid: bool
    is_special: bool
    is_heir: bool = False
    proof: str = ""


def effective_date(signed_on: Iterable[date], sealed_on: date) -> date:
    """The latest day among every signature and the seal (INV-21, R-MED-20)."""
    return max([*signed_on, sealed_on])


def check_authority(authority: Authority | None, *, signer: str, party: str) -> None:
    """Refuse who signs for another without a filed, valid authority to settle (INV-25)."""
    if authority is None:
        return
    if not authority.belongs_to_party or not authority.is_valid:
        raise RuleViolation(
            f"{signer}不能替{party}签：卷里没有今天有效的授权。请先交授权委托书，或请{party}本人来签。依据{MFD165}",
            article=MFD165,
            rule="INV-25",
        )
    if authority.is_heir and not authority.proof.strip():
        raise RuleViolation(
            f"{signer}作为继承人签名，要先交死亡证明、亲属关系证明和全体继承人的授权。请补齐后再签。依据{MFD165}",
            article=MFD165,
            rule="INV-25",
        )
    if not authority.is_special:
        article = "《民事诉讼法》第六十二条"
        raise RuleViolation(
            f"{signer}的授权里没有写明可以代为和解、签协议。请补一份特别授权。依据{article}",
            article=article,
            rule="INV-25",
        )


def check_oral_registration(*, is_labour: bool, reached_on: date, today: date, content: str) -> None:
    """Refuse an oral agreement in a labour dispute, or without its register form on the same day (INV-23)."""
    if is_labour:
        article = "《劳动争议调解仲裁法》第十四条"
        raise RuleViolation(f"劳动争议不能用口头协议，请写成书面协议。依据{article}", article=article, rule="INV-23")
    if not content.strip():
        raise RuleViolation(
            "请填写口头协议登记表：达成协议的当天要由调解员记下内容。依据《人民调解法》第二十八条",
            article="《人民调解法》第二十八条",
            rule="INV-23",
        )
    if reached_on != today:
        raise RuleViolation(
            "口头协议要在达成当天登记。过了当天，请各方写成书面协议。依据《人民调解法》第二十八条",
            article="《人民调解法》第二十八条",
            rule="INV-23",
        )


def check_register_form_day(reached_on: date, today: date) -> None:
    """Refuse to sign or seal the register form on another day than that of the oral agreement (INV-23)."""
    if today > reached_on:
        raise RuleViolation(
            "登记表要在达成协议的当天由调解员签名、盖章，今天已经过了。请各方写成书面协议，原来的口头协议仍然有效。"
            "依据《人民调解法》第二十八条",
            article="《人民调解法》第二十八条",
            rule="INV-23",
        )


def due_date_after_effect(effective_on: date, due_after_days: int, calendar: Calendar) -> date:
    """The last day of a payment that is due so many days after effect; rolled to a working day (R-TIME-05)."""
    return last_day_of_period(effective_on, days(due_after_days), calendar).legal_due


def confirmation_window(effective_on: date, calendar: Calendar, profile: Profile) -> date:
    """Until when the parties may jointly apply for confirmation (R-JC-01)."""
    return compute_clock("judicial_confirmation", effective_on, calendar, profile=profile).legal_due
