"""How a paper's style sheet makes every element look: the few properties a Word file can show, computed by the rules
of CSS from the same text that the PDF is printed from.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import cssselect2
import tinycss2
import tinyhtml5

MM = 72 / 25.4
UNITS = {"mm": MM, "cm": 10 * MM, "pt": 1.0, "px": 0.75, "": 1.0}
SIDES = ("top", "right", "bottom", "left")
BASE_SIZE = 12.0
_WORDS_OF_SIDES = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}
_LENGTH = re.compile(r"(-?[\d.]+)(mm|cm|pt|px|em|%|)")
_FONT = re.compile(r"(?:(bold|normal)\s+)?([\d.]+\w+)(?:/([\d.]+\w*))?\s+(.+)", re.S)

Sides = tuple[float, float, float, float]
Properties = dict[str, str]


@dataclass(frozen=True)
class Look:
    """How one element looks; lengths in points, sides as top, right, bottom, left. Of a box: what is not inherited."""

    family: str = ""
    size: float = BASE_SIZE
    is_bold: bool = False
    line: float = 1.2 * BASE_SIZE
    line_factor: float | None = 1.2
    align: str = "left"
    indent: float = 0.0
    spacing: float = 0.0
    colour: str = "#000"
    display: str = "inline"
    position: str = "static"
    margin: Sides = (0.0, 0.0, 0.0, 0.0)
    padding: Sides = (0.0, 0.0, 0.0, 0.0)
    border: Sides = (0.0, 0.0, 0.0, 0.0)
    width: float | None = None
    height: float = 0.0
    top: float = 0.0
    is_pushed_right: bool = False
    is_tied_before: bool = False
    is_tied_after: bool = False
    is_unbroken: bool = False
    background: str = ""
    vertical: str = "baseline"
    after: str = ""


_INHERITED = ("family", "size", "is_bold", "line", "line_factor", "align", "indent", "spacing", "colour")
_BLOCKS = frozenset({"html", "body", "div", "p", "h1", "h2", "h3", "section", "ul", "ol", "li"})
_TABLE_PARTS = frozenset({"table", "thead", "tbody", "tr", "td", "th", "colgroup", "col"})


@dataclass
class Node:
    """One element with its look; the children in order, texts between them as plain text."""

    tag: str
    classes: frozenset[str]
    attributes: Mapping[str, str]
    look: Look
    children: "list[Node | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text below, as it stands."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


@dataclass(frozen=True)
class PageSize:
    """The sheet and its margins in points."""

    width: float
    height: float
    margin: Sides


def read_paper(html: str) -> tuple[Node, PageSize]:
    """The body of a composed paper with the look of each element, and its page; ValueError for an unknown length."""
    root = tinyhtml5.parse(html, namespace_html_elements=False)
    rules, matcher = _sheet("".join(element.text or "" for element in root.iter("style")))
    wrapper = cssselect2.ElementWrapper.from_html_root(root)
    html_look = _look_of(wrapper, Look(), matcher)
    body = next(child for child in wrapper.iter_children() if child.local_name == "body")
    return _node(body, html_look, matcher), _page(rules, _page_name(body, matcher))


@lru_cache(maxsize=100)
def _sheet(style: str) -> tuple[list[Any], cssselect2.Matcher]:
    """The rules of a style sheet and what finds them; nearly every paper of a form has the same."""
    rules = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    matcher = cssselect2.Matcher()
    for rule in rules:
        if rule.type != "qualified-rule":
            continue
        properties = _declared(rule.content)
        for selector in cssselect2.compile_selector_list(rule.prelude):
            matcher.add_selector(selector, properties)
    return rules, matcher


def _declared(content: Any) -> Properties:
    return {
        item.lower_name: tinycss2.serialize(item.value).strip()
        for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
        if item.type == "declaration"
    }


def _node(wrapper: Any, parent: Look, matcher: cssselect2.Matcher) -> Node:
    element = wrapper.etree_element
    look = _look_of(wrapper, parent, matcher)
    node = Node(str(wrapper.local_name), frozenset(wrapper.classes), dict(element.attrib), look)
    if element.text:
        node.children.append(element.text)
    for child in wrapper.iter_children():
        node.children.append(_node(child, look, matcher))
        if child.etree_element.tail:
            node.children.append(child.etree_element.tail)
    return node


def _look_of(wrapper: Any, parent: Look, matcher: cssselect2.Matcher) -> Look:
    tag = str(wrapper.local_name)
    inherited = {name: getattr(parent, name) for name in _INHERITED}
    look = Look(**inherited, display=_usual_display(tag))
    if tag in ("b", "th"):
        look = replace(look, is_bold=True)
    after = ""
    for _specificity, _order, pseudo, properties in sorted(matcher.match(wrapper), key=lambda hit: hit[:2]):
        if pseudo == "after":
            after = properties.get("content", "")
        elif pseudo is None:
            look = _with(look, properties, parent)
    inline = wrapper.etree_element.get("style")
    if inline:
        look = _with(look, _declared(inline), parent)
    return replace(look, after=after)


def _usual_display(tag: str) -> str:
    if tag in _TABLE_PARTS:
        return {"table": "table", "td": "table-cell", "th": "table-cell"}.get(tag, "table-part")
    return "block" if tag in _BLOCKS else "inline"


def _with(look: Look, properties: Properties, parent: Look) -> Look:
    if "font" in properties:
        look = _with_font(look, properties["font"], parent)
    for name, value in properties.items():
        if name in _SETTERS:
            look = _SETTERS[name](look, value, parent)
        elif name.startswith(("border-left", "border-top", "border-bottom", "border-right")) and "style" not in name:
            look = _one_side(look, "border", name.split("-")[1], _border_width(value))
        elif name.startswith(("margin-", "padding-")):
            kind, side = name.split("-")
            pushed = look.is_pushed_right or (name == "margin-left" and value == "auto")
            look = replace(_one_side(look, kind, side, _length(value, look.size)), is_pushed_right=pushed)
    return look


def _with_font(look: Look, value: str, parent: Look) -> Look:
    found = _FONT.fullmatch(value)
    if found is None:
        raise ValueError(f"unknown font {value}")
    weight, size, line, family = found.groups()
    look = replace(look, family=family, size=_length(size, parent.size), is_bold=weight == "bold")
    return _with_line(look, line or "1.2")


def _with_line(look: Look, value: str) -> Look:
    if value == "inherit":
        return look
    if re.fullmatch(r"[\d.]+", value):
        return replace(look, line=float(value) * look.size, line_factor=float(value))
    return replace(look, line=_length(value, look.size), line_factor=None)


def _with_size(look: Look, value: str, parent: Look) -> Look:
    look = replace(look, size=_length(value, parent.size))
    return replace(look, line=look.line_factor * look.size) if look.line_factor is not None else look


def _box(kind: str) -> Any:
    def apply(look: Look, value: str, _parent: Look) -> Look:
        words = value.split()
        top, right, bottom, left = (words[place] for place in _WORDS_OF_SIDES[len(words)])
        sides: dict[str, Any] = {kind: tuple(_length(word, look.size) for word in (top, right, bottom, left))}
        if kind == "margin":
            sides["is_pushed_right"] = left == "auto"
        return replace(look, **sides)

    return apply


def _one_side(look: Look, kind: str, side: str, length: float) -> Look:
    sides = list(getattr(look, kind))
    sides[SIDES.index(side)] = length
    changed: dict[str, Any] = {kind: tuple(sides)}
    return replace(look, **changed)


def _border_width(value: str) -> float:
    found = _LENGTH.search(value)
    return 0.0 if "none" in value or found is None else _length(found.group(), BASE_SIZE)


def _length(value: str, size: float) -> float:
    """Points; `em` against `size`; what depends on the container counts as nothing."""
    if value in ("auto", "normal", "none", "inherit"):
        return 0.0
    found = _LENGTH.fullmatch(value)
    if found is None:
        raise ValueError(f"unknown length {value}")
    number, unit = float(found.group(1)), found.group(2)
    if unit == "%":
        return 0.0
    return number * (size if unit == "em" else UNITS[unit])


def _width(look: Look, value: str, _parent: Look) -> Look:
    return replace(look, width=None if value.endswith("%") or value == "auto" else _length(value, look.size))


_SETTERS: dict[str, Any] = {
    "font-family": lambda look, value, _: replace(look, family=value),
    "font-size": _with_size,
    "font-weight": lambda look, value, _: replace(look, is_bold=value == "bold"),
    "line-height": lambda look, value, _: _with_line(look, value),
    "text-align": lambda look, value, _: replace(look, align=value),
    "text-indent": lambda look, value, _: replace(look, indent=_length(value, look.size)),
    "letter-spacing": lambda look, value, _: replace(look, spacing=_length(value, look.size)),
    "color": lambda look, value, _: replace(look, colour=value),
    "background": lambda look, value, _: replace(look, background=value),
    "display": lambda look, value, _: replace(look, display=value),
    "position": lambda look, value, _: replace(look, position=value),
    "margin": _box("margin"),
    "padding": _box("padding"),
    "border": lambda look, value, _: replace(look, border=(_border_width(value),) * 4),
    "width": _width,
    "height": lambda look, value, _: replace(look, height=_length(value, look.size)),
    "top": lambda look, value, _: replace(look, top=_length(value, look.size)),
    "vertical-align": lambda look, value, _: replace(look, vertical=value),
    "break-before": lambda look, value, _: replace(look, is_tied_before=value == "avoid"),
    "break-after": lambda look, value, _: replace(look, is_tied_after=value == "avoid"),
    "break-inside": lambda look, value, _: replace(look, is_unbroken=value == "avoid"),
}


def _page_name(body: Any, matcher: cssselect2.Matcher) -> str:
    named = [
        properties["page"]
        for *_, pseudo, properties in sorted(matcher.match(body), key=lambda hit: hit[:2])
        if pseudo is None and "page" in properties
    ]
    return named[-1] if named else ""


def _page(rules: list[Any], name: str) -> PageSize:
    size, margin = "A4", Look()
    for rule in rules:
        if rule.type != "at-rule" or rule.lower_at_keyword != "page":
            continue
        if tinycss2.serialize(rule.prelude).strip() not in ("", name):
            continue
        properties = _declared(rule.content)
        size = properties.get("size", size)
        if "margin" in properties:
            margin = _box("margin")(margin, properties["margin"], Look())
    width, height = {"A4": (210.0, 297.0), "A5": (148.0, 210.0)}[size]
    return PageSize(width * MM, height * MM, margin.margin)
