"""What lesson 3.4, Where are the people, the herds and the mines?, says about its data."""

import json
import re
from itertools import combinations, pairwise
from pathlib import Path

from pyproj import Geod, Transformer

from statements import states

LESSON = Path(__file__).resolve().parents[2] / "modules/03_analysis/04_where.ipynb"
GLOBE = Geod(ellps="WGS84")
BOTH = "Dalanzadgad and Khankhongor"
PAIR = ["Dalanzadgad", "Khankhongor"]


def text() -> str:
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells)


def order(values: dict) -> list:
    return sorted(values, key=values.get, reverse=True)


def km(start, end) -> float:
    """Return the shortest way on the round Earth, without any projection."""
    return GLOBE.inv(start[0], start[1], end[0], end[1])[2] / 1000


def centres(read) -> dict:
    """Return longitude and latitude of the 15 weather stations."""
    table = read("place_soums")
    assert len(table) == 15
    return {row.soum: (row.centre_lon, row.centre_lat) for row in table.itertuples()}


def mines(read) -> dict:
    """Return longitude and latitude of the mines that work."""
    table = read("place_mines")
    table = table[table["status"] == "operating"]
    return {row.mine: (row.geometry.x, row.geometry.y) for row in table.itertuples()}


def nearest_mines(read) -> dict:
    """Return the nearest mine of each soum centre, and the km on the round Earth."""
    found = {}
    for soum, place in centres(read).items():
        far = {mine: km(place, point) for mine, point in mines(read).items()}
        found[soum] = (min(far, key=far.get), min(far.values()))
    return found


def drawn_areas(read, crs: str) -> dict:
    """Return how many percent each area is wrong in a projection."""
    table = read("place_soum_boundaries")
    assert len(table) == 15
    shapes = zip(table["soum"], table.to_crs(crs).geometry, table["area_km2"], strict=True)
    return {soum: (shape.area / 1e6 / area - 1) * 100 for soum, shape, area in shapes}


def of_2019(read, name: str, column: str) -> dict:
    """Return the values of 2019, of the 15 soums."""
    table = read(name)
    table = table[table["year"] == 2019]
    assert len(table) == 15
    return dict(zip(table["soum"], table[column], strict=True))


def united(values: dict) -> dict:
    """Return the values of the 14 places: Dalanzadgad is added to Khankhongor."""
    rest = {soum: value for soum, value in values.items() if soum not in PAIR}
    return {**rest, BOTH: sum(values[soum] for soum in PAIR)}


def areas(read) -> dict:
    table = read("place_soums")
    return dict(zip(table["soum"], table["area_km2"], strict=True))


def density(read, name: str, column: str) -> dict:
    counts, land = united(of_2019(read, name, column)), united(areas(read))
    assert len(counts) == 14
    return {place: counts[place] / land[place] for place in counts}


def people(read) -> dict:
    return density(read, "people_population", "residents")


def animals(read) -> dict:
    return density(read, "land_livestock_soum", "head")


def land_of_a_household(read) -> dict:
    households = united(of_2019(read, "land_livestock_soum", "herder_households"))
    land = united(areas(read))
    return {place: land[place] / households[place] for place in households}


def licences(read, kind: str) -> dict:
    """Return number, km2 and percent of the land of each soum."""
    table = read("place_licences")
    table = table[table["licence_type"] == kind]
    assert len(table) == 15
    land = areas(read)
    names = dict(zip(read("place_soums")["soum_code"], read("place_soums")["soum"], strict=True))
    return {
        names[row.soum_code]: (
            row.licences,
            row.area_km2,
            row.area_km2 / land[names[row.soum_code]] * 100,
        )
        for row in table.itertuples()
    }


def description(name: str) -> dict:
    page = json.loads((LESSON.parents[2] / "datasets/datapackage.json").read_text("utf-8"))
    return next(each for each in page["resources"] if each["name"] == name)


