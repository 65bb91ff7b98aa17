"""Log-in, log-out, picking a role, the own password."""

import ipaddress

from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission, Role
from app.errors import DomainError
from app.law import clock
from app.people import actions, passwords
from app.people.login import enter, leave, take_next_page
from app.people.routes import bp
from app.people.rules import ROLE_LABELS, LoginRefused
from app.web import labels
from app.web.forms import FormReader
from app.web.transaction import run_write, writes

labels.register(ROLE_LABELS)
NO_FIT = "用户名或密码不对。请核对大小写后再输；忘了密码，请找本单位管理员重设。"


@bp.get("/login")
@permission_required(Permission.PUBLIC)
def login() -> ResponseReturnValue:
    """The page that asks for user name and password."""
    if current_user.is_authenticated:
        return redirect("/")
    return render_template("people/login.html")


@bp.post("/login")
@permission_required(Permission.PUBLIC)
def log_in() -> ResponseReturnValue:
    """Let the person in; a failure stays counted although it is refused."""
    try:
        token = _check_in(request.form.get("username", ""), request.form.get("password", ""))
    except DomainError as refusal:
        g.refusal = refusal
        return render_template("people/login.html"), refusal.status
    wanted = take_next_page(current_app)
    enter(token)
    if current_user.needs_role:
        session["next"] = wanted
        return redirect(url_for("people.show_roles"))
    return redirect(wanted)


@bp.post("/logout")
@writes
@permission_required(Permission.SIGNED_IN)
def log_out() -> ResponseReturnValue:
    """End the session for good."""
    actions.log_out(current_user.login_session, now=clock.now())
    leave()
    flash("已退出。", "ok")
    return redirect(url_for("people.login"))


@bp.get("/login/role")
@permission_required(Permission.PUBLIC)
def show_roles() -> ResponseReturnValue:
    """The roles to pick from."""
    if not current_user.is_authenticated:
        return redirect(url_for("people.login"))
    return render_template("people/roles.html", roles=_own_roles(), current=current_user.login_session.role)


@bp.post("/login/role")
@writes
@permission_required(Permission.PUBLIC)
def pick_role() -> ResponseReturnValue:
    """Work in the picked role; it is remembered for the next log-in."""
    if not current_user.is_authenticated:
        return redirect(url_for("people.login"))
    form = FormReader(request.form, today=clock.today())
    role = form.option("role", "岗位", {role.value: role for role in _own_roles()})
    form.finish()
    if role is not None:
        actions.pick_role(current_user.login_session, role)
    return redirect(take_next_page(current_app))


@bp.get("/account/password")
@permission_required(Permission.SIGNED_IN)
def show_password() -> ResponseReturnValue:
    """The page to change the own password."""
    return render_template("people/password.html")


@bp.post("/account/password")
@writes(reshow=show_password)
@permission_required(Permission.SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Change the own password; every session ends, this one too."""
    form = FormReader(request.form, today=clock.today())
    if form.raw("new_password") != form.raw("repeated"):
        form.fail("repeated", "两次输入的新密码不一样。请重新输入。")
    form.finish()
    account = current_user.account
    current, new = form.raw("current"), form.raw("new_password")
    actions.change_password(account, current, new, by=current_actor(), now=clock.now())
    leave()
    flash("密码已改。请用新密码登录；其他电脑上的登录也都退出了。", "ok")
    return redirect(url_for("people.login"))


def _check_in(username: str, password: str) -> str:
    network = network_of(request.remote_addr)
    attempt = run_write(lambda: actions.begin_attempt(username, password, network=network, now=clock.now()))
    if passwords.is_password(attempt.password_hash, password):
        return run_write(lambda: actions.log_in(attempt, now=clock.now()))
    run_write(lambda: actions.note_failed_attempt(attempt, now=clock.now()))
    raise LoginRefused(NO_FIT, rule="B026")


def network_of(address: str | None) -> str:
    """The address a person can be told by: the whole IPv4 address, the first half of an IPv6 one."""
    try:
        ip = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is None:
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(getattr(ip, "ipv4_mapped", None) or ip)


def _own_roles() -> list[Role]:
    return sorted(current_user.account.roles, key=list(ROLE_LABELS).index)
