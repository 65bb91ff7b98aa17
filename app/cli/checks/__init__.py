"""What `flask verify` looks at, in this order: each check gives one line a finding."""

from collections.abc import Callable, Iterable

from app.audit import queries as audit_queries
from app.audit.anchor import find_anchor_findings
from app.audit.rules import find_broken_links
from app.booking.queries.verifying import find_load_findings, find_occupancy_findings
from app.cli.checks.clocks import find_clock_findings
from app.cli.checks.dossiers import find_dossier_findings
from app.cli.checks.papers import find_number_findings, find_paper_findings, find_scan_findings
from app.cli.checks.people import find_role_findings
from app.cli.checks.references import find_reference_findings
from app.cli.checks.seals import find_seal_findings

Check = Callable[[], Iterable[str]]


def find_log_findings() -> list[str]:
    """Links of the audit chain that were changed, removed, added or cut off its end."""
    return find_broken_links(audit_queries.walk_chain(), audit_queries.find_head())


CHECKS: tuple[tuple[str, Check], ...] = (
    ("audit chain", find_log_findings),
    ("audit anchors", find_anchor_findings),
    ("roles", find_role_findings),
    ("papers", find_paper_findings),
    ("paper numbers", find_number_findings),
    ("scans", find_scan_findings),
    ("dossiers", find_dossier_findings),
    ("occupancy", find_occupancy_findings),
    ("person_load", find_load_findings),
    ("clocks", find_clock_findings),
    ("references", find_reference_findings),
    ("sealed values", find_seal_findings),
)
