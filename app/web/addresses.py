"""Which parts of an address have a shape of their own, so that no word is taken for one?"""

from werkzeug.routing import BaseConverter


class MonthConverter(BaseConverter):
    """A month as addresses write it: 2025-07."""

    regex = r"\d{4}-\d{2}"
