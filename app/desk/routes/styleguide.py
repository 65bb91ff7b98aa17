"""Every component on one page, for whoever builds or checks a page; not in production."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.access.guards import permission_required
from app.access.permissions import Permission
from app.desk.routes import bp
from app.errors import NotFound
from app.web.installation import settings


@bp.get("/styleguide")
@permission_required(Permission.SIGNED_IN)
def show_styleguide() -> ResponseReturnValue:
    """The living page of components; NotFound in production."""
    if settings().is_production:
        raise NotFound("没有这一页。")
    return render_template("styleguide.html")
