"""Which fonts the layout may see: a private fontconfig file that lists the project's folders and nothing else.

The same paper then looks the same on every machine. Two Fandol files call themselves regular although they
are bold; the file corrects that.
"""

from pathlib import Path
from xml.sax.saxutils import escape

from app.documents.rendering.places import FONT_FOLDERS

_WRONGLY_REGULAR = ("FandolSong-Bold", "FandolHei-Bold")


def write_fontconfig(folder: Path) -> Path:
    """Write fonts.conf into `folder` and return its path."""
    path = folder / "fonts.conf"
    path.write_text(_document(folder / "cache"), encoding="utf-8")
    return path


def _document(cache: Path) -> str:
    folders = "\n".join(f"  <dir>{escape(str(each))}</dir>" for each in FONT_FOLDERS)
    corrections = "\n".join(_correct_weight(name) for name in _WRONGLY_REGULAR)
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"{folders}\n  <cachedir>{escape(str(cache))}</cachedir>\n{corrections}\n</fontconfig>\n"
    )


def _correct_weight(name: str) -> str:
    return (
        '  <match target="scan">\n'
        f'    <test name="file" compare="contains"><string>{name}</string></test>\n'
        '    <edit name="weight" mode="assign"><const>bold</const></edit>\n'
        "  </match>"
    )
