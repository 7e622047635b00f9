"""What lesson 4.3, How do I show many values at once?, says about its data."""

import re
from pathlib import Path

import numpy as np

from statements import states

LESSON = (
    Path(__file__).resolve().parents[2] / "modules/04_visualization/03_many_values_at_once.ipynb"
)
FIVE = ["camel", "cattle", "goat", "horse", "sheep"]


def rates(read):
    """Return the loss rate of each year, computed from losses and herds."""
    table = read("land_livestock_losses")
    parts = {name: each.set_index("year")["value"] for name, each in table.groupby("measure")}
    computed = parts["adult_losses"] / parts["herd_previous_year"] * 100
    assert (computed - parts["loss_rate"]).abs().max() < 0.006
    assert list(computed.index) == list(range(1971, 2026))
    return parts["loss_rate"]


def quartiles(values) -> tuple[float, float, float]:
    """Return lower quartile, median and upper quartile of a row, step by step."""
    row, found = sorted(values), []
    for part in (0.25, 0.5, 0.75):
        place = (len(row) - 1) * part
        low = int(place)
        high = min(low + 1, len(row) - 1)
        found.append(row[low] + (row[high] - row[low]) * (place - low))
    return tuple(found)


def decade(read, first: int) -> list:
    values = rates(read)
    return [value for year, value in values.items() if first <= year < first + 10]


def without_far(values) -> list:
    """Return what a box plot without far values shows."""
    low, _, high = quartiles(values)
    reach = 1.5 * (high - low)
    return [value for value in values if low - reach <= value <= high + reach]


def by_animal(read):
    table = read("land_livestock_loss_rates")
    table = table[table["animal"].isin(FIVE)]
    found = table.pivot(index="year", columns="animal", values="loss_rate_percent")
    assert list(found.index) == list(range(1992, 2025))
    assert found.notna().all().all()
    return found


def differences(read):
    """Return how many degrees each month was above the median of its month."""
    table = read("land_temperature_station").dropna(subset=["temperature_c"])
    assert len(table) == 251
    median = table.groupby("month_number")["temperature_c"].transform("median")
    table["difference"] = table["temperature_c"] - median
    return table.set_index(["year", "month_number"])["difference"]


def text() -> str:
    return LESSON.read_text(encoding="utf-8")


@states(
    "There are 55 years. The worst is 2010: 35.25 of a hundred animals died.",
    "In 38 of the 55 years, fewer than 4 animals of a hundred died.",
    "In 5 years more than 10 died. The point of 2010 stands alone.",
    "In 5 of 55 years it lost more than 10, and in 2010 it lost 35.",
    "In 2010 we lost 35 of a hundred.",
)
def years_near_zero_and_far_away(read):
    values = rates(read)
    assert (len(values), values.idxmax(), values.max()) == (55, 2010, 35.25)
    assert (values < 4).sum() == 38
    assert list(values.index[values > 10]) == [1973, 2001, 2002, 2003, 2010]
    assert values.drop(2010).max() < values.max() - 15


@states(
    "38 years are below 4 animals of a hundred, and one point, 2010, stands alone near 35.",
    "the bars fall quickly from 20 years to few, then there are wide gaps.",
)
def histogram_of_steps_of_two(read):
    values = rates(read)
    counts, _ = np.histogram(values, bins=range(0, 37, 2))
    assert (counts[0], counts[0] + counts[1]) == (20, 38)
    assert list(counts[:5]) == sorted(counts[:5], reverse=True)
    assert counts[4] <= 3
    assert (counts[7:17] > 0).sum() == 1


@states(
    "The median is 0.7. The middle half of the row lies between 0.42 and 4.01.",
    "The mean is 2.16, about three times the median. Three high values pull it up.",
)
def nine_years(read):
    nine = rates(read).loc[2017:]
    assert len(nine) == 9
    assert [round(each, 2) for each in quartiles(nine)] == [0.42, 0.70, 4.01]
    mean = sum(nine) / 9
    assert round(mean, 2) == 2.16
    assert 2.7 < mean / quartiles(nine)[1] < 3.3
    assert (nine > 4).sum() == 3
    assert nine[nine < 4].mean() < 0.8


