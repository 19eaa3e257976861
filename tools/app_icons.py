"""The icons that a phone puts on its home screen, drawn from `assets/icons/favicon.svg`.

    python -m tools.app_icons          writes assets/icons/app-192.png, app-512.png, app-maskable.png

They are committed, because drawing them needs a browser. The maskable one has no corners and its drawing stands in the
middle four fifths, since phones cut it to circles and drops.
"""

import re
import shutil
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "icons"
SAFE = 0.72


def main() -> None:
    """Draw all three."""
    drawing = (FOLDER / "favicon.svg").read_text(encoding="utf-8")
    cut = re.sub(r'(<rect[^>]*) rx="6"', r"\1", drawing)
    shift = 16 * (1 - SAFE)
    small = re.sub(r"<g ", f'<g transform="translate({shift} {shift}) scale({SAFE})" ', cut)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        for name, size, svg in (("192", 192, drawing), ("512", 512, drawing), ("maskable", 512, small)):
            draw(page, svg, size, FOLDER / f"app-{name}.png")
        browser.close()


def draw(page: Page, svg: str, size: int, file: Path) -> None:
    page.set_viewport_size(ViewportSize(width=size, height=size))
    page.set_content(f'<body style="margin:0">{svg.replace("<svg", f"<svg width={size} height={size}", 1)}')
    page.screenshot(path=file, omit_background=True)
    print(f"{file.name}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
