"""The words of an agreement and the moves between its states; nothing takes a signature back (INV-24)."""

from collections.abc import Mapping
from enum import StrEnum

from app.errors import RuleViolation


class StateConflict(RuleViolation):
    """The agreement is not in the state this act needs; nothing was changed."""

    status = 409


class AgreementForm(StrEnum):
    """Written, or oral with its register form (R-MED-19, R-MED-21)."""

    WRITTEN = "written"
    ORAL = "oral"


class AgreementStatus(StrEnum):
    """Where an agreement stands; signed is not yet effective."""

    DRAFT = "draft"
    CHECKED = "checked"
    ISSUED = "issued"
    SIGNING = "signing"
    SIGNED = "signed"
    EFFECTIVE = "effective"
    REPLACED = "replaced"
    VOID = "void"


S = AgreementStatus
TRANSITIONS: Mapping[AgreementStatus, frozenset[AgreementStatus]] = {
    S.DRAFT: frozenset({S.CHECKED, S.EFFECTIVE, S.VOID}),
    S.CHECKED: frozenset({S.DRAFT, S.ISSUED, S.VOID}),
    S.ISSUED: frozenset({S.SIGNING, S.SIGNED, S.VOID}),
    S.SIGNING: frozenset({S.SIGNED, S.VOID}),
    S.SIGNED: frozenset({S.EFFECTIVE, S.VOID}),
    S.EFFECTIVE: frozenset({S.REPLACED}),
    S.REPLACED: frozenset(),
    S.VOID: frozenset(),
}
EDITABLE = frozenset({S.DRAFT, S.CHECKED})
SIGNABLE = frozenset({S.ISSUED, S.SIGNING})
IN_FORCE = frozenset({S.EFFECTIVE})
OPEN = frozenset({S.DRAFT, S.CHECKED, S.ISSUED, S.SIGNING, S.SIGNED})


class Supplement(StrEnum):
    """What a later agreement does to the earlier one (INV-24)."""

    NONE = "none"
    ADDS = "adds"
    REPLACES = "replaces"
    WRITES_DOWN = "writes_down"


class ObligationKind(StrEnum):
    """Money to pay, or something to do."""

    PAYMENT = "payment"
    ACT = "act"


class Performance(StrEnum):
    """How far an obligation was performed."""

    DUE = "due"
    PERFORMED = "performed"
    PARTLY = "partly"
    NOT_PERFORMED = "not_performed"


class VisitReason(StrEnum):
    """Why the committee visits after the agreement (R-MED-22)."""

    AFTER_EFFECT = "after_effect"
    AFTER_DUE_DATE = "after_due_date"
    ON_REQUEST = "on_request"


class ConfirmationStatus(StrEnum):
    """Where the judicial confirmation stands."""

    APPLIED = "applied"
    CONFIRMED = "confirmed"
    NOT_ACCEPTED = "not_accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


STATUS_LABELS: Mapping[StrEnum, str] = {
    S.DRAFT: "草稿",
    S.CHECKED: "已定稿，等签发",
    S.ISSUED: "等签名",
    S.SIGNING: "正在签",
    S.SIGNED: "签齐，等盖章",
    S.EFFECTIVE: "已生效",
    S.REPLACED: "已被代替",
    S.VOID: "已作废",
}
LABELS: Mapping[StrEnum, str] = {
    **STATUS_LABELS,
    AgreementForm.WRITTEN: "书面协议",
    AgreementForm.ORAL: "口头协议",
    Supplement.NONE: "第一份协议",
    Supplement.ADDS: "补充协议，原协议其余部分继续有效",
    Supplement.REPLACES: "重新约定，代替原协议",
    Supplement.WRITES_DOWN: "把口头协议写成书面",
    ObligationKind.PAYMENT: "付款",
    ObligationKind.ACT: "做一件事",
    Performance.DUE: "还没登记",
    Performance.PERFORMED: "已履行",
    Performance.PARTLY: "部分履行",
    Performance.NOT_PERFORMED: "未履行",
    VisitReason.AFTER_EFFECT: "生效后回访",
    VisitReason.AFTER_DUE_DATE: "到期回访",
    VisitReason.ON_REQUEST: "应当事人请求",
    ConfirmationStatus.APPLIED: "已申请，等法院",
    ConfirmationStatus.CONFIRMED: "法院裁定有效",
    ConfirmationStatus.NOT_ACCEPTED: "法院不予受理",
    ConfirmationStatus.REJECTED: "法院裁定驳回",
    ConfirmationStatus.WITHDRAWN: "已撤回申请",
}


def check_transition(status: AgreementStatus, target: AgreementStatus) -> None:
    """Refuse a step that an agreement in this state does not know (StateConflict, INV-24)."""
    if target in TRANSITIONS[status]:
        return
    if status in (S.EFFECTIVE, S.REPLACED):
        raise StateConflict(
            "协议已经生效，签过的名不能撤回，也不能删改。要改，请各方另签一份补充协议。",
            article="《人民调解法》第三十一条",
            rule="INV-24",
        )
    raise StateConflict(f"这份协议现在是“{STATUS_LABELS[status]}”，不能办这一步。请刷新后再看。", rule="INV-24")


def check_editable(status: AgreementStatus) -> None:
    """Refuse a change of the text once the agreement was issued (StateConflict, INV-24, B110)."""
    if status in EDITABLE:
        return
    if status in (S.EFFECTIVE, S.REPLACED):
        check_transition(status, S.DRAFT)
    raise StateConflict(
        "协议已经签发，文字和金额不能再改。要改，请先作废这一份，再重新签发。",
        article="《人民调解法》第三十一条",
        rule="INV-24",
    )
