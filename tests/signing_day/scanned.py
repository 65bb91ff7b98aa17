"""What a scanner makes of printed agreements: turned, skewed, grey, noisy, written on; and stacks of such pages."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter


@dataclass(frozen=True)
class Fault:
    """How a page lies on the glass."""

    turn: float = 0
    dpi: int = 150
    is_written_on: bool = True
    quality: int = 70


def scan_page(pdf: bytes, number: int, fault: Fault | None = None) -> bytes:
    """One page of a PDF as a JPEG from a scanner."""
    fault = fault or Fault()
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[number - 1]
        picture = page.render(scale=fault.dpi / 72, grayscale=True).to_pil().convert("L")
        page.close()
    return _jpeg(_on_the_glass(picture, fault, seed=number), fault.quality)


def blank_page(shade: int = 238) -> bytes:
    """The reverse of a page: grey paper, grains of noise, the dark edge of the glass."""
    picture = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(picture).rectangle((0, 0, 20, 1754), fill=40)
    return _jpeg(_on_the_glass(picture, Fault(is_written_on=False), seed=1, shade=shade))


def without_code(pdf: bytes, number: int, fault: Fault | None = None) -> bytes:
    """A page whose foot was torn off."""
    with Image.open(BytesIO(scan_page(pdf, number, fault))) as picture:
        torn = picture.convert("L")
    ImageDraw.Draw(torn).rectangle((0, int(torn.height * 0.88), torn.width, torn.height), fill=235)
    return _jpeg(torn, (fault or Fault()).quality)


def with_the_foot_alone(pdf: bytes, number: int, fault: Fault | None = None) -> bytes:
    """A page whose code can be read and whose text cannot be seen."""
    with Image.open(BytesIO(scan_page(pdf, number, fault))) as picture:
        covered = picture.convert("L")
    ImageDraw.Draw(covered).rectangle((0, 0, covered.width, int(covered.height * 0.85)), fill=235)
    return _jpeg(covered, (fault or Fault()).quality)


def as_pdf(pictures: Iterable[bytes]) -> bytes:
    """Pictures as the one PDF that an office scanner sends."""
    pages = [Image.open(BytesIO(each)) for each in pictures]
    target = BytesIO()
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    return target.getvalue()


def _on_the_glass(picture: Image.Image, fault: Fault, *, seed: int, shade: int = 235) -> Image.Image:
    if fault.is_written_on:
        _write_on(picture, random.Random(seed))
    is_laid_across = abs(fault.turn) > 20
    turned = picture.rotate(-fault.turn, Image.Resampling.BICUBIC, expand=is_laid_across, fillcolor=255)
    grey = turned.point(lambda level: level * shade // 255)
    noisy = ImageChops.add(grey, Image.effect_noise(grey.size, 20), 1, -128)
    return noisy.filter(ImageFilter.GaussianBlur(0.6))


def _write_on(picture: Image.Image, chance: random.Random) -> None:
    pen = ImageDraw.Draw(picture)
    for _signature in range(4):
        x, y = chance.uniform(0.2, 0.8) * picture.width, chance.uniform(0.3, 0.8) * picture.height
        points = [(x, y)]
        for _stroke in range(12):
            x, y = x + chance.uniform(-40, 60), y + chance.uniform(-40, 40)
            points.append((x, y))
        pen.line(points, fill=30, width=4)


def _jpeg(picture: Image.Image, quality: int = 70) -> bytes:
    target = BytesIO()
    picture.save(target, "JPEG", quality=quality)
    return target.getvalue()
