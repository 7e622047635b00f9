"""Read, check and describe the course's data package, and make the pages of its catalogue.

``datasets/datapackage.json`` is the one description of every table and map. Frictionless
checks the tables against it; the checks here add what a schema cannot say: sums that must
hold, one unit a measure, sources that exist, maps that lie in Mongolia. To add a check,
write a short function that yields ``(dataset, message)`` and decorate it with ``@_check``.
"""

import csv
import difflib
import hashlib
import io
import json
import re
import textwrap
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gobi import datasets_folder

#: Groups of datasets: the first word of a dataset's name, and the group's heading.
GROUPS = {
    "mine": "Mining · Уул уурхай",
    "money": "Money · Мөнгө",
    "place": "Places · Газар зүй",
    "people": "People · Хүн ам",
    "land": "Land and livestock · Газар, мал",
    "sources": "Sources · Эх сурвалж",
}

#: Licences a dataset may have. A new one is a decision, not a typing matter.
LICENCES = (
    "CC-BY-4.0",
    "CC-BY-3.0-IGO",
    "NSO-Mongolia",
    "EITI-free-with-credit",
    "MIT",
    "no-licence-stated",
)

#: What every dataset's passport must say.
PASSPORT = (
    "title",
    "title_mn",
    "description",
    "period",
    "place",
    "publisher",
    "update_frequency",
    "licenses",
    "attribution",
    "sources",
    "known_gaps",
    "cannot_show",
    "bytes",
    "hash",
)

#: West, south, east and north end of Mongolia, in degrees.
MONGOLIA = (87.7, 41.5, 120.0, 52.2)

#: Largest size of all files together, in bytes: the course travels on weak internet.
LARGEST_PACKAGE = 8_000_000

#: No check reports more problems than this for one dataset.
MOST_PROBLEMS = 10

#: Columns a preview shows. More do not fit on a phone.
PREVIEW_COLUMNS = 6

PREVIEW_ROWS = 5


class DataError(Exception):
    """The data package cannot be read; the message is one sentence for people."""


@dataclass(frozen=True)
class Problem:
    """Something wrong with a dataset.

    Attributes:
        dataset: name of the dataset, or ``datapackage.json``.
        check: name of the check that found it, for example ``"sums"``.
        message: one plain sentence.
    """

    dataset: str
    check: str
    message: str


# Reading -----------------------------------------------------------------------------------


def load_package(folder: Path | None = None) -> dict:
    """Read ``datapackage.json``.

    Args:
        folder: the datasets folder; found as for :func:`gobi.dataset` when left out.

    Returns:
        The descriptor, as the JSON file holds it.

    Raises:
        DataError: the file is missing, is not JSON, or does not list named files.
    """
    folder = folder or datasets_folder()
    path = folder / "datapackage.json"
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(
            f"The file datapackage.json is missing from {folder}; copy it back from the course."
        ) from None
    except UnicodeDecodeError:
        raise DataError(f"{path} is not in UTF-8; save it again as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise DataError(f"{path} is broken at line {error.lineno}: {error.msg}.") from None
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list) or not resources:
        raise DataError(f"{path} has no list 'resources', so it describes no dataset.")
    for number, resource in enumerate(resources, 1):
        if not isinstance(resource, dict) or not {"name", "path"} <= resource.keys():
            raise DataError(f"Dataset number {number} in {path} has no 'name' or no 'path'.")
        if not resource.get("schema", {}).get("fields") and not resource.get("properties"):
            raise DataError(f"{resource['name']} in {path} has no list of columns.")
    return package


def list_datasets(folder: Path | None = None) -> list[str]:
    """Return one line for each dataset: its name, its rows and its title.

    Args:
        folder: the datasets folder; found as for :func:`gobi.dataset` when left out.

    Raises:
        DataError: the package cannot be read.
    """
    files = _Files(folder)
    width = max(len(resource["name"]) for resource in files.resources)
    return [
        f"{resource['name']:<{width}}  {_count(files, resource):>14}  {resource.get('title', '')}"
        for resource in files.resources
    ]


