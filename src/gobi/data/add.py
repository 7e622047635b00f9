"""Add a table or a map to the data package: check it, copy it, begin its passport.

What a program can see is filled in: columns, types, keys. What only a person knows is marked
with ``TODO`` and a few words on what to write there; the check ``todo`` finds each of them.
"""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from gobi.data.checks import LARGEST_PACKAGE, TODO, guess_encoding
from gobi.data.package import PASSPORT, DataError, Files, fields, number, separator
from gobi.data.pages import GROUPS
from gobi.data.write import fingerprint, package_bytes, write_files

#: What people write in a cell that has no value. Here such a cell is empty.
MARKS = {"na", "n/a", "nan", "null", "none", "-", "–", "—", ".", "..", "...", "…", "?"}

#: Patterns of columns with these names; the first that fits all cells is taken.
PATTERNS = {
    "month": [r"\d{4}-(0[1-9]|1[0-2])"],
    "period": [
        r"\d{4}",
        r"\d{4}-(0[1-9]|1[0-2])",
        r"\d{4}(-Q[1-4])?",
        r"\d{4}(-(0[1-9]|1[0-2])){1,2}",
    ],
}

#: Text columns that hold one of a few words.
WORD_COLUMNS = ("measure", "unit", "sex", "age_group", "status", "period_type", "animal")

#: Types that a column may have here. Months and periods are text with a pattern.
TYPES = ("string", "integer", "number", "date", "boolean")

#: Columns that are text even when all their cells look like numbers.
TEXT_COLUMNS = ("month", "period", "source_id", "source_id_2", "pcode")

#: What a passport says that only a person knows.
PASSPORT_TODO = {
    "title": f"{TODO} a short name, for example: People of Umnugovi, by soum",
    "title_mn": f"{TODO} the same name in Mongolian",
    "description": f"{TODO} two or three sentences: what each row is, and for whom it is useful",
    "period": f"{TODO} first to last, for example: 2019 to 2024",
    "place": f"{TODO} the places, for example: Umnugovi aimag, by soum",
    "publisher": f"{TODO} who published it",
    "contact": f"{TODO} a public web address where the publisher can be asked",
    "update_frequency": f"{TODO} how often new values come, and where this table ends",
    "licenses": [
        {
            "name": f"{TODO} its code, for example CC-BY-4.0",
            "title": f"{TODO} the name of the licence in words",
            "path": f"{TODO} the web address of the licence",
        }
    ],
    "attribution": f"{TODO} the words with which the publisher wants to be named",
    "sources": [
        {
            "title": f"{TODO} the name of the document or table it was read from",
            "path": f"{TODO} its web address",
        }
    ],
    "known_gaps": [f"{TODO} which values are missing or uncertain; one sentence each"],
    "cannot_show": [f"{TODO} which questions this table cannot answer; one sentence each"],
    "chart": {"kind": "none", "why": f"{TODO} why no chart is drawn, or describe one"},
}


@dataclass
class Addition:
    """A table or map that may be added.

    Attributes:
        name: the dataset's name.
        content: the file as it will be written: UTF-8, line ends LF.
        resource: its entry in ``datapackage.json``.
        hints: what the person who adds it should look at.
    """

    name: str
    content: bytes
    resource: dict
    hints: list[str] = field(default_factory=list)

    def lines(self, written: bool) -> list[str]:
        """Say what was done, or would be, and what comes next."""
        done = "was" if written else "would be"
        begun = "is" if written else "would be"
        lines = [
            f"The file {done} copied to datasets/{self.resource['path']}; its entry "
            f"in datasets/datapackage.json {begun} begun.",
            "Columns:",
        ]
        lines += [f"  {each['name']}: {_column_text(each)}" for each in fields(self.resource)]
        key = self.resource.get("schema", {}).get("primaryKey", [])
        lines += [f"Each row is found by: {', '.join(key)}."] if key else []
        lines += self.hints
        if not written:
            return [*lines, "Nothing was written (--dry-run)."]
        steps = (
            f"In datapackage.json, replace each '{TODO} …' of {self.name} by what it asks for.",
            "Look at each column: is the type right? Add minimum, maximum and unit.",
            "If you change the file again, run: gobi data checksum",
            "Run: gobi data validate. It names what is left.",
        )
        return [*lines, "Next:", *(f"  {number}. {step}" for number, step in enumerate(steps, 1))]


