"""Facts of the letters between the petition office and the mediation committee."""

from dataclasses import dataclass
from datetime import date

from app.documents.papers.base import Facts
from app.errors import RuleViolation

REFERRAL_KINDS = {"entrust": "委托", "hand_over": "移送"}
LINKAGE_RESULTS = {
    "agreed": "调解成功",
    "partly_agreed": "部分调解成功",
    "failed": "调解不成",
    "refused": "当事人拒绝调解",
}


@dataclass(frozen=True, kw_only=True)
class LetterParty:
    """A side as the letter names it; `consent` says when and how this side agreed."""

    name: str
    capacity: str
    consent: str = ""


@dataclass(frozen=True, kw_only=True)
class ReferralLetterFacts(Facts):
    """委托（移送）调解函 (R-LINK-05); `kind` is a key of REFERRAL_KINDS."""

    office: str
    committee: str
    kind: str
    matter_number: str
    subject: str
    registered_on: date
    parties: tuple[LetterParty, ...]
    summary: str
    answer_by: date
    issued_on: date
    claims: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    handling_due_on: date | None = None
    contact: str = ""
    phone: str = ""

    def heading(self, title: str) -> str:
        """委托调解函 or 移送调解函."""
        return f"{REFERRAL_KINDS[self.kind]}调解函" if self.kind in REFERRAL_KINDS else title

    def check(self) -> None:
        """Refuse a referral without the consent of every side (INV-05, R-LINK-04)."""
        if self.kind not in REFERRAL_KINDS:
            raise RuleViolation("请选择委托调解还是移送调解。", rule="R-LINK-03")
        missing = [party.name for party in self.parties if not party.consent]
        if len(self.parties) < 2 or missing:
            raise RuleViolation(
                f"还没有各方同意调解的记录（{'、'.join(missing) or '缺少一方当事人'}），不能发函。",
                article="《人民调解法》第十七条",
                rule="R-LINK-04",
            )

    @property
    def kind_words(self) -> str:
        """委托 or 移送."""
        return REFERRAL_KINDS[self.kind]


@dataclass(frozen=True, kw_only=True)
class ReferralRefusalLetterFacts(Facts):
    """不予调解函: the committee declines a referral and names the lawful way."""

    committee: str
    office: str
    referral_number: str
    matter_number: str
    subject: str
    received_on: date
    ground: str
    basis: str
    issued_on: date
    routes: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class FeedbackLine:
    """The result for one side or group of sides (R-LINK-11)."""

    party: str
    result: str
    agreement_number: str = ""
    amount_fen: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class LinkageFeedbackLetterFacts(Facts):
    """调解结果反馈函; `result` is a key of LINKAGE_RESULTS."""

    committee: str
    office: str
    referral_number: str
    matter_number: str
    dossier_number: str
    subject: str
    accepted_on: date
    ended_on: date
    result: str
    summary: str
    issued_on: date
    lines: tuple[FeedbackLine, ...] = ()
    mediators: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""

    def check(self) -> None:
        """Refuse a result outside the table."""
        if self.result not in LINKAGE_RESULTS:
            raise RuleViolation("请选择调解结果后再生成反馈函。", rule="R-LINK-05")

    @property
    def result_words(self) -> str:
        """The result as the letter prints it."""
        return LINKAGE_RESULTS[self.result]

    @property
    def total_fen(self) -> int:
        """Sum of the agreed amounts, in fen."""
        return sum(line.amount_fen or 0 for line in self.lines)
