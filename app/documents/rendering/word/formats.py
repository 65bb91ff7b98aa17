"""How a look is said in WordprocessingML: fonts by their Chinese names, sizes, indents in characters, exact lines."""

from dataclasses import dataclass, replace
from xml.sax.saxutils import quoteattr

from app.documents.rendering.word.cascade import Look

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SONG, TITLE_SONG, FANG, KAI, HEI, SIGNS = "宋体", "方正小标宋简体", "仿宋", "楷体", "黑体", "Segoe UI Symbol"
# The printer's faces and those that every Word and WPS in a Chinese office has.
_FACES = {"FandolSong": SONG, "FandolFang": FANG, "FandolKai": KAI, "FandolHei": HEI}
BORDER_SIDES = ("top", "left", "bottom", "right")


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def face_of(look: Look) -> str:
    """The Chinese face: the first of ours in the font chain; titles in 小标宋, as GB/T 9704 asks."""
    names = [name for name in _FACES if name in look.family]
    face = _FACES[min(names, key=look.family.index)] if names else FANG
    return TITLE_SONG if face == SONG and look.is_bold else face


def run_properties(look: Look) -> dict[str, str]:
    """The properties of a run by name, each as its own XML."""
    face = face_of(look)
    latin = "Arial" if face == HEI else "Times New Roman"
    is_bold = look.is_bold and face != TITLE_SONG
    return {
        "rFonts": f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{face}" w:cs="{latin}"/>',
        "b": f'<w:b w:val="{int(is_bold)}"/>',
        "color": f'<w:color w:val="{colour_of(look.colour)}"/>',
        "spacing": f'<w:spacing w:val="{twips(look.spacing)}"/>',
        "sz": f'<w:sz w:val="{round(look.size * 2)}"/><w:szCs w:val="{round(look.size * 2)}"/>',
    }


def colour_of(value: str) -> str:
    """Six hexadecimal digits."""
    digits = value.lstrip("#")
    return (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)).upper()


@dataclass(frozen=True)
class Place:
    """Where a paragraph stands: space before it, its distance from both edges, rules around it, what it holds to."""

    before: float = 0.0
    left: float = 0.0
    right: float = 0.0
    border: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    background: str = ""
    keeps_next: bool = False
    has_picture: bool = False
    tab: float = 0.0
    outline: int | None = None


def paragraph_properties(look: Look, place: Place) -> dict[str, str]:
    """The properties of a paragraph by name, each as its own XML, in the order the format asks for."""
    return {
        "keepNext": f'<w:keepNext w:val="{int(place.keeps_next)}"/>',
        "pBdr": _borders(place.border),
        "shd": f'<w:shd w:val="clear" w:color="auto" w:fill="{colour_of(place.background)}"/>'
        if place.background
        else "",
        "tabs": f'<w:tabs><w:tab w:val="right" w:pos="{twips(place.tab)}"/></w:tabs>' if place.tab else "",
        "spacing": _spacing(look, place),
        "ind": _indent(look, place),
        "jc": f'<w:jc w:val="{ {"justify": "both", "center": "center", "right": "right"}.get(look.align, "left") }"/>',
    }


def _spacing(look: Look, place: Place) -> str:
    rule = "auto" if place.has_picture or look.line < look.size / 2 else "exact"
    line = 240 if rule == "auto" else twips(look.line)
    return f'<w:spacing w:before="{max(twips(place.before), 0)}" w:after="0" w:line="{line}" w:lineRule="{rule}"/>'


def _indent(look: Look, place: Place) -> str:
    left, right, first = twips(place.left), twips(place.right), twips(look.indent)
    chars = round(look.indent / look.size * 100)
    kind = "hanging" if first < 0 else "firstLine"
    # Counted in characters it follows the size of the type, and overrules what the style counts.
    return f'<w:ind w:left="{left}" w:right="{right}" w:{kind}Chars="{abs(chars)}" w:{kind}="{abs(first)}"/>'


def _borders(widths: tuple[float, float, float, float]) -> str:
    top, right, bottom, left = widths
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{eighths(width)}" w:space="1" w:color="auto"/>'
        for side, width in zip(BORDER_SIDES, (top, left, bottom, right), strict=True)
        if width
    )
    return f"<w:pBdr>{lines}</w:pBdr>" if lines else ""


def eighths(points: float) -> int:
    """The width of a rule in eighths of a point, at least the thinnest there is."""
    return max(round(points * 8), 2)


def differing(own: dict[str, str], of_style: dict[str, str]) -> str:
    """What must be said beside the style, as XML."""
    return "".join(xml for name, xml in own.items() if xml and of_style.get(name) != xml)


@dataclass(frozen=True)
class Role:
    """A kind of paragraph with a style of its own: its id and the name the program shows."""

    style_id: str
    name: str
    outline: int | None = None


TITLE = Role("Title", "Title")
NUMBER = Role("PaperNumber", "文书编号")
HEADING = Role("Heading1", "heading 1", outline=0)
BODY = Role("PaperBody", "文书正文")
FLUSH = Role("PaperFlush", "文书顶格")
CELL = Role("PaperCell", "表格文字")
HEAD_CELL = Role("PaperHeadCell", "表格标题")
SIGNING = Role("PaperSigning", "签名落款")
FOOT = Role("PaperFoot", "文书页脚")


class StyleBook:
    """The styles of one paper: each takes the looks of the first paragraph of its kind."""

    def __init__(self) -> None:
        self.styles: dict[Role, tuple[dict[str, str], dict[str, str]]] = {}

    def beside(self, role: Role, look: Look, place: Place) -> tuple[str, dict[str, str]]:
        """The XML of a paragraph's own properties, and the run properties that its style gives already."""
        own, run = paragraph_properties(look, place), run_properties(look)
        if role not in self.styles:
            plain = paragraph_properties(look, replace(Place(), left=place.left, right=place.right))
            self.styles[role] = ({name: plain[name] for name in ("keepNext", "spacing", "ind", "jc")}, run)
        of_style, of_runs = self.styles[role]
        return f"<w:pStyle w:val={quoteattr(role.style_id)}/>{differing(own, of_style)}", of_runs
