"""A farmer's day in the fields without a link: twenty entries, five of them with a picture, the last one a harvest."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Request

from langso.kernel.clock import VIET_NAM
from tests.faults.phone import KEPT, Phone

WORKS = ("/work/WEEDING/", "/work/WATERING/", "/work/LAND_PREPARATION/", "/work/PEST_CHECK/")
ENTRIES, PICTURES = 20, 5
SENT = ("/work/", "/harvest/", "/photos/", "/uploads/")


def snapshot(file: Path, seed: int, *, width: int = 2400) -> Path:
    """Something as heavy as a phone's camera makes it: soft shapes with noise."""
    base = Image.radial_gradient("L").resize((width, width * 3 // 4)).rotate(seed * 36)
    noise = Image.effect_noise((width // 4, width * 3 // 16), 40 + seed).resize(base.size)
    Image.merge("RGB", (base, noise, Image.blend(base, noise, 0.5))).save(file, "JPEG", quality=92)
    return file


def write_a_day(farmer: Phone, folder: Path) -> datetime:
    """Write the entries, 50 minutes apart, on pages that the phone has kept; returns when the first one was written."""
    began = datetime.now(VIET_NAM) - timedelta(hours=20)
    kept = farmer.page.evaluate(KEPT)
    forms = [next(path for path in kept if work in path) for work in WORKS]
    season = forms[0].partition("/work/")[0]
    for number in range(ENTRIES):
        farmer.page.clock.set_fixed_time(began + timedelta(minutes=50 * number))
        is_harvest = number == ENTRIES - 1
        farmer.go(f"{season}/harvest/" if is_harvest else forms[number % len(forms)])
        name = "quantity_kg" if is_harvest else "amount"
        farmer.page.locator(f"input[name={name}]").fill(str(number + 1))
        if number % (ENTRIES // PICTURES) == 0:
            farmer.add_picture(snapshot(folder / f"{number}.jpg", number))
        farmer.save()
    farmer.page.clock.set_fixed_time(datetime.now(VIET_NAM))
    return began


def listen_to(farmer: Phone) -> list[str]:
    """What the phone sends from now on, in order: `words` or `photo`."""
    kinds: list[str] = []

    def note(request: Request) -> None:
        if request.method in ("POST", "PUT") and any(part in request.url for part in SENT):
            kinds.append("photo" if "/photos/" in request.url or "/uploads/" in request.url else "words")

    farmer.page.on("request", note)
    return kinds


def amounts(entries: Sequence[dict[str, Any]]) -> list[int]:
    """The first number of each entry's text."""
    return [int(re.findall(r"\d+", entry["text"])[0]) for entry in entries]


def pictures_of(farmer: Phone) -> list[bytes]:
    """Every picture of the entries that this phone sent, as the node keeps them."""
    found = []
    for item in farmer.items():
        page = farmer.context.request.get(farmer.node.address + item["result"]).text()
        for part in page.split('href="')[1:]:
            address = part.split('"')[0]
            if "/photos/" in address and "?" not in address:
                found.append(farmer.context.request.get(farmer.node.address + address).body())
    return found
