"""What lesson 4.4, What does a map show, and what does it hide?, says about its data."""

import json
import re
from collections import Counter
from pathlib import Path

from statements import states

LESSON = Path(__file__).resolve().parents[2] / "modules/04_visualization/04_maps.ipynb"
BOTH = "Dalanzadgad, Khankhongor"


def text() -> str:
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells)


def place_of(soum: str) -> str:
    return BOTH if soum in BOTH.split(", ") else soum


def places(read) -> dict:
    """Return animals and herder households of the 14 places at the end of 2019."""
    found = {}
    table = read("land_livestock_soum")
    for row in table[table["year"] == 2019].itertuples():
        head, households = found.get(place_of(row.soum), (0, 0))
        found[place_of(row.soum)] = (head + row.head, households + row.herder_households)
    assert len(found) == 14
    return found


def rates(read) -> dict:
    return {name: head / households for name, (head, households) in places(read).items()}


def order(values: dict) -> list:
    return sorted(values, key=values.get, reverse=True)


def residents(read) -> dict:
    table = read("people_population")
    table = table[table["year"] == 2019]
    assert len(table) == 15
    return dict(zip(table["soum"], table["residents"], strict=True))


def classes(values: dict, limits) -> dict:
    """Return the class of each place, from 1; a value on a limit belongs above it."""
    inner = list(limits)[1:-1]
    return {name: 1 + sum(value >= limit for limit in inner) for name, value in values.items()}


def sizes(found: dict) -> list:
    counts = Counter(found.values())
    return [counts[number] for number in (1, 2, 3, 4)]


def equal_steps(read) -> list:
    values = rates(read).values()
    low, high = min(values), max(values)
    return [low + (high - low) * step / 4 for step in range(5)]


def quantiles(read) -> list:
    row = sorted(rates(read).values())
    found = []
    for step in range(5):
        place = (len(row) - 1) * step / 4
        low = min(int(place), len(row) - 2)
        found.append(row[low] + (row[low + 1] - row[low]) * (place - low))
    return found


def minerals(read) -> dict:
    """Return kilograms of mineral fodder for each animal, of the places with a value."""
    table = read("land_fodder")
    table = table[table["measure"] == "mineral_fodder"]
    tonnes = {}
    for row in table.itertuples():
        tonnes[place_of(row.soum)] = tonnes.get(place_of(row.soum), 0) + row.value
    return {name: value * 1000 / places(read)[name][0] for name, value in tonnes.items()}


def licence_shares(read) -> dict:
    """Return the percent of each place under mining licences."""
    names = read("place_soums").set_index("soum_code")
    table = read("place_licences").query("licence_type == 'mining'")
    land, licensed = {}, {}
    for code, soum in names["soum"].items():
        name = place_of(soum)
        land[name] = land.get(name, 0) + names.loc[code, "area_km2"]
        own = table.loc[table["soum_code"] == code, "area_km2"].sum()
        licensed[name] = licensed.get(name, 0) + own
    assert len(table) == 15
    return {name: licensed[name] / land[name] * 100 for name in land}


@states(
    "With residents as colour, the largest number has the smallest area: the town of Dalanzadgad "
    "is only a dot in the middle of the map.",
    "But 37.7 percent of the residents are counted in Dalanzadgad, which is only a dot here. "
    "Its outline, the town, has 0.014 percent of the area.",
)
def town_is_a_dot(read):
    people, areas = residents(read), read("place_soum_boundaries").set_index("soum")["area_km2"]
    assert sum(people.values()) == 69902
    assert order(people)[0] == areas.idxmin() == "Dalanzadgad"
    assert round(people["Dalanzadgad"] / sum(people.values()) * 100, 1) == 37.7
    assert round(areas["Dalanzadgad"] / areas.sum() * 100, 3) == 0.014
    # the shape on the map is as small as the number says, and the next one is 200 times larger
    drawn = read("place_soum_boundaries").to_crs("EPSG:6933").set_index("soum").area / 1e6
    assert 20 < drawn["Dalanzadgad"] < 27
    assert drawn.drop("Dalanzadgad").min() > 200 * drawn["Dalanzadgad"]


