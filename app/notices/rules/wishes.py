"""What a petitioner may leave for the staff on his page."""

from collections.abc import Mapping
from enum import StrEnum


class WishKind(StrEnum):
    """A question, or the wish for paper instead of the screen."""

    QUESTION = "question"
    SIGN_ON_PAPER = "sign_on_paper"
    PAPER_COPY = "paper_copy"


WISH_LABELS: Mapping[StrEnum, str] = {
    WishKind.QUESTION: "有疑问",
    WishKind.SIGN_ON_PAPER: "要在纸上签",
    WishKind.PAPER_COPY: "要领纸质件",
}
