"""A new table is copied and described; a bad one is refused in one sentence, nothing written."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gobi import data
from gobi.data.add import add

FOLDER = Path(__file__).resolve().parents[1] / "datasets"
GOBI = Path(sys.executable).parent / "gobi"

with (FOLDER / "sources.csv").open(encoding="utf-8", newline="") as sources:
    SOURCE = next(csv.DictReader(sources))["source_id"]

GOOD = """soum_code,soum,year,wells,depth_m,source_id
34601,Dalanzadgad,2020,12,20.5,NSO_PRISM
34604,Bayandalai,2020,45,,NSO_PRISM
34604,Bayandalai,2021,46,18.0,NSO_PRISM
""".replace("NSO_PRISM", SOURCE)


#: Enough of the package for these tests; the whole one takes seconds to check.
KEPT = ("mine_production", "money_prices", "place_soums", "land_livestock", "sources")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of some datasets that a test may change."""
    copied = tmp_path / "course" / "datasets"
    copied.mkdir(parents=True)
    whole = package(FOLDER)
    whole["resources"] = [each for each in whole["resources"] if each["name"] in KEPT]
    for resource in whole["resources"]:
        shutil.copy(FOLDER / resource["path"], copied)
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    (copied / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")
    return copied


def save(tmp_path: Path, text: str | bytes, name: str = "land_wells.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def package(folder: Path) -> dict:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def entry(folder: Path, name: str) -> dict:
    return next(each for each in package(folder)["resources"] if each["name"] == name)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def problems(folder: Path, name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for problem in data.validate(folder):
        if problem.dataset == name:
            found[problem.check] = found.get(problem.check, "") + problem.message + "\n"
    return found


def fill_in(value: object) -> object:
    """Replace each TODO as a careful person would."""
    if isinstance(value, dict):
        return {key: fill_in(each) for key, each in value.items()}
    if isinstance(value, list):
        return [fill_in(each) for each in value]
    return "Something true" if isinstance(value, str) and "TODO:" in value else value


def fill_in_passport(folder: Path, name: str, **more: object) -> None:
    whole = package(folder)
    for number, resource in enumerate(whole["resources"]):
        if resource["name"] == name:
            licence = {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}
            whole["resources"][number] = fill_in(resource) | {"licenses": [licence]} | more
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


# A good table ------------------------------------------------------------------------------


def test_a_table_from_the_first_look_to_valid(folder: Path, tmp_path: Path) -> None:
    add(save(tmp_path, GOOD), folder=folder)
    assert (folder / "land_wells.csv").read_text(encoding="utf-8") == GOOD
    found = problems(folder, "land_wells")
    assert found.keys() == {"todo", "licence"}
    assert "title_mn" in found["todo"]
    assert "more of these problems" in found["todo"]

    fill_in_passport(folder, "land_wells")
    data.record_checksums(folder)
    assert problems(folder, "land_wells") == problems(folder, "datapackage.json") == {}


def test_one_todo_is_enough_to_fail(folder: Path, tmp_path: Path) -> None:
    add(save(tmp_path, GOOD), folder=folder)
    fill_in_passport(folder, "land_wells", period="TODO: first to last")
    assert problems(folder, "land_wells") == {
        "todo": "Its entry has a TODO at period: first to last.\n"
    }


def test_schema_is_guessed(folder: Path, tmp_path: Path) -> None:
    resource = add(save(tmp_path, GOOD), folder=folder).resource
    schema = resource["schema"]
    columns = {each["name"]: each for each in schema["fields"]}
    types = {name: each["type"] for name, each in columns.items()}
    assert types == {
        "soum_code": "integer",
        "soum": "string",
        "year": "integer",
        "wells": "integer",
        "depth_m": "number",
        "source_id": "string",
    }
    assert schema["primaryKey"] == ["soum_code", "year"]
    targets = {each["fields"]: each["reference"]["resource"] for each in schema["foreignKeys"]}
    assert targets == {"soum_code": "place_soums", "source_id": "sources"}
    assert columns["wells"]["constraints"] == {"required": True}
    assert "constraints" not in columns["depth_m"]
    assert columns["year"]["constraints"]["maximum"] == 2021
    assert columns["soum_code"]["title_mn"] == "Сумын код"  # as in the other tables
    assert columns["wells"]["unit"].startswith("TODO:")


def test_patterns_words_and_measures(folder: Path, tmp_path: Path) -> None:
    text = (
        "month,measure,value,unit,pcode,note,source_id\n"
        "2020-01,rain,3.5,mm,007,,NSO_PRISM\n"
        "2020-01,wind,12,m/s,008,,NSO_PRISM\n"
        "2020-02,rain,4.5,mm,009,,NSO_PRISM\n"
    )
    text = text.replace("NSO_PRISM", SOURCE)
    resource = add(save(tmp_path, text), "land_weather", folder).resource
    columns = {each["name"]: each for each in resource["schema"]["fields"]}
    assert columns["month"]["type"] == "string"
    assert columns["month"]["constraints"]["pattern"] == r"\d{4}-(0[1-9]|1[0-2])"
    assert columns["measure"]["constraints"]["enum"] == ["rain", "wind"]
    assert columns["pcode"]["type"] == "string"  # a code keeps its zeros
    assert resource["schema"]["primaryKey"] == ["month", "measure"]
    assert resource["measures"]["rain"]["unit"] == "mm"
    assert (resource["measures"]["rain"]["minimum"], resource["measures"]["rain"]["maximum"]) == (
        3.5,
        4.5,
    )


def test_quarters_have_a_pattern(folder: Path, tmp_path: Path) -> None:
    text = f"period,people,source_id\n2020-Q1,5,{SOURCE}\n2020,20,{SOURCE}\n"
    resource = add(save(tmp_path, text), "people_visitors", folder).resource
    period = resource["schema"]["fields"][0]
    assert (period["type"], period["constraints"]["pattern"]) == ("string", r"\d{4}(-Q[1-4])?")


def test_windows_file_becomes_plain(folder: Path, tmp_path: Path) -> None:
    add(save(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()), folder=folder)
    assert (folder / "land_wells.csv").read_bytes() == GOOD.encode()


def test_table_stands_with_its_group(folder: Path, tmp_path: Path) -> None:
    add(save(tmp_path, GOOD), folder=folder)
    names = [resource["name"] for resource in package(folder)["resources"]]
    assert names[names.index("land_wells") - 1].startswith("land_")
    assert [name for name in names if name != "land_wells"] == [
        each["name"] for each in package(FOLDER)["resources"] if each["name"] in KEPT
    ]


def test_unknown_sources_are_named(folder: Path, tmp_path: Path) -> None:
    addition = add(save(tmp_path, GOOD.replace(SOURCE, "WELLS_2021", 1)), folder=folder)
    assert "Add to sources.csv a row for each of: WELLS_2021." in addition.hints
    assert "WELLS_2021" in problems(folder, "land_wells")["sources"]


def test_table_without_sources_names_one(folder: Path, tmp_path: Path) -> None:
    add(save(tmp_path, "year,wells\n2020,5\n2021,6\n"), "land_wells", folder)
    fill_in_passport(folder, "land_wells", source_id=SOURCE)
    assert problems(folder, "land_wells") == {}


def test_double_rows_are_noticed(folder: Path, tmp_path: Path) -> None:
    line = GOOD.splitlines()[1] + "\n"
    addition = add(save(tmp_path, GOOD + line), folder=folder)
    assert "primaryKey" not in addition.resource["schema"]
    assert any("double" in hint for hint in addition.hints)


def test_dry_run_writes_nothing(folder: Path, tmp_path: Path) -> None:
    before = contents(folder)
    addition = add(save(tmp_path, GOOD), folder=folder, dry_run=True)
    assert "land_wells.csv" in addition.lines(written=False)[0]
    assert contents(folder) == before


def test_map(folder: Path, tmp_path: Path) -> None:
    collection = json.loads((FOLDER / "place_mines.geojson").read_text(encoding="utf-8"))
    collection["features"] = [
        {**each, "properties": {"well": f"Well {number}", "source_id": SOURCE}}
        for number, each in enumerate(collection["features"])
    ]
    add(save(tmp_path, json.dumps(collection), "place_wells.geojson"), folder=folder)
    resource = entry(folder, "place_wells")
    assert (resource["geometry"], resource["features"]) == ("Point", len(collection["features"]))
    assert [each["name"] for each in resource["properties"]] == ["well", "source_id"]
    fill_in_passport(folder, "place_wells")
    assert problems(folder, "place_wells") == {}


# Bad files and names -----------------------------------------------------------------------

BAD_TABLES = {
    "empty": ("", ["is empty"]),
    "only a head": ("year,wells\n", ["no rows"]),
    "semicolons": (GOOD.replace(",", ";"), ["semicolons between its cells", "commas"]),
    "tabs": (GOOD.replace(",", "\t"), ["tabs between its cells", "commas"]),
    "decimal comma": (
        GOOD.replace("20.5", '"20,5"').replace("18.0", '"18,0"'),
        ["Line 2", "depth_m", "'20,5'", "with a point"],
    ),
    "thousands": (GOOD.replace(",46,", ',"1,046",'), ["Line 4", "wells", "'1,046'"]),
    "word for no value": (GOOD.replace(",,", ",n/a,"), ["Line 3", "depth_m", "'n/a'", "empty"]),
    "no head": (GOOD.partition("\n")[2], ["first line", "names of the columns", "'34601'"]),
    "double name": (GOOD.replace("depth_m", "wells"), ["two columns called wells"]),
    "no name": (GOOD.replace("depth_m", ""), ["Column 5", "no name"]),
    "Mongolian name": (GOOD.replace("wells", "худаг"), ["'худаг'", "small Latin letters"]),
    "cp1251": (GOOD.replace("Dalanzadgad", "Даланзадгад").encode("cp1251"), ["cp1251", "UTF-8"]),
    "utf-16": (GOOD.encode("utf-16"), ["UTF-16", "UTF-8"]),
    "binary": (b"\x00\x01\x02\x03", ["not a text file"]),
    "short line": (GOOD.replace(f",20.5,{SOURCE}", "", 1), ["Line 2", "4 cells", "6 columns"]),
    "blank line": (GOOD.replace("\n34604", "\n,,,,,\n34604", 1), ["Line 3", "empty"]),
    "open quote": (GOOD.replace("Bayandalai", '"Bayandalai', 1), ["cannot be read as a table"]),
}


@pytest.mark.parametrize("what", BAD_TABLES)
def test_bad_tables(folder: Path, tmp_path: Path, what: str) -> None:
    text, words = BAD_TABLES[what]
    before = contents(folder)
    with pytest.raises(data.DataError) as error:
        add(save(tmp_path, text), folder=folder)
    for word in words:
        assert word in str(error.value)
    assert "\n" not in str(error.value)
    assert contents(folder) == before


SHAPE = {"type": "Feature", "properties": {"well": "1"}, "geometry": {"type": "Point"}}
BAD_MAPS = {
    "broken": ('{"features": [', "broken at line"),
    "no map": ('{"type": "Topology"}', "not a GeoJSON FeatureCollection"),
    "crs": ({"features": [SHAPE], "crs": {}}, "longitude and latitude"),
    "no geometry": ({"features": [{"properties": {}}]}, "Shape 1"),
    "two kinds": (
        {"features": [SHAPE, {**SHAPE, "geometry": {"type": "Polygon"}}]},
        "several kinds: Point, Polygon",
    ),
    "other properties": (
        {"features": [SHAPE, {**SHAPE, "properties": {"depth": 3}}]},
        "same properties",
    ),
    "no properties": ({"features": [{**SHAPE, "properties": {}}]}, "no properties"),
}


@pytest.mark.parametrize("what", BAD_MAPS)
def test_bad_maps(folder: Path, tmp_path: Path, what: str) -> None:
    content, words = BAD_MAPS[what]
    text = content if isinstance(content, str) else json.dumps(content)
    before = contents(folder)
    with pytest.raises(data.DataError, match=words):
        add(save(tmp_path, text, "place_wells.geojson"), folder=folder)
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("file", "name", "words"),
    [
        ("wells.csv", "", "'wells' is not a name"),
        ("wells.csv", "water_wells", "a group \\(mine, money, place, people, land\\)"),
        ("wells.csv", "land_Wells", "'land_Wells' is not a name"),
        ("wells.csv", "../land_wells", "is not a name"),
        ("wells.csv", "sources_two", "is not a name"),
        ("wells.csv", "mine_production", "already; choose another with --name"),
        ("mine_production.csv", "", "already; choose another with --name"),
        ("wells.xlsx", "land_wells", "is a workbook"),
        ("wells.pdf", "land_wells", "neither a table"),
        ("wells", "land_wells", "neither a table"),
    ],
)
def test_bad_names(folder: Path, tmp_path: Path, file: str, name: str, words: str) -> None:
    before = contents(folder)
    with pytest.raises(data.DataError, match=words):
        add(save(tmp_path, GOOD, file), name, folder)
    assert contents(folder) == before


def test_missing_file(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(data.DataError, match="There is no file"):
        add(tmp_path / "land_wells.csv", folder=folder)


def test_nothing_is_overwritten(folder: Path, tmp_path: Path) -> None:
    """A file that lies in the folder, described or not, stays as it is."""
    stray = save(folder, "year,wells\n2020,1\n")
    for file in (stray, save(tmp_path, GOOD)):
        with pytest.raises(data.DataError, match="lies in the datasets folder already"):
            add(file, "land_wells", folder)
    assert stray.read_text(encoding="utf-8") == "year,wells\n2020,1\n"


def test_a_table_that_is_there_under_another_name(folder: Path, tmp_path: Path) -> None:
    copy = save(tmp_path, (FOLDER / "money_prices.csv").read_bytes(), "prices.csv")
    with pytest.raises(data.DataError, match="the same file as the dataset money_prices"):
        add(copy, "money_metals", folder)


def test_full_disk_leaves_everything(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(folder)
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if "datapackage" in path.name:
            raise OSError(28, "No space left on device", str(path))
        return write(path, content)

    file = save(tmp_path, GOOD)
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        add(file, folder=folder)
    assert contents(folder) == before


def test_every_entry_of_the_passport_is_begun(folder: Path, tmp_path: Path) -> None:
    from gobi.data.package import missing_entries

    assert missing_entries(add(save(tmp_path, GOOD), folder=folder).resource) == []


# The command -------------------------------------------------------------------------------


def gobi(course: Path, *words: str) -> subprocess.CompletedProcess:
    """Run the gobi command in a course that holds datasets only."""
    (course / "modules").mkdir(exist_ok=True)
    (course / "_toc.yml").touch()
    environment = os.environ | {"COLUMNS": "200", "NO_COLOR": "1"}
    environment.pop("GOBI_DATASETS", None)
    return subprocess.run(
        [str(GOBI), *words],
        cwd=course,
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
        check=False,
    )


def test_command(folder: Path, tmp_path: Path) -> None:
    course = folder.parent
    file = save(tmp_path, GOOD)
    shown = gobi(course, "data", "add", str(file), "--dry-run")
    assert (shown.returncode, (folder / "land_wells.csv").exists()) == (0, False)
    assert "Nothing was written" in shown.stdout

    done = gobi(course, "data", "add", str(file))
    assert done.returncode == 0, done.stderr
    for words in ("datasets/land_wells.csv", "gobi data checksum", "gobi data validate"):
        assert words in done.stdout
    result = gobi(course, "data", "validate")
    assert result.returncode == 1
    assert "land_wells [todo]: Its entry has a TODO at title" in result.stderr

    again = gobi(course, "data", "add", str(file))
    assert again.returncode == 1
    assert again.stderr.count("Stopped:") == 1
    assert "Traceback" not in again.stderr


def test_rows_are_kept(folder: Path, tmp_path: Path) -> None:
    """Quotes and commas inside cells come out as they went in."""
    text = f'year,note,source_id\n2020,"one, two",{SOURCE}\n2021,"say ""hi""",{SOURCE}\n'
    add(save(tmp_path, text), "land_notes", folder)
    with (folder / "land_notes.csv").open(encoding="utf-8", newline="") as file:
        assert [row["note"] for row in csv.DictReader(file)] == ["one, two", 'say "hi"']
