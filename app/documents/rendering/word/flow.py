"""How the boxes of a paper become paragraphs and tables in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.documents.rendering.word.cascade import MM, Look, Node
from app.documents.rendering.word.formats import (
    BODY,
    CELL,
    FLUSH,
    FOOT,
    HEAD_CELL,
    HEADING,
    NUMBER,
    SIGNING,
    TITLE,
    Place,
    Role,
    StyleBook,
)
from app.documents.rendering.word.runs import SEAL_HERE, DrawPicture, Run, is_block, picture_side, runs_of
from app.documents.rendering.word.tables import EMPTY_LINE, Item, Table, read_table
from app.documents.rendering.words import em_width

LOW = 200 * MM
"""What is placed further down the sheet than this stands in the foot."""
SLACK_EM = 2
"""Some programs put space between Chinese characters and digits: a box as wide as its line needs room for it."""
ROLES = {"h1": TITLE, "h2": HEADING}
NO_SIDES = (0.0, 0.0, 0.0, 0.0)


@dataclass
class Paragraph:
    """One paragraph until it is written: its look, its place, its runs."""

    look: Look
    role: Role
    place: Place
    runs: list[Run]
    bookmark: str = ""

    def to_xml(self, book: StyleBook) -> str:
        """The paragraph beside its style."""
        properties, of_runs = book.beside(self.role, self.look, self.place)
        inside = "".join(run.to_xml(of_runs) for run in self.runs)
        if self.bookmark:
            number = f'w:id="{int(self.bookmark.lstrip("s"))}"'
            inside = f'<w:bookmarkStart {number} w:name="{self.bookmark}"/>{inside}<w:bookmarkEnd {number}/>'
        return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"

    def hold(self) -> None:
        """Keep it on the page of what follows."""
        self.place = replace(self.place, keeps_next=True)


@dataclass
class Gap:
    """The space between two tables, which would grow together without it."""

    height: float

    def to_xml(self, _book: StyleBook) -> str:
        """A line as high as the gap."""
        return EMPTY_LINE.replace('w:line="20"', f'w:line="{max(round(self.height * 20), 20)}"')

    def hold(self) -> None:
        """Nothing: it has no text."""


@dataclass(frozen=True)
class Frame:
    """What surrounds a box: its distance from both edges, rules and ground of the boxes around it."""

    left: float = 0.0
    right: float = 0.0
    border: tuple[float, float, float, float] = NO_SIDES
    background: str = ""

    def inside(self, look: Look) -> "Frame":
        """The same for what lies in a box of this look."""
        return Frame(
            self.left + look.margin[3] + look.padding[3],
            self.right + look.margin[1] + look.padding[1],
            look.border if any(look.border) else self.border,
            look.background if look.background.startswith("#") else self.background,
        )


@dataclass
class Flow:
    """The paragraphs and tables of one container `width` points wide, added box by box."""

    width: float
    role: Role
    draw: DrawPicture
    bookmarks: frozenset[str] = frozenset()
    items: list[Item] = field(default_factory=list)
    low: list[Node] = field(default_factory=list)
    foot: Node | None = None
    _space: float = 0.0
    _ahead: list[Run] = field(default_factory=list)

    def add_children(self, node: Node, frame: Frame) -> None:
        """The content of a box: boxes one after the other, the text between them as paragraphs."""
        inline: list[Node | str] = []
        for child in node.children:
            if isinstance(child, Node) and is_block(child):
                self._add_text(inline, node, frame)
                inline = []
                self._add(child, frame)
            else:
                inline.append(child)
        self._add_text(inline, node, frame)

    def end(self) -> Sequence[Item]:
        """What was added; a table at the end is followed by a line."""
        if not self.items or isinstance(self.items[-1], Table):
            self.items.append(Gap(0.0))
        return self.items

    def _add(self, node: Node, frame: Frame) -> None:
        look = node.look
        if look.display == "none":
            return
        if look.position.startswith("running"):
            self.foot = node
        elif look.position in ("absolute", "fixed"):
            self._add_placed(node, frame)
        elif node.tag == "table":
            self._add_table(node, frame)
        elif any(child.look.display == "table-cell" for child in node.children if isinstance(child, Node)):
            self._add_table(_as_table(node), frame)
        elif self._is_pulled_up(look):
            self._add_to_previous(node)
        else:
            self._add_box(node, frame)

    def _add_placed(self, node: Node, frame: Frame) -> None:
        """What is placed on the sheet: a box with a width is a paragraph, a mark beside text goes before that text."""
        if not node.text.strip():
            return
        if node.look.top > LOW:
            self.low.append(node)
        elif node.look.width:
            self._add_box(replace(node, look=replace(node.look, margin=NO_SIDES)), frame)
            # What follows left this much room for it.
            self._space = -node.look.line - node.look.padding[2]
        else:
            self._ahead = [*runs_of(node.children, node.look, self.draw), Run(node.look, "\u3000", is_added=True)]

    def _add_box(self, node: Node, frame: Frame) -> None:
        look, start = node.look, len(self.items)
        if look.is_tied_before and self.items:
            self.items[-1].hold()
        has_seal = "issuing" in node.classes and "noseal" not in node.classes
        # The paper keeps room for the seal above and below; here it is only named.
        self._space += look.margin[0] + (0.0 if has_seal else look.padding[0])
        inside = frame.inside(look)
        if look.display == "table" and look.is_pushed_right:
            # It is as wide as its longest line and stands at the right edge.
            inside = replace(inside, left=max(self.width - inside.right - _longest_line(node), inside.left))
        self.add_children(node, inside)
        added = self.items[start:]
        if not added:
            self._space += look.height
        if has_seal:
            self._name_place_of_seal(start)
        for item in added[:-1] if look.is_unbroken else []:
            item.hold()
        if look.is_tied_after and added:
            added[-1].hold()
        self._space += look.margin[2] + (0.0 if has_seal else look.padding[2])

    def _name_place_of_seal(self, start: int) -> None:
        issuer = self.items[start]
        if isinstance(issuer, Paragraph):
            place = replace(issuer.place, keeps_next=True)
            issuer.place = replace(issuer.place, before=0.0)
            seal = Paragraph(issuer.look, issuer.role, place, [Run(issuer.look, SEAL_HERE, is_added=True)])
            self.items.insert(start, seal)

    def _is_pulled_up(self, look: Look) -> bool:
        is_up = look.margin[0] < 0 and -look.margin[0] >= 0.9 * look.line
        return is_up and bool(self.items) and isinstance(self.items[-1], Paragraph)

    def _add_to_previous(self, node: Node) -> None:
        """What stands at the right end of the line before."""
        last = self.items[-1]
        if isinstance(last, Paragraph):
            last.place = replace(
                last.place, tab=self.width, keeps_next=node.look.is_tied_after or last.place.keeps_next
            )
            last.runs += [Run(node.look, "\t", is_added=True), *runs_of(node.children, node.look, self.draw)]

    def _add_text(self, inline: list[Node | str], node: Node, frame: Frame) -> None:
        found = runs_of(inline, node.look, self.draw)
        if not found:
            return
        place = Place(
            before=self._space,
            left=frame.left,
            right=frame.right,
            border=frame.border,
            background=frame.background,
            has_picture=any("<w:drawing" in run.xml for run in found),
        )
        bookmark = node.attributes.get("id", "")
        self.items.append(
            Paragraph(
                node.look,
                self._role_of(node),
                place,
                [*(replace(run, look=replace(run.look, colour=node.look.colour)) for run in self._ahead), *found],
                bookmark if bookmark in self.bookmarks else "",
            )
        )
        self._space, self._ahead = 0.0, []

    def _role_of(self, node: Node) -> Role:
        if "number" in node.classes:
            return NUMBER
        if node.tag in ROLES or self.role is not BODY:
            return ROLES.get(node.tag, self.role)
        if node.look.align in ("center", "right"):
            return SIGNING
        return BODY if node.look.indent > 0 else FLUSH

    def _add_table(self, node: Node, frame: Frame) -> None:
        look = node.look
        space = self._space + look.margin[0]
        if look.is_tied_before and self.items:
            self.items[-1].hold()
        if space > 0 or (self.items and isinstance(self.items[-1], Table)):
            self.items.append(Gap(space))
        available = self.width - frame.left - frame.right
        self.items.append(read_table(node, left=frame.left, available=available, fill=self._fill_cell))
        self._space = look.margin[2]

    def _fill_cell(self, node: Node, width: float) -> Sequence[Item]:
        is_ruled = any(node.look.border)
        role = FOOT if self.role is FOOT else SIGNING if not is_ruled else HEAD_CELL if node.tag == "th" else CELL
        inner = Flow(width, role, self.draw)
        inner.add_children(node, Frame())
        return inner.end() if inner.items else ()


def _longest_line(node: Node) -> float:
    """How wide the widest line of a box is, in points."""
    below = [child for child in node.children if isinstance(child, Node) and is_block(child)]
    if below:
        return max(_longest_line(child) for child in below)
    return (em_width("".join(node.text.split())) + SLACK_EM) * node.look.size


def _as_table(node: Node) -> Node:
    """Boxes that stand side by side as a table of one row; one with a picture alone is as wide as the picture."""
    cells = [replace(child, tag="td", look=_cell_look(child)) for child in node.children if isinstance(child, Node)]
    return replace(node, tag="table", children=[replace(node, tag="tr", look=Look(), children=[*cells])])


def _cell_look(node: Node) -> Look:
    pictures = [child for child in node.children if isinstance(child, Node) and child.tag == "svg"]
    if not pictures or node.text.strip():
        return node.look
    padding = (3 * MM,) * 4
    return replace(node.look, width=picture_side(pictures[0]) + 2 * padding[1], padding=padding)


def body_flow(body: Node, width: float, draw: DrawPicture) -> Flow:
    """The whole paper; its foot and what is placed low on the sheet are set aside."""
    flow = Flow(width, BODY, draw, bookmarks=frozenset(_targets(body)))
    flow.add_children(body, Frame())
    return flow


def foot_flow(flow: Flow, draw: DrawPicture) -> Flow:
    """What stands at the foot of every page: each text once."""
    foot = Flow(flow.width, FOOT, draw)
    seen: set[str] = set()
    for node in [flow.foot, *flow.low]:
        if node is not None and node.text.strip() not in seen:
            seen.add(node.text.strip())
            foot.add_children(node, Frame())
    return foot


def _targets(node: Node) -> list[str]:
    own = [node.attributes["data-target"].lstrip("#")] if "data-target" in node.attributes else []
    below = (child for child in node.children if isinstance(child, Node))
    return [*own, *(target for child in below for target in _targets(child))]
