"""Forms that are right except for what a bad input puts into them."""

from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.extensions import db
from app.matters.models import Matter, Party
from app.matters.rules import PartySide
from tests.bad_inputs.house import House

KEPT = "要求赔偿漏水损失并恢复吊顶"


def visit(house: House, **values: Any) -> dict[str, Any]:
    """A visit of one person with one claim; a field is named `p_name` for its first row."""
    form = {
        "channel": "visit",
        "received_on": house.today.isoformat(),
        "head_count": "1",
        "petitioners": "1",
        "matters": "1",
        "p_kind-0": "person",
        "p_name-0": "尤晓琴",
        "m_kind-0": "claim_for_decision",
        "m_subject-0": "楼上漏水赔偿",
        "m_claim-0": KEPT,
        "o_kind-0": "person",
        "o_name-0": "冯志远",
    }
    is_row = {name: name.startswith(("p_", "m_", "o_")) and "-" not in name for name in values}
    rows = {f"{name}-0" if is_row[name] else name: value for name, value in values.items()}
    return {**form, **rows}


def register(house: House, client: FlaskClient, **values: Any) -> TestResponse:
    """Send the form of a visit."""
    return client.post("/matters/new", data=visit(house, **values))


def register_each(house: House, client: FlaskClient, field: str, values: tuple[Any, ...]) -> list[TestResponse]:
    """Send the form once for each value of one field."""
    return [register(house, client, **{field: value}) for value in values]


def petitioner(house: House) -> dict[str, Any]:
    """What the register holds of the newest petitioner and his matter, opened."""
    with house.app.app_context():
        newest = sa.select(Party).where(Party.side == PartySide.PETITIONER).order_by(Party.id.desc()).limit(1)
        party = db.session.scalars(newest).one()
        matter = db.session.get_one(Matter, party.matter_id)
        return {
            "name": party.name,
            "id_number": party.id_number,
            "phone": party.phone,
            "birth_date": party.birth_date,
            "address": party.address,
            "subject": matter.subject,
            "claim": matter.text.claim,
            "facts": matter.text.facts,
            "public_id": matter.public_id,
        }