def describe(name: str, folder: Path | None = None) -> str:
    """Return a dataset's passport as plain text for the terminal.

    Args:
        name: the dataset's name, for example ``"mine_production"``.
        folder: the datasets folder; found as for :func:`gobi.dataset` when left out.

    Raises:
        DataError: the package cannot be read or has no such dataset.
    """
    files = _Files(folder)
    resource = files.find(name)
    _require_passport(resource)
    parts = [f"{resource['title']}\n{resource['title_mn']}", _wrap(resource["description"])]
    facts = _passport(files, resource)
    width = max(len(key) for key, _ in facts) + 2
    parts.append("\n".join(_wrap(value, f"{key:<{width}}", width) for key, value in facts))
    parts.append("Columns\n" + "\n".join(_column_line(field) for field in _fields(resource)))
    for heading, key in (("Known gaps", "known_gaps"), ("What it cannot show", "cannot_show")):
        parts.append(f"{heading}\n" + "\n".join(_wrap(text, "- ", 2) for text in resource[key]))
    return "\n\n".join(parts)


class _Files:
    """The files of one data package. Each is read once; a file that cannot be read is None."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder or datasets_folder()
        self.package = load_package(self.folder)
        self.resources: list[dict] = self.package["resources"]
        self.text = cache(self._text)
        self.rows = cache(self._rows)
        self.features = cache(self._features)

    def find(self, name: str) -> dict:
        names = [resource["name"] for resource in self.resources]
        if name in names:
            return self.resources[names.index(name)]
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
        hint = f"Did you mean '{near[0]}'?" if near else f"The names are: {', '.join(names)}."
        raise DataError(f"There is no dataset called '{name}'. {hint}")

    def path(self, resource: dict) -> Path:
        return self.folder / resource["path"]

    def _text(self, path: str) -> str | None:
        try:
            return (self.folder / path).read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return None

    def _rows(self, name: str) -> list[dict[str, str]] | None:
        """Rows of a table as the file holds them; of a map, the properties of its features."""
        resource = self.find(name)
        if "properties" in resource:
            features = self.features(name)
            return None if features is None else [feature["properties"] for feature in features]
        text = self.text(resource["path"])
        if text is None or _separator(text) != ",":
            return None
        rows = csv.DictReader(io.StringIO(text, newline=""))
        return [{key: value or "" for key, value in row.items() if key} for row in rows]

    def _features(self, name: str) -> list[dict] | None:
        text = self.text(self.find(name)["path"])
        try:
            features = json.loads(text or "")["features"]
            complete = all({"properties", "geometry"} <= feature.keys() for feature in features)
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        return features if complete else None

    def readable(self) -> Iterator[tuple[str, dict, list[dict]]]:
        """Yield name, description and rows of every dataset that can be read."""
        for resource in self.resources:
            rows = self.rows(resource["name"])
            if rows is not None:
                yield resource["name"], resource, rows

    def maps(self) -> Iterator[tuple[str, dict, list[dict]]]:
        """Yield name, description and features of every map that can be read."""
        for resource in self.resources:
            features = self.features(resource["name"]) if "properties" in resource else None
            if features is not None:
                yield resource["name"], resource, features

    def column(self, name: str, column: str) -> set[str]:
        """Values of one column as text; empty when the table cannot be read."""
        return {str(row.get(column, "")) for row in self.rows(name) or []}

    def has(self, *names: str) -> bool:
        known = {resource["name"] for resource in self.resources}
        return all(name in known and self.rows(name) is not None for name in names)


def _missing(resource: dict) -> list[str]:
    """Return what a dataset's entry should say and does not."""
    for_maps = ("geometry", "features") if "properties" in resource else ()
    return [key for key in (*PASSPORT, *for_maps) if not resource.get(key)]


def _separator(text: str) -> str:
    """Return what separates the cells of the first line: a comma, a semicolon or a tab."""
    line = text.partition("\n")[0]
    return max(",;\t", key=line.count)


