"""How a drawing that stands on every page (a signature or QR code in the foot) is written into the file only once.

WeasyPrint draws an SVG anew on each page: sixty pages with nine signatures took twelve seconds. Here the first page
draws it into a form object, the others refer to it. The version is pinned by `typesetting`.
"""

from typing import Any

# Strokes reach half their width over the edge of a drawing.
_MARGIN = 4.0


def install() -> None:
    """Replace the drawing of SVG images in this process; nothing when already done."""
    from weasyprint.images import SVGImage  # noqa: PLC0415

    plain_draw = SVGImage.draw
    if hasattr(plain_draw, "writes_once"):
        return

    def draw(self: Any, stream: Any, width: float, height: float, style: Any) -> None:
        # The page's resources are part of the key: a form is known only where it was drawn.
        resources = stream._resources["XObject"]
        forms = self.__dict__.setdefault("_forms", {})
        key = (width, height, id(resources))
        if key not in forms:
            form = stream.add_group(-_MARGIN, -_MARGIN, width + 2 * _MARGIN, height + 2 * _MARGIN)
            # A plain form, no transparency group: seals and signatures are opaque.
            del form.extra["Group"]
            plain_draw(self, form, width, height, style)
            forms[key] = form.id
        stream.draw_x_object(forms[key])

    draw.writes_once = True  # type: ignore[attr-defined]
    SVGImage.draw = draw
