"""How the dossier of a case is filed: papers signed by hand come back as scans, then it is archived."""

from app.demo.mediation_story import MediationStory
from app.demo.pictures import draw_card_copy, draw_signed_sheet
from app.dossier import actions as dossiers
from app.dossier.rules import Position, Retention
from app.signing import actions as signing
from app.web.transaction import transaction


def begin_dossier(story: MediationStory) -> None:
    """The register form comes back signed; proofs of identity and the notices of rights are still missing."""
    title = f"{story.petition.dispute.subject}调解申请书"
    _file_sheet(story, Position.APPLICATION, title, mark=story.case_id)


def archive_dossier(story: MediationStory) -> None:
    """Everything the index asks for is there, and the dossier is closed for good."""
    by, mark = story.office.actor("panhui"), story.case_id
    for number, position in enumerate((Position.APPLICATION, Position.RIGHTS), start=1):
        _file_sheet(story, position, "", mark=mark * 10 + number)
    for number, party in enumerate(story.case.parties, start=1):
        written = signing.write_scan(draw_card_copy(mark * 10 + number))
        with transaction():
            dossiers.add_scan(
                story.case,
                Position.IDENTITY,
                written,
                title=f"{party.name}身份证复印件",
                is_copy=True,
                by=by,
                now=story.time.now,
            )
    with transaction():
        dossiers.archive_dossier(
            story.case,
            title=f"{story.petition.dispute.subject}纠纷",
            note="卷内材料齐全，复印件已和原件核对。",
            retention=Retention.THIRTY_YEARS,
            seen_version=None,
            by=by,
            now=story.time.now,
        )


def _file_sheet(story: MediationStory, position: Position, title: str, *, mark: int) -> None:
    written = signing.write_scan(draw_signed_sheet(mark))
    by, now = story.office.actor("panhui"), story.time.now
    with transaction():
        dossiers.add_scan(story.case, position, written, title=title, is_copy=False, by=by, now=now)