@states(
    "Gurvantes in the west is the largest.",
    "What do we see? Gurvantes is the largest. "
    "Dalanzadgad is only a black spot inside Khankhongor.",
    "Fourteen soums of Umnugovi are large areas, and one outline is tiny",
    "There are 15 rows, one for each soum.",
)
def large_and_tiny(read):
    shapes = read("place_soum_boundaries").set_index("soum").geometry
    assert len(shapes) == 15
    land = {
        soum: abs(GLOBE.geometry_area_perimeter(shape)[0]) / 1e6 for soum, shape in shapes.items()
    }
    row = order(land)
    assert (row[0], row[-1]) == ("Gurvantes", "Dalanzadgad")
    assert shapes.bounds["minx"].idxmin() == "Gurvantes"
    assert land[row[-2]] > 200 * land["Dalanzadgad"]
    assert shapes["Khankhongor"].convex_hull.contains(shapes["Dalanzadgad"])
    others = [shape for soum, shape in shapes.items() if soum not in PAIR]
    assert not any(shape.touches(shapes["Dalanzadgad"]) for shape in others)


@states(
    "In degrees, Manlai looks nearer: 0.93 against 1.10. In kilometres, Bayan-Ovoo is nearer: "
    "91 against 101. Degrees gave the wrong answer.",
    "Manlai lies to the north, Bayan-Ovoo lies to the west.",
    "From Khanbogd, Manlai's centre lies 0.89 degrees north and 0.29 degrees west. "
    "Bayan-Ovoo's lies 0.23 degrees south and 1.07 degrees west.",
    "In degrees Manlai looks nearer. In km: Manlai 99 north and 23 west; "
    "Bayan-Ovoo 26 south and 87 west. Draw both: about 102 and 90 km. Bayan-Ovoo is nearer.",
)
def degrees_or_km(read):
    place = centres(read)
    east = {soum: place[soum][0] - place["Khanbogd"][0] for soum in ("Manlai", "Bayan-Ovoo")}
    north = {soum: place[soum][1] - place["Khanbogd"][1] for soum in ("Manlai", "Bayan-Ovoo")}
    assert (round(north["Manlai"], 2), round(east["Manlai"], 2)) == (0.89, -0.29)
    assert (round(north["Bayan-Ovoo"], 2), round(east["Bayan-Ovoo"], 2)) == (-0.23, -1.07)
    degrees = {soum: (east[soum] ** 2 + north[soum] ** 2) ** 0.5 for soum in east}
    assert {soum: round(value, 2) for soum, value in degrees.items()} == {
        "Manlai": 0.93,
        "Bayan-Ovoo": 1.10,
    }
    far = {soum: km(place["Khanbogd"], place[soum]) for soum in east}
    assert (round(far["Manlai"]), round(far["Bayan-Ovoo"])) == (101, 91)
    # the sums of the printed page, with its own rounded numbers, stay within two percent
    by_hand = {"Manlai": (99, 23, 102), "Bayan-Ovoo": (26, 87, 90)}
    for soum, (up, side, whole) in by_hand.items():
        assert round(abs(round(north[soum], 2)) * 111) == up
        assert round(abs(round(east[soum], 2)) * 81) == side
        assert abs((up**2 + side**2) ** 0.5 - whole) < 1
        assert abs(whole / far[soum] - 1) < 0.02


@states(
    "Here one degree to the north is 111 km, but one degree to the east is only 81 km.",
    "To the east, one degree is about 81 km here.",
)
def one_degree(read):
    west, south, east, north = read("place_soum_boundaries").total_bounds
    x, y = (west + east) / 2, (south + north) / 2
    assert 43 < y < 44
    assert round(km((x, y - 0.5), (x, y + 0.5))) == 111
    assert round(km((x - 0.5, y), (x + 0.5, y))) == 81
    # "about", anywhere in the aimag: two or three km more or less
    assert all(78 < km((x, edge), (x + 1, edge)) < 84 for edge in (south, north))
    assert len(read("place_soum_boundaries")) == 15