@states("So the map is in metres, and each area is nearly right.")
def areas_in_the_projection(read):
    table = read("place_soum_boundaries").to_crs("EPSG:32648")
    wrong = table.geometry.area / 1e6 / table["area_km2"] - 1
    assert len(wrong) == 15
    assert wrong.abs().max() < 0.003


@states(
    "Gurvantes, Khanbogd and Tsogttsetsii catch the eye with darker colours; most soums are pale, "
    "with 1,000 to 5,000 residents."
)
def classes_of_the_first_map(read):
    people = residents(read)
    found = classes(people, [1000, 2000, 5000, 10000, 30000])
    third = {name for name, number in found.items() if number == 3}
    assert third == {"Gurvantes", "Khanbogd", "Tsogttsetsii"}
    assert [name for name, number in found.items() if number == 4] == ["Dalanzadgad"]
    pale = [people[name] for name, number in found.items() if number < 3]
    assert len(pale) == 11
    assert 1000 <= min(pale) < max(pale) < 5000


@states(
    "Gurvantes on the left, Khanbogd and Tsogttsetsii on the right catch the eye.",
    "Mandal-Ovoo is the place at the top, Bulgan lies left below it, "
    "and Gurvantes is the large one on the left.",
)
def where_they_lie(read):
    shapes = read("place_soum_boundaries").to_crs("EPSG:32648").set_index("soum").geometry
    middle, bounds = shapes.centroid, shapes.bounds
    assert bounds["maxy"].idxmax() == "Mandal-Ovoo"
    assert bounds["minx"].idxmin() == "Gurvantes"
    assert shapes.area.idxmax() == "Gurvantes"
    assert middle["Bulgan"].x < middle["Mandal-Ovoo"].x
    assert middle["Bulgan"].y < middle["Mandal-Ovoo"].y
    assert shapes["Bulgan"].touches(shapes["Mandal-Ovoo"])
    centre = (bounds["minx"].min() + bounds["maxx"].max()) / 2
    assert middle["Khanbogd"].x > middle["Tsogttsetsii"].x > centre


@states(
    "With residents as circles, Dalanzadgad is seen at once: nearly 4 of 10 residents of Umnugovi "
    "belong to it.",
    "The circle of Dalanzadgad with 26,386 residents is by far the largest; Khanbogd has 8,718, "
    "Tsogttsetsii 8,111 and Gurvantes 5,129. The other eleven circles are small.",
    "One circle is far larger than all others.",
)
def circles(read):
    people = residents(read)
    assert [people[name] for name in order(people)[:4]] == [26386, 8718, 8111, 5129]
    assert order(people)[:4] == ["Dalanzadgad", "Khanbogd", "Tsogttsetsii", "Gurvantes"]
    assert 0.35 < people["Dalanzadgad"] / sum(people.values()) < 0.4
    assert people[order(people)[0]] > 3 * people[order(people)[1]]
    assert max(people[name] for name in order(people)[4:]) < 2700


@states(
    "Dalanzadgad and Khankhongor together have the most animals, but they are 9th by the rate.",
    "Gurvantes is 5th by count and last by rate.",
    "Dalanzadgad and Khankhongor together have most animals. "
    "Mandal-Ovoo has most for each household.",
)
def count_and_rate(read):
    heads = {name: head for name, (head, _) in places(read).items()}
    by_head, by_rate = order(heads), order(rates(read))
    assert sum(heads.values()) == 3000303
    assert (by_head.index(BOTH) + 1, by_rate.index(BOTH) + 1) == (1, 9)
    assert (by_head.index("Gurvantes") + 1, by_rate.index("Gurvantes") + 1) == (5, 14)
    assert by_rate[0] == "Mandal-Ovoo"


