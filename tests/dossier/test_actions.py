"""Scans in and out, a copy to look at, archiving, addenda, and the bytes that follow each act."""

from io import BytesIO

import pikepdf
import pytest

from app.audit.models import AuditEvent
from app.cli.checks.dossiers import find_dossier_findings
from app.cli.checks.papers import find_paper_findings
from app.documents.storage import documents_dir, uploads_dir
from app.dossier import actions
from app.dossier.actions.binding import bind_now
from app.dossier.models import Dossier, DossierVolume
from app.dossier.queries import case_facts, contents_of, find_dossier
from app.dossier.rules import DossierStatus, Outcome, Position, Retention, VolumeKind
from app.errors import FileMissing, RuleViolation
from app.extensions import db as database
from app.jobs.models import Job
from app.jobs.rules import JobStatus
from app.jobs.running import run_job
from app.signing.sealing import check_seal
from app.web.transaction import transaction
from app.worker import JOB_KINDS
from tests.agreements.helpers import at, effective_agreement, issued_agreement, make_world
from tests.documents.reading import squeezed, text_of
from tests.dossier.helpers import DAY, archive, ended_world, picture, scan_everything, scan_in, sheets, whole_world


@pytest.fixture
def bytes_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The request binds nothing: the worker would."""
    monkeypatch.setattr("app.dossier.actions.filing.is_small", lambda _sources: False)


def bytes_of(volume: DossierVolume) -> bytes:
    return (documents_dir() / volume.file_name).read_bytes()


def request_copy(world) -> DossierVolume:
    with transaction():
        volume = actions.request_copy(world.case, by=world.clerk.as_actor(), now=at(DAY))
    return database.session.get_one(DossierVolume, volume.id, populate_existing=True)


def test_archived_volume_holds_everything_in_order_numbered_signed_and_sealed(db) -> None:
    world = whole_world()
    volume = archive(world)
    content = bytes_of(volume)

    assert volume.is_bound
    assert volume.is_archival
    assert check_seal(content).intact
    pages = [squeezed(text_of(content, page=page)) for page in range(1, len(pikepdf.open(BytesIO(content)).pages) + 1)]
    assert "人民调解卷宗" in pages[0]
    assert "尤晓琴与冯志远邻里纠纷" in pages[0]
    assert "30年" in pages[0]
    contents = pages[2]
    headings = ["受理登记表", "权利义务告知书", "当事人身份证明", "调解记录", "人民调解协议书", "卷宗情况说明"]
    places = [contents.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "复印件" in contents
    numbered = pages[3:-1]
    assert len(numbered) == volume.pages
    assert all(page.endswith(f"第{number}页") for number, page in enumerate(numbered, 1))
    assert "封底" in pages[-1]
    with pikepdf.open(BytesIO(content)) as pdf:
        names = list(pdf.attachments)
        assert len(names) == 1
        assert check_seal(pdf.attachments[names[0]].get_file().read_bytes()).intact
        assert pdf.Root.AF[0].AFRelationship == pikepdf.Name.Source
    entries = {entry.position: (entry.first_page, entry.last_page) for entry in volume.entries}
    assert entries[Position.APPLICATION] == (1, 1)
    assert entries[Position.RESULT][1] == volume.pages - 1


def test_two_bindings_of_one_volume_give_the_same_bytes_before_the_seal(db) -> None:
    world = ended_world()
    first = request_copy(world)
    digest, sealed = first.unsealed_sha256, first.sha256
    with transaction():
        database.session.get_one(DossierVolume, first.id).is_bound = False
    bind_now(first.id)
    again = database.session.get_one(DossierVolume, first.id, populate_existing=True)
    assert again.unsealed_sha256 == digest
    assert again.sha256 != sealed


def test_inv_31_archive_is_refused_and_names_the_missing_paper(db) -> None:
    world = make_world()
    effective_agreement(world)
    scan_everything(world, without=Position.RIGHTS)
    with pytest.raises(RuleViolation, match="还缺 1 样：有当事人签名的权利义务告知书"):
        archive(world)
    assert find_dossier(world.case).status is DossierStatus.COMPILING
    assert database.session.scalar(database.select(DossierVolume)) is None


def test_inv_31_agreement_that_waits_for_signatures_is_named(db) -> None:
    world = make_world()
    issued_agreement(world)
    scan_everything(world)
    assert case_facts(world.case).outcome is Outcome.OPEN
    with pytest.raises(RuleViolation, match=r"《人民调解协议书.*》还没有签完"):
        archive(world)


def test_r_arch_05_second_archiving_and_changes_are_refused(db, bytes_later) -> None:
    world = ended_world()
    volume = archive(world)
    with pytest.raises(RuleViolation, match="已经归档"):
        archive(world)
    with pytest.raises(RuleViolation, match="已经归档"):
        request_copy(world)
    scan = find_dossier(world.case).scans[0]
    with pytest.raises(RuleViolation, match="不能拿掉"), transaction():
        actions.remove_scan(scan, by=world.clerk.as_actor(), now=at(DAY))
    kept = database.session.get_one(DossierVolume, volume.id, populate_existing=True)
    assert (kept.sha256, kept.kind) == (volume.sha256, VolumeKind.MAIN)


def test_r_arch_05_later_paper_becomes_a_numbered_addendum_with_its_own_contents(db) -> None:
    world = ended_world()
    main = archive(world)
    by = world.clerk.as_actor()
    with pytest.raises(RuleViolation, match="没有来新的材料"), transaction():
        actions.archive_addendum(world.case, seen_version=None, by=by, now=at("2025-09-01"))
    numbers = []
    for count in range(2):
        scan_in(world, Position.FOLLOW_UP, sheets(2 + count), title=f"回访记录{count}", day="2025-09-01")
        with transaction():
            volume = actions.archive_addendum(world.case, seen_version=None, by=by, now=at("2025-09-01"))
        volume = database.session.get_one(DossierVolume, volume.id, populate_existing=True)
        numbers.append((volume.number, volume.pages))
        text = squeezed(text_of(bytes_of(volume)))
        assert f"补充卷{count + 1}" in text
        assert f"回访记录{count}" in text
        assert "受理登记表" not in text
    assert numbers == [(1, 3), (2, 4)]
    assert bytes_of(main)


def test_copy_to_look_at_is_replaced_by_the_next_and_gone_after_archiving(db) -> None:
    world = ended_world()
    first = request_copy(world).file_name
    second = request_copy(world)
    assert "未归档" in squeezed(text_of(bytes_of(second)))
    assert not (documents_dir() / first).exists()
    archive(world)
    assert not (documents_dir() / second.file_name).exists()
    kinds = [row.kind for row in database.session.scalars(database.select(DossierVolume))]
    assert kinds == [VolumeKind.MAIN]


def test_empty_dossier_cannot_be_bound(db) -> None:
    world = make_world()
    with pytest.raises(RuleViolation, match="还没有可以装订的"):
        request_copy(world)


def test_same_scan_twice_is_refused_and_a_mistaken_one_goes_with_its_file(db) -> None:
    world = make_world()
    scan = scan_in(world, Position.IDENTITY, picture(1))
    with pytest.raises(RuleViolation, match="已经在卷里"):
        scan_in(world, Position.EVIDENCE, picture(1))
    with transaction():
        actions.remove_scan(scan, by=world.clerk.as_actor(), now=at(DAY))
    assert not (uploads_dir() / scan.file_name).exists()
    assert contents_of(world.case).sources == []


def test_stale_page_does_not_archive(db, bytes_later) -> None:
    world = ended_world()
    with pytest.raises(Exception, match="刚刚有人改过"):
        archive(world, seen_version=99)


def test_b248_changed_scan_is_not_bound_and_the_job_says_so(db) -> None:
    world = ended_world()
    scan = find_dossier(world.case).scans[0]
    (uploads_dir() / scan.file_name).write_bytes(picture(200))
    volume = request_copy(world)
    assert not volume.is_bound
    with pytest.raises(FileMissing, match="摘要不一致"):
        bind_now(volume.id)
    assert not list(documents_dir().glob("*.part"))


def test_job_binds_what_the_request_left_and_does_nothing_when_called_again(db, bytes_later) -> None:
    world = ended_world()
    volume = archive(world)
    assert not volume.is_bound
    job_id = volume.job_id
    assert run_job(job_id, JOB_KINDS)
    bound = database.session.get_one(DossierVolume, volume.id, populate_existing=True)
    assert bound.is_bound
    job = database.session.get_one(Job, job_id, populate_existing=True)
    assert (job.status, job.done_count) == (JobStatus.DONE, job.total_count)
    sealed = bound.sha256
    bind_now(volume.id)
    assert database.session.get_one(DossierVolume, volume.id, populate_existing=True).sha256 == sealed


def test_acts_stand_in_the_log_without_names(db, bytes_later) -> None:
    world = ended_world()
    archive(world)
    acts = {event.act: event for event in database.session.scalars(database.select(AuditEvent))}
    assert (acts["dossier.archive"].before, acts["dossier.archive"].after) == ("compiling", "archived")
    assert {"dossier.open", "dossier.add_scan", "dossier.volume"} <= set(acts)
    assert "尤晓琴" not in str([event.detail for event in acts.values()])
    assert database.session.scalar(database.select(Dossier)).retention is Retention.THIRTY_YEARS


def test_register_form_and_notices_are_printed_once_and_count_only_when_scanned(db) -> None:
    world = make_world()
    by, now = world.clerk.as_actor(), at(DAY)
    with transaction():
        form = actions.issue_intake_form(world.case, by=by, now=now)
        notices = actions.issue_rights_notices(world.case, by=by, now=now)
    assert [paper.type_name for paper in (form, *notices)] == ["mediation_intake_form", *["rights_notice"] * 2]
    with pytest.raises(RuleViolation, match="已经出过了"), transaction():
        actions.issue_rights_notices(world.case, by=by, now=now)
    contents = contents_of(world.case)
    assert contents.sources == []
    assert [position for position, _ in contents.blanks] == [Position.APPLICATION, *[Position.RIGHTS] * 2]
    scan_in(world, Position.RIGHTS, picture(7))
    assert [source.position for source in contents_of(world.case).sources] == [Position.RIGHTS]


def test_r_arch_05_verify_finds_a_changed_volume_and_a_lost_scan(db) -> None:
    world = ended_world()
    volume = archive(world)
    assert list(find_dossier_findings()) == []
    assert not any(volume.file_name in line for line in find_paper_findings())
    content = bytes_of(volume)
    (documents_dir() / volume.file_name).write_bytes(content[:-40] + b" " + content[-39:])
    scan = find_dossier(world.case).scans[0]
    (uploads_dir() / scan.file_name).unlink()
    found = list(find_dossier_findings())
    assert [line.rpartition(" ")[2] for line in found] == ["changed", "missing"]
