"""Every statement about the data in modules 3 and 4 is true, and its check can fail.

The checks themselves stand in ``statements``, one file for each lesson.
"""

import importlib
import re
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

import gobi
from gobi import notebooks

LESSONS = [
    path
    for path in notebooks.lessons(ROOT)
    if path.parent.name in ("03_analysis", "04_visualization")
]

#: Words that make a sentence a statement about the data: ranks, comparisons, changes, shares.
CLAIM = re.compile(
    r"\b(largest|smallest|highest|lowest|most|least|fewest|worst|best|longest|shortest|more|less|"
    r"fewer|higher|lower|larger|smaller|greater|rose|rises|fell|falls|grew|shrank|doubled|halved|"
    r"half|third|quarter of|twice|times|correlation|share|percent|colder|warmer|never|always)\b",
    re.IGNORECASE,
)

SURVEY = ROOT / "modules" / "05_storytelling" / "practice" / "survey_SIMULATED.csv"


def module_of(path: Path):
    """Return the statements of a lesson."""
    subject = path.parent.name.split("_", 1)[1]
    return importlib.import_module(f"statements.{subject}_{path.name[:2]}")


def checks_of(path: Path) -> list:
    return [each for each in vars(module_of(path)).values() if hasattr(each, "quotes")]


CASES = [(path, check) for path in LESSONS for check in checks_of(path)]
IDS = [f"{path.parent.name[:2]}-{path.name[:2]}-{check.__name__}" for path, check in CASES]


# The data ------------------------------------------------------------------------------------


@cache
def _table(name: str):
    if name == "survey_SIMULATED":
        return pd.read_csv(SURVEY)
    path = gobi.dataset(name)
    if path.suffix == ".geojson":
        import geopandas

        return geopandas.read_file(path)
    return pd.read_csv(path)


def read(name: str):
    """Return a dataset as a table; ``survey_SIMULATED`` is the practice survey."""
    return _table(name).copy()


def shuffled(name: str):
    """Return a dataset whose numbers and shapes stand in wrong rows."""
    table, random = read(name), np.random.default_rng(20261121)
    keys = {"year", "month", "soum_code", "aimag_code", "quarter"}
    for column in table.columns:
        if column not in keys and (column == "geometry" or table[column].dtype.kind in "if"):
            table[column] = table[column].to_numpy()[random.permutation(len(table))]
    return table


def scaled(name: str):
    """Return a dataset in which every number has an error between a half and three times."""
    table, random = read(name), np.random.default_rng(11)
    for column in table.columns:
        if table[column].dtype.kind in "if":
            table[column] = table[column] * random.uniform(0.5, 3, len(table))
    return table


def thinned(name: str):
    """Return a dataset without every second row."""
    return read(name).iloc[::2].copy()


def fails(check, disturbed) -> bool:
    try:
        check(disturbed)
    except Exception:
        return True
    return False


# The text ------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """Return text without the signs of Markdown, on one line."""
    text = re.sub(r"```.*?```", " ", text, flags=re.DOTALL)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"<[^>]+>", " ", text)
    text = text.replace("**", "").replace("`", "")
    text = re.sub(r"(?<!\w)[*_]([^*_\n]+)[*_](?!\w)", r"\1", text)
    return re.sub(r"\s+", " ", text).strip()


def sentences(text: str) -> list[str]:
    """Return the sentences of a Markdown text, without headings and tables."""
    text = re.sub(r"```.*?```", " ", text, flags=re.DOTALL)
    parts: list[str] = []
    block = ""
    for line in [*text.splitlines(), ""]:
        line = line.strip().lstrip(">").strip()
        new = re.match(r"([-*#|]|\d+\.\s|[A-D]\.\s)", line) and not line.startswith(("**", "*W"))
        if new or not line:
            parts.append(block)
            block = ""
        if not line.startswith(("#", "|")):
            block += " " + re.sub(r"^([-*]|\d+\.|[A-D]\.)\s+", "", line)
    found = []
    for part in [*parts, block]:
        found += re.split(r"(?<=[.?!:])\s+(?=[A-ZӨҮА-Я“\"*])", part)
    return [plain(each) for each in found if plain(each)]


def learner_texts(path: Path) -> list[tuple[str, bool]]:
    """Return each text of a lesson, and whether it describes what was just seen."""
    found = []
    for cell in notebooks.read(path).cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "markdown" and "trainer" not in tags:
            text = re.sub(r"(?m)^\*\*New words\*\*:.*$", "", cell.source)
            found.append((text, bool(re.search(r"what do we see", text, re.I))))
        alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
        if alt:
            found.append((alt, True))
    return found


def statements_in(path: Path) -> list[str]:
    """Return the sentences of a lesson that state something about the data.

    Those are sentences with a word of ``CLAIM``: all in alt texts and in cells that say what we
    see, and elsewhere those with a number.
    """
    found = []
    for text, seen in learner_texts(path):
        for sentence in sentences(text):
            number = re.search(r"\d", sentence)
            if CLAIM.search(sentence) and (seen or number) and not sentence.endswith("?"):
                found.append(sentence)
    return found


# The tests -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "check"), CASES, ids=IDS)
def test_statement_is_true(path, check):
    check(read)


@pytest.mark.parametrize(("path", "check"), CASES, ids=IDS)
def test_check_of_a_statement_can_fail(path, check):
    assert [name for name in (shuffled, scaled, thinned) if fails(check, name)] != []


@pytest.mark.parametrize(("path", "check"), CASES, ids=IDS)
def test_statement_stands_in_the_lesson(path, check):
    cells = notebooks.read(path).cells
    text = plain(" ".join(cell.source for cell in cells if cell.cell_type == "markdown"))
    alts = [cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "") for cell in cells]
    whole = text + " " + plain(" ".join(alts))
    assert [quote for quote in check.quotes if plain(quote) not in whole] == []


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_statement_goes_unchecked(path):
    module = module_of(path)
    quotes = [plain(quote) for check in checks_of(path) for quote in check.quotes]
    known = [*quotes, *(plain(quote) for quote in getattr(module, "NOT_DATA", {}))]
    unchecked = [
        sentence
        for sentence in statements_in(path)
        if not any(quote in sentence or sentence in quote for quote in known)
    ]
    assert unchecked == []


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_exceptions_stand_in_the_lesson_and_say_why(path):
    exceptions = getattr(module_of(path), "NOT_DATA", {})
    whole = plain(" ".join(text for text, _ in learner_texts(path)))
    assert [quote for quote in exceptions if plain(quote) not in whole] == []
    assert all(len(reason) >= 8 for reason in exceptions.values())
