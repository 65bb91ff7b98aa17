"""Invented papers on which an office sees its own wording before it is published: one or two a paper."""

from app.documents.papers.base import Facts
from app.documents.wording.samples.hearings import HEARING_SAMPLES
from app.documents.wording.samples.mediation import MEDIATION_SAMPLES
from app.documents.wording.samples.office import OFFICE_SAMPLES

SAMPLES: dict[str, dict[str, Facts]] = {**OFFICE_SAMPLES, **MEDIATION_SAMPLES, **HEARING_SAMPLES}
"""Type of the paper → whom a sample is for → its facts; the people and the matter are invented."""
