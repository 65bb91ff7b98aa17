"""Where the templates and the pinned fonts of the papers lie."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
TEMPLATES = PROJECT / "templates" / "documents"
FANDOL = PROJECT / ".fonts" / "fandol"
SYSTEM_FONTS = Path("/usr/share/fonts/truetype")
FONT_FOLDERS = (
    FANDOL,
    SYSTEM_FONTS / "liberation",
    SYSTEM_FONTS / "lxgw-wenkai",
    SYSTEM_FONTS / "babelstone",
)
LATIN_FONTS = tuple(
    SYSTEM_FONTS / "liberation" / name
    for name in ("LiberationSerif-Regular.ttf", "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf")
)
