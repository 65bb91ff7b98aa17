"""How a table of a paper becomes a table of the file: a rectangular grid with merged cells, widths, rules, heights."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.documents.rendering.word.cascade import MM, Look, Node, Sides
from app.documents.rendering.word.formats import BORDER_SIDES, StyleBook, eighths, twips


class Item(Protocol):
    """A paragraph or a table."""

    def to_xml(self, book: StyleBook) -> str:
        """Its XML."""
        ...

    def hold(self) -> None:
        """Keep it on the page of what follows."""
        ...


FillCell = Callable[[Node, float], Sequence[Item]]
"""The content of a cell `width` points wide."""
SQUEEZE = 0.6
"""Office programs set digits a little wider: what fits its column on paper must fit it there."""
EMPTY_LINE = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'


@dataclass
class Cell:
    """One cell of a row: what it spans, what it holds; `is_covered` when a cell above reaches down into it."""

    look: Look
    column: int
    columns: int
    rows: int = 1
    is_covered: bool = False
    items: Sequence[Item] = ()


@dataclass
class Row:
    """One row of cells that fill the grid."""

    cells: list[Cell] = field(default_factory=list)
    is_head: bool = False
    is_tied_before: bool = False

    @property
    def height(self) -> float:
        """The least height that a cell asks for."""
        return max((cell.look.height for cell in self.cells if not cell.is_covered), default=0.0)


@dataclass
class Table:
    """A table until it is written."""

    look: Look
    left: float
    widths: list[float]
    rows: list[Row]

    def hold(self) -> None:
        """Keep its last row on the page of what follows."""
        _hold(self.rows[-1])

    def to_xml(self, book: StyleBook) -> str:
        """The table with its grid."""
        first = next((cell.look for row in self.rows for cell in row.cells if not cell.is_covered), Look())
        grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in self.widths)
        rows = "".join(self._row_xml(row, first, book) for row in self.rows)
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(map(twips, self.widths))}" w:type="dxa"/>'
            f'<w:tblInd w:w="{twips(self.left)}" w:type="dxa"/>'
            f"<w:tblBorders>{_sides(self.look.border)}{_rule('insideH', first.border[2])}"
            f'{_rule("insideV", first.border[1])}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            f"<w:tblCellMar>{_margins(first.padding)}</w:tblCellMar></w:tblPr>"
            f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        )

    def _row_xml(self, row: Row, first: Look, book: StyleBook) -> str:
        head = "<w:tblHeader/>" if row.is_head else ""
        height = f'<w:trHeight w:val="{twips(row.height)}" w:hRule="atLeast"/>' if row.height else ""
        cells = "".join(self._cell_xml(cell, first, book) for cell in row.cells)
        return f"<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>{cells}</w:tr>"

    def _cell_xml(self, cell: Cell, first: Look, book: StyleBook) -> str:
        look = cell.look
        width = sum(map(twips, self.widths[cell.column : cell.column + cell.columns]))
        merged = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else "<w:vMerge/>" if cell.is_covered else ""
        span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        rules = f"<w:tcBorders>{_sides(look.border)}</w:tcBorders>" if look.border != first.border else ""
        margins = f"<w:tcMar>{_margins(look.padding)}</w:tcMar>" if look.padding != first.padding else ""
        vertical = {"middle": "center", "bottom": "bottom"}.get(look.vertical, "top")
        inside = "".join(item.to_xml(book) for item in cell.items)
        # A cell ends in a paragraph, whatever it holds.
        inside += "" if cell.items and not isinstance(cell.items[-1], Table) else EMPTY_LINE
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}{rules}{margins}'
            f'<w:vAlign w:val="{vertical}"/></w:tcPr>{inside}</w:tc>'
        )


def read_table(node: Node, *, left: float, available: float, fill: FillCell) -> Table:
    """The table of an element that has `available` points of width; every row reaches over all columns."""
    rows = _rows_of(node)
    count = max(sum(_span(cell, "colspan") for cell in _cells_of(row)) for row, _ in rows)
    widths = _widths(node, count, node.look.width or available)
    table = Table(node.look, left, widths, [])
    open_rows: dict[int, tuple[Cell, int]] = {}
    for row, is_head in rows:
        table.rows.append(_row(row, is_head, widths, open_rows, fill))
    for before, row_after in zip(table.rows, table.rows[1:], strict=False):
        if row_after.is_tied_before:
            _hold(before)
    return table


def _row(node: Node, is_head: bool, widths: list[float], open_rows: dict[int, tuple[Cell, int]], fill: FillCell) -> Row:
    row = Row(is_head=is_head, is_tied_before=node.look.is_tied_before)
    waiting, column = _cells_of(node), 0
    while column < len(widths):
        above, rest = open_rows.pop(column, (None, 0))
        if above is not None:
            cell = Cell(above.look, column, above.columns, is_covered=True)
        elif waiting:
            cell = _filled(waiting.pop(0), column, widths, fill)
            rest = cell.rows
        else:
            cell = Cell(_without_rules(node.look), column, len(widths) - column)
        if rest > 1:
            open_rows[column] = (above or cell, rest - 1)
        row.cells.append(cell)
        column += cell.columns
    return row


def _filled(node: Node, column: int, widths: list[float], fill: FillCell) -> Cell:
    columns = min(_span(node, "colspan"), len(widths) - column)
    inner = sum(widths[column : column + columns]) - SQUEEZE * (node.look.padding[1] + node.look.padding[3])
    return Cell(node.look, column, columns, _span(node, "rowspan"), items=fill(node, inner))


def _without_rules(look: Look) -> Look:
    return Look(family=look.family, size=look.size)


def _hold(row: Row) -> None:
    for cell in row.cells:
        for item in cell.items:
            item.hold()


def _rows_of(node: Node) -> list[tuple[Node, bool]]:
    rows = []
    for child in _nodes(node):
        if child.tag == "tr":
            rows.append((child, False))
        elif child.tag in ("thead", "tbody"):
            rows.extend((row, child.tag == "thead") for row in _nodes(child) if row.tag == "tr")
    return rows


def _cells_of(row: Node) -> list[Node]:
    return [child for child in _nodes(row) if child.tag in ("td", "th")]


def _nodes(node: Node) -> list[Node]:
    return [child for child in node.children if isinstance(child, Node)]


def _span(cell: Node, name: str) -> int:
    return max(int(cell.attributes.get(name, "1")), 1)


def _widths(node: Node, count: int, available: float) -> list[float]:
    """The columns as their group or the first row says; what is left is shared by those that say nothing."""
    group = next((child for child in _nodes(node) if child.tag == "colgroup"), None)
    named: list[float | None] = [child.look.width for child in _nodes(group)] if group else []
    if not named:
        for cell in _cells_of(_rows_of(node)[0][0]):
            span = _span(cell, "colspan")
            named += [cell.look.width / span if cell.look.width else None] * span
    named = [*named, *[None] * count][:count]
    taken, free = sum(width or 0.0 for width in named), sum(width is None for width in named)
    share = max((available - taken) / free, 5 * MM) if free else 0.0
    widths = [share if width is None else width for width in named]
    scale = available / sum(widths)
    return [width * scale for width in widths]


def _sides(widths: Sides) -> str:
    top, right, bottom, left = widths
    return "".join(_rule(side, width) for side, width in zip(BORDER_SIDES, (top, left, bottom, right), strict=True))


def _rule(side: str, width: float) -> str:
    kind = f'w:val="single" w:sz="{eighths(width)}" w:space="0" w:color="000000"' if width else 'w:val="nil"'
    return f"<w:{side} {kind}/>"


def _margins(padding: Sides) -> str:
    top, right, bottom, left = padding[0], SQUEEZE * padding[1], padding[2], SQUEEZE * padding[3]
    named = zip(BORDER_SIDES, (top, left, bottom, right), strict=True)
    return "".join(f'<w:{side} w:w="{twips(length)}" w:type="dxa"/>' for side, length in named)