def _fields(resource: dict) -> list[dict]:
    return resource["schema"]["fields"] if "schema" in resource else resource["properties"]


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None


def _require_passport(resource: dict) -> None:
    missing = _missing(resource)
    if missing:
        raise DataError(
            f"datapackage.json does not say the {missing[0]} of {resource['name']}; "
            "run: gobi data validate"
        )


# Checking ----------------------------------------------------------------------------------

Findings = Iterator[tuple[str, str]]
_CHECKS: dict[str, Callable[[_Files], Findings]] = {}


def _check(name: str) -> Callable:
    """Register a check. It yields (dataset, message) for everything wrong."""

    def register(function: Callable[[_Files], Findings]) -> Callable[[_Files], Findings]:
        _CHECKS[name] = function
        return function

    return register


def validate(
    folder: Path | None = None,
    progress: Callable[[str], None] | None = None,
    only: Collection[str] = (),
) -> list[Problem]:
    """Check every dataset: files, schema, keys, sums, units, sources, maps, checksums.

    Args:
        folder: the datasets folder; found as for :func:`gobi.dataset` when left out.
        progress: called with the name of each check before it runs.
        only: names of the checks to run; all of them when left out.

    Returns:
        The problems found, at most ten for each dataset and check; empty when all is well.

    Raises:
        DataError: ``datapackage.json`` itself cannot be read.
    """
    files = _Files(folder)
    problems = []
    for check, function in _CHECKS.items():
        if only and check not in only:
            continue
        if progress:
            progress(check)
        found: dict[str, int] = defaultdict(int)
        for dataset, message in function(files):
            found[dataset] += 1
            if found[dataset] <= MOST_PROBLEMS:
                problems.append(Problem(dataset, check, message))
        problems += [
            Problem(dataset, check, f"There are {number - MOST_PROBLEMS} more of these problems.")
            for dataset, number in found.items()
            if number > MOST_PROBLEMS
        ]
    return problems


def require_intact(folder: Path | None = None) -> None:
    """Make sure that every file is there, can be read and is the one that was described.

    Raises:
        DataError: it is not; the message names the first problem.
    """
    problems = validate(folder, only=("file", "encoding", "format", "checksum"))
    if problems:
        raise DataError(f"{problems[0].dataset}: {problems[0].message}")


@_check("file")
def _missing_files(files: _Files) -> Findings:
    for resource in files.resources:
        if not files.path(resource).is_file():
            yield (
                resource["name"],
                f"The file {resource['path']} is missing; copy it back from the course.",
            )


@_check("encoding")
def _encoding(files: _Files) -> Findings:
    for resource in files.resources:
        name, path = resource["name"], files.path(resource)
        content = path.read_bytes() if path.is_file() else b""
        if files.text(resource["path"]) is None and content:
            guess = _guess_encoding(content)
            looks = f"; it looks like {guess}" if guess else ""
            yield name, f"{path.name} is not in UTF-8{looks}. Save it again as UTF-8."
        if content.startswith(b"\xef\xbb\xbf"):
            yield name, f"{path.name} begins with a hidden mark (BOM). Save it as UTF-8 without it."
        if b"\r" in content:
            yield name, f"{path.name} has Windows line ends (CRLF). Save it with line ends LF."


