"""The print edition: all pages in one, a cover and contents in front, printed to PDF by Chromium.

Chromium knows running heads and page numbers (CSS margin boxes) but not the page number of
a link's target. So the book is printed twice: the first PDF says on which page each
heading stands, the second has these numbers in its contents.
"""

import logging
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PdfReadError

from gobi.book.web import BookError, run_jupyter_book, stage
from gobi.machine import PRINT_PACKAGES, find_chromium

STATIC = Path(__file__).parent / "static" / "print"
TITLE = "Natural resource data for Umnugovi"
TITLE_MN = "Өмнөговийн байгалийн нөөцийн өгөгдөл"
PRINT_TIMEOUT = 600

# pypdf remarks on the object count of every PDF that Chromium makes; it is harmless.
logging.getLogger("pypdf").setLevel(logging.ERROR)


HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: The part of the book whose pages are printed short, one after another.
CATALOGUE = "Data catalogue"
#: Pages whose titles begin so are printed small: each must fit on one sheet of paper.
SHEET = "Cheat sheet"
#: Headings of a dataset's page that are left out of the printed edition.
SCREEN_ONLY = ("First rows", "Columns", "What is checked")


@dataclass(frozen=True)
class Entry:
    """One line of the contents: title, anchor in the page, depth (0 is a part)."""

    text: str
    anchor: str
    depth: int


@dataclass(frozen=True)
class Chapter:
    """One page of the web edition, in print: its section, its line in the contents, its part."""

    section: Tag
    entry: Entry
    part: str


def build(root: Path, pdf: Path) -> Path:
    """Make the print edition as a PDF.

    Args:
        root: the course folder.
        pdf: the file to write; replaced in one step.

    Returns:
        The file.

    Raises:
        BookError: Chromium is missing or fails, or a page has an error.
    """
    chromium = find_chromium()
    if chromium is None:
        raise BookError(
            f"The print edition needs Chromium; on Debian or Ubuntu run: {PRINT_PACKAGES}"
        )
    made = run_jupyter_book(stage(root), "singlehtml", root / "_build" / "web")
    soup = compose((made / "index.html").read_text(encoding="utf-8"))
    page = made / "print.html"
    with tempfile.TemporaryDirectory(dir=root / "_build") as folder:
        first, second = Path(folder) / "first.pdf", Path(folder) / "second.pdf"
        page.write_text(str(soup), encoding="utf-8")
        print_page(chromium, page, first)
        fill_contents(soup, page_numbers(first))
        page.write_text(str(soup), encoding="utf-8")
        print_page(chromium, page, second)
        finish(second, Path(folder) / "book.pdf")
        (Path(folder) / "book.pdf").replace(pdf)
    return pdf


def compose(html: str) -> BeautifulSoup:
    """Turn Jupyter Book's single page into a page for print.

    Args:
        html: the page that the ``singlehtml`` builder made.

    Returns:
        The page with cover, contents (page numbers still empty) and body.
    """
    source = BeautifulSoup(html, "html.parser")
    article = source.select_one("article")
    if article is None or not article.select("span[id^=document-]"):
        raise BookError("Jupyter Book's single page is not as expected; was the theme changed?")
    soup = BeautifulSoup("<!DOCTYPE html><html lang='en'></html>", "html.parser")
    soup.html.extend([head(soup, source), soup.new_tag("body")])
    clean(article, soup)
    chapters = flatten(article)
    for chapter in chapters:
        for emptied in chapter.section.select(".toctree-wrapper"):
            emptied.decompose()  # it held the pages below; left here it may take a page of its own
        if chapter.part == CATALOGUE and chapter.entry.depth:
            shorten(chapter.section)
    soup.body.append(cover(soup))
    soup.body.append(contents(soup, [chapter.entry for chapter in chapters]))
    main = soup.new_tag("main")
    main.extend(chapter.section for chapter in chapters)
    soup.body.append(main)
    soup.head.append(running_heads(soup, chapters))
    return soup


def shorten(dataset: Tag) -> None:
    """Leave out of a dataset's page what only helps at a computer: rows, columns, downloads."""
    for heading in dataset.find_all("h2"):
        if heading.get_text().strip() in SCREEN_ONLY:
            heading.find_parent("section").decompose()
    for paragraph in dataset.find_all("p"):
        if paragraph.select_one("a.download") or "For Excel take" in paragraph.get_text():
            paragraph.decompose()


def flatten(article: Tag) -> list[Chapter]:
    """Take the nested pages of the single page apart: each becomes a chapter of its own.

    Sphinx marks the start of each page with an empty ``span`` whose id begins with
    ``document-``, and puts the pages below it inside its section.
    """
    marks = article.select("span[id^=document-]")
    sections = [article.find("section"), *(mark.find_next_sibling("section") for mark in marks)]
    depths = [len(section.find_parents("section")) for section in sections]
    chapters, part = [], ""
    for section, depth in zip(sections, depths, strict=True):
        section.extract()
        title = section.find(HEADINGS)
        entry = Entry(title.get_text().strip(), section["id"], 0 if depth <= 1 else 1)
        part = entry.text if entry.depth == 0 else part
        shift = int(title.name[1]) - 1
        for heading in section.find_all(HEADINGS):
            heading.name = f"h{max(1, int(heading.name[1]) - shift)}"
        chapters.append(Chapter(section, entry, part))
    return chapters


