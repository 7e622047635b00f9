"""What lesson 4.2, Is this chart honest and readable?, says about its data."""

import json
import re
from pathlib import Path

from statements import states

LESSON = (
    Path(__file__).resolve().parents[2] / "modules/04_visualization/02_honest_and_readable.ipynb"
)


def poverty(read, year: int):
    """Return percent of people below the poverty line, by place."""
    table = read("people_poverty")
    return table[table["year"] == year].set_index("aimag")["poverty_headcount"]


def umnugovi(read) -> tuple[float, float]:
    return poverty(read, 2016)["Umnugovi"], poverty(read, 2018)["Umnugovi"]


def price(read, metal: str):
    """Return the mean price of each year that has all twelve months."""
    months = read("money_prices")
    year = months["month"].str.slice(0, 4).astype(int)
    sums = months[metal].groupby(year).agg(["sum", "count"])
    full = sums[sums["count"] == 12]
    return full["sum"] / 12


def copper(read):
    return price(read, "copper_usd_per_tonne")


def gold(read):
    return price(read, "gold_usd_per_ounce")


def mining_wage(read):
    table = read("people_wages")
    return table[table["sector"] == "mining"].set_index("year")["wage_thousand_mnt"]


def consumer_prices(read, year: int) -> float:
    """Return the mean index of the twelve months of a year."""
    table = read("people_consumer_prices").set_index("month")["index_2020_100"]
    months = [f"{year}-{month:02}" for month in range(1, 13)]
    return sum(table[month] for month in months) / 12


def change(series, first: int, last: int) -> float:
    return (series[last] / series[first] - 1) * 100


def printed(start: str) -> str:
    """Return the text of the lesson from a given start to the end of its cell."""
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    (text,) = [text for text in texts if start in text]
    return text[text.index(start) :]


# 1. Bars that do not begin at zero -------------------------------------------------------------


@states(
    "The table has the share of people below the national line, for two survey years: "
    "2016 and 2018."
)
def two_years(read):
    table = read("people_poverty")
    assert sorted(set(table["year"])) == [2016, 2018]
    assert len(table) == 2 * 23
    assert table["poverty_headcount"].between(0, 100).all()
    country = table[table["area_level"] == "country"].set_index("year")["poverty_headcount"]
    assert country.to_dict() == {2016: 29.6, 2018: 28.4}


@states(
    "poverty in Umnugovi seems to have almost gone, because the scale begins at 11 percent",
    "The bar of 2018 looks less than a fifth as tall as the bar of 2016.",
    "The left bar looks several times as tall.",
    "Here the baseline stands at 11, so the lower part of both bars is cut off.",
    "The first bar is drawn 5.5 times as tall.",
    "Draw the two bars on a scale from 11 to 16, one square for 1 percent.",
)
def drawn_from_11(read):
    first, second = umnugovi(read)
    assert 11 < second < first < 16
    assert (second - 11) / (first - 11) < 1 / 5
    assert round((first - 11) / (second - 11), 1) == 5.5


@states(
    "In truth the two values are 15.4 and 11.8 percent.",
    "In Umnugovi 15.4 percent of the people lived below the poverty line in 2016 and 11.8 percent "
    "in 2018, as the survey found.",
    "The first number is 1.3 times the second.",
    "the second is about three quarters as tall as the first.",
    "In the survey, 15.4 percent of the people of Umnugovi were below the poverty line in 2016, "
    "and 11.8 percent in 2018.",
    "A. 5.5 times as tall; in truth 1.3 times as much.",
)
def values_of_umnugovi(read):
    first, second = umnugovi(read)
    assert (first, second) == (15.4, 11.8)
    assert round(first / second, 1) == 1.3
    assert abs(second / first - 0.75) < 0.03


# 2. Order --------------------------------------------------------------------------------------


@states("The next BEFORE chart shows the 21 aimags, Ulaanbaatar and the whole country in 2018.")
def places_of_2018(read):
    table = read("people_poverty").query("year == 2018 and poverty_headcount < 60")
    levels = table["area_level"].value_counts()
    assert levels.to_dict() == {"aimag": 21, "capital": 1, "country": 1}
    assert table.loc[table["area_level"] == "country", "poverty_headcount"].item() == 28.4


