"""The web edition: every page opens from a disk, asks no other host, and shows what it promises."""

import json
import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, sync_playwright

from gobi import data, machine, notebooks
from gobi.book import paper, web

QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PHONE = {"width": 360, "height": 740}
SCREEN = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def site(root: Path) -> Path:
    """The finished web edition (made anew only when something changed)."""
    folder = root / "_build" / "book"
    web.build(root, folder)
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        root_user = hasattr(os, "geteuid") and os.geteuid() == 0
        chromium = playwright.chromium.launch(
            executable_path=machine.find_chromium(),
            args=QUIET + (["--no-sandbox"] if root_user else []),
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def listen(page: Page) -> tuple[list[str], list[str]]:
    """Collect the requests that leave the disk, and the scripts' errors."""
    requests, errors = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("requestfailed", lambda request: errors.append(f"not found: {request.url}"))
    page.on("pageerror", lambda error: errors.append(str(error)))
    return requests, errors


def test_all_pages_are_there(site: Path, root: Path):
    for lesson in notebooks.lessons(root):
        assert (site / lesson.relative_to(root).with_suffix(".html")).is_file()
    for resource in data.load_package(root / "datasets")["resources"]:
        assert (site / "datasets" / f"{resource['name']}.html").is_file()
    for number in range(1, 6):
        assert len(list(site.glob(f"modules/0{number}_*/index.html"))) == 1
        assert len(list(site.glob(f"modules/0{number}_*/takeaway.html"))) == 1
    assert (site / "trainer_guide/sessions/3_01_what_has_the_mine_produced.html").is_file()


def test_no_page_asks_another_host(pages: list[Path], browser: Browser):
    """Opened from file://, with the network counted: at both widths, to the end of the page."""
    assert len(pages) > 25
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    requests, errors = listen(page)
    for path in pages:
        page.goto(path.as_uri(), wait_until="load")
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(500)
    context.close()
    assert len(requests) > len(pages)
    assert {urlsplit(url).scheme for url in requests} <= {"file", "data", "blob"}
    assert not errors


def test_no_page_is_wider_than_a_phone(pages: list[Path], browser: Browser):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    wide = {}
    for path in pages:
        page.goto(path.as_uri(), wait_until="load")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            wide[path.name] = width
    context.close()
    assert not wide


def test_every_picture_loads_and_has_alt_text(pages: list[Path], page: Page):
    seen = 0
    for path in pages:
        page.goto(path.as_uri(), wait_until="load")
        for image in page.query_selector_all("article img"):
            alt = image.get_attribute("alt") or ""
            assert image.evaluate("node => node.naturalWidth") > 100, f"{path.name}: {alt}"
            assert len(alt) >= 60, f"{path.name}: {alt}"
            seen += 1
    assert seen >= 8


def test_pictures_keep_their_proportions_on_a_phone(pages: list[Path], browser: Browser):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    measure = """all => all.map(
        node => node.width / node.height / (node.naturalWidth / node.naturalHeight))"""
    ratios = {}
    for path in pages:
        page.goto(path.as_uri(), wait_until="load")
        for ratio in page.eval_on_selector_all("article img", measure):
            ratios[path.name] = max(ratios.get(path.name, 1), ratio, 1 / ratio)
    context.close()
    assert len(ratios) > 90
    assert {name: ratio for name, ratio in ratios.items() if ratio > 1.02} == {}


def test_links_inside_the_book_resolve(site: Path, pages: list[Path]):
    broken, known = [], {}
    soups = {path: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in pages}
    for path, soup in soups.items():
        known[path] = {tag["id"] for tag in soup.find_all(id=True)}
    for path, soup in soups.items():
        for link in soup.select("article a[href], nav a[href]"):
            parts = urlsplit(link["href"])
            if parts.scheme:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchors = known.get(target, {parts.fragment})
            if not target.is_file() or (parts.fragment and parts.fragment not in anchors):
                broken.append(f"{path.name}: {link['href']}")
    assert not broken


def lesson(site: Path, name: str) -> str:
    return (site / "modules" / name).as_uri()


def test_formulas_are_drawn(site: Path, page: Page):
    page.goto(lesson(site, "03_analysis/01_what_has_the_mine_produced.html"))
    formulas = page.query_selector_all("math")
    assert formulas
    fraction = page.query_selector("math mfrac")
    assert fraction.bounding_box()["height"] > 20, "a fraction is taller than a line of text"
    assert "$" not in page.inner_text("article").replace("US$", "")


def test_maps_are_drawn(site: Path, page: Page):
    page.goto(lesson(site, "03_analysis/04_where.html"))
    sizes = page.eval_on_selector_all("article img", "all => all.map(node => node.naturalWidth)")
    assert len(sizes) >= 3
    assert min(sizes) > 400


def test_widget_without_kernel_works_in_the_book(site: Path, page: Page):
    _, errors = listen(page)
    page.goto(lesson(site, "04_visualization/05_let_them_explore.html"), wait_until="load")
    menu = page.wait_for_selector(".widget-dropdown select")
    before = page.inner_text(".widget-dropdown ~ *, .widget-vbox")
    names = [option.inner_text() for option in menu.query_selector_all("option")]
    assert any("Khanbogd" in name for name in names)
    shown = set()
    for name in names[:3]:
        menu.select_option(label=name)
        page.wait_for_timeout(200)
        shown.add(page.inner_text(".widget-vbox"))
    assert len(shown) == 3, f"the card does not change with the menu: {before}"
    assert not errors


def test_no_dead_slider_in_the_book(site: Path, page: Page):
    """What needs a kernel is a still picture that says where to run it."""
    page.goto(lesson(site, "04_visualization/05_let_them_explore.html"), wait_until="load")
    page.wait_for_selector(".widget-dropdown select")
    assert not page.query_selector_all(".widget-slider, .widget-interact")
    assert "JupyterLab" in page.inner_text("article")


def test_answers_are_folded_and_open_on_click(site: Path, page: Page):
    page.goto(lesson(site, "03_analysis/01_what_has_the_mine_produced.html"))
    first = page.query_selector("article details")
    assert first.get_attribute("open") is None
    first.query_selector("summary").click()
    assert first.get_attribute("open") is not None


def test_search_finds_a_word_offline(site: Path, page: Page):
    page.goto((site / "search.html").as_uri() + "?q=concentrate", wait_until="load")
    page.wait_for_selector("#search-results li", timeout=10_000)
    assert "mine" in page.inner_text("#search-results").lower()


# The data catalogue --------------------------------------------------------------------------


def test_dataset_pages_have_charts_and_downloads(site: Path, root: Path):
    for resource in data.load_package(root / "datasets")["resources"]:
        path = site / "datasets" / f"{resource['name']}.html"
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        pictures = [image["alt"] for image in soup.select("article img.dataset-chart")]
        chart = resource.get("chart", {"kind": "none"})
        assert pictures == ([] if chart["kind"] == "none" else [chart["alt"]]), resource["name"]
        links = [link["href"] for link in soup.select("article a.download")]
        files = {Path(link).name: (path.parent / unquote(link)).resolve() for link in links}
        original = (root / "datasets" / resource["path"]).read_bytes()
        assert files[resource["path"]].read_bytes() == original
        book = openpyxl.load_workbook(files[f"{resource['name']}.xlsx"], read_only=True)
        assert book.sheetnames == ["data", "about"]
        book.close()


@pytest.fixture(params=[SCREEN, PHONE], ids=["screen", "phone"])
def catalogue(site: Path, browser: Browser, request):
    context = browser.new_context(viewport=request.param)
    page = context.new_page()
    page.goto((site / "datasets" / "catalogue.html").as_uri(), wait_until="load")
    yield page
    context.close()


def shown(catalogue: Page) -> list[str]:
    """Names of the datasets that the catalogue shows."""
    script = "all => all.filter(a => a.checkVisibility()).map(a => a.textContent)"
    return catalogue.eval_on_selector_all(".datasets td:first-child a", script)


def names_of(root: Path, group: str = "") -> set[str]:
    resources = data.load_package(root / "datasets")["resources"]
    return {each["name"] for each in resources if each["name"].startswith(group)}


@pytest.mark.parametrize("word", ["малын", "livestock", "LIVESTOCK", "хуний тоо"])
def test_catalogue_search(catalogue: Page, root: Path, word: str):
    assert set(shown(catalogue)) == names_of(root)
    catalogue.fill("#catalogue-search", word)
    found = shown(catalogue)
    assert 0 < len(found) < len(names_of(root)) / 2
    if word != "хуний тоо":
        assert {"land_livestock", "land_livestock_soum"} <= set(found)
        assert "money_prices" not in found
    assert catalogue.inner_text("[aria-live]") == f"{len(found)} of {len(names_of(root))} datasets"


def test_catalogue_filter_and_way_back(catalogue: Page, root: Path):
    menu = catalogue.query_selector("#catalogue-group")
    menu.select_option(label="Land and livestock · Газар, мал")
    assert set(shown(catalogue)) == names_of(root, "land_")
    assert not catalogue.is_visible("h2:has-text('Mining')")
    catalogue.fill("#catalogue-search", "no such thing")
    assert shown(catalogue) == []
    assert "No dataset fits" in catalogue.inner_text("[aria-live]")
    catalogue.click("button:has-text('Show all')")
    catalogue.wait_for_function("!document.querySelector('.datasets tr[hidden]')")
    assert set(shown(catalogue)) == names_of(root)
    catalogue.select_option("#catalogue-lesson", index=1)
    assert 0 < len(shown(catalogue)) < 10


def test_catalogue_with_the_keyboard(catalogue: Page, root: Path):
    catalogue.focus("#catalogue-search")
    catalogue.keyboard.type("livestock")
    catalogue.keyboard.press("Enter")
    assert len(shown(catalogue)) < len(names_of(root))
    reached = []
    for _ in range(7):
        catalogue.keyboard.press("Tab")
        reached.append(
            catalogue.evaluate("document.activeElement.id || document.activeElement.text")
        )
    assert reached[:2] == ["catalogue-group", "catalogue-level"]
    assert shown(catalogue)[0] in reached, "after the form comes the first dataset found"
    for control in catalogue.query_selector_all(".catalogue-search :is(input, select)"):
        assert control.evaluate("node => node.labels[0].innerText.length > 3")


def test_catalogue_without_scripts_is_a_whole_list(site: Path, root: Path, browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "datasets" / "catalogue.html").as_uri(), wait_until="load")
    assert not page.query_selector_all("article input, article select")
    links = page.query_selector_all(".datasets td:first-child a")
    assert {link.inner_text() for link in links if link.is_visible()} == names_of(root)
    context.close()


