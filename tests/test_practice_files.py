"""The practice pages of module 2 can be made again, and their numbers are those of the datasets."""

import importlib.util
from pathlib import Path

import pandas as pd
import pdfplumber
import pytest
from conftest import ROOT

from gobi import dataset

FOLDER = ROOT / "modules/02_open_data/practice"
NAMES = ("practice_report.pdf", "practice_page.html")


@pytest.fixture(scope="module")
def again(tmp_path_factory) -> Path:
    """A folder with both files, made anew."""
    place = FOLDER / "make_practice_files.py"
    spec = importlib.util.spec_from_file_location("make_practice_files", place)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    folder = tmp_path_factory.mktemp("practice")
    script.make(folder)
    return folder


def letters(path: Path) -> list[list[tuple]]:
    """Every letter of every page with its place."""
    with pdfplumber.open(path) as pdf:
        return [
            [(c["text"], round(c["x0"], 1), round(c["top"], 1)) for c in page.chars]
            for page in pdf.pages
        ]


def ruled_table() -> list[list[str | None]]:
    with pdfplumber.open(FOLDER / NAMES[0]) as pdf:
        return pdf.pages[0].extract_table()


def test_the_report_is_the_same_when_made_again(again):
    """Letters and places, not bytes: another zlib packs the same page differently."""
    assert letters(again / NAMES[0]) == letters(FOLDER / NAMES[0])


def test_the_web_page_is_the_same_when_made_again(again):
    assert (again / NAMES[1]).read_bytes() == (FOLDER / NAMES[1]).read_bytes()


def test_making_twice_gives_the_same_bytes(again, tmp_path):
    spec = importlib.util.spec_from_file_location("again", FOLDER / "make_practice_files.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.make(tmp_path)
    for name in NAMES:
        assert (tmp_path / name).read_bytes() == (again / name).read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_small_and_says_that_it_is_for_practice(name):
    path = FOLDER / name
    assert path.stat().st_size < 60_000
    if path.suffix == ".html":
        texts = [path.read_text(encoding="utf-8")]
    else:
        with pdfplumber.open(path) as pdf:
            texts = [page.extract_text() for page in pdf.pages]
    for text in texts:
        assert "PRACTICE PAGE, made by the Umnugovi data course" in text
        assert "Дасгалын хуудас. Өмнөговийн өгөгдлийн сургалт бэлтгэв." in text


def test_table_1_has_the_numbers_of_its_dataset_and_one_trap():
    known = pd.read_csv(dataset("money_eiti_oyu_tolgoi")).set_index("stream")
    rows = ruled_table()[1:-1]
    amounts = {row[1].replace("\n", " "): row[3].replace(",", "") for row in rows}
    expected = (known["value_usd_rounded"] // 1000).astype(str).to_dict()
    expected["Fee for water use"] += "2"  # the footnote mark sticks to the number
    assert amounts == expected
    total = ruled_table()[-1][3].replace(",", "")
    assert int(total) * 1000 == known["value_usd_rounded"].sum()


def test_table_1_has_merged_cells_and_no_minus():
    receivers = [row[0] for row in ruled_table()]
    assert receivers.count(None) == 2
    assert receivers[1] == "Local Department of Taxation"


def test_table_2_has_no_lines_and_the_numbers_of_its_dataset():
    totals = pd.read_csv(dataset("money_eiti_totals"))
    sides = totals.pivot(index="year", columns="reported_by", values="value_usd")
    with pdfplumber.open(FOLDER / NAMES[0]) as pdf:
        page = pdf.pages[1]
        assert page.extract_table() is None
        lines = page.extract_text().splitlines()
    for year, row in (sides / 1000).round().iterrows():
        line = next(line for line in lines if line.startswith(f"{year} "))
        words = "– –"
        if row.notna().all():
            difference = row["company"] - row["government"]
            words = f"{row['company']:,.0f} {difference:+,.0f}".replace("-", "−")
        expected = f"{year} {row['government']:,.0f} {words}"
        assert line == expected.replace(",", " ")


def test_the_web_page_has_the_numbers_of_its_dataset():
    web = pd.read_html(FOLDER / NAMES[1], decimal=",", thousands=".")[1]
    web.columns = ["year", "Q1", "Q2", "Q3", "Q4", "whole"]
    table = pd.read_csv(dataset("mine_production"), dtype={"period": str})
    copper = table[table["measure"] == "copper_in_concentrate"].set_index("period")["value"]
    for row in web.itertuples():
        assert row.whole == pytest.approx(copper[f"{row.year}"], abs=0.051)
        for quarter in ("Q1", "Q2", "Q3", "Q4"):
            value = getattr(row, quarter)
            assert value == pytest.approx(copper[f"{row.year}-{quarter}"], abs=0.051)
