"""How the text inside a paragraph becomes runs: collapsed white space, blanks to sign on, boxes, QR codes, fields."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from xml.sax.saxutils import escape

from PIL import Image

from app.documents.rendering.word.cascade import UNITS, Look, Node
from app.documents.rendering.word.formats import differing, run_properties

PLACE_STYLE = "PaperPlace"
"""The character style of what the working copy adds: places to sign and to seal, ticks, numbers of pages."""
SIGN_HERE, SEAL_HERE = "（签名）", "（盖章）"
EMPTY_BOX, TICKED_BOX = "□", "☑"
QR_DOTS = 8
RAISED = 1.5
"""A raised run is drawn smaller than its size says."""
_SPACE = re.compile(r"[ \t\r\n\f]+")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SIDE = re.compile(r"([\d.]+)(mm|pt)")
_QR_ROW = re.compile(r"M(\d+) (\d+)h(\d+)v1")

DrawPicture = Callable[[bytes, float], str]
"""Puts a PNG into the file, its side in points; gives the XML that shows it."""


@dataclass(frozen=True)
class Run:
    """A piece of a paragraph: text with its look, or XML that stands for itself."""

    look: Look
    text: str = ""
    xml: str = ""
    is_raised: bool = False
    is_underlined: bool = False
    is_added: bool = False

    def to_xml(self, of_style: dict[str, str]) -> str:
        """The run beside what its paragraph's style says already."""
        if self.xml:
            return self.xml
        extra = f'<w:rStyle w:val="{PLACE_STYLE}"/>' if self.is_added else ""
        look = replace(self.look, size=RAISED * self.look.size) if self.is_raised else self.look
        extra += differing(run_properties(look), of_style)
        extra += '<w:u w:val="single"/>' if self.is_underlined else ""
        extra += '<w:vertAlign w:val="superscript"/>' if self.is_raised else ""
        return f"<w:r><w:rPr>{extra}</w:rPr>{text_xml(self.text)}</w:r>"


def text_xml(text: str) -> str:
    """The text with its line breaks and tabs; characters that XML cannot hold are left out."""
    marks = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    pieces = re.split(r"([\n\t])", _NOT_XML.sub("", text))
    return "".join(marks.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in pieces if piece)


def field(instruction: str, look: Look) -> Run:
    """A number that the program works out, e.g. PAGE; shown as — until it does."""
    shown = Run(look, "—", is_added=True).to_xml({})
    return Run(look, xml=f'<w:fldSimple w:instr=" {instruction} " w:dirty="true">{shown}</w:fldSimple>')


def runs_of(children: Iterable[Node | str], look: Look, draw: DrawPicture) -> list[Run]:
    """The runs of these pieces of text, white space collapsed as a browser does; nothing when they say nothing."""
    found: list[Run] = []
    for child in children:
        if isinstance(child, str):
            found.append(Run(look, child))
        else:
            _add(found, child, draw)
    return _collapsed(found)


def is_block(node: Node) -> bool:
    """Whether it begins a paragraph of its own."""
    return node.look.display in ("block", "table", "table-cell", "table-row", "table-footer-group")


def _add(found: list[Run], node: Node, draw: DrawPicture, *, is_raised: bool = False) -> None:
    look = node.look
    if look.display == "none":
        return
    if node.tag in _OF_TAG:
        found.extend(_OF_TAG[node.tag](node, draw))
    elif look.display == "inline-block" and look.width:
        found.extend(_blank(node))
    elif "choice" in node.classes:
        ticks = len(_paths(node)) > 1
        found.append(Run(look, TICKED_BOX if ticks else EMPTY_BOX, is_added=True))
    else:
        if look.display == "block" and any(run.text.strip() for run in found):
            found.append(_line_break(look))
        _add_inside(found, node, draw, is_raised=is_raised or node.tag == "sup")


def _add_inside(found: list[Run], node: Node, draw: DrawPicture, *, is_raised: bool) -> None:
    look = node.look
    for child in node.children:
        if isinstance(child, str):
            found.append(Run(look, child, is_raised=is_raised))
        else:
            _add(found, child, draw, is_raised=is_raised)
    found.extend(_page_field(node))
    if look.margin[1] > look.size / 4 or look.position == "absolute":
        found.append(Run(look, "\u3000", is_added=True))


def _line_break(look: Look) -> Run:
    return Run(look, xml="<w:r><w:br/></w:r>")


def _break(node: Node, _draw: DrawPicture) -> list[Run]:
    return [_line_break(node.look)]


def _drawing(node: Node, draw: DrawPicture) -> list[Run]:
    """A QR code as a picture; seals, marks and ornaments stay with the PDF."""
    rows = _QR_ROW.findall(_paths(node)[0]) if _paths(node) else []
    if not rows:
        return []
    side = int(node.attributes["viewBox"].split()[2])
    return [Run(node.look, xml=draw(_qr_png(rows, side), picture_side(node)))]


def picture_side(svg: Node) -> float:
    """How wide a drawing is, in points."""
    number, unit = _SIDE.findall(svg.attributes["width"])[0]
    return float(number) * UNITS[unit]


_OF_TAG: dict[str, Callable[[Node, DrawPicture], list[Run]]] = {"br": _break, "svg": _drawing}


def _paths(node: Node) -> list[str]:
    nested = (child for child in node.children if isinstance(child, Node))
    own = [node.attributes["d"]] if node.tag == "path" else []
    return [*own, *(path for child in nested for path in _paths(child))]


def _qr_png(rows: list[tuple[str, str, str]], side: int) -> bytes:
    picture = Image.new("1", (side, side), 1)
    for left, top, length in rows:
        picture.paste(0, (int(left), int(top), int(left) + int(length), int(top) + 1))
    file = BytesIO()
    picture.resize((side * QR_DOTS, side * QR_DOTS), Image.Resampling.NEAREST).save(file, "PNG")
    return file.getvalue()


def _blank(node: Node) -> list[Run]:
    """A place for the hand: underlined where the paper prints a line, named where it does not."""
    look, text = node.look, node.text.strip(" \t\r\n")
    if not any(look.border):
        return [Run(look, text) if text else Run(look, SIGN_HERE, is_added=True)]
    rest = max(round((look.width or 0) / look.size) - len(text), 1)
    told = [Run(look, text, is_underlined=True)] if text else []
    return [*told, Run(look, "\u3000" * rest, is_underlined=True, is_added=True)]


def _page_field(node: Node) -> list[Run]:
    if "target-counter" in node.look.after:
        return [field(f"PAGEREF {node.attributes['data-target'].lstrip('#')}", node.look)]
    return [field("NUMPAGES", node.look)] if "counter(pages)" in node.look.after else []


def _collapsed(runs: list[Run]) -> list[Run]:
    kept: list[Run] = []
    ends_in_space = True
    for run in runs:
        text = run.text if run.is_added else _SPACE.sub(" ", run.text)
        if ends_in_space and not run.is_added:
            text = text.removeprefix(" ")
        if not (text or run.xml):
            continue
        ends_in_space = text.endswith(" ") or "<w:br/>" in run.xml
        kept.append(Run(run.look, text, run.xml, run.is_raised, run.is_underlined, run.is_added))
    while kept and kept[-1].text.rstrip(" ") == "" and not kept[-1].xml:
        kept.pop()
    if kept and kept[-1].text.endswith(" "):
        last = kept.pop()
        kept.append(Run(last.look, last.text.rstrip(" "), "", last.is_raised, last.is_underlined, last.is_added))
    return kept