@states(
    "It is made for most of Umnugovi.",
    "UTM keeps distances nearly right here.",
    "| distance inside Umnugovi | EPSG:32648, UTM 48N | 0.04 percent from Dalanzadgad |",
)
def utm_and_distances(read):
    table = read("place_soum_boundaries").set_index("soum")
    # zone 48 lies from 102 to 108 degrees east
    inside = table.geometry.clip_by_rect(102, 0, 108, 90).to_crs("EPSG:6933").area.sum()
    assert 0.8 < inside / table.geometry.to_crs("EPSG:6933").area.sum() < 1
    place = centres(read)
    flat = Transformer.from_crs("EPSG:4326", "EPSG:32648", always_xy=True)
    wrong = {}
    for first, second in combinations(place, 2):
        (x, y), (u, v) = flat.transform(*place[first]), flat.transform(*place[second])
        drawn = ((x - u) ** 2 + (y - v) ** 2) ** 0.5 / 1000
        wrong[first, second] = abs(drawn / km(place[first], place[second]) - 1) * 100
    assert max(wrong.values()) < 0.06
    from_town = [value for pair, value in wrong.items() if "Dalanzadgad" in pair]
    assert len(from_town) == 14
    assert round(max(from_town), 2) == 0.04


@states("It squeezes shapes, so it is wrong for distances.")
def equal_area_and_distances(read):
    place = centres(read)
    flat = Transformer.from_crs("EPSG:4326", "EPSG:6933", always_xy=True)
    x, y = flat.transform(*place["Khanbogd"])
    for soum in ("Manlai", "Bayan-Ovoo"):
        u, v = flat.transform(*place[soum])
        drawn = ((x - u) ** 2 + (y - v) ** 2) ** 0.5 / 1000
        assert abs(drawn / km(place["Khanbogd"], place[soum]) - 1) > 0.1
    assert round(km(place["Khanbogd"], place["Bayan-Ovoo"])) == 91


@states(
    "The equal-area projection agrees with the file: 27,964 km² for Gurvantes. "
    "In all 15 soums the difference is 0.02 percent or less.",
    "UTM is a little off, at most 0.23 percent. "
    "The phone map makes Gurvantes 52,811 km²: 89 percent too large!",
    "areas 84 to 98 percent too large",
    "If you ask for an area in degrees, you get 3.1 ",
    "A phone map gives Gurvantes 52811 km². The true area is 27965.",
    "89 percent.",
    "measured on the round Earth",
)
def areas_in_projections(read):
    equal = drawn_areas(read, "EPSG:6933")
    assert max(abs(value) for value in equal.values()) < 0.025
    utm = drawn_areas(read, "EPSG:32648")
    assert round(max(abs(value) for value in utm.values()), 2) == 0.23
    assert max(utm, key=lambda soum: abs(utm[soum])) == "Gurvantes"
    phone = drawn_areas(read, "EPSG:3857")
    assert (round(min(phone.values())), round(max(phone.values()))) == (84, 98)
    assert round(phone["Gurvantes"]) == 89
    land = areas(read)["Gurvantes"]
    assert round(land) == 27965
    assert round(land * (1 + phone["Gurvantes"] / 100)) == 52811
    assert round(land * (1 + equal["Gurvantes"] / 100)) == 27964
    table = read("place_soum_boundaries").set_index("soum")
    west, south, east, north = table.geometry["Gurvantes"].bounds
    corners = list(table.geometry["Gurvantes"].exterior.coords)
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(corners))
    assert round(abs(twice) / 2, 1) == 3.1 < (east - west) * (north - south)
    for soum, shape in table.geometry.items():
        globe = abs(GLOBE.geometry_area_perimeter(shape)[0]) / 1e6
        assert abs(globe - table["area_km2"][soum]) < 0.02


