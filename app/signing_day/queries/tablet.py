"""Reading for the tablet of a desk: whose it is, what it shows, which place on the agreement is to be signed."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.agreements.models import Agreement
from app.agreements.rules.reading import Section, sections_of
from app.agreements.rules.states import SIGNABLE
from app.collective.models import Roster, SettlementAgreement
from app.collective.queries.settlement import PAYEE
from app.collective.rules.roster import LABELS
from app.collective.rules.roster_entry import pending_reason
from app.documents.models import IssuedPaper
from app.documents.queries import facts_of
from app.extensions import db
from app.matters.models import Matter
from app.privacy.sealed import key_ring
from app.signing.models import SigningSlot
from app.signing.queries import find_round
from app.signing_day.models import SigningDay, SigningDesk, SigningTicket
from app.signing_day.queries.tickets import find_at_desk
from app.signing_day.rules.progress import OFFLINE
from app.signing_day.rules.states import DayState, Phase
from app.signing_day.rules.tablet import Screen, is_pairing_alive, screen_of


@dataclass(frozen=True)
class TabletView:
    """What a tablet shows now; the ticket is there only from the reading to the receipt."""

    desk: SigningDesk
    screen: Screen
    ticket: SigningTicket | None = None
    slot: SigningSlot | None = None

    @property
    def key(self) -> str:
        """Changes whenever the tablet has to show another page."""
        if self.ticket is None:
            return f"{self.desk.public_id} {self.screen}"
        return f"{self.ticket.public_id} {self.screen} {self.ticket.shown_sha256[:16]} {self.ticket.asked or ''}"


@dataclass(frozen=True)
class DeskView:
    """A desk as its clerk sees it: who sits there, whether he has signed, whether his text still holds, the tablet."""

    ticket: SigningTicket | None
    slots: list[SigningSlot]
    has_new_text: bool
    is_paired: bool
    is_online: bool

    @property
    def is_signed(self) -> bool:
        """Everybody who signs for this claimant has signed."""
        return bool(self.slots) and all(slot.is_signed for slot in self.slots)

    @property
    def needs_check(self) -> bool:
        """The document is still to be compared."""
        return self.ticket is not None and not self.is_signed and not is_begun(self.ticket)

    @property
    def key(self) -> str:
        """Changes whenever the clerk has something else to do."""
        if self.ticket is None:
            return f"free {self.is_paired}"
        asked = self.ticket.asked or ""
        return (
            f"{self.ticket.public_id} {self.ticket.phase} {self.is_signed} {self.has_new_text} {asked} {self.is_paired}"
        )


@dataclass(frozen=True)
class FiledPapers:
    """What is on file for who signs here: each paper with whether it is there, and why nobody may sign yet."""

    rows: tuple[tuple[bool, str], ...]
    reason: str = ""


def digest_of_token(token: str) -> str:
    """How a tablet's token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def digest_of_code(code: str) -> str:
    """How a pairing code is kept: keyed, because eight digits alone would be guessed from their hash."""
    return key_ring().digest("pairing_code", code)


def find_desk_of_tablet(token: str, now: datetime) -> SigningDesk | None:
    """The desk this tablet is paired with; None when it was replaced or taken off, or its day is closed."""
    if not token:
        return None
    desk = _find_desk(SigningDesk.device_digest == digest_of_token(token))
    return desk if desk is not None and is_pairing_alive(desk.day.state, desk.paired_at, now) else None


def find_desk_of_code(code: str, now: datetime) -> SigningDesk | None:
    """The desk that waits for a tablet with this code."""
    return _find_desk(
        SigningDesk.pairing_code_digest == digest_of_code(code),
        SigningDesk.pairing_until > now,
        SigningDay.state != DayState.CLOSED,
    )


def view_of(desk: SigningDesk) -> TabletView:
    """What the desk's tablet shows; of a person nothing before his identity was checked."""
    ticket = find_at_desk(desk.id)
    if ticket is None:
        return TabletView(desk, Screen.WAITING)
    slots = claimant_slots(ticket.link.agreement)
    is_signed = bool(slots) and all(slot.is_signed for slot in slots)
    phase = ticket.phase if is_begun(ticket) else None
    screen = screen_of(phase, is_text_current=is_text_current(ticket), is_signed=is_signed)
    if screen is Screen.WAITING:
        return TabletView(desk, screen)
    return TabletView(desk, screen, ticket, next_slot(slots))


