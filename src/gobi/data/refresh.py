"""Bring tables up to date from their publishers, after showing what would change.

A dataset's entry in ``datapackage.json`` may hold ``refresh``: where the publisher's table is
and which of its columns are ours. It is data; :mod:`gobi.data.fetch` reads it. Columns may be:

- ``{"variable": "Бүс", "codes": [346]}``: a variable of the publisher; ``codes`` or ``texts`` name
  the values that we take, as a list, or as an object of their word → ours;
- ``{"variable": "Он", "form": "year", "from": 1970}``: the time, ``year`` or ``month``; with
  ``"newest": true`` only the newest is asked for;
- ``{"pick": {"Хүйс": {"texts": ["Total"]}}, "decimals": 0, "factor": 1000}``: numbers; ``name`` and
  ``units`` instead of ``pick`` in the World Bank's sheet;
- ``{"terms": {"arrivals": 1, "departures": -1}}``: a sum of fetched numbers;
- ``{"part": "month"}``: the year or the month of the time, as a number;
- ``{"fixed": 346}``: the same in each new row;
- ``{"copy": "soum_code"}``: as in an earlier row with the same soum_code.

``source`` is the row for ``sources.csv``; ``{month}`` in its ``source_id`` becomes the month of
reading. A table whose columns stand in several tables of the publisher has a list of entries;
the first names the source.

Rows are never taken away: what the publisher no longer has stays, with its earlier source.
"""

import csv
import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from gobi.data.checks import Problem, validate
from gobi.data.fetch import FetchError, fetch, time_column, value_columns
from gobi.data.package import DataError, Files, number
from gobi.data.write import fingerprint, package_bytes, write_files

#: A value that becomes this many times larger or smaller has another unit.
UNIT_CHANGE = 800

#: No more rows than this are shown of each kind of change.
MOST_SHOWN = 20

Row = dict[str, str]


