"""Each rule that a dataset's entry can state finds what breaks it, and nothing else."""

import json
from pathlib import Path

import pytest

from gobi import data
from gobi.data import rules


def package(folder: Path, tables: dict[str, str], **entries: dict) -> Path:
    """Write a small data package: name → text of its CSV, and the rules of its entry."""
    resources = []
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        columns = [{"name": column, "type": "any"} for column in text.split("\n")[0].split(",")]
        resources.append(
            {"name": name, "path": f"{name}.csv", "schema": {"fields": columns}}
            | entries.get(name, {})
        )
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}))
    return folder


def messages(folder: Path, check: str) -> list[str]:
    return [problem.message for problem in data.validate(folder, only=[check])]


PEOPLE = (
    "year,sex,value\n2019,female,40\n2019,male,30\n2019,total,70\n2020,female,41\n2020,total,75\n"
)
PARTS = {
    "column": "value",
    "by": ["year"],
    "split": "sex",
    "total": "total",
    "parts": ["female", "male"],
    "tolerance": 0,
}


def test_parts_add_up_to_the_whole(tmp_path: Path) -> None:
    assert messages(package(tmp_path, {"people": PEOPLE}, people={"parts": [PARTS]}), "parts") == []
    broken = PEOPLE.replace("male,30", "male,33")
    assert messages(package(tmp_path, {"people": broken}, people={"parts": [PARTS]}), "parts") == [
        "2019: the parts add up to 73, but total is 70."
    ]


def test_a_whole_without_all_its_parts_is_not_judged(tmp_path: Path) -> None:
    complete = PEOPLE + "2020,male,1\n"
    assert messages(package(tmp_path, {"p": complete}, p={"parts": [PARTS]}), "parts") == [
        "2020: the parts add up to 42, but total is 75."
    ]


def test_equations_hold_in_each_row(tmp_path: Path) -> None:
    rule = {"result": "net", "terms": {"arrivals": 1, "departures": -1}, "tolerance": 0}
    table = "year,arrivals,departures,net\n2019,9,4,5\n2020,7,8,1\n2021,7,,3\n"
    assert messages(
        package(tmp_path, {"moves": table}, moves={"equations": [rule]}), "equations"
    ) == ["Line 3: net is 1, but arrivals and departures make -1."]
    only_2019 = rule | {"where": {"year": "2019"}}
    folder = package(tmp_path, {"moves": table}, moves={"equations": [only_2019]})
    assert messages(folder, "equations") == []


def test_tables_agree(tmp_path: Path) -> None:
    tables = {
        "soums": "year,soum,head\n2019,a,1000\n2019,b,2000\n2020,a,1500\n",
        "aimag": "year,thousand\n2019,3.0\n2020,1.6\n2021,9\n",
    }
    rule = {
        "column": "head",
        "by": "year",
        "scale": 0.001,
        "tolerance": 0.05,
        "with": {"resource": "aimag", "column": "thousand", "by": "year"},
    }
    assert messages(package(tmp_path, tables, soums={"agrees": [rule]}), "agrees") == [
        "2020: head adds up to 1.5, but aimag has 1.6."
    ]
    rule["with"] = rule["with"] | {"where": {"year": ["1999"]}}
    assert messages(package(tmp_path, tables, soums={"agrees": [rule]}), "agrees") == [
        "It has nothing in common with aimag to compare."
    ]


def test_derived_values_are_computed_again(tmp_path: Path) -> None:
    table = (
        "value,status,formula\n"
        "50.2,derived,the year less nine months: 148.4 - 98.2\n"
        "50.3,derived,the year less nine months: 148.4 - 98.2\n"
        "7,derived,a third (rounded): 20 / 3\n"
        "7.0,derived,a third: 20 / 3\n"
        "5,derived,from the press\n"
        "5,reported,1 + 4\n"
    )
    assert messages(package(tmp_path, {"mine": table}), "derived") == [
        "Line 3: the formula gives 50.2, the value is 50.3.",
        "Line 5: the formula gives 6.666666667, the value is 7.0.",
        "Line 6 is derived, but its formula cannot be computed.",
        "Line 7 has a formula, but its status is not derived.",
    ]


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("148.4 - 98.2", 50.2),
        ("from 2: 1: 214.8 / (1 + 0.665)", 129.009),
        ("-3 + 2 * 4", 5),
        ("1 / 0", None),
        ("__import__('os').getcwd()", None),
        ("2 ** 9999999", None),
        ("", None),
    ],
)
def test_formulas_are_only_arithmetic(formula: str, result: float | None) -> None:
    assert rules.compute(formula) == (result if result is None else pytest.approx(result, abs=1e-3))


