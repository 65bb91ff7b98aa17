"""Set up the posts that a roster fills."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.access.permissions import Actor, Role
from app.audit.actions import record
from app.booking.models import DutyPost
from app.errors import RuleViolation
from app.extensions import db


@dataclass(frozen=True)
class PostDetails:
    """What a post is: name, window, whose post, how many people each half of a working day."""

    name: str
    window: str
    role: Role
    wanted_morning: int
    wanted_afternoon: int
    is_active: bool = True


def create_post(details: PostDetails, area_id: int, *, by: Actor) -> DutyPost:
    """Add a post to an area; refuses a name that is there already."""
    _check_name(details.name, area_id, None)
    last = db.session.scalar(sa.select(sa.func.max(DutyPost.position)).filter_by(area_id=area_id))
    post = DutyPost(area_id=area_id, position=(last or 0) + 1, **vars(details))
    db.session.add(post)
    db.session.flush()
    record(by, "duty_post.create", post)
    return post


def change_post(post: DutyPost, details: PostDetails, *, by: Actor) -> None:
    """Change a post; whoever is planned for it stays."""
    _check_name(details.name, post.area_id, post.id)
    changed = sorted(field for field, value in vars(details).items() if getattr(post, field) != value)
    for field in changed:
        setattr(post, field, getattr(details, field))
    record(by, "duty_post.change", post, fields=changed)


def _check_name(name: str, area_id: int, own_id: int | None) -> None:
    known = sa.select(DutyPost.id).filter_by(area_id=area_id, name=name)
    if db.session.scalar(known) not in (None, own_id):
        raise RuleViolation(f"已经有“{name}”这个岗位。请换一个名称。", rule="R-DUTY-01")