@states("replace 6.43 by 35.25", "With 35.25 only the mean changes.")
def median_does_not_move(read):
    nine = rates(read).loc[2017:]
    assert (nine.idxmax(), nine.max()) == (2023, 6.43)
    changed = nine.replace(6.43, rates(read)[2010])
    assert changed.max() == 35.25
    assert quartiles(changed) == quartiles(nine)
    assert changed.mean() > 2 * nine.mean()


@states(
    "The mean is 4.2 and the median 2.7. In 39 of 55 years the loss was below the mean.",
    "The middle half of the years lies between 1.1 and 4.5.",
    "In about half of the years it lost fewer than 2.7 of a hundred.",
    "But most years are below it.",
    "the middle one lost 2.7 of a hundred adult animals in Umnugovi.",
)
def mean_and_median_of_55_years(read):
    values = rates(read)
    assert [round(each, 1) for each in quartiles(values)] == [1.1, 2.7, 4.5]
    mean = sum(values) / 55
    assert round(mean, 1) == 4.2
    assert (values < mean).sum() == 39
    assert 25 <= (values < 2.7).sum() <= 28
    assert round(values[2010]) == 35


@states("the mean of yearly rates is not")
def mean_of_rates_is_another_number(read):
    table = read("land_livestock_losses")
    sums = table.groupby("measure")["value"].sum()
    assert sums["herd_previous_year"] > 40_000
    assert abs(sums["adult_losses"] / sums["herd_previous_year"] * 100 - rates(read).mean()) > 0.05


@states(
    "In boxes without points, the 2010s look like the safest decade: their box is the smallest "
    "and closest to zero, and nothing in it reaches beyond 1 animal of a hundred.",
    "The box of the 2000s is the longest.",
    "The 2010s have the smallest box, near zero.",
    "Without the far points it also hides the worst year.",
)
def boxes_alone(read):
    boxes = {first: quartiles(decade(read, first)) for first in range(1970, 2030, 10)}
    lengths = {first: high - low for first, (low, _, high) in boxes.items()}
    assert min(lengths, key=lengths.get) == 2010
    assert max(lengths, key=lengths.get) == 2000
    assert min(boxes, key=lambda first: boxes[first][2]) == 2010
    assert min(boxes, key=lambda first: boxes[first][1]) == 2010
    assert max(without_far(decade(read, 2010))) < 1
    assert rates(read)[2010] == max(rates(read)) not in without_far(decade(read, 2010))


@states(
    "With every year as a point, the 2010s turn out to have the worst year of all: 2010 with 35 "
    "animals of a hundred, far outside the small box near zero.",
    "The 2000s have several points between 8 and 19, with 2002 the highest. "
    "The 1970s have 9 years and the 2020s only 6, all other decades 10.",
    "The 2010s have a median of 0.70 and a largest value of 35.25.",
    "The 2020s have only 6 years.",
)
def boxes_with_points(read):
    values = rates(read)
    assert values.idxmax() == 2010
    assert max(decade(read, 2010)) == 35.25
    assert round(quartiles(decade(read, 2010))[1], 2) == 0.70
    assert sum(8 < each < 19 for each in decade(read, 2000)) == 4
    assert values.loc[2000:2009].idxmax() == 2002
    assert 18 < values[2002] < 19
    counts = [len(decade(read, first)) for first in range(1970, 2030, 10)]
    assert counts == [9, 10, 10, 10, 10, 6]


@states("Cut from 2001 to 2010, and the worst year moves to another box.")
def another_cut(read):
    values = rates(read)
    assert values.loc[2001:2010].max() == values.max() == 35.25
    assert values.loc[2011:2020].max() < 3


