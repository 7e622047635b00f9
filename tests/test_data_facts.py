"""The datasets' values are the right ones: corrections hold, and other sources agree.

``settled_corrections.csv`` says how each finding of an independent check of the facts was
settled, with a proof that fails if the fix is undone. ``independent_values.csv`` holds values
from sources other than those the tables were made from.
"""

import csv
import json
from functools import cache
from pathlib import Path

import pytest

from gobi.data.package import Files, number
from gobi.data.rules import select

HERE = Path(__file__).resolve().parent
FILES = Files(HERE.parent / "datasets")

#: Findings of the independent check: 10 of high, 27 of medium and 27 of low severity.
FINDINGS = {"high": 10, "medium": 27, "low": 27}


def read(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CORRECTIONS = read("settled_corrections.csv")
VALUES = read("independent_values.csv")


@cache
def table(name: str) -> list[dict]:
    rows = FILES.rows(name)
    assert rows is not None, f"{name} cannot be read"
    return rows


def selected(line: dict[str, str]) -> list[dict]:
    return list(select(table(line["dataset"]), json.loads(line["rows"] or "{}")))


def total(rows: list[dict], column: str) -> float:
    """Add up a column; empty cells count as nothing."""
    return sum(number(row[column]) or 0 for row in rows)


def holds(line: dict[str, str]) -> bool:
    """Say whether the proof of one correction holds."""
    column, expected, kind = line["column"], line["expected"], line["test"]
    if kind == "note":
        entry = FILES.find(line["dataset"])
        texts = [entry["description"], entry["attribution"]]
        return expected in "\n".join(texts + entry["known_gaps"] + entry["cannot_show"])
    rows = selected(line)
    match kind:
        case "count":
            return len(rows) == int(expected)
        case "sum":
            return total(rows, column) == pytest.approx(float(expected))
        case "contains":
            return bool(rows) and all(expected in str(row[column]) for row in rows)
        case "value":
            (cell,) = [row[column] for row in rows]
            same = number(cell) is not None and number(cell) == number(expected)
            return same or str(cell or "") == expected
    raise AssertionError(f"unknown kind of test: {kind}")


@pytest.mark.parametrize(
    "line", CORRECTIONS, ids=[f"{each['number']}-{each['dataset']}" for each in CORRECTIONS]
)
def test_correction_is_settled(line: dict[str, str]) -> None:
    assert line["settled"] in ("applied", "argued", "left_out")
    assert line["problem"]
    assert line["how"]
    assert holds(line), line


def test_every_finding_is_settled() -> None:
    settled = {int(line["number"]): line["severity"] for line in CORRECTIONS}
    assert sorted(settled) == list(range(1, 65))
    for severity, count in FINDINGS.items():
        assert list(settled.values()).count(severity) == count


def test_a_proof_can_fail() -> None:
    """Undo a fix of each kind: the proof must notice."""
    for line in CORRECTIONS:
        wrong = {"expected": "-12345"}
        assert not holds(line | wrong), line


@pytest.mark.parametrize(
    "line",
    VALUES,
    ids=[f"{number}-{each['dataset']}" for number, each in enumerate(VALUES, 1)],
)
def test_another_source_agrees(line: dict[str, str]) -> None:
    rows = selected(line)
    assert rows, "no such row"
    assert all(number(row[line["column"]]) is not None for row in rows), "an empty cell"
    expected, tolerance = float(line["expected"]), float(line["tolerance"])
    assert total(rows, line["column"]) == pytest.approx(expected, abs=tolerance, rel=0)
    # A tolerance that lets everything pass is no test. Small figures are rounded, and two
    # degrees may lie between two ways to measure.
    smallest = 2 if "temperature" in line["dataset"] + line["column"] else 0.17
    assert tolerance <= max(0.15 * abs(expected), smallest), line


def test_enough_values_from_other_sources() -> None:
    assert len(VALUES) >= 60
    assert len({line["dataset"] for line in VALUES}) >= 20
    for line in VALUES:
        assert line["other_source"]
        assert line["why_independent"]
        assert line["other_address"]
