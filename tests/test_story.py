"""A data story: what is made from a notebook, and what stops it."""

import asyncio
import base64
import errno
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

import gobi
from gobi import dataset, machine, notebooks, story
from gobi.story import StoryError, pages, reading, text

ALL = {"story.html", "story.pdf", "card.png", "poster.pdf", "radio.txt"}
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
TITLE_MN = "Өмнөговийн мал таван жилд гуравны нэгээр цөөрсөн"

#: A finished story on the template's numbers; {peak} and {last} are filled in from the dataset.
FILLED = {
    "story-title": f"# Umnugovi's herd shrank by a third in five years\n*{TITLE_MN}*",
    "story-audience": (
        "Herders' representatives and the aimag's agriculture department, before they decide how "
        "much hay to store for next winter."
    ),
    "story-claim": (
        "Umnugovi had {peak} million animals at the end of 2019 and {last} million "
        "at the end of 2024: {change}% fewer."
    ),
    "story-evidence": (
        "The livestock census counts horses, cattle, camels, sheep and goats each December. We "
        "added the five.\n\n"
        "| Year | Million animals |\n|---|---:|\n| 2019 | {peak} |\n| 2024 | {last} |\n\n"
        "The herd also fell after 1999 and after 2009. Both times it grew back within ten years."
    ),
    "story-alt": (
        "EN: Line chart of all livestock in Umnugovi from 1970 to 2024. The herd peaks at {peak} "
        "million in 2019 and falls to {last} million in 2024.\n\n"
        "MN: Шугаман график. Өмнөговь аймгийн мал 2019 онд {peak} сая, 2024 онд {last} сая "
        "толгой байсан."
    ),
    "story-limit": (
        "The table does not say why herds shrank: animals die in a dzud, and they are also sold "
        "and slaughtered. It shows the aimag, not a soum and not a family."
    ),
    "story-missing": (
        "Families who gave up herding are no longer counted. Women and men are not shown apart, "
        "nor are hired herders who own no animals."
    ),
    "story-source": (
        "National Statistics Office of Mongolia, livestock census 1970 to 2024\n\n"
        "Dataset land_livestock of the Umnugovi data course. https://www.1212.mn"
    ),
    "story-radio": (
        "Good evening. In Umnugovi there were about three million animals five years ago. Today "
        "there are about two million. One animal in three is gone. We do not know how many died "
        "and how many were sold. The figures come from the livestock census.\n\n"
        "Before the aimag decides how much hay to store: what did your family do with its herd? "
        "Call us and tell us."
    ),
}


def filled() -> dict[str, str]:
    """Return the story's texts with their numbers, as the dataset gives them."""
    animals = pd.read_csv(dataset("land_livestock"))
    herd = animals.groupby("year")["thousand_head"].sum() / 1000
    change = round((1 - herd[2024] / herd[2019]) * 100)
    numbers = {"peak": f"{herd[2019]:.1f}", "last": f"{herd[2024]:.1f}", "change": change}
    return {tag: words.format(**numbers) for tag, words in FILLED.items()}


def cell(notebook: nbformat.NotebookNode, tag: str) -> nbformat.NotebookNode:
    return reading.tagged(notebook, tag)[0]


def without(notebook: nbformat.NotebookNode, tag: str) -> None:
    notebook.cells.remove(cell(notebook, tag))


def fill(notebook: nbformat.NotebookNode) -> None:
    for tag, words in filled().items():
        cell(notebook, tag).source = words
    chart = cell(notebook, "story-figure")
    chart.source = chart.source.replace("Write … what the chart shows", "A third fewer animals")
    check = cell(notebook, "story-harm-check")
    check.source = check.source.replace("[ ]", "[x]")


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Path:
    """The template, filled and run."""
    path = story.new(tmp_path_factory.mktemp("example") / "herds.ipynb")
    notebook = notebooks.read(path)
    fill(notebook)
    notebooks.write(notebook, path)
    notebooks.write(asyncio.run(notebooks.execute(path)), path)
    return path


