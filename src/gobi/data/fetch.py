"""Fetch tables from publishers, as the ``refresh`` entry of a dataset describes them.

Two services are known. ``pxweb`` is the program that the National Statistics Office and many
others answer with: a GET gives the variables of a table, a POST with a query gives the values
as json-stat2. ``world_bank_prices`` is the World Bank's sheet of monthly prices. Each function
returns rows with our columns and our words; nothing is written here.
"""

import io
import json
import math
import re
import time
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from urllib.parse import quote, urlsplit

from gobi.data.package import DataError

#: An answer larger than this is not one of our tables.
LARGEST_ANSWER = 20_000_000

#: Seconds to wait for a connection, for the next piece of an answer, and for all of it.
CONNECT_SECONDS, READ_SECONDS, ALL_SECONDS = 10, 60, 300

#: What publishers write in a cell that has no value.
MISSING = ("", ".", "..", "...", "…", "-")

#: How the time of a row is read: kind of time → what is looked for in the publisher's text.
TIMES = {"year": r"(\d{4})\D*", "month": r"(\d{4})\D{1,2}(\d{1,2})\D*"}

ADVICE = {
    403: "the query is not allowed or asks for too many values; ask for fewer.",
    404: "there is no table at this address; it may have moved.",
    413: "the query asks for too many values; ask for fewer.",
    429: "too many questions were asked; wait some minutes.",
}


class FetchError(DataError):
    """A publisher's table could not be fetched; the message is one sentence for people."""


def fetch(entry: dict) -> list[dict[str, str]]:
    """Fetch the rows of one table.

    Args:
        entry: the dataset's ``refresh`` entry, with ``service``, ``address`` and ``columns``.

    Returns:
        Rows in order of time: our column → text. A missing value is an empty text.

    Raises:
        FetchError: the service cannot be reached, or its answer is not what the entry says.
    """
    services = {"pxweb": _pxweb, "world_bank_prices": _world_bank_prices}
    if entry.get("service") not in services:
        raise FetchError(f"Its refresh entry names no known service ({', '.join(services)}).")
    try:
        return [_complete(row, entry) for row in services[entry["service"]](entry)]
    except KeyError as error:
        raise FetchError(f"Its refresh entry does not say {error}.") from None


# The web -----------------------------------------------------------------------------------


def download(address: str, query: dict | None = None) -> bytes:
    """Return what an address answers.

    Args:
        address: the web address.
        query: sent as JSON with POST; without it, GET.

    Raises:
        FetchError: no answer, an error, a web page, a cut answer, or a far too large one.
    """
    import requests

    host = urlsplit(address).netloc
    try:
        with requests.request(
            "GET" if query is None else "POST",
            address,
            json=query,
            headers={"User-Agent": "umnugovi-data-course (gobi data refresh)"},
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            stream=True,
        ) as answer:
            _require_data(answer, host)
            return _content(answer, host)
    except requests.RequestException as error:
        raise FetchError(_no_answer(error, host)) from None


def _no_answer(error: Exception, host: str) -> str:
    """Say in one sentence why there is no answer."""
    from requests import exceptions

    match error:
        case exceptions.Timeout():
            return f"{host} did not answer in time; try again later."
        case exceptions.SSLError():
            return f"{host} could not prove who it is (certificate), so its answer is not used."
        case exceptions.ChunkedEncodingError() | exceptions.ContentDecodingError():
            return f"The answer of {host} was cut short; try again."
        case exceptions.InvalidURL() | exceptions.MissingSchema() | exceptions.InvalidSchema():
            return "The address in its refresh entry is not a web address."
        case exceptions.TooManyRedirects():
            return f"{host} sends the question round in a circle; the table may have moved."
    if "timed out" in str(error).lower():  # while the answer was read
        return f"{host} did not answer in time; try again later."
    return f"{host} cannot be reached; is this computer on the internet?"


def _require_data(answer, host: str) -> None:
    """Make sure that an answer is no error and no page for people."""
    if answer.status_code >= 500:
        raise FetchError(f"{host} has a fault of its own ({answer.status_code}); try again later.")
    if answer.status_code >= 400:
        advice = ADVICE.get(answer.status_code, "the service refuses the query.")
        raise FetchError(f"{host} answers {answer.status_code}: {advice}")
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        raise FetchError(f"{host} answers with a web page instead of data; the table has moved.")