def _guess_encoding(content: bytes) -> str:
    """Name the encoding that Mongolian text has when it is not UTF-8, or return nothing."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16, which Excel calls Unicode text"
    odd = [letter for letter in content.decode("cp1251", errors="replace") if ord(letter) > 127]
    cyrillic = sum("Ѐ" <= letter <= "ӿ" for letter in odd)
    return "Windows Cyrillic (cp1251)" if cyrillic > len(odd) / 2 else ""


@_check("format")
def _format(files: _Files) -> Findings:
    for resource in files.resources:
        name, text = resource["name"], files.text(resource["path"])
        if text is None or files.rows(name) is not None:
            continue
        if "properties" not in resource:
            kind = {";": "semicolons", "\t": "tabs"}[_separator(text)]
            yield name, f"{resource['path']} has {kind} between its cells; they must be commas."
            continue
        try:
            json.loads(text)
            yield name, f"{resource['path']} is JSON, but not a GeoJSON FeatureCollection."
        except json.JSONDecodeError as error:
            yield name, f"{resource['path']} is broken at line {error.lineno}: {error.msg}."


@_check("checksum")
def _checksums(files: _Files) -> Findings:
    for resource in files.resources:
        path = files.path(resource)
        if not path.is_file():
            continue
        size, sha = _fingerprint(path)
        if resource.get("bytes") != size or resource.get("hash") != sha:
            yield (
                resource["name"],
                f"{path.name} was changed after its checksum was written. If that was meant, "
                "run: gobi data checksum",
            )


def _fingerprint(path: Path) -> tuple[int, str]:
    content = path.read_bytes()
    return len(content), "sha256:" + hashlib.sha256(content).hexdigest()


@_check("schema")
def _schema(files: _Files) -> Findings:
    """Let frictionless check columns, types, rules and keys of everything that can be read."""
    from frictionless import FrictionlessException, Package

    descriptor = _frictionless_descriptor(files)
    if not descriptor["resources"]:
        return  # nothing can be read; other checks say why
    try:
        report = Package.from_descriptor(descriptor, basepath=str(files.folder)).validate()
    except FrictionlessException as error:
        reason = (error.reasons or [error.error])[0]
        yield "datapackage.json", f"The description of a dataset is wrong: {reason.note}."
        return
    for task in report.tasks:
        for error in task.errors:
            yield task.name, _sentence(error)


def _frictionless_descriptor(files: _Files) -> dict:
    """Describe what can be read: tables as files, the properties of maps as inline tables."""
    # the check "sources" covers the keys to sources.csv, in maps too
    readable = {name for name, _, _ in files.readable()} - {"sources"}
    resources = []
    for name, resource, rows in files.readable():
        if "properties" in resource:
            resources.append({"name": name, "data": rows, "schema": {"fields": _fields(resource)}})
            continue
        schema = dict(resource["schema"])
        schema["foreignKeys"] = [
            key for key in schema.get("foreignKeys", []) if key["reference"]["resource"] in readable
        ]
        table = {key: resource[key] for key in ("type", "format", "encoding") if key in resource}
        resources.append({**table, "name": name, "path": resource["path"], "schema": schema})
    return {"name": files.package.get("name", "data"), "resources": resources}


def _sentence(error) -> str:
    """Turn an error of frictionless into one plain sentence."""
    where = f"Line {error.row_number}" if hasattr(error, "row_number") else ""
    column = getattr(error, "field_name", "") or getattr(error, "label", "")
    cell = getattr(error, "cell", "")
    match error.type:
        case "type-error":
            return f"{where}, column {column}: '{cell}' is not of the type the column has."
        case "constraint-error":
            return f"{where}, column {column}: {_broken_rule(cell, error.note)}"
        case "unique-error":
            return f"{where}, column {column}: '{cell}' stands in another line too."
        case "primary-key":
            return f"{where} has the same key as an earlier line."
        case "foreign-key":
            keys = ", ".join(
                f"{name} {value}"
                for name, value in zip(error.field_names, error.field_cells, strict=True)
            )
            return f"{where}: {keys} is not in {error.reference_name}."
        case "missing-label":
            return f"The column {column} is missing."
        case "extra-label" | "incorrect-label":
            return f"Column {error.field_number}: the name '{error.label}' is not expected here."
        case "blank-row":
            return f"{where} is empty."
        case "missing-cell" | "extra-cell":
            return f"{where} does not have as many cells as the table has columns."
    return error.message


def _broken_rule(cell: object, note: str) -> str:
    """Say which rule of the schema a cell breaks; frictionless writes ``constraint "r" is "v"``."""
    rule, value = re.findall(r'"([^"]*)"', note + ' "" ""')[:2]
    return {
        "required": "the cell is empty, but a value is needed.",
        "minimum": f"{cell} is below {value}, the least that is possible.",
        "maximum": f"{cell} is above {value}, the most that is possible.",
        "enum": f"'{cell}' is not one of the words this column may hold.",
        "pattern": f"'{cell}' is not written as this column needs it.",
    }.get(rule, f"'{cell}' breaks a rule ({note}).")


@_check("sums")
def _sums(files: _Files) -> Findings:
    """Compare sums with those the package expects (``totals``)."""
    for name, resource, rows in files.readable():
        for total in resource.get("totals", []):
            sums = _sums_of(rows, total)
            for key, expected in total["expected"].items():
                if abs(sums[key] - expected) > total["tolerance"]:
                    of = "" if key == "all" else f" of {key}"
                    yield (
                        name,
                        f"{total['column']}{of} adds up to {sums[key]:,.10g}, "
                        f"but should be {expected:,.10g}.",
                    )


def _sums_of(rows: list[dict], total: dict) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for row in rows:
        if all(row.get(column) == value for column, value in total.get("where", {}).items()):
            key = row.get(total["by"], "") if "by" in total else "all"
            sums[key] += _number(row.get(total["column"])) or 0
    return sums


@_check("quarters")
def _quarters(files: _Files) -> Findings:
    """Four quarters of tonnes or ounces must make the year, within half a percent."""
    name = "mine_production"
    if not files.has(name):
        return
    quarters, years = defaultdict(list), {}
    for row in files.rows(name):
        key = (row.get("measure"), row.get("period", "")[:4])
        value = _number(row.get("value"))
        if row.get("unit") in ("kt", "koz") and value is not None:
            if row.get("period_type") == "quarter":
                quarters[key].append(value)
            else:
                years[key] = value
    for (measure, year), values in quarters.items():
        whole = years.get((measure, year))
        if len(values) == 4 and whole and abs(sum(values) - whole) > 0.005 * whole:
            yield (
                name,
                f"{measure}: the quarters of {year} add up to {sum(values):,.6g}, "
                f"but the year says {whole:,.6g}.",
            )


@_check("livestock")
def _livestock(files: _Files) -> Findings:
    """The soums' animals must add up to the aimag's, which are rounded to 100 head a kind."""
    if not files.has("land_livestock", "land_livestock_soum"):
        return
    soums = _sums_of(files.rows("land_livestock_soum"), {"by": "year", "column": "head"})
    aimag = _sums_of(files.rows("land_livestock"), {"by": "year", "column": "thousand_head"})
    for year, heads in soums.items():
        if abs(heads / 1000 - aimag[year]) > 0.25:
            yield (
                "land_livestock_soum",
                f"{year}: the soums have {heads:,.0f} animals, the aimag {aimag[year]:,.1f} "
                "thousand.",
            )


@_check("units")
def _units(files: _Files) -> Findings:
    """Each measure has one unit and values of a size that is possible."""
    for name, resource, rows in files.readable():
        measures = resource.get("measures", {})
        for row in rows if measures else []:
            measure, unit, value = row.get("measure"), row.get("unit"), _number(row.get("value"))
            rule = measures.get(measure)
            where = f"{measure} of {row.get('period')}"
            if rule and unit != rule["unit"]:
                yield name, f"{where} is in {unit}, but this measure is in {rule['unit']}."
            elif rule and value is not None and not rule["minimum"] <= value <= rule["maximum"]:
                yield (
                    name,
                    f"{where} is {value:,.10g} {unit}; possible is {rule['minimum']:,} to "
                    f"{rule['maximum']:,}. Is the unit right?",
                )


@_check("sources")
def _sources(files: _Files) -> Findings:
    """Every source a row names stands in sources.csv, and every source is used."""
    if not files.has("sources"):
        return
    known, used = files.column("sources", "source_id"), set()
    for name, resource, rows in files.readable():
        columns = [field["name"] for field in _fields(resource)]
        cited = set() if name == "sources" else {resource.get("source_id")}
        for column in set(columns) & {"source_id", "source_id_2"} if name != "sources" else ():
            cited |= {row.get(column) for row in rows}
        used |= cited
        for source in sorted(source for source in cited - {None, ""} if source not in known):
            yield name, f"The source {source} is not in sources.csv."
    complete = all(files.rows(resource["name"]) is not None for resource in files.resources)
    for source in sorted(known - used) if complete else ():
        yield "sources", f"No table uses the source {source}."


@_check("soums")
def _soum_codes(files: _Files) -> Findings:
    """The soum codes of maps stand in place_soums, and the map of soums has all of them."""
    if not files.has("place_soums"):
        return
    known = files.column("place_soums", "soum_code")
    for name, _, features in files.maps():
        codes = [str(feature["properties"].get("soum_code")) for feature in features]
        for code in sorted(set(codes) - known):
            yield name, f"soum_code {code} is not in place_soums."
        if name == "place_soum_boundaries":
            for code in sorted(known - set(codes)):
                yield name, f"The soum {code} has no outline."


@_check("geometry")
def _geometry(files: _Files) -> Findings:
    """Shapes are valid, of the kind promised, in Mongolia, and as many as promised."""
    for name, resource, features in files.maps():
        if len(features) != resource.get("features"):
            yield name, f"It has {len(features)} shapes; {resource.get('features')} are expected."
        for number, feature in enumerate(features, 1):
            wrong = _wrong_shape(feature, resource.get("geometry", ""))
            if wrong:
                yield name, f"Shape {number} {wrong}"


def _wrong_shape(feature: dict, kind: str) -> str:
    """Say what is wrong with a shape, or return nothing."""
    from shapely.errors import ShapelyError
    from shapely.geometry import shape
    from shapely.validation import explain_validity

    try:
        geometry = shape(feature["geometry"])
    except (ShapelyError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return "cannot be read as a shape."
    if geometry.geom_type != kind or geometry.is_empty:
        return f"is a {geometry.geom_type}, but should be a {kind}."
    if not geometry.is_valid:
        return f"is not valid ({explain_validity(geometry)})."
    west, south, east, north = geometry.bounds
    if west < MONGOLIA[0] or south < MONGOLIA[1] or east > MONGOLIA[2] or north > MONGOLIA[3]:
        return "lies outside Mongolia. Are longitude and latitude swapped?"
    area = feature["properties"].get("area_km2")
    if kind == "Polygon" and isinstance(area, int | float) and abs(_area(geometry) - area) > 0.05:
        return f"measures {_area(geometry):,.2f} km2, but its area_km2 says {area:,}."
    return ""


def _area(geometry) -> float:
    """Return the area of a polygon in degrees, in square kilometres on the globe."""
    from pyproj import Geod

    return abs(Geod(ellps="WGS84").geometry_area_perimeter(geometry)[0]) / 1e6


@_check("place")
def _points_in_soums(files: _Files) -> Findings:
    """A point on a map lies in the soum that its soum_code names."""
    from shapely.geometry import shape

    outlines = "place_soum_boundaries"
    if not files.has(outlines) or any(_geometry(files)):
        return  # a broken shape lies nowhere
    soums = {
        feature["properties"].get("soum_code"): shape(feature["geometry"])
        for feature in files.features(outlines)
    }
    for name, resource, features in files.maps():
        for feature in features if resource.get("geometry") == "Point" else ():
            soum = soums.get(feature["properties"].get("soum_code"))
            if soum is not None and not soum.contains(shape(feature["geometry"])):
                label = feature["properties"].get("mine", "A point")
                yield name, f"{label} does not lie in the soum that its soum_code names."


@_check("passport")
def _passports(files: _Files) -> Findings:
    """Every dataset says what it is, whose it is, and what it cannot show."""
    for resource in files.resources:
        missing = _missing(resource)
        if missing:
            yield resource["name"], f"Its entry does not say: {', '.join(missing)}."
        for field in _fields(resource):
            if not field.get("title") or not field.get("title_mn"):
                yield resource["name"], f"The column {field['name']} has no title or no title_mn."


@_check("licence")
def _licences(files: _Files) -> Findings:
    for resource in files.resources:
        for licence in resource.get("licenses", []):
            if licence.get("name") not in LICENCES:
                yield (
                    resource["name"],
                    f"The licence {licence.get('name')} is not one that may be shared here.",
                )


@_check("extra")
def _extra_files(files: _Files) -> Findings:
    """Nothing lies in the folder that the package does not describe. Pages (.md) may."""
    known = {resource["path"] for resource in files.resources} | {"datapackage.json"}
    for path in sorted(files.folder.iterdir()):
        hidden = path.name.startswith(".")
        if path.is_file() and path.name not in known and path.suffix != ".md" and not hidden:
            yield "datapackage.json", f"{path.name} lies in the folder but is not described."


@_check("size")
def _size(files: _Files) -> Findings:
    paths = [files.path(resource) for resource in files.resources]
    size = sum(path.stat().st_size for path in paths if path.is_file())
    if size > LARGEST_PACKAGE:
        yield (
            "datapackage.json",
            f"All files together have {size / 1e6:.1f} MB; "
            f"the limit is {LARGEST_PACKAGE / 1e6:.0f} MB.",
        )


def record_checksums(folder: Path | None = None) -> None:
    """Write each file's size and SHA-256 into ``datapackage.json``.

    Run it after a table was changed on purpose.

    Args:
        folder: the datasets folder; found as for :func:`gobi.dataset` when left out.

    Raises:
        DataError: the package cannot be read, or a file it names is missing.
    """
    files = _Files(folder)
    for resource in files.resources:
        path = files.path(resource)
        if not path.is_file():
            raise DataError(f"{path.name} is missing from {files.folder}; nothing was written.")
        resource["bytes"], resource["hash"] = _fingerprint(path)
    text = json.dumps(files.package, ensure_ascii=False, indent=2) + "\n"
    (files.folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


# Pages -------------------------------------------------------------------------------------


def catalogue_pages(folder: Path | None = None) -> dict[str, str]:
    """Return the pages of the data catalogue: file name → text in MyST Markdown.

    ``catalogue.md`` lists all datasets; ``NAME.md`` is the passport of one. The pages expect
    to lie in the same folder as the files.

    Args:
        folder: the datasets folder; found as for :func:`gobi.dataset` when left out.

    Raises:
        DataError: the package or a dataset cannot be read.
    """
    files = _Files(folder)
    for resource in files.resources:
        if files.rows(resource["name"]) is None:
            raise DataError(f"{resource['path']} cannot be read; run: gobi data validate")
        _require_passport(resource)
    pages = {"catalogue.md": _catalogue(files)}
    pages.update({f"{each['name']}.md": _page(files, each) for each in files.resources})
    return pages


def _catalogue(files: _Files) -> str:
    parts = [
        "# Data catalogue",
        f"*{files.package['title_mn']}*",
        f"{files.package['description']} Version {files.package['version']}.",
        "Tables join on `soum_code`, the code of the National Statistics Office. "
        "An empty cell means that the value is missing. "
        "Each row names its source, and [sources](sources.md) lists them. "
        "A computer reads all this from {download}`datapackage.json`.",
    ]
    for group, heading in GROUPS.items():
        members = [each for each in files.resources if each["name"].partition("_")[0] == group]
        rows = [
            (
                f"[{each['name']}]({each['name']}.md)",
                each["title"],
                each["period"],
                _count(files, each),
                _licence_names(each),
            )
            for each in members
        ]
        if rows:
            heads = ("Dataset", "What it holds", "Period", "Size", "Licence")
            parts += [f"## {heading}", _table(heads, rows)]
    return "\n\n".join(parts) + "\n"


def _page(files: _Files, resource: dict) -> str:
    passport = [(key, _text(value)) for key, value in _passport(files, resource)]
    columns = [
        (
            f"`{field['name']}`",
            " ".join(filter(None, (f"{field['title']}.", field.get("description")))),
            field.get("unit", ""),
            field["title_mn"],
        )
        for field in _fields(resource)
    ]
    parts = [
        f"# {resource['title']}",
        f"*{resource['title_mn']}*",
        resource["description"],
        f"Download: {{download}}`{resource['path']}`. "
        f'In a notebook: `gobi.dataset("{resource["name"]}")`.',
        "## Passport",
        _table(passport[0], passport[1:]),
        "## First rows",
        _preview(files, resource),
        "## Columns",
        _table(("Column", "What it is", "Unit", "Mongolian"), columns),
        "## Known gaps",
        _bullets(resource["known_gaps"]),
        "## What it cannot show",
        _bullets(resource["cannot_show"]),
        "## Licence, and how to cite",
        _licence_text(resource),
        f"> {resource['attribution']}. {files.package['title']}, "
        f"version {files.package['version']}, table `{resource['name']}`.",
        "Read from:",
        _bullets(
            f"[{source['title']}]({source['path']})" if "path" in source else source["title"]
            for source in resource["sources"]
        ),
        "## Checksum",
        "If your copy of the file is unchanged, its SHA-256 is this:",
        f"```text\n{resource['hash'].removeprefix('sha256:')}\n```",
    ]
    return "\n\n".join(parts) + "\n"


def _passport(files: _Files, resource: dict) -> list[tuple[str, str]]:
    """Return the passport of a dataset as pairs of heading and plain text."""
    return [
        ("Name", resource["name"]),
        ("Period", resource["period"]),
        ("Place", resource["place"]),
        ("Publisher", resource["publisher"]),
        ("Holds", f"{_count(files, resource)}, {len(_fields(resource))} columns"),
        ("File", f"{resource['path']}, {resource['bytes'] / 1000:,.0f} kB, UTF-8"),
        ("New values", resource["update_frequency"]),
        ("Licence", _licence_names(resource)),
        ("Credit", resource["attribution"]),
    ]


def _preview(files: _Files, resource: dict) -> str:
    fields = _fields(resource)
    shown, left_out = fields[:PREVIEW_COLUMNS], fields[PREVIEW_COLUMNS:]
    rows = [
        [_value(row.get(field["name"]), field) for field in shown]
        for row in files.rows(resource["name"])[:PREVIEW_ROWS]
    ]
    table = _table([f"`{field['name']}`" for field in shown], rows)
    if not left_out:
        return table
    names = ", ".join(f"`{field['name']}`" for field in left_out)
    return f"{table}\n\nNot shown here: {names}."


def _value(value: object, field: dict) -> str:
    """Format a cell for reading: thousands apart, long text cut."""
    text = "" if value is None else str(value)
    if "unit" in field and re.fullmatch(r"\d{4,}(\.\d+)?", text):
        whole, point, decimals = text.partition(".")
        return f"{int(whole):,}{point}{decimals}"
    return _text(text if len(text) <= 48 else text[:47].rstrip() + "…")


def _licence_names(resource: dict) -> str:
    return ", ".join(licence["name"] for licence in resource["licenses"])


def _licence_text(resource: dict) -> str:
    return _bullets(
        f"[{licence['title']}]({licence['path']})" if "path" in licence else licence["title"]
        for licence in resource["licenses"]
    )


def _count(files: _Files, resource: dict) -> str:
    rows = files.rows(resource["name"])
    kind = "shapes" if "properties" in resource else "rows"
    return f"{len(rows):,} {kind}" if rows is not None else "not readable"


def _column_line(field: dict) -> str:
    unit = f" [{field['unit']}]" if "unit" in field else ""
    return _wrap(f"{field['title']}{unit}", f"  {field['name']:<26}", 28)


def _table(heads, rows) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _text(text: str) -> str:
    """Make text safe inside a Markdown table."""
    for sign in "|$*":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("<", "&lt;").replace("\n", " ")


def _bullets(texts) -> str:
    return "\n".join(f"- {text}" for text in texts)


def _wrap(text: str, first: str = "", indent: int = 0) -> str:
    return textwrap.fill(text, 88, initial_indent=first, subsequent_indent=" " * indent)
