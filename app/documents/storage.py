"""Where the bytes of papers and scans lie: written atomically, in folders only the product may read."""

import hashlib
import os
import secrets
from pathlib import Path

from app.errors import NotFound
from app.web.faults import fault_point
from app.web.installation import settings


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


def read_file(folder: Path, name: str) -> bytes:
    """The bytes under `name`; NotFound with a clear word when the file is missing."""
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError as error:
        raise NotFound("文件缺失，已记录。请通知管理员核查。") from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