@states(
    "With equal steps, ten of 14 places have the same colour and Mandal-Ovoo and Bulgan are "
    "darkest. With quantiles, four places are darkest, among them Bayan-Ovoo and Nomgon. "
    "With round limits, only Mandal-Ovoo is darkest.",
    "With equal steps, 10 of the 14 places have the same colour.",
    "With quantiles about a quarter of the places is always dark, whatever the values are.",
    "Equal steps: 1, 10, 1 and 2 places. The same number, or nearly: 4, 3, 3 and 4. "
    "With 400, 500 and 600: 1, 8, 4 and 1.",
    "equal steps with the limits 441, 519 and 597;",
)
def three_ways(read):
    values = rates(read)
    equal = classes(values, equal_steps(read))
    quantile = classes(values, quantiles(read))
    rounded = classes(values, [300, 400, 500, 600, 700])
    assert sizes(equal) == [1, 10, 1, 2]
    assert sizes(quantile) == [4, 3, 3, 4]
    assert sizes(rounded) == [1, 8, 4, 1]
    assert [round(limit) for limit in equal_steps(read)[1:4]] == [441, 519, 597]
    darkest = [{name for name in way if way[name] == 4} for way in (equal, quantile, rounded)]
    assert darkest[0] == {"Mandal-Ovoo", "Bulgan"}
    assert darkest[1] == {"Mandal-Ovoo", "Bulgan", "Nomgon", "Bayan-Ovoo"}
    assert darkest[2] == {"Mandal-Ovoo"}
    assert 300 < min(values.values()) < max(values.values()) < 700


@states(
    "With quantiles, Bayan-Ovoo with 503.6 is darkest, but Sevrei with 502.6 is not: "
    "one animal for each household makes the difference.",
    "But Bulgan, with 597.8, is just below one.",
    "For example Sevrei and Khanbogd with the limit 500.",
)
def cut_between_neighbours(read):
    values = rates(read)
    quantile = classes(values, quantiles(read))
    assert (quantile["Bayan-Ovoo"], quantile["Sevrei"]) == (4, 3)
    assert (round(values["Bayan-Ovoo"], 1), round(values["Sevrei"], 1)) == (503.6, 502.6)
    assert (round(values["Bulgan"], 1), 590 < values["Bulgan"] < 600) == (597.8, True)
    row = order(values)
    assert row.index("Khanbogd") == row.index("Sevrei") + 1
    assert values["Khanbogd"] < 500 < values["Sevrei"]


@states("In 2020 the rate of Bulgan was 439.7, a year before 597.8.")
def one_year_later(read):
    table = read("land_livestock_soum").set_index(["soum", "year"])
    rate = table["head"] / table["herder_households"]
    assert round(rate["Bulgan", 2020], 1) == 439.7
    assert round(rate["Bulgan", 2019], 1) == 597.8
    # the solution of "If you have more time"
    both = rate.unstack()
    assert (both[2019].idxmax(), both[2020].idxmax()) == ("Mandal-Ovoo", "Mandal-Ovoo")
    assert both.loc["Mandal-Ovoo", 2020] < both.loc["Mandal-Ovoo", 2019]
    assert 0 < both.loc["Khanbogd", 2020] - both.loc["Khanbogd", 2019] < 10
    assert both[2020].max() < 600


@states(
    "Nomgon prepared the most mineral fodder for each animal, 2.16 kg, "
    "and Mandal-Ovoo has no data.",
    "Noyon has 1.7, Khanbogd 1.42 and Sevrei 1.05 kg; all others have less than 1 kg, "
    "Tsogt-Ovoo 0.01. Mandal-Ovoo in the north is hatched and marked no data.",
    "Nomgon has the most, with 2.16 kg for each animal.",
    "Tsogt-Ovoo has 0.01.",
    "1 or more: Nomgon, Noyon, Khanbogd, Sevrei. Under 0.5: Tsogt-Ovoo, Tsogttsetsii, Khurmen, "
    "Dalanzadgad and Khankhongor, Gurvantes.",
)
def mineral_fodder(read):
    kilograms = minerals(read)
    assert set(places(read)) - set(kilograms) == {"Mandal-Ovoo"}
    row = order(kilograms)
    assert row[:4] == ["Nomgon", "Noyon", "Khanbogd", "Sevrei"]
    assert [round(kilograms[name], 2) for name in row[:4]] == [2.16, 1.70, 1.42, 1.05]
    assert kilograms[row[4]] < 1
    assert (row[-1], round(kilograms["Tsogt-Ovoo"], 2)) == ("Tsogt-Ovoo", 0.01)
    low = {"Tsogt-Ovoo", "Tsogttsetsii", "Khurmen", BOTH, "Gurvantes"}
    assert {name for name in row if kilograms[name] < 0.5} == low