@dataclass
class Outcome:
    """What a refresh of one table found.

    Attributes:
        name: the dataset's name.
        added: rows that the publisher has and we do not.
        changed: key of the row, column, old and new value.
        gone: keys of rows that the publisher no longer has.
        problems: what our checks say about the new table.
        error: why there is no new table, in one sentence; empty if there is one.
        written: where the earlier table is kept, if the new one was written.
    """

    name: str
    added: list[Row] = field(default_factory=list)
    changed: list[tuple[tuple[str, ...], str, str, str]] = field(default_factory=list)
    gone: list[tuple[str, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    error: str = ""
    written: Path | None = None

    @property
    def ok(self) -> bool:
        """Say whether the table was fetched and the new one passes the checks."""
        return not self.error and not self.problems

    def lines(self) -> list[str]:
        """Say what was found, in lines for the terminal."""
        if self.error:
            return [f"{self.name}: {self.error} Nothing was changed."]
        lines = [f"{self.name}: {self._summary()}"]
        lines += _shown("+", (", ".join(filter(None, row.values())) for row in self.added))
        lines += _shown(
            "~",
            (
                f"{', '.join(key)}: {column} {old or '(empty)'} → {new or '(empty)'}"
                for key, column, old, new in self.changed
            ),
        )
        lines += _shown(
            "-", (f"{', '.join(key)}: the publisher no longer has it" for key in self.gone)
        )
        return lines + self._end()

    def _summary(self) -> str:
        if not (self.added or self.changed or self.gone):
            return "nothing changed, it is up to date."
        return (
            f"new rows: {len(self.added)}; values that differ: {len(self.changed)}; "
            f"rows that are gone, and stay here: {len(self.gone)}."
        )

    def _end(self) -> list[str]:
        if self.problems:
            found = [f"  {each.dataset} [{each.check}]: {each.message}" for each in self.problems]
            return ["  The new table does not pass our checks. Nothing was changed:", *found]
        if self.written:
            return [
                f"  Written. The earlier table is kept: {self.written}",
                "  Now read its entry in datapackage.json: period, description, update_frequency, "
                "attribution and known_gaps may be out of date.",
            ]
        if self.added or self.changed:
            return [f"  Nothing was written. To write it: gobi data refresh {self.name} --write"]
        return []


def _shown(sign: str, texts: Iterable[str]) -> list[str]:
    lines = [f"  {sign} {text}" for text in texts]
    more = len(lines) - MOST_SHOWN
    return lines if more <= 0 else [*lines[:MOST_SHOWN], f"  {sign} … and {more} more"]


def refresh(
    names: Iterable[str] = (), folder: Path | None = None, write: bool = False
) -> Iterator[Outcome]:
    """Ask the publishers for newer tables and compare them with ours.

    Args:
        names: names of datasets; all that have a ``refresh`` entry when left out.
        folder: the datasets folder; found as for :func:`gobi.dataset` when left out.
        write: write what changed, if it passes the checks of :func:`gobi.data.validate`.

    Yields:
        The outcome of each table, when it is known. A failure of one does not stop the others.

    Raises:
        DataError: the package cannot be read, has no such dataset, or no entry to refresh it.
    """
    files = Files(folder)
    names = list(dict.fromkeys(names))
    resources = [files.find(name) for name in names] or [
        resource for resource in files.resources if "refresh" in resource
    ]
    for resource in resources:
        if "refresh" not in resource:
            raise DataError(
                f"The entry of {resource['name']} has no 'refresh': "
                "its publisher has no address that a program can ask, or it is not described."
            )
    if not resources:
        raise DataError("No dataset has a 'refresh' entry.")
    for resource in resources:
        outcome = Outcome(resource["name"])
        try:
            _refresh(outcome, files.folder, write)
        except DataError as error:
            outcome.error = str(error)
        yield outcome


def _refresh(outcome: Outcome, folder: Path, write: bool) -> None:
    """Find out what changed in one table; write it if it passes the checks."""
    files = Files(folder)  # again: a table before this one may have been written
    resource = files.find(outcome.name)
    ours = files.rows(outcome.name)
    if not ours:
        raise DataError(f"{resource['path']} cannot be read; run: gobi data validate.")
    entries = resource["refresh"]
    entries = entries if isinstance(entries, list) else [entries]
    _require_key(resource, entries)
    theirs = _fetch_all(resource, entries)
    _compare(outcome, resource, entries[0], ours, theirs)
    if not (outcome.added or outcome.changed):
        return
    rows, source = _new_rows(outcome, resource, entries[0], ours)
    outcome.problems = _new_problems(folder, outcome.name, rows, source)
    if write and not outcome.problems:
        outcome.written = _keep_copy(folder, resource)
        _write(folder, outcome.name, rows, source)


# Compare -----------------------------------------------------------------------------------


def _key_columns(resource: dict) -> list[str]:
    key = resource.get("schema", {}).get("primaryKey", [])
    key = [key] if isinstance(key, str) else key
    return [column for column in key if not column.startswith("source_id")]


def _key(row: Row, resource: dict) -> tuple[str, ...]:
    return tuple(row.get(column, "") for column in _key_columns(resource))


def _require_key(resource: dict, entries: list[dict]) -> None:
    """Make sure that each entry says which row a fetched value belongs to."""
    for entry in entries:
        columns = entry.get("columns", {})
        times = time_column({"columns": columns})
        missing = [column for column in _key_columns(resource) if column not in columns]
        if missing or times not in _key_columns(resource):
            raise FetchError(
                "Its refresh entry does not say where the column "
                f"{missing[0] if missing else times} of the primary key comes from."
            )


def _fetch_all(resource: dict, entries: list[dict]) -> dict[tuple, Row]:
    """Fetch all parts of a table and join them on the key."""
    joined: dict[tuple, Row] = {}
    for entry in entries:
        columns = entry["columns"].items()
        fixed = {column: str(spec["fixed"]) for column, spec in columns if "fixed" in spec}
        for row in fetch(entry):
            row = {**row, **fixed}
            joined.setdefault(_key(row, resource), {}).update(row)
    return joined


def _compare(
    outcome: Outcome, resource: dict, entry: dict, ours: list[Row], theirs: dict[tuple, Row]
) -> None:
    """Fill in what differs. A table that shrank or changed its unit is an error."""
    known = {_key(row, resource): row for row in ours}
    if len(known) < len(ours):
        raise DataError("Several of our rows have the same key, so they cannot be compared.")
    _require_scope(outcome, resource, entry, known, theirs)
    for key, row in theirs.items():
        if key not in known:
            outcome.added.append(row)
            continue
        for column, new in row.items():
            old = known[key].get(column, "")
            fixed = "fixed" in entry["columns"].get(column, {})  # meant for new rows only
            if column not in _key_columns(resource) and not fixed and not _same(old, new):
                outcome.changed.append((key, column, old, new))
    _require_units(outcome, resource, entry, known)


def _same(old: str, new: str) -> bool:
    """Say whether two cells hold the same number, or the same text."""
    return old == new or (number(old) is not None and number(old) == number(new))


def _require_scope(
    outcome: Outcome, resource: dict, entry: dict, known: dict, theirs: dict[tuple, Row]
) -> None:
    """Find the rows that the publisher should have too, and make sure that it has most."""
    times = time_column(entry)
    newest_only = entry["columns"][times].get("newest", False)
    columns = _key_columns(resource)
    begin = str(entry["columns"][times].get("from", ""))
    values = {column: _wanted(entry["columns"][column], column, theirs) for column in columns}
    fetched = {column for row in theirs.values() for column in row} - set(columns)
    fetched -= {column for column, spec in entry["columns"].items() if "fixed" in spec}
    scope = [
        key
        for key, row in known.items()
        if row[times] >= begin
        and any(row.get(column) for column in fetched)
        and all(
            row[column] in values[column] or (column == times and not newest_only)
            for column in columns
        )
    ]
    if not newest_only and len(theirs) < len(scope):
        raise FetchError(
            f"The publisher's table has {len(theirs)} rows, but ours has {len(scope)}: it shrank."
        )
    if not newest_only and not known.keys() & theirs.keys():
        raise FetchError("The publisher's table has no row in common with ours.")
    outcome.gone = [key for key in scope if key not in theirs]


def _wanted(spec: dict, column: str, theirs: dict[tuple, Row]) -> set[str]:
    """Return which values of a key column the publisher is asked for."""
    choice = spec.get("codes", spec.get("texts"))
    if "fixed" in spec:
        return {str(spec["fixed"])}
    if choice:
        return {str(each) for each in (choice.values() if isinstance(choice, dict) else choice)}
    return {row[column] for row in theirs.values()}


def _require_units(outcome: Outcome, resource: dict, entry: dict, known: dict) -> None:
    """Make sure that no value is a thousand times what it was, or what the row before was."""
    pairs = list(outcome.changed)
    columns = _key_columns(resource)
    time_at = columns.index(time_column(entry))
    last = {key[:time_at] + key[time_at + 1 :]: row for key, row in sorted(known.items())}
    for row in outcome.added:
        key = _key(row, resource)
        before = last.get(key[:time_at] + key[time_at + 1 :], {})
        numbers = row.keys() - set(columns)
        pairs += [(key, column, before.get(column, ""), row[column]) for column in sorted(numbers)]
    for key, column, old, new in pairs:
        before, after = abs(number(old) or 0), abs(number(new) or 0)
        if before and after and max(before / after, after / before) >= UNIT_CHANGE:
            raise FetchError(
                f"{column} of {', '.join(key)} would be {new} after {old}: has the unit changed?"
            )


# Write -------------------------------------------------------------------------------------


def _new_rows(
    outcome: Outcome, resource: dict, entry: dict, ours: list[Row]
) -> tuple[list[Row], Row]:
    """Return all rows of the new table, and the source of those that are new or changed."""
    today = date.today()
    source = {column: str(text) for column, text in entry.get("source", {}).items()}
    if "source_id" in source:
        source["source_id"] = source["source_id"].format(month=f"{today:%Y_%m}")
        source |= {"date": today.isoformat(), "note": "Read with gobi data refresh."}
    cited = {"source_id": source["source_id"]} if source and "source_id" in ours[0] else {}
    rows = [dict(row) for row in ours]
    by_key = {_key(row, resource): row for row in rows}
    for key, column, _, new in outcome.changed:
        by_key[key] |= {column: new, **cited}
    for row in outcome.added:
        copied = _copied(row, entry, ours)
        rows.append({column: (row | copied | cited).get(column, "") for column in ours[0]})
    return _in_order(rows, len(ours), time_column(entry), resource), source if cited else {}


def _copied(row: Row, entry: dict, ours: list[Row]) -> Row:
    """Return what a new row has in common with earlier ones, for example the soum's name."""
    copied = {}
    for column, spec in entry["columns"].items():
        if "copy" in spec:
            same = [each for each in ours if each.get(spec["copy"]) == row.get(spec["copy"])]
            copied[column] = same[-1].get(column, "") if same else ""
    return copied


def _in_order(rows: list[Row], old: int, times: str, resource: dict) -> list[Row]:
    """Put new rows where they belong, if the table has an order that can be seen."""
    for order in (lambda row: row[times], lambda row: _key(row, resource)):
        if rows[:old] == sorted(rows[:old], key=order):
            return sorted(rows, key=order)
    return rows


def _csv(rows: list[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _new_problems(folder: Path, name: str, rows: list[Row], source: Row) -> list[Problem]:
    """Write the table into a copy of the package and return what the checks say about it."""
    before = set(validate(folder))
    with tempfile.TemporaryDirectory() as place:
        scratch = Path(shutil.copytree(folder, Path(place) / "datasets"))
        _write(scratch, name, rows, source)
        return [problem for problem in validate(scratch) if problem not in before]


def _keep_copy(folder: Path, resource: dict) -> Path:
    """Keep the table as it was, beside the book, and return where."""
    path = folder / resource["path"]
    kept = folder.parent / "_build" / "replaced"
    kept.mkdir(parents=True, exist_ok=True)
    stem, number = f"{path.stem}-{date.today().isoformat()}", 1
    copy = kept / f"{stem}{path.suffix}"
    while copy.exists():
        number += 1
        copy = kept / f"{stem}-{number}{path.suffix}"
    shutil.copy2(path, copy)
    return copy


def _write(folder: Path, name: str, rows: list[Row], source: Row) -> None:
    """Write a table, its source, and what ``datapackage.json`` says about them."""
    files = Files(folder)
    resource = files.find(name)
    contents = {files.path(resource): _csv(rows)}
    sources = files.rows("sources") or []
    if source and source["source_id"] not in {each["source_id"] for each in sources}:
        row = {column: source.get(column, "") for column in sources[0]}
        sources = _insert(sources, row)
        contents[files.path(files.find("sources"))] = _csv(sources)
    _widen_years(resource, rows)
    for each in files.resources:
        if files.path(each) in contents:
            each["bytes"], each["hash"] = fingerprint(contents[files.path(each)])
    contents[files.folder / "datapackage.json"] = package_bytes(files.package)
    write_files(contents)


def _insert(sources: list[Row], row: Row) -> list[Row]:
    """Put a source where the alphabet has it, if the list follows the alphabet."""

    def by_id(each: Row) -> str:
        return each["source_id"]

    longer = [*sources, row]
    return sorted(longer, key=by_id) if sources == sorted(sources, key=by_id) else longer


def _widen_years(resource: dict, rows: list[Row]) -> None:
    """Let the columns of years end with the newest year, but never in the future."""
    entry = resource["refresh"][0] if isinstance(resource["refresh"], list) else resource["refresh"]
    years = {time_column(entry)}
    years |= {name for name, spec in entry["columns"].items() if spec.get("part") == "year"}
    for each in resource["schema"]["fields"]:
        rules = each.get("constraints", {})
        newest = max(row[each["name"]] for row in rows)
        if each["name"] in years and "maximum" in rules and newest.isdigit():
            rules["maximum"] = max(rules["maximum"], min(int(newest), date.today().year))


def wrong_entries(resource: dict) -> list[str]:
    """Return what is wrong with a dataset's ``refresh`` entry, without asking its publisher.

    Args:
        resource: the dataset's entry in ``datapackage.json``.

    Returns:
        One sentence for each fault; empty when all is well.
    """
    entries = resource.get("refresh", [])
    entries = entries if isinstance(entries, list) else [entries]
    wrong = []
    try:
        _require_key(resource, entries)
    except FetchError as error:
        wrong.append(str(error))
    ours = {each["name"] for each in resource["schema"]["fields"]}
    for entry in entries:
        unknown = sorted(entry.get("columns", {}).keys() - ours)
        wrong += [f"It has no column {column} to refresh." for column in unknown]
        if not value_columns({"columns": entry.get("columns", {})}):
            wrong.append("No column of its refresh entry holds numbers.")
    return wrong