@states(
    "There are still 15 rows. The residents add up to 69,902, before and after the join. "
    "The herds add up to 3,000,303 animals.",
    "There are 14 places now, and still 69902 residents.",
)
def totals(read):
    residents = of_2019(read, "people_population", "residents")
    herds = of_2019(read, "land_livestock_soum", "head")
    assert sum(residents.values()) == sum(united(residents).values()) == 69902
    assert sum(herds.values()) == 3000303
    assert set(residents) == set(herds) == set(areas(read))
    whole = read("land_livestock").query("year == 2019")["thousand_head"].sum()
    assert abs(whole - 3000.303) < 0.25


@states(
    "Dalanzadgad has 1137.33 residents per km². The next soum has 1.11.",
    "5478.97 on each square kilometre of a town",
    "The outline is the town only: 23.2 km². "
    "The land around it lies inside the outline of Khankhongor.",
    "The outline of Dalanzadgad town has 23.2 km². "
    "The soum has 26386 residents and 127112 animals.",
    "5478.97, about five and a half thousand.",
    "If Dalanzadgad stands alone with 0.08, you used table",
)
def the_trap(read):
    residents = of_2019(read, "people_population", "residents")
    herds = of_2019(read, "land_livestock_soum", "head")
    households = of_2019(read, "land_livestock_soum", "herder_households")
    land = areas(read)
    rate = {soum: residents[soum] / land[soum] for soum in residents}
    row = order(rate)
    assert row[:2] == ["Dalanzadgad", "Tsogttsetsii"]
    assert (round(rate[row[0]], 2), round(rate[row[1]], 2)) == (1137.33, 1.11)
    assert (residents["Dalanzadgad"], herds["Dalanzadgad"]) == (26386, 127112)
    assert round(herds["Dalanzadgad"] / land["Dalanzadgad"], 2) == 5478.97
    assert land["Dalanzadgad"] == 23.2
    assert round(land["Dalanzadgad"] / households["Dalanzadgad"], 2) == 0.08
    note = read("place_soums").set_index("soum").loc["Dalanzadgad", "note"]
    assert "town only" in note
    assert "belongs to the polygon of Khankhongor" in note


@states(
    "Three places stand out: the united place with 2.74 residents per km², Tsogttsetsii with 1.11 "
    "and Khanbogd with 0.58. All others have 0.28 or less: 28 people on 100 km².",
    "no place lies between 0.28 and 0.58, or between 0.58 and 1.11.",
    "Most people per km² live in the middle of the aimag: "
    "Dalanzadgad and Khankhongor together have 2.74. "
    "Then come Tsogttsetsii with 1.11 and Khanbogd with 0.58.",
    "All other places are pale, between 0.12 and 0.28.",
    "the middle and Tsogttsetsii are dark, Khanbogd is in between, all others are pale.",
    "Residents, dark: Dalanzadgad and Khankhongor, Tsogttsetsii. Middle: Khanbogd. "
    "All others are pale.",
)
def people_per_km2(read):
    rate = people(read)
    row = order(rate)
    assert row[:3] == [BOTH, "Tsogttsetsii", "Khanbogd"]
    assert [round(rate[place], 2) for place in row[:4]] == [2.74, 1.11, 0.58, 0.28]
    assert round(rate[row[-1]], 2) == 0.12
    assert [place for place in row if rate[place] > 1] == [BOTH, "Tsogttsetsii"]
    assert [place for place in row if 0.3 <= rate[place] <= 1] == ["Khanbogd"]
    # in the middle: the only place that has no part in the outer border of the aimag
    shapes = read("place_soum_boundaries").to_crs("EPSG:32648").set_index("soum").geometry
    border = shapes.union_all().boundary
    assert {soum for soum, shape in shapes.items() if shape.distance(border) > 1000} == set(PAIR)


@states("Without the repair the middle would be pale, and a black spot would hold its people.")
def middle_before_the_repair(read):
    residents, land = of_2019(read, "people_population", "residents"), areas(read)
    assert residents["Khankhongor"] / land["Khankhongor"] < 0.3
    assert residents["Dalanzadgad"] / land["Dalanzadgad"] > 1
    assert residents["Dalanzadgad"] > 10 * residents["Khankhongor"]


