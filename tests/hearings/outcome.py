"""The outcome of the hearing of S02: its opinion written and issued, and prints that were signed by hand."""

from datetime import date

from app.documents.models import IssuedPaper
from app.hearings.actions import closing, opinions
from app.hearings.models import Hearing
from app.hearings.rules.opinions import OpinionText
from app.signing.actions import write_scan
from app.signing.queries import get_round
from app.signing.rules import Manner
from app.web.transaction import transaction
from tests.hearings.hall import Hall, at
from tests.hearings.sat import JUNE_11, JUNE_13, TEXT, procedure_of, scan_bytes


def write_opinion(hearing: Hearing, hall: Hall, text: OpinionText = TEXT) -> None:
    """The chair writes the opinion two days after the sitting."""
    with transaction():
        opinions.write_opinion(
            hearing, text, procedure=procedure_of(hearing), by=hall.chair.as_actor(), now=at(JUNE_13)
        )


def issue_opinion(hearing: Hearing, hall: Hall, *, announced_on: date | None = None) -> IssuedPaper:
    """The chair issues it on the same day, perhaps after it was announced."""
    with transaction():
        return opinions.issue_opinion(
            hearing,
            announced_on=announced_on,
            procedure=procedure_of(hearing),
            by=hall.chair.as_actor(),
            now=at(JUNE_13),
        )


def sign_print(hearing: Hearing, hall: Hall, paper: IssuedPaper, *, but: str = "", on: date = JUNE_11) -> None:
    """Everybody but one signs the print; the recorder puts the scan in."""
    keys = tuple(slot.key for slot in get_round(paper).slots if slot.name != but and not slot.is_signed)
    with transaction():
        closing.record_paper_signatures(
            hearing,
            paper,
            keys,
            write_scan(scan_bytes()),
            signed_on=on,
            manner=Manner.PAPER,
            by=hall.recorder.as_actor(),
            now=at(on, 16),
        )
