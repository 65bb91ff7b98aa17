"""Reading signatures: the signing of a paper, who is missing, what is put on the signed revision."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.documents.models import IssuedPaper
from app.documents.rendering.marks import Marks, RefusalMark, SealMark, SignatureKind, SignatureMark
from app.documents.storage import read_file, uploads_dir
from app.errors import NotFound
from app.extensions import db
from app.law import clock
from app.signing.models import Scan, Signature, SigningRound, SigningSlot
from app.signing.rules import Drawing, Manner, RoundState

_KINDS = {Manner.TABLET: SignatureKind.HAND, Manner.FINGERPRINT: SignatureKind.FINGERPRINT}


def find_round(paper: IssuedPaper) -> SigningRound | None:
    """The signing of a paper with its slots, None when it was never opened."""
    return db.session.scalar(
        sa.select(SigningRound)
        .where(SigningRound.paper_id == paper.id)
        .options(selectinload(SigningRound.slots).selectinload(SigningSlot.signature), selectinload(SigningRound.seals))
        .execution_options(populate_existing=True)
    )


def get_round(paper: IssuedPaper) -> SigningRound:
    """The signing of a paper; NotFound when it was never opened."""
    found = find_round(paper)
    if found is None:
        raise NotFound("这份文书还没有开始签名。")
    return found


def get_slot(paper: IssuedPaper, key: str) -> SigningSlot:
    """One place to sign by its key; NotFound when the paper has none of that name."""
    slot = next((slot for slot in get_round(paper).slots if slot.key == key), None)
    if slot is None:
        raise NotFound("这份文书上没有这个签名位置。")
    return slot


def missing_signers(paper: IssuedPaper, *, refusal_settles: bool = False) -> list[SigningSlot]:
    """Who must still sign; on minutes a refusal with reason settles a place, on an agreement it does not."""
    return [
        slot
        for slot in get_round(paper).slots
        if slot.is_required and not slot.is_signed and not (refusal_settles and slot.is_refused)
    ]


def get_scan(public_id: str) -> Scan:
    """One scan by its public id; NotFound otherwise."""
    scan = db.session.scalar(sa.select(Scan).filter_by(public_id=public_id))
    if scan is None:
        raise NotFound("没有这份扫描件，或者它不归您看。")
    return scan


def read_scan(scan: Scan) -> bytes:
    """The bytes of a scan."""
    return read_file(uploads_dir(), scan.file_name)


def list_closing(limit: int | None = 50) -> list[SigningRound]:
    """Signings whose signed revision is still to be made, oldest first."""
    statement = sa.select(SigningRound).where(SigningRound.state == RoundState.CLOSING)
    return list(db.session.scalars(statement.order_by(SigningRound.id).limit(limit)))


def states_of_signing(paper_ids: Iterable[int]) -> dict[int, RoundState]:
    """Where the signing of each paper stands; papers that nobody is to sign are not among them."""
    statement = sa.select(SigningRound.paper_id, SigningRound.state).where(SigningRound.paper_id.in_(list(paper_ids)))
    return {paper_id: state for paper_id, state in db.session.execute(statement)}


def scans_of_papers(paper_ids: Iterable[int]) -> dict[int, list[Scan]]:
    """The scans of each paper, oldest first."""
    statement = (
        sa.select(SigningRound.paper_id, Scan)
        .join(Scan, Scan.round_id == SigningRound.id)
        .where(SigningRound.paper_id.in_(list(paper_ids)))
        .order_by(Scan.id)
    )
    found: dict[int, list[Scan]] = {}
    for paper_id, scan in db.session.execute(statement):
        found.setdefault(paper_id, []).append(scan)
    return found


def marks_of(signing: SigningRound) -> Marks:
    """The signatures and seals as the signed revision draws them."""
    return Marks(
        signatures={slot.key: _mark(slot.signature) for slot in signing.slots if slot.signature and slot.is_signed},
        seals={
            seal.key: SealMark(name=seal.name, sealed_on=clock.local_date(seal.put_on_at)) for seal in signing.seals
        },
        refusals={slot.key: _refusal(slot.signature) for slot in signing.slots if slot.signature and slot.is_refused},
    )


def _mark(signature: Signature) -> SignatureMark:
    signed_on = clock.local_date(signature.signed_at)
    if signature.manner is not Manner.TABLET:
        return SignatureMark(signed_on=signed_on, kind=_KINDS.get(signature.manner, SignatureKind.ON_PAPER))
    drawing = Drawing.from_json(signature.strokes)
    return SignatureMark(signed_on=signed_on, strokes=drawing.strokes, width=drawing.width, height=drawing.height)


def _refusal(signature: Signature) -> RefusalMark:
    refused = clock.to_local(signature.signed_at)
    return RefusalMark(
        refused_on=refused.date(),
        refused_at=refused.time().replace(second=0, microsecond=0),
        reason=signature.refusal_reason or "",
        is_unreached=signature.is_unreached,
    )