@states(
    "For animals the order is another one: the united place 39.3, then Mandal-Ovoo 36.0 and "
    "Bulgan 31.7. Khanbogd has 12.7.",
    "Check: three places are dark.",
    "Animals, dark: Dalanzadgad and Khankhongor, Mandal-Ovoo, Bulgan. "
    "Middle: Tsogt-Ovoo, Sevrei, Tsogttsetsii. All others are pale.",
    "For example: Khanbogd has 0.58 residents and 12.7 animals per km².",
)
def animals_per_km2(read):
    rate = animals(read)
    row = order(rate)
    assert row[:3] == [BOTH, "Mandal-Ovoo", "Bulgan"]
    assert [round(rate[place], 1) for place in row[:3]] == [39.3, 36.0, 31.7]
    assert round(rate["Khanbogd"], 1) == 12.7
    assert round(people(read)["Khanbogd"], 2) == 0.58
    assert {place for place in row if rate[place] > 30} == set(row[:3])
    middle = {place for place in row if 20 <= rate[place] <= 30}
    assert middle == {"Tsogt-Ovoo", "Sevrei", "Tsogttsetsii"}
    assert order(people(read))[:3] != row[:3]


@states(
    "A gives the 23 km² of the town the same weight as the whole soum around it. "
    "The result would be far too high.",
    "C forgets the 26386 residents of Dalanzadgad.",
)
def mean_of_two_densities(read):
    residents, land = of_2019(read, "people_population", "residents"), areas(read)
    single = [residents[soum] / land[soum] for soum in PAIR]
    assert [round(value, 2) for value in single] == [1137.33, 0.19]
    right = people(read)[BOTH]
    assert sum(single) / 2 > 100 * right
    assert single[1] < right / 10
    assert residents["Dalanzadgad"] == 26386
    # the trainer's note: without Dalanzadgad more than a third of all residents are gone
    assert 1 / 3 < residents["Dalanzadgad"] / sum(residents.values()) < 0.4


@states(
    "Check: The largest is about 45.1, the smallest about 12.1.",
    "The most: Gurvantes, 45.1 km². The least: Dalanzadgad and Khankhongor, 12.1 km².",
)
def km2_for_a_household(read):
    values = land_of_a_household(read)
    row = order(values)
    assert (row[0], row[-1]) == ("Gurvantes", BOTH)
    assert (round(values[row[0]], 1), round(values[row[-1]], 1)) == (45.1, 12.1)
    assert round(values["Mandal-Ovoo"], 1) == 18.7


@states(
    "What do we see? In the list read in February 2020, the most licences touch Gurvantes: 27. "
    "They cover 4.7 percent of its land.",
    "Tsogttsetsii has 12, but they cover 15.6 percent. "
    "Three outlines have none: Bulgan, Sevrei and the town of Dalanzadgad.",
    "Tsogttsetsii has the largest share of land under mining licence, 15.6 percent, "
    "in the list read in February 2020. "
    "Then come Bayan-Ovoo 6.6, Khanbogd 5.7, Noyon 5.3 and Gurvantes 4.7 percent.",
    "The others have 1.4 percent or less, three outlines have none.",
    "In the list read in February 2020, mining licences cover 15.6 percent of Tsogttsetsii soum; "
    "next is Bayan-Ovoo with 6.6 percent.",
    "Tsogttsetsii 15.6 percent, Gurvantes 4.7 percent. "
    "Gurvantes has more licences, Tsogttsetsii the larger share.",
)
def share_under_licence(read):
    table = licences(read, "mining")
    shares = {soum: share for soum, (_, _, share) in table.items()}
    count = {soum: number for soum, (number, _, _) in table.items()}
    row = order(shares)
    assert row[:5] == ["Tsogttsetsii", "Bayan-Ovoo", "Khanbogd", "Noyon", "Gurvantes"]
    assert [round(shares[soum], 1) for soum in row[:6]] == [15.6, 6.6, 5.7, 5.3, 4.7, 1.4]
    assert (order(count)[0], count["Gurvantes"], count["Tsogttsetsii"]) == ("Gurvantes", 27, 12)
    none = {soum for soum in count if count[soum] == 0}
    assert none == {soum for soum in row if shares[soum] == 0} == {"Bulgan", "Sevrei", PAIR[0]}
    # the column of the file says the same as our own division
    own = read("place_licences").query("licence_type == 'mining'")
    own = dict(zip(own["soum_code"], own["share_of_soum_percent"], strict=True))
    codes = dict(zip(read("place_soums")["soum"], read("place_soums")["soum_code"], strict=True))
    assert all(abs(own[codes[soum]] - shares[soum]) < 0.051 for soum in shares)


