"""Newer data: what is fetched, compared and written, and every way in which it can fail.

The publishers here are a local server that speaks PxWeb's API (version 1, json-stat2) and
serves the World Bank's sheet, both as they are documented. Nothing leaves this computer.
"""

import copy
import csv
import io
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path

import pytest
from openpyxl import Workbook

from gobi import data
from gobi.data import fetch as fetch_module
from gobi.data.fetch import FetchError, json_stat_cells
from gobi.data.refresh import Outcome, refresh, wrong_entries

FOLDER = Path(__file__).resolve().parents[1] / "datasets"
PACKAGE = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
GOBI = Path(sys.executable).parent / "gobi"

ANIMALS = {"0": "Total", "1": "Horse", "2": "Cattle", "3": "Camel"}
YEARS = ["2022", "2021", "2020"]  # the newest first, as the statistics office has them


# The publishers ----------------------------------------------------------------------------


class Table:
    """A table in PxWeb: its variables, and a value for each combination of their codes."""

    def __init__(self, variables: list[tuple[str, str, dict[str, str]]]) -> None:
        """Begin with the variables: code, text, and values by code."""
        self.variables = variables
        self.values: dict[tuple[str, ...], object] = {}
        self.blank_codes = False
        self.sparse = False

    def metadata(self) -> dict:
        """Answer GET: what the table holds."""
        listed = []
        for code, text, values in self.variables:
            codes = ["" for _ in values] if self.blank_codes and code == "Он" else list(values)
            texts = list(values.values())
            listed.append({"code": code, "text": text, "values": codes, "valueTexts": texts})
        return {"title": "A table", "variables": listed}

    def answer(self, query: dict) -> dict:
        """Answer POST: the values that are asked for, as json-stat2."""
        assert query["response"] == {"format": "json-stat2"}
        asked = {each["code"]: each["selection"] for each in query["query"]}
        chosen = {}
        for code, _, values in self.variables:
            choice = asked[code]
            if choice["filter"] == "item":
                chosen[code] = [each for each in values if each in choice["values"]]
                assert len(chosen[code]) == len(choice["values"])  # PxWeb answers 400
            elif choice["filter"] == "top":
                chosen[code] = list(values)[: int(choice["values"][0])]
            else:
                assert choice == {"filter": "all", "values": ["*"]}
                chosen[code] = list(values)
        found = [self.values.get(place) for place in product(*chosen.values())]
        dimension = {
            code: {
                "label": text,
                "category": {
                    "index": {each: number for number, each in enumerate(chosen[code])},
                    "label": {each: values[each] for each in chosen[code]},
                },
            }
            for code, text, values in self.variables
        }
        sparse = {str(n): value for n, value in enumerate(found) if value is not None}
        return {
            "version": "2.0",
            "class": "dataset",
            "id": list(chosen),
            "size": [len(each) for each in chosen.values()],
            "dimension": dimension,
            "value": sparse if self.sparse else found,
        }


