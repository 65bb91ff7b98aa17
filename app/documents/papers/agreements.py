"""Facts of the papers that hold what the parties agreed: agreement, oral form, confirmation, follow-up."""

from dataclasses import dataclass
from datetime import date

from app.documents.papers.base import Facts
from app.documents.papers.people import OrganisationParty, PersonParty, Signer
from app.errors import RuleViolation


@dataclass(frozen=True, kw_only=True)
class PaperInstalment:
    """One payment; `due_text` replaces the printed date, e.g. 协议生效之日起30日内."""

    payer: str
    payee: str
    amount_fen: int
    due_on: date | None = None
    due_text: str = ""
    method: str = ""


@dataclass(frozen=True, kw_only=True)
class PaymentAccount:
    """Where the money goes."""

    holder: str
    bank: str
    number: str


@dataclass(frozen=True, kw_only=True)
class MediationAgreementFacts(Facts):
    """人民调解协议书 (R-DOC-M07), also 补充协议 when `earlier_number` is given.

    `payment_term` is what the money is for, without amount: the paper adds total, capitals and table.
    `terms` follow it as （二）…; with no instalments they begin at （一）. Line breaks make paragraphs.
    """

    committee: str
    parties: tuple[PersonParty | OrganisationParty, ...]
    facts_and_issues: str
    terms: tuple[str, ...]
    mediators: tuple[Signer, ...]
    payment_term: str = ""
    total_fen: int | None = None
    instalments: tuple[PaperInstalment, ...] = ()
    accounts: tuple[PaymentAccount, ...] = ()
    performance_manner: str = ""
    performance_place: str = ""
    last_performance_on: date | None = None
    last_performance_text: str = ""
    copies: int = 3
    recorder: Signer | None = None
    is_labour: bool = False
    registered_together: int = 0
    earlier_number: str = ""
    earlier_date: date | None = None

    def heading(self, title: str) -> str:
        """A supplementary agreement says so."""
        return "人民调解补充协议书" if self.earlier_number else title

    def check(self) -> None:
        """Refuse a table that does not add up (INV-22), too few parties, mediators or copies."""
        if len(self.parties) < 2 or not self.mediators:
            raise RuleViolation(
                "协议书至少要有两方当事人和一名人民调解员，请补齐后再生成。", article="《人民调解法》第二十九条"
            )
        if self.copies < len(self.parties) + 1:
            raise RuleViolation(
                f"协议书份数不够：当事人各一份、调委会一份，至少 {len(self.parties) + 1} 份。",
                article="《人民调解法》第二十九条",
                rule="R-MED-20",
            )
        if self.instalments and self.total_fen != sum(each.amount_fen for each in self.instalments):
            raise RuleViolation("各期金额加起来与总额不一致，请核对分期付款表。", rule="INV-22")


@dataclass(frozen=True, kw_only=True)
class OralAgreementFormFacts(Facts):
    """口头协议登记表 (R-DOC-M08): the mediator's record of an oral agreement."""

    committee: str
    parties: tuple[PersonParty | OrganisationParty, ...]
    reached_on: date
    reached_at: str
    facts_and_issues: str
    content: str
    performance: str
    mediators: tuple[Signer, ...]
    amount_fen: int | None = None
    is_performed: bool = False
    remarks: str = ""


@dataclass(frozen=True, kw_only=True)
class ConfirmationApplicationFacts(Facts):
    """司法确认申请书 (R-DOC-M10): all parties apply together to one court."""

    court: str
    applicants: tuple[PersonParty | OrganisationParty, ...]
    committee: str
    agreement_number: str
    agreement_date: date
    effective_on: date
    reasons: str
    attachments: tuple[str, ...] = (
        "人民调解协议书",
        "主持调解的证明",
        "各方身份证明和法定代表人身份证明",
        "送达地址确认书",
    )

    def check(self) -> None:
        """Refuse an application by one side alone (R-JC-01)."""
        if len(self.applicants) < 2:
            raise RuleViolation(
                "司法确认要由各方当事人共同申请，请把其他当事人一并列为申请人。",
                article="《人民调解法》第三十三条",
                rule="R-JC-01",
            )


@dataclass(frozen=True, kw_only=True)
class CourtMaterial:
    """One thing that goes to the court with the application, and who brings it."""

    name: str
    brought_by: str
    copies: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ConfirmationMaterialsFacts(Facts):
    """司法确认申请材料清单 (R-JC-04): what goes to the court, and the committee's proof that it presided."""

    court: str
    committee: str
    parties: tuple[str, ...]
    mediators: tuple[str, ...]
    agreement_number: str
    effective_on: date
    window_ends_on: date
    issued_on: date
    materials: tuple[CourtMaterial, ...]

    def check(self) -> None:
        """Refuse a list without a line or after the last day on which the court takes the application (R-JC-01)."""
        if not self.materials or self.issued_on > self.window_ends_on:
            raise RuleViolation(
                "材料清单要在申请期内列明每一份材料。", article="《人民调解法》第三十三条", rule="R-JC-04"
            )


@dataclass(frozen=True, kw_only=True)
class FollowUpRecordFacts(Facts):
    """回访记录 (R-DOC-M09): what a visit after the agreement found."""

    committee: str
    parties: tuple[str, ...]
    agreement_number: str
    reason: str
    visited_on: date
    manner: str
    performance: str
    findings: str
    visitors: tuple[Signer, ...]
    satisfaction: str = ""
    court_outcome: str = ""
    hidden_risk: str = ""
    measures: str = ""
