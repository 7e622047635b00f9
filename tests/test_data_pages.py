"""Each dataset has a page with a chart, downloads that open, and its checks in plain words."""

import csv
import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from gobi import data
from gobi.data import charts, downloads, pages, sentences
from gobi.data.package import DataError, Files

FOLDER = Path(__file__).resolve().parents[1] / "datasets"
PACKAGE = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
CHARTS = [name for name, resource in RESOURCES.items() if charts.has_chart(resource)]
LINE = {
    "kind": "line",
    "x": "year",
    "y": "thousand_head",
    "by": "animal",
    "title": "Livestock of Umnugovi",
    "label": "thousand head",
    "alt": "Five lines, one for each animal. Goats grew from 1990 and fell again after 2019.",
}


@pytest.fixture(scope="module")
def files() -> Files:
    return Files(FOLDER)


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def extras(kept: Path) -> dict[str, bytes]:
    return data.extras(FOLDER, kept)


@pytest.fixture(scope="module")
def book_pages() -> dict[str, str]:
    lesson = data.Lesson("9.9 What for?", "../modules/x.ipynb", ("land_livestock",))
    return data.catalogue_pages(FOLDER, [lesson], book=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the datasets that a test may break."""
    return Path(shutil.copytree(FOLDER, tmp_path / "datasets"))


def edit(folder: Path, name: str, **entries) -> Files:
    """Change a dataset's entry."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if resource["name"] == name:
            resource.update(entries)
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    return Files(folder)


def drawing(folder: Path, name: str = "land_livestock", **entries) -> str:
    files = edit(folder, name, **entries)
    return charts.draw(files, files.find(name)).decode()


# Pages -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RESOURCES)
def test_page_has_all_parts(book_pages: dict[str, str], name: str) -> None:
    page, resource = book_pages[f"{name}.md"], RESOURCES[name]
    parts = ("Passport", "First rows", "Columns", "What is checked", "Licence, and how to cite")
    for part in parts:
        assert f"\n## {part}\n" in page
    assert f"{{download}}`{resource['path']}`" in page
    assert f"{{download}}`{name}.xlsx`" in page
    assert f"version {PACKAGE['version']}, table {name}, SHA-256 {resource['hash'][7:19]}" in page
    if charts.has_chart(resource):
        assert f"{{image}} charts/{name}.svg\n:alt: {charts.alt_text(resource)}" in page


def test_pages_say_which_lesson_uses_what(book_pages: dict[str, str]) -> None:
    link = "[9.9 What for?](../modules/x.ipynb)"
    assert link in book_pages["land_livestock.md"]
    assert link not in book_pages["place_mines.md"]
    assert f"| {link} | [land_livestock](land_livestock.md) |" in book_pages["catalogue.md"]


def test_pages_for_learners_need_no_other_files() -> None:
    for page in data.catalogue_pages(FOLDER).values():
        for mark in ("{image}", ".xlsx", ":::", "<script"):
            assert mark not in page


def test_contact_is_a_link(folder: Path) -> None:
    edit(folder, "land_livestock", contact="National Statistics Office: https://1212.mn.")
    page = data.catalogue_pages(folder)["land_livestock.md"]
    assert "National Statistics Office: [https://1212.mn](https://1212.mn)." in page


def test_place_filter() -> None:
    assert pages.level(RESOURCES["people_population"]) == "Soums and smaller places"
    assert pages.level(RESOURCES["land_livestock"]) == "Umnugovi as a whole"
    assert pages.level(RESOURCES["mine_production"]) == "One mine or company"
    assert pages.level(RESOURCES["money_eiti_revenue"]) == "Mongolia"
    assert pages.level(RESOURCES["money_prices"]) == pages.OTHER_LEVEL


def test_rules_in_plain_words(files: Files) -> None:
    resource = {
        "name": "land_livestock",
        "schema": {"primaryKey": ["year", "animal"], "foreignKeys": []},
        "measures": {"a": {"adds_up": True}},
        "totals": [{"description": "As printed", "column": "v", "expected": {"a": 1, "b": 2}}],
        "parts": [{"parts": ["female", "male"], "total": "total", "tolerance": 0}],
        "equations": [{"result": "net", "terms": {"in": 1, "out": -1}, "tolerance": 0.5}],
        "agrees": [{"column": "v", "with": {"resource": "sources", "column": "w"}}],
        "outlier_rule": {"column": "v", "on": "change", "limit": 5},
        "outliers": [{"rows": {"year": 2010, "animal": "goat"}, "why": "A dzud."}],
    }
    text = "\n".join(sentences.checks_in_words(files, resource))
    for sentence in (
        "No two rows have the same `year` and `animal`.",
        "The one measure has one unit",
        "As printed. (2 sums) Sums of `v` are compared.",
        "`female` and `male` add up to `total`.",
        "In each row, `net` = `in` − `out` (within 0.5, because numbers are rounded).",
        "`v` is compared with `w` in [sources](sources.md).",
        "Changes of `v` that are far from the others are looked for (modified z-score over 5).",
    ):
        assert sentence in text
    assert sentences.outliers_in_words(resource) == ["**2010, goat**: A dzud."]


def test_derived_values_are_counted(files: Files) -> None:
    derived = sum(row["status"] == "derived" for row in files.rows("mine_production"))
    text = " ".join(sentences.checks_in_words(files, files.find("mine_production")))
    assert f"{derived} of 183 values are derived" in text


# Charts ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CHARTS)
def test_chart_says_title_and_source(extras: dict[str, bytes], name: str) -> None:
    picture = extras[f"charts/{name}.svg"].decode()
    for word in RESOURCES[name]["chart"]["title"].split():
        assert word.replace("&", "&amp;") in picture
    assert "Source: " in picture
    assert "<image" not in picture
    assert "font-family: 'DejaVu Sans'" in picture


def test_chart_is_the_same_each_time(folder: Path) -> None:
    first = drawing(folder, chart=LINE)
    assert drawing(folder, chart=LINE) == first
    for word in ("goat", "camel", "National Statistics Office of Mongolia"):
        assert word in first


def test_every_kind_can_be_drawn(folder: Path) -> None:
    words = {key: LINE[key] for key in ("title", "label", "alt")}
    bar = {**words, "kind": "bar", "x": "animal", "y": "thousand_head", "where": {"year": 2020}}
    assert "horse" in drawing(folder, chart=bar)
    assert ">55<" in drawing(folder, chart={**words, "kind": "count", "x": "animal"})
    soums = {**words, "kind": "soum_map", "y": "residents", "where": {"year": 2020}}
    assert "30,000" in drawing(folder, "people_population", chart=soums)
    kinds = {**words, "kind": "map", "color": "commodity"}
    assert "copper-gold" in drawing(folder, "place_mines", chart=kinds)
    assert "<path" in drawing(folder, "place_oyu_tolgoi_licences", chart={**words, "kind": "map"})


def test_simulated_and_modelled_data_are_marked(folder: Path) -> None:
    text = drawing(folder, chart=LINE, title="Animals (SIMULATED)")
    assert "SIMULATED, not real" in text
    assert ">SIMULATED</text>" in text
    text = drawing(folder, chart=LINE, title="Animals", description="Values are modelled.")
    assert "modelled, not measured" in text


def test_line_breaks_where_values_are_missing() -> None:
    points = [(2010.0, 1.0), (2011.0, 2.0), (2015.0, 3.0), (2016.0, 4.0)]
    assert [y for _, y in charts.with_gaps(points)] == pytest.approx(
        [1, 2, float("nan"), 3, 4], nan_ok=True
    )
    assert charts.place_in_time("2020-07") == pytest.approx(2020 + 6.5 / 12)
    assert charts.place_in_time("2020-Q1") is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "pie"}, "no kind of chart called 'pie'"),
        ({"kind": "none"}, "but not why"),
        ({"y": "heads"}, "no column heads"),
        ({"alt": "A chart."}, "60 to 300"),
        ({"title": ""}, "its title"),
        ({"by": "year"}, "lines; 1 to 6"),
        ({"kind": "bar", "x": "animal"}, "narrow its 'where'"),
        ({"kind": "map"}, "no shapes"),
        ({"kind": "soum_map"}, "needs a column soum_code"),
        ({"where": {"animal": "yak"}}, "0 lines"),
    ],
)
def test_chart_that_cannot_be_drawn_is_named(folder: Path, change: dict, message: str) -> None:
    files = edit(folder, "land_livestock", chart={**LINE, **change})
    problems = data.validate(folder, only=["chart"])
    assert [each.dataset for each in problems][:1] == ["land_livestock"]
    assert message in " ".join(each.message for each in problems)
    with pytest.raises(DataError, match="The chart of land_livestock"):
        charts.draw(files, files.find("land_livestock"))


