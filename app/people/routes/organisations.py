"""The administrator's pages of the tree of organisations."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.law import clock
from app.people import actions, queries
from app.people.forms import read_new_organisation, read_organisation
from app.people.models import OrganisationKind
from app.people.routes import bp
from app.web import labels
from app.web.forms import FormReader
from app.web.transaction import writes

KIND_LABELS = {
    OrganisationKind.DISTRICT: "区",
    OrganisationKind.STREET: "街道",
    OrganisationKind.COMMUNITY: "社区、村",
    OrganisationKind.PETITION_OFFICE: "信访部门",
    OrganisationKind.HANDLING_UNIT: "承办单位",
    OrganisationKind.MEDIATION_COMMITTEE: "人民调解委员会",
    OrganisationKind.COURT: "人民法院",
    OrganisationKind.LAW_FIRM: "律师事务所",
    OrganisationKind.RECONSIDERATION_ORGAN: "行政复议机构",
    OrganisationKind.OTHER_ORGAN: "其他机关",
}
labels.register(KIND_LABELS)


@bp.get("/settings/organisations")
@permission_required(Permission.ACCOUNT_MANAGE)
def list_organisations() -> ResponseReturnValue:
    """The tree."""
    return render_template("people/organisations.html", organisations=queries.list_all_organisations())


@bp.get("/settings/organisations/new")
@permission_required(Permission.ACCOUNT_MANAGE)
def show_new_organisation() -> ResponseReturnValue:
    """The form for a new body."""
    return render_template(
        "people/organisation.html", row=None, organisations=queries.list_organisations(), kinds=KIND_LABELS
    )


@bp.post("/settings/organisations/new")
@writes(reshow=show_new_organisation)
@permission_required(Permission.ACCOUNT_MANAGE)
def create_organisation() -> ResponseReturnValue:
    """Add a body to the tree."""
    kind, parent, details = read_new_organisation(FormReader(request.form, today=clock.today()))
    organisation = actions.create_organisation(kind, details, parent=parent, by=current_actor())
    flash(f"已加上{organisation.name}。", "ok")
    return redirect(url_for("people.list_organisations"))


@bp.get("/settings/organisations/<public_id>")
@permission_required(Permission.ACCOUNT_MANAGE)
def show_organisation(public_id: str) -> ResponseReturnValue:
    """One body and its data."""
    row = queries.get_organisation(public_id)
    return render_template("people/organisation.html", row=row, organisations=[], kinds=KIND_LABELS)


@bp.post("/settings/organisations/<public_id>")
@writes(reshow=show_organisation)
@permission_required(Permission.ACCOUNT_MANAGE)
def change_organisation(public_id: str) -> ResponseReturnValue:
    """Correct a body's data, or take it out of use."""
    organisation = queries.get_organisation(public_id)
    form = FormReader(request.form, today=clock.today())
    details = read_organisation(form)
    actions.change_organisation(organisation, details, is_active=form.has("is_active"), by=current_actor())
    flash("已保存。", "ok")
    return redirect(url_for("people.list_organisations"))
