"""What is typed when a print was signed by hand."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from app.errors import FieldErrors
from app.signing.forms import PaperSignatures, read_paper_signatures
from app.signing.rules import Manner
from app.web.forms import FormReader

TODAY = date(2025, 6, 11)
TYPED = [("keys", "p1"), ("keys", "p2"), ("manner", "fingerprint"), ("signed_on", "2025-06-10")]


def read(typed: list[tuple[str, str]]) -> PaperSignatures:
    return read_paper_signatures(FormReader(MultiDict(typed), today=TODAY), ["p1", "p2", "m1"])


def test_paper_signatures_when_typed_name_places_manner_and_day() -> None:
    assert read(TYPED) == PaperSignatures(("p1", "p2"), Manner.FINGERPRINT, date(2025, 6, 10))


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("keys", []), ("keys", ["p9"]), ("manner", ["tablet"]), ("manner", ["refused"]), ("signed_on", ["x"])],
)
def test_paper_signatures_when_a_field_is_wrong_name_it(field: str, wrong: list[str]) -> None:
    typed = [row for row in TYPED if row[0] != field] + [(field, value) for value in wrong]
    with pytest.raises(FieldErrors) as refused:
        read(typed)
    assert set(refused.value.errors) == {field}
