"""Facts of the papers about who takes part in a hearing: proxies, representatives, attendance, recusal."""

from dataclasses import dataclass
from datetime import date, time

from app.documents.papers.hearings import HearingFacts, OrganPaperFacts
from app.documents.papers.people import OrganisationParty, PersonParty, Signer
from app.errors import RuleViolation

MAX_PROXIES = 2
MAX_REPRESENTATIVES = 5


@dataclass(frozen=True, kw_only=True)
class AuthorisedProxy:
    """A proxy as the power of attorney describes him; `relation` says why he may act, e.g. 女儿, 律师."""

    key: str
    name: str
    relation: str
    id_number: str = ""
    unit: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class PowerOfAttorneyFacts(HearingFacts):
    """授权委托书 (R-DOC-H06, R-HEAR-15, R-RECON-09): general or special authority, itemised, for a stated period.

    `valid_until` is empty when `valid_text` says the end in words, e.g. 至本次听证结束.
    """

    principal: PersonParty | OrganisationParty
    proxies: tuple[AuthorisedProxy, ...]
    is_special: bool
    powers: tuple[str, ...]
    valid_from: date
    valid_until: date | None = None
    valid_text: str = ""
    matter_number: str = ""

    def check(self) -> None:
        """Refuse no or more than two proxies (INV-16), powers not itemised, a period without end or that ends first."""
        if not 1 <= len(self.proxies) <= MAX_PROXIES:
            raise RuleViolation(
                "每一方可以委托一至二名代理人，请核对人数。", article=self.words.proxy_basis, rule="INV-16"
            )
        if not self.powers:
            raise RuleViolation(
                "授权委托书要逐项写明代理权限，请补上。", article=self.words.proxy_basis, rule="R-HEAR-15"
            )
        if self.valid_until is None and not self.valid_text:
            raise RuleViolation("授权委托书要写明委托期限，请补上。", article=self.words.proxy_basis, rule="R-HEAR-15")
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise RuleViolation("委托期限的终点早于起点，请核对。", rule="R-HEAR-15")


@dataclass(frozen=True, kw_only=True)
class Elector:
    """One of the group who elects: name, a detail that tells namesakes apart, the key under which he signs."""

    key: str
    name: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class RepresentativeElectionFacts(HearingFacts):
    """代表推选书 (R-DOC-H14): everybody of the group elects at most five of them and says what they may do.

    `electors` are all participants, the representatives among them included.
    """

    group: str
    representatives: tuple[PersonParty, ...]
    electors: tuple[Elector, ...]
    powers: tuple[str, ...]
    respondent: str = ""
    matter_number: str = ""
    elected_on: date | None = None

    def check(self) -> None:
        """Refuse no or more than five representatives, fewer electors than representatives, powers left open."""
        if not 1 <= len(self.representatives) <= MAX_REPRESENTATIVES:
            raise RuleViolation(
                "代表要有一至五名，请核对人数。",
                article="《行政复议法》第十五条" if self.is_reconsideration else "《信访工作条例》第二十条",
                rule="R-RECON-08" if self.is_reconsideration else "R-HEAR-14",
            )
        if len(self.electors) < len(self.representatives) or not self.powers:
            raise RuleViolation("请列出全体推选人，并写明代表的权限。", rule="R-DOC-H14")


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """Somebody on the attendance sheet; `document` says what was checked, an empty key leaves signing to the hand."""

    role: str
    name: str
    detail: str = ""
    document: str = ""
    arrived_at: time | None = None
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class AttendanceSheetFacts(HearingFacts):
    """签到表 (R-DOC-H07); `observers` have their own table, `blank_rows` are empty lines for the hand."""

    hearing_number: str
    held_on: date
    starts_at: time
    place: str
    rows: tuple[SheetRow, ...]
    observers: tuple[SheetRow, ...] = ()
    blank_rows: int = 0
    clerk: Signer | None = None

    def check(self) -> None:
        """Refuse a sheet without anybody, or with more blank lines than fit a few pages."""
        if not self.rows or not 0 <= self.blank_rows <= 60:
            raise RuleViolation("签到表里还没有人，或者空行太多，请核对。", rule="R-DOC-H07")


@dataclass(frozen=True, kw_only=True)
class RecusalRequestFacts(HearingFacts):
    """回避申请书 (R-DOC-H11, R-HEAR-17): who asks whom to step aside, on which ground, because of which facts."""

    applicant: Signer
    capacity: str
    person: str
    post: str
    ground: str
    reasons: str
    hearing_number: str = ""
    requested_on: date | None = None

    def check(self) -> None:
        """Refuse a request without person, ground or facts."""
        if not (self.person.strip() and self.ground.strip() and self.reasons.strip()):
            raise RuleViolation(
                "回避申请要写明请谁回避、理由和事实，请补齐。", article=self.words.recusal_basis, rule="R-HEAR-17"
            )


@dataclass(frozen=True, kw_only=True)
class RecusalDecisionFacts(OrganPaperFacts):
    """回避决定书 (R-DOC-H11, R-HEAR-18/19); `decider` is 听证机关负责人 or 主持人, `replacement` the successor."""

    recipients: tuple[str, ...]
    person: str
    post: str
    requested_by: str
    requested_on: date
    ground: str
    is_granted: bool
    reasons: str
    decider: str
    replacement: str = ""
    hearing_number: str = ""

    @property
    def basis_words(self) -> str:
        """The articles on recusal, unless a local rule is named."""
        return self.basis or self.words.recusal_basis

    def check(self) -> None:
        """Refuse a decision without reasons or addressee, one before the request, a replacement for a dismissed one."""
        if not self.recipients or not self.reasons.strip() or not self.decider.strip():
            raise RuleViolation("回避决定要写明收件人、理由和由谁决定，请补齐。", rule="R-HEAR-18")
        if self.issued_on < self.requested_on:
            raise RuleViolation("决定日期早于申请日期，请核对。", rule="R-HEAR-18")
        if self.replacement and not self.is_granted:
            raise RuleViolation("驳回回避申请的，不更换人员，请清空接替人员。", rule="R-HEAR-19")
