"""The posts that a roster fills: list, add, change."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.booking import actions
from app.booking.queries.rooms import ON_DUTY_ROLES
from app.booking.queries.rosters import get_post, list_posts
from app.booking.routes.rooms import own_area
from app.desk.duty.forms import read_post
from app.desk.duty.routes import bp
from app.law import clock
from app.people.rules import ROLE_LABELS
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, writes

ROLES = [(role.value, ROLE_LABELS[role]) for role in ON_DUTY_ROLES]


@bp.get("/duty/posts")
@permission_required(Permission.CALENDAR_MANAGE)
def show_posts() -> ResponseReturnValue:
    """All posts of the area, those out of use too, and the form of a new one."""
    posts = list_posts(own_area(), active_only=False)
    return render_template("duty/posts.html", posts=posts, roles=ROLES, role_labels=ROLE_LABELS)


@bp.post("/duty/posts")
@writes(reshow=show_posts)
@permission_required(Permission.CALENDAR_MANAGE)
def add_post() -> ResponseReturnValue:
    """Add a post."""
    details = read_post(FormReader(request.form, today=clock.today()))
    post = actions.create_post(details, own_area(), by=current_actor())
    flash(f"岗位“{post.name}”已加上，可以排班了。", "ok")
    return redirect(url_for("duty.show_posts"))


@bp.get("/duty/posts/<public_id>")
@permission_required(Permission.CALENDAR_MANAGE)
def show_post(public_id: str) -> ResponseReturnValue:
    """One post."""
    return render_template("duty/post.html", post=get_post(public_id, own_area()), roles=ROLES)


@bp.post("/duty/posts/<public_id>")
@writes(reshow=show_post)
@permission_required(Permission.CALENDAR_MANAGE)
def change_post(public_id: str) -> ResponseReturnValue:
    """Change a post."""
    post = get_post(public_id, own_area())
    form = FormReader(request.form, today=clock.today())
    check_seen_version(post, form.version())
    actions.change_post(post, read_post(form), by=current_actor())
    flash(f"岗位“{post.name}”已改，排好的班不变。", "ok")
    return redirect(url_for("duty.show_posts"))