@states(
    "mining licences cover 1140.11 km² of 7285.83 km² in Tsogttsetsii.",
    "In Gurvantes, 27 licences cover 1303.73 km² of 27964.51 km².",
)
def shares_on_paper(read):
    table, land = licences(read, "mining"), areas(read)
    assert (table["Tsogttsetsii"][1], land["Tsogttsetsii"]) == (1140.11, 7285.83)
    assert (table["Gurvantes"][:2], land["Gurvantes"]) == ((27, 1303.73), 27964.51)


@states(
    "The list was read in February 2020 on the portal of EITI Mongolia. "
    "Its newest licence is from December 2018.",
    "So it may describe the land of 2018 or of 2019: we do not know.",
    "The list was read in February 2020, and its newest licence is from December 2018.",
    "Exploration licences covered more land. Many had already run out when the list was read. "
    "The two kinds overlap in places: do not add them.",
    "Licences that lie mostly outside the aimag, and oil blocks, are not in the list.",
)
def dates_of_the_list(read):
    sources = read("sources").set_index("source_id")
    assert set(read("place_licences")["source_id"]) == {"EITI_LICENCES_2020"}
    assert sources.loc["EITI_LICENCES_2020", "date"] == "2020-02"
    assert "newest licence December 2018" in sources.loc["EITI_LICENCES_2020", "title"]
    page = description("place_licences")
    assert page["period"] == "EITI portal, read February 2020; newest licence December 2018"
    gaps = " ".join(page["known_gaps"])
    for words in ("overlap in places", "mostly outside Umnugovi", "Petroleum blocks"):
        assert words in gaps
    land = {
        kind: sum(area for _, area, _ in licences(read, kind).values())
        for kind in ("mining", "exploration")
    }
    assert land["exploration"] > land["mining"]
    expired = read("place_licences").groupby("licence_type")["licences_expired"].sum()
    assert (expired["mining"], expired["exploration"]) == (0, 84)
    assert "77 of the 146 exploration licences had already expired" in gaps


@states(
    "nine coal mines from Global Energy Monitor, and Oyu Tolgoi.",
    "One row is a proposed expansion.",
    "Only 4 of the 10 points are exact.",
    "The source had put the mine Khuren Shand into the soum centre of Gurvantes.",
    "It has nine coal mines and Oyu Tolgoi.",
    "Black triangles show ten mines: four in Gurvantes, three in Tsogttsetsii, "
    "one each in Khankhongor, Noyon and Khanbogd.",
)
def list_of_mines(read):
    table = read("place_mines")
    assert list(table.loc[table["status"] != "operating", "status"]) == ["proposed"]
    table = table[table["status"] == "operating"].set_index("mine")
    assert len(table) == 10
    assert (table["commodity"] == "coal").sum() == 9
    assert set(table.index[table["source_id"] != "GEM_GCMT_2026"]) == {"Oyu Tolgoi"}
    assert (table["location_accuracy"] == "exact").sum() == 4
    assert table["soum"].value_counts().to_dict() == {
        "Gurvantes": 4,
        "Tsogttsetsii": 3,
        "Khankhongor": 1,
        "Noyon": 1,
        "Khanbogd": 1,
    }
    assert "point is the soum centre of Gurvantes" in table.loc["Khuren Shand", "location_note"]
    shapes = read("place_soum_boundaries").set_index("soum").geometry
    assert all(shapes[row.soum].contains(row.geometry) for row in table.itertuples())
    # "four points moved" of Global Energy Monitor, and Oyu Tolgoi by its licence
    moved = table.index[table["location_note"].fillna("").str.contains("centroid")]
    assert set(moved) == {
        "Khuren Shand",
        "Ovoot Tolgoi",
        "Tavan Tolgoi",
        "Tavan Tolgoi (Small)",
        "Oyu Tolgoi",
    }


