"""Passing a matter on: transfer, assign, guide away, report, the unit's objection and its decision."""

from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission, Role
from app.law import clock
from app.matters import actions
from app.matters.forms.registration import find_unit
from app.matters.models import Matter, TransferObjection
from app.matters.queries import get_matter
from app.matters.queries.handling import OfMatter, guarded_objection
from app.matters.routes import bp
from app.matters.routes.acting import Field, act_page, done, read_act
from app.matters.rules import LABELS, Capacity
from app.people.models import Account, OrganisationKind
from app.people.queries import list_holders, list_organisations
from app.web.transaction import writes

NAMED = {Role.COORDINATOR: Capacity.ROUTER, Role.LEADER: Capacity.LEADER_RESPONSIBLE}
UNIT_KINDS = (
    OrganisationKind.HANDLING_UNIT,
    OrganisationKind.STREET,
    OrganisationKind.COMMUNITY,
    OrganisationKind.OTHER_ORGAN,
    OrganisationKind.COURT,
    OrganisationKind.PETITION_OFFICE,
)


@bp.get("/matters/<public_id>/transfer")
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def show_transfer(matter: Matter) -> ResponseReturnValue:
    """Choose the unit, and whether it must report back."""
    units = tuple(
        (unit.public_id, unit.name)
        for unit in list_organisations(*UNIT_KINDS)
        if unit.id not in (matter.organisation_id, matter.complained_unit_id if matter.is_accusation else 0)
    )
    return act_page(
        matter,
        "转送、交办",
        "转出",
        Field("select", "unit", "哪个单位", options=units),
        Field("radios", "mode", "方式", "transfer", (("transfer", "转送"), ("assign", "交办（要报办结情况）"))),
        Field("date", "received_on", "单位哪天收到", clock.today().isoformat()),
        effects=("单位能看到这件事", "单位要在 15 日内书面告知信访人", "不属于它的，5 个工作日内可以提异议"),
        mend="转错了，可以重新转送；原单位就看不到了。",
    )


@bp.post("/matters/<public_id>/transfer")
@writes(reshow=show_transfer)
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def transfer(matter: Matter) -> ResponseReturnValue:
    """Transfer or assign."""
    form = read_act(matter)
    unit = find_unit(form, "unit")
    if unit is None:
        form.fail("unit", "请选单位。")
    received_on = form.date("received_on", "单位收到日期")
    is_assignment = form.option("mode", "方式", {"transfer": False, "assign": True})
    form.finish()
    assert unit is not None
    actions.transfer_matter(
        matter, unit, received_on=received_on, is_assignment=bool(is_assignment), by=current_actor(), now=clock.now()
    )
    return done(matter, f"已{'交办' if is_assignment else '转送'}{unit.name}。")


@bp.get("/matters/<public_id>/guide")
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def show_guide(matter: Matter) -> ResponseReturnValue:
    """Explain where to go."""
    return act_page(
        matter,
        "引导到法定途径",
        "已经讲清，办完",
        Field("reason", "advice", "告诉他去哪里、怎么办", help="例如：向区人民法院提起上诉，上诉期到 10月8日。"),
        effects=("这件事在本单位办完", "信访人随时可以走法定途径"),
        mend="有新的情况，可以另立一件。",
    )


@bp.post("/matters/<public_id>/guide")
@writes(reshow=show_guide)
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def guide(matter: Matter) -> ResponseReturnValue:
    """Guide away."""
    form = read_act(matter)
    advice = form.text("advice", "去处", limit=2000)
    form.finish()
    actions.guide_away(matter, advice=advice, by=current_actor(), now=clock.now())
    return done(matter, "已记下怎么引导的。")


@bp.get("/matters/<public_id>/report")
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def show_report(matter: Matter) -> ResponseReturnValue:
    """Report a grave or urgent matter."""
    return act_page(
        matter,
        "报告党委政府",
        "已经报告",
        effects=("重大、紧急的，立即报告党委、政府，并通报有关部门", "接着还要转送、交办或者受理"),
    )


