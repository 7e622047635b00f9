"""The print edition: cover, contents with page numbers, running heads, tables, charts, Cyrillic."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from gobi import data, notebooks, sessions
from gobi.book import paper


@pytest.fixture(scope="module")
def pdf(root: Path, tmp_path_factory) -> Path:
    return paper.build(root, tmp_path_factory.mktemp("print") / "book.pdf")


@pytest.fixture(scope="module")
def texts(pdf: Path) -> list[str]:
    """The text of each page, as pdftotext extracts it."""
    program = shutil.which("pdftotext")
    assert program, "install poppler-utils"
    result = subprocess.run([program, "-layout", str(pdf), "-"], capture_output=True, check=True)
    return result.stdout.decode("utf-8").split("\f")[:-1]


def test_cover_has_title_in_two_languages(texts: list[str]):
    cover = " ".join(texts[0].split())
    assert "Natural resource data for Umnugovi" in cover
    assert "Өмнөгов" in cover


def test_book_is_printed_at_full_size(pdf: Path):
    """Chromium shrinks every page when one table is too wide: the title would not be 34 pt."""
    command = ["pdftotext", "-bbox", "-l", "1", str(pdf), "-"]
    html = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    top, bottom = re.search(r'yMin="([\d.]+)"[^>]*yMax="([\d.]+)">Natural<', html).groups()
    assert 36 < float(bottom) - float(top) < 44


@pytest.fixture(scope="module")
def pictures(pdf: Path) -> list[list[str]]:
    """The pictures in the PDF, a row each, as pdfimages lists them."""
    command = ["pdfimages", "-list", str(pdf)]
    table = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in table.splitlines()[2:]]
    return [row for row in rows if row[2] == "image"]


def test_charts_are_sharp_and_keep_their_proportions(pictures: list[list[str]]):
    charts = [row for row in pictures if int(row[3]) > 1000]
    assert len(charts) > 50
    for row in charts:
        across, upwards = int(row[12]), int(row[13])
        assert abs(across / upwards - 1) < 0.03, f"page {row[0]}: {across} by {upwards} per inch"
        assert across > 150, f"page {row[0]}: only {across} pixels per inch"


def test_cyrillic_is_extractable(texts: list[str]):
    everything = "\n".join(texts)
    for word in ("Өмнөговь", "Даланзадгад", "Ханбогд"):
        assert word in everything


def test_contents_lead_to_the_right_pages(pdf: Path, texts: list[str], root: Path):
    contents = "\n".join(texts[1:6])
    for path in notebooks.lessons(root):
        title = sessions.title(notebooks.read(path))
        line = next(line for line in contents.splitlines() if title[:28] in line)
        number = int(line.split()[-1])
        assert title[:28] in texts[number - 1], f"'{title}' is not on page {number}"


def test_every_page_has_its_number_and_running_head(texts: list[str]):
    for number, text in enumerate(texts[1:], start=2):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        assert lines[0].startswith("Natural resource data for Umnugovi"), f"page {number}"
        assert lines[-1].endswith(str(number)), f"page {number}: {lines[-1]}"


def test_each_cheat_sheet_is_one_page(texts: list[str]):
    starts = [n for n, text in enumerate(texts) if "\nCheat sheet: module" in text and n > 5]
    assert len(starts) >= 3
    for number in starts:
        head, following = texts[number].splitlines()[0], texts[number + 1]
        module = head.split("Umnugovi")[1].strip()
        assert not following.splitlines()[0].endswith(module), f"{module}: more than one page"


def test_pages_are_a4_and_none_is_empty(pdf: Path, texts: list[str]):
    reader = PdfReader(pdf)
    assert len(reader.pages) == len(texts)
    assert len(texts) > 40
    for page in reader.pages:
        assert abs(float(page.mediabox.width) - 595) < 2
        assert abs(float(page.mediabox.height) - 842) < 2
    for number, text in enumerate(texts, start=1):
        assert len(text.split()) > 10, f"page {number} is empty"


def test_charts_and_maps_are_present(pictures: list[list[str]], root: Path):
    stored = sum(
        "image/png" in output.get("data", {})
        for path in notebooks.lessons(root)
        for cell in notebooks.read(path).cells
        if cell.cell_type == "code"
        and not {"remove-output", "remove-cell"} & set(cell.metadata.get("tags", []))
        for output in cell.outputs
    )
    printed = {row[10] for row in pictures}
    assert len(printed) >= stored >= 60


def test_tables_are_tables(texts: list[str]):
    """A row of the soum table stands on one line, cell beside cell."""
    rows = [line for text in texts for line in text.splitlines() if "34601" in line]
    assert any("Dalanzadgad" in row and "Даланзадгад" in row for row in rows)


def test_datasets_are_in_the_book(texts: list[str], root: Path):
    everything = " ".join(" ".join(texts).split()).replace("’", "'")
    for resource in data.load_package(root / "datasets")["resources"]:
        assert resource["title"] in everything


def test_document_has_title_outline_and_tags(pdf: Path):
    reader = PdfReader(pdf)
    assert "Umnugovi" in reader.metadata.title
    assert len(reader.outline) > 0
    assert "/StructTreeRoot" in reader.trailer["/Root"], "not a tagged PDF"


def test_print_page_has_no_leftovers(root: Path):
    html = (root / "_build/web/_build/singlehtml/print.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert "http-equiv" not in html


def test_missing_browser_is_said(root: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(paper, "find_chromium", lambda: None)
    with pytest.raises(paper.BookError, match="apt-get install"):
        paper.build(root, tmp_path / "book.pdf")