@states("One place has no row in this table.", "The published file prints no unit.")
def rows_of_fodder(read):
    table = read("land_fodder")
    rows = table.groupby("measure")["soum"].nunique()
    assert (rows["mineral_fodder"], rows["fodder_crops"]) == (14, 7)
    assert "Mandal-Ovoo" not in set(table.loc[table["measure"] == "mineral_fodder", "soum"])
    assert set(table["soum"]) >= {"Mandal-Ovoo"}
    minerals_of_2019 = table.query("measure == 'mineral_fodder'")
    assert (minerals_of_2019["value"] > 0).all()
    assert minerals_of_2019["value"].between(1, 1000).all()
    page = (LESSON.parents[2] / "datasets/datapackage.json").read_text(encoding="utf-8")
    assert "The copied file prints no unit." in page


@states(
    "The railway is 227.5 km long and crosses three soums. "
    "The road is 108 km long; its last 5 km lie in China. "
    "The two come together near the border.",
    "Railway and road meet near the border, in Khanbogd soum.",
)
def lines(read):
    table = read("place_corridors").to_crs("EPSG:32648").set_index("kind")
    soums = read("place_soum_boundaries").to_crs("EPSG:32648").set_index("soum").geometry
    railway, road = table.geometry["railway"], table.geometry["road"]
    assert abs(railway.length / 1000 - 227.5) < 0.3
    assert abs(road.length / 1000 - 108) < 0.3
    umnugovi = soums.union_all().buffer(1)
    assert abs(road.difference(umnugovi).length / 1000 - 5) < 0.5
    crossed = {name for name, shape in soums.items() if railway.intersection(shape).length > 1000}
    assert crossed == {"Tsogttsetsii", "Bayan-Ovoo", "Khanbogd"}
    end = railway.boundary.geoms[1]
    assert end.distance(road) < 2000
    assert end.distance(umnugovi.boundary) < 2000
    assert soums["Khanbogd"].contains(end)


@states(
    "A dashed line, the railway, runs from Tavan Tolgoi in Tsogttsetsii through Bayan-Ovoo to "
    "Gashuun Sukhait at the border. A thick line, the road, runs there from Oyu Tolgoi.",
    "The triangle of Oyu Tolgoi and those of both Tavan Tolgoi mines are approximate points.",
    "place_mines holds the points of ten mines that work",
)
def mines_and_lines(read):
    mines = read("place_mines").to_crs("EPSG:32648")
    mines = mines[mines["status"] == "operating"].set_index("mine")
    assert len(mines) == 10
    rough = set(mines.index[mines["location_accuracy"] == "approximate"])
    assert rough >= {"Oyu Tolgoi", "Tavan Tolgoi", "Tavan Tolgoi (Small)"}
    table = read("place_corridors").to_crs("EPSG:32648").set_index("kind").geometry
    start = table["railway"].boundary.geoms[0]
    assert start.distance(mines.geometry["Tavan Tolgoi"]) < 15_000
    assert mines.loc["Tavan Tolgoi", "soum"] == "Tsogttsetsii"
    assert table["road"].boundary.geoms[0].distance(mines.geometry["Oyu Tolgoi"]) < 8_000