class Publisher(ThreadingHTTPServer):
    """A server with PxWeb tables and a price sheet, which can be told to fail."""

    daemon_threads = True

    def __init__(self) -> None:
        """Take any free port."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.tables: dict[str, Table] = {}
        self.sheet = b""
        self.fault: Callable[[Handler, bytes], bool] | None = None
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        """Where the server is."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    """Answers one question."""

    server: Publisher

    def log_message(self, *words: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Describe a table, or send the sheet or the page."""
        if self.path == "/page.html":
            self.send(b"<html>Welcome</html>", "text/html; charset=utf-8")
        elif self.path.endswith(".xlsx"):
            self.reply(self.server.sheet)
        else:
            self.reply(json.dumps(self.table().metadata()).encode())

    def do_POST(self) -> None:
        """Answer a query."""
        query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.reply(json.dumps(self.table().answer(query)).encode())

    def table(self) -> Table:
        """The table that the address names."""
        self.server.asked.append(self.path)
        return self.server.tables[self.path.rpartition("/")[2].removesuffix(".px")]

    def reply(self, content: bytes) -> None:
        """Answer, or fail as the test wants it."""
        if self.server.fault is None or not self.server.fault(self, content):
            self.send(content)

    def send(self, content: bytes, kind: str = "application/json", status: int = 200) -> None:
        """Send an answer with its length."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Publisher() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        server.tables["HERDS"] = herds()
        server.tables["PEOPLE"] = people()
        server.sheet = price_sheet()
        yield server
        server.shutdown()
        thread.join()


def herds() -> Table:
    """Thousand head in Umnugovi, with places and animals that we do not have."""
    years = {str(number): year for number, year in enumerate(YEARS)}
    places = {"0": "Total", "346": "Өмнөговь", "34601": "Даланзадгад"}
    table = Table(
        [("Малын төрөл", "Type", ANIMALS), ("Бүс", "Region", places), ("Он", "Year", years)]
    )
    for number, animal in enumerate(ANIMALS):
        for position, year in years.items():
            for place in places:
                table.values[animal, place, position] = 10.04 * number + int(year) - 2000
    return table


def people() -> Table:
    years = {str(number): year for number, year in enumerate(YEARS)}
    places = {"34601": " Dalanzadgad", "34604": " Bayandalai", "34607": " Bayan-Ovoo"}
    sexes = {"0": "Total", "1": "Male", "2": "Female"}
    table = Table([("Хүйс", "Sex", sexes), ("Бүс", "Region", places), ("Он", "Year", years)])
    for sex, place, position in product(sexes, places, years):
        count = int(place) // 10 + int(years[position])
        table.values[sex, place, position] = count if sex == "0" else count // 2
    return table


def price_rows() -> list[dict[str, str]]:
    with (FOLDER / "money_prices.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PRICES = {
    "coal_usd_per_tonne": ("Coal, Australian", "($/mt)"),
    "copper_usd_per_tonne": ("Copper", "($/mt)"),
    "gold_usd_per_ounce": ("Gold", "($/troy oz)"),
    "silver_usd_per_ounce": ("Silver **", "($/troy oz)"),
}


def price_lines() -> list[list[object]]:
    """The World Bank's sheet, made from our table; coal before 2001 repeats one value."""
    lines: list[list[object]] = [["World Bank Commodity Price Data (The Pink Sheet)"], [], [], []]
    lines.append([None, "Tea", *(name for name, _ in PRICES.values())])
    lines.append([None, "($/kg)", *(unit for _, unit in PRICES.values())])
    for row in price_rows():
        prices = [float(row[column]) if row[column] else 38.0 for column in PRICES]
        lines.append([row["month"].replace("-", "M"), "…", *prices])
    return lines


def price_sheet(lines: list[list[object]] | None = None, name: str = "Monthly Prices") -> bytes:
    book = Workbook()
    book.active.title = name
    for line in lines or price_lines():
        book.active.append(line)
    content = io.BytesIO()
    book.save(content)
    book.close()
    return content.getvalue()


# Our tables --------------------------------------------------------------------------------

SOURCE = {
    "source_id": "TEST_OFFICE_{month}",
    "title": "A table",
    "publisher": "An office",
    "address": "https://example.org/",
    "licence": "free",
}
COLUMNS = {
    "land_herds": ["year", "aimag_code", "animal", "thousand_head", "source_id"],
    "people_residents": ["soum_code", "soum", "year", "residents", "source_id"],
}


def herd_entry(address: str) -> dict:
    return {
        "service": "pxweb",
        "address": address,
        "path": "Industry, service/Livestock",
        "table": "HERDS",
        "columns": {
            "year": {"variable": "Он", "form": "year", "from": 2020},
            "aimag_code": {"variable": "Бүс", "codes": [346]},
            "animal": {
                "variable": "Type",
                "texts": {"Horse": "horse", "Horses": "horse", "cattle": "cattle"},
            },
            "thousand_head": {"decimals": 1},
        },
        "source": SOURCE,
    }


def people_entry(address: str) -> dict:
    return {
        "service": "pxweb",
        "address": address,
        "path": "Regional development/Population",
        "table": "PEOPLE",
        "columns": {
            "soum_code": {"variable": "Region", "codes": ["34601", "34604"]},
            "soum": {"copy": "soum_code"},
            "year": {"variable": "Year", "form": "year"},
            "residents": {"pick": {"Sex": {"texts": ["Total"]}}, "decimals": 0},
        },
        "source": SOURCE,
    }


def price_entry(address: str) -> dict:
    columns: dict[str, dict] = {"month": {"form": "month"}}
    for column, (name, unit) in PRICES.items():
        columns[column] = {"name": name.rstrip(" *"), "units": [unit], "decimals": 2}
    columns["coal_usd_per_tonne"]["from"] = "2001-01"
    return {
        "service": "world_bank_prices",
        "address": f"{address}/prices.xlsx",
        "sheet": "Monthly Prices",
        "columns": columns,
        "source": SOURCE,
    }


