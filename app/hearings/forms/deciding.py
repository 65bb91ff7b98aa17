"""What is typed in the deliberation and for the opinion: proposal, vote, the opinion's parts, its service."""

from dataclasses import dataclass
from datetime import date

from app.hearings.rules.opinions import OpinionText
from app.hearings.rules.service import ServiceProof
from app.hearings.rules.words import ServiceMode, Vote
from app.web.forms import FormReader

LONGEST_PROPOSAL = 2_000
LONGEST_PART = 20_000
PARTS = {
    "claim": "请求",
    "unit_view": "责任单位的意见",
    "accepted_facts": "采信的事实和证据",
    "rejected_facts": "不采信的事实和证据",
    "law": "适用的法律和政策",
    "conclusion": "听证组意见",
    "minority": "少数意见",
    "suggestion": "建议",
}


@dataclass(frozen=True)
class Proposal:
    """What the panel votes on, and where it deliberates."""

    text: str
    place: str


def read_proposal(form: FormReader) -> Proposal:
    """The proposal as it is put to the vote."""
    text = form.text("proposal", "提交表决的意见", limit=LONGEST_PROPOSAL)
    place = form.line("place", "评议地点", limit=120)
    form.finish()
    return Proposal(text, place)


def read_vote(form: FormReader) -> tuple[Vote, str]:
    """Agree or disagree and why; nobody abstains (R-HEAR-27)."""
    vote = form.choice("vote", "同意还是不同意", Vote)
    reason = form.text("reason", "理由", limit=LONGEST_PROPOSAL)
    form.finish()
    return vote, reason


def read_opinion(form: FormReader) -> OpinionText:
    """The parts of the opinion as far as they are written; what is missing is asked for when it is issued."""
    parts = {name: form.text(name, label, limit=LONGEST_PART, required=False) for name, label in PARTS.items()}
    form.finish()
    return OpinionText(**parts)


def read_announced_on(form: FormReader) -> date | None:
    """The day on which it was announced in the hearing, None where it was not."""
    announced_on = form.date("announced_on", "宣布日期") if form.has("is_announced") else None
    form.finish()
    return announced_on


def read_proof(form: FormReader) -> ServiceProof:
    """How the opinion reached a party."""
    proof = ServiceProof(
        mode=form.choice("mode", "送达方式", ServiceMode),
        happened_on=form.date("happened_on", "送达日期"),
        receiver=form.line("receiver", "签收人", limit=60, required=False),
        relation=form.line("relation", "和收件人的关系", limit=60, required=False),
        witness=form.line("witness", "见证人", limit=60, required=False),
        is_refused=form.has("is_refused"),
        note=form.line("note", "说明", limit=200, required=False),
    )
    form.finish()
    return proof
