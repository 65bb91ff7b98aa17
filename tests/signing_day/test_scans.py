"""A stack of signed paper: each page finds its agreement, complete ones are filed once, the rest is named."""

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import sqlalchemy as sa

from app.agreements.models import Agreement
from app.agreements.rules import AgreementStatus
from app.collective.queries.batch import list_links
from app.documents.queries import read_bytes
from app.documents.reading.stacks import bind_uploads
from app.documents.storage import uploads_dir
from app.errors import DomainError, RuleViolation
from app.jobs.models import Job
from app.jobs.running import run_job
from app.law import clock
from app.signing.models import Scan, Signature
from app.signing.queries import get_round, read_scan
from app.signing.rules import Manner
from app.signing_day.actions import scan_filing, scans
from app.signing_day.models import ScanStack, ScanStackPage
from app.signing_day.queries.scans import TO_ASSIGN, list_assignable, list_pages, list_sets
from app.signing_day.rules.scan_words import PageFate, StackState
from app.signing_day.rules.scanning import SetKind
from app.web.transaction import transaction
from app.worker import JOB_KINDS
from tests.collective.settling import Settling, Wanted, frozen_settlement, make_settling, print_all
from tests.signing_day.scanned import Fault, as_pdf, blank_page, scan_page, with_the_foot_alone, without_code

TODAY = "2025-04-08T10:00+08:00"


def prints_of(world: Settling, settlement) -> list[bytes]:
    return [read_bytes(link.agreement.paper.revisions[0]) for link in list_links(settlement)]


def hand_in(world: Settling, contents: list[bytes]) -> ScanStack:
    """Upload and read to the end."""
    written = scans.write_stack(contents)
    with transaction():
        stack = scans.keep_stack(world.roster, written, by=world.clerk.as_actor(), now=clock.now())
    assert run_job(stack.job_id, JOB_KINDS)
    return stack


def file_all(world: Settling, db, keys: tuple[str, ...] = ("party-1", "party-2")) -> Job:
    filing = scan_filing.Filing(clock.today(), Manner.PAPER, "id_card")
    with transaction():
        complete = [each for each in list_sets(world.roster, world.clerk.id) if each.is_complete]
        job = scan_filing.start_filing(
            world.roster, [(each, keys) for each in complete], filing, by=world.clerk.as_actor(), now=clock.now()
        )
    assert run_job(job.id, JOB_KINDS)
    db.session.expire_all()
    return job


def verdicts(world: Settling) -> dict[int, tuple[SetKind, str]]:
    return {
        each.link.claimant.position if each.link else 0: (each.verdict.kind, each.verdict.words)
        for each in list_sets(world.roster, world.clerk.id)
    }


def uploads() -> set[str]:
    return {path.name for path in Path(uploads_dir()).iterdir()} if Path(uploads_dir()).exists() else set()


def test_inv_21_stack_when_scanned_in_any_order_and_turn_files_what_is_complete_and_names_the_rest(db, fake_now):
    fake_now(TODAY)
    before = uploads()
    world = make_settling(Wanted(seven_years=3, six_years=0))
    settlement = frozen_settlement(world)
    print_all(world, settlement)
    first, second, third = prints_of(world, settlement)
    stack = hand_in(
        world,
        [
            as_pdf(
                [
                    scan_page(first, 3, Fault(turn=180)),
                    blank_page(),
                    scan_page(second, 1, Fault(turn=1.5, dpi=200)),
                    scan_page(first, 1, Fault(turn=-2)),
                    scan_page(second, 3),
                    without_code(second, 2),
                ]
            ),
            scan_page(first, 2, Fault(turn=90)),
            scan_page(third, 1),
            scan_page(third, 1, Fault(turn=2)),
        ],
    )
    db.session.expire_all()

    assert verdicts(world) == {
        1: (SetKind.COMPLETE, "3 页都在。"),
        2: (SetKind.INCOMPLETE, "缺第 2 页，请补扫。"),
        3: (SetKind.INCOMPLETE, "缺第 2、3 页，请补扫；第 1 页有 2 张，请留一张。"),
    }
    assert [page.rotation for page in stack.pages] == [180, 0, 0, 0, 0, 0, 90, 0, 0]
    assert [page.position for page in list_pages(world.roster, (PageFate.BLANK,))] == [2]

    (unread,) = list_pages(world.roster, TO_ASSIGN)
    links = list_assignable(world.roster)
    with pytest.raises(RuleViolation, match="只有 3 页"), transaction():
        scans.place_page(unread, links[1], 4, by=world.clerk.as_actor())
    with transaction():
        scans.place_page(unread, links[1], 2, by=world.clerk.as_actor())
    file_all(world, db)

    for link in list_links(settlement)[:2]:
        signing = get_round(link.agreement.paper)
        (scan,) = signing.scans
        assert link.agreement.status is AgreementStatus.SIGNING
        assert [slot.is_signed for slot in signing.slots] == [True, True, False, False]
        assert {slot.signature.scan_id for slot in signing.slots[:2]} == {scan.id}
        assert all(slot.identity_checked_at for slot in signing.slots[:2])
        with pikepdf.open(BytesIO(read_scan(scan))) as pdf:
            assert len(pdf.pages) == 3
    (scan,) = get_round(list_links(settlement)[0].agreement.paper).scans
    with pikepdf.open(BytesIO(read_scan(scan))) as pdf:
        assert [int(page.obj.get("/Rotate", 0)) for page in pdf.pages] == [0, 270, 180]

    again = hand_in(world, [scan_page(first, number, Fault(turn=1)) for number in (1, 2, 3)])
    assert verdicts(world)[1] == (SetKind.SIGNED, "该签的都登记过了，不用再存。")
    with transaction():
        scans.leave_out(again.pages, by=world.clerk.as_actor(), now=clock.now())
    assert again.state is StackState.ENDED
    assert again.file_name not in uploads()
    with transaction():
        scans.discard_stack(stack, by=world.clerk.as_actor(), now=clock.now())
    assert uploads() - before == set(db.session.scalars(sa.select(Scan.file_name)))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Signature)) == 4