@pytest.fixture(scope="module")
def made(example: Path) -> Path:
    """The folder of the finished story."""
    result = story.make(example)
    assert set(result.files) == ALL
    assert not result.notes
    return result.folder


@pytest.fixture
def draft(example: Path, tmp_path: Path) -> Path:
    """A copy of the finished notebook, to break."""
    path = tmp_path / "draft.ipynb"
    path.write_bytes(example.read_bytes())
    return path


@pytest.fixture
def no_browser(monkeypatch):
    """No test of a wrong notebook gets as far as the browser; if one does, it is fast."""
    monkeypatch.setattr(machine, "find_chromium", lambda: None)


@pytest.fixture(scope="module")
def browser():
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    root_user = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=machine.find_chromium(),
            args=quiet + (["--no-sandbox"] if root_user else []),
        )
        yield chromium
        chromium.close()


def open_page(browser: Browser, path: Path, size: dict = DESKTOP) -> tuple[Page, list[str]]:
    """Open a page from the disk and return it with all requests it makes."""
    page = browser.new_page(viewport=size)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri(), wait_until="load")
    return page, requests


def change(path: Path, edit: Callable[[nbformat.NotebookNode], None]) -> None:
    notebook = notebooks.read(path)
    edit(notebook)
    notebooks.write(notebook, path)


def rewrite(tag: str, words: str) -> Callable[[nbformat.NotebookNode], None]:
    """Return an edit that gives a cell another text."""
    return lambda notebook: cell(notebook, tag).update(source=words)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def assert_stopped(path: Path, *words: str) -> None:
    """The story stops with these words; what was made before stays as it was."""
    folder = path.parent / "made"
    folder.mkdir()
    for name in ALL:
        (folder / name).write_text(f"the {name} of before")
    before = snapshot(folder)
    with pytest.raises(StoryError) as stopped:
        story.make(path, folder)
    for word in words:
        assert word in str(stopped.value)
    assert snapshot(folder) == before


# What is made


def test_files_are_light(made: Path):
    assert {path.name for path in made.iterdir()} == ALL
    for name in ("story.html", "story.pdf", "poster.pdf"):
        assert (made / name).stat().st_size < 500_000
    assert (made / "card.png").stat().st_size < 300_000


def test_numbers_of_the_example_come_from_the_dataset(example: Path):
    """The run prints the numbers that the texts say."""
    printed = "".join(
        output.get("text", "")
        for c in notebooks.read(example).cells
        for output in c.get("outputs", [])
    )
    texts = filled()
    for number in re.findall(r"\d\.\d|\d+(?=%)", texts["story-claim"] + texts["story-alt"]):
        assert number in printed


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_page_makes_no_request_and_does_not_scroll_sideways(
    made: Path, browser: Browser, tmp_path: Path, size
):
    alone = tmp_path / "story.html"
    alone.write_bytes((made / "story.html").read_bytes())
    page, requests = open_page(browser, alone, size)
    assert [url for url in requests if not url.startswith("data:")] == [alone.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 300)")
    page.close()


