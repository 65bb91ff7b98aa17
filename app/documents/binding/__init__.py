"""Binding papers and scans into one PDF: cover, contents, numbered pages, signed files inside, back cover."""

from app.documents.binding.binder import Bound, bind
from app.documents.binding.frame import FrameFacts, check_frame
from app.documents.binding.parts import Kept, Part, Piece

__all__ = ["Bound", "FrameFacts", "Kept", "Part", "Piece", "bind", "check_frame"]
