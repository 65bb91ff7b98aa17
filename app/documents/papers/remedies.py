"""Facts of the papers of the remedies: review and recheck opinion; reconsideration from the first answer to its end."""

from dataclasses import dataclass
from datetime import date

from app.documents.papers.base import Facts
from app.documents.papers.people import OrganisationParty, PersonParty
from app.errors import RuleViolation

REMEDY_STAGES = {"review": "复查", "recheck": "复核"}


@dataclass(frozen=True, kw_only=True)
class ReviewOpinionFacts(Facts):
    """复查意见书 or 复核意见书 (R-PET-16, R-PET-20, R-PET-21); `kind` is a key of REMEDY_STAGES.

    `former` names the opinion that was asked to be looked at again, with its day and who wrote it.
    """

    kind: str
    organ: str
    recipient: str
    matter_number: str
    subject: str
    former: str
    requested_on: date
    received_on: date
    claims: tuple[str, ...]
    opinion: str
    outcome: str
    basis: str
    issued_on: date
    amount_fen: int | None = None
    hearing_number: str = ""
    hearing_on: date | None = None
    contact: str = ""
    phone: str = ""

    def heading(self, title: str) -> str:
        """复查意见书 or 复核意见书."""
        return f"{self.words}意见书" if self.kind in REMEDY_STAGES else title

    def check(self) -> None:
        """Refuse a hearing without its day, and one before a review (XF 36(2) knows it at the recheck only)."""
        if self.kind not in REMEDY_STAGES:
            raise RuleViolation("请选择复查还是复核。", rule="R-PET-20")
        if bool(self.hearing_number) != (self.hearing_on is not None):
            raise RuleViolation("写明听证意见书的编号和形成日期。", rule="R-HEAR-30")

    @property
    def words(self) -> str:
        """复查 or 复核."""
        return REMEDY_STAGES[self.kind]

    @property
    def is_final(self) -> bool:
        """A recheck opinion ends the way through the petition offices (R-PET-24)."""
        return self.kind == "recheck"


@dataclass(frozen=True, kw_only=True)
class ReconsiderationAnswerFacts(Facts):
    """What every answer to an application for reconsideration names: who applied, against which act of whom."""

    organ: str
    applicants: tuple[str, ...]
    respondent: str
    act: str
    received_on: date
    issued_on: date
    contact: str = ""
    phone: str = ""

    def check(self) -> None:
        """Refuse a letter to nobody, or one from before the application came."""
        if not self.applicants:
            raise RuleViolation("请写明申请人。", rule="R-RECON-12")
        if self.issued_on < self.received_on:
            raise RuleViolation("文书日期早于收到申请的日期，请核对。", rule="R-RECON-12")


@dataclass(frozen=True, kw_only=True)
class ReconsiderationAcceptanceFacts(ReconsiderationAnswerFacts):
    """行政复议受理通知书 (FY 30, 47, 54, 62): the procedure, until when it is decided, what the applicant may do."""

    is_summary: bool
    decide_by: date
    must_be_heard: bool = False


@dataclass(frozen=True, kw_only=True)
class ReconsiderationCorrectionFacts(ReconsiderationAnswerFacts):
    """行政复议补正通知书 (FY 31): all that is missing, said once; ten working days from receipt."""

    missing: str

    def check(self) -> None:
        """Refuse a notice that does not say what is missing."""
        super().check()
        if not self.missing.strip():
            raise RuleViolation("请写明要补正什么，一次说全。", rule="R-RECON-12")


@dataclass(frozen=True, kw_only=True)
class ReconsiderationRefusalFacts(ReconsiderationAnswerFacts):
    """行政复议不予受理决定书 (FY 30, 34, 35): the missing condition, the reason, where to turn."""

    ground: str
    reason: str

    def check(self) -> None:
        """Refuse a refusal without its reason."""
        super().check()
        if not self.reason.strip():
            raise RuleViolation("请写明不予受理的理由。", rule="R-RECON-12")


@dataclass(frozen=True, kw_only=True)
class ReconsiderationDecisionFacts(Facts):
    """行政复议决定书 (FY 61, 75): what was decided on which act, on what ground, and where to sue."""

    organ: str
    applicants: tuple[str, ...]
    respondent: str
    act: str
    received_on: date
    accepted_on: date
    decision: str
    outcome: str
    issued_on: date
    hearing_number: str = ""
    hearing_on: date | None = None
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class ReconsiderationMediationStatementFacts(Facts):
    """行政复议调解书 (FY 73): claims, facts and the result the parties agreed; the parties sign, the organ seals."""

    organ: str
    parties: tuple[PersonParty | OrganisationParty, ...]
    act: str
    accepted_on: date
    claims: tuple[str, ...]
    findings: str
    terms: tuple[str, ...]
    copies: int

    def check(self) -> None:
        """Refuse a statement of one side, without result, or without a copy for each (R-RECON-15)."""
        if len(self.parties) < 2 or not self.terms:
            raise RuleViolation("调解书要有申请人、被申请人和调解的结果，请补全。", rule="R-RECON-15")
        if self.copies <= len(self.parties):
            raise RuleViolation("调解书每方一份，行政复议机关还要留存，份数不够。", rule="R-RECON-15")