def _column_text(each: dict) -> str:
    rules = each.get("constraints", {})
    needed = "a value in each row" if rules.get("required") else "may be empty"
    return f"{each['type']}, {needed}"


def add(file: Path, name: str = "", folder: Path | None = None, dry_run: bool = False) -> Addition:
    """Add a CSV table or a GeoJSON map to the data package.

    Args:
        file: the file to add.
        name: the dataset's name, ``group_subject``; the file's name when left out.
        folder: the datasets folder; found as for :func:`gobi.dataset` when left out.
        dry_run: only say what would be written.

    Returns:
        What was added, with its entry and hints.

    Raises:
        DataError: the file or the name is not fit; the message is one sentence. Nothing is
            written then, and a file that is there already is never overwritten.
    """
    files = Files(folder)
    content = _read(file)
    name = name or file.stem
    _require_name(name, file, files)
    _require_new(file, content, files)
    text = _text(file, content)
    is_map = file.suffix.lower() == ".geojson"
    addition = (_map if is_map else _table)(file, name, text, files)
    if not dry_run:
        package = {**files.package, "resources": _with(files.resources, addition.resource)}
        write_files(
            {
                files.folder / addition.resource["path"]: addition.content,
                files.folder / "datapackage.json": package_bytes(package),
            }
        )
    return addition


# The file ----------------------------------------------------------------------------------


def _read(file: Path) -> bytes:
    if file.suffix.lower() in (".xlsx", ".xls", ".ods"):
        raise DataError(
            f"{file.name} is a workbook; save its sheet as 'CSV UTF-8 (comma)' and add that file."
        )
    if file.suffix.lower() not in (".csv", ".geojson"):
        raise DataError(f"{file.name} is neither a table (.csv) nor a map (.geojson).")
    if not file.is_file():
        raise DataError(f"There is no file {file}.")
    content = file.read_bytes()
    if not content.strip():
        raise DataError(f"{file.name} is empty.")
    if len(content) > LARGEST_PACKAGE:
        raise DataError(
            f"{file.name} has {len(content) / 1e6:.1f} MB; "
            f"all datasets together may have {LARGEST_PACKAGE / 1e6:.0f} MB."
        )
    return content


def _require_name(name: str, file: Path, files: Files) -> None:
    groups = [group for group in GROUPS if group != "sources"]
    if not re.fullmatch(rf"({'|'.join(groups)})(_[a-z0-9]+)+", name):
        raise DataError(
            f"'{name}' is not a name for a dataset; choose one with --name: a group "
            f"({', '.join(groups)}), then _ and the subject in small Latin letters, "
            "for example land_wells."
        )
    taken = {resource["name"]: resource["path"] for resource in files.resources}
    if name in taken:
        raise DataError(f"There is a dataset called {name} already; choose another with --name.")
    path = files.folder / f"{name}{file.suffix.lower()}"
    if path.exists():
        raise DataError(
            f"{path.name} lies in the datasets folder already; move it to another folder and "
            "add it from there."
        )


def _require_new(file: Path, content: bytes, files: Files) -> None:
    for resource in files.resources:
        path = files.path(resource)
        if path.is_file() and path.read_bytes() == content:
            raise DataError(f"{file.name} is the same file as the dataset {resource['name']}.")


