"""What the papers of both hearing procedures share, and the facts of those that convene a hearing.

Petition hearing (信访听证) and reconsideration hearing (行政复议听证) use the same forms; what differs is `PROCEDURES`.
"""

from dataclasses import dataclass
from datetime import date, time

from app.documents.papers.base import Facts
from app.documents.papers.people import OrganisationParty, PersonParty, Signer
from app.errors import RuleViolation


@dataclass(frozen=True, kw_only=True)
class ProcedureWords:
    """How one procedure calls itself, its two sides and its law."""

    name: str
    claimant: str
    unit: str
    matter: str
    basis: str
    proxy_basis: str
    recusal_basis: str
    absence: str


PROCEDURES = {
    False: ProcedureWords(
        name="信访听证",
        claimant="信访人",
        unit="责任单位",
        matter="信访事项",
        basis="《信访工作条例》第三十一条",
        proxy_basis="《民法典》第一百六十五条",
        recusal_basis="《信访工作条例》第二十八条",
        absence="信访人无正当理由不参加或者中途退出的，视为放弃听证，本机关根据已有材料继续办理",
    ),
    True: ProcedureWords(
        name="行政复议听证",
        claimant="申请人",
        unit="被申请人",
        matter="行政复议案件",
        basis="《中华人民共和国行政复议法》第五十条、第五十一条",
        proxy_basis="《行政复议法》第十七条",
        recusal_basis="行政复议听证的有关规定",
        absence="申请人无正当理由拒不参加的，视为放弃听证权利",
    ),
}
NOTICE_ROLES = ("claimant", "unit", "third_party", "participant")
CHANGE_KINDS = {
    "postponed": "延期听证通知书",
    "suspended": "中止听证通知书",
    "terminated": "终止听证通知书",
    "resumed": "恢复听证通知书",
    "moved": "听证变更通知书",
}
REPLIES = ("", "consent", "refusal")
RECONSIDERATION_NOTICE_DAYS = 5


@dataclass(frozen=True, kw_only=True)
class HearingFacts(Facts):
    """Every paper of a hearing: the organ that holds it, the matter in a few words, which procedure."""

    organ: str
    subject: str
    is_reconsideration: bool = False

    @property
    def words(self) -> ProcedureWords:
        """The words of this procedure."""
        return PROCEDURES[self.is_reconsideration]


@dataclass(frozen=True, kw_only=True)
class OrganPaperFacts(HearingFacts):
    """A paper the organ issues under its seal; `basis` replaces the procedure's articles, e.g. by a local rule."""

    issued_on: date
    contact: str = ""
    phone: str = ""
    basis: str = ""

    @property
    def basis_words(self) -> str:
        """The articles this paper names."""
        return self.basis or self.words.basis


@dataclass(frozen=True, kw_only=True)
class HearingOfficer:
    """Chair, panelist or recorder: name, unit and post as printed, and the key under which he signs."""

    name: str
    detail: str = ""
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class HearingApplicationFacts(HearingFacts):
    """听证申请书 (R-DOC-H01, R-HEAR-04, R-RECON-11): the applicants ask in writing, with reasons and evidence.

    `witnesses` say who they are in one line each; `applied_on` is empty when the date is written by hand.
    """

    applicants: tuple[PersonParty | OrganisationParty, ...]
    respondent: str
    claims: tuple[str, ...]
    reasons: str
    evidence: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    matter_number: str = ""
    applied_on: date | None = None

    def check(self) -> None:
        """Refuse an application without applicant, claim or reasons."""
        if not self.applicants or not self.claims or not self.reasons.strip():
            raise RuleViolation("听证申请书要写明申请人、请求和理由，请补齐。", rule="R-HEAR-04")


@dataclass(frozen=True, kw_only=True)
class HearingConsultationFacts(OrganPaperFacts):
    """听证征询意见书及回执 (R-DOC-H02): the organ proposes, the party consents or refuses until `reply_by`.

    `reply` is one of REPLIES; an empty one leaves both boxes to the hand.
    """

    recipient: Signer
    reasons: str
    reply_by: date
    is_silence_refusal: bool = True
    matter_number: str = ""
    plan: str = ""
    reply: str = ""
    reply_reason: str = ""
    replied_on: date | None = None

    def check(self) -> None:
        """Refuse an unknown reply and a period that ends before the paper is issued."""
        if self.reply not in REPLIES or self.reply_by < self.issued_on or not self.reasons.strip():
            raise RuleViolation("请核对征询的理由、答复期限和答复内容。", rule="R-HEAR-04")


@dataclass(frozen=True, kw_only=True)
class HearingDecisionFacts(OrganPaperFacts):
    """举行听证决定书 or 不予听证决定书 (R-HEAR-07): yes or no to an application, or the organ's own decision.

    Without `applied_on` the organ decides on its own with the party's consent. `hold_by` is the last day of the period.
    """

    recipients: tuple[str, ...]
    is_held: bool
    reasons: str
    matter_number: str = ""
    applicant: str = ""
    applied_on: date | None = None
    hold_by: date | None = None
    is_public: bool = True

    def heading(self, title: str) -> str:
        """The title says which way it went."""
        return "举行听证决定书" if self.is_held else "不予听证决定书"

    def check(self) -> None:
        """Refuse a decision without addressee, and a refusal without reasons (R-HEAR-07)."""
        if not self.recipients:
            raise RuleViolation("请填写决定书发给谁。", rule="R-HEAR-07")
        if not self.reasons.strip():
            raise RuleViolation("决定书要写明理由，请补上后再生成。", rule="R-HEAR-07")


