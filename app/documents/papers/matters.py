"""Facts of the papers a petitioner takes home: acceptance notice, access slip, route map."""

from dataclasses import dataclass
from datetime import date

from app.documents.papers.base import Facts
from app.errors import RuleViolation

STEP_STATES = ("done", "now", "to_come", "question")


@dataclass(frozen=True, kw_only=True)
class AcceptanceNoticeFacts(Facts):
    """受理告知书: which unit accepted what, until when it answers, and the next remedy."""

    unit: str
    recipient: str
    matter_number: str
    subject: str
    received_on: date
    accepted_on: date
    handling_unit: str
    due_on: date
    issued_on: date
    claims: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    enquiry_address: str = ""


@dataclass(frozen=True, kw_only=True)
class AccessSlipFacts(Facts):
    """查阅凭条: the petitioner's link as a QR code and the code read out at the desk."""

    office: str
    recipient: str
    matter_number: str
    link: str
    desk_code: str
    issued_on: date
    valid_until: date | None = None
    phone: str = ""
    address: str = ""
    opening_hours: str = ""


@dataclass(frozen=True, kw_only=True)
class RouteStep:
    """One step of the way; `state` is one of STEP_STATES, `details` are extra lines of the step now due."""

    title: str
    when: str = ""
    text: str = ""
    state: str = "to_come"
    details: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MatterRouteMapFacts(Facts):
    """一案一图: the matter's way in everyday words, large print, one page."""

    recipient: str
    subject: str
    matter_number: str
    steps: tuple[RouteStep, ...]
    printed_on: date
    contact: str
    phone: str
    link: str = ""

    def check(self) -> None:
        """Refuse unknown step states and a map with more than one present step."""
        states = [step.state for step in self.steps]
        if not set(states) <= set(STEP_STATES) or states.count("now") > 1:
            raise RuleViolation("路线图里“您现在在这里”只能有一处，请核对各步骤的状态。", rule="R-LINK-08")