def test_page_is_accessible(made: Path):
    soup = BeautifulSoup((made / "story.html").read_text(encoding="utf-8"), "html.parser")
    assert soup.html["lang"] == "en"
    assert soup.select_one(".title-mn")["lang"] == "mn"
    assert soup.select_one(".title-mn").get_text() == TITLE_MN
    assert all(len(soup.select(tag)) == 1 for tag in ("header", "main", "footer", "h1"))
    levels = [int(tag.name[1]) for tag in soup.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    image = soup.select_one("figure img")
    assert 60 <= len(image["alt"]) <= 300
    caption = soup.select_one("figcaption")
    assert caption["lang"] == "mn"
    assert text.has_cyrillic(caption.get_text())


CONTRAST = """() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = node => {
    for (; node; node = node.parentElement) {
      const colour = parts(getComputedStyle(node).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.body.querySelectorAll('*')]
    .filter(node => [...node.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .map(node => {
      const [a, b] = [light(parts(getComputedStyle(node).color)), light(ground(node))];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    });
}"""


@pytest.mark.parametrize(
    "make_html", [lambda s: pages.page(s, "11pt"), pages.card, lambda s: pages.poster(s, "21pt")]
)
def test_contrast_and_badge(example: Path, browser: Browser, tmp_path: Path, make_html):
    path = tmp_path / "page.html"
    ready = reading.read(example)
    path.write_text(make_html(replace(ready, simulated=True)), encoding="utf-8")
    page, _ = open_page(browser, path)
    ratios = page.evaluate(CONTRAST)
    assert len(ratios) > 4
    assert min(ratios) >= 4.5
    assert "SIMULATED" in page.inner_text("header")
    page.close()


def test_page_on_paper_is_one_tagged_sheet(made: Path):
    reader = PdfReader(made / "story.pdf")
    assert len(reader.pages) == 1
    assert round(float(reader.pages[0].mediabox.height)) == 842
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert reader.trailer["/Root"]["/Lang"] == "en"
    words = " ".join(reader.pages[0].extract_text().split())
    assert "Өмнөговийн мал таван жилд" in words
    assert "What this cannot tell us" in words


def test_poster_is_one_sheet_with_large_letters(made: Path):
    reader = PdfReader(made / "poster.pdf")
    assert len(reader.pages) == 1
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [842, 1191]
    words = " ".join(reader.pages[0].extract_text().split())
    assert "Өмнөговийн мал" in words
    assert "Who is missing?" in words


def test_card_is_a_square_of_1080(made: Path):
    with Image.open(made / "card.png") as image:
        assert image.size == (1080, 1080)
        rows = image.convert("RGB").crop((0, 960, 1080, 1080)).getcolors(2**20)
    assert len(rows) > 2, "the source line is empty"


LONG = "Өмнөговийн малын тоо таван жилийн хугацаанд гуравны нэгээр буурсныг тооллого харуулж байна"


@pytest.mark.parametrize(("figures", "letters"), [(1, 240), (0, 240), (0, 150), (0, 90)])
def test_longest_title_and_claim_fit_on_the_card(
    example: Path, browser: Browser, tmp_path: Path, figures, letters
):
    assert len(LONG) <= reading.MAX_TITLE
    ready = reading.read(example)
    claim = ("Umnugovi had millions of animals, and now " * 6)[:letters]
    parts = ready.body if figures else (ready.evidence,)
    long = replace(
        ready,
        title=LONG,
        title_mn=LONG,
        claim=claim,
        body=parts,
        simulated=True,
        source="Office " * 50,
    )
    path = tmp_path / "card.html"
    path.write_text(pages.card(long), encoding="utf-8")
    page, _ = open_page(browser, path, {"width": 1080, "height": 1080})
    for part in ("body", "main"):
        fits = f"(n => n.scrollHeight <= n.clientHeight + 1)(document.querySelector('{part}'))"
        assert page.evaluate(fits), part
    assert page.evaluate("document.querySelector('footer').getBoundingClientRect().bottom") <= 1081
    assert page.evaluate("document.querySelector('main').clientHeight") > 400
    page.close()


def test_radio_minute_counts_words(made: Path):
    lines = (made / "radio.txt").read_text(encoding="utf-8").splitlines()
    words = len(FILLED["story-radio"].split())
    assert f"{words} words: about {round(words * 60 / 150)} seconds at 150 words a minute." in lines
    assert "Too long" not in "".join(lines)


def test_long_radio_minute_is_made_with_a_warning(draft: Path, no_browser):
    change(draft, rewrite("story-radio", "one — two " * 80 + "end."))
    with pytest.raises(StoryError):
        story.make(draft)
    script = (draft.parent / "draft_story" / "radio.txt").read_text(encoding="utf-8")
    assert "161 words" in script
    assert "leave out 11" in script


def test_story_without_figure_shows_the_claim(draft: Path, tmp_path: Path):
    def edit(notebook):
        without(notebook, "story-figure")
        without(notebook, "story-alt")

    change(draft, edit)
    result = story.make(draft, tmp_path / "new" / "folder")
    assert set(result.files) == {path.name for path in result.folder.iterdir()} == ALL
    assert "34% fewer" in pages.card(reading.read(draft))


def test_three_figures_fit(draft: Path):
    def edit(notebook):
        pair = [cell(notebook, "story-figure"), cell(notebook, "story-alt")]
        place = notebook.cells.index(pair[1]) + 1
        notebook.cells[place:place] = [*copies(pair, "a"), *copies(pair, "b")]

    change(draft, edit)
    assert set(story.make(draft).files) == ALL


def copies(cells: list[nbformat.NotebookNode], name: str) -> list[nbformat.NotebookNode]:
    return [nbformat.from_dict({**each, "id": f"{each.id}-{name}"}) for each in cells]


def test_camera_notes_are_not_passed_on(draft: Path):
    """A photo tells where it was taken; its copy in the story does not."""
    photo = Image.effect_noise((3000, 2000), 30).convert("RGB")
    exif = Image.Exif()
    exif[0x010E] = "a winter camp"
    file = io.BytesIO()
    photo.save(file, "JPEG", exif=exif)
    assert b"a winter camp" in file.getvalue()

    def edit(notebook):
        data = {"image/jpeg": base64.b64encode(file.getvalue()).decode()}
        cell(notebook, "story-figure").outputs = [nbformat.v4.new_output("display_data", data)]

    change(draft, edit)
    figure = reading.read(draft).figures[0]
    assert b"a winter camp" not in figure.content
    assert figure.width == 1400


# What stops a story


def test_template_as_it_is(tmp_path: Path, no_browser):
    path = story.new(tmp_path / "mine")
    assert path.name == "mine.ipynb"
    assert_stopped(path, "The do-no-harm list has 7 open points: Consent; Small groups; Names")


def test_template_runs_and_is_never_overwritten(example: Path, tmp_path: Path):
    path = tmp_path / "mine.ipynb"
    path.write_text("my work")
    with pytest.raises(StoryError, match="there already"):
        story.new(path)
    assert path.read_text() == "my work"
    with pytest.raises(StoryError, match="cannot be written to"):
        story.new(tmp_path / "no" / "folder.ipynb")
    assert not [
        o
        for c in notebooks.read(example).cells
        for o in c.get("outputs", [])
        if o.output_type == "error"
    ]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (("- [x] **Names**", "- [ ] **Names**"), ["has 1 open point: Names."]),
        (("- [x] **Names**", "- [] **Names**"), ["has 1 open point: Names."]),
        (("[x]", "[-]"), ["has 7 open points", "Simulated data"]),
        (("- [x] **Conflict**", "**Conflict**"), ["has 1 open point: Conflict."]),
    ],
)
def test_open_point_of_the_do_no_harm_list(draft: Path, no_browser, edit, words):
    def change_list(notebook):
        check = cell(notebook, "story-harm-check")
        check.source = check.source.replace(*edit)

    change(draft, change_list)
    assert_stopped(draft, "do-no-harm", *words, "Talk about them first")


