"""One hand signature under many agreements: each gets its own, bound to its own digest; all or none; nobody's else."""

import pytest
import sqlalchemy as sa

from app.agreements.models import Agreement
from app.agreements.rules import AgreementStatus
from app.extensions import db as database
from app.signing.models import Signature, SigningSlot
from tests.agreements.helpers import STROKES
from tests.collective.settling import Wanted
from tests.signing_day.staging import make_hall, sign_ticket


def signatures(key: str) -> list[str]:
    """The digests under which somebody signed at this place."""
    database.session.rollback()
    statement = sa.select(Signature.shown_sha256).join(Signature.slot).where(SigningSlot.key == key)
    return sorted(database.session.scalars(statement))


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_mediators_and_company_sign_many_at_once(db, fake_now, client_of) -> None:
    hall = make_hall(fake_now, Wanted(seven_years=3, six_years=0))
    page = f"/signing-days/{hall.day.public_id}/countersign"
    for ticket in hall.tickets()[:2]:
        sign_ticket(hall, ticket)
    shown = {row.public_id: row.paper.latest.sha256 for row in database.session.scalars(sa.select(Agreement))}
    signed = [ticket.link.agreement.public_id for ticket in hall.tickets()[:2]]
    form = {"agreements": signed, "strokes": STROKES, **{f"shown-{key}": sha for key, sha in shown.items()}}
    wrong = {**form, f"shown-{signed[1]}": "0" * 64}
    clerk, first, second = (client_of(who) for who in (hall.world.clerk, hall.world.stage.mediator, hall.world.second))

    assert "没有等您签的协议" in clerk.get(page).get_data(as_text=True)
    assert clerk.post(page, data=form).status_code == 422
    assert first.post(page, data={**form, "agreements": []}).status_code == 422
    pad = first.post(f"{page}/pad", data=form).get_data(as_text=True)
    assert all(f'value="{shown[key]}"' in pad for key in signed)
    assert first.post(f"{page}/pad", data={**form, "agreements": []}).status_code == 422
    assert first.post(page, data=wrong).status_code == 409
    assert signatures("mediator-1") == []
    assert first.post(page, data={**form, "agreements": list(shown)}).status_code == 422
    assert first.post(page, data=form).status_code == 302
    assert signatures("mediator-1") == sorted(shown[key] for key in signed)
    assert signatures("mediator-2") == []
    assert second.post(page, data=form).status_code == 302

    company = f"{page}?whom=company"
    assert clerk.post(company, data=form).status_code == 422
    assert clerk.post(company, data={**form, "agreements": list(shown), "document": "licence"}).status_code == 302
    assert signatures("party-1") == sorted(shown.values())
    states = sorted(row.status for row in database.session.scalars(sa.select(Agreement)))
    assert states == sorted([AgreementStatus.SIGNED, AgreementStatus.SIGNED, AgreementStatus.SIGNING])
    assert client_of(hall.world.stage.unit_clerk).get(page).status_code == 404
