"""A collective visit of 滨澜东方纺机, and tables as its people would fill them in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import Workbook

from app.access.permissions import Role
from app.collective.actions.roster import open_roster
from app.collective.actions.roster_import import confirm_upload, keep_upload
from app.collective.forms.roster import TITLES, read_lines
from app.collective.models import Roster, RosterImport
from app.collective.queries.roster import known_of, registered_of
from app.collective.rules.roster_plan import Plan, plan_import
from app.extensions import db
from app.law.citizen_id import check_character
from app.matters.models import Matter, MatterUnit, PartyKind, PartySide, UnitCapacity
from app.people.models import Account, OrganisationKind
from app.web.spreadsheets import read_sheet
from app.web.transaction import transaction
from tests.factories import actor_of, make_account, make_matter, make_organisation, make_party

TODAY = date(2025, 2, 17)
NOW = datetime(2025, 2, 17, 2, 0, tzinfo=UTC)
STREETS = ("临江街道", "望江街道", "东机街道")


@dataclass(frozen=True)
class Visit:
    """The matter with one representative entered by name and number, who acts, and the roster."""

    matter: Matter
    coordinator: Account
    receptionist: Account
    clerk: Account
    roster: Roster


def id_number(serial: int, *, born: str = "19510203") -> str:
    """An invented number of the district with the right check character."""
    first = f"990101{born}{serial:03d}"
    return first + check_character(first)


def cells(serial: int, **others: str) -> dict[str, str]:
    """The cells of a living claimant with seven years of allowance; `others` by column title."""
    return {
        "姓名": f"陶玉{serial}",
        "身份证号": id_number(serial % 1000, born=f"195{serial // 1000}0203"),
        "街道": STREETS[serial % len(STREETS)],
        "状况": "在世",
        "请求1": "安置费",
        "请求1期间": "2018年至2024年",
        "请求1年数": "7",
        "请求1每年": "6000",
        "请求1金额": "42000",
        "合计": "42000",
        **others,
    }


def dead(serial: int, *parts: str, proof: str = "已交", **others: str) -> dict[str, str]:
    """The cells of a dead claimant, one child for each of `parts` (本人签字, 已书面授权, 有争议)."""
    heirs = {}
    for place, part in enumerate(parts, start=1):
        heirs |= {
            f"家属{place}姓名": f"孙小{serial}之{place}",
            f"家属{place}身份证号": id_number(serial % 100 * 10 + place, born="19800405"),
            f"家属{place}关系": "子女",
            f"家属{place}关系证明": proof,
            f"家属{place}签字": part,
        }
    return cells(serial, 状况="已故", 死亡日期="2023-05-06", 死亡证明=proof, **heirs, **others)


def workbook(rows: Iterable[Mapping[str, object]], *, titles: Iterable[str] = TITLES) -> bytes:
    """A table as somebody's program would save it."""
    book = Workbook(write_only=True)
    page = book.create_sheet("名册")
    titles = list(titles)
    page.append(titles)
    for row in rows:
        page.append([row.get(title) for title in titles])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def make_visit() -> Visit:
    """Register the visit with 陶玉0 as representative, and open the roster."""
    office = make_organisation("滨澜区信访办公室")
    committee = make_organisation("滨澜区人民调解委员会", OrganisationKind.MEDIATION_COMMITTEE)
    coordinator = make_account(Role.COORDINATOR, organisation=office, name="周敏")
    receptionist = make_account(Role.RECEPTIONIST, organisation=office, name="何静")
    clerk = make_account(Role.COMMITTEE_CLERK, organisation=committee, name="钱雨")
    matter = make_matter(office, coordinator, received_on=date(2025, 2, 10))
    matter.visit.is_collective, matter.visit.head_count = True, 428
    matter.subject = "安置费多年没有发"
    make_party(matter, PartySide.PETITIONER, "陶玉0", id_number=id_number(0, born="19500203"), is_representative=True)
    company = make_party(matter, PartySide.RESPONDENT, "滨澜东方纺机有限公司", kind=PartyKind.ORGANISATION)
    matter.units.append(
        MatterUnit(organisation_id=committee.id, capacity=UnitCapacity.MEDIATION_COMMITTEE, since=date(2025, 2, 12))
    )
    db.session.commit()
    with transaction():
        roster = open_roster(matter, "安置费", company, by=actor_of(coordinator), now=NOW)
    return Visit(matter, coordinator, receptionist, clerk, roster)


def plan_of(roster: Roster, content: bytes) -> Plan:
    """What a table would do to the roster."""
    rows = read_sheet(content, columns=TITLES, most_rows=2000)
    return plan_import(read_lines(rows, today=TODAY), known_of(roster, today=TODAY), registered_of(roster))


def upload(visit: Visit, content: bytes) -> tuple[RosterImport, Plan]:
    """Hand a table in, without confirming it."""
    rows = read_sheet(content, columns=TITLES, most_rows=2000)
    with transaction():
        plan = plan_of(visit.roster, content)
        return keep_upload(visit.roster, content, rows, plan, by=actor_of(visit.coordinator), now=NOW), plan


def take_in(visit: Visit, rows: Iterable[Mapping[str, object]]) -> Plan:
    """Hand a table in and confirm it."""
    kept, plan = upload(visit, workbook(rows))
    with transaction():
        confirm_upload(kept, plan, by=actor_of(visit.coordinator), now=NOW)
    return plan