def _content(answer, host: str) -> bytes:
    content, start = bytearray(), time.monotonic()
    for piece in answer.iter_content(65536):
        content += piece
        if len(content) > LARGEST_ANSWER:
            size = f"{LARGEST_ANSWER / 1e6:.0f} MB"
            raise FetchError(f"The answer of {host} is larger than {size}; it is not used.")
        if time.monotonic() - start > ALL_SECONDS:
            raise FetchError(f"{host} did not answer in time; try again later.")
    return bytes(content)


# Numbers and times -------------------------------------------------------------------------


def _number(value: object, spec: dict, where: str) -> str:
    """Write a publisher's number as our column needs it."""
    if value is None or (isinstance(value, str) and value.strip() in MISSING):
        return ""
    if isinstance(value, bool | str) or not isinstance(value, int | float):
        raise FetchError(f"{where} holds '{value}', which is not a number.")
    if not math.isfinite(value):
        raise FetchError(f"{where} holds '{value}', which is not a number.")
    exact = Decimal(str(value)) * Decimal(str(spec.get("factor", 1)))
    return str(exact.quantize(Decimal(1).scaleb(-spec["decimals"]), ROUND_HALF_UP))


def _time(text: str, form: str) -> str:
    """Write a publisher's time as ours: 2024, or 2024-01."""
    found = re.fullmatch(TIMES[form], text.strip())
    if not found:
        raise FetchError(f"The publisher's '{text}' is not a {form}.")
    year, *months = found.groups()
    return "-".join((year, *(f"{int(month):02d}" for month in months)))


def _complete(row: dict[str, str], entry: dict) -> dict[str, str]:
    """Add the columns that follow from the fetched ones: parts of the time, and sums."""
    numbers = row[time_column(entry)].split("-")
    for column, spec in entry["columns"].items():
        if "part" in spec:
            row[column] = str(int(numbers[("year", "month").index(spec["part"])]))
        elif "terms" in spec:
            terms = [(row[name], sign) for name, sign in spec["terms"].items()]
            known = all(value for value, _ in terms)
            total = sum(Decimal(value) * sign for value, sign in terms) if known else ""
            row[column] = str(total)
    return row


def time_column(entry: dict) -> str:
    """Return which of our columns holds the time.

    Raises:
        FetchError: the entry names none, or several.
    """
    columns = [name for name, spec in entry["columns"].items() if "form" in spec]
    if len(columns) != 1 or entry["columns"][columns[0]]["form"] not in TIMES:
        raise FetchError("Its refresh entry does not name one column of time (year or month).")
    return columns[0]


def value_columns(entry: dict) -> list[str]:
    """Return which of our columns hold fetched numbers."""
    return [name for name, spec in entry["columns"].items() if "decimals" in spec]


# PxWeb -------------------------------------------------------------------------------------


@dataclass
class Variable:
    """One variable of a PxWeb table: its values by code, and which of them are asked for."""

    code: str
    text: str
    codes: list[str]
    texts: list[str]
    asked: dict[str, None] = field(default_factory=dict)  # in order, each once
    filter: str = "item"

    def choose(self, choice: dict) -> dict[str, str]:
        """Return code → our word for the values that a choice names, and ask for them."""
        known = self.codes if "codes" in choice else self.texts
        wanted = choice["codes"] if "codes" in choice else choice["texts"]
        if not isinstance(wanted, dict):
            wanted = {word: word for word in wanted}
        pairs = [
            (code, ours)
            for word, ours in wanted.items()
            for code, each in zip(self.codes, known, strict=True)
            if _plain(word) == _plain(each)
        ]
        found = dict(pairs)
        for ours in wanted.values():
            if ours not in found.values():
                names = " or ".join(word for word in wanted if wanted[word] == ours)
                raise FetchError(
                    f"The publisher's variable {self.text} has no value {names}; it has "
                    f"{', '.join(text.strip() for text in self.texts[:8])}…"
                )
        if len(set(found.values())) < len(pairs):
            raise FetchError(
                f"Several values of the publisher's variable {self.text} have the name or code "
                "that its refresh entry asks for."
            )
        self.asked |= dict.fromkeys(found)
        return found

    def selection(self) -> dict:
        """Return this variable's part of the query."""
        values = {"item": list(self.asked), "all": ["*"], "top": ["1"]}[self.filter]
        return {"code": self.code, "selection": {"filter": self.filter, "values": values}}