def test_own_points_count_and_a_cyrillic_tick_is_a_tick(draft: Path):
    def edit(notebook):
        check = cell(notebook, "story-harm-check")
        check.source = check.source.replace("[x]", "[х]") + "\n- [ ] Ask the bag governor"

    change(draft, edit)
    assert_stopped(draft, "1 open point: Ask the bag governor.")


def test_missing_do_no_harm_list(draft: Path, no_browser):
    change(draft, lambda notebook: without(notebook, "story-harm-check"))
    assert_stopped(draft, "do-no-harm list is missing")


@pytest.mark.parametrize(
    "content", [None, b"{", b"\xff\xfe\x00", b'{"cells": 3}', b"[]"], ids=lambda c: str(c)[:12]
)
def test_missing_or_broken_notebook(tmp_path: Path, no_browser, content):
    path = tmp_path / "broken.ipynb"
    if content is not None:
        path.write_bytes(content)
    assert_stopped(path, "broken.ipynb", "does not exist" if content is None else "Jupyter")


def test_folder_is_no_notebook(tmp_path: Path):
    (tmp_path / "x.ipynb").mkdir()
    assert_stopped(tmp_path / "x.ipynb", "cannot be read")


def picture(kind: str = "image/png", content: str | None = None) -> nbformat.NotebookNode:
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(file, "PNG")
    return nbformat.v4.new_output(
        "display_data", {kind: content or base64.b64encode(file.getvalue()).decode()}
    )


