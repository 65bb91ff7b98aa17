"""The bytes: a bound volume, a scan."""

from urllib.parse import quote

from flask import Response, make_response, send_file
from flask.typing import ResponseReturnValue

from app.access.guards import permission_required
from app.access.permissions import Permission
from app.documents.storage import digest_of_file, documents_dir
from app.dossier import queries
from app.dossier.routes import bp
from app.dossier.rules import HEADINGS, volume_words
from app.errors import FileMissing, NotFound
from app.mediation.models import MediationCase
from app.mediation.queries import get_case

TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}


@bp.get("/mediations/<public_id>/dossier/volumes/<volume_id>/file")
@permission_required(Permission.DOSSIER_READ, of=get_case)
def show_volume(case: MediationCase, volume_id: str) -> ResponseReturnValue:
    """The bound and sealed file, exactly as it was written; refuses bytes that were changed."""
    volume = queries.get_volume(case, volume_id)
    if not volume.is_bound:
        raise NotFound("这一卷还在装订，请过一会儿再打开。")
    if digest_of_file(documents_dir(), volume.file_name) != volume.sha256:
        raise FileMissing("文件与登记的摘要不一致，不能打开。请通知管理员核查。", rule="B248")
    response = send_file(documents_dir() / volume.file_name, mimetype="application/pdf", conditional=True, etag=False)
    name = f"人民调解卷宗{case.number}{volume_words(volume.kind, volume.number)}.pdf"
    return _named(response, name, volume.sha256)


@bp.get("/mediations/<public_id>/dossier/scans/<dossier_scan_id>")
@permission_required(Permission.DOSSIER_READ, of=get_case)
def show_scan(case: MediationCase, dossier_scan_id: str) -> ResponseReturnValue:
    """One scan as it was kept."""
    scan = queries.get_scan(case, dossier_scan_id)
    response = make_response(queries.read_scan(scan))
    response.headers["Content-Type"] = TYPES[scan.kind]
    return _named(response, f"{scan.title or HEADINGS[scan.position]}.{scan.kind}", scan.sha256)


def _named(response: Response, name: str, sha256: str) -> Response:
    """A name that every browser keeps (RFC 6266), and the digest as the tag of these bytes."""
    response.headers["Content-Disposition"] = f"inline; filename=\"file\"; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["ETag"] = f'"{sha256}"'
    return response
