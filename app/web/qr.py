"""How an address becomes a QR code that a strict page may show: an image in the address itself."""

import base64
import io

import segno


def qr_image(address: str) -> str:
    """The QR code as a data address of an SVG image."""
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(buffer, kind="svg", scale=5, border=4, xmldecl=False)
    return f"data:image/svg+xml;base64,{base64.b64encode(buffer.getvalue()).decode()}"
