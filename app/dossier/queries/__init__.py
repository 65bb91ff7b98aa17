"""Reading dossiers: one by its case, what lies at each position, what the index asks of the case."""

from app.dossier.queries.dossiers import (
    find_dossier,
    get_dossier,
    get_scan,
    get_volume,
    list_bound_keys,
    read_scan,
)
from app.dossier.queries.facts import case_facts, default_title, proposed_retention
from app.dossier.queries.sources import Contents, Source, contents_of, list_later_sources

__all__ = [
    "Contents",
    "Source",
    "case_facts",
    "contents_of",
    "default_title",
    "find_dossier",
    "get_dossier",
    "get_scan",
    "get_volume",
    "list_bound_keys",
    "list_later_sources",
    "proposed_retention",
    "read_scan",
]
