"""The words of a roster: what is claimed, who stands for a dead claimant, where each claimant stands."""

from enum import StrEnum

from app.web.labels import WordTable


class ClaimKind(StrEnum):
    """What one amount of a claimant is owed for."""

    RESETTLEMENT = "resettlement"
    WAGES = "wages"
    SEVERANCE = "severance"
    SOCIAL_INSURANCE = "social_insurance"
    MEDICAL = "medical"
    PENSION = "pension"
    HOUSING = "housing"
    OTHER = "other"


class Kinship(StrEnum):
    """What an heir was to the dead claimant."""

    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    GRANDCHILD = "grandchild"
    GRANDPARENT = "grandparent"
    OTHER = "other"


class HeirPart(StrEnum):
    """What an heir does about the settlement; who renounced in writing takes no part (R-LINK-12)."""

    SIGNS = "signs"
    AUTHORISES = "authorises"
    RENOUNCES = "renounces"
    DISPUTES = "disputes"


class ClaimantStatus(StrEnum):
    """Where one claimant of the roster stands (R-LINK-11)."""

    LISTED = "listed"
    PENDING = "pending"
    SIGNED = "signed"
    RETURNED = "returned"
    REMOVED = "removed"


class ImportStatus(StrEnum):
    """Where one uploaded table stands."""

    PREVIEWED = "previewed"
    CONFIRMED = "confirmed"
    DISCARDED = "discarded"


class ExportPurpose(StrEnum):
    """What a roster with all its personal data is given out for."""

    CHECKING = "checking"
    RESPONDENT = "respondent"
    ARCHIVE = "archive"


LABELS = WordTable(
    (ClaimKind.RESETTLEMENT, "安置费"),
    (ClaimKind.WAGES, "工资"),
    (ClaimKind.SEVERANCE, "经济补偿金"),
    (ClaimKind.SOCIAL_INSURANCE, "社会保险费"),
    (ClaimKind.MEDICAL, "医疗费"),
    (ClaimKind.PENSION, "养老待遇"),
    (ClaimKind.HOUSING, "住房补贴"),
    (ClaimKind.OTHER, "其他"),
    (Kinship.SPOUSE, "配偶"),
    (Kinship.CHILD, "子女"),
    (Kinship.PARENT, "父母"),
    (Kinship.SIBLING, "兄弟姐妹"),
    (Kinship.GRANDCHILD, "孙子女、外孙子女"),
    (Kinship.GRANDPARENT, "祖父母、外祖父母"),
    (Kinship.OTHER, "其他"),
    (HeirPart.SIGNS, "本人签字"),
    (HeirPart.AUTHORISES, "已书面授权"),
    (HeirPart.RENOUNCES, "已书面放弃继承"),
    (HeirPart.DISPUTES, "有争议"),
    (ClaimantStatus.LISTED, "待签约"),
    (ClaimantStatus.PENDING, "暂缓"),
    (ClaimantStatus.SIGNED, "已签约"),
    (ClaimantStatus.RETURNED, "转回信访办理"),
    (ClaimantStatus.REMOVED, "已移出名册"),
    (ExportPurpose.CHECKING, "和当事人、代表核对"),
    (ExportPurpose.RESPONDENT, "交对方当事人核算"),
    (ExportPurpose.ARCHIVE, "归档备查"),
    (ImportStatus.PREVIEWED, "待确认"),
    (ImportStatus.CONFIRMED, "已导入"),
    (ImportStatus.DISCARDED, "已作废"),
)
"""The Chinese words; the template's drop-downs offer the same."""
