"""Where the bytes of papers and scans lie: written atomically, in folders only the product may read."""

import hashlib
import logging
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from app.errors import FileMissing
from app.web.faults import fault_point
from app.web.installation import settings

LEFTOVER_SECONDS = 3600
log = logging.getLogger(__name__)


def documents_dir() -> Path:
    """The folder of the running application's papers."""
    return settings().documents_dir


def uploads_dir() -> Path:
    """The folder of the running application's scans and attachments."""
    return settings().uploads_dir


def write_file(folder: Path, name: str, content: bytes) -> str:
    """Write `content` under `name` so that it is there whole or not at all; gives its SHA-256."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = folder / f".{name}.{secrets.token_hex(6)}.part"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content[: len(content) // 2])
            fault_point("render.mid_write")
            file.write(content[len(content) // 2 :])
            file.flush()
            os.fsync(file.fileno())
        fault_point("sign.after_file_write")
        temporary.rename(folder / name)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    fault_point("sign.after_rename")
    _sync_folder(folder)
    return hashlib.sha256(content).hexdigest()


@contextmanager
def new_file(folder: Path, name: str) -> Iterator[Path]:
    """A path to write a large file to, taken away on leaving unless `keep_file` gave it its name."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = folder / f".{name}.{secrets.token_hex(6)}.part"
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def keep_file(temporary: Path, name: str) -> None:
    """Give a finished file its name, so that it is there whole or not at all."""
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    temporary.chmod(0o600)
    temporary.rename(temporary.with_name(name))
    _sync_folder(temporary.parent)


def digest_of_file(folder: Path, name: str) -> str:
    """The SHA-256 of the file under `name`, read piece by piece; FileMissing when there is none."""
    try:
        with (folder / name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        log.error("file missing: %s", name)
        raise FileMissing("文件缺失。请通知管理员核查，编号和内容都还在登记里。", rule="B249") from error


def read_file(folder: Path, name: str) -> bytes:
    """The bytes under `name`; FileMissing when there are none."""
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError as error:
        log.error("file missing: %s", name)
        raise FileMissing("文件缺失。请通知管理员核查，编号和内容都还在登记里。", rule="B249") from error


def check_digest(content: bytes, sha256: str, name: str) -> None:
    """Refuse bytes that are not those whose digest was recorded (FileMissing, B248)."""
    if hashlib.sha256(content).hexdigest() != sha256:
        log.error("file changed: %s", name)
        raise FileMissing("文件与登记的摘要不一致，不能打开。请通知管理员核查。", rule="B248")


def remove_leftovers(folder: Path) -> int:
    """Remove what a crash left half-written more than an hour ago; gives how many files."""
    if not folder.is_dir():
        return 0
    # The age is taken against a fresh file: the product's clock may be set, that of the folder is not.
    probe = folder / f".{secrets.token_hex(6)}.probe"
    probe.touch(mode=0o600)
    newest = probe.stat().st_mtime
    probe.unlink()
    old = [path for path in folder.glob(".*.part") if newest - _modified_at(path, newest) > LEFTOVER_SECONDS]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _modified_at(path: Path, if_gone: float) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return if_gone


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_file(folder: Path, name: str) -> None:
    """Take away a file that no row names; one that is gone already is no fault."""
    (folder / name).unlink(missing_ok=True)


def remove_other_prints(folder: Path, named: Mapping[str, str], state: str) -> None:
    """Take away the prints of papers (their ids as text) in that state that are not the one a row names."""
    if not named:
        return
    for path in folder.glob(f"*-{state}-*.pdf"):
        if named.get(path.name.split("-", 1)[0], path.name) != path.name:
            path.unlink(missing_ok=True)