@dataclass(frozen=True, kw_only=True)
class HearingNoticeFacts(OrganPaperFacts):
    """听证通知书 (R-DOC-H03, R-HEAR-08, R-RECON-04), one for each addressee.

    `role` is one of NOTICE_ROLES and decides the effect of absence that is printed; `earlier_number` names the
    notice that this one replaces (INV-15).
    """

    recipient: str
    role: str
    issue: str
    held_on: date
    starts_at: time
    place: str
    chair: HearingOfficer
    panelists: tuple[HearingOfficer, ...]
    recorder: HearingOfficer
    alternates: tuple[HearingOfficer, ...] = ()
    address: str = ""
    is_public: bool = True
    bring: str = ""
    matter_number: str = ""
    earlier_number: str = ""

    def check(self) -> None:
        """Refuse an unknown addressee, an empty panel and a hearing on or before the day of the notice."""
        if self.role not in NOTICE_ROLES or not self.panelists:
            raise RuleViolation("请核对通知书的收件人身份和听证员名单。", rule="R-HEAR-08")
        if self.held_on <= self.issued_on:
            raise RuleViolation("听证日期要在通知书日期之后，请核对。", article=self.words.basis, rule="INV-14")


@dataclass(frozen=True, kw_only=True)
class HearingRightsNoticeFacts(HearingFacts):
    """听证权利义务告知书 (R-DOC-H05), one for each person told; `capacity` as printed, e.g. 信访人."""

    recipient: Signer
    capacity: str
    told_on: date
    teller: Signer


@dataclass(frozen=True, kw_only=True)
class HearingChangeNoticeFacts(OrganPaperFacts):
    """延期、中止、终止、恢复听证通知书 or notice of a changed time, place or person (R-DOC-H12, R-HEAR-21…23, INV-15).

    `kind` is a key of CHANGE_KINDS. `changes` are the changed places and people in words; the new time is empty
    while it is not known. `held_on` and `starts_at` are empty for a hearing that ended before it had a time; nobody
    was given notice of it then, so there is no `notice_number` either.
    """

    kind: str
    recipients: tuple[str, ...]
    ground: str
    notice_number: str = ""
    held_on: date | None = None
    starts_at: time | None = None
    new_held_on: date | None = None
    new_starts_at: time | None = None
    new_place: str = ""
    changes: tuple[str, ...] = ()
    matter_number: str = ""

    def heading(self, title: str) -> str:
        """The title of this kind."""
        return CHANGE_KINDS.get(self.kind, title)

    def check(self) -> None:
        """Refuse an unknown kind, a missing ground, half a date, a resumption or change that changes nothing."""
        if self.kind not in CHANGE_KINDS or not self.ground.strip() or not self.recipients:
            raise RuleViolation("请选择变更的种类并写明理由和收件人。", rule="R-DOC-H12")
        if (self.new_held_on is None) != (self.new_starts_at is None):
            raise RuleViolation("新的听证日期和时间要一起填写。", rule="R-DOC-H12")
        if (self.held_on is None) != (self.starts_at is None):
            raise RuleViolation("原定的听证日期和时间要一起填写。", rule="R-DOC-H12")
        if self.held_on is None and self.kind != "terminated":
            raise RuleViolation("还没有定过时间的听证，只有终止才发这份通知书。请核对。", rule="R-DOC-H12")
        if self.kind in ("terminated", "suspended") and self.new_held_on:
            raise RuleViolation("中止、终止听证的通知书上不写新的时间，请清空。", rule="R-HEAR-22")
        if self.kind == "resumed" and self.new_held_on is None:
            raise RuleViolation("恢复听证要写明新的时间，请补上。", rule="R-HEAR-22")
        if self.kind == "moved" and not (self.new_held_on or self.new_place or self.changes):
            raise RuleViolation("请写明时间、地点、人员中哪一项变了。", rule="INV-15")


@dataclass(frozen=True, kw_only=True)
class NoticeWaiverFacts(HearingFacts):
    """同意缩短通知期限书 (INV-14): the sides agree in writing to a hearing before the ordinary first day.

    One paper for all sides or one a side. `notice_days` are the working days from the last service to the hearing,
    `period` is the ordinary period in words, e.g. 七个工作日.
    """

    parties: tuple[PersonParty | OrganisationParty, ...]
    served_on: date
    held_on: date
    starts_at: time
    notice_days: int
    period: str
    earliest_on: date
    place: str = ""
    notice_number: str = ""

    def check(self) -> None:
        """Refuse a waiver below five working days in reconsideration, by nobody, or where none is needed."""
        if not self.parties:
            raise RuleViolation("请填写由谁同意缩短通知期限。", rule="INV-14")
        if self.is_reconsideration and self.notice_days < RECONSIDERATION_NOTICE_DAYS:
            raise RuleViolation(
                "行政复议听证至少要提前五个工作日通知，各方同意也不能缩短，请改期。",
                article="《行政复议法》第五十一条",
                rule="INV-14",
            )
        if self.held_on >= self.earliest_on:
            raise RuleViolation("听证日期已经满足通知期限，不需要缩短。", rule="INV-14")
