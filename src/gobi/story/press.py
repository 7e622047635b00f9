"""From HTML to PDF and PNG, with the Chromium that prints the book."""

import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from gobi.book.paper import PRINT_TIMEOUT, print_page
from gobi.book.web import BookError
from gobi.story import text
from gobi.story.errors import StoryError

CARD_PIXELS = 1080


def print_on_one_page(
    chromium: str, html: Callable[[str], str], sizes: tuple[str, ...], pdf: Path
) -> int:
    """Print a page with letters as large as fit on one sheet.

    Args:
        chromium: the browser.
        html: makes the page for a size of letters. The page that fits stays beside the PDF.
        sizes: sizes of letters, the largest first.
        pdf: the file to write.

    Returns:
        0 if it fits; else how many words stand on further pages at the smallest size, at least 1.
    """
    page = pdf.with_suffix(".html")
    for size in sizes:
        page.write_text(html(size), encoding="utf-8", newline="\n")
        try:
            print_page(chromium, page, pdf)
            too_much = [each.extract_text() for each in PdfReader(pdf).pages[1:]]
        except BookError as error:
            raise StoryError(str(error).replace("the book", "the story")) from None
        except (PyPdfError, ValueError):
            raise StoryError(
                f"Chromium wrote a broken {pdf.name}; is the disk full? Try again."
            ) from None
        if not too_much:
            return 0
    return max(1, text.count_words("\n".join(too_much)))


def photograph(chromium: str, html: str, png: Path) -> None:
    """Save a square page as a picture in 256 colours.

    Raises:
        StoryError: Chromium fails or takes too long.
    """
    page = png.with_suffix(".html")
    page.write_text(html, encoding="utf-8", newline="\n")
    with tempfile.TemporaryDirectory() as profile:
        command = _screenshot_command(chromium, profile, page, png)
        try:
            result = subprocess.run(
                command, capture_output=True, text=True, timeout=PRINT_TIMEOUT, check=False
            )
        except subprocess.TimeoutExpired:
            raise StoryError(
                f"Chromium did not finish the card in {PRINT_TIMEOUT} seconds; try again."
            ) from None
    try:
        with Image.open(png) as image:
            square = image.convert("RGB").crop((0, 0, CARD_PIXELS, CARD_PIXELS))
    except OSError:
        lines = result.stderr.strip().splitlines() or ["no message"]
        raise StoryError(f"Chromium could not make the card: {lines[-1]}") from None
    square.quantize(256).save(png, format="PNG", optimize=True)
    page.unlink()


def _screenshot_command(chromium: str, profile: str, page: Path, png: Path) -> list[str]:
    """Return the command; the window is higher than the card, because Chromium cuts its foot."""
    command = [chromium, "--headless", "--disable-gpu", f"--user-data-dir={profile}"]
    command += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    command += ["--no-first-run", "--hide-scrollbars", "--force-device-scale-factor=1"]
    command += [f"--window-size={CARD_PIXELS},{CARD_PIXELS + 220}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--no-sandbox")  # Chromium refuses to start for root otherwise
    return [*command, f"--screenshot={png}", page.as_uri()]