def _plain(word: str) -> str:
    return str(word).strip().casefold()


def _pxweb(entry: dict) -> list[dict[str, str]]:
    address = "/".join((entry["address"], quote(entry["path"], safe="/,"), entry["table"] + ".px"))
    variables = _variables(download(address))
    axes = _axes(entry, variables)
    picks = {
        column: {
            _variable(variables, name).code: _variable(variables, name).choose(choice)
            for name, choice in entry["columns"][column].get("pick", {}).items()
        }
        for column in value_columns(entry)
    }
    for variable in variables:
        if variable.filter == "item" and not variable.asked:
            raise FetchError(
                f"The publisher's table has a variable {variable.text} that its refresh entry "
                "does not know."
            )
    query = {
        "query": [variable.selection() for variable in variables],
        "response": {"format": "json-stat2"},
    }
    cells = json_stat_cells(_json(download(address, query)))
    return _rows(entry, cells, axes, picks)


def _json(content: bytes) -> object:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except ValueError:
        raise FetchError("The publisher's answer is not whole JSON; try again.") from None


def _variables(content: bytes) -> list[Variable]:
    try:
        return [
            Variable(
                each["code"],
                each["text"],
                [str(code) for code in each["values"]],
                [str(text) for text in each["valueTexts"]],
            )
            for each in _json(content)["variables"]
        ]
    except (KeyError, TypeError):
        raise FetchError("The publisher's address does not describe a PxWeb table.") from None


def _variable(variables: list[Variable], name: str) -> Variable:
    """Find a variable by its code or by its text."""
    for variable in variables:
        if _plain(name) in (_plain(variable.code), _plain(variable.text)):
            return variable
    names = ", ".join(variable.text for variable in variables)
    raise FetchError(f"The publisher's table has no variable {name}; it has {names}.")


def _axes(entry: dict, variables: list[Variable]) -> dict[str, tuple[str, dict | None]]:
    """Return column → (variable, code → our word); of times, None: the answer has the words."""
    axes = {}
    for column, spec in entry["columns"].items():
        if "variable" not in spec:
            continue
        variable = _variable(variables, spec["variable"])
        if "form" not in spec:
            axes[column] = (variable.code, variable.choose(spec))
            continue
        variable.filter = "top" if spec.get("newest") else "all"
        if variable.filter == "all" and len(set(variable.codes)) < len(variable.codes):
            raise FetchError(
                f"Several values of the publisher's variable {variable.text} have the same code; "
                'only the newest can be asked for: "newest": true.'
            )
        axes[column] = (variable.code, None)
    return axes


def json_stat_cells(answer: object) -> Iterator[tuple[dict[str, tuple[str, str]], object]]:
    """Yield the cells of a json-stat2 dataset.

    The values stand in one list, the last dimension running fastest; or, when most are
    missing, in an object by position.

    Args:
        answer: the dataset as JSON gives it.

    Yields:
        For each cell, dimension → (code, label), and the value.

    Raises:
        FetchError: the answer is no json-stat2 dataset, or values are missing at its end.
    """
    try:
        names, values = answer["id"], answer["value"]
        categories = [_categories(answer["dimension"][name]["category"]) for name in names]
        sizes = [len(each) for each in categories]
        complete = not isinstance(values, list) or len(values) == math.prod(sizes)
        if answer["size"] != sizes or not complete:
            raise FetchError("The publisher's answer has not as many values as it says; try again.")
        if isinstance(values, list):
            values = {str(position): value for position, value in enumerate(values)}
        get = values.get
    except (KeyError, TypeError, AttributeError):
        raise FetchError("The publisher's answer is not a table in json-stat2.") from None
    for position, place in enumerate(product(*categories)):
        yield dict(zip(names, place, strict=True)), get(str(position))


def _categories(category: dict) -> list[tuple[str, str]]:
    """Return code and label of each category, in order."""
    index = category.get("index", category.get("label", {}))  # one category needs no index
    labels = category.get("label", {})
    if isinstance(index, dict) and "index" in category:
        index = sorted(index, key=index.get)
    return [(code, labels.get(code, code)) for code in index]


