"""The pages of a dossier: what is missing is said, scans are looked at, who may not come in does not."""

import re
from io import BytesIO

from app.access.permissions import Role
from app.documents.storage import uploads_dir
from app.dossier.models import DossierVolume
from app.dossier.queries import find_dossier
from app.dossier.rules import DossierStatus, Position
from app.extensions import db as database
from app.web.transaction import transaction
from tests.agreements.helpers import make_world
from tests.documents.reading import squeezed, text_of
from tests.dossier.helpers import ended_world, picture, scan_everything
from tests.factories import make_account


def page(client, world, rest: str = "") -> str:
    answer = client.get(f"/mediations/{world.case.public_id}/dossier{rest}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def post(client, world, rest: str, **data: object):
    return client.post(
        f"/mediations/{world.case.public_id}/dossier{rest}", data=data, content_type="multipart/form-data"
    )


def test_empty_dossier_names_what_is_missing_and_where_it_is_made(db, client_of) -> None:
    world = make_world()
    empty = page(client_of(world.clerk), world)
    assert "还缺 5 样" in empty
    assert "一键成卷" not in empty
    assert "/dossier?position=rights#scan" in empty
    assert "去归档" not in empty


def test_dossier_goes_to_the_archive_and_on_through_its_pages(db, client_of, fake_now) -> None:
    fake_now("2025-08-07T10:00+08:00")
    world = ended_world()
    clerk = client_of(world.clerk)
    assert "材料齐了" in page(clerk, world)
    assert post(clerk, world, "/copy").status_code == 302
    draft = page(clerk, world)
    assert "核对稿（未归档）" in draft
    form = page(clerk, world, "/archive")
    version = re.search(r'name="version" value="(\d+)"', form)[1]
    typed = {"title": "尤晓琴与冯志远邻里纠纷", "retention": "thirty_years", "note": "第 2 页有水渍。"}
    assert post(clerk, world, "/archive", version=version, **typed).status_code == 302
    assert "已归档" in page(clerk, world)

    volume = database.session.scalar(database.select(DossierVolume))
    file = clerk.get(f"/mediations/{world.case.public_id}/dossier/volumes/{volume.public_id}/file")
    assert file.headers["Content-Type"] == "application/pdf"
    assert "第2页有水渍" in squeezed(text_of(file.data))
    file.close()
    late = post(clerk, world, "/scans", position="follow_up", title="回访记录", scan=(BytesIO(picture(5)), "a.jpg"))
    assert late.status_code == 302
    assert "装成补充卷并归档" in page(clerk, world)
    assert post(clerk, world, "/addenda", version=find_dossier(world.case).version).status_code == 302
    assert "补充卷 1" in page(clerk, world)


def test_wrong_files_are_refused_and_the_page_comes_back(db, client_of) -> None:
    world = make_world()
    clerk = client_of(world.clerk)
    for content, words in ((b"", "没有收到文件"), (b"MZ\x90\x00", "这种文件不能收"), (b"%PDF-1.7 broken", "打不开")):
        answer = post(clerk, world, "/scans", position="identity", scan=(BytesIO(content), "身份证.pdf"))
        assert answer.status_code == 422
        assert words in answer.get_data(as_text=True)
    before = set(uploads_dir().glob("*"))
    answer = post(clerk, world, "/scans", position="elsewhere", scan=(BytesIO(picture(1)), "a.jpg"))
    assert answer.status_code == 422
    assert set(uploads_dir().glob("*")) == before
    assert find_dossier(world.case) is None


def test_archive_with_a_missing_paper_is_refused_on_its_page(db, client_of) -> None:
    world = make_world()
    scan_everything(world, without=Position.IDENTITY)
    clerk = client_of(world.clerk)
    assert "还不能归档" in page(clerk, world, "/archive")
    answer = post(clerk, world, "/archive", title="卷", retention="thirty_years")
    assert answer.status_code == 422
    assert "当事人的身份证明" in answer.get_data(as_text=True)
    assert find_dossier(world.case).status is DossierStatus.COMPILING


def test_scan_is_shown_and_taken_out_by_who_compiles(db, client_of) -> None:
    world = make_world()
    scan_everything(world)
    scan = find_dossier(world.case).scans[0]
    mediator = client_of(world.mediator)
    shown = mediator.get(f"/mediations/{world.case.public_id}/dossier/scans/{scan.public_id}")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert post(mediator, world, f"/scans/{scan.public_id}/removal").status_code == 302
    gone = mediator.get(f"/mediations/{world.case.public_id}/dossier/scans/{scan.public_id}")
    assert gone.status_code == 404


def test_who_is_no_mediation_staff_of_the_committee_does_not_find_the_dossier(db, client_of) -> None:
    world = make_world()
    roles = (Role.RECEPTIONIST, Role.COORDINATOR, Role.LEADER, Role.LAWYER, Role.COMMITTEE_CLERK)
    with transaction():
        strangers = [make_account(role, organisation=world.office) for role in roles]
    for stranger in map(client_of, strangers):
        for way in ("", "/archive", f"/volumes/{'x' * 22}/file", f"/scans/{'x' * 22}"):
            assert stranger.get(f"/mediations/{world.case.public_id}/dossier{way}").status_code == 404
        for way in ("/copy", "/archive", "/addenda", "/scans"):
            assert post(stranger, world, way).status_code == 404


def test_mediator_compiles_but_does_not_archive(db, client_of) -> None:
    world = make_world()
    scan_everything(world)
    mediator = client_of(world.mediator)
    assert "一键成卷" in page(mediator, world)
    assert mediator.get(f"/mediations/{world.case.public_id}/dossier/archive").status_code == 403
    assert post(mediator, world, "/archive", title="卷", retention="thirty_years").status_code == 403
    assert post(mediator, world, "/addenda").status_code == 403
