"""The official index of a mediation dossier: which papers lie where, in which order (4A)."""

from collections.abc import Mapping
from enum import StrEnum


class Position(StrEnum):
    """One place of the index, in its order."""

    APPLICATION = "application"
    REFERRAL = "referral"
    RIGHTS = "rights"
    IDENTITY = "identity"
    AUTHORITY = "authority"
    INQUIRY = "inquiry"
    EVIDENCE = "evidence"
    RECORD = "record"
    RESULT = "result"
    PERFORMANCE = "performance"
    FOLLOW_UP = "follow_up"
    CONFIRMATION = "confirmation"
    CLOSING = "closing"


ORDER: tuple[Position, ...] = tuple(Position)

HEADINGS: Mapping[Position, str] = {
    Position.APPLICATION: "人民调解申请书、受理登记表",
    Position.REFERRAL: "同意调解、委托移送材料",
    Position.RIGHTS: "当事人权利义务告知书",
    Position.IDENTITY: "当事人身份证明",
    Position.AUTHORITY: "授权委托书",
    Position.INQUIRY: "调查记录",
    Position.EVIDENCE: "证据材料",
    Position.RECORD: "调解记录",
    Position.RESULT: "调解协议书、口头协议登记表或者终止调解通知书",
    Position.PERFORMANCE: "履行凭证",
    Position.FOLLOW_UP: "回访记录",
    Position.CONFIRMATION: "司法确认材料",
    Position.CLOSING: "结案材料",
}

SIGNED_BY_HAND = frozenset({"mediation_intake_form", "rights_notice"})
"""Papers that are printed and signed by hand: what is bound is their scan, never the unsigned print."""

_OF_PAPERS: Mapping[str, Position] = {
    "mediation_intake_form": Position.APPLICATION,
    "mediation_consent": Position.REFERRAL,
    "referral_letter": Position.REFERRAL,
    "rights_notice": Position.RIGHTS,
    "labour_routes_notice": Position.RIGHTS,
    "power_of_attorney": Position.AUTHORITY,
    "representative_election": Position.AUTHORITY,
    "mediation_record": Position.RECORD,
    "mediation_agreement": Position.RESULT,
    "oral_agreement_form": Position.RESULT,
    "mediation_end_notice": Position.RESULT,
    "follow_up_record": Position.FOLLOW_UP,
    "confirmation_application": Position.CONFIRMATION,
    "confirmation_materials": Position.CONFIRMATION,
    "linkage_feedback_letter": Position.CLOSING,
}


def position_of_paper(type_name: str) -> Position | None:
    """Where a paper of this type lies; None for papers of other procedures."""
    return _OF_PAPERS.get(type_name)
