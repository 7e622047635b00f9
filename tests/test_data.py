"""The datasets are right, and every kind of damage to them is found and named."""

import csv
import json
import shutil
from collections import defaultdict
from pathlib import Path

import geopandas
import pandas
import pyogrio
import pytest

from gobi import data
from gobi.data import checks
from gobi.data import pages as pages_module

FOLDER = Path(__file__).resolve().parents[1] / "datasets"
PACKAGE = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def features(name: str) -> list[dict]:
    return json.loads((FOLDER / f"{name}.geojson").read_text(encoding="utf-8"))["features"]


def columns(resource: dict) -> list[str]:
    return [field["name"] for field in data.fields(resource)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the datasets that a test may break."""
    return Path(shutil.copytree(FOLDER, tmp_path / "datasets"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def found(folder: Path, *only: str) -> dict[tuple[str, str], str]:
    """Return what these checks find, or all of them: (dataset, check) → messages."""
    messages = defaultdict(str)
    for problem in data.validate(folder, only=only):
        messages[problem.dataset, problem.check] += problem.message + "\n"
    return messages


# The package as it is ----------------------------------------------------------------------


def test_package_is_valid() -> None:
    checks = []
    assert data.validate(FOLDER, progress=checks.append) == []
    assert checks == list(data.CHECKS)


def test_frictionless_agrees() -> None:
    from frictionless import Package

    report = Package(str(FOLDER / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])


@pytest.mark.parametrize("name", RESOURCES)
def test_files_are_utf8_with_plain_line_ends(name: str) -> None:
    content = (FOLDER / RESOURCES[name]["path"]).read_bytes()
    content.decode("utf-8")
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")


def test_every_licence_is_allowed() -> None:
    names = {each["name"] for resource in RESOURCES.values() for each in resource["licenses"]}
    assert names <= set(data.LICENCES)
    outlines = RESOURCES["place_oyu_tolgoi_licences"]
    assert [each["name"] for each in outlines["licenses"]] == ["no-licence-stated"]


def test_nothing_from_sources_that_may_not_be_shared() -> None:
    for path in (*FOLDER.glob("*.csv"), *FOLDER.glob("*.geojson")):
        text = path.read_text(encoding="utf-8").lower()
        assert "wikipedia" not in text, path.name
        assert "gadm" not in text, path.name


@pytest.mark.parametrize("name", RESOURCES)
def test_common_tools_open_every_file(name: str) -> None:
    """Each table opens in pandas; each map in pyogrio, which reads with GDAL as QGIS does."""
    resource = RESOURCES[name]
    path = FOLDER / resource["path"]
    if "properties" not in resource:
        assert list(pandas.read_csv(path).columns) == columns(resource)
        return
    table = geopandas.read_file(path)
    assert table.crs == "EPSG:4326"
    assert len(table) == resource["features"] == pyogrio.read_info(path)["features"]


def test_geojson_follows_the_standard() -> None:
    for name, resource in RESOURCES.items():
        if "properties" in resource:
            collection = json.loads((FOLDER / resource["path"]).read_text(encoding="utf-8"))
            assert "crs" not in collection  # RFC 7946: always longitude and latitude
            for feature in collection["features"]:
                assert list(feature["properties"]) == columns(resource), name


# What must hold ----------------------------------------------------------------------------


def test_fifteen_soums() -> None:
    soums = rows("place_soums")
    assert len(soums) == 15
    assert sum(float(soum["area_km2"]) for soum in soums) == pytest.approx(165_164, abs=1)
    outlines = {each["properties"]["soum_code"]: each for each in features("place_soum_boundaries")}
    assert sorted(outlines) == sorted(int(soum["soum_code"]) for soum in soums)
    for soum in soums:
        assert float(soum["area_km2"]) == outlines[int(soum["soum_code"])]["properties"]["area_km2"]


def test_population_adds_up_to_the_aimag() -> None:
    # 69,902 is also what the aimag's registration office prints (umnugovi.burtgel.gov.mn)
    people = rows("people_population")
    for year, total in (("2019", 69_902), ("2020", 71_248)):
        assert sum(int(row["residents"]) for row in people if row["year"] == year) == total


def test_soum_livestock_adds_up_to_the_aimag() -> None:
    for year, total in (("2019", 3_000_303), ("2020", 2_880_772)):
        soums = sum(int(row["head"]) for row in rows("land_livestock_soum") if row["year"] == year)
        aimag = sum(
            float(row["thousand_head"]) for row in rows("land_livestock") if row["year"] == year
        )
        assert soums == total
        assert aimag == pytest.approx(total / 1000, abs=0.1)


@pytest.mark.parametrize(
    ("year", "kilotonnes"),
    [
        ("2013", 76.7),
        ("2014", 148.4),
        ("2015", 202.2),
        ("2016", 201.3),
        ("2017", 157.4),
        ("2018", 159.1),
        ("2019", 146.3),
        ("2020", 149.6),
        ("2021", 163.0),
    ],
)
def test_copper_of_each_year(year: str, kilotonnes: float) -> None:
    (row,) = [
        row
        for row in rows("mine_production")
        if (row["period"], row["measure"]) == (year, "copper_in_concentrate")
    ]
    assert float(row["value"]) == pytest.approx(kilotonnes, abs=0.05)
    assert row["status"] == "reported"


def test_copper_of_2022_and_2023_is_only_derived() -> None:
    for row in rows("mine_production"):
        if row["period"] in ("2022", "2023"):
            assert row["status"] == "derived"
            assert row["formula"]


def test_derived_values_follow_from_their_formulas() -> None:
    """A formula that ends in plain arithmetic gives the value, to the last digit printed."""
    checked = 0
    for row in rows("mine_production"):
        sums = row["formula"].rpartition(": ")[2]
        if not sums or set(sums) - set("0123456789. -/"):
            continue
        decimals = len(row["value"].partition(".")[2])
        assert round(eval(sums), decimals) == float(row["value"]), row
        checked += 1
    assert checked >= 9


def test_eiti_of_2013_was_published_in_thousands() -> None:
    of_2013 = [row for row in rows("money_eiti_revenue") if row["year"] == "2013"]
    assert sum(float(row["value_as_published"]) for row in of_2013) == pytest.approx(
        1_014_838, abs=1
    )
    assert sum(float(row["value_usd"]) for row in of_2013) == pytest.approx(1_014_838_201, abs=1)
    assert {row["status"] for row in of_2013} == {"repaired"}


def test_eiti_zeros_of_2011_are_unknown_not_zero() -> None:
    of_2011 = [row for row in rows("money_eiti_revenue") if row["year"] == "2011"]
    empty = [row for row in of_2011 if row["value_usd"] == ""]
    assert len(of_2011) == 21
    assert len(empty) == 16
    assert {row["value_as_published"] for row in empty} == {"0"}
    assert all(row["note"] for row in empty)


def test_coal_prices_begin_in_2001() -> None:
    for row in rows("money_prices"):
        assert (row["coal_usd_per_tonne"] == "") == (row["month"] < "2001")


# The same number, read from another source -----------------------------------------------


@pytest.mark.parametrize(
    ("year", "animal", "thousand_head"),
    [
        # An export of NSO's table from 1212.mn, in another repository (github.com/oonoko/data,
        # livestock_omnogovi.csv), not the copy that land_livestock was read from
        ("2015", "camel", 118.6),
        ("2015", "goat", 1397.4),
        ("2016", "horse", 85.3),
        ("2017", "sheep", 614.0),
        ("2018", "cattle", 26.9),
        ("2019", "goat", 1983.0),
        ("2020", "camel", 166.8),
        ("2021", "horse", 102.0),
        ("2022", "sheep", 675.7),
        ("2023", "goat", 1217.2),
        ("2024", "cattle", 25.2),
        ("2024", "camel", 148.2),
    ],
)
def test_livestock_equals_another_copy(year: str, animal: str, thousand_head: float) -> None:
    values = {(row["year"], row["animal"]): row["thousand_head"] for row in rows("land_livestock")}
    assert float(values[year, animal]) == thousand_head


@pytest.mark.parametrize(
    ("year", "dollars"),
    [
        # Totals from the EITI's API (implementing_country.json of April 2017), not from the file
        # of streams that money_eiti_revenue was read from. Their 2012 differs by 6 dollars.
        ("2009", 515_033_355),
        ("2010", 943_184_359),
        ("2011", 1_716_796_567),
        ("2012", 1_188_764_494),
        ("2013", 1_014_838_201),
    ],
)
def test_eiti_streams_equal_the_country_total(year: str, dollars: int) -> None:
    streams = [row for row in rows("money_eiti_revenue") if row["year"] == year]
    assert sum(float(row["value_usd"] or 0) for row in streams) == pytest.approx(dollars, abs=6)


@pytest.mark.parametrize(
    ("soum", "percent"),
    [
        # Shares of soum area under mining licences that another person computed from the same
        # outlines, with other software. Tsogttsetsii is 15.65 here, so the last digit may differ.
        ("Tsogttsetsii", 15.7),
        ("Bayan-Ovoo", 6.6),
        ("Khanbogd", 5.7),
        ("Noyon", 5.3),
        ("Gurvantes", 4.7),
    ],
)
def test_licence_shares_equal_another_computation(soum: str, percent: float) -> None:
    codes = {row["soum"]: row["soum_code"] for row in rows("place_soums")}
    (row,) = [
        row
        for row in rows("place_licences")
        if (row["soum_code"], row["licence_type"]) == (codes[soum], "mining")
    ]
    assert float(row["share_of_soum_percent"]) == pytest.approx(percent, abs=0.11)


def test_mines_stand_in_their_own_licences() -> None:
    mines = {each["properties"]["mine_id"]: each for each in features("place_mines")}
    # the publisher had the two Tavan Tolgoi mines swapped: the small one lies east of the large
    assert (
        mines["M6766"]["geometry"]["coordinates"][0] > mines["M0736"]["geometry"]["coordinates"][0]
    )
    moved = {"M4513", "M0735", "M6766", "M0736", "M0736-P", "OT"}
    for mine_id, mine in mines.items():
        assert (" licence MV-" in (mine["properties"]["location_note"] or "")) == (mine_id in moved)


def test_oyu_tolgoi_lies_in_its_licence() -> None:
    from shapely.geometry import shape

    (outline,) = [
        each
        for each in features("place_oyu_tolgoi_licences")
        if each["properties"]["licence"] == "MV-6709"
    ]
    (mine,) = [each for each in features("place_mines") if each["properties"]["mine_id"] == "OT"]
    assert shape(outline["geometry"]).contains(shape(mine["geometry"]))
    # Oyu Tolgoi itself gives 8,494.43 hectares (ot.mn)
    assert outline["properties"]["area_km2"] == pytest.approx(84.94, abs=0.1)


# Damage is found, by the check that has its name --------------------------------------------


def test_a_flipped_digit_is_found(folder: Path) -> None:
    change(folder / "people_population.csv", "2019,26386,", "2019,26836,")
    problems = found(folder, "checksum", "sums")
    assert "gobi data checksum" in problems["people_population", "checksum"]
    assert problems["people_population", "sums"] == (
        "residents of 2019 adds up to 70,352, but should be 69,902.\n"
    )


def test_a_flipped_digit_in_copper_is_found(folder: Path) -> None:
    change(
        folder / "mine_production.csv",
        "2014,year,copper_in_concentrate,148.4",
        "2014,year,copper_in_concentrate,184.4",
    )
    problems = found(folder, "sums", "quarters")
    assert "value of 2014" in problems["mine_production", "sums"]
    assert "the quarters of 2014 add up to 148.3" in problems["mine_production", "quarters"]


def test_a_swapped_unit_is_found(folder: Path) -> None:
    change(folder / "mine_production.csv", "13.1,kt", "13100,t")
    change(folder / "mine_production.csv", "25.3,kt", "25300,kt")
    problems = found(folder, "units", "schema")
    assert (
        "copper_in_concentrate of 2013-Q2 is in t, but this measure is in kt"
        in (problems["mine_production", "units"])
    )
    assert "copper_in_concentrate of 2014-Q1 is 25,300 kt" in problems["mine_production", "units"]
    assert "'t' is not one of the words" in problems["mine_production", "schema"]


def test_a_deleted_soum_is_found(folder: Path) -> None:
    path = folder / "place_soums.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8", newline="\n")
    problems = found(folder, "sums", "schema", "soums")
    assert "area_km2 adds up to 157,878.34" in problems["place_soums", "sums"]
    assert "soum_code 34643 is not in place_soums" in problems["people_population", "schema"]
    assert "soum_code 34643" in problems["place_soum_boundaries", "soums"]


def test_a_deleted_outline_is_found(folder: Path) -> None:
    path = folder / "place_soum_boundaries.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    del collection["features"][0]
    path.write_text(json.dumps(collection), encoding="utf-8")
    problems = found(folder, "geometry", "soums")
    assert "14 shapes; 15 are expected" in problems["place_soum_boundaries", "geometry"]
    assert "34601 has no outline" in problems["place_soum_boundaries", "soums"]


def test_a_duplicated_key_is_found(folder: Path) -> None:
    path = folder / "land_livestock.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text.splitlines()[-1] + "\n", encoding="utf-8", newline="\n")
    assert found(folder, "schema")["land_livestock", "schema"] == (
        "Line 277 has the same key as an earlier line.\n"
    )


def test_soum_livestock_that_does_not_add_up_is_found(folder: Path) -> None:
    change(folder / "land_livestock_soum.csv", "2019,127112", "2019,121712")
    assert "2019" in found(folder, "agrees")["land_livestock_soum", "agrees"]


@pytest.mark.parametrize(
    ("geometry", "message"),
    [
        ({"type": "Point", "coordinates": [43.0, 106.8]}, "outside Mongolia"),
        ({"type": "Point", "coordinates": []}, "should be a Point"),
        ({"type": "Point", "coordinates": ["east", "north"]}, "cannot be read as a shape"),
        ({"type": "LineString", "coordinates": [[105, 43], [106, 43]]}, "should be a Point"),
        (None, "cannot be read as a shape"),
    ],
)
def test_a_bad_point_is_found(folder: Path, geometry: dict | None, message: str) -> None:
    path = folder / "place_mines.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    collection["features"][0]["geometry"] = geometry
    path.write_text(json.dumps(collection), encoding="utf-8")
    assert message in found(folder, "geometry")["place_mines", "geometry"]


def test_a_point_in_the_wrong_soum_is_found(folder: Path) -> None:
    change(folder / "place_mines.geojson", '"soum_code":34634', '"soum_code":34631')
    assert "Shape 1 does not lie in the soum" in found(folder, "place")["place_mines", "place"]


def test_a_crossed_outline_is_found(folder: Path) -> None:
    path = folder / "place_soum_boundaries.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    ring = collection["features"][0]["geometry"]["coordinates"][0]
    ring[1], ring[len(ring) // 2] = ring[len(ring) // 2], ring[1]
    path.write_text(json.dumps(collection), encoding="utf-8")
    assert "is not valid" in found(folder, "geometry")["place_soum_boundaries", "geometry"]


def test_cp1251_is_named(folder: Path) -> None:
    path = folder / "place_soums.csv"
    text = path.read_text(encoding="utf-8").replace("ө", "о").replace("ү", "у")
    path.write_text(text, encoding="cp1251", newline="\n")
    assert found(folder, "encoding")["place_soums", "encoding"] == (
        "place_soums.csv is not in UTF-8; it looks like Windows Cyrillic (cp1251). "
        "Save it again as UTF-8.\n"
    )


def test_utf16_mark_and_windows_lines_are_named(folder: Path) -> None:
    path = folder / "place_soums.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-16")
    assert "UTF-16" in found(folder, "encoding")["place_soums", "encoding"]
    path.write_text(text, encoding="utf-8-sig", newline="\r\n")
    assert "BOM" in found(folder, "encoding")["place_soums", "encoding"]
    assert "CRLF" in found(folder, "encoding")["place_soums", "encoding"]


def test_semicolons_are_named(folder: Path) -> None:
    path = folder / "land_livestock.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    assert "semicolons" in found(folder, "format")["land_livestock", "format"]


def test_broken_geojson_is_found_with_its_line(folder: Path) -> None:
    change(folder / "place_mines.geojson", "]}\n", "")
    assert "broken at line" in found(folder, "format")["place_mines", "format"]


def test_broken_descriptor_is_one_sentence(folder: Path) -> None:
    path = folder / "datapackage.json"
    change(path, '"resources": [', '"resources": [,')
    with pytest.raises(data.DataError, match=r"datapackage\.json is broken at line \d+: "):
        data.validate(folder)
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(data.DataError, match="no list 'resources'"):
        data.load_package(folder)
    path.write_bytes('{"title": "Өмнөговь"}'.encode("utf-16"))
    with pytest.raises(data.DataError, match="not in UTF-8"):
        data.load_package(folder)
    path.unlink()
    with pytest.raises(data.DataError, match="missing"):
        data.load_package(folder)


def test_a_missing_file_is_found(folder: Path) -> None:
    (folder / "place_soums.csv").unlink()
    problems = found(folder)
    assert problems.keys() == {("place_soums", "file")}
    assert "place_soums.csv is missing" in problems["place_soums", "file"]


def test_an_unknown_source_is_found(folder: Path) -> None:
    change(folder / "land_livestock_soum.csv", "NSO_PRISM", "NSO_PRISN")
    change(folder / "place_mines.geojson", "GEM_GCMT_2026", "GEM")
    problems = found(folder, "sources")
    assert "NSO_PRISN is not in sources.csv" in problems["land_livestock_soum", "sources"]
    assert "GEM is not in sources.csv" in problems["place_mines", "sources"]


def test_an_unused_source_is_found(folder: Path) -> None:
    path = folder / "sources.csv"
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write("NOBODY,A title,A publisher,2020,,CC BY 4.0,\n")
    assert "No table uses the source NOBODY" in found(folder, "sources")["sources", "sources"]


def test_wrong_cells_and_columns_are_named(folder: Path) -> None:
    change(folder / "land_livestock.csv", "97.0", "many")
    change(folder / "place_licences.csv", "licence_type", "kind")
    change(folder / "people_population.csv", "34601,Dalanzadgad", "34601,")
    change(folder / "money_prices.csv", "1960-01", "Jan 1960")
    change(folder / "place_mines.geojson", '"commodity":"coal"', '"commodity":"cole"')
    problems = found(folder, "schema")
    assert (
        "Line 2, column thousand_head: 'many' is not of the type"
        in (problems["land_livestock", "schema"])
    )
    assert "'kind' is not expected" in problems["place_licences", "schema"]
    assert "Line 2, column soum: the cell is empty" in problems["people_population", "schema"]
    assert "'Jan 1960' is not written as" in problems["money_prices", "schema"]
    assert "'cole' is not one of the words" in problems["place_mines", "schema"]


def test_at_most_ten_problems_of_a_kind(folder: Path) -> None:
    path = folder / "land_livestock.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",camel,", ",camle,"))
    messages = found(folder, "schema")["land_livestock", "schema"].splitlines()
    assert len(messages) == 11
    assert messages[-1] == "There are 45 more of these problems."


def test_description_licence_and_extra_files_are_checked(folder: Path) -> None:
    change(folder / "datapackage.json", '"period": "2013 to 2025",', '"period": "",')
    change(folder / "datapackage.json", '"EITI-free-with-credit"', '"all-rights-reserved"')
    (folder / "place_soums (copy).csv").write_text("x", encoding="utf-8")
    (folder / "catalogue.md").write_text("a page may lie here", encoding="utf-8")
    problems = found(folder, "passport", "licence", "extra")
    assert "period" in problems["mine_production", "passport"]
    assert "all-rights-reserved" in problems["money_eiti_revenue", "licence"]
    assert "place_soums (copy).csv lies in the folder" in problems["datapackage.json", "extra"]
    assert "catalogue.md" not in problems["datapackage.json", "extra"]
    with pytest.raises(data.DataError, match="the period of mine_production"):
        data.catalogue_pages(folder)


def test_package_stays_small(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LARGEST_PACKAGE", 1000)
    assert "the limit is" in found(folder, "size")["datapackage.json", "size"]


def test_checksums_are_written_again(folder: Path) -> None:
    before = (folder / "datapackage.json").read_bytes()
    data.record_checksums(folder)
    assert (folder / "datapackage.json").read_bytes() == before
    change(folder / "place_soums.csv", "listed under the name", "listed by the name")
    assert found(folder).keys() == {("place_soums", "checksum")}
    data.record_checksums(folder)
    assert data.validate(folder) == []
    (folder / "place_soums.csv").unlink()
    with pytest.raises(data.DataError, match=r"place_soums\.csv is missing"):
        data.record_checksums(folder)


# Pages -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return data.catalogue_pages(FOLDER)


def test_catalogue_names_every_dataset(pages: dict[str, str]) -> None:
    assert set(pages) == {"catalogue.md"} | {f"{name}.md" for name in RESOURCES}
    for name, resource in RESOURCES.items():
        assert f"[{name}]({name}.md)" in pages["catalogue.md"]
        assert resource["title"] in pages["catalogue.md"]


@pytest.mark.parametrize("name", RESOURCES)
def test_page_says_all_of_the_passport(pages: dict[str, str], name: str) -> None:
    page, resource = pages[f"{name}.md"], RESOURCES[name]
    for field in data.fields(resource):
        assert f"`{field['name']}`" in page
        assert field["title_mn"] in page
    for text in (resource["title_mn"], resource["attribution"], resource["hash"][7:]):
        assert text in page
    for text in resource["known_gaps"] + resource["cannot_show"]:
        assert f"- {text}" in page
    assert f"{{download}}`{resource['path']}`" in page


def test_tables_on_pages_are_whole(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        width = 0
        for line in page.splitlines():
            if not line.startswith("|"):
                width = 0
                continue
            cells = line.replace("\\|", "").count("|") - 1
            assert cells == (width or cells), (name, line)
            assert cells <= 6, (name, line)
            width = cells


def test_pipes_and_signs_are_escaped() -> None:
    assert pages_module._text("a|b $c *d* <e>") == "a\\|b \\$c \\*d\\* &lt;e>"
    assert pages_module._value("3000303", {"unit": "head"}) == "3,000,303"
    assert pages_module._value("10660.59", {"unit": "km2"}) == "10,660.59"
    assert pages_module._value("34601", {}) == "34601"
    assert pages_module._value(None, {}) == ""


def test_terminal_list_and_passport() -> None:
    lines = data.list_datasets(FOLDER)
    assert len(lines) == len(RESOURCES)
    assert any("mine_production" in line and "183 rows" in line for line in lines)
    text = data.describe("place_mines", FOLDER)
    assert max(map(len, text.splitlines())) <= 88
    for part in ("Өмнөговь аймгийн уурхайнууд", "capacity_mt", "Known gaps", "CC-BY-4.0"):
        assert part in text
    with pytest.raises(data.DataError, match="Did you mean 'mine_production'"):
        data.describe("mine_prodution", FOLDER)