NO_ENGLISH = "MN: Шугаман график. Өмнөговь аймгийн мал 2019 онд 3.0 сая толгой байсан."
ENGLISH = "EN: Line chart of all livestock in Umnugovi from 1970 to 2024, with its peak in 2019."

WRONG = {
    "title without Mongolian": (
        rewrite("story-title", "# Only English"),
        ["no Mongolian line"],
    ),
    "title in the wrong order": (
        rewrite("story-title", f"# {TITLE_MN}\n# {TITLE_MN}"),
        ["first line must be English"],
    ),
    "title too long": (rewrite("story-title", f"# {'word ' * 30}\n# {TITLE_MN}"), ["at most 90"]),
    "title with three lines": (
        rewrite("story-title", f"# One\n# {TITLE_MN}\n# Three"),
        ["more than two lines"],
    ),
    "claim too long": (rewrite("story-claim", "word " * 60), ["claim", "at most 240"]),
    "no alt": (lambda n: without(n, "story-alt"), ["Figure 1", "English", "60 to 300"]),
    "no English alt": (rewrite("story-alt", NO_ENGLISH), ["Figure 1", "English", "it has 0"]),
    "English alt too short": (
        rewrite("story-alt", f"EN: A chart.\n\n{NO_ENGLISH}"),
        ["60 to 300", "it has 8"],
    ),
    "English alt too long": (
        rewrite("story-alt", f"EN: {'long ' * 70}\n\n{NO_ENGLISH}"),
        ["60 to 300", "it has 349"],
    ),
    "no Mongolian alt": (rewrite("story-alt", ENGLISH), ["Figure 1", "Mongolian"]),
    "Mongolian alt in English": (
        rewrite("story-alt", f"{ENGLISH}\nM{ENGLISH[1:]}"),
        ["Figure 1", "Mongolian"],
    ),
    "no limit": (lambda n: without(n, "story-limit"), ["story-limit", "cannot tell us"]),
    "empty limit": (rewrite("story-limit", " \n"), ["story-limit", "cannot tell us"]),
    "no source": (lambda n: without(n, "story-source"), ["story-source", "numbers come from"]),
    "no radio": (lambda n: without(n, "story-radio"), ["story-radio"]),
    "placeholder": (
        rewrite("story-audience", "Write … one group of readers."),
        ["Still to write: story-audience."],
    ),
    "placeholder in the chart": (
        rewrite("story-figure", "ax.set_title('Write … what the chart shows')"),
        ["Still to write: story-figure."],
    ),
    "half a placeholder": (
        rewrite(
            "story-limit", "what these numbers cannot answer, and what could be wrong in them."
        ),
        ["Still to write: story-limit."],
    ),
    "script": (
        rewrite("story-evidence", "Good <script>alert(1)</script> text"),
        ["story-evidence", "HTML", "<script>"],
    ),
    "html in the title": (
        rewrite("story-title", f"# A <b onclick=x()>title</b>\n# {TITLE_MN}"),
        ["story-title", "HTML"],
    ),
    "picture in the text": (
        rewrite("story-evidence", "![x](https://example.org/pixel.png)"),
        ["story-evidence", "picture"],
    ),
    "two claims": (
        lambda n: n.cells.extend(copies([cell(n, "story-claim")], "2")),
        ["2 cells are tagged story-claim", "one message"],
    ),
    "four figures": (
        lambda n: n.cells.extend(
            c for name in "abc" for c in copies([cell(n, "story-figure")], name)
        ),
        ["4 figures", "at most 3"],
    ),
    "figure not run": (
        lambda n: cell(n, "story-figure").update(outputs=[]),
        ["Figure 1 has no output", "Run All Cells"],
    ),
    "cell shows text only": (
        lambda n: cell(n, "story-figure").update(outputs=[picture("text/plain", "3")]),
        ["shows no pictures"],
    ),
    "two pictures": (
        lambda n: cell(n, "story-figure").update(outputs=[picture(), picture()]),
        ["shows 2 pictures", "exactly one"],
    ),
    "broken picture": (
        lambda n: cell(n, "story-figure").update(outputs=[picture(content="AAAA")]),
        ["picture", "broken"],
    ),
    "broken photo": (
        lambda n: cell(n, "story-figure").update(outputs=[picture("image/jpeg", "AAAA")]),
        ["figure 1 is broken"],
    ),
    "cell with an error": (
        lambda n: n.cells[-2].update(
            nbformat.v4.new_code_cell(
                "1 / 0",
                outputs=[nbformat.v4.new_output("error", ename="ZeroDivisionError", evalue="")],
            )
        ),
        ["ends with an error (ZeroDivisionError)"],
    ),
    "misspelt tag": (
        lambda n: cell(n, "story-limit").metadata.update(tags=["story-limits"]),
        ["no tag 'story-limits'", "'story-limit'"],
    ),
    "text tag on code": (
        lambda n: n.cells.append(
            nbformat.v4.new_code_cell("1", metadata={"tags": ["story-claim"]})
        ),
        ["story-claim must be a Markdown cell"],
    ),
    "simulated data, not said": (
        lambda n: n.cells.append(nbformat.v4.new_code_cell("t = read('SIMULATED_survey.csv')")),
        ["uses simulated data", "SIMULATED"],
    ),
    "simulated dataset, not said": (
        lambda n: n.cells.append(nbformat.v4.new_code_cell("dataset('people_simulated')")),
        ["uses simulated data"],
    ),
    "simulated data, not said on the radio": (
        rewrite("story-claim", "SIMULATED: a third fewer animals."),
        ["listeners", "radio"],
    ),
    "no story at all": (
        lambda n: [c.metadata.pop("tags", None) for c in n.cells],
        ["gobi story --new"],
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said(draft: Path, no_browser, name: str):
    edit, words = WRONG[name]
    change(draft, edit)
    assert_stopped(draft, *words)


def test_simulated_data_are_marked_everywhere(draft: Path):
    def edit(notebook):
        cell(notebook, "story-claim").source = "SIMULATED: a third fewer animals."
        cell(notebook, "story-radio").source = "These are simulated numbers, not real ones."

    change(draft, edit)
    ready = reading.read(draft)
    for html in (pages.page(ready, "11pt"), pages.card(ready), pages.poster(ready, "22pt")):
        assert pages.SIMULATED in html


def test_dataset_whose_passport_says_simulated(draft: Path, tmp_path: Path, monkeypatch):
    folder = tmp_path / "datasets"
    folder.mkdir()
    entry = {"name": "land_livestock", "title": "Herds (SIMULATED)"}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [entry]}))
    monkeypatch.setenv("GOBI_DATASETS", str(folder))
    assert gobi.datasets_folder() == folder
    assert_stopped(draft, "uses simulated data")