def test_printed_catalogue_has_no_search_box(site: Path):
    html = (site / "datasets" / "catalogue.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(html, "html.parser")
    article = soup.select_one("article")
    paper.clean(article, soup)
    assert not article.select("input, select, form, script")
    assert "catalogue-search" not in str(article)


def test_nothing_for_trainers_only_in_lessons(site: Path, root: Path):
    for path in notebooks.lessons(root):
        html = (site / path.relative_to(root).with_suffix(".html")).read_text(encoding="utf-8")
        text = BeautifulSoup(html, "html.parser").get_text()
        cells = notebooks.read(path).cells
        secret = [c for c in cells if {"trainer", "solution"} & set(c.metadata.get("tags", []))]
        public = "\n".join(cell.source for cell in cells if cell not in secret)
        for cell in secret:
            lines = [line.strip("-* `") for line in cell.source.splitlines()]
            told = [line for line in lines if line and line not in public and len(line) > 25]
            assert told, f"{path.name}: nothing in {cell.id} is secret"
            assert not [line for line in told if line in text], f"{path.name}: {cell.id}"


def test_assignment_is_not_in_the_book(site: Path):
    assert not list(site.rglob("*assignment*"))
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert "BEGIN SOLUTION" not in index


def test_site_is_light(site: Path):
    files = [path for path in site.rglob("*") if path.is_file()]
    total = sum(path.stat().st_size for path in files)
    assert total < 22_500_000  # 29 lessons; 76 datasets as CSV and Excel are a quarter of it
    assert not [path for path in files if path.suffix == ".map"]


def test_unchanged_book_is_not_built_again(site: Path, root: Path):
    assert web.build(root, site) is False


def test_problem_in_log_is_found():
    log = (
        "\x1b[91m/x/_build/source/modules/a.md:3: WARNING: broken link\x1b[39;49;00m\nbuild done\n"
    )
    assert web.find_problems(log) == ["modules/a.md:3: WARNING: broken link"]


def test_state_of_widgets_is_valid_json(site: Path):
    html = (site / "modules/04_visualization/05_let_them_explore.html").read_text(encoding="utf-8")
    found = re.search(
        r'<script type="application/vnd.jupyter.widget-state\+json">(.*?)</script>', html
    )
    assert found
    assert len(json.loads(found.group(1))["state"]) > 15