@states(
    "The centre of Tsogttsetsii is about 9 km from a mine on our list. "
    "Mandal-Ovoo is farthest, with 150 km.",
    "Sevrei has no mining licence, and its centre is 54 km from Baruun Noyon.",
    "The row of Khanbogd says 34 km, Oyu Tolgoi, approximate.",
    "it is about 34 km from the weather station at Khanbogd's centre to the middle of "
    "Oyu Tolgoi's licence.",
)
def nearest_mine(read):
    found = nearest_mines(read)
    far = {soum: value for soum, (_, value) in found.items()}
    row = order(far)
    assert (row[0], row[-1]) == ("Mandal-Ovoo", "Tsogttsetsii")
    assert (round(far["Mandal-Ovoo"]), round(far["Tsogttsetsii"])) == (150, 9)
    assert (found["Sevrei"][0], round(far["Sevrei"])) == ("Baruun Noyon", 54)
    assert (found["Khanbogd"][0], round(far["Khanbogd"])) == ("Oyu Tolgoi", 34)
    assert licences(read, "mining")["Sevrei"][0] == 0
    table = read("place_mines").set_index("mine")
    assert table.loc["Oyu Tolgoi", "location_accuracy"] == "approximate"
    assert "centroid" in table.loc["Oyu Tolgoi", "location_note"]


@states(
    "In degrees, the nearest mine of Bulgan would be Baruun Noyon. "
    "In kilometres Baruun Naran is a little nearer: 146.3 against 146.5 km."
)
def nearest_to_bulgan(read):
    place, points = centres(read)["Bulgan"], mines(read)
    degrees = {
        mine: ((place[0] - x) ** 2 + (place[1] - y) ** 2) ** 0.5 for mine, (x, y) in points.items()
    }
    assert min(degrees, key=degrees.get) == "Baruun Noyon"
    far = {mine: km(place, point) for mine, point in points.items()}
    assert order(far)[-2:] == ["Baruun Noyon", "Baruun Naran"]
    # the lesson measures in UTM, so a tenth of a km more or less
    assert abs(far["Baruun Naran"] - 146.3) < 0.12
    assert abs(far["Baruun Noyon"] - 146.5) < 0.12


@states(
    "13 mining licences touch Mandal-Ovoo, 10 Nomgon and 9 Khurmen. "
    "None of these soums has a listed mine."
)
def licences_without_a_listed_mine(read):
    table = licences(read, "mining")
    soums = ["Mandal-Ovoo", "Nomgon", "Khurmen"]
    assert [table[soum][0] for soum in soums] == [13, 10, 9]
    assert not set(read("place_mines")["soum"]) & set(soums)


@states("Which three soum centres are farthest?")
def farthest_from_dalanzadgad(read):
    place = centres(read)
    far = {soum: km(place["Dalanzadgad"], place[soum]) for soum in place}
    assert order(far)[:3] == ["Gurvantes", "Khanbogd", "Manlai"]
    assert [round(far[soum]) for soum in order(far)[:3]] == [277, 227, 206]