@states(
    "We choose an order that answers the question: the animal with the largest loss in 2010 first.",
    "In 2010 cattle, goats and sheep lost more than a third of the adult animals, horses about a "
    "quarter, and camels 8 of a hundred.",
    "in the order of the loss in 2010: cattle, goat, sheep, horse, camel. "
    "All have peaks from 2000 to 2003 and in 2010; the line of the camel stays low.",
    "Cattle come first with 40.46, camels last with 8.17. "
    "All five charts rise around 2001 and 2002, and in 2010.",
    "For example by the rate of 2010, the largest first.",
)
def animals_in_2010(read):
    table = by_animal(read)
    year = table.loc[2010].sort_values(ascending=False)
    assert list(year.index) == ["cattle", "goat", "sheep", "horse", "camel"]
    assert (year["cattle"], year["camel"]) == (40.46, 8.17)
    assert (year.iloc[:3] > 100 / 3).all()
    assert 22 < year["horse"] < 28
    for animal in FIVE:
        line = table[animal]
        assert line[2002] > max(line[1999], line[2004]) * 2
        assert line[2002] == line.loc[1999:2004].max()
        assert line[2010] > max(line[2009], line[2011]) * 5
    assert table["camel"].max() < 10


@states(
    "though the highest loss of camels is 9.6 and that of cattle 40.46 animals of a hundred.",
    "But the highest camel rate is 9.6, and that of cattle 40.46.",
)
def highest_of_camels_and_cattle(read):
    table = by_animal(read)
    assert (table["camel"].max(), table["cattle"].max()) == (9.6, 40.46)
    assert table["cattle"].idxmax() == 2010
    # the trainer's note: in 2002 cattle stay first and horses come second
    assert list(table.loc[2002].sort_values(ascending=False).index[:2]) == ["cattle", "horse"]


@states(
    "December, January and February differ most from year to year.",
    "Most strong colours stand in the columns of the winter months.",
)
def winter_months_differ_most(read):
    table = differences(read)
    months = table.groupby("month_number")
    for measure in (months.std(), table.abs().groupby("month_number").mean()):
        assert set(measure.nlargest(3).index) == {12, 1, 2}
    for strong in (4.5, 3.5):
        where = table[table.abs() > strong].index.get_level_values("month_number")
        assert sum(month in (12, 1, 2) for month in where) > len(where) / 2


@states(
    "February was 9 degrees colder than usual in 2005 and 7 warmer in 2007 and 2021. "
    "January 2011 was 8 degrees colder. In July and August no difference is more than 3 degrees.",
    "January 2011 was 7.8 °C colder than usual for January.",
)
def single_months(read):
    table = differences(read)
    assert round(table[2005, 2]) == -9
    assert (round(table[2007, 2]), round(table[2021, 2])) == (7, 7)
    assert round(table[2011, 1], 1) == -7.8
    summer = table[table.index.get_level_values("month_number").isin([7, 8])]
    assert len(summer) == 42
    assert summer.abs().max() <= 3


@states(
    "In 2010 more than a third of the animals died.",
    "January 2010 was 3 °C colder than usual, January 2011 almost 8 °C.",
    "Yet in 2011 fewer than 1 of a hundred died.",
    "But March and April 2010 were 4 and 6 °C colder than usual; the value of April is doubtful.",
    "In 2011 and 2012 the whole rows are colder, and few animals died.",
)
def hard_winter_and_cold_months(read):
    table, values = differences(read), rates(read)
    assert values[2010] > 100 / 3
    assert values[2011] < 1
    assert values[2012] < 1
    assert round(table[2010, 1]) == -3
    assert -8 < table[2011, 1] < -7.5
    assert (round(table[2010, 3]), round(table[2010, 4])) == (-4, -6)
    station = read("land_temperature_station").set_index(["year", "month_number"])["status"]
    doubtful = station[station == "suspect"].index
    assert list(doubtful) == [(2010, 4), (2019, 2)]
    rows = table.groupby("year").mean()
    assert set(rows.nsmallest(3).index) >= {2011, 2012}
    assert rows[2010] > max(rows[2011], rows[2012])


