"""Make what a dataset's page offers beside the text: the chart, and the table as an Excel file.

Both are kept in a folder under a name that says from what they were made, so that only what
changed is made again. The same data give the same bytes.
"""

import hashlib
import io
import json
import multiprocessing
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from gobi.data import charts
from gobi.data.maps import OUTLINES
from gobi.data.package import Files, fields
from gobi.data.pages import chart_name, citation, excel_name, passport

#: The date inside every Excel file, so that the same table gives the same file.
DATE = (2020, 1, 1, 0, 0, 0)

#: Width of a column in an Excel file, in letters.
NARROWEST, WIDEST = 8, 60

#: Types of columns that hold numbers.
NUMERIC = ("integer", "number", "year")

#: Fewer files than this are made faster without a second process.
WORTH_A_SECOND_PROCESS = 8


def extras(folder: Path | None, kept: Path, jobs: int | None = None) -> dict[str, bytes]:
    """Return charts and Excel files of all datasets: name, seen from the datasets folder → content.

    Args:
        folder: the datasets folder; found as for :func:`gobi.dataset` when left out.
        kept: the folder that keeps what was made before. Nothing else may lie in it.
        jobs: how many processes may work at the same time; as many as there are cores when
            left out.

    Raises:
        DataError: the package cannot be read, or a chart asks for what its table does not have.
    """
    files = Files(folder)
    wanted = {}
    for resource in files.resources:
        wanted[excel_name(resource)] = kept / f"{_key(files, resource, 'downloads')}.xlsx"
        if charts.has_chart(resource):
            wanted[chart_name(resource)] = kept / f"{_key(files, resource, 'charts')}.svg"
    kept.mkdir(parents=True, exist_ok=True)
    _make(files.folder, {name: path for name, path in wanted.items() if not path.is_file()}, jobs)
    for path in set(kept.iterdir()) - set(wanted.values()):
        path.unlink()
    return {name: path.read_bytes() for name, path in wanted.items()}


def _key(files: Files, resource: dict, module: str) -> str:
    """Return a fingerprint of all that decides how a chart or an Excel file looks."""
    digest = hashlib.sha256(_code(module))
    digest.update(json.dumps([resource, files.package["version"]], ensure_ascii=False).encode())
    about_places = module == "charts" and resource["chart"]["kind"] in ("map", "soum_map")
    names = {resource["name"], OUTLINES} if about_places else {resource["name"]}
    for each in files.resources:
        if each["name"] in names:
            digest.update((files.text(each["path"]) or "").encode())
    return digest.hexdigest()[:24]


@cache
def _code(module: str) -> bytes:
    """Return the code that decides how something is made, and the version of its library."""
    code = Path(__file__).with_name(f"{module}.py").read_bytes()
    return code + version("matplotlib" if module == "charts" else "openpyxl").encode()