@states("About 368 km.")
def triangles_with_a_ruler(read):
    points = mines(read)
    assert abs(km(points["Baruun Noyon"], points["Oyu Tolgoi"]) - 368) < 1
    soums = read("place_mines").set_index("mine")["soum"]
    assert (soums["Baruun Noyon"], soums["Oyu Tolgoi"]) == ("Noyon", "Khanbogd")
    assert (soums == "Noyon").sum() == (soums == "Khanbogd").sum() == 1


@states("At the end of 2024 the aimag had about one third fewer animals than at the end of 2019")
def animals_today(read):
    total = read("land_livestock").groupby("year")["thousand_head"].sum()
    assert 0.32 < 1 - total[2024] / total[2019] < 0.36
    assert abs(total[2019] - 3000.303) < 0.25


@states("The table is for the end of 2019. The areas are in km².")
def table_on_paper(read):
    page = text().split("## Without a computer")[1].split("## Sources")[0]
    rows = re.findall(r"\| ([A-Z][\w -]+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|", page)
    assert len(rows) == 14
    land = united(areas(read))
    counts = [
        united(of_2019(read, "people_population", "residents")),
        united(of_2019(read, "land_livestock_soum", "head")),
        united(of_2019(read, "land_livestock_soum", "herder_households")),
    ]
    for name, area, *values in rows:
        assert abs(land[name] - int(area)) <= 0.5
        assert [int(value) for value in values] == [count[name] for count in counts]
    for name in ("people_population", "land_livestock_soum"):
        assert "end of 2019" in description(name)["description"]


@states(
    "The table of residents has one age group only, children from 0 to 4.",
    "The mines are of June 2026, the people and herds of the end of 2019.",
    "copy of June 2026 (CC BY 4.0), changed: four points moved.",
    "Residents, animals and herder households: National Statistics Office of Mongolia, "
    "read through WFP PRISM.",
    "Soum centres: weather stations of IRIMHE",
    "COD-AB Mongolia version 3, CC BY 3.0 IGO.",
)
def sources_and_columns(read):
    sources = read("sources").set_index("source_id")
    columns = set(read("people_population").columns)
    assert columns == {"soum_code", "soum", "year", "residents", "children_0_4", "source_id"}
    assert len(read("people_population")) == 45
    for name in ("people_population", "land_livestock_soum"):
        assert set(read(name)["source_id"]) == {"NSO_PRISM"}
    assert "WFP PRISM" in sources.loc["NSO_PRISM", "publisher"]
    assert sources.loc["GEM_GCMT_2026", "date"].startswith("2026-06")
    assert sources.loc["GEM_GCMT_2026", "licence"] == "CC BY 4.0"
    assert sources.loc["COD_AB_MNG", "licence"] == "CC BY 3.0 IGO"
    assert "version 3" in sources.loc["COD_AB_MNG", "title"]
    assert set(read("place_soums")["source_id_2"]) == {"IRIMHE_PRISM"}
    assert "weather station" in sources.loc["IRIMHE_PRISM", "note"]
    assert description("place_mines")["period"].startswith("Status of June 2026")


NOT_DATA = {
    "We measure twice: first with the degrees as they are, then in kilometres.": "what is done",
    "We also try EPSG:3857, the projection of most maps on a phone.": "about phone maps",
    "Metres times metres are square metres.": "a rule of arithmetic",
    "Their longitudes differ by half a degree.": "a quiz question",
    "About half of 111 km": "a wrong quiz answer",
    "About half of 81 km": "the right quiz answer, from the length of a degree",
    "About half a kilometre": "a wrong quiz answer",
    "We choose three classes on purpose: more than 1, from 0.3 to 1, and less than 0.3.": (
        "a choice of the maker"
    ),
    "Change the column (three times), the borders 0.3 and 1, and all words.": "a task for pairs",
    "Sort centres_m by km, largest first.": "a task for pairs",
    "Shade the first map for residents per km²: dark more than 1, middle 0.3 to 1, pale less.": (
        "a task on paper"
    ),
    "Shade the second copy for animals per km²: dark more than 30, middle 20 to 30, pale less.": (
        "a task on paper"
    ),
}
