"""The administrator's pages of accounts: list, create, correct, roles, disable, reset, appointment."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission, Role
from app.law import clock
from app.law.dispute_types import DISPUTE_TYPES
from app.people import actions, queries
from app.people.forms import read_account, read_appointment
from app.people.models import Account, OrganisationKind
from app.people.routes import bp
from app.people.rules import PROFESSIONALS, ROLE_LABELS
from app.web.forms import FormReader
from app.web.transaction import writes

STATES: Mapping[str, bool] = {"active": True, "disabled": False}


@bp.get("/settings/accounts")
@permission_required(Permission.ACCOUNT_MANAGE)
def list_accounts() -> ResponseReturnValue:
    """Every account by unit, cut by text, role and state."""
    text = request.args.get("q", "").strip()[:60]
    role = next((role for role in Role if role.value == request.args.get("role")), None)
    accounts = queries.list_accounts(text=text, role=role, is_active=STATES.get(request.args.get("state", "")))
    return render_template("people/accounts.html", accounts=accounts, roles=ROLE_LABELS, text=text)


@bp.get("/settings/accounts/new")
@permission_required(Permission.ACCOUNT_MANAGE)
def show_new_account() -> ResponseReturnValue:
    """The form for a new account."""
    return render_template("people/account_new.html", organisations=queries.list_organisations(), roles=ROLE_LABELS)


@bp.post("/settings/accounts/new")
@writes(reshow=show_new_account)
@permission_required(Permission.ACCOUNT_MANAGE)
def create_account() -> ResponseReturnValue:
    """Create the account with the password that the administrator hands over."""
    form = FormReader(request.form, today=clock.today())
    username = form.line("username", "用户名", limit=60)
    if not form.raw("password"):
        form.fail("password", "请填写第一次登录用的密码。")
    details, roles = read_account(form)
    account = actions.create_account(
        username, form.raw("password"), details, roles, by=current_actor(), now=clock.now()
    )
    flash(f"已建账号 {account.username}。请把密码当面交给本人，请他登录后自己改。", "ok")
    return redirect(url_for("people.show_account", public_id=account.public_id))


@bp.get("/settings/accounts/<public_id>")
@permission_required(Permission.ACCOUNT_MANAGE)
def show_account(public_id: str) -> ResponseReturnValue:
    """One account with all that can be done to it."""
    return _account_page(queries.get_account(public_id))


@bp.post("/settings/accounts/<public_id>")
@writes(reshow=show_account)
@permission_required(Permission.ACCOUNT_MANAGE)
def change_account(public_id: str) -> ResponseReturnValue:
    """Correct the data and set the roles."""
    account = queries.get_account(public_id)
    details, roles = read_account(FormReader(request.form, today=clock.today()))
    actions.change_account(account, details, by=current_actor(), now=clock.now())
    actions.change_roles(account, roles, by=current_actor(), now=clock.now())
    flash("已保存。岗位或单位改过的，本人要重新登录。", "ok")
    return redirect(url_for("people.show_account", public_id=account.public_id))


@bp.post("/settings/accounts/<public_id>/disable")
@writes(reshow=show_account)
@permission_required(Permission.ACCOUNT_MANAGE)
def disable_account(public_id: str) -> ResponseReturnValue:
    """Shut the account at once."""
    account = queries.get_account(public_id)
    actions.disable_account(account, by=current_actor(), now=clock.now())
    flash(f"{account.name}的账号已停用，已登录的也退出了。", "ok")
    return redirect(url_for("people.show_account", public_id=account.public_id))


@bp.post("/settings/accounts/<public_id>/enable")
@writes(reshow=show_account)
@permission_required(Permission.ACCOUNT_MANAGE)
def enable_account(public_id: str) -> ResponseReturnValue:
    """Open the account again."""
    account = queries.get_account(public_id)
    actions.enable_account(account, by=current_actor())
    flash(f"{account.name}的账号可以登录了。", "ok")
    return redirect(url_for("people.show_account", public_id=account.public_id))


@bp.post("/settings/accounts/<public_id>/reset")
@writes(reshow=show_account)
@permission_required(Permission.ACCOUNT_MANAGE)
def reset_password(public_id: str) -> ResponseReturnValue:
    """Give a random password; this page is the only place that ever shows it."""
    account = queries.get_account(public_id)
    password = actions.reset_password(account, by=current_actor(), now=clock.now())
    return _account_page(account, new_password=password)


@bp.post("/settings/accounts/<public_id>/appointment")
@writes(reshow=show_account)
@permission_required(Permission.ACCOUNT_MANAGE)
def save_professional(public_id: str) -> ResponseReturnValue:
    """Keep appointment, committee, licence and skills."""
    account = queries.get_account(public_id)
    appointment = read_appointment(FormReader(request.form, today=clock.today()), DISPUTE_TYPES)
    actions.save_professional(account, appointment, by=current_actor())
    flash("聘任情况已保存。", "ok")
    return redirect(url_for("people.show_account", public_id=account.public_id))


def _account_page(account: Account, *, new_password: str = "") -> str:
    professional = queries.get_professional(account)
    return render_template(
        "people/account.html",
        person=account,
        roles=ROLE_LABELS,
        organisations=queries.list_organisations(),
        committees=queries.list_organisations(OrganisationKind.MEDIATION_COMMITTEE),
        is_professional=bool(account.roles & PROFESSIONALS),
        professional=professional,
        skills=[row.dispute_type for row in professional.skills] if professional else [],
        dispute_types=DISPUTE_TYPES,
        new_password=new_password,
    )
