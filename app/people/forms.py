"""What is typed about accounts, organisations and appointments, as plain values."""

from collections.abc import Mapping

from app.access.permissions import Role
from app.errors import FieldErrors
from app.people import queries
from app.people.actions.accounts import AccountDetails
from app.people.actions.organisations import OrganisationDetails
from app.people.actions.professionals import Appointment
from app.people.models import Organisation, OrganisationKind
from app.web.forms import FormReader


def read_account(form: FormReader) -> tuple[AccountDetails, frozenset[Role]]:
    """Name, unit, post, phone and roles of an account."""
    name = form.person_name("name")
    organisation = form.option("organisation", "单位", _organisations())
    post = form.line("post", "职务", limit=60, required=False)
    phone = form.phone("phone")
    roles = frozenset(form.choices("roles", "岗位", Role))
    if not roles:
        form.fail("roles", "请至少选一个岗位。")
    form.finish()
    return AccountDetails(name, _needed(organisation), post, phone), roles


def read_organisation(form: FormReader) -> OrganisationDetails:
    """Name, printed data and contact of a body."""
    details = OrganisationDetails(
        name=form.line("name", "全称", limit=120),
        short_name=form.line("short_name", "简称", limit=40, required=False),
        centre_name=form.line("centre_name", "中心名称", limit=120, required=False),
        number_prefix=form.line("number_prefix", "文号代字", limit=40, required=False),
        seal_name=form.line("seal_name", "印章名称", limit=40, required=False),
        credit_code=form.credit_code("credit_code"),
        address=form.line("address", "地址", required=False),
        contact_name=form.line("contact_name", "联系人", limit=60, required=False),
        contact_phone=form.phone("contact_phone", "联系电话"),
    )
    form.finish()
    return details


def read_new_organisation(form: FormReader) -> tuple[OrganisationKind, Organisation | None, OrganisationDetails]:
    """The same with kind and the body above."""
    kind = form.choice("kind", "类别", OrganisationKind)
    parent = form.option("parent", "上级单位", _organisations(), required=False)
    return kind, parent, read_organisation(form)


def read_appointment(form: FormReader, dispute_types: Mapping[str, str]) -> Appointment:
    """Since when, for whom, with which licence and skills."""
    committees = {row.public_id: row for row in queries.list_organisations(OrganisationKind.MEDIATION_COMMITTEE)}
    appointment = Appointment(
        appointed_on=form.date("appointed_on", "聘任日期"),
        committee=form.option("committee", "调委会", committees, required=False),
        left_office_on=form.optional_date("left_office_on", "离任日期"),
        working_unit=form.line("working_unit", "工作单位", limit=120, required=False),
        home_area=form.line("home_area", "居住地", limit=120, required=False),
        licence_number=form.line("licence_number", "执业证号", limit=40, required=False),
        pool_category=form.line("pool_category", "听证员类别", limit=40, required=False),
        skills=frozenset(form.option_list("skills", "擅长的纠纷", {code: code for code in dispute_types})),
        citizen_id=form.citizen_id_number("citizen_id"),
    )
    form.finish()
    return appointment


def _organisations() -> dict[str, Organisation]:
    return {row.public_id: row for row in queries.list_organisations()}


def _needed(organisation: Organisation | None) -> Organisation:
    if organisation is None:
        raise FieldErrors({"organisation": "请选择单位。"})
    return organisation
