"""The retirees of 滨澜东方纺机: a collective visit with a roster, taken in as the office takes it in, and consents.

A small S01, told relative to today; the settlement that follows is told in `settlement_story`.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from app.collective.actions.roster import open_roster, record_roster_consents
from app.collective.actions.roster_import import confirm_upload, keep_upload
from app.collective.forms.roster import COLUMNS, MOST_ROWS, TITLES, read_lines
from app.collective.forms.roster_sheets import cells_of
from app.collective.models import Roster
from app.collective.queries.roster import RosterFilter, known_of, list_claimants, registered_of
from app.collective.rules import ClaimKind, HeirPart, Kinship
from app.collective.rules.roster_entry import ClaimantEntry, ClaimEntry, HeirEntry, ProxyEntry
from app.collective.rules.roster_plan import plan_import
from app.demo.cast import Cast
from app.demo.disputes import Dispute, Side, Stage, firm
from app.demo.office import Office
from app.demo.petition_story import PetitionStory
from app.demo.story_time import StoryTime
from app.extensions import db
from app.law import clock
from app.matters import actions
from app.matters.rules import Channel, ConsentDecision, ConsentManner, MatterKind, PartySide
from app.matters.rules.registration import NewMatter, NewParty, Registration
from app.web.spreadsheets import Sheet, read_sheet, write_sheet
from app.web.transaction import transaction

FILE = Path(__file__).with_name("retirees.csv")
YEARLY_FEN = 600_000
FIRST_YEAR = 2019
HEAD_COUNT = 32
COMPANY = firm("滨澜东方纺机有限公司", "江东升")
COMPANY_CODE = "91990100MA00000060"
PROXIES = {"厍正纲": ("厍小禾", date(1978, 6, 2)), "仉月娥": ("舒念慈", date(1975, 3, 27))}
"""The proxy of a claimant: a child, with the power to settle."""
HEIRS: Mapping[str, tuple[tuple[str, date, Kinship, bool, HeirPart], ...]] = {
    "母其昌": (
        ("计凤兰", date(1950, 4, 15), Kinship.SPOUSE, True, HeirPart.SIGNS),
        ("母雪晴", date(1976, 8, 9), Kinship.CHILD, True, HeirPart.AUTHORISES),
    ),
    "揣月华": (
        ("费立本", date(1970, 1, 21), Kinship.CHILD, True, HeirPart.SIGNS),
        ("费立新", date(1973, 12, 5), Kinship.CHILD, True, HeirPart.DISPUTES),
    ),
    "邝茂林": (("邝晓岚", date(1974, 10, 30), Kinship.CHILD, False, HeirPart.SIGNS),),
}


@dataclass(frozen=True)
class Retiree:
    """One line of the file: who, in which street, how many years are owed, what is special about him."""

    side: Side
    street: str
    years: int
    fate: str


class RetireesStory:
    """The matter of the retirees; every step is one act of the office."""

    def __init__(self, office: Office, cast: Cast, time: StoryTime) -> None:
        dispute = Dispute(
            "六至七年安置费未付",
            "D11",
            "请求公司支付 2018 年改制以来拖欠的安置费，每人每年 6,000 元。",
            "滨澜东方纺机有限公司 2018 年改制，约定每年支付安置费，至 2025 年末没有支付。",
            0,
            COMPANY,
            COMPANY,
            0,
            Stage.MEDIATING,
            "sasac",
        )
        self.office = office
        self.time = time
        self.petition = PetitionStory(office, dispute, cast, time)
        self.retirees = list(read_retirees())
        self._parties = [self.petition.party(row.side, PartySide.PETITIONER) for row in self.retirees]
        self._company: NewParty = replace(self.petition.party(COMPANY, PartySide.RESPONDENT), credit_code=COMPANY_CODE)
        self._heirs = _heirs_of(cast)
        self._proxies = {name: cast.person(PartySide.PETITIONER, *who, is_woman=False) for name, who in PROXIES.items()}
        self.roster_id = 0

    @property
    def roster(self) -> Roster:
        """The roster as it stands now."""
        return db.session.get_one(Roster, self.roster_id)

    def register(self) -> None:
        """The representatives come to the desk; the others are on a list that the office gets later."""
        dispute = self.petition.dispute
        petitioners = tuple(
            replace(party, is_representative=True)
            for row, party in zip(self.retirees, self._parties, strict=True)
            if row.fate == "representative"
        )
        entry = NewMatter(
            kind=MatterKind.CLAIM_FOR_DECISION,
            subject=dispute.subject,
            claim=dispute.claim,
            facts=dispute.facts,
            dispute_type=dispute.dispute_type,
            opponents=(self._company,),
        )
        registration = Registration(
            channel=Channel.VISIT,
            received_on=clock.today(),
            petitioners=petitioners,
            matters=(entry,),
            head_count=HEAD_COUNT,
            is_collective=True,
        )
        with transaction():
            visit = actions.register_visit(registration, by=self.office.actor("gongli"), now=self.time.now)
            self.petition.matter_id = visit.matters[0].public_id

    def list_everybody(self) -> None:
        """The coordinator opens the roster and takes the people's table in."""
        by, now = self.office.actor("zhoumin"), self.time.now
        with transaction():
            matter = self.petition.matter
            company = next(party for party in matter.parties if party.side is PartySide.RESPONDENT)
            roster = open_roster(matter, "2019—2025年安置费", company, by=by, now=now)
            self.roster_id = roster.id
        rows = [cells_of(self._entry(*pair)) for pair in zip(self.retirees, self._parties, strict=True)]
        self._upload(rows, is_confirmed=True)

    def bring_corrections(self) -> None:
        """A second table waits to be looked at: one new telephone number, one sum that does not add up."""
        moved, wrong = (cells_of(self._entry(self.retirees[place], self._parties[place])) for place in (20, 21))
        self._upload([{**moved, "电话": "13900009907"}, {**wrong, "合计": "30000.00"}], is_confirmed=False)

    def ask_everybody(self) -> None:
        """The list goes round: the company agrees, some refuse, all others agree."""
        by, now = self.office.actor("zhoumin"), self.time.now
        refusing = {row.side.name for row in self.retirees if row.fate == "refuses"}
        with transaction():
            roster, today = self.roster, clock.today()
            manner, agreed = ConsentManner.WRITTEN, ConsentDecision.CONSENTED
            actions.record_consent(roster.respondent, agreed, manner=manner, given_on=today, by=by, now=now)
            answers = {
                claimant: ConsentDecision.REFUSED if claimant.party.name in refusing else agreed
                for claimant in list_claimants(roster, RosterFilter())
            }
            record_roster_consents(roster, answers, manner=manner, given_on=today, by=by, now=now)

    def _upload(self, rows: Iterable[Mapping[str, str]], *, is_confirmed: bool) -> None:
        by, now = self.office.actor("zhoumin"), self.time.now
        content = write_sheet(Sheet("名册", COLUMNS, [[row.get(title, "") for title in TITLES] for row in rows]))
        with transaction():
            roster, today = self.roster, clock.today()
            read = read_sheet(content, columns=TITLES, most_rows=MOST_ROWS)
            plan = plan_import(read_lines(read, today=today), known_of(roster, today=today), registered_of(roster))
            upload = keep_upload(roster, content, read, plan, by=by, now=now)
            if is_confirmed:
                confirm_upload(upload, plan, by=by, now=now)

    def _entry(self, row: Retiree, party: NewParty) -> ClaimantEntry:
        assert party.birth_date is not None
        period = f"{FIRST_YEAR + 7 - row.years}年至{FIRST_YEAR + 6}年"
        is_deceased = party.name in self._heirs
        proxy = self._proxies.get(party.name)
        return ClaimantEntry(
            name=party.name,
            id_number=party.id_number,
            birth_date=party.birth_date,
            sex=party.sex,
            phone="" if is_deceased else party.phone,
            street=row.street,
            address=party.address.replace("织造街道", row.street),
            is_deceased=is_deceased,
            died_on=clock.today() - timedelta(days=400) if is_deceased else None,
            has_death_proof=is_deceased,
            claims=(ClaimEntry(ClaimKind.RESETTLEMENT, row.years * YEARLY_FEN, period, row.years, YEARLY_FEN),),
            heirs=self._heirs.get(party.name, ()),
            proxy=_proxy_entry(proxy) if proxy else None,
        )


def read_retirees() -> Iterator[Retiree]:
    """Every line of the file, in its order."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            side = Side(row["name"], date.fromisoformat(row["born"]), is_woman=row["sex"] == "女")
            yield Retiree(side, row["street"], int(row["years"]), row["fate"])


def _heirs_of(cast: Cast) -> dict[str, tuple[HeirEntry, ...]]:
    def entry(name: str, born: date, kinship: Kinship, is_proved: bool, part: HeirPart) -> HeirEntry:
        person = cast.person(PartySide.PETITIONER, name, born, is_woman=False)
        return HeirEntry(name, person.id_number, kinship, is_proved, part)

    return {name: tuple(entry(*heir) for heir in heirs) for name, heirs in HEIRS.items()}


def _proxy_entry(proxy: NewParty) -> ProxyEntry:
    return ProxyEntry(
        name=proxy.name,
        id_number=proxy.id_number,
        relation="子女",
        is_special=True,
        powers=f"由{proxy.name}代为和解、签订调解协议、收取款项",
        filed_on=clock.today(),
    )