def test_inv_24_stack_when_pages_are_void_foreign_or_handed_in_twice_files_none_of_them(db, fake_now):
    fake_now(TODAY)
    before = uploads()
    world = make_settling(Wanted(seven_years=2, six_years=0))
    settlement = frozen_settlement(world)
    print_all(world, settlement)
    old = prints_of(world, settlement)
    newer = frozen_settlement(world, on="04-08", place="滨澜区织造里服务站")
    print_all(world, newer)
    pages = [scan_page(old[0], number) for number in (1, 2, 3)]
    stack = hand_in(world, pages)
    db.session.expire_all()

    numbers = [link.agreement.number for link in list_links(newer)]
    assert verdicts(world) == {1: (SetKind.VOID, f"这一版已作废，不能用。请签新的：{numbers[0]}。")}
    with pytest.raises(RuleViolation, match="请勾出要存的协议"):
        file_all(world, db)
    written = scans.write_stack(pages)
    with pytest.raises(RuleViolation, match="4 月 8 日已经交过"), transaction():
        scans.keep_stack(world.roster, written, by=world.clerk.as_actor(), now=clock.now())
    scans.discard_unused(written)
    scans.discard_unused(scans.WrittenStack(stack.file_name, "", "", 0, 0))
    assert uploads() - before == {stack.file_name}

    paper = list_links(newer)[1].agreement.paper
    with transaction():
        paper.matter_id = None
    hand_in(world, [scan_page(read_bytes(paper.revisions[0]), 2)])
    assert verdicts(world)[2][0] is SetKind.FOREIGN
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Scan)) == 0


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_filing_when_a_set_is_refused_or_broken_off_leaves_no_half_and_no_file(app, db, fake_now, monkeypatch):
    fake_now(TODAY)
    before = uploads()
    world = make_settling(Wanted(seven_years=2, six_years=0))
    settlement = frozen_settlement(world)
    print_all(world, settlement)
    first, second = prints_of(world, settlement)
    stack = hand_in(world, [scan_page(each, number) for each in (first, second) for number in (1, 2, 3)])
    real = scan_filing.agreements.record_paper_signatures

    def refuse_second(agreement: Agreement, *args, **kwargs) -> None:
        real(agreement, *args, **kwargs)
        if agreement.number.endswith("-002号"):
            raise RuleViolation("委托书已经到期。")

    monkeypatch.setattr(scan_filing.agreements, "record_paper_signatures", refuse_second)
    job = file_all(world, db)
    assert job.failures == ["第 2 号：委托书已经到期。"]
    assert [page.fate for page in stack.pages] == [PageFate.FILED] * 3 + [PageFate.PLACED] * 3
    assert len(uploads() - before) == 2
    assert stack.state is StackState.READ

    monkeypatch.setattr(scan_filing.agreements, "record_paper_signatures", real)
    file_all(world, db)
    with transaction():
        job.is_open, job.leased_until = True, None
    assert run_job(job.id, JOB_KINDS), "called again after a crash it finds nothing left"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Scan)) == 2
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Signature)) == 4
    assert db.session.get_one(ScanStack, stack.id).state is StackState.ENDED
    assert uploads() - before == set(db.session.scalars(sa.select(Scan.file_name)))


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_scan_pages_when_walked_by_the_clerk_show_every_result_and_refuse_others(app, db, fake_now, client_of):
    fake_now(TODAY)
    before = uploads()
    world = make_settling(Wanted(seven_years=2, six_years=0))
    settlement = frozen_settlement(world)
    print_all(world, settlement)
    first, second = prints_of(world, settlement)
    clerk, base = client_of(world.clerk), f"/rosters/{world.roster.public_id}/scans"
    # Small pictures: the test's own browser would spool a larger form into a file and leave it open.
    poor = Fault(dpi=120, quality=15, is_written_on=False)
    files = [(BytesIO(scan_page(first, number, poor)), f"{number}.jpg") for number in (1, 2, 3)]
    files += [(BytesIO(without_code(second, 1, poor)), "4.jpg"), (BytesIO(scan_page(second, 2, poor)), "5.jpg")]
    files.append((BytesIO(with_the_foot_alone(second, 3, poor)), "6.jpg"))

    assert clerk.post(base, data={"scans": (BytesIO(b"not a scan"), "x.pdf")}).status_code == 422
    assert clerk.post(base, data={}).status_code == 422
    assert uploads() == before
    assert clerk.post(base, data={"scans": files}).status_code == 302
    db.session.rollback()
    stack = db.session.scalars(sa.select(ScanStack)).one()
    assert "正在逐页认" in clerk.get(base).get_data(as_text=True)
    assert run_job(stack.job_id, JOB_KINDS)

    page = clerk.get(base).get_data(as_text=True)
    assert "缺第 1、3 页" in page
    assert "没认出二维码" in page
    assert "认不准是第几页" in page
    assert re.search(r'<input[^>]* name="line"[^>]* value="2"', page), "the code says whose it is"
    unread = next(each for each in stack.pages if each.fate is PageFate.NO_CODE).public_id
    picture = clerk.get(f"{base}/pages/{unread}/picture")
    assert picture.data.startswith(b"\xff\xd8\xff")
    assert clerk.post(f"{base}/pages/{unread}", data={"line": "9", "number": "1"}).status_code == 422
    assert clerk.post(f"{base}/pages/{unread}", data={"line": "2", "number": "1"}).status_code == 302
    assert "缺第 3 页" in clerk.get(base).get_data(as_text=True)

    paper = list_links(settlement)[0].agreement.paper.public_id
    form = {
        "papers": paper,
        f"keys-{paper}": ["party-1", "party-2"],
        "manner": "paper",
        "document": "id_card",
        "signed_on": "2025-04-08",
    }
    assert clerk.post(f"{base}/file", data=form).status_code == 422, "nobody said that he looked"
    early = {**form, "has_looked": "1", "signed_on": "2025-04-01"}
    assert clerk.post(f"{base}/file", data=early).status_code == 422
    assert clerk.post(f"{base}/file", data={**form, "has_looked": "1"}).status_code == 302
    db.session.rollback()
    assert run_job(db.session.get_one(ScanStack, stack.id, populate_existing=True).job_id, JOB_KINDS)
    assert list_links(settlement)[0].agreement.status is AgreementStatus.SIGNING

    for account in (world.stage.coordinator, world.stage.unit_clerk, world.stage.receptionist):
        stranger = client_of(account)
        assert stranger.get(base).status_code in (403, 404)
        assert stranger.get(f"{base}/pages/{unread}/picture").status_code in (403, 404)
        for path in (base, f"{base}/file", f"{base}/left-out", f"{base}/pages/{unread}"):
            assert stranger.post(path, data=form).status_code in (403, 404), path
    assert clerk.post(f"{base}/left-out", data={"pages": unread}).status_code == 302
    assert clerk.post(f"{base}/stacks/{stack.public_id}/end").status_code == 302
    assert clerk.get(f"{base}/pages/{unread}/picture").status_code == 404
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ScanStackPage)) == 6


def huge_picture() -> bytes:
    """A few bytes that claim a picture of ten thousand million points."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        image = pikepdf.Stream(pdf, b"\x00", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
        image.Width, image.Height, image.BitsPerComponent = 100_000, 100_000, 8
        image.ColorSpace = pikepdf.Name.DeviceGray
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=image))
        target = BytesIO()
        pdf.save(target)
    return target.getvalue()


def many_pages(count: int) -> bytes:
    with pikepdf.new() as pdf:
        for _page in range(count):
            pdf.add_blank_page(page_size=(595, 842))
        target = BytesIO()
        pdf.save(target)
    return target.getvalue()


def test_uploads_when_a_picture_is_huge_or_the_pages_are_too_many_are_refused_unopened() -> None:
    with pytest.raises(RuleViolation, match="太大了"):
        bind_uploads([("pdf", huge_picture())])
    with pytest.raises(DomainError, match="一次最多 300 页"):
        bind_uploads([("pdf", many_pages(200)), ("pdf", many_pages(101))])
    bound, pages = bind_uploads([("pdf", many_pages(2))])
    assert pages == 2
    assert bound.startswith(b"%PDF-")