# Excel files, and what is kept -------------------------------------------------------------


@pytest.mark.parametrize("name", RESOURCES)
def test_excel_holds_the_same_values(extras: dict[str, bytes], files: Files, name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(extras[f"{name}.xlsx"]))
    assert book.sheetnames == ["data", "about"]
    sheet = book["data"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    head, *table = sheet.iter_rows(values_only=True)
    assert list(head) == [field["name"] for field in data.fields(RESOURCES[name])]
    rows = files.rows(name)
    assert len(table) == len(rows)
    numeric = {f["name"] for f in data.fields(RESOURCES[name]) if f["type"] in downloads.NUMERIC}
    for cells, row in zip(table, rows, strict=True):
        for column, cell in zip(head, cells, strict=True):
            value = row[column]
            if value in ("", None):
                assert cell is None
            elif column in numeric:
                assert isinstance(cell, int | float)
                assert cell == float(value)
            else:
                assert cell == value


def test_excel_keeps_cyrillic_and_the_passport(extras: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(extras["place_soums.xlsx"]))
    with (FOLDER / "place_soums.csv").open(encoding="utf-8", newline="") as file:
        names = [row["soum_mn"] for row in csv.DictReader(file)]
    column = [cell.value for cell in book["data"][1]].index("soum_mn") + 1
    found = [book["data"].cell(row, column).value for row in range(2, 17)]
    assert found == names
    about = {str(cell) for row in book["about"].iter_rows(values_only=True) for cell in row}
    resource = RESOURCES["place_soums"]
    for text in (resource["title_mn"], resource["hash"][7:], *resource["known_gaps"]):
        assert text in about
    assert {field["title_mn"] for field in data.fields(resource)} <= about


def test_text_is_never_a_formula(folder: Path) -> None:
    path = folder / "place_soums.csv"
    text = path.read_text(encoding="utf-8").replace("Даланзадгад", "=1+1")
    path.write_text(text, encoding="utf-8")
    files = Files(folder)
    content = downloads.workbook(files, files.find("place_soums"))
    cell = openpyxl.load_workbook(io.BytesIO(content))["data"]["D2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_only_what_changed_is_made_again(
    folder: Path, kept: Path, extras: dict[str, bytes], tmp_path: Path, monkeypatch
) -> None:
    assert downloads.workbook(Files(FOLDER), RESOURCES["sources"]) == extras["sources.xlsx"]
    copy = Path(shutil.copytree(kept, tmp_path / "kept"))
    made = []
    monkeypatch.setattr(downloads, "_make", lambda _, missing, jobs: made.append(set(missing)))
    assert data.extras(FOLDER, copy) == extras
    edit(folder, "place_soums", title="Another title")
    with pytest.raises(FileNotFoundError):
        data.extras(folder, copy)
    assert made[0] == set()
    assert made[1] - {"charts/place_soums.svg"} == {"place_soums.xlsx"}


def test_downloads_are_light(extras: dict[str, bytes]) -> None:
    assert sum(map(len, extras.values())) < 3_000_000
