"""Drawings in place of photographs: a demo has no camera, and a stranger's photograph has an owner."""

from io import BytesIO
from math import cos, pi, sin
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

PAPER = (251, 250, 246)
SIZE = (640, 480)


def drawing(name: str, strands: tuple[int, int, int], ground: tuple[int, int, int]) -> SimpleUploadedFile:
    """A bundle of strands on a tray: close enough to noodles, tea or roots to tell products apart."""
    chance = Random(name)
    image = Image.new("RGB", SIZE, PAPER)
    canvas = ImageDraw.Draw(image)
    canvas.ellipse((48, 90, 592, 426), fill=ground)
    for _ in range(230):
        radius, turn = chance.uniform(32, 213), chance.uniform(0, 2 * pi)
        centre = (320 + chance.gauss(0, 21), 250 + chance.gauss(0, 13))
        points = [
            (centre[0] + radius * cos(turn + step / 12), centre[1] + radius * 0.58 * sin(turn + step / 12))
            for step in range(chance.randint(14, 40))
        ]
        shade = chance.uniform(0.78, 1.08)
        canvas.line(points, fill=tuple(min(255, int(part * shade)) for part in strands), width=chance.randint(2, 5))
    kept = BytesIO()
    image.save(kept, "JPEG", quality=85)
    return SimpleUploadedFile(f"{name}.jpg", kept.getvalue(), content_type="image/jpeg")
