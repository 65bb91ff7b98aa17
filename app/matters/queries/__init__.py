"""Reading matters, one question a file; the two that everybody asks are offered here."""

from app.matters.queries.access import get_matter, visible_to

__all__ = ["get_matter", "visible_to"]