@bp.post("/matters/<public_id>/report")
@writes(reshow=show_report)
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def report(matter: Matter) -> ResponseReturnValue:
    """Report a grave or urgent matter."""
    read_act(matter)
    actions.report_matter(matter, by=current_actor(), now=clock.now())
    return done(matter, "已记为报告党委政府。")


@bp.get("/matters/<public_id>/object")
@permission_required(Permission.MATTER_HANDLE, of=get_matter)
def show_object(matter: Matter) -> ResponseReturnValue:
    """The unit says: not ours."""
    return act_page(
        matter,
        "提异议：不属于本单位",
        "提异议",
        Field("reason", "reason", "为什么不属于本单位"),
        effects=("转送单位来裁定，裁定前材料还在本单位",),
    )


@bp.post("/matters/<public_id>/object")
@writes(reshow=show_object)
@permission_required(Permission.MATTER_HANDLE, of=get_matter)
def object_to(matter: Matter) -> ResponseReturnValue:
    """Object to the transfer (INV-36)."""
    form = read_act(matter)
    reason = form.text("reason", "理由", limit=2000)
    form.finish()
    actions.object_to_transfer(matter, reason=reason, by=current_actor(), now=clock.now())
    return done(matter, "异议已经提了，等信访部门裁定。")


@bp.get("/objections/<public_id>")
@permission_required(Permission.MATTER_ROUTE, of=guarded_objection)
def show_objection(guarded: OfMatter) -> ResponseReturnValue:
    """The unit's reason, and the decision."""
    objection = guarded.row
    assert isinstance(objection, TransferObjection)
    return act_page(
        guarded.matter,
        f"裁定{objection.unit.name}的异议",
        "裁定",
        Field(
            "radios",
            "decision",
            "裁定",
            options=(("upheld", "同意异议，收回重新转送"), ("refused", "不同意，由它继续办")),
        ),
        Field("reason", "reason", "理由"),
        effects=(f"单位说：{objection.reason}",),
    )


@bp.post("/objections/<public_id>")
@writes(reshow=show_objection)
@permission_required(Permission.MATTER_ROUTE, of=guarded_objection)
def decide_objection(guarded: OfMatter) -> ResponseReturnValue:
    """Decide the objection."""
    objection = guarded.row
    assert isinstance(objection, TransferObjection)
    form = read_act(guarded.matter)
    is_upheld = form.option("decision", "裁定", {"upheld": True, "refused": False})
    reason = form.text("reason", "理由", limit=2000)
    form.finish()
    actions.decide_objection(objection, is_upheld=bool(is_upheld), decision=reason, by=current_actor(), now=clock.now())
    return done(guarded.matter, "裁定好了。" + ("请重新选单位。" if is_upheld else ""))


@bp.get("/matters/<public_id>/people")
@permission_required(Permission.MATTER_SCREEN, of=get_matter)
def show_people(matter: Matter) -> ResponseReturnValue:
    """Name who routes the matter or answers for it."""
    return act_page(
        matter,
        "指定办理人",
        "交给他",
        Field("select", "person", "谁", options=tuple((key, text) for key, (text, _, _) in _office(matter).items())),
        effects=("这个人能看到、能办这件事", "检举控告只有指定的人看得到"),
        mend="指定错了，请他回避或者另外指定。",
    )


@bp.post("/matters/<public_id>/people")
@writes(reshow=show_people)
@permission_required(Permission.MATTER_SCREEN, of=get_matter)
def name_person(matter: Matter) -> ResponseReturnValue:
    """Name who routes the matter or answers for it."""
    form = read_act(matter)
    chosen = form.option("person", "谁", _office(matter))
    form.finish()
    assert chosen is not None
    _, account, capacity = chosen
    actions.assign_person(matter, account, capacity, by=current_actor(), now=clock.now())
    return done(matter, f"已交给{account.name}。")


def _office(matter: Matter) -> dict[str, tuple[str, Account, Capacity]]:
    """Coordinators and leaders of the matter's office, with the capacity in which they would come in."""
    found = {}
    for role, capacity in NAMED.items():
        for account in list_holders(role, organisation_id=matter.organisation_id):
            found[f"{account.public_id}-{role.value}"] = (f"{account.name}（{LABELS[capacity]}）", account, capacity)
    return found
