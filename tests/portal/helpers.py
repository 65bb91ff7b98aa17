"""A petitioner with a phone, another side full of marked values, and the browser in which he opens his link."""

import re
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.matters.models import Matter, Party
from app.notices.actions import IssuedLink, issue_access_link
from app.privacy.sealed import digest_of
from app.web.transaction import transaction
from tests.agreements.helpers import World, at, make_world

PHONE = "13800005026"
DIGITS = "5026"
CANARIES = {
    "id_number": "990101197001011239",
    "phone": "13911117777",
    "address": "滨澜区秘密里 9 号楼 909",
    "birth_date": "1970-01-01",
}
OPINION = "他方内部意见不得外传"


@dataclass
class House:
    """The case, whose party the visitor is, and the other side."""

    world: World
    own: Party
    other: Party
    matter: Matter


def make_house(*, accepted_on: str = "2025-06-09") -> House:
    """尤晓琴 (petitioner, with phone) against 冯志远, whose personal values are marked."""
    world = make_world(accepted_on=accepted_on)
    with transaction():
        own, other = db.session.get_one(Party, world.payee.id), db.session.get_one(Party, world.payer.id)
        own.phone, own.phone_digest = PHONE, digest_of("phone", PHONE)
        for field, value in CANARIES.items():
            setattr(other, field, value)
        matter = own.matter
        matter.organisation.centre_name = "滨澜区矛调中心"
        matter.organisation.contact_name, matter.organisation.contact_phone = "方素珍", "0990-555-0123"
        matter.subject, matter.text.private_note = "漏水赔偿", OPINION
    return House(world, own, other, matter)


def link_for(party: Party, day: str = "2025-07-01", *, at_desk: bool = False) -> IssuedLink:
    """A fresh link of a party."""
    with transaction():
        return issue_access_link(
            party_id=party.id,
            matter_id=party.matter_id,
            name=party.name,
            phone=party.phone,
            by=None,
            now=at(day),
            at_desk=at_desk,
        )


def path_of(issued: IssuedLink) -> str:
    """The link's path."""
    return f"/p/{issued.token}"


def let_in(app: Flask, issued: IssuedLink, code: str = DIGITS, **form: str) -> FlaskClient:
    """A browser in which the link was opened."""
    client = app.test_client()
    answer = client.post(path_of(issued), data={"code": code, **form})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return client


def text_of(answer: object) -> str:
    """What a person reads on the page."""
    html = answer.get_data(as_text=True)  # type: ignore[attr-defined]  # a test response
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def look_again() -> None:
    """Forget what this test has read, so that it sees what the pages committed."""
    db.session.rollback()
    db.session.expire_all()