def our_rows(name: str, source: str) -> list[list[object]]:
    if name == "land_herds":
        return [
            [year, 346, animal, f"{10.04 * number + year - 2000:.1f}", source]
            for year in (2020, 2021, 2022)
            for number, animal in ((1, "horse"), (2, "cattle"))
        ]
    return [
        [code, soum, year, code // 10 + year, source]
        for year in (2020, 2021, 2022)
        for code, soum in ((34601, "Dalanzadgad"), (34604, "Bayandalai"))
    ]


def resource_of(name: str) -> dict:
    """An entry like that of a table in the package."""
    model = next(each for each in PACKAGE["resources"] if each["name"] == "money_prices")
    resource = {key: each for key, each in copy.deepcopy(model).items() if key != "refresh"}
    rules = {"year": {"maximum": 2022}, "thousand_head": {"maximum": 900}}
    types = {"animal": "string", "soum": "string", "source_id": "string", "thousand_head": "number"}
    schema = {
        "fields": [
            {
                "name": column,
                "type": types.get(column, "integer"),
                "title": column,
                "title_mn": column,
                "constraints": {"required": True} | rules.get(column, {}),
            }
            for column in COLUMNS[name]
        ],
        "primaryKey": [COLUMNS[name][0 if name == "people_residents" else 2], "year"],
        "missingValues": [""],
    }
    if name == "land_herds":
        schema["primaryKey"].append("aimag_code")
    return resource | {"name": name, "path": f"{name}.csv", "schema": schema}


@pytest.fixture
def folder(tmp_path: Path, publisher: Publisher) -> Path:
    """A small package: two tables of this test, the prices, the soums and the sources."""
    copied = tmp_path / "course" / "datasets"
    copied.mkdir(parents=True)
    package = copy.deepcopy(PACKAGE)
    kept = [
        each
        for each in package["resources"]
        if each["name"] in ("money_prices", "place_soums", "sources")
    ]
    for each in kept:
        shutil.copy(FOLDER / each["path"], copied)
    source = price_rows()[0]["source_id"]
    for name, entry in (("land_herds", herd_entry), ("people_residents", people_entry)):
        save_rows(copied / f"{name}.csv", [COLUMNS[name], *our_rows(name, source)])
        kept.insert(0, resource_of(name) | {"refresh": entry(publisher.address)})
    for each in kept:
        if each["name"] == "money_prices":
            each["refresh"] = price_entry(publisher.address)
    save_package(copied, package | {"resources": kept})
    data.record_checksums(copied)
    return copied


def save_rows(path: Path, rows: list[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def save_package(folder: Path, package: dict) -> None:
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def change_entry(folder: Path, name: str, change: Callable[[dict], object]) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    change(next(each for each in package["resources"] if each["name"] == name))
    save_package(folder, package)


def load(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder: Path) -> dict[str, bytes]:
    """What lies in the whole course folder, kept copies and all."""
    return {str(path): path.read_bytes() for path in folder.parent.rglob("*") if path.is_file()}


def one(folder: Path, name: str, write: bool = False) -> Outcome:
    (outcome,) = refresh([name], folder, write)
    return outcome


def new_year(publisher: Publisher) -> None:
    """Let the statistics office publish 2023. All its codes of years move by one."""
    table = publisher.tables["HERDS"]
    code, text, years = table.variables[2]
    longer = {"0": "2023"} | {str(int(each) + 1): year for each, year in years.items()}
    table.variables[2] = (code, text, longer)
    table.values = {
        (animal, place, str(int(year) + 1)): value
        for (animal, place, year), value in table.values.items()
    }
    for animal, place in product(ANIMALS, table.variables[1][2]):
        table.values[animal, place, "0"] = 10 * int(animal) + 23.04


def set_value(publisher: Publisher, value: object, year: str = "2022") -> None:
    """Publish another value for the horses of Umnugovi."""
    table = publisher.tables["HERDS"]
    position = next(each for each, text in table.variables[2][2].items() if text == year)
    table.values["1", "346", position] = value


# What is found and written -----------------------------------------------------------------


@pytest.mark.parametrize("write", [False, True])
def test_nothing_changed(folder: Path, publisher: Publisher, write: bool) -> None:
    before = contents(folder)
    for outcome in refresh((), folder, write):
        assert outcome.ok
        assert outcome.lines() == [f"{outcome.name}: nothing changed, it is up to date."]
    assert contents(folder) == before
    assert "/Industry,%20service/Livestock/HERDS.px" in publisher.asked


def test_new_and_changed_rows_are_shown_and_not_written(folder: Path, publisher: Publisher) -> None:
    before = contents(folder)
    new_year(publisher)
    set_value(publisher, 33.3, "2021")
    outcome = one(folder, "land_herds")
    assert [(row["year"], row["animal"], row["thousand_head"]) for row in outcome.added] == [
        ("2023", "horse", "33.0"),
        ("2023", "cattle", "43.0"),
    ]
    assert outcome.changed == [(("horse", "2021", "346"), "thousand_head", "31.0", "33.3")]
    lines = "\n".join(outcome.lines())
    assert "new rows: 2; values that differ: 1; rows that are gone, and stay here: 0." in lines
    assert "~ horse, 2021, 346: thousand_head 31.0 → 33.3" in lines
    assert "gobi data refresh land_herds --write" in lines
    assert contents(folder) == before


def test_written(folder: Path, publisher: Publisher) -> None:
    before = (folder / "land_herds.csv").read_bytes()
    earlier = load(folder, "land_herds")
    known = set(data.validate(folder))
    new_year(publisher)
    set_value(publisher, 33.3, "2021")
    outcome = one(folder, "land_herds", write=True)

    assert outcome.written == folder.parent / "_build" / "replaced" / (
        f"land_herds-{date.today().isoformat()}.csv"
    )
    assert outcome.written.read_bytes() == before
    rows = load(folder, "land_herds")
    source = f"TEST_OFFICE_{date.today():%Y_%m}"
    assert [row["year"] for row in rows] == sorted(row["year"] for row in rows)
    assert [row["source_id"] for row in rows[-2:]] == [source, source]
    assert rows[2] == earlier[2] | {"thousand_head": "33.3", "source_id": source}
    assert [row for row in rows if row["source_id"] != source] == earlier[:2] + earlier[3:]
    (cited,) = [row for row in load(folder, "sources") if row["source_id"] == source]
    assert (cited["publisher"], cited["date"]) == ("An office", date.today().isoformat())
    assert set(data.validate(folder)) <= known  # checksums and the last year, too

    again = one(folder, "land_herds", write=True)
    assert (again.added, again.changed, again.written) == ([], [], None)


def test_earlier_copies_are_all_kept(folder: Path, publisher: Publisher) -> None:
    kept = []
    for value in (33.3, 34.4, 35.5):
        set_value(publisher, value)
        kept.append(one(folder, "land_herds", write=True).written)
    assert len(set(kept)) == 3
    assert len({path.read_bytes() for path in kept}) == 3


def test_soum_names_are_copied(folder: Path, publisher: Publisher) -> None:
    table = publisher.tables["PEOPLE"]
    table.variables[2][2]["9"] = "2023"
    for code in ("34601", "34604"):
        table.values["0", code, "9"] = 5000
    assert one(folder, "people_residents", write=True).ok
    last = load(folder, "people_residents")[-2:]
    assert [(row["soum"], row["residents"]) for row in last] == [
        ("Dalanzadgad", "5000"),
        ("Bayandalai", "5000"),
    ]


def test_new_month_of_prices(folder: Path, publisher: Publisher) -> None:
    lines = price_lines()
    lines.append(["2099M01", "…", 101.238, 9000.5, 2400, "…"])
    lines.append(["Sources: many."])
    publisher.sheet = price_sheet(lines)
    outcome = one(folder, "money_prices")
    (row,) = outcome.added
    assert row["coal_usd_per_tonne"] == "101.24"
    assert row["silver_usd_per_ounce"] == ""
    assert {problem.check for problem in outcome.problems} == {"schema"}  # silver is needed
    assert outcome.changed == []  # coal before 2001 stays empty


def test_only_the_newest(folder: Path, publisher: Publisher) -> None:
    """When a service gives all years one blank code, only the newest can be asked for."""
    publisher.tables["HERDS"].blank_codes = True
    new_year(publisher)
    assert '"newest": true' in one(folder, "land_herds").error
    change_entry(
        folder,
        "land_herds",
        lambda each: each["refresh"]["columns"]["year"].update(newest=True),
    )
    outcome = one(folder, "land_herds")
    assert ({row["year"] for row in outcome.added}, outcome.gone) == ({"2023"}, [])
    assert outcome.ok


def test_rows_that_are_gone_stay(folder: Path, publisher: Publisher) -> None:
    new_year(publisher)
    set_value(publisher, None, "2020")
    outcome = one(folder, "land_herds", write=True)
    assert outcome.gone == [("horse", "2020", "346")]
    assert any("no longer has it" in line for line in outcome.lines())
    assert load(folder, "land_herds")[0]["animal"] == "horse"
    assert len(load(folder, "land_herds")) == 8


def test_sparse_answer(folder: Path, publisher: Publisher) -> None:
    publisher.tables["HERDS"].sparse = True
    assert one(folder, "land_herds").lines()[0].endswith("it is up to date.")


def test_factor(folder: Path, publisher: Publisher) -> None:
    """Thousand head become head, without errors of binary fractions."""
    assert fetch_module._number(1824.993, {"decimals": 0, "factor": 1000}, "") == "1824993"
    assert fetch_module._number(0.145, {"decimals": 2}, "") == "0.15"
    assert fetch_module._number("..", {"decimals": 2}, "") == ""


def test_two_tables_of_a_publisher_are_joined(folder: Path, publisher: Publisher) -> None:
    def split(each: dict) -> None:
        first = each["refresh"]
        second = copy.deepcopy(first)
        second["table"] = "PEOPLE_TOO"
        second["columns"]["men"] = {"pick": {"Sex": {"texts": ["Male"]}}, "decimals": 0}
        del second["columns"]["residents"]
        each["refresh"] = [first, second]
        each["schema"]["fields"].append(
            {"name": "men", "type": "integer", "title": "Men", "title_mn": "Эрэгтэй"}
        )

    publisher.tables["PEOPLE_TOO"] = people()
    change_entry(folder, "people_residents", split)
    head, *rows = [COLUMNS["people_residents"], *our_rows("people_residents", "X")]
    save_rows(folder / "people_residents.csv", [[*head, "men"], *([*row, ""] for row in rows)])
    outcome = one(folder, "people_residents")
    assert len(outcome.changed) == 6
    assert {column for _, column, _, _ in outcome.changed} == {"men"}


def test_columns_that_follow_from_others() -> None:
    columns = {
        "month": {"form": "month"},
        "year": {"part": "year"},
        "month_number": {"part": "month"},
        "net": {"terms": {"came": 1, "left": -1}},
    }
    row = {"month": "2025-03", "came": "5", "left": "12"}
    assert fetch_module._complete(row, {"columns": columns}) == row | {
        "year": "2025",
        "month_number": "3",
        "net": "-7",
    }
    row = {"month": "2025-03", "came": "5", "left": ""}
    assert fetch_module._complete(row, {"columns": columns})["net"] == ""


def test_months_are_written_alike() -> None:
    assert fetch_module._time("2025-3", "month") == "2025-03"
    assert fetch_module._time("2025M11", "month") == "2025-11"
    assert fetch_module._time(" 2024* ", "year") == "2024"
    with pytest.raises(FetchError, match="is not a year"):
        fetch_module._time("Total", "year")


def test_json_stat_without_index_and_with_list() -> None:
    answer = {
        "id": ["a", "b"],
        "size": [1, 2],
        "dimension": {
            "a": {"category": {"label": {"x": "One"}}},
            "b": {"category": {"index": ["p", "q"], "label": {"p": "P", "q": "Q"}}},
        },
        "value": [1, 2],
    }
    assert list(json_stat_cells(answer)) == [
        ({"a": ("x", "One"), "b": ("p", "P")}, 1),
        ({"a": ("x", "One"), "b": ("q", "Q")}, 2),
    ]


# Failures ----------------------------------------------------------------------------------


def status(number: int) -> Callable[[Handler, bytes], bool]:
    def fault(handler: Handler, content: bytes) -> bool:
        handler.send(b"{}", status=number)
        return True

    return fault


def only_post(fault: Callable[[Handler, bytes], object]) -> Callable[[Handler, bytes], bool]:
    """Let the description of the table be right, and the answer wrong."""

    def chosen(handler: Handler, content: bytes) -> bool:
        if handler.command != "POST":
            return False
        fault(handler, content)
        return True

    return chosen


def to_a_page(handler: Handler, content: bytes) -> bool:
    handler.send_response(302)
    handler.send_header("Location", "/page.html")
    handler.send_header("Content-Length", "0")
    handler.end_headers()
    return True


def in_a_circle(handler: Handler, content: bytes) -> bool:
    handler.send_response(302)
    handler.send_header("Location", handler.path)
    handler.send_header("Content-Length", "0")
    handler.end_headers()
    return True


def cut(handler: Handler, content: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content[: len(content) // 2])
    handler.close_connection = True


def slow(handler: Handler, content: bytes) -> bool:
    time.sleep(1)
    return True


def stops_in_the_middle(handler: Handler, content: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content[:10])
    time.sleep(1)


def half_json(handler: Handler, content: bytes) -> None:
    handler.send(content[: len(content) // 2])


def other_answer(change: Callable[[dict], object]) -> Callable[[Handler, bytes], bool]:
    def fault(handler: Handler, content: bytes) -> None:
        answer = json.loads(content)
        change(answer)
        handler.send(json.dumps(answer).encode())

    return only_post(fault)


WEB_FAULTS = {
    "slow": (slow, "did not answer in time"),
    "stops": (only_post(stops_in_the_middle), "did not answer in time"),
    "400": (status(400), "answers 400: the service refuses the query"),
    "403": (status(403), "answers 403: the query is not allowed or asks for too many values"),
    "404": (status(404), "answers 404: there is no table at this address; it may have moved"),
    "413": (status(413), "answers 413: the query asks for too many values"),
    "429": (status(429), "answers 429: too many questions"),
    "500": (status(500), "has a fault of its own (500)"),
    "503": (status(503), "has a fault of its own (503)"),
    "page": (to_a_page, "answers with a web page instead of data"),
    "circle": (in_a_circle, "round in a circle"),
    "cut": (only_post(cut), "was cut short"),
    "half json": (only_post(half_json), "is not whole JSON"),
    "fewer values": (other_answer(lambda answer: answer["value"].pop()), "not as many values"),
    "other size": (other_answer(lambda answer: answer["size"].reverse()), "not as many values"),
    "no value": (other_answer(lambda answer: answer.pop("value")), "not a table in json-stat2"),
    "list": (only_post(lambda handler, _: handler.send(b"[1]")), "not a table in json-stat2"),
    "other variable": (
        other_answer(
            lambda answer: (
                answer["id"].__setitem__(1, "X"),
                answer["dimension"].__setitem__("X", answer["dimension"].pop("Бүс")),
            )
        ),
        "has no variable Бүс",
    ),
}


@pytest.mark.parametrize("what", WEB_FAULTS)
def test_faults_of_the_web(
    folder: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(fetch_module, "READ_SECONDS", 0.3)
    publisher.fault, words = WEB_FAULTS[what]
    fails(folder, "land_herds", words)


def fails(folder: Path, name: str, words: str) -> None:
    """The refresh fails with one sentence that has these words, and nothing changes."""
    before = contents(folder)
    outcome = one(folder, name, write=True)
    assert words in outcome.error
    assert "\n" not in outcome.error
    assert not outcome.ok
    assert outcome.lines() == [f"{name}: {outcome.error} Nothing was changed."]
    assert contents(folder) == before


def test_no_connection(folder: Path, publisher: Publisher) -> None:
    change_entry(
        folder, "land_herds", lambda each: each["refresh"].update(address="http://127.0.0.1:9")
    )
    fails(folder, "land_herds", "127.0.0.1:9 cannot be reached")


def test_no_address(folder: Path, publisher: Publisher) -> None:
    change_entry(folder, "land_herds", lambda each: each["refresh"].update(address="nowhere"))
    fails(folder, "land_herds", "not a web address")


def test_answer_without_a_certificate(folder: Path, publisher: Publisher) -> None:
    """A server that does not speak TLS cannot prove who it is."""
    address = publisher.address.replace("http:", "https:")
    change_entry(folder, "land_herds", lambda each: each["refresh"].update(address=address))
    fails(folder, "land_herds", "could not prove who it is")


def test_far_too_large_answer(
    folder: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch_module, "LARGEST_ANSWER", 50)
    fails(folder, "land_herds", "is larger than")


def test_endless_answer(
    folder: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch_module, "ALL_SECONDS", -1)
    fails(folder, "land_herds", "did not answer in time")


def rename_variable(table: Table) -> None:
    table.variables[0] = ("Kind", "Kind", ANIMALS)


def rename_value(table: Table) -> None:
    table.variables[0][2]["1"] = "Equine"


def one_variable_more(table: Table) -> None:
    table.variables.append(("Байршил", "Location", {"0": "Total"}))


def double_value(table: Table) -> None:
    table.variables[0][2]["3"] = "Horse"


def other_years(table: Table) -> None:
    table.variables[2][2].update({"0": "Total"})


CHANGED_TABLES = {
    "variable": (rename_variable, "has no variable Type; it has Kind, Region, Year"),
    "value": (rename_value, "has no value Horse or Horses; it has Total, Equine"),
    "more variables": (one_variable_more, "a variable Location that its refresh entry does not"),
    "double value": (double_value, "Several values of the publisher's variable Type"),
    "years": (other_years, "The publisher's 'Total' is not a year"),
}


@pytest.mark.parametrize("what", CHANGED_TABLES)
def test_changed_tables(
    folder: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setitem(ANIMALS, "1", "Horse")  # put back what a change of the table changes
    monkeypatch.setitem(ANIMALS, "3", "Camel")
    change, words = CHANGED_TABLES[what]
    change(publisher.tables["HERDS"])
    fails(folder, "land_herds", words)


def test_table_that_shrank(folder: Path, publisher: Publisher) -> None:
    for year in YEARS:
        set_value(publisher, None, year)
    fails(folder, "land_herds", "has 3 rows, but ours has 6: it shrank")


def test_nothing_in_common(folder: Path, publisher: Publisher) -> None:
    table = publisher.tables["HERDS"]
    code, text, years = table.variables[2]
    later = {each: str(int(year) + 50) for each, year in years.items()}
    table.variables[2] = (code, text, later)
    fails(folder, "land_herds", "has no row in common with ours")


def test_other_unit(folder: Path, publisher: Publisher) -> None:
    values = publisher.tables["HERDS"].values
    publisher.tables["HERDS"].values = {key: value * 1000 for key, value in values.items()}
    fails(folder, "land_herds", "has the unit changed?")


def test_other_unit_of_the_new_year_only(folder: Path, publisher: Publisher) -> None:
    new_year(publisher)
    set_value(publisher, 33_000.0, "2023")
    fails(folder, "land_herds", "would be 33000.0 after 32.0: has the unit changed?")


@pytest.mark.parametrize("value", ["many", True, float("nan"), [1]])
def test_no_number(folder: Path, publisher: Publisher, value: object) -> None:
    set_value(publisher, value)
    fails(folder, "land_herds", "which is not a number")


def test_new_table_must_pass_the_checks(folder: Path, publisher: Publisher) -> None:
    set_value(publisher, 950.0)
    before = contents(folder)
    outcome = one(folder, "land_herds", write=True)
    assert not outcome.ok
    assert [(each.dataset, each.check) for each in outcome.problems] == [("land_herds", "schema")]
    lines = "\n".join(outcome.lines())
    assert "32.0 → 950.0" in lines
    assert "does not pass our checks. Nothing was changed" in lines
    assert "950.0 is above 900" in lines
    assert contents(folder) == before


def test_year_in_the_future_does_not_pass(folder: Path, publisher: Publisher) -> None:
    new_year(publisher)
    table = publisher.tables["HERDS"]
    table.variables[2][2]["0"] = str(date.today().year + 1)
    outcome = one(folder, "land_herds", write=True)
    assert {each.check for each in outcome.problems} == {"schema"}


def test_earlier_problems_of_other_tables_do_not_count(folder: Path, publisher: Publisher) -> None:
    (folder / "people_residents.csv").write_text("broken\n", encoding="utf-8")
    set_value(publisher, 33.3)
    assert one(folder, "land_herds", write=True).written


def test_full_disk_leaves_everything(
    folder: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_value(publisher, 33.3)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.parent == folder and "datapackage" in path.name:
            raise OSError(28, "No space left on device", str(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        one(folder, "land_herds", write=True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


# The price sheet ---------------------------------------------------------------------------


def with_cell(row: int, column: int, value: object) -> bytes:
    lines = price_lines()
    lines[row][column] = value
    return price_sheet(lines)


SHEET_FAULTS = {
    "no Excel file": (lambda: b"not a workbook", "broken or cut short"),
    "cut": (lambda: price_sheet()[:-2000], "broken or cut short"),
    "sheet": (lambda: price_sheet(name="Prices"), "has no sheet 'Monthly Prices'; it has Prices"),
    "column": (lambda: with_cell(4, 3, "Copper, grade A"), "has no column called Copper"),
    "two columns": (lambda: with_cell(4, 1, "Copper"), "several columns called Copper"),
    "no columns": (lambda: price_sheet([["Nothing here"]]), "has no columns"),
    "unit": (lambda: with_cell(5, 3, "($/kg)"), "Copper is now in ($/kg), but was in ($/mt)"),
    "text": (lambda: with_cell(6, 3, "about 700"), "Copper of 1960-01 holds 'about 700'"),
    "months": (lambda: price_sheet(price_lines()[:6]), "has no months like 2024M01"),
    "shrank": (lambda: price_sheet(price_lines()[:-5]), "it shrank"),
}


@pytest.mark.parametrize("what", SHEET_FAULTS)
def test_faults_of_the_sheet(folder: Path, publisher: Publisher, what: str) -> None:
    make, words = SHEET_FAULTS[what]
    publisher.sheet = make()
    fails(folder, "money_prices", words)


# Entries and names -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda entry: entry.update(service="ftp"), "names no known service"),
        (lambda entry: entry.pop("path"), "does not say 'path'"),
        (lambda entry: entry["columns"].pop("animal"), "the column animal of the primary key"),
        (lambda entry: entry["columns"]["year"].pop("form"), "does not name one column of time"),
        (lambda entry: entry["columns"]["year"].update(form="week"), "one column of time"),
    ],
)
def test_wrong_entries(
    folder: Path, publisher: Publisher, change: Callable[[dict], object], words: str
) -> None:
    change_entry(folder, "land_herds", lambda each: change(each["refresh"]))
    fails(folder, "land_herds", words)


REFRESHED = [each["name"] for each in PACKAGE["resources"] if "refresh" in each]


@pytest.mark.parametrize("name", REFRESHED or ["none yet"])
def test_entries_of_the_package(name: str) -> None:
    for resource in PACKAGE["resources"]:
        if resource["name"] == name:
            assert wrong_entries(resource) == []


def mirror(entry: dict, rows: list[dict[str, str]]) -> Table:
    """A publisher's table that holds exactly our rows, for the entry that would fetch them."""
    variables: dict[str, dict[str, str]] = {}
    choices = {}  # variable → our word → code
    for column, spec in entry["columns"].items():
        asked = {spec["variable"]: spec} if "variable" in spec else spec.get("pick", {})
        for name, choice in asked.items():
            codes = variables.setdefault(name, {})
            times = {row[column]: row[column] for row in rows} if "form" in choice else {}
            words = choice.get("codes", choice.get("texts", times))
            words = words if isinstance(words, dict) else {word: word for word in words}
            for word, ours in words.items():
                if str(ours) not in choices.setdefault(name, {}):  # else another spelling
                    code = str(word) if "codes" in choice else f"c{len(codes)}"
                    codes[code] = str(word)
                    choices[name][str(ours)] = code
    table = Table([(name, name, codes) for name, codes in variables.items()])
    for row, (column, spec) in product(rows, entry["columns"].items()):
        place = {name: choices[name][row[c]] for c, name in axes_of(entry, row, choices).items()}
        for name, choice in spec.get("pick", {}).items():
            words = choice.get("codes", choice.get("texts"))
            word = next(iter(words.values() if isinstance(words, dict) else words))
            place[name] = choices[name][str(word)]
        if "decimals" in spec and row[column] and len(place) == len(variables):
            value = float(row[column]) / spec.get("factor", 1)
            table.values[tuple(place[name] for name in variables)] = value
    return table


def axes_of(entry: dict, row: dict[str, str], choices: dict) -> dict[str, str]:
    """Columns and variables of the axes on which a row of ours can be placed."""
    return {
        column: spec["variable"]
        for column, spec in entry["columns"].items()
        if "variable" in spec and row[column] in choices[spec["variable"]]
    }


@pytest.mark.parametrize("name", REFRESHED or ["none yet"])
def test_our_own_tables_come_back(name: str, tmp_path: Path, publisher: Publisher) -> None:
    """A publisher that holds exactly our rows changes nothing: the entry fits the table."""
    folder = Path(shutil.copytree(FOLDER, tmp_path / "datasets"))

    def ask_here(resource: dict) -> None:
        entries = resource["refresh"]
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            entry["address"] = publisher.address
            if entry["service"] == "pxweb":
                entry["table"] = f"T{number}"
                publisher.tables[f"T{number}"] = mirror(entry, load(folder, name))
            else:
                entry["address"] += "/prices.xlsx"

    if name in REFRESHED:
        change_entry(folder, name, ask_here)
        assert one(folder, name).lines() == [f"{name}: nothing changed, it is up to date."]


def test_wrong_entries_are_found(folder: Path) -> None:
    resource = resource_of("land_herds") | {"refresh": herd_entry("http://127.0.0.1")}
    assert wrong_entries(resource) == []
    resource["refresh"]["columns"]["weight"] = {"fixed": 1}
    del resource["refresh"]["columns"]["thousand_head"]
    assert wrong_entries(resource) == [
        "It has no column weight to refresh.",
        "No column of its refresh entry holds numbers.",
    ]


def test_unknown_name(folder: Path) -> None:
    with pytest.raises(data.DataError, match="Did you mean 'land_herds'"):
        list(refresh(["land_herd"], folder))


def test_table_that_cannot_be_refreshed(folder: Path) -> None:
    with pytest.raises(data.DataError, match="place_soums has no 'refresh'"):
        list(refresh(["place_soums"], folder))


def test_others_are_still_tried(folder: Path, publisher: Publisher) -> None:
    publisher.sheet = b"broken"
    set_value(publisher, 33.3)
    outcomes = {each.name: each for each in refresh((), folder, write=True)}
    assert "broken or cut short" in outcomes["money_prices"].error
    assert outcomes["land_herds"].written
    assert outcomes["people_residents"].ok


# The command -------------------------------------------------------------------------------


def gobi(folder: Path, *words: str) -> subprocess.CompletedProcess:
    """Run the gobi command in a course that holds datasets only."""
    course = folder.parent
    (course / "modules").mkdir(exist_ok=True)
    (course / "_toc.yml").touch()
    environment = os.environ | {"COLUMNS": "200", "NO_COLOR": "1"}
    environment.pop("GOBI_DATASETS", None)
    return subprocess.run(
        [str(GOBI), "data", "refresh", *words],
        cwd=course,
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
        check=False,
    )


def test_command(folder: Path, publisher: Publisher) -> None:
    new_year(publisher)
    publisher.sheet = b"broken"
    result = gobi(folder)
    assert result.returncode == 1
    assert "money_prices: The publisher's Excel file is broken" in result.stderr
    assert "Traceback" not in result.stderr
    assert "land_herds: new rows: 2;" in result.stdout
    assert "people_residents: nothing changed" in result.stdout

    result = gobi(folder, "land_herds", "--write")
    assert (result.returncode, result.stderr) == (0, "")
    assert "_build/replaced/land_herds-" in result.stdout
    assert load(folder, "land_herds")[-1]["year"] == "2023"

    result = gobi(folder, "nowhere")
    assert result.returncode == 1
    assert result.stderr.count("Stopped:") == 1
