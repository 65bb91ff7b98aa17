"""Facts of the lawyer's paper."""

from dataclasses import dataclass
from datetime import date

from app.documents.papers.base import Facts
from app.documents.papers.people import Signer


@dataclass(frozen=True, kw_only=True)
class AnalysisPoint:
    """One step of the analysis; `basis` is printed as its footnote."""

    text: str
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class OpinionRoute:
    """A route open to the parties: condition, period, body that accepts."""

    route: str
    condition: str
    period: str
    body: str


@dataclass(frozen=True, kw_only=True)
class LegalOpinionFacts(Facts):
    """法律意见书 (R-DOC-C01); for the office's own use, never for a party."""

    entrusting_unit: str
    matter_number: str
    subject: str
    question: str
    facts_relied_on: str
    analysis: tuple[AnalysisPoint, ...]
    opinion: str
    lawyer: Signer
    licence_number: str
    opinion_on: date
    routes: tuple[OpinionRoute, ...] = ()
    law_firm: str = ""