def _make(folder: Path, missing: dict[str, Path], jobs: int | None) -> None:
    """Make files, in several processes if there are many."""
    jobs = min(jobs or os.cpu_count() or 1, len(missing) // WORTH_A_SECOND_PROCESS + 1)
    # Heavy work first, and every kind of work in every share.
    order = sorted(missing.items(), key=lambda item: (item[1].suffix, item[0]))
    shares = [(folder, order[number::jobs]) for number in range(jobs)]
    if jobs == 1:
        _make_share(*shares[0])
        return
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        pool.starmap(_make_share, shares, chunksize=1)


def _make_share(folder: Path, missing: list[tuple[str, Path]]) -> None:
    """Make some charts and Excel files, each in one step."""
    files = Files(folder)
    for name, path in missing:
        resource = files.find(Path(name).stem)
        content = (charts.draw if path.suffix == ".svg" else workbook)(files, resource)
        part = path.with_suffix(".part")
        part.write_bytes(content)
        part.replace(path)


# Excel ---------------------------------------------------------------------------------------


def workbook(files: Files, resource: dict) -> bytes:
    """Return a dataset as an Excel file.

    The sheet ``data`` holds the table (of a map: the properties of its shapes), with numbers as
    numbers; the sheet ``about`` its passport, columns, gaps, licence and how to cite it.

    Args:
        files: the data package.
        resource: the dataset's entry.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    _write_data(book.create_sheet("data"), files, resource)
    _write_about(book.create_sheet("about"), files, resource)
    content = io.BytesIO()
    book.save(content)
    return _without_dates(content.getvalue())


def _write_data(sheet, files: Files, resource: dict) -> None:
    columns = [field["name"] for field in fields(resource)]
    numeric = [field["type"] in NUMERIC for field in fields(resource)]
    table = [
        [_value(row.get(name), number) for name, number in zip(columns, numeric, strict=True)]
        for row in files.rows(resource["name"])
    ]
    sheet.freeze_panes = "A2"
    _set_widths(sheet, [_width(values) for values in zip(columns, *table, strict=True)])
    sheet.append([_cell(sheet, name, bold=True) for name in columns])
    for row in table:
        # A text that begins like a formula must stay a text.
        is_formula = [isinstance(value, str) and value[:1] == "=" for value in row]
        if any(is_formula):
            row = [_cell(sheet, value) if value else None for value in row]
        sheet.append(row)


def _write_about(sheet, files: Files, resource: dict) -> None:
    widths = (26, 60, 18, 40)
    _set_widths(sheet, widths)
    for row in about(files, resource):
        if len(row) == 1:
            sheet.append([])
            sheet.append([_cell(sheet, row[0], bold=True)])
        else:
            long = [len(text) > width for text, width in zip(row, widths, strict=False)]
            sheet.append([_cell(sheet, text, wrap=any(long)) for text in row])


def about(files: Files, resource: dict) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the sheet ``about``; a row of one cell is a heading."""
    yield (resource["title"],)
    yield "", resource["title_mn"]
    yield "", resource["description"]
    yield ("Passport",)
    yield from passport(files, resource)
    yield ("Columns",)
    yield "Column", "What it is", "Unit", "Mongolian"
    for field in fields(resource):
        words = " ".join(filter(None, (f"{field['title']}.", field.get("description"))))
        yield field["name"], words, field.get("unit", ""), field["title_mn"]
    for heading, key in (("Known gaps", "known_gaps"), ("What it cannot show", "cannot_show")):
        yield (heading,)
        yield from (("", text) for text in resource[key])
    yield ("Licence, and how to cite",)
    for licence in resource["licenses"]:
        yield licence["name"], f"{licence['title']} {licence.get('path', '')}".strip()
    yield "Cite", citation(files, resource)
    yield f"SHA-256 of {resource['path']}", resource["hash"].removeprefix("sha256:")


def _value(text: object, numeric: bool) -> object:
    """Return a cell as Excel should hold it: a number where the column holds numbers."""
    if text in (None, ""):
        return None
    if numeric and isinstance(text, str):
        try:
            return int(text) if re.fullmatch(r"-?\d+", text) else float(text)
        except ValueError:
            return text
    return text if isinstance(text, int | float | str) else str(text)


def _cell(sheet, value: object, bold: bool = False, wrap: bool = False):
    """Return a cell in which text is never taken for a formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    if wrap:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _width(values: Iterable[object]) -> int:
    longest = max(len(str(value)) for value in values if value is not None)
    return min(max(longest + 2, NARROWEST), WIDEST)


def _set_widths(sheet, widths: Iterable[int]) -> None:
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _without_dates(content: bytes) -> bytes:
    """Set every date inside an Excel file to the same one."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == "docProps/core.xml":
                day = "{}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*DATE).encode()
                part = re.sub(rb"(?<=W3CDTF\">)[^<]*", day, part)
            fresh = zipfile.ZipInfo(entry.filename, DATE)
            fresh.external_attr = 0o644 << 16
            new.writestr(fresh, part, zipfile.ZIP_DEFLATED, 9)
    return result.getvalue()