def test_heavy_figure_is_named(draft: Path):
    noise = Image.effect_noise((1000, 1000), 90)
    file = io.BytesIO()
    noise.save(file, "PNG")
    heavy = picture(content=base64.b64encode(file.getvalue()).decode())
    change(draft, lambda n: cell(n, "story-figure").update(outputs=[heavy]))
    assert_stopped(draft, "at most 500 kB", "Figure 1 weighs", "kB")


def test_story_too_long_for_a_sheet(draft: Path):
    change(draft, rewrite("story-evidence", "The herd fell by a third in five years. " * 120))
    assert_stopped(draft, "one A4 page", "words are too much", "story-evidence (1080 words)")


def test_script_is_neutralised_also_behind_the_check(example: Path, browser: Browser, tmp_path):
    """The second wall: a text that would pass the check of the cells still cannot act."""
    bad = "<script>window.bad = 1</script><img src=x onerror='window.bad = 1'>[x](javascript:bad)"
    ready = replace(
        reading.read(example), title=bad, title_mn=bad, claim=bad, limit=bad, source=bad
    )
    for name, html in (("page", pages.page(ready, "11pt")), ("card", pages.card(ready))):
        soup = BeautifulSoup(html, "html.parser")
        assert not soup.find_all("script")
        assert not soup.find_all(onerror=True)
        assert not soup.select("a[href^=javascript]")
        path = tmp_path / f"{name}.html"
        path.write_text(html, encoding="utf-8")
        page, requests = open_page(browser, path)
        assert page.evaluate("window.bad") is None
        assert [url for url in requests if not url.startswith("data:")] == [path.as_uri()]
        page.close()


