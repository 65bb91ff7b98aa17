"""Reading referrals: one by its public id, those of a matter."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.errors import NotFound
from app.extensions import db
from app.linkage.models import Linkage, LinkageParty
from app.mediation.models import MediationCase


def get_linkage(public_id: str) -> Linkage:
    """The referral with this public id, with committee and parties; NotFound otherwise."""
    linkage = db.session.scalar(
        sa.select(Linkage)
        .where(Linkage.public_id == public_id)
        .options(joinedload(Linkage.committee), selectinload(Linkage.parties).joinedload(LinkageParty.party))
    )
    if linkage is None:
        raise NotFound("没有这次访调对接，或者它不归您看。")
    return linkage


def find_linkage_of(matter_id: int) -> Linkage | None:
    """The newest referral of a matter, open or ended."""
    statement = sa.select(Linkage).where(Linkage.matter_id == matter_id).options(joinedload(Linkage.committee))
    return db.session.scalar(statement.order_by(Linkage.id.desc()).limit(1))


def find_case(linkage: Linkage) -> MediationCase | None:
    """The mediation case that the referral led to."""
    return db.session.get(MediationCase, linkage.case_id) if linkage.case_id else None