@states(
    "Check: two places have a share of zero: Bulgan and Sevrei.",
    "Four places had more than 5 percent of their land under mining licence: Tsogttsetsii, "
    "Bayan-Ovoo, Khanbogd and Noyon.",
    "Bulgan and Sevrei, in the palest class, had none.",
)
def mining_licences(read):
    shares = licence_shares(read)
    assert {name for name in shares if shares[name] == 0} == {"Bulgan", "Sevrei"}
    assert order(shares)[:5] == ["Tsogttsetsii", "Bayan-Ovoo", "Khanbogd", "Noyon", "Gurvantes"]
    assert sum(share > 5 for share in shares.values()) == 4
    # the trainer's note: limits must reach the largest share; the solution begins at 0.05
    assert round(max(shares.values()), 1) == 15.6
    assert min(share for share in shares.values() if share > 0) > 0.05


@states(
    "Mandal-Ovoo had the most animals for each herder household at the end of 2019, 675, and "
    "Gurvantes the fewest, 363.",
    "in four blue classes with the limits 300, 400, 500, 600 and 700",
)
def map_for_the_wall(read):
    values = rates(read)
    assert (order(values)[0], order(values)[-1]) == ("Mandal-Ovoo", "Gurvantes")
    assert (round(values["Mandal-Ovoo"]), round(values["Gurvantes"])) == (675, 363)


@states("All numbers are for 2019. The animals are those of all owners.")
def table_on_paper(read):
    people, herds, values, kilograms = residents(read), places(read), rates(read), minerals(read)
    rows = re.findall(
        r"\| ([A-Z][\w, -]+) \| ([\d +]+) \| (\d+) \| (\d+) \| ([\d.]+) \| ([\d.]+|no data) \|",
        text(),
    )
    assert [row[0] for row in rows] == order(values)
    for name, persons, head, households, rate, salt in rows:
        parts = [int(part) for part in persons.split(" + ")]
        assert parts == [people[soum] for soum in name.split(", ")]
        assert (int(head), int(households)) == herds[name]
        assert f"{values[name]:.1f}" == rate
        assert (f"{kilograms[name]:.2f}" if name in kilograms else "no data") == salt


@states("About 26, 9, 5 and 1 squares.")
def squares_on_paper(read):
    people = residents(read)
    names = ["Dalanzadgad", "Khanbogd", "Gurvantes", "Noyon"]
    assert [round(people[name] / 1000) for name in names] == [26, 9, 5, 1]


@states(
    "People and herds are of 2019. The licences were read in February 2020. "
    "The mines are of June 2026, the lines of September 2026.",
    "Licences: shares computed by the Umnugovi data course from outlines on the EITI Mongolia "
    "portal, read February 2020.",
    "copy of June 2026 (CC BY 4.0), changed.",
)
def dates_and_sources(read):
    sources = read("sources").set_index("source_id")
    assert sources.loc["EITI_LICENCES_2020", "date"] == "2020-02"
    assert sources.loc["GEM_GCMT_2026", "date"].startswith("2026-06")
    assert sources.loc["GEM_GCMT_2026", "licence"] == "CC BY 4.0"
    for name in set(read("place_corridors")["source_id"]):
        assert sources.loc[name, "date"].startswith("2026-09")
        assert "ODbL" in sources.loc[name, "licence"]
    assert sources.loc["COD_AB_MNG", "licence"] == "CC BY 3.0 IGO"
    for name in ("people_population", "land_livestock_soum"):
        assert set(read(name)["source_id"]) == {"NSO_PRISM"}
    assert len(read("people_population")) == 45
    assert set(read("place_soums")["source_id_2"]) == {"IRIMHE_PRISM"}


NOT_DATA = {
    "Twice as many people: twice the area.": "a rule for drawing circles",
    "Areas in colours, but with more colours.": "a wrong quiz answer",
    "C has the same mistake: more colours do not make the town larger.": "about the quiz answer",
    "Equal steps: cut the line from the smallest to the largest value": "a definition",
    "So its end must be smaller than the smallest share above zero.": "a task for pairs",
    "shade the last column in three greys": "a task for pairs on paper",
}