@states(
    "In the survey of 2018 Umnugovi had the lowest share of people below the poverty line, "
    "11.8 percent; all Mongolia had 28.4 percent.",
    "In the survey of 2018, the poverty rate is lowest in Umnugovi: 11.8 %.",
    "Umnugovi is lowest, Govisumber (Говьсүмбэр) highest with 51.9. All Mongolia has 28.4.",
    "Umnugovi in colour at the top, then Tuv with 20.5, Mongolia as a black bar in the middle, "
    "and Govisumber at the bottom with 51.9 percent.",
)
def order_of_2018(read):
    shares = poverty(read, 2018).sort_values()
    assert shares.index[:2].to_list() == ["Umnugovi", "Tuv"]
    assert shares.index[-1] == "Govisumber"
    assert shares.iloc[[0, 1, -1]].to_list() == [11.8, 20.5, 51.9]
    assert shares["Mongolia"] == 28.4
    assert 8 <= shares.index.get_loc("Mongolia") <= 14


@states("Below the poverty line in 2018, in percent:")
def six_places_on_paper(read):
    line = re.search(r"in percent: (.*?)\.\n", printed("**B. Order.**"))[1]
    shares = {part.rsplit(" ", 1)[0]: float(part.rsplit(" ", 1)[1]) for part in line.split(", ")}
    assert len(shares) == 6
    known = poverty(read, 2018)
    assert shares == {place: known[place] for place in shares}


@states(
    "B. Umnugovi, Tuv, Ulaanbaatar, Mongolia, Bayankhongor, Govisumber.",
    "Of these six, Umnugovi had the lowest share in 2018.",
)
def order_on_paper(read):
    listed = ["Umnugovi", "Tuv", "Ulaanbaatar", "Mongolia", "Bayankhongor", "Govisumber"]
    shares = poverty(read, 2018)[listed]
    assert shares.is_monotonic_increasing
    assert shares.iloc[0] < shares.iloc[1]


# 3. The chosen first year ----------------------------------------------------------------------


@states("The table ends in June 2026.", "Half a year is not a year, so 2026 is left out.")
def end_of_the_prices(read):
    months = sorted(read("money_prices")["month"])
    assert months[-1] == "2026-06"
    assert [month[5:] for month in months if month[:4] == "2026"] == [
        f"{number:02}" for number in range(1, 7)
    ]
    assert len(months) == 66 * 12 + 6


@states("the copper price seems to fall without end.", "The line falls from corner to corner.")
def falls_each_year_2011_to_2016(read):
    chosen = copper(read).loc[2011:2016]
    assert len(chosen) == 6
    assert (chosen.diff().dropna() < 0).all()
    assert chosen[2011] > 8500
    assert chosen[2016] < 5000


@states(
    "From 2011 to 2016 the price fell by 45 percent.",
    "From 2016 to 2025 it rose by 104 percent.",
    "C. −45 percent and 104 percent.",
    "Copper fell from 2011 to 2016.",
)
def two_choices(read):
    assert round(change(copper(read), 2011, 2016)) == -45
    assert round(change(copper(read), 2016, 2025)) == 104


@states("The first half of 2026 is higher still.")
def first_half_of_2026(read):
    months = read("money_prices").set_index("month")["copper_usd_per_tonne"]
    half = months[months.index.str.startswith("2026")]
    assert len(half) == 6
    assert half.mean() > copper(read).max()
    assert half.min() > months[months.index < "2026"].max()


@states(
    "In dollars of the time, the copper price fell from 2011 to 2016 and was highest in 2025, of "
    "all full years. One line for all full years from 1960 to 2025",
    "In dollars of the time, copper was highest in 2025.",
)
def highest_in_2025(read):
    every = copper(read)
    assert every.index.to_list() == list(range(1960, 2026))
    assert every.nlargest(1).index[0] == 2025
    assert round(every[2025]) == 9947
    assert every[2016] < every[2011]


