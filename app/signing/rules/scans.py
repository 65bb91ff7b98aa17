"""May this upload be kept?  PDF, JPEG and PNG only, decided by content, never by name (B151–B159).

Pictures are drawn anew upright and without metadata; a PDF that could act when opened is refused.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from app.errors import RuleViolation

LIMIT_BYTES = 20 * 1024 * 1024
LONGEST_SIDE = 4000
MOST_PAGES = 200
MOST_OBJECTS = 20_000
LONGEST_PAGE_POINTS = 5_000
ACTIVE_KEYS = frozenset(
    {"/OpenAction", "/AA", "/JavaScript", "/JS", "/EmbeddedFiles", "/EF", "/Launch", "/XFA", "/RichMedia"}
)
ACTIVE_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound"}
)
NOT_A_SCAN = "这种文件不能收。请交 PDF、JPG 或 PNG 的扫描件。"


@dataclass(frozen=True)
class CheckedScan:
    """An upload that may be kept: its bytes, kind (pdf, jpeg, png) and number of pages."""

    content: bytes
    kind: str
    pages: int


def check_scan(content: bytes) -> CheckedScan:
    """The upload as it may be kept; refuses empty, too large, foreign, damaged or active files (422)."""
    if not content:
        raise _refused("没有收到文件，或者文件是空的。请重新选一个扫描件。")
    if len(content) > LIMIT_BYTES:
        raise _refused("文件太大了，请控制在 20 MB 以内。")
    if content.startswith(b"%PDF-"):
        return CheckedScan(content, "pdf", _check_pdf(content))
    if content.startswith(b"\xff\xd8\xff"):
        return CheckedScan(_redraw(content, "JPEG"), "jpeg", 1)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return CheckedScan(_redraw(content, "PNG"), "png", 1)
    raise _refused(NOT_A_SCAN)


def _redraw(content: bytes, form: str) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return _drawn(content, form)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning):
        raise _refused("这张图片打不开，可能没有传完整。请重新扫描或拍照。") from None


def _drawn(content: bytes, form: str) -> bytes:
    # A library in the same process may have allowed pictures that end early; a scan must be whole.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(BytesIO(content), formats=[form]) as picture:
        if max(picture.size) > LONGEST_SIDE or getattr(picture, "n_frames", 1) > 1:
            raise _refused(f"图片太大了。请把每边缩到 {LONGEST_SIDE} 点以内再交。")
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    # What Pillow read beside the picture (comment, profile, text) would be written again.
    upright.info = {}
    target = BytesIO()
    if form == "JPEG":
        upright.save(target, "JPEG", quality=85)
    else:
        upright.save(target, "PNG")
    return target.getvalue()


def _check_pdf(content: bytes) -> int:
    try:
        with pikepdf.open(BytesIO(content), suppress_warnings=True) as pdf:
            _check_may_be_walked(pdf)
            if any(_is_active(item) for item in pdf.objects) or _is_active(pdf.trailer):
                raise _refused("这个 PDF 里带有会自动运行的内容或附件，不能收。请打印后重新扫描。")
            return _check_pages(pdf)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, RecursionError, OverflowError):
        raise _refused("这个 PDF 打不开，可能加了密码或没有传完整。请重新扫描。") from None


def _check_may_be_walked(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted:
        raise _refused("这个 PDF 加了密码，不能收。请去掉密码后再交。")
    if len(pdf.objects) > MOST_OBJECTS:
        raise _refused("这个 PDF 太复杂了，不像扫描件。请重新扫描。")


def _check_pages(pdf: pikepdf.Pdf) -> int:
    count = len(pdf.pages)
    if not 0 < count <= MOST_PAGES:
        raise _refused(f"扫描件要有 1 到 {MOST_PAGES} 页。请分开交。")
    for page in pdf.pages:
        left, low, right, top = (float(value) for value in page.mediabox)
        if not (0 < right - left <= LONGEST_PAGE_POINTS and 0 < top - low <= LONGEST_PAGE_POINTS):
            raise _refused("这个 PDF 的页面大小不对，不像扫描件。请重新扫描。")
    return count


def _is_active(item: object) -> bool:
    """Direct members are walked too; members that are objects of their own come by themselves."""
    if isinstance(item, pikepdf.Array):
        return any(_is_active(member) for member in item if not _is_indirect(member))
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return False
    if ACTIVE_KEYS & set(item.keys()) or str(item.get("/S", "")) in ACTIVE_ACTIONS:
        return True
    return any(_is_active(item[key]) for key in set(item.keys()) if not _is_indirect(item[key]))


def _is_indirect(member: object) -> bool:
    return isinstance(member, pikepdf.Object) and member.is_indirect


def _refused(message: str) -> RuleViolation:
    return RuleViolation(message, rule="R-PII-12")
