"""The papers of a notice come out as files (R-DOC-H03, H05, H13)."""

import sqlalchemy as sa

from app.documents.models import IssuedPaper
from tests.hearings.convening import duty_for, schedule


def test_papers_of_a_notice_when_issued_are_rendered(hearing, hall, db) -> None:
    duty_for(hall)
    schedule(hearing, hall)
    kinds = ("hearing_notice", "hearing_rights_notice", "service_receipt")
    papers = db.session.scalars(sa.select(IssuedPaper).where(IssuedPaper.type_name.in_(kinds))).all()
    assert len(papers) == 11
    assert all(paper.is_ready and paper.latest.pages >= 1 for paper in papers)
