"""Check the rules that ``datapackage.json`` states beside a table's schema.

A dataset's entry may hold these rules, all of them data and none of them code:

- ``measures``: the unit of each measure and the values that are possible;
- ``totals``: sums that were published elsewhere;
- ``parts``: rows that add up to another row, for example women and men to all people;
- ``equations``: a column that is the sum of others, for example arrivals less departures;
- ``agrees``: sums that must equal those of another table;
- ``outlier_rule`` and ``outliers``: values far from the others, each with an explanation.

Rows with ``status`` *derived* are computed again from their ``formula``.
"""

import ast
import operator
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from gobi.data.checks import Findings, check
from gobi.data.package import Files, number

#: A column's values as the rules select them.
Rows = list[dict[str, str]]

OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
}

#: Series with fewer values have no outliers.
SHORTEST_SERIES = 8


def select(rows: Rows, where: dict) -> Iterator[dict[str, str]]:
    """Yield the rows whose columns have the values asked for; a list means any of them.

    Args:
        rows: the rows of a table.
        where: column name → value, or list of values.
    """
    wanted = {
        column: {str(each) for each in (value if isinstance(value, list) else [value])}
        for column, value in where.items()
    }
    for row in rows:
        if all(str(row.get(column, "")) in values for column, values in wanted.items()):
            yield row


def sums_by(rows: Rows, rule: dict) -> dict[str, float]:
    """Add up a column for each value of another.

    Args:
        rows: the rows of a table.
        rule: ``column`` to add up, ``by`` (the sum of all rows is called ``all`` without it)
            and ``where``, the rows that count.

    Returns:
        Sums by value. Empty cells count as nothing, and a group of empty cells has no sum.
    """
    sums: dict[str, float] = defaultdict(float)
    for row in select(rows, rule.get("where", {})):
        value = number(row.get(rule["column"]))
        if value is not None:
            sums[str(row.get(rule["by"], "")) if "by" in rule else "all"] += value
    return dict(sums)


def compute(formula: str) -> float | None:
    """Compute the arithmetic at the end of a formula.

    Args:
        formula: text, a colon, and numbers with ``+ - * / ( )``; or the numbers alone.

    Returns:
        The result, or None if there is no arithmetic to compute.
    """
    try:
        return _value_of(ast.parse(formula.rpartition(":")[2].strip(), mode="eval").body)
    except (SyntaxError, ValueError, KeyError, ZeroDivisionError):
        return None


