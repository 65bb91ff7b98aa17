"""What is bound: parts in the order of the contents, each of one or more files."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

PDF, JPEG, PNG = "pdf", "jpeg", "png"


@dataclass(frozen=True)
class Kept:
    """A signed file that is kept whole inside, beside its visual copy: its name there and the day it was made."""

    name: str
    made_on: date


@dataclass(frozen=True)
class Piece:
    """One file to bind: where it lies, pdf, jpeg or png, and the digest it must have.

    `is_own` says that the product made it, so that its fonts are known to be embedded.
    """

    path: Path
    kind: str
    sha256: str
    is_own: bool = False
    kept: Kept | None = None


@dataclass(frozen=True)
class Part:
    """One line of the contents with its files."""

    heading: str
    remark: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class PageRange:
    """The numbered pages of one part, both included."""

    first: int
    last: int

    @property
    def words(self) -> str:
        """4 or 4—7, as the contents print it."""
        return str(self.first) if self.first == self.last else f"{self.first}—{self.last}"
