"""The retirees of S01 in small: what is seeded of their visit, the table of their office, their signed papers."""

from dataclasses import dataclass
from datetime import date

import pypdfium2

from app.extensions import db
from app.people.models import ProfessionalSkill
from app.web.transaction import transaction
from tests.collective.rosters import cells, workbook
from tests.journeys.conftest import Product
from tests.journeys.hearing_desk import make_application
from tests.matters.stage import claim, company, person, register, set_stage
from tests.signing_day.scanned import as_pdf, scan_page

COMPANY = "滨澜东方纺机有限公司"
NAMES = ("陶玉芬", "梁守田", "苗桂香", "孔庆义", "卞凤英", "郁德才", "水秀兰", "元长庚")
SIX_YEARS = {"请求1期间": "2019年至2024年", "请求1年数": "6", "请求1金额": "36000", "合计": "36000"}
TOTAL = "318,000.00"
"""Five people with seven years, three with six: 5 × 42,000 + 3 × 36,000."""
DAY = date(2025, 4, 7)
CLAIM = claim(
    "安置费",
    dispute_type="D11",
    opponents=(
        company(COMPANY, credit_code="91990100MA00000060", legal_representative="章国祥", address="纺机路 1 号"),
    ),
)
REPRESENTATIVES = tuple(
    person(NAMES[place], id_number=cells(place)["身份证号"], is_representative=True, address="织造里 3 号楼")
    for place in range(2)
)


@dataclass(frozen=True)
class Seeded:
    """The address of the registered matter, and the names under which people log in."""

    matter: str
    usernames: dict[str, str]


def seed_visit(product: Product) -> Seeded:
    """Write the district and the collective visit of the two first people of the table."""
    with make_application(product).app_context():
        try:
            with transaction():
                stage = set_stage()
                stage.mediator.professional.skills.append(ProfessionalSkill(dispute_type="D11"))
                (matter,) = register(stage, DAY, CLAIM, petitioners=REPRESENTATIVES, head_count=8, is_collective=True)
            accounts = {"desk": stage.coordinator, "clerk": stage.clerk, "mediator": stage.mediator}
            usernames = {name: account.username for name, account in accounts.items()}
            return Seeded(f"/matters/{matter.public_id}", usernames)
        finally:
            db.session.remove()
            db.engine.dispose()


def table_of_all() -> bytes:
    """The workbook of the visitors: the first two are registered already, the last cell of one is wrong."""
    rows = [
        cells(place, 姓名=name, 住址=f"织造里 {place} 号", **(SIX_YEARS if place > 4 else {}))
        for place, name in enumerate(NAMES)
    ]
    return workbook([*rows, cells(8, 姓名="费长林", 身份证号="990101195002030000")])


def signed_papers(printed: bytes) -> bytes:
    """The printed agreements after everybody wrote his name on them, as the office's scanner sends them."""
    with pypdfium2.PdfDocument(printed) as document:
        pages = len(document)
    return as_pdf(scan_page(printed, number) for number in range(1, pages + 1))