def running_heads(soup: BeautifulSoup, chapters: list[Chapter]) -> Tag:
    """Return a style sheet that puts the part's title at the head of each page."""
    rules, parts = [], list(dict.fromkeys(chapter.part for chapter in chapters))
    for chapter in chapters:
        chapter.section["class"] = [*kind(chapter), f"part-{parts.index(chapter.part)}"]
    for number, part in enumerate(parts):
        text = part.replace("\\", "").replace('"', "'")
        rules.append(f".part-{number} {{ page: part{number}; }}")
        rules.append(f'@page part{number} {{ @top-right {{ content: "{text}"; }} }}')
    style = soup.new_tag("style")
    style.string = "\n".join(rules)
    return style


def kind(chapter: Chapter) -> list[str]:
    """Return the classes that say how a page of the book is printed."""
    if chapter.part == CATALOGUE and chapter.entry.depth:
        return ["dataset"]
    return ["chapter", "sheet"] if chapter.entry.text.startswith(SHEET) else ["chapter"]


def head(soup: BeautifulSoup, source: BeautifulSoup) -> Tag:
    """Return the page's head: title, code colours, the print style sheet."""
    tag = soup.new_tag("head")
    title, style = soup.new_tag("title"), soup.new_tag("style")
    title.string = f"{TITLE} | {TITLE_MN}"
    style.string = (STATIC / "print.css").read_text(encoding="utf-8")
    colours = [
        link for link in source.select("link[rel=stylesheet]") if "pygments" in link.get("href", "")
    ]
    tag.extend([soup.new_tag("meta", charset="utf-8"), title, *colours, style])
    return tag


def clean(article: Tag, soup: BeautifulSoup) -> None:
    """Take out what only works on a screen, and open what is folded."""
    for node in article.select("a.headerlink, button, .prev-next-area, style.mystnb"):
        node.decompose()
    for node in article.select("script"):
        if node.get("type") == "application/vnd.jupyter.widget-view+json":
            note = soup.new_tag("p", attrs={"class": "screen-only"})
            note.string = "This part moves: open the web edition or the notebook to use it."
            node.replace_with(note)
        else:
            node.decompose()
    for node in article.select("details"):
        node["open"] = ""


def cover(soup: BeautifulSoup) -> Tag:
    """Return the cover."""
    box = soup.new_tag("section", attrs={"class": "cover"})
    lines = [
        ("p", "series", "An open course for infomediaries"),
        ("h1", "", TITLE),
        ("p", "mn", TITLE_MN),
        ("p", "modules", "Digital skills · Open data · Analysis · Visualization · Storytelling"),
        ("p", "licence", "Text CC BY 4.0. Code BSD-3-Clause. Each dataset has its own licence."),
    ]
    for name, css, text in lines:
        tag = soup.new_tag(name, attrs={"class": css} if css else {})
        tag.string = text
        box.append(tag)
    return box


def contents(soup: BeautifulSoup, entries: list[Entry]) -> Tag:
    """Return the contents; each line has an empty place for its page number."""
    box = soup.new_tag("nav", attrs={"class": "contents"})
    heading = soup.new_tag("h1")
    heading.string = "Contents"
    box.append(heading)
    for entry in entries:
        line = soup.new_tag("a", href=f"#{entry.anchor}", attrs={"class": f"depth-{entry.depth}"})
        text, number = soup.new_tag("span"), soup.new_tag("span", attrs={"class": "page"})
        text.string = entry.text
        line.extend([text, number])
        box.append(line)
    return box


def print_page(chromium: str, page: Path, pdf: Path) -> None:
    """Print a page to PDF with Chromium.

    Raises:
        BookError: Chromium fails or takes longer than ten minutes.
    """
    with tempfile.TemporaryDirectory() as profile:
        command = [chromium, "--headless", "--disable-gpu", f"--user-data-dir={profile}"]
        command += [
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ]
        command += ["--no-first-run", "--no-pdf-header-footer", "--generate-pdf-document-outline"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # Chromium refuses to start for root otherwise
        command += [f"--print-to-pdf={pdf}", page.as_uri()]
        try:
            result = subprocess.run(
                command, capture_output=True, text=True, timeout=PRINT_TIMEOUT, check=False
            )
        except subprocess.TimeoutExpired:
            raise BookError(
                f"Chromium did not finish the PDF in {PRINT_TIMEOUT} seconds; try again."
            ) from None
    if result.returncode or not pdf.is_file():
        lines = result.stderr.strip().splitlines() or ["no message"]
        raise BookError(f"Chromium could not print the book: {lines[-1]}")


def page_numbers(pdf: Path) -> dict[str, int]:
    """Read on which page each anchor stands; the cover is page 1."""
    try:
        reader = PdfReader(pdf)
        return {
            name.lstrip("/"): reader.get_destination_page_number(place) + 1
            for name, place in reader.named_destinations.items()
        }
    except PdfReadError as error:
        raise BookError(f"The PDF that Chromium made cannot be read: {error}") from None


def fill_contents(soup: BeautifulSoup, pages: dict[str, int]) -> None:
    """Write the page numbers into the contents.

    Raises:
        BookError: a heading of the contents is not in the PDF.
    """
    for line in soup.select("nav.contents a"):
        anchor = line["href"].lstrip("#")
        if anchor not in pages:
            raise BookError(f"The heading '{line.get_text()}' did not reach the printed book.")
        line.select_one(".page").string = str(pages[anchor])


def finish(pdf: Path, target: Path) -> None:
    """Set title, author and language of the PDF."""
    writer = PdfWriter(clone_from=pdf)
    writer.add_metadata(
        {"/Title": f"{TITLE} | {TITLE_MN}", "/Author": "The Umnugovi data course contributors"}
    )
    writer.write(target)