SERIES = "year,kind,value\n" + "".join(
    f"{year},a,{value}\n" for year, value in enumerate([10, 11, 9, 10, 12, 11, 50, 10, 9], 2000)
)
RULE = {"column": "value", "by": ["kind"], "order": "year", "on": "value"}


def test_outliers_are_listed(tmp_path: Path) -> None:
    entry = {"outlier_rule": RULE, "outliers": [{"rows": {"year": "2006"}, "why": "A dzud."}]}
    assert messages(package(tmp_path, {"t": SERIES}, t=entry), "outliers") == []
    entry["outliers"] = [{"rows": {"year": "2001"}, "why": "None."}]
    assert messages(package(tmp_path, {"t": SERIES}, t=entry), "outliers") == [
        "This value is far from the others and not explained: kind a, year 2006, value 50.",
        "Listed as an outlier, but it is none: {'year': '2001'}.",
    ]


def test_outliers_of_change(tmp_path: Path) -> None:
    entry = {"outlier_rule": RULE | {"on": "change", "limit": 6}, "outliers": []}
    found = messages(package(tmp_path, {"t": SERIES}, t=entry), "outliers")
    assert [text.rpartition("year ")[2] for text in found] == ["2006, value 50.", "2007, value 10."]


def test_units_are_known_and_possible(tmp_path: Path) -> None:
    table = (
        "year,measure,value,unit\n2019,copper,146,kt\n2020,copper,149000,kt\n"
        "2021,copper,9,t\n2021,lead,9,t\n"
    )
    entry = {"measures": {"copper": {"unit": "kt", "minimum": 10, "maximum": 400}}}
    assert messages(package(tmp_path, {"t": table}, t=entry), "units") == [
        "copper of 2020 is 149,000 kt; possible is 10 to 400. Is the unit right?",
        "copper of 2021 is in t, but this measure is in kt.",
        "The measure lead has no unit in its entry.",
    ]


def square(west: float, south: float, side: float) -> dict:
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def maps(folder: Path, shape: dict, properties: dict, **entry: object) -> Path:
    """Write a package of one soum, a square of one degree, and one shape on another map."""
    layers = {
        "place_soum_boundaries": (square(105, 43, 1), {"soum_code": 34601}),
        "roads": (shape, properties),
    }
    resources = []
    for name, (geometry, values) in layers.items():
        feature = {"type": "Feature", "properties": values, "geometry": geometry}
        text = json.dumps({"type": "FeatureCollection", "features": [feature]})
        (folder / f"{name}.geojson").write_text(text)
        columns = [{"name": column, "type": "any"} for column in values]
        resources.append(
            {"name": name, "path": f"{name}.geojson", "properties": columns, "features": 1}
            | {"geometry": geometry["type"]}
            | (entry if name == "roads" else {})
        )
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}))
    return folder


ROAD = {"type": "LineString", "coordinates": [[105.1, 43.5], [106.1, 43.5]]}


def test_shapes_of_the_aimag_lie_in_it(tmp_path: Path) -> None:
    assert messages(maps(tmp_path, ROAD, {"name": "a"}, inside=0.8), "place") == []
    assert messages(maps(tmp_path, ROAD, {"name": "a"}), "place") == []
    assert messages(maps(tmp_path, ROAD, {"name": "a"}, inside=0.99), "place") == [
        "Shape 1 does not lie in Umnugovi."
    ]
    outside = square(107, 43, 1)
    assert messages(maps(tmp_path, outside, {"name": "a"}, inside=0.1), "place") == [
        "Shape 1 does not lie in Umnugovi."
    ]


def test_lengths_and_areas_are_measured(tmp_path: Path) -> None:
    assert messages(maps(tmp_path, ROAD, {"length_km": 80.88}), "geometry") == []
    assert messages(maps(tmp_path, ROAD, {"length_km": 90}), "geometry") == [
        "Shape 1 is 80.88 km long, but its length_km says 90."
    ]
    assert messages(maps(tmp_path, square(105, 43, 1), {"area_km2": 9000}), "geometry") == [
        "Shape 1 measures 8,985.39 km2, but its area_km2 says 9,000."
    ]