def _text(file: Path, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        guess = guess_encoding(content)
        looks = f"; it looks like {guess}" if guess else ""
        raise DataError(f"{file.name} is not in UTF-8{looks}; save it again as UTF-8.") from None
    if "\0" in text:
        raise DataError(f"{file.name} is not a text file.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.rstrip("\n") + "\n"


def _with(resources: list[dict], new: dict) -> list[dict]:
    """Return the resources with a new one behind the last of its group."""
    group = new["name"].partition("_")[0]
    places = [
        number
        for number, resource in enumerate(resources, 1)
        if resource["name"].partition("_")[0] == group
    ]
    place = places[-1] if places else len(resources)
    return [*resources[:place], new, *resources[place:]]


# Tables ------------------------------------------------------------------------------------


def _table(file: Path, name: str, text: str, files: Files) -> Addition:
    head, rows = _cells(file, text)
    columns = {column: [row[place] for row in rows] for place, column in enumerate(head)}
    for column, cells in columns.items():
        _require_plain_numbers(file, column, cells)
    types = _types(text, columns)
    schema = {
        "fields": [_field(column, types[column], columns[column], files) for column in head],
        "missingValues": [""],
    }
    key = _primary_key(schema["fields"], rows)
    if key:
        schema["primaryKey"] = key
    keys = {"soum_code": "place_soums", "source_id": "sources", "source_id_2": "sources"}
    schema["foreignKeys"] = [
        {
            "fields": column,
            "reference": {"resource": other, "fields": column.removesuffix("_2")},
        }
        for column, other in keys.items()
        if column in head
    ]
    kind = {"type": "table", "path": f"{name}.csv", "scheme": "file"}
    kind |= {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    resource = _passport(name, kind, text.encode(), files)
    if {"measure", "unit", "value"} <= columns.keys():
        resource["measures"] = _measures(columns)
    resource["schema"] = schema
    hints = _source_hints(resource, columns.get("source_id", []), files)
    if not key:
        hints.append("No columns were found that tell the rows apart: are some rows double?")
    return Addition(name, text.encode(), resource, hints)


def _cells(file: Path, text: str) -> tuple[list[str], list[list[str]]]:
    """Return the head and the rows of a table, or say which line is wrong."""
    if separator(text) != ",":
        kind = {";": "semicolons", "\t": "tabs"}[separator(text)]
        raise DataError(
            f"{file.name} has {kind} between its cells; save it with commas between the cells, "
            "and points in decimal numbers."
        )
    try:
        head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    except csv.Error as error:
        raise DataError(f"{file.name} cannot be read as a table ({error}).") from None
    _require_head(file, head)
    if not rows:
        raise DataError(f"{file.name} has names of columns, but no rows.")
    for line, row in enumerate(rows, 2):
        if not any(row):
            raise DataError(f"Line {line} of {file.name} is empty.")
        if len(row) != len(head):
            raise DataError(
                f"Line {line} of {file.name} has {len(row)} cells, "
                f"but there are {len(head)} columns."
            )
    return head, rows


def _require_head(file: Path, head: list[str]) -> None:
    for place, column in enumerate(head, 1):
        if not column.strip():
            raise DataError(f"Column {place} of {file.name} has no name in the first line.")
        if number(column) is not None or re.fullmatch(r"\d{4}\D.*", column):
            raise DataError(
                f"The first line of {file.name} must hold the names of the columns; "
                f"it holds '{column}'."
            )
    double = sorted({column for column in head if head.count(column) > 1})
    if double:
        raise DataError(f"{file.name} has two columns called {double[0]}.")
    for column in head:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", column):
            raise DataError(
                f"The column '{column}' of {file.name} needs a name of small Latin letters, digits "
                "and _, for example soum_code; its title may be in any language."
            )


def _require_plain_numbers(file: Path, column: str, cells: list[str]) -> None:
    """Find commas in numbers, and words for 'no value', in a column of numbers."""
    full = [cell for cell in cells if cell]
    marks = [cell for cell in full if cell.strip().lower() in MARKS]
    commas = [cell for cell in full if re.fullmatch(r"-?\d+(,\d+)+(\.\d+)?", cell)]
    numbers = [cell for cell in full if number(cell) is not None and cell not in marks]
    if len(marks) + len(commas) + len(numbers) < len(full) or not (commas or numbers):
        return
    for wrong, advice in (
        (commas, "write decimal numbers with a point, and nothing between thousands."),
        (marks, "leave a cell without a value empty."),
    ):
        if wrong:
            line = cells.index(wrong[0]) + 2
            raise DataError(f"Line {line} of {file.name}, column {column}: '{wrong[0]}'; {advice}")


def _types(text: str, columns: dict[str, list[str]]) -> dict[str, str]:
    """Let frictionless guess the types of the columns from all cells."""
    from frictionless import Detector, Resource

    size = text.count("\n") + 1
    detector = Detector(sample_size=size, field_confidence=1)
    resource = Resource(text.encode(), format="csv", encoding="utf-8", detector=detector)
    resource.infer()
    types = {each.name: each.type for each in resource.schema.fields}
    for column, cells in columns.items():
        zeros = any(re.fullmatch(r"0\d+", cell) for cell in cells)  # a code, no number
        if zeros or column in TEXT_COLUMNS or not any(cells):
            types[column] = "string"
    types = {column: "integer" if kind == "year" else kind for column, kind in types.items()}
    return {column: kind if kind in TYPES else "string" for column, kind in types.items()}


def _field(name: str, kind: str, cells: list, files: Files) -> dict:
    """Describe one column: what other tables say of it, what its cells say, and what is to do."""
    full = [cell for cell in cells if cell not in ("", None)]
    known = _known_field(name, files)
    described = {"name": name, "type": kind}
    for key in ("title", "title_mn"):
        language = " in Mongolian" if key == "title_mn" else ""
        described[key] = known.get(key, f"{TODO} the name of this column{language}")
    if kind in ("integer", "number") and not _is_code(name):
        described["unit"] = known.get("unit", f"{TODO} the unit, for example people or percent")
    if "description" in known:
        described["description"] = known["description"]
    rules = _constraints(name, kind, full, len(full) == len(cells))
    return {**described, "constraints": rules} if rules else described


def _is_code(name: str) -> bool:
    return name == "year" or name.endswith(("_code", "_id", "_year"))


def _known_field(name: str, files: Files) -> dict:
    """Return how most other tables describe a column of this name."""
    same = [
        each
        for resource in files.resources
        for each in fields(resource)
        if each["name"] == name and resource["name"] != "sources"
    ]
    titles = Counter((each.get("title", TODO), each.get("title_mn", TODO)) for each in same)
    title, title_mn = titles.most_common(1)[0][0] if titles else (TODO, TODO)
    if TODO in title + title_mn:
        return {}
    known = {"title": title, "title_mn": title_mn}
    for key in ("unit", "description"):
        if len({each.get(key) for each in same}) == 1 and key in same[0]:
            known[key] = same[0][key]
    return known


def _constraints(name: str, kind: str, full: list[str], complete: bool) -> dict:
    rules: dict = {"required": True} if complete else {}
    if kind == "integer" and _is_code(name) and name != "soum_code" and full:
        numbers = [int(cell) for cell in full]
        rules |= {"minimum": min(numbers), "maximum": max(numbers)}
    for pattern in PATTERNS.get(name, []):
        if all(re.fullmatch(pattern, str(cell)) for cell in full):
            rules["pattern"] = pattern
            break
    if kind == "string" and name in WORD_COLUMNS and full:
        rules["enum"] = list(dict.fromkeys(full))
    return rules


def _primary_key(described: list[dict], rows: list[list[str]]) -> list[str]:
    """Return the fewest columns from the left that tell all rows apart."""
    places: list[int] = []
    for place, each in enumerate(described):
        measured = each["type"] == "number" or "unit" in each or each["name"] in ("value", "note")
        if measured or not each.get("constraints", {}).get("required"):
            return []
        places.append(place)
        if _tell_apart(places, rows):
            break
    else:
        return []
    for place in reversed(places[:-1]):  # a soum's name adds nothing to its code
        fewer = [each for each in places if each != place]
        places = fewer if _tell_apart(fewer, rows) else places
    return [described[place]["name"] for place in places]


def _tell_apart(places: list[int], rows: list[list[str]]) -> bool:
    return len({tuple(row[place] for place in places) for row in rows}) == len(rows)


def _measures(columns: dict[str, list[str]]) -> dict:
    """Describe each measure: its unit, and the smallest and largest value it has here."""
    measures: dict[str, dict] = {}
    for measure, unit, value in zip(
        columns["measure"], columns["unit"], columns["value"], strict=True
    ):
        rule = measures.setdefault(measure, {"unit": unit})
        rule.setdefault("title", f"{TODO} the name of this measure")
        rule.setdefault("title_mn", f"{TODO} the name of this measure in Mongolian")
        found = number(value)
        if found is not None:
            rule["minimum"] = min(rule.get("minimum", found), found)
            rule["maximum"] = max(rule.get("maximum", found), found)
    for rule in measures.values():
        rule.setdefault("minimum", 0)
        rule.setdefault("maximum", 0)
    return measures


# Maps --------------------------------------------------------------------------------------


def _map(file: Path, name: str, text: str, files: Files) -> Addition:
    features = _features(file, text)
    kinds = sorted({feature["geometry"]["type"] for feature in features})
    if len(kinds) > 1:
        raise DataError(f"{file.name} has shapes of several kinds: {', '.join(kinds)}.")
    head = list(features[0]["properties"])
    for before, after in pairwise(features):
        if before["properties"].keys() != after["properties"].keys():
            raise DataError(f"The shapes of {file.name} do not all have the same properties.")
    if not head:
        raise DataError(f"The shapes of {file.name} have no properties, not even a name.")
    _require_head(file, head)
    kind = {"path": f"{name}.geojson", "scheme": "file", "format": "geojson"}
    kind |= {"mediatype": "application/geo+json", "encoding": "utf-8"}
    resource = _passport(name, kind, text.encode(), files)
    resource |= {"crs": "EPSG:4326", "geometry": kinds[0], "features": len(features)}
    resource["properties"] = [
        _property(column, [feature["properties"][column] for feature in features], files)
        for column in head
    ]
    cited = [feature["properties"].get("source_id", "") for feature in features]
    hints = _source_hints(resource, cited if "source_id" in head else [], files)
    return Addition(name, text.encode(), resource, hints)


def _features(file: Path, text: str) -> list[dict]:
    try:
        collection = json.loads(text)
    except json.JSONDecodeError as error:
        raise DataError(f"{file.name} is broken at line {error.lineno}: {error.msg}.") from None
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not features:
        raise DataError(f"{file.name} is JSON, but not a GeoJSON FeatureCollection with shapes.")
    if "crs" in collection:
        raise DataError(
            f"{file.name} names its own coordinates ('crs'); save it with longitude and latitude "
            "(WGS 84) and without 'crs'."
        )
    for number_, feature in enumerate(features, 1):
        shape = feature.get("geometry") if isinstance(feature, dict) else None
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(shape, dict) or "type" not in shape or not isinstance(properties, dict):
            raise DataError(f"Shape {number_} of {file.name} has no geometry or no properties.")
    return features


def _property(name: str, values: list, files: Files) -> dict:
    """Describe one property of a map's shapes."""
    kinds = {type(value) for value in values if value is not None}
    kind = "string"
    if kinds == {bool}:
        kind = "boolean"
    elif kinds and kinds <= {int, float}:
        kind = "number" if float in kinds else "integer"
    return _field(name, kind, values, files)


# The passport ------------------------------------------------------------------------------


def _passport(name: str, kind: dict, content: bytes, files: Files) -> dict:
    """Return the entry of a dataset as far as it is the same for tables and maps."""
    size, sha = fingerprint(content)
    resource = {"name": name, **kind, "bytes": size, "hash": sha}
    in_use = {key for each in files.resources for key in each}
    for key, text in PASSPORT_TODO.items():
        if key in PASSPORT or key in in_use:
            resource[key] = text
    for key in PASSPORT:
        resource.setdefault(key, f"{TODO} {key.replace('_', ' ')}")
    return resource


def _source_hints(resource: dict, cited: list[str], files: Files) -> list[str]:
    """Say which sources are not in the list of sources; a table without any names one."""
    if not cited:
        resource["source_id"] = f"{TODO} the code in sources.csv of the document it was read from"
        return ["It has no column source_id, so its entry names one source for all rows."]
    unknown = sorted(set(cited) - files.column("sources", "source_id") - {""})
    return [f"Add to sources.csv a row for each of: {', '.join(unknown)}."] if unknown else []
