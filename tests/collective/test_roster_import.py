"""Taking a roster in on both engines: parties, claims and heirs, repeats, refusals, answers on mediation."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEvent
from app.collective.actions.claimants import mend_claimant, remove_claimant, resume, set_aside
from app.collective.actions.roster import record_roster_consents
from app.collective.actions.roster_import import confirm_upload, discard_upload
from app.collective.models import Claimant, ClaimItem, Heir, RosterImport
from app.collective.queries.roster import RosterFilter, entry_of, list_claimants, sum_of, summary_of
from app.collective.rules.roster import ClaimantStatus, HeirPart, ImportStatus
from app.collective.rules.roster_plan import LineFate
from app.errors import Clash, RuleViolation
from app.extensions import db as database
from app.matters.models import Correction, Party, PartySide, Proxy
from app.matters.queries.screening import answers_of_sides, list_parties
from app.matters.rules import ConsentDecision, ConsentManner
from app.matters.rules.entering import check_consents
from app.web.transaction import transaction
from tests.collective.rosters import NOW, TODAY, Visit, cells, dead, id_number, make_visit, take_in, upload, workbook
from tests.factories import actor_of

PROXY = {
    "代理人姓名": "陶小芬",
    "代理人身份证号": id_number(77, born="19790101"),
    "代理人关系": "女儿",
    "代理权限": "一般授权",
    "授权书交存日期": "2025-02-14",
}


@pytest.fixture
def visit(db) -> Visit:
    return make_visit()


def claimants(visit: Visit, **wanted: object) -> list[Claimant]:
    return list_claimants(visit.roster, RosterFilter(**wanted))


def count(model: type) -> int:
    return database.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_import_of_428_rows_writes_parties_claims_heirs_and_one_log_row_in_few_statements(visit) -> None:
    rows = [dead(n, "本人签字", "有争议" if n < 2 else "已书面授权") if n < 11 else cells(n) for n in range(427)]
    rows[0] = cells(0)
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    kept, plan = upload(visit, workbook([*rows, cells(427, **PROXY)]))
    sa.event.listen(database.engine, "before_cursor_execute", note)
    try:
        with transaction():
            confirm_upload(kept, plan, by=actor_of(visit.coordinator), now=NOW)
    finally:
        sa.event.remove(database.engine, "before_cursor_execute", note)
    # SQLite gives keys back for one row at a time; what grows with the people is their rows and nothing else.
    assert sum(not statement.startswith("INSERT INTO") for statement in statements) < 30
    assert (count(Claimant), count(ClaimItem), count(Heir), count(Proxy)) == (428, 428, 20, 1)
    parties = database.session.scalars(sa.select(Party).where(Party.side == PartySide.PETITIONER)).all()
    assert len(parties) == 428
    assert visit.matter.party_count == 429
    assert [row.position for row in claimants(visit)] == list(range(1, 429))
    summary = summary_of(visit.roster)
    assert (summary.whole.count, summary.whole.total_fen) == (428, 428 * 4_200_000)
    assert sum(row.total_fen for row in summary.by_street.values()) == summary.whole.total_fen
    assert summary.by_status[ClaimantStatus.PENDING].count == 1
    acts = database.session.scalars(sa.select(AuditEvent.act).where(AuditEvent.act.like("%import"))).all()
    assert acts == ["roster.import"]


def test_import_seals_names_and_numbers_and_forgets_the_table(visit) -> None:
    take_in(visit, [dead(1, "本人签字", 姓名="𬀩䶮")])
    for table in ("party", "heir", "roster_import", "claimant"):
        for row in database.session.execute(sa.text(f"SELECT * FROM {table}")):
            told = repr([bytes(value) if isinstance(value, memoryview) else value for value in row])
            assert "𬀩䶮" not in told
            assert cells(1)["身份证号"] not in told
    kept = database.session.scalars(sa.select(RosterImport)).one()
    assert (kept.status, kept.rows_sealed, kept.new_count) == (ImportStatus.CONFIRMED, None, 1)
    assert [row.party.name for row in claimants(visit, text="𬀩䶮")] == ["𬀩䶮"]
    assert [row.party.name for row in claimants(visit, text="孙小1之1")] == ["𬀩䶮"]
    assert [row.party.name for row in claimants(visit, text=cells(1)["身份证号"].lower())] == ["𬀩䶮"]
    assert claimants(visit, text="𬀩") == []


def test_import_when_the_representative_is_on_it_completes_her_party(visit) -> None:
    take_in(visit, [cells(0, 电话="13800000001"), cells(1)])
    first = claimants(visit)[0]
    assert first.party.is_representative
    assert first.party.phone == "13800000001"
    assert count(Party) == 3


def test_import_when_repeated_changes_nothing_and_a_changed_row_is_updated_with_its_old_value(visit) -> None:
    rows = [cells(1, **PROXY), dead(2, "本人签字", "已书面授权")]
    take_in(visit, rows)
    kept, plan = upload(visit, workbook(rows))
    assert plan.counts == {LineFate.SAME: 2}
    with pytest.raises(RuleViolation, match="没有可以导入的行"), transaction():
        confirm_upload(kept, plan, by=actor_of(visit.coordinator), now=NOW)
    less = {"请求1年数": "6", "请求1金额": "36000", "合计": "36000"}
    plan = take_in(visit, [{**cells(1), **less}, dead(2, "有争议", "本人签字"), cells(3)])
    assert plan.counts == {LineFate.CHANGED: 2, LineFate.NEW: 1}
    one, two, three = claimants(visit)
    assert (one.total_fen, [claim.years for claim in one.claims]) == (3_600_000, [6])
    assert one.party.proxies[0].is_valid_on(TODAY)
    assert (two.status, two.reason) == (ClaimantStatus.PENDING, "家属对由谁继承有争议")
    assert [heir.part for heir in two.heirs] == [HeirPart.DISPUTES, HeirPart.SIGNS]
    assert three.position == 3
    assert (count(Claimant), count(ClaimItem), count(Heir)) == (3, 3, 2)
    old = database.session.scalars(sa.select(Correction).where(Correction.subject_kind == "claimant")).all()
    assert {row.field for row in old} == {"claims", "heirs"}
    assert "42,000.00元" in next(row for row in old if row.field == "claims").old_value


def test_import_when_one_row_breaks_takes_none(visit, monkeypatch) -> None:
    kept, plan = upload(visit, workbook([cells(1), cells(2, **PROXY)]))

    def break_off(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("app.collective.actions.roster_import.file_many_proxies", break_off)
    with pytest.raises(RuntimeError), transaction():
        confirm_upload(kept, plan, by=actor_of(visit.coordinator), now=NOW)
    database.session.expire_all()
    assert (count(Claimant), count(Party)) == (0, 2)
    assert kept.status is ImportStatus.PREVIEWED


def test_import_with_wrong_rows_takes_the_right_ones(visit) -> None:
    plan = take_in(visit, [cells(1), cells(2, 合计="1"), cells(3), cells(3)])
    assert plan.counts == {LineFate.NEW: 1, LineFate.FAILED: 3}
    assert [row.party.name for row in claimants(visit)] == ["陶玉1"]


def test_confirm_when_the_roster_changed_since_the_preview_is_refused(visit) -> None:
    kept, plan = upload(visit, workbook([cells(1)]))
    other = Visit(visit.matter, visit.coordinator, visit.receptionist, visit.clerk, visit.roster)
    plan = type(plan)(plan.lines[:0], {})
    with pytest.raises(Clash, match="重新核对"), transaction():
        confirm_upload(kept, plan, by=actor_of(other.coordinator), now=NOW)


def test_upload_when_another_waits_throws_that_one_away(visit) -> None:
    first, _ = upload(visit, workbook([cells(1)]))
    second, plan = upload(visit, workbook([cells(2)]))
    assert (first.status, first.rows) == (ImportStatus.DISCARDED, "")
    with transaction():
        discard_upload(second, by=actor_of(visit.coordinator), now=NOW)
    with pytest.raises(RuleViolation, match="已经作废"), transaction():
        confirm_upload(second, plan, by=actor_of(visit.coordinator), now=NOW)


def test_consents_of_s01_let_the_423_in_and_keep_the_five_outside(visit) -> None:
    take_in(visit, [cells(n) for n in range(428)])
    refused = set(claimants(visit)[100:105])
    company = visit.roster.respondent
    with transaction():
        answers = {
            row: ConsentDecision.REFUSED if row in refused else ConsentDecision.CONSENTED for row in claimants(visit)
        }
        done = record_roster_consents(
            visit.roster,
            answers,
            manner=ConsentManner.WRITTEN,
            given_on=date(2025, 2, 17),
            by=actor_of(visit.coordinator),
            now=NOW,
        )
    assert done == 428
    database.session.expire_all()
    sides = [answer for answer in answers_of_sides(list_parties(visit.matter.id)) if answer.side != company.side]
    agreed = sum(answer.decision is ConsentDecision.CONSENTED for answer in sides)
    assert (agreed, len(sides) - agreed) == (423, 5)
    with pytest.raises(RuleViolation, match="滨澜东方纺机有限公司 没有同意"):
        check_consents(answers_of_sides(list_parties(visit.matter.id)), is_collective=True)


def test_inv_25_pending_claimant_is_taken_up_when_the_heirs_agree(visit) -> None:
    take_in(visit, [dead(1, "本人签字", "有争议")])
    claimant = claimants(visit)[0]
    by = actor_of(visit.clerk)
    with pytest.raises(RuleViolation, match="争议"), transaction():
        resume(claimant, by=by, now=NOW)
    take_in(visit, [dead(1, "本人签字", "已书面授权")])
    database.session.refresh(claimant)
    assert (claimant.status, claimant.reason) == (ClaimantStatus.LISTED, "")
    with transaction():
        set_aside(claimant, "人在外地，下周回来再签字", by=by)
    take_in(visit, [dead(1, "本人签字", "已书面授权", 电话="13800000009")])
    database.session.refresh(claimant)
    assert claimant.status is ClaimantStatus.PENDING
    with transaction():
        resume(claimant, by=by, now=NOW)
    assert claimant.status is ClaimantStatus.LISTED


def test_claimant_when_removed_leaves_the_sums_but_keeps_his_place(visit) -> None:
    take_in(visit, [cells(1), cells(2)])
    first = claimants(visit)[0]
    with transaction():
        remove_claimant(first, "不是这家企业的职工，登记错了", by=actor_of(visit.clerk))
    assert [row.position for row in claimants(visit)] == [2]
    assert summary_of(visit.roster).whole.total_fen == 4_200_000
    assert sum_of(visit.roster, RosterFilter(status=ClaimantStatus.REMOVED)).count == 1
    with pytest.raises(RuleViolation, match="已移出名册"), transaction():
        entry = entry_of(first, today=TODAY)
        mend_claimant(first, type(entry)(**{**vars(entry), "street": "别处"}), by=actor_of(visit.clerk), now=NOW)


def test_claimant_when_given_the_number_of_another_line_is_refused(visit) -> None:
    take_in(visit, [cells(1), cells(2)])
    first, second = (entry_of(row, today=TODAY) for row in claimants(visit))
    wrong = type(first)(**{**vars(first), "id_number": second.id_number})
    with pytest.raises(RuleViolation, match="已经在名册的另一行上"), transaction():
        mend_claimant(claimants(visit)[0], wrong, by=actor_of(visit.clerk), now=NOW)