@states("It rises steeply after 2003, falls, and rises again.")
def after_2003(read):
    every = copper(read)
    assert every[2006] > 3 * every[2003]
    assert (every.loc[2003:2007].diff().dropna() > 0).all()
    assert every.loc[1960:2003].max() < every.loc[2006:].min()
    assert every[2009] < every[2007] < every[2011]
    assert every[2016] < every[2011] < every[2025]


@states("The line has no single direction.")
def no_single_direction(read):
    steps = copper(read).diff().dropna()
    assert (steps > 0).sum() > 20
    assert (steps < 0).sum() > 20


@states("Copper, dollars a tonne, mean of the year, of the time:")
def table_of_copper_on_paper(read):
    text = printed("**C. The chosen years.**")
    listed = re.findall(r"(20\d\d) \| ([\d,]+) \|", text)
    assert [int(year) for year, _ in sorted(listed)] == list(range(2011, 2026))
    every = copper(read)
    assert {int(year): int(value.replace(",", "")) for year, value in listed} == {
        year: round(every[year]) for year in range(2011, 2026)
    }


@states(
    "In percent: 1961 to 2025, and 1995 to 2002. In dollars the largest fall is 2011 to 2016: "
    "the BEFORE chart chose it."
)
def steepest_pairs(read):
    every = copper(read)
    pairs = [(first, last) for first in every.index for last in every.index if first < last]
    assert max(pairs, key=lambda pair: change(every, *pair)) == (1961, 2025)
    assert min(pairs, key=lambda pair: change(every, *pair)) == (1995, 2002)
    assert max(pairs, key=lambda pair: every[pair[0]] - every[pair[1]]) == (2011, 2016)


# 4. Two axes -----------------------------------------------------------------------------------


@states(
    "copper seems to overtake gold, because each line has its own scale. The full line of copper, "
    "read on the left, begins under the dashed line of gold, read on the right, crosses it and "
    "ends far above it.",
)
def crossing_of_two_scales(read):
    copper_height = (copper(read).loc[2016:] - 4500) / (10500 - 4500)
    gold_height = gold(read).loc[2016:] / 9000
    assert copper_height[2016] < gold_height[2016]
    assert (copper_height.loc[2017:] > gold_height.loc[2017:]).all()
    assert copper_height[2025] > gold_height[2025] + 0.3
    other_copper = copper(read).loc[2016:] / 30000
    other_gold = gold(read).loc[2016:] / 3500
    assert (other_copper < other_gold).all()
    assert other_gold.max() < 1


@states(
    "From 2016 to 2025 the price of gold rose more than the price of copper: gold to 276 and "
    "copper to 204, if 2016 is 100.",
    "Compared with 2016, gold stands at 276 in 2025 and copper at 204.",
    "D. Gold 276, copper 204. Gold rose more.",
)
def index_of_2025(read):
    assert round(100 * gold(read)[2025] / gold(read)[2016]) == 276
    assert round(100 * copper(read)[2025] / copper(read)[2016]) == 204


@states(
    "The full line of copper is higher in most years between, and the dashed line of gold passes "
    "it at the end.",
    "On the way copper was in front for years.",
)
def who_is_in_front(read):
    lead = copper(read) / copper(read)[2016] - gold(read) / gold(read)[2016]
    between = lead.loc[2017:2024]
    assert (between > 0).sum() == 6
    assert lead[2023] > 0
    assert lead[2024] < 0
    assert lead[2025] < 0


@states("Gold, dollars an ounce: 1,249 in 2016 and 3,442 in 2025.")
def gold_on_paper(read):
    assert (round(gold(read)[2016]), round(gold(read)[2025])) == (1249, 3442)


@states(
    "2016 was a low year for copper: its price was never lower from 2006 to 2025.",
    "So we tried each first year from 1960 to 2024. Up to 2025, gold rose more each time.",
)
def first_year_of_the_index(read):
    assert copper(read).loc[2006:2025].idxmin() == 2016
    first_years = range(1960, 2025)
    assert [
        year
        for year in first_years
        if change(gold(read), year, 2025) <= change(copper(read), year, 2025)
    ] == []


# Wages -----------------------------------------------------------------------------------------


