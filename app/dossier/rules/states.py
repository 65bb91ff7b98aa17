"""Where a dossier stands and what that allows: open until archived, afterwards only addenda (R-ARCH-05)."""

from enum import StrEnum

from app.errors import RuleViolation


class DossierStatus(StrEnum):
    """Where a dossier stands."""

    COMPILING = "compiling"
    ARCHIVED = "archived"


class VolumeKind(StrEnum):
    """A copy to look at before archiving, the archived volume, or an addendum."""

    DRAFT = "draft"
    MAIN = "main"
    ADDENDUM = "addendum"


class SourceKind(StrEnum):
    """What an entry of a volume was bound from."""

    REVISION = "revision"
    SIGNED_SCAN = "signed_scan"
    DOSSIER_SCAN = "dossier_scan"


class WrongState(RuleViolation):
    """The dossier is not in the state this act needs; the person must look again."""

    status = 409


def check_is_compiling(status: DossierStatus) -> None:
    """Refuse to change an archived dossier (R-ARCH-05)."""
    if status is DossierStatus.ARCHIVED:
        raise WrongState("这件调解已经归档，原卷不能再动。后来的材料请扫描进来，装成补充卷。", rule="R-ARCH-05")


def check_is_archived(status: DossierStatus) -> None:
    """Refuse an addendum to a dossier that is still open (R-ARCH-05)."""
    if status is DossierStatus.COMPILING:
        raise WrongState("这件调解还没有归档，材料直接放进原卷就行，不用补充卷。", rule="R-ARCH-05")


def volume_words(kind: VolumeKind, number: int) -> str:
    """What the cover says under the title: nothing on the main volume."""
    return f"补充卷 {number}" if kind is VolumeKind.ADDENDUM else ""