@states(
    "The weather station of Dalanzadgad has a mean temperature for each month since 2005. "
    "That is 251 values.",
    "Two of them are marked doubtful.",
)
def values_of_the_station(read):
    table = read("land_temperature_station")
    assert (len(table), table["year"].min(), table["year"].max()) == (251, 2005, 2025)
    assert table["temperature_c"].notna().all()
    assert set(table["station"]) == {"Dalanzadgad"}
    assert (table["status"] == "suspect").sum() == 2
    assert -21 < table["temperature_c"].min() < table["temperature_c"].max() < 26


@states(
    "Check: the largest difference is about 4.1 °C.",
    "If your smallest is a winter month, you subtracted something else.",
    "The temperature of February changes most from year to year, that of August least.",
    "the points of January, February and December lie far apart, those of June, July and August "
    "close together.",
)
def exercise_of_the_months(read):
    table = read("land_temperature_station")
    months = table.groupby("month_number")["temperature_c"].apply(list)
    spread = {month: quartiles(row)[2] - quartiles(row)[0] for month, row in months.items()}
    assert max(spread, key=spread.get) == 2
    assert round(spread[2], 1) == 4.1
    assert min(spread, key=spread.get) == 8
    reach = {month: max(row) - min(row) for month, row in months.items()}
    assert min(reach[1], reach[2], reach[12]) > max(reach[6], reach[7], reach[8]) + 2
    # the example sentence of the solution
    low, high = re.search(r"between (-[\d.]+) and (-[\d.]+) degrees", text()).groups()
    assert (min(months[2]), max(months[2])) == (float(low), float(high))


@states("Steps of 10 put almost all years into one bar; steps of 1 show many small bars and gaps.")
def width_of_the_steps(read):
    values = rates(read)
    assert (values < 10).sum() == 50
    counts, _ = np.histogram(values, bins=range(37))
    assert (counts == 0).sum() > 15
    assert (counts > 0).sum() > 10


@states(
    "Losses before 2014 are rounded to a hundred animals. The camel rate of 2000 may be too low: "
    "the table's note says so."
)
def limits_of_the_tables(read):
    table = read("land_livestock_losses")
    losses = table[table["measure"] == "adult_losses"].set_index("year")["value"] * 10
    assert len(losses) == 55
    old, new = losses.loc[:2013], losses.loc[2014:]
    assert (old - old.round()).abs().max() < 1e-6
    assert (new - new.round()).abs().max() > 0.01
    notes = read("land_livestock_loss_rates").dropna(subset=["note"])
    assert list(zip(notes["year"], notes["animal"], strict=True)) == [(2000, "camel")]
    assert "too low" in notes["note"].iloc[0]
    assert notes["loss_rate_percent"].iloc[0] == 0.3


@states("All rates say how many of a hundred adult animals died in Umnugovi in the year.")
def tables_on_paper(read):
    page, values, animals = text(), rates(read), by_animal(read)
    nine = re.findall(r"(20\d\d) \| (\d\.\d\d)(?= \|)", page)
    assert {int(year): float(rate) for year, rate in nine} == values.loc[2017:].to_dict()
    decades = re.findall(
        r"\| (\d{4})s \| (\d+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \((\d{4})\) \|", page
    )
    assert len(decades) == 6
    for first, count, low, middle, high, largest, year in decades:
        row = decade(read, int(first))
        assert len(row) == int(count)
        for found, printed in zip(quartiles(row), (low, middle, high), strict=True):
            assert abs(found - float(printed)) < 0.0051
        assert max(row) == float(largest) == values[int(year)]
    printed = re.findall(r"\| (cattle|goat|sheep|horse|camel) \| ([\d.]+) \| ([\d.]+) \|", page)
    assert len(printed) == 5
    for animal, then, highest in printed:
        assert animals[animal][2010] == float(then)
        assert animals[animal].max() == float(highest)


