"""The forms of the centre and the facts each one prints."""

from app.documents.papers.registry import PAPER_TYPES, PaperType, get_paper_type

__all__ = ["PAPER_TYPES", "PaperType", "get_paper_type"]