def test_without_chromium_page_and_radio_are_made(draft: Path, no_browser):
    with pytest.raises(StoryError) as stopped:
        story.make(draft)
    for word in ("story.pdf, card.png, poster.pdf were not made", "Chromium", "apt-get install"):
        assert word in str(stopped.value)
    made = snapshot(draft.parent / "draft_story")
    assert set(made) == {"story.html", "radio.txt"}
    assert TITLE_MN.encode() in made["story.html"]


def test_full_disk_keeps_what_was_there(draft: Path, no_browser, monkeypatch):
    def full(*args, **options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full, raising=True)
    folder = draft.parent / "new"
    with pytest.raises(StoryError, match="disk is full"):
        story.make(draft, folder)
    assert not folder.exists()


def test_file_that_cannot_be_replaced_keeps_all(draft: Path, no_browser, monkeypatch):
    """As on Windows, when a file is open in another program: all files stay the old ones."""
    really_replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if self.name == "story.html" and "before" not in str(target) + str(self):
            raise PermissionError(errno.EACCES, "Permission denied", str(target))
        return really_replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(story, "_write_all", lambda _, work, *__: write_two(work))
    assert_stopped(draft, "cannot be written to", "close files")


def write_two(work: Path) -> None:
    for name in ("radio.txt", "story.html"):
        with (work / name).open("w") as file:
            file.write("new")


def test_output_that_is_no_folder(draft: Path, no_browser):
    place = draft.parent / "file"
    place.write_text("x")
    for output in (place, place / "below"):
        with pytest.raises(StoryError, match="cannot be written to"):
            story.make(draft, output)
    assert place.read_text() == "x"


def test_browser_that_fails(draft: Path, monkeypatch):
    monkeypatch.setattr(machine, "find_chromium", lambda: sys.executable)
    assert_stopped(draft, "Chromium could not print the story")


# The command


def test_command(example: Path, tmp_path: Path):
    def gobi_story(*words: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "gobi.cli", "story", *words]
        return subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False
        )

    result = gobi_story("--new", "mine")
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "mine.ipynb").is_file()
    stopped = gobi_story("mine.ipynb")
    assert stopped.returncode == 1
    assert "7 open points" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    again = gobi_story("--new", "mine.ipynb")
    assert again.returncode == 1
    assert "stays as it is" in again.stderr
    done = gobi_story(str(example), "--output", "out")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == ALL
    assert "story.html" in done.stdout
    assert gobi_story().returncode == 1
