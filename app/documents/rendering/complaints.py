"""What WeasyPrint complains of: every line it logs means that the print differs from the template."""

import logging


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def listen() -> list[str]:
    """The complaints from now on, as they come; whoever listened before hears no more."""
    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.handlers, logger.propagate = [complaints], False
    return complaints.lines
