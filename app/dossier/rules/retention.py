"""How long a dossier is kept (R-ARCH-02): the proposal; the local archive office approves the table."""

from collections.abc import Mapping
from enum import StrEnum


class Retention(StrEnum):
    """保管期限 of the cover."""

    PERMANENT = "permanent"
    THIRTY_YEARS = "thirty_years"
    TEN_YEARS = "ten_years"


RETENTION_WORDS: Mapping[Retention, str] = {
    Retention.PERMANENT: "永久",
    Retention.THIRTY_YEARS: "30年",
    Retention.TEN_YEARS: "10年",
}


def propose_retention(*, is_oral_and_performed: bool, is_group: bool, is_confirmed: bool) -> Retention:
    """Group or judicially confirmed: for ever; oral and performed at once: ten years; else thirty (R-ARCH-02)."""
    if is_group or is_confirmed:
        return Retention.PERMANENT
    return Retention.TEN_YEARS if is_oral_and_performed else Retention.THIRTY_YEARS
