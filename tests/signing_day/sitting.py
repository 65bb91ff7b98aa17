"""A hall with paired tablets, and what the person at one of them does."""

from dataclasses import dataclass

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.extensions import db
from app.law import clock
from app.signing.models import Signature
from app.signing_day.actions.calling import call_next, finish_ticket
from app.signing_day.actions.tablet import open_pairing
from app.signing_day.actions.tablet_signing import compare_identity
from app.signing_day.models import SigningDesk, SigningTicket
from app.signing_day.queries.tickets import find_at_desk
from app.web.transaction import transaction
from tests.agreements.helpers import STROKES
from tests.signing_day.staging import Hall


@dataclass
class Tablet:
    """A browser that is paired with a desk."""

    client: FlaskClient
    hall: Hall
    position: int

    @property
    def desk(self) -> SigningDesk:
        """Its desk."""
        return db.session.get_one(SigningDesk, self.hall.desks()[self.position].id, populate_existing=True)

    @property
    def ticket(self) -> SigningTicket:
        """Who sits there."""
        db.session.rollback()
        db.session.expire_all()
        found = find_at_desk(self.desk.id)
        assert found is not None
        return found

    def seat(self, document: str = "id_card") -> SigningTicket:
        """Call the next number and compare the document."""
        with transaction():
            ticket = call_next(self.desk, by=self.hall.by, now=clock.now())
        with transaction():
            compare_identity(ticket, document, by=self.hall.by, now=clock.now())
        return self.ticket

    def look(self) -> str:
        """What it shows."""
        answer = self.client.get("/tablet")
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    def key(self) -> str:
        """Which page it has to show."""
        return str(self.client.get("/tablet/now").get_json()["key"])

    def send(self, act: str, **fields: object) -> TestResponse:
        """Press a button; the ticket is the one on the page, unless said otherwise."""
        return self.client.post(f"/tablet/{act}", data={"ticket": self.ticket.public_id, **fields})

    def read_all(self) -> None:
        """Turn every section and ask for the pad."""
        for page in range(2, self.ticket.reading_pages + 1):
            assert self.send("read", page=page).status_code == 302
        assert self.send("pad").status_code == 302

    def sign(self, **fields: object) -> TestResponse:
        """Send the signature for good."""
        ticket = self.ticket
        values = {"ticket": ticket.public_id, "shown_sha256": ticket.shown_sha256, "strokes": STROKES, "is_sure": "1"}
        return self.client.post("/tablet/sign", data={**values, **fields})

    def finish(self) -> None:
        """The receipt was given."""
        ticket = self.ticket
        with transaction():
            finish_ticket(ticket, by=self.hall.by, now=clock.now())

    def sign_as(self, ticket_id: str, shown: str) -> TestResponse:
        """Send the signature for this ticket without looking who sits there."""
        values = {"ticket": ticket_id, "shown_sha256": shown, "strokes": STROKES, "is_sure": "1"}
        return self.client.post("/tablet/sign", data=values)


def pair(hall: Hall, client: FlaskClient, position: int = 0) -> Tablet:
    """Pair this browser with the desk."""
    with transaction():
        code = open_pairing(hall.desks()[position], by=hall.by, now=clock.now())
    answer = client.post("/tablet/pair", data={"code": code})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return Tablet(client, hall, position)


def count_signatures() -> int:
    """How many signatures there are at all."""
    db.session.rollback()
    return db.session.query(Signature).count()
