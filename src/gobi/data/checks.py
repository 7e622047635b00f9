"""Check the data package: files, schema, keys, places, maps, licences, checksums.

Frictionless checks the tables against their description. The checks here and in
:mod:`gobi.data.rules` add what a schema cannot say. To add a check, write a short function
that yields ``(dataset, message)`` and decorate it with ``@check``.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from gobi.data.package import DataError, Files, fields, fingerprint, missing_entries, separator

#: Licences a dataset may have. A new one is a decision, not a typing matter.
LICENCES = (
    "CC-BY-4.0",
    "CC-BY-3.0-IGO",
    "CC-BY-SA-4.0",
    "ODbL-1.0",
    "NSO-Mongolia",
    "EITI-free-with-credit",
    "UN-free-with-credit",
    "MIT",
    "no-licence-stated",
)

#: Largest size of all files together, in bytes: the course travels on weak internet.
LARGEST_PACKAGE = 8_000_000

#: No check reports more problems than this for one dataset.
MOST_PROBLEMS = 10


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


Findings = Iterator[tuple[str, str]]
CHECKS: dict[str, Callable[[Files], Findings]] = {}


def check(name: str) -> Callable:
    """Register a check. It yields (dataset, message) for everything wrong."""

    def register(function: Callable[[Files], Findings]) -> Callable[[Files], Findings]:
        CHECKS[name] = function
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
    files = Files(folder)
    problems = []
    for check, function in CHECKS.items():
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


@check("file")
def _missing_files(files: Files) -> Findings:
    for resource in files.resources:
        if not files.path(resource).is_file():
            yield (
                resource["name"],
                f"The file {resource['path']} is missing; copy it back from the course.",
            )


@check("encoding")
def _encoding(files: Files) -> Findings:
    for resource in files.resources:
        name, path = resource["name"], files.path(resource)
        content = path.read_bytes() if path.is_file() else b""
        if files.text(resource["path"]) is None and content:
            guess = guess_encoding(content)
            looks = f"; it looks like {guess}" if guess else ""
            yield name, f"{path.name} is not in UTF-8{looks}. Save it again as UTF-8."
        if content.startswith(b"\xef\xbb\xbf"):
            yield name, f"{path.name} begins with a hidden mark (BOM). Save it as UTF-8 without it."
        if b"\r" in content:
            yield name, f"{path.name} has Windows line ends (CRLF). Save it with line ends LF."


def guess_encoding(content: bytes) -> str:
    """Name the encoding that Mongolian text has when it is not UTF-8, or return nothing."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16, which Excel calls Unicode text"
    odd = [letter for letter in content.decode("cp1251", errors="replace") if ord(letter) > 127]
    cyrillic = sum("Ѐ" <= letter <= "ӿ" for letter in odd)
    return "Windows Cyrillic (cp1251)" if cyrillic > len(odd) / 2 else ""


@check("format")
def _format(files: Files) -> Findings:
    for resource in files.resources:
        name, text = resource["name"], files.text(resource["path"])
        if text is None or files.rows(name) is not None:
            continue
        if "properties" not in resource:
            kind = {";": "semicolons", "\t": "tabs"}[separator(text)]
            yield name, f"{resource['path']} has {kind} between its cells; they must be commas."
            continue
        try:
            json.loads(text)
            yield name, f"{resource['path']} is JSON, but not a GeoJSON FeatureCollection."
        except json.JSONDecodeError as error:
            yield name, f"{resource['path']} is broken at line {error.lineno}: {error.msg}."


@check("checksum")
def _checksums(files: Files) -> Findings:
    for resource in files.resources:
        path = files.path(resource)
        if not path.is_file():
            continue
        size, sha = fingerprint(path)
        if resource.get("bytes") != size or resource.get("hash") != sha:
            yield (
                resource["name"],
                f"{path.name} was changed after its checksum was written. If that was meant, "
                "run: gobi data checksum",
            )


@check("schema")
def _schema(files: Files) -> Findings:
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


def _frictionless_descriptor(files: Files) -> dict:
    """Describe what can be read: tables as files, the properties of maps as inline tables."""
    # the check "sources" covers the keys to sources.csv, in maps too
    readable = {name for name, _, _ in files.readable()} - {"sources"}
    resources = []
    for name, resource, rows in files.readable():
        if "properties" in resource:
            resources.append({"name": name, "data": rows, "schema": {"fields": fields(resource)}})
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


@check("sources")
def _sources(files: Files) -> Findings:
    """Every source a row names stands in sources.csv, and every source is used."""
    if not files.has("sources"):
        return
    known, used = files.column("sources", "source_id"), set()
    for name, resource, rows in files.readable():
        columns = [field["name"] for field in fields(resource)]
        cited = set() if name == "sources" else {resource.get("source_id")}
        for column in set(columns) & {"source_id", "source_id_2"} if name != "sources" else ():
            cited |= {row.get(column) for row in rows}
        used |= cited
        for source in sorted(source for source in cited - {None, ""} if source not in known):
            yield name, f"The source {source} is not in sources.csv."
    complete = all(files.rows(resource["name"]) is not None for resource in files.resources)
    for source in sorted(known - used) if complete else ():
        yield "sources", f"No table uses the source {source}."


@check("passport")
def _passports(files: Files) -> Findings:
    """Every dataset says what it is, whose it is, and what it cannot show."""
    for resource in files.resources:
        missing = missing_entries(resource)
        if missing:
            yield resource["name"], f"Its entry does not say: {', '.join(missing)}."
        for field in fields(resource):
            if not field.get("title") or not field.get("title_mn"):
                yield resource["name"], f"The column {field['name']} has no title or no title_mn."


@check("licence")
def _licences(files: Files) -> Findings:
    for resource in files.resources:
        for licence in resource.get("licenses", []):
            if licence.get("name") not in LICENCES:
                yield (
                    resource["name"],
                    f"The licence {licence.get('name')} is not one that may be shared here.",
                )


@check("extra")
def _extra_files(files: Files) -> Findings:
    """Nothing lies in the folder that the package does not describe. Pages (.md) may."""
    known = {resource["path"] for resource in files.resources} | {"datapackage.json"}
    for path in sorted(files.folder.iterdir()):
        hidden = path.name.startswith(".")
        if path.is_file() and path.name not in known and path.suffix != ".md" and not hidden:
            yield "datapackage.json", f"{path.name} lies in the folder but is not described."


@check("size")
def _size(files: Files) -> Findings:
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
    files = Files(folder)
    for resource in files.resources:
        path = files.path(resource)
        if not path.is_file():
            raise DataError(f"{path.name} is missing from {files.folder}; nothing was written.")
        resource["bytes"], resource["hash"] = fingerprint(path)
    text = json.dumps(files.package, ensure_ascii=False, indent=2) + "\n"
    (files.folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


#: What marks a text that a person still has to write. ``gobi data add`` puts it there.
TODO = "TODO:"


@check("todo")
def _todos(files: Files) -> Findings:
    """Nothing in an entry is left to be written."""
    for resource in files.resources:
        for place, text in _texts(resource, ""):
            if TODO in text:
                asked = text.replace(TODO, "").strip()
                yield resource["name"], f"Its entry has a TODO at {place}: {asked}."


def _texts(value: object, place: str) -> Iterator[tuple[str, str]]:
    """Yield every text of an entry, and where it stands."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, f"{place}, {key}" if place else key)
    elif isinstance(value, list):
        for number, each in enumerate(value, 1):
            name = each.get("name", number) if isinstance(each, dict) else number
            yield from _texts(each, f"{place} {number if TODO in str(name) else name}")
