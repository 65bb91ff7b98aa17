"""The tables a roster gives out: the empty one with its drop-downs, the rows that failed, the whole roster."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from app.collective.forms.roster import COLUMNS, DEAD, FILED, MOST_ROWS, SPECIAL, TITLES
from app.collective.rules.roster import LABELS
from app.collective.rules.roster_entry import ClaimantEntry, ClaimEntry, HeirEntry, ProxyEntry
from app.collective.rules.roster_plan import PlannedLine
from app.law.money import format_yuan
from app.web.spreadsheets import Column, Sheet, write_sheet

REASON = Column("原因", 60)
STATUS = Column("现在", 14)
NOTES = (
    "一个人一行，按签约的先后排。姓名、身份证号、街道、请求1和金额要填；有下拉的从下拉里选。金额以元为单位，最多两位小数。",
    "已故的人：状况选“已故”，家属写在同一行。"
    f"再次上传时按身份证号认人，空着的格子不改原来的内容。一次最多 {MOST_ROWS} 行。",
)
DEAD_WORDS = {value: word for word, value in DEAD.items()}
FILED_WORDS = {value: word for word, value in FILED.items()}
SPECIAL_WORDS = {value: word for word, value in SPECIAL.items()}


@lru_cache(maxsize=1)
def template() -> bytes:
    """The empty table, as text columns with drop-downs."""
    return write_sheet(Sheet("名册", COLUMNS, notes=NOTES, blank_rows=MOST_ROWS))


def failed_rows(lines: Iterable[PlannedLine]) -> bytes:
    """The rows that could not be taken, as they were typed, each with its reasons; to be mended and uploaded again."""
    rows = [[*(line.line.cells.get(title, "") for title in TITLES), "".join(line.problems)] for line in lines]
    return write_sheet(Sheet("没有导入的行", (*COLUMNS, REASON), rows, NOTES))


def whole_roster(claimants: Iterable[tuple[ClaimantEntry, str]]) -> bytes:
    """The roster in the form of the template, with where each claimant stands; it may be uploaded again."""
    rows = []
    for entry, status in claimants:
        cells = cells_of(entry)
        rows.append([*(cells.get(title, "") for title in TITLES), status])
    return write_sheet(Sheet("名册", (*COLUMNS, STATUS), rows, NOTES))


def cells_of(entry: ClaimantEntry) -> dict[str, str]:
    """A claimant as the cells of one row."""
    cells = {
        "姓名": entry.name,
        "身份证号": entry.id_number,
        "电话": entry.phone,
        "街道": entry.street,
        "住址": entry.address,
        "状况": DEAD_WORDS[entry.is_deceased],
        "合计": format_yuan(entry.total_fen),
    }
    if entry.is_deceased:
        cells["死亡日期"] = entry.died_on.isoformat() if entry.died_on else ""
        cells["死亡证明"] = FILED_WORDS[entry.has_death_proof]
    return {**cells, **_claim_cells(entry.claims), **_heir_cells(entry.heirs), **_proxy_cells(entry.proxy)}


def _claim_cells(claims: Sequence[ClaimEntry]) -> dict[str, str]:
    cells = {}
    for place, claim in enumerate(claims, start=1):
        name = f"请求{place}"
        cells[name] = LABELS[claim.kind]
        cells[f"{name}期间"] = claim.period
        cells[f"{name}年数"] = str(claim.years or "")
        cells[f"{name}每年"] = format_yuan(claim.yearly_fen) if claim.yearly_fen is not None else ""
        cells[f"{name}金额"] = format_yuan(claim.amount_fen)
    return cells


def _heir_cells(heirs: Sequence[HeirEntry]) -> dict[str, str]:
    cells = {}
    for place, heir in enumerate(heirs, start=1):
        name = f"家属{place}"
        cells[f"{name}姓名"] = heir.name
        cells[f"{name}身份证号"] = heir.id_number
        cells[f"{name}关系"] = LABELS[heir.kinship]
        cells[f"{name}关系证明"] = FILED_WORDS[heir.has_kinship_proof]
        cells[f"{name}签字"] = LABELS[heir.part]
    return cells


def _proxy_cells(proxy: ProxyEntry | None) -> dict[str, str]:
    if proxy is None:
        return {}
    return {
        "代理人姓名": proxy.name,
        "代理人身份证号": proxy.id_number,
        "代理人关系": proxy.relation,
        "代理权限": SPECIAL_WORDS[proxy.is_special],
        "特别授权内容": proxy.powers,
        "授权书交存日期": proxy.filed_on.isoformat(),
    }