def desk_of(desk: SigningDesk, *, now: datetime) -> DeskView:
    """The desk as its clerk sees it."""
    ticket = find_at_desk(desk.id)
    slots = claimant_slots(ticket.link.agreement) if ticket is not None else []
    is_on_text = ticket is not None and is_begun(ticket) and ticket.phase in (Phase.READING, Phase.SIGNING)
    is_signed = bool(slots) and all(slot.is_signed for slot in slots)
    return DeskView(
        ticket=ticket,
        slots=slots,
        has_new_text=is_on_text and not is_signed and ticket is not None and not is_text_current(ticket),
        is_paired=desk.device_digest is not None,
        is_online=desk.last_seen_at is not None and now - desk.last_seen_at <= OFFLINE,
    )


def file_of(ticket: SigningTicket, *, today: date) -> FiledPapers:
    """The papers of heirs and proxies that the clerk looks at before he compares a document (R-LINK-12, INV-25)."""
    claimant = ticket.claimant
    rows: list[tuple[bool, str]] = []
    if claimant.is_deceased:
        rows.append((claimant.has_death_proof, f"{claimant.party.name}的死亡证明"))
        rows += [
            (heir.has_kinship_proof, f"{heir.name}（{LABELS[heir.kinship]}）的亲属关系证明") for heir in claimant.heirs
        ]
    for row in ticket.link.agreement.parties:
        if row.key == PAYEE and row.proxy is not None:
            kind = "特别授权" if row.proxy.is_special_authority else "一般授权，不能代签"
            rows.append((row.proxy.is_valid_on(today), f"{row.proxy.name}的授权委托书（{kind}）"))
    reason = pending_reason(
        is_deceased=claimant.is_deceased, has_death_proof=claimant.has_death_proof, heirs=claimant.heirs
    )
    return FiledPapers(tuple(rows), reason)


def is_begun(ticket: SigningTicket) -> bool:
    """True once the document was compared and the text laid before him, in this sitting."""
    return ticket.phase is Phase.RECEIPT or (ticket.shown_sha256 != "" and ticket.reading_page > 0)


def claimant_slots(agreement: Agreement) -> list[SigningSlot]:
    """The claimant's place on the agreement, or one for each of several heirs who sign in person (R-LINK-12)."""
    found = find_round(agreement.paper) if agreement.paper is not None else None
    slots = found.slots if found is not None else []
    return [slot for slot in slots if slot.key == PAYEE or slot.key.startswith(f"{PAYEE}-")]


def next_slot(slots: list[SigningSlot]) -> SigningSlot | None:
    """Who signs next; the last one when all have."""
    return next((slot for slot in slots if not slot.is_signed), slots[-1] if slots else None)


def is_text_current(ticket: SigningTicket) -> bool:
    """True while the text that was shown is the one that can be signed."""
    agreement = ticket.link.agreement
    return agreement.status in SIGNABLE and ticket.shown_sha256 == digest_of_paper(agreement.paper) != ""


def digest_of_paper(paper: IssuedPaper | None) -> str:
    """The SHA-256 of the bytes that can be signed; '' while there are none."""
    if paper is None or paper.void_at is not None or not paper.is_ready or paper.latest is None:
        return ""
    return paper.latest.sha256


def sections_for(agreement: Agreement) -> tuple[Section, ...]:
    """The agreement as the claimant reads it, one section a screen."""
    if agreement.paper is None:
        return ()
    return sections_of(facts_of(agreement.paper), own_key=PAYEE, at_desk=True)


def find_new_link(ticket: SigningTicket) -> SettlementAgreement | None:
    """The claimant's newest agreement that can be signed now."""
    statement = (
        sa.select(SettlementAgreement)
        .join(SettlementAgreement.agreement)
        .where(SettlementAgreement.claimant_id == ticket.claimant_id, Agreement.status.in_(SIGNABLE))
        .order_by(SettlementAgreement.id.desc())
    )
    return next((link for link in db.session.scalars(statement) if digest_of_paper(link.agreement.paper)), None)


def _find_desk(*conditions: sa.ColumnElement[bool]) -> SigningDesk | None:
    roster = joinedload(SigningDesk.day).joinedload(SigningDay.roster)
    statement = sa.select(SigningDesk).join(SigningDesk.day).where(*conditions).limit(1)
    return db.session.scalar(statement.options(roster.joinedload(Roster.matter).joinedload(Matter.organisation)))
