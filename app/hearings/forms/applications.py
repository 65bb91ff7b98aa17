"""What is typed when a hearing is asked for, proposed, answered, decided or taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.errors import FieldErrors
from app.hearings.actions.applications import NewApplication
from app.hearings.actions.proposals import NewProposal
from app.hearings.models import HearingParty
from app.hearings.rules.applications import RefusalGround
from app.hearings.rules.words import HearingMode
from app.matters.models import Party
from app.web.forms import FormReader

LONGEST_TEXT = 5000
LONGEST_GROUND = 200


@dataclass(frozen=True)
class Decision:
    """Held or not, why, how."""

    is_held: bool
    reason: str
    mode: HearingMode
    closed_reason: str
    ground: RefusalGround | None
    points: str


@dataclass(frozen=True)
class ProposalAnswer:
    """Whose answer, what, when."""

    party: HearingParty
    has_consented: bool
    answered_on: date


def read_application(form: FormReader, petitioners: Mapping[str, Party]) -> NewApplication:
    """An application as it was handed in or said."""
    party = form.option("party", "谁申请", petitioners)
    new = NewApplication(
        party=party or next(iter(petitioners.values())),
        received_on=form.date("received_on", "哪天收到申请"),
        reasons=form.text("reasons", "申请理由", limit=LONGEST_TEXT),
        evidence=form.text("evidence", "证据", limit=LONGEST_TEXT, required=False),
        witnesses=form.text("witnesses", "证人", limit=LONGEST_TEXT, required=False),
        new_evidence=form.text("new_evidence", "新证据", limit=LONGEST_TEXT, required=False),
        excuse=form.text("excuse", "逾期的理由", limit=LONGEST_TEXT, required=False),
        is_written=form.option("is_written", "怎么申请的", {"yes": True, "no": False}) is not False,
    )
    form.finish()
    return new


def read_proposal(form: FormReader) -> NewProposal:
    """What the organ has in mind."""
    new = NewProposal(
        reasons=form.text("reasons", "为什么要听证", limit=LONGEST_TEXT),
        points=form.text("points", "听证的问题", limit=LONGEST_TEXT, required=False),
        new_evidence=form.text("new_evidence", "新证据", limit=LONGEST_TEXT, required=False),
    )
    form.finish()
    return new


def read_told_on(form: FormReader) -> date:
    """The day on which the petitioner was told of the right to a hearing."""
    told_on = form.date("told_on", "哪天告知的")
    form.finish()
    return told_on


def read_answer(form: FormReader, applicants: Mapping[str, HearingParty]) -> ProposalAnswer:
    """One petitioner's answer to the proposal."""
    party = form.option("party", "谁答复", applicants)
    answer = form.option("answer", "答复", {"yes": True, "no": False})
    answered_on = form.date("answered_on", "哪天答复的")
    form.finish()
    if party is None or answer is None:
        raise FieldErrors({"party": "请把两项都选好。"})
    return ProposalAnswer(party, answer, answered_on)


def read_decision(form: FormReader) -> Decision:
    """The decision of the person in charge."""
    is_held = form.option("decision", "决定", {"held": True, "refused": False})
    decision = Decision(
        is_held=bool(is_held),
        reason=form.text("reason", "理由", limit=LONGEST_TEXT),
        mode=form.choice("mode", "公开还是不公开", HearingMode, required=bool(is_held)),
        closed_reason=form.line("closed_reason", "不公开的原因", limit=LONGEST_GROUND, required=False),
        ground=form.choice("ground", "不听证的情形", RefusalGround) if is_held is False else None,
        points=form.text("points", "听证的问题", limit=LONGEST_TEXT, required=False),
    )
    form.finish()
    return decision


def read_withdrawal(form: FormReader) -> str:
    """What the applicant said when taking the application back."""
    facts = form.text("facts", "申请人怎么说", limit=LONGEST_TEXT, required=False)
    form.finish()
    return facts
