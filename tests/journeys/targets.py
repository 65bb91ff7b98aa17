"""Every address of the product with every object of the district in it, worked out from the map of its addresses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from tests.journeys.district import District

NOBODY = "x" * 22
MOST = 60
# What the first words of an address name; an address with an id that is not here fails the crawl.
OF_MATTERS: Mapping[str, str] = {
    "/matters/": "matter",
    "/screening/": "matter",
    "/parties/": "party",
    "/proxies/": "proxy",
    "/clocks/": "clock",
    "/recusals/": "recusal",
    "/objections/": "transfer_objection",
    "/handling-opinions/": "handling_opinion",
    "/remedies/": "remedy",
    "/reconsiderations/": "reconsideration_case",
    "/linkages/": "linkage",
    "/mediations/": "mediation_case",
    "/opinions/": "legal_opinion",
    "/agreements/": "agreement",
    "/rosters/": "roster",
    "/claimants/": "claimant",
    "/settlements/": "model_settlement",
    "/seal-batches/": "seal_batch",
    "/roster-imports/": "roster_import",
    "/signing-days/desks/": "signing_desk",
    "/signing-days/": "signing_day",
    "/signing-tickets/": "signing_ticket",
    "/hearings/": "hearing",
    "/calendar/sessions/": "booked_session",
    "/calendar/basket/drafts/": "draft_move",
    "/papers/": "issued_paper",
    "/messages/": "outbox_message",
    "/messages/wishes/": "portal_wish",
}
OF_OFFICES: Mapping[str, str] = {
    "/notices/": "hearing_announcement",
    "/notices/opinions/": "hearing_opinion",
    "/calendar/people/": "account",
    "/calendar/plans/": "plan_run",
    "/duty/": "duty_slot",
    "/duty/leave/": "leave",
    "/duty/posts/": "duty_post",
    "/duty/requests/": "duty_request",
    "/duty/slots/": "duty_slot",
    "/settings/accounts/": "account",
    "/settings/organisations/": "organisation",
    "/settings/centres/people/": "account",
    "/settings/rooms/": "room",
}
# What stands further on in an address: an object of the same matter, or a value.
INNER_KINDS: Mapping[str, str] = {
    "turn_id": "record_turn",
    "heir_id": "heir",
    "claimant_id": "claimant",
    "visit_id": "follow_up_visit",
    "confirmation_id": "judicial_confirmation",
    "scan_id": "scan",
    "scan_page_id": "scan_stack_page",
    "stack_id": "scan_stack",
    "dossier_scan_id": "dossier_scan",
    "volume_id": "dossier_volume",
    "closure_id": "room_closure",
    "obligation_id": "agreement_obligation",
    "list_id": "payment_list",
    "account_id": "account",
    "recusal_id": "recusal",
    "paper_id": "issued_paper",
    "turn_key": "minutes_turn",
    "row_key": "hearing_attendance",
    "observer_id": "observer",
    "party_key": "hearing_party",
    "party_id": "hearing_party",
    "service_id": "hearing_service",
    "proxy_id": "proxy",
    "template_id": "week_template",
    "message_id": "outbox_message",
}
VALUES: Mapping[str, str] = {
    "position": "1",
    "row_id": "1",
    "key": "mediator",
    "field": "phone",
    "code": "000000000000",
    "filename": "none",
    "month": "2026-06",
    "token": "none",
    "paper_type": "acceptance_notice",
}


@dataclass(frozen=True)
class Target:
    """One address with one object: whose matter it is (None: nobody's), who has it to himself, the same without it."""

    endpoint: str
    url: str
    matter: str | None
    people: tuple[str, ...] = ()
    absent: str = ""


def targets_of(app: Flask, district: District, method: str) -> dict[str, list[Target]]:
    """For each address that answers `method`: one target an object; petitioners' pages are not among them."""
    found: dict[str, list[Target]] = {}
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()) and not rule.rule.startswith(("/p/", "/static/")):
            found[f"{rule.endpoint} {rule.rule}"] = _targets(rule, district)
    return found


def _targets(rule: Rule, district: District) -> list[Target]:
    if "public_id" not in rule.arguments:
        return [Target(rule.endpoint, _filled(rule, "", None, district), None)]
    start = rule.rule.partition("<")[0]
    kind = OF_MATTERS.get(start) or OF_OFFICES.get(start)
    assert kind, f"say in {__name__} what {rule.rule} names"
    absent = _filled(rule, NOBODY, None, district)
    return [
        Target(
            rule.endpoint,
            _filled(rule, row["id"], row["matter"], district),
            row["matter"],
            tuple(row["people"]),
            absent,
        )
        for row in district.objects(kind)[:MOST]
    ]


def _filled(rule: Rule, public_id: str, matter: str | None, district: District) -> str:
    def value_of(found: re.Match[str]) -> str:
        name = found[1].rpartition(":")[2]
        if name == "public_id":
            return public_id
        if name in VALUES:
            return VALUES[name]
        mine = (row["id"] for row in district.objects(INNER_KINDS[name]) if row["matter"] == matter)
        return next(mine, NOBODY)

    return re.sub(r"<([^>]+)>", value_of, rule.rule)
