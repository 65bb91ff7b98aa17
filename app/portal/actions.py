"""Handing a petitioner the way in, from his party row: by text message or at the desk."""

from datetime import datetime

from app.access.permissions import Actor
from app.documents.papers.matters import AccessSlipFacts
from app.documents.rendering.composing import Paper, PaperState
from app.documents.rendering.engine import render_paper
from app.documents.wording.queries import texts_in_force
from app.errors import RuleViolation
from app.law import clock, phone
from app.matters.models import Party
from app.notices.actions import IssuedLink, is_slip_secret, issue_access_link, send_access_link
from app.notices.models import AccessLink
from app.portal.queries import find_contact, may_look_in
from app.web.installation import settings


def send_link(party: Party, *, by: Actor, now: datetime) -> IssuedLink:
    """Send a fresh link to the party's mobile phone; refuses a party without one (message 14)."""
    if not phone.is_mobile(party.phone):
        raise RuleViolation("这位当事人没有登记手机，发不了短信。请点“当面给”，把凭条交给他。")
    issued = _issue(party, by=by, now=now, at_desk=False)
    office = party.matter.organisation
    # The whole name of a centre would leave no room for the link within 70 characters.
    send_access_link(issued, to=party.phone, centre=office.short_name or office.name, by=by, now=now)
    return issued


def hand_over_link(party: Party, *, by: Actor, now: datetime) -> IssuedLink:
    """Make a fresh link with a desk code, for the slip that is handed over."""
    return _issue(party, by=by, now=now, at_desk=True)


def print_slip(party: Party, link: AccessLink, token: str, desk_code: str, *, now: datetime) -> bytes:
    """The slip as PDF, while link and code are still on the screen; neither is kept anywhere."""
    if not is_slip_secret(link, token, desk_code) or not link.is_usable(now):
        raise RuleViolation("这个链接已经换过或收回了。请重新点“当面给”，再打印凭条。")
    contact, office = find_contact(party), party.matter.organisation
    facts = AccessSlipFacts(
        office=contact.centre,
        recipient=party.name,
        matter_number=party.matter.number,
        link=f"{settings().base_url}/p/{token}",
        desk_code=desk_code,
        issued_on=clock.local_date(link.issued_at),
        valid_until=clock.local_date(link.expires_at),
        phone=contact.phone,
        address=office.address,
    )
    slip = Paper(type_name="access_slip", facts=facts, wording=texts_in_force("access_slip", office) or {})
    return render_paper(slip, state=PaperState.ISSUED, code=None, check_url=None, marks=None).pdf


def _issue(party: Party, *, by: Actor, now: datetime, at_desk: bool) -> IssuedLink:
    if not may_look_in(party):
        raise RuleViolation(
            "检举控告的内容不能给被反映的一方看，不能发查阅链接。依据《信访工作条例》第三十条",
            article="《信访工作条例》第三十条",
            rule="INV-02",
        )
    return issue_access_link(
        party_id=party.id,
        matter_id=party.matter_id,
        name=party.name,
        phone=party.phone,
        by=by,
        now=now,
        at_desk=at_desk,
    )