def _value_of(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return value
        case ast.BinOp(left=left, op=sign, right=right):
            return OPERATORS[type(sign)](_value_of(left), _value_of(right))
        case ast.UnaryOp(op=sign, operand=value):
            return OPERATORS[type(sign)](_value_of(value))
    raise ValueError(node)


@check("sums")
def _sums(files: Files) -> Findings:
    """Compare sums with those published elsewhere (``totals``)."""
    for name, resource, rows in files.readable():
        for total in resource.get("totals", []):
            sums = sums_by(rows, total)
            for key, expected in total["expected"].items():
                found = sums.get(key, 0)
                if abs(found - expected) > total["tolerance"]:
                    of = "" if key == "all" else f" of {key}"
                    yield (
                        name,
                        f"{total['column']}{of} adds up to {found:,.10g}, "
                        f"but should be {expected:,.10g}.",
                    )


@check("parts")
def _parts(files: Files) -> Findings:
    """Rows that are parts must add up to the row that is the whole (``parts``)."""
    for name, resource, rows in files.readable():
        for rule in resource.get("parts", []):
            for group, values in _groups(rows, rule).items():
                if values.keys() != {rule["total"], *rule["parts"]}:
                    continue
                whole, parts = values.pop(rule["total"]), sum(values.values())
                if abs(whole - parts) > rule["tolerance"] + 1e-9:
                    yield (
                        name,
                        f"{', '.join(group)}: the parts add up to {parts:,.10g}, but "
                        f"{rule['total']} is {whole:,.10g}.",
                    )


def _groups(rows: Rows, rule: dict) -> dict[tuple, dict[str, float]]:
    groups: dict[tuple, dict[str, float]] = defaultdict(dict)
    wanted = {rule["total"], *rule["parts"]}
    for row in select(rows, rule.get("where", {})):
        value, part = number(row.get(rule["column"])), row.get(rule["split"], "")
        if value is not None and part in wanted:
            groups[tuple(str(row.get(column, "")) for column in rule["by"])][part] = value
    return groups


@check("equations")
def _equations(files: Files) -> Findings:
    """A column that is made of others in its row must equal them (``equations``)."""
    for name, resource, rows in files.readable():
        for rule in resource.get("equations", []):
            for line, row in enumerate(rows, 2):
                terms = {column: number(row.get(column)) for column in rule["terms"]}
                found = number(row.get(rule["result"]))
                if found is None or None in terms.values():
                    continue
                if not any(select([row], rule.get("where", {}))):
                    continue
                expected = sum(rule["terms"][column] * terms[column] for column in terms)
                if abs(found - expected) > rule["tolerance"] + 1e-9:
                    yield (
                        name,
                        f"Line {line}: {rule['result']} is {found:,.10g}, but "
                        f"{' and '.join(terms)} make {expected:,.10g}.",
                    )


@check("agrees")
def _agrees(files: Files) -> Findings:
    """Sums that another table has too must be the same there (``agrees``)."""
    for name, resource, rows in files.readable():
        for rule in resource.get("agrees", []):
            other = rule["with"]
            if not files.has(other["resource"]):
                continue
            here = sums_by(rows, rule)
            there = sums_by(files.rows(other["resource"]), other)
            if not here.keys() & there.keys():
                yield name, f"It has nothing in common with {other['resource']} to compare."
            for key in here.keys() & there.keys():
                scaled = here[key] * rule.get("scale", 1)
                if abs(scaled - there[key]) > rule["tolerance"] + 1e-9:
                    yield (
                        name,
                        f"{key}: {rule['column']} adds up to {scaled:,.10g}, but "
                        f"{other['resource']} has {there[key]:,.10g}.",
                    )


@check("quarters")
def _quarters(files: Files) -> Findings:
    """Four quarters of a measure that adds up must make the year, within half a percent."""
    for name, resource, rows in files.readable():
        measures = resource.get("measures", {})
        quarters, years = defaultdict(list), {}
        for row in rows:
            measure, value = row.get("measure"), number(row.get("value"))
            if value is None or not measures.get(measure, {}).get("adds_up"):
                continue
            key = (measure, row.get("period", "")[:4])
            if row.get("period_type") == "quarter":
                quarters[key].append(value)
            elif row.get("period_type") == "year":
                years[key] = value
        for (measure, year), values in quarters.items():
            whole = years.get((measure, year))
            if len(values) == 4 and whole and abs(sum(values) - whole) > 0.005 * whole:
                yield (
                    name,
                    f"{measure}: the quarters of {year} add up to {sum(values):,.6g}, "
                    f"but the year says {whole:,.6g}.",
                )


@check("derived")
def _derived(files: Files) -> Findings:
    """A derived value follows from its formula, to the last digit that is printed."""
    for name, _, rows in files.readable():
        for line, row in enumerate(rows, 2):
            formula, text = row.get("formula") or "", row.get("value") or ""
            if row.get("status") != "derived":
                if formula:
                    yield name, f"Line {line} has a formula, but its status is not derived."
                continue
            result, value = compute(formula), number(text)
            if result is None:
                yield name, f"Line {line} is derived, but its formula cannot be computed."
            elif value is None or abs(result - value) > 0.5 * _last_digit(text) + 1e-9:
                yield name, f"Line {line}: the formula gives {result:,.10g}, the value is {text}."


def _last_digit(text: str) -> float:
    """Return what one step of the last printed digit is worth: 0.1 for 28.7."""
    return 10.0 ** -len(text.partition(".")[2])


@check("outliers")
def _outliers(files: Files) -> Findings:
    """Values far from the others are listed and explained, and only those."""
    for name, resource, rows in files.readable():
        rule, listed = resource.get("outlier_rule"), resource.get("outliers", [])
        if not rule:
            continue
        far = list(_far_values(rows, rule))
        for row in far:
            if not any(list(select([row], entry["rows"])) for entry in listed):
                columns = (*rule["by"], rule["order"], rule["column"])
                what = ", ".join(f"{column} {row[column]}" for column in columns)
                yield name, f"This value is far from the others and not explained: {what}."
        for entry in listed:
            if not list(select(far, entry["rows"])):
                yield name, f"Listed as an outlier, but it is none: {entry['rows']}."


def _far_values(rows: Rows, rule: dict) -> Iterator[dict[str, str]]:
    """Yield rows whose modified z-score (Iglewicz and Hoaglin, 1993) is over the limit."""
    series: dict[tuple, Rows] = defaultdict(list)
    for row in select(rows, rule.get("where", {})):
        if number(row.get(rule["column"])) is not None:
            series[tuple(row[column] for column in rule["by"])].append(row)
    for members in series.values():
        members.sort(key=lambda row: row[rule["order"]])
        values = [number(row[rule["column"]]) for row in members]
        if rule["on"] == "change":
            values = [after - before for before, after in pairwise(values)]
            members = members[1:]
        if len(values) < SHORTEST_SERIES:
            continue
        middle = median(values)
        spread = median(abs(value - middle) for value in values)
        for row, value in zip(members, values, strict=True):
            if spread and 0.6745 * abs(value - middle) / spread > rule.get("limit", 3.5):
                yield row


@check("units")
def _units(files: Files) -> Findings:
    """Each measure has one unit and values of a size that is possible."""
    for name, resource, rows in files.readable():
        measures = resource.get("measures", {})
        for row in rows if measures else []:
            measure, unit, value = row.get("measure"), row.get("unit"), number(row.get("value"))
            rule = measures.get(measure)
            where = f"{measure} of {row.get('period') or row.get('year')}"
            if not rule:
                yield name, f"The measure {measure} has no unit in its entry."
            elif unit != rule["unit"]:
                yield name, f"{where} is in {unit}, but this measure is in {rule['unit']}."
            elif value is not None and not rule["minimum"] <= value <= rule["maximum"]:
                yield (
                    name,
                    f"{where} is {value:,.10g} {unit}; possible is {rule['minimum']:,} to "
                    f"{rule['maximum']:,}. Is the unit right?",
                )
