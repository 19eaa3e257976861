"""The picture of the README: three screens of a running demo node, side by side.

python -m tools.overview http://127.0.0.1:8000          writes docs/pictures/overview.png
"""

import io
import json
import re
import sys
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from langso.kernel.ui.browser import chromium

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "pictures" / "overview.png"
PHONE, DESK = (360, 740), (1100, 740)
GAP, PAPER = 24, (238, 236, 228)


def screen(browser: Browser, node: str, path: str, size: tuple[int, int], who: str = "") -> Image.Image:
    """One screen as its reader sees it, signed in as one of the demo's people."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="vi-VN")
    page = context.new_page()
    if who:
        page.goto(f"{node}/sign-in/")
        for folded in page.query_selector_all("details"):
            folded.evaluate("each => { each.open = true }")
        page.locator("li", has_text=re.compile(rf"·\s*{who}\s*$")).get_by_role("button").click()
        page.wait_for_load_state()
    page.goto(f"{node}{path}", wait_until="networkidle")
    taken = Image.open(io.BytesIO(page.screenshot()))
    context.close()
    return taken


def main(node: str) -> None:
    with urllib.request.urlopen(f"{node}/api/lots") as answer:  # noqa: S310
        lot = json.load(answer)["items"][0]["code"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        screens = [
            screen(browser, node, "/home/", PHONE, "0500 000 001"),
            screen(browser, node, "/desk/", DESK, "giam-doc"),
            screen(browser, node, f"/lot/{lot}", PHONE),
        ]
        browser.close()
    width = sum(each.width for each in screens) + GAP * (len(screens) + 1)
    sheet = Image.new("RGB", (width, PHONE[1] + 2 * GAP), PAPER)
    left = GAP
    for each in screens:
        sheet.paste(each, (left, GAP))
        left += each.width + GAP
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(128).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
