"""The acts on a dossier: scans in and out, binding a copy, archiving, addenda, and the bytes that follow."""

from app.dossier.actions.binding import bind_dossier, bind_now
from app.dossier.actions.blanks import issue_intake_form, issue_rights_notices
from app.dossier.actions.filing import archive_addendum, archive_dossier, request_copy, retry_binding
from app.dossier.actions.scans import add_scan, discard_unused, remove_scan

__all__ = [
    "add_scan",
    "archive_addendum",
    "archive_dossier",
    "bind_dossier",
    "bind_now",
    "discard_unused",
    "issue_intake_form",
    "issue_rights_notices",
    "remove_scan",
    "request_copy",
    "retry_binding",
]
