"""Read the data package: ``datapackage.json`` and the files it describes."""

import csv
import difflib
import hashlib
import io
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from gobi import datasets_folder

#: What every dataset's passport must say.
PASSPORT = (
    "title",
    "title_mn",
    "description",
    "period",
    "place",
    "publisher",
    "contact",
    "update_frequency",
    "licenses",
    "attribution",
    "sources",
    "known_gaps",
    "cannot_show",
    "bytes",
    "hash",
)


class DataError(Exception):
    """The data package cannot be read; the message is one sentence for people."""


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


class Files:
    """The files of one data package. Each is read once; a file that cannot be read is None."""

    def __init__(self, folder: Path | None) -> None:
        """Read the description; the files themselves are read when they are asked for."""
        self.folder = folder or datasets_folder()
        self.package = load_package(self.folder)
        self.resources: list[dict] = self.package["resources"]
        self.text = cache(self._text)
        self.rows = cache(self._rows)
        self.features = cache(self._features)

    def find(self, name: str) -> dict:
        """Return the entry of a dataset, or say which name is nearest."""
        names = [resource["name"] for resource in self.resources]
        if name in names:
            return self.resources[names.index(name)]
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
        hint = f"Did you mean '{near[0]}'?" if near else f"The names are: {', '.join(names)}."
        raise DataError(f"There is no dataset called '{name}'. {hint}")

    def path(self, resource: dict) -> Path:
        """Return where the file of a dataset lies."""
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
        if text is None or separator(text) != ",":
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
        """Say whether all these datasets can be read."""
        known = {resource["name"] for resource in self.resources}
        return all(name in known and self.rows(name) is not None for name in names)


def missing_entries(resource: dict) -> list[str]:
    """Return what a dataset's entry should say and does not."""
    for_maps = ("geometry", "features") if "properties" in resource else ()
    return [key for key in (*PASSPORT, *for_maps) if not resource.get(key)]


def separator(text: str) -> str:
    """Return what separates the cells of the first line: a comma, a semicolon or a tab."""
    line = text.partition("\n")[0]
    return max(",;\t", key=line.count)


def fields(resource: dict) -> list[dict]:
    """Return the columns of a table, or the properties of a map's shapes."""
    return resource["schema"]["fields"] if "schema" in resource else resource["properties"]


def number(value: object) -> float | None:
    """Read a cell as a number; None if it is empty or is no number."""
    try:
        return float(str(value))
    except ValueError:
        return None


def require_passport(resource: dict) -> None:
    """Make sure that a dataset's entry says all it must, or raise :class:`DataError`."""
    missing = missing_entries(resource)
    if missing:
        raise DataError(
            f"datapackage.json does not say the {missing[0]} of {resource['name']}; "
            "run: gobi data validate"
        )


def fingerprint(path: Path) -> tuple[int, str]:
    """Return a file's size in bytes and its SHA-256."""
    content = path.read_bytes()
    return len(content), "sha256:" + hashlib.sha256(content).hexdigest()