@states(
    "Mean temperature at Dalanzadgad (°C). Medians of 2005 to 2025: January −12.8, "
    "February −9.9, July 23.1.",
    "Colder: January 2016 and 2018; February 2019 and 2022. "
    "Warmer: February 2017, 2020, 2021 and 2023. July stays empty.",
)
def heatmap_on_paper(read):
    table = read("land_temperature_station")
    months = table.pivot(index="year", columns="month_number", values="temperature_c")
    usual = [quartiles(months[month].dropna())[1] for month in (1, 2, 7)]
    assert [round(each, 1) for each in usual] == [-12.8, -9.9, 23.1]
    rows = re.findall(
        r"\| (20\d\d) \| (\u2212[\d.]+) \| (\u2212[\d.]+)(?: \(doubtful\))? \| ([\d.]+) \|", text()
    )
    assert len(rows) == 10
    cold, warm = [], []
    for year, *printed in rows:
        for month, value, middle in zip((1, 2, 7), printed, usual, strict=True):
            degrees = float(value.replace("\u2212", "-"))
            assert degrees == months.loc[int(year), month]
            difference = round(degrees - middle, 1)
            if difference <= -3:
                cold.append((month, int(year)))
            if difference >= 3:
                warm.append((month, int(year)))
    assert sorted(cold) == [(1, 2016), (1, 2018), (2, 2019), (2, 2022)]
    assert sorted(warm) == [(2, 2017), (2, 2020), (2, 2021), (2, 2023)]


@states(
    "National Statistics Office of Mongolia, read through data.mn (American University of "
    "Mongolia, 2026).",
    "Read through N. Khurelchuluun and others (2026), repository mongolia-dzud-drought.",
    "National Statistics Office of Mongolia, table DT_NSO_2400_022V2",
)
def sources_of_the_tables(read):
    sources = read("sources").set_index("source_id")
    losses, animals = read("land_livestock_losses"), read("land_livestock_loss_rates")
    station = read("land_temperature_station")
    assert (len(losses), len(animals)) == (165, 231)
    assert "DATAMN_LOSSES" in set(losses["source_id"])
    assert "American University" in sources.loc["DATAMN_LOSSES", "publisher"]
    assert set(animals["source_id"]) == {"DZUD_PANEL_2026"}
    assert "Khurelchuluun" in sources.loc["DZUD_PANEL_2026", "publisher"]
    assert set(station["source_id"]) == {"DATAMN_TEMPERATURE"}
    assert "DT_NSO_2400_022V2" in sources.loc["DATAMN_TEMPERATURE", "title"]
    assert len(station) == 251


NOT_DATA = {
    "We draw it twice:": "what the learner does next",
    "They stand in order, the smallest first.": "a rule for the row of people",
    "The 3rd person holds the lower quartile, and the 7th the upper quartile": "a definition",
    "Between them stands the middle half of the row.": "a definition",
    "From the lower to the upper quartile is the spread of the middle half.": "a definition",
    "pandas writes quantile(0.25) for the lower quartile: about a quarter of the values are": (
        "a definition"
    ),
    "It is wrong, because the mean of rates is never allowed.": "a wrong quiz answer",
    "B. It gives the middle year and the worst one.": "about the quiz answer",
    "Hay for the worst year is a different plan from hay for the middle one.": "advice, no number",
    "The box goes from the lower to the upper quartile.": "a definition",
    '"Far away" means: more than one and a half boxes from the box.': "a definition",
    "Both show the same middle half.": "a quiz answer about two imagined boxes",
    "Group by month_number and find the lower and the upper quartile": "a task for pairs",
    "Take the difference: upper less lower.": "a task for pairs",
    "Draw it twice: once with binwidth=10": "a task for pairs",
    "Shade the cell if it is 3 °C or more colder.": "a task for pairs",
    "Put a cross if it is 3 °C or more warmer.": "a task for pairs",
}
