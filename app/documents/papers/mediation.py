"""Facts of the papers of the mediation procedure: intake, rights, consent, record, notices."""

from dataclasses import dataclass
from datetime import date, time

from app.documents.papers.base import Facts
from app.documents.papers.people import Attendee, OrganisationParty, PersonParty, SignatureRefusal, Signer
from app.errors import RuleViolation

MEDIATION_RESULTS = {"agreed": "达成协议", "not_agreed": "未达成协议", "continue": "继续调解"}
READ_MODES = {"by_parties": "已由当事人阅读", "to_parties": "已向当事人宣读"}


@dataclass(frozen=True, kw_only=True)
class RecordTurn:
    """One turn of the record: who spoke, in which capacity or name, and what was said."""

    speaker: str
    text: str


@dataclass(frozen=True, kw_only=True)
class MediationRecordFacts(Facts):
    """调解记录 (R-DOC-M06). `result` is a key of MEDIATION_RESULTS, `read_mode` one of READ_MODES.

    `parties` are those present on each side; `participants` are invited helpers only.
    """

    committee: str
    dossier_number: str
    subject: str
    held_on: date
    started_at: time
    ended_at: time
    place: str
    parties: tuple[Attendee, ...]
    mediators: tuple[Signer, ...]
    turns: tuple[RecordTurn, ...]
    result: str
    result_text: str
    read_mode: str
    recorder: Signer | None = None
    participants: tuple[Attendee, ...] = ()
    session: int = 1
    refusals: tuple[SignatureRefusal, ...] = ()

    def check(self) -> None:
        """Refuse unknown results and a record that ends before it starts."""
        if self.result not in MEDIATION_RESULTS or self.read_mode not in READ_MODES:
            raise RuleViolation("请选择调解结果和阅读方式后再生成调解记录。", rule="R-DOC-M06")
        if self.ended_at < self.started_at:
            raise RuleViolation("调解结束时间早于开始时间，请核对。", rule="R-DOC-M06")

    @property
    def result_words(self) -> str:
        """The result as the form prints it."""
        return MEDIATION_RESULTS[self.result]

    @property
    def read_words(self) -> str:
        """Whether the parties read the record or heard it read."""
        return READ_MODES[self.read_mode]


@dataclass(frozen=True, kw_only=True)
class MediationIntakeFormFacts(Facts):
    """受理登记表 (R-DOC-M03). `source` is 当事人申请, 主动调解 or 委托移送调解."""

    committee: str
    dossier_number: str
    accepted_on: date
    channel: str
    parties: tuple[PersonParty | OrganisationParty, ...]
    dispute_type: str
    source: str
    summary: str
    registrar: Signer
    claims: tuple[str, ...] = ()
    remarks: str = ""


@dataclass(frozen=True, kw_only=True)
class RightsNoticeFacts(Facts):
    """权利义务告知书 (R-DOC-M04), one for each person told."""

    committee: str
    recipient: Signer
    subject: str
    told_on: date
    teller: Signer


@dataclass(frozen=True, kw_only=True)
class MediationConsentFacts(Facts):
    """同意调解书: one side's consent (INV-05)."""

    committee: str
    party: PersonParty | OrganisationParty
    other_sides: tuple[str, ...]
    subject: str
    matter_number: str = ""
    claims: tuple[str, ...] = ()
    shares_data_with_committee: bool = True


@dataclass(frozen=True, kw_only=True)
class MediationEndNoticeFacts(Facts):
    """终止调解通知书 (R-MED-17): ground, routes open to the parties."""

    committee: str
    recipients: tuple[str, ...]
    subject: str
    accepted_on: date
    ended_on: date
    ground: str
    issued_on: date
    is_labour: bool = False
    from_petition: bool = False
    routes: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class LabourRoutesNoticeFacts(Facts):
    """劳动争议可申请仲裁告知书 (R-MED-15): no agreement within 15 days of the application."""

    committee: str
    recipient: Signer
    subject: str
    applied_on: date
    fifteenth_day: date
    issued_on: date
    arbitration_body: str
    limitation_on: date | None = None
    continues_mediation: bool = True
    contact: str = ""
    phone: str = ""