@states(
    "wages in mining seem to explode. The scale begins at 2,800 and not at zero, so the bar of "
    "2020 nearly disappears."
)
def drawn_from_2800(read):
    wage = mining_wage(read)
    assert wage.index.max() == 2024
    assert 0 < (wage[2020] - 2800) / (wage[2024] - 2800) < 0.05


@states(
    "the wage of 2024 is about 1.7 times that of 2020.",
    "In your chart the last bar should be 1.7 times as tall as the first.",
    "The last bar is 1.7 times as tall as the first.",
    "The average wage in mining in Mongolia was 2.9 million tugrik a month in 2020 and "
    "4.9 million in 2024, in tugrik of the time.",
    "The wage in mining was 2,877 thousand tugrik a month in 2020 and 4,936 thousand in 2024.",
)
def wage_of_2020_and_2024(read):
    wage = mining_wage(read)
    assert (round(wage[2020]), round(wage[2024])) == (2877, 4936)
    assert round(wage[2024] / wage[2020], 1) == 1.7
    assert (round(wage[2020] / 1000, 1), round(wage[2024] / 1000, 1)) == (2.9, 4.9)


@states("In the table, the comparable years begin in 2013.")
def comparable_years(read):
    table = read("people_wages").query("sector == 'mining' and wage_thousand_mnt > 1400")
    assert set(table["comparable_period"]) == {"2013-2024"}
    assert sorted(table["year"]) == list(range(2013, 2025))


@states(
    "In tugrik of the time the wage rose by 72 percent.",
    "In tugrik of the time it is 72 percent more.",
    'A chart that says "72 percent" without the word nominal misleads.',
)
def nominal_change(read):
    assert round(change(mining_wage(read), 2020, 2024)) == 72


@states(
    "But prices rose to 1.46 times their level. What the wage can buy rose by 18 percent.",
    "Prices rose to 1.46 times their level.",
    "About 3,381 thousand. Divided by 2,877 this is 1.18, so 18 percent more.",
)
def real_change(read):
    times = consumer_prices(read, 2024) / consumer_prices(read, 2020)
    assert round(times, 2) == 1.46
    wage = mining_wage(read)
    assert round((wage[2024] / times / wage[2020] - 1) * 100) == 18
    on_paper = round(round(wage[2024]) / round(times, 2))
    assert on_paper == 3381
    assert round(on_paper / round(wage[2020]), 2) == 1.18


# Limits ----------------------------------------------------------------------------------------


@states(
    "Margins of error are not in our copy, and the table ends with 2018.",
    "None of today's four tables tells women and men apart.",
)
def what_the_tables_lack(read):
    names = ["people_poverty", "money_prices", "people_wages", "people_consumer_prices"]
    columns = [column for name in names for column in read(name).columns]
    assert [c for c in columns if re.search(r"sex|women|men\b|margin|error", c)] == []
    assert read("people_poverty")["year"].max() == 2018
    table = read("people_poverty").query("year == 2018")
    assert len(table) == 23
    assert table["poverty_headcount"].max() == 51.9


NOT_DATA = {
    "the unit says percent of what, and the title says no more than the numbers.": "a chart rule",
    "nobody can find the lowest or the highest place quickly.": "describes a faulty chart",
    "We must search for the shortest bar.": "describes a faulty chart",
    "It gets a third colour, black.": "a third colour, not a share",
    "And one word more.": "an announcement",
    "Most prices rise over the years: this is inflation (инфляц).": "a definition",
    "A dollar of 1960 bought far more than a dollar of today.": "from the entry of money_prices; "
    "no table holds prices in the United States",
    "For letters the web's rules ask for 4.5 or more; for bars and lines 3 is enough.": "a rule "
    "of the W3C",
    "the upper row as most people see the colours": "about colours, computed in the lesson",
    "In the lowest row they are almost one grey.": "about colours, computed in the lesson",
    "There are at least six.": "faults of a chart",
    "Work out by how much prices rose from 2020 to 2024.": "a task for the learner",
    "With fewer than eight points the chart does not go out yet.": "a rule of charts",
    "Whether poverty really fell.": "a question that the data leave open",
}
