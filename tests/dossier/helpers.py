"""Scans as a clerk would bring them, and a case whose dossier lacks nothing."""

from datetime import date
from io import BytesIO

import pikepdf
from PIL import Image

from app.dossier import actions
from app.dossier.models import DossierScan, DossierVolume
from app.dossier.rules import Position, Retention
from app.extensions import db
from app.mediation.actions import end_without_agreement
from app.mediation.rules import EndReason
from app.signing.actions import write_scan
from app.web.transaction import transaction
from tests.agreements.helpers import World, at, effective_agreement, make_world

MUST_BE_SCANNED = (Position.APPLICATION, Position.RIGHTS, Position.IDENTITY, Position.RECORD)
DAY = "2025-08-07"


def picture(shade: int, form: str = "JPEG", size: tuple[int, int] = (300, 400)) -> bytes:
    """A small scan in one shade."""
    target = BytesIO()
    Image.new("RGB", size, (shade, 255 - shade, 90)).save(target, form)
    return target.getvalue()


def sheets(pages: int, rotation: int = 0) -> bytes:
    """A scanned PDF."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
        document.pages[-1].rotate(rotation, relative=False)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def scan_in(world: World, position: Position, content: bytes, title: str = "", **values: object) -> DossierScan:
    """One scan put to a position by the clerk."""
    written = write_scan(content)
    with transaction():
        return actions.add_scan(
            world.case,
            position,
            written,
            title=title,
            is_copy=bool(values.get("is_copy")),
            by=world.clerk.as_actor(),
            now=at(str(values.get("day", DAY))),
        )


def scan_everything(world: World, *, without: Position | None = None) -> None:
    """What exists on paper only, position by position."""
    for count, position in enumerate(MUST_BE_SCANNED):
        if position is not without:
            scan_in(world, position, picture(40 * count + 10), is_copy=position is Position.IDENTITY)


def whole_world() -> World:
    """A case with an agreement in force and all scans."""
    world = make_world()
    effective_agreement(world)
    scan_everything(world)
    return world


def ended_world() -> World:
    """A case that ended without agreement, with all scans: the quickest dossier that lacks nothing."""
    world = make_world()
    with transaction():
        end_without_agreement(
            world.case,
            EndReason.PARTY_QUITS,
            ended_on=date(2025, 7, 1),
            by=world.clerk.as_actor(),
            now=at("2025-07-01"),
        )
    scan_everything(world)
    return world


def archive(world: World, day: str = DAY, **values: object) -> DossierVolume:
    """The clerk archives the dossier; its bytes are there right afterwards."""
    with transaction():
        volume = actions.archive_dossier(
            world.case,
            title="尤晓琴与冯志远邻里纠纷",
            note="",
            retention=Retention.THIRTY_YEARS,
            seen_version=values.get("seen_version"),  # type: ignore[arg-type]  # test data
            by=world.clerk.as_actor(),
            now=at(day),
        )
    return db.session.get_one(DossierVolume, volume.id, populate_existing=True)