def _rows(entry: dict, cells, axes: dict, picks: dict) -> list[dict[str, str]]:
    """Put the cells into rows: one for each combination of axes that has a value."""
    times = time_column(entry)
    rows: dict[tuple, dict[str, str]] = {}
    for place, value in cells:
        words = _words(entry, place, axes)
        if words is None or words[times] < str(entry["columns"][times].get("from", "")):
            continue
        row = rows.setdefault(tuple(words.values()), words)
        for column, pick in picks.items():
            if all(place[name][0] in codes for name, codes in pick.items()):
                where = " ".join(label.strip() for _, label in place.values())
                row[column] = _value(value, column, entry, row[times], where)
    filled = [row for row in rows.values() if any(row.get(column) for column in picks)]
    return sorted(filled, key=lambda row: row[times])  # stable: the publisher's order inside


def _words(entry: dict, place: dict, axes: dict) -> dict[str, str] | None:
    """Return column → our word for one cell; None if it was not asked for."""
    words = {}
    for column, (variable, known) in axes.items():
        if variable not in place:
            raise FetchError(f"The publisher's answer has no variable {variable}.")
        code, label = place[variable]
        if known is None:
            words[column] = _time(label, entry["columns"][column]["form"])
        elif code in known:
            words[column] = str(known[code])
        else:
            return None
    return words


def _value(value: object, column: str, entry: dict, when: str, where: str) -> str:
    """Return a value of one column; empty if the column begins later."""
    spec = entry["columns"][column]
    return "" if when < str(spec.get("from", "")) else _number(value, spec, where)


# The World Bank's prices -------------------------------------------------------------------


def _world_bank_prices(entry: dict) -> list[dict[str, str]]:
    lines = _sheet(download(entry["address"]), entry["sheet"])
    head = _head(lines, entry)
    positions = {column: _position(lines, head, entry, column) for column in value_columns(entry)}
    times = time_column(entry)
    rows = []
    for line in lines[head + 1 :]:
        if not re.fullmatch(r"\d{4}M\d{1,2}", str(line[0]).strip()):
            continue  # units above the values, notes below them
        row = {times: _time(str(line[0]), "month")}
        if row[times] < str(entry["columns"][times].get("from", "")):
            continue
        for column, position in positions.items():
            where = f"{entry['columns'][column]['name']} of {row[times]}"
            row[column] = _value(line[position], column, entry, row[times], where)
        rows.append(row)
    if not rows:
        raise FetchError("The publisher's sheet has no months like 2024M01 in its first column.")
    return sorted(rows, key=lambda row: row[times])


def _sheet(content: bytes, name: str) -> list[tuple]:
    """Return the lines of one sheet of an Excel file."""
    from openpyxl import load_workbook

    broken = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError, SyntaxError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # openpyxl's, about styles
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            try:
                names = book.sheetnames
                lines = list(book[name].iter_rows(values_only=True)) if name in names else None
            finally:
                book.close()
    except broken:
        raise FetchError("The publisher's Excel file is broken or cut short; try again.") from None
    if lines is None:
        raise FetchError(f"The publisher's file has no sheet '{name}'; it has {', '.join(names)}.")
    width = max((len(line) for line in lines), default=0) or 1
    return [line + (None,) * (width - len(line)) for line in lines]


def _label(cell: object) -> str:
    """Return a heading as it is compared: without the stars of footnotes."""
    return _plain(str(cell or "").replace("*", ""))


def _head(lines: list[tuple], entry: dict) -> int:
    """Return which line holds the names of the prices: the one with most of ours."""
    wanted = {_label(entry["columns"][column]["name"]) for column in value_columns(entry)}
    found = [len(wanted & {_label(cell) for cell in line}) for line in lines[:20]]
    if not found or not max(found):
        raise FetchError(f"The publisher's sheet has no columns {', '.join(sorted(wanted))}.")
    return found.index(max(found))


def _position(lines: list[tuple], head: int, entry: dict, column: str) -> int:
    """Return where a price stands, after a look at the unit under its name."""
    spec = entry["columns"][column]
    positions = [n for n, cell in enumerate(lines[head]) if _label(cell) == _label(spec["name"])]
    if len(positions) != 1:
        how = "no column" if not positions else "several columns"
        raise FetchError(f"The publisher's sheet has {how} called {spec['name']}.")
    units = {re.sub(r"[\s()]", "", unit).casefold() for unit in spec.get("units", ())}
    below = lines[head + 1][positions[0]] if len(lines) > head + 1 else None
    if units and re.sub(r"[\s()]", "", str(below or "")).casefold() not in units:
        raise FetchError(f"{spec['name']} is now in {below}, but was in {spec['units'][0]}.")
    return positions[0]
