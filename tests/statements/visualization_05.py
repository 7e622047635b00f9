"""What lesson 4.5, How can people explore the data themselves?, says about its data."""

import re
from pathlib import Path

from statements import states

LESSON = Path(__file__).resolve().parents[2] / "modules/04_visualization/05_let_them_explore.ipynb"


def animals(read):
    """Return animals for each herder household at the end of 2019, by soum."""
    table = read("land_livestock_soum").query("year == 2019").set_index("soum")
    return table["head"] / table["herder_households"]


def copper(read):
    """Return the copper price by month since 2013."""
    table = read("money_prices").set_index("month")["copper_usd_per_tonne"]
    return table[table.index >= "2013-01"]


def year_mean(read, year: int) -> float:
    """Return the mean copper price of a full year."""
    months = [f"{year}-{month:02d}" for month in range(1, 13)]
    return sum(copper(read)[months]) / 12


def full_years(read) -> dict[int, float]:
    """Return the mean copper price of each year with twelve months in the table."""
    years = {int(month[:4]) for month in copper(read).index}
    return {year: year_mean(read, year) for year in years if f"{year}-12" in copper(read).index}


def production(read, measure: str):
    """Return the rows of years of one measure, by year."""
    table = read("mine_production").query("measure == @measure and period_type == 'year'")
    return table.assign(year=table["period"].astype(int)).set_index("year")


def million_usd(price: float, kilotonnes: float) -> float:
    return price * kilotonnes / 1000


@states(
    "There is one row for each of the 15 soums, and no row is missing.",
    "It is the only year for which our tables hold people, children and animals together.",
)
def only_2019_is_complete(read):
    people = read("people_population").dropna(subset=["residents", "children_0_4"])
    herds = read("land_livestock_soum").dropna(subset=["head", "herder_households"])
    assert set(people["year"]) & set(herds["year"]) == {2019}
    codes = set(read("place_soums")["soum_code"])
    assert len(codes) == 15
    for table in (people, herds):
        rows = table.loc[table["year"] == 2019, "soum_code"]
        assert len(rows) == 15
        assert set(rows) == codes


@states(
    "Mandal-Ovoo has 675 animals for each herder household. Gurvantes has 363.",
    "near the middle of the 15 soums; Mandal-Ovoo is highest with 675, Gurvantes lowest with 363.",
    "Khanbogd has 492 animals for each herder household. This is near the middle of the 15 soums.",
    "Khanbogd has 492 animals for each herder household, and the highest soum has 675.",
)
def animals_for_each_household(read):
    each = animals(read)
    assert len(each) == 15
    assert (each.idxmax(), each.idxmin()) == ("Mandal-Ovoo", "Gurvantes")
    assert [round(each[name]) for name in ("Mandal-Ovoo", "Gurvantes", "Khanbogd")] == [
        675,
        363,
        492,
    ]
    higher = (each > each["Khanbogd"]).sum()
    assert 5 <= higher <= 9


@states("The browser will fill the bar for 492 of 675, a bit less than three quarters.")
def bar_of_khanbogd(read):
    each = animals(read)
    assert 0.70 < round(each["Khanbogd"]) / round(each.max()) < 0.75


@states(
    "Khanbogd, end of 2019: 8,718 residents, 993 children aged 0 to 4, "
    "386 herder households, 492 animals for each herder household."
)
def card_of_khanbogd(read):
    people = read("people_population").query("soum == 'Khanbogd' and year == 2019").iloc[0]
    herds = read("land_livestock_soum").query("soum == 'Khanbogd' and year == 2019").iloc[0]
    assert (people["residents"], people["children_0_4"]) == (8718, 993)
    assert herds["herder_households"] == 386
    assert round(herds["head"] / herds["herder_households"]) == 492


@states("End of 2019. Animals of all owners. Source: NSO Mongolia, read through WFP PRISM.")
def table_on_paper(read):
    number = r" *([\d,]+) *\\?\|"
    row = re.compile(r"\| ([A-Z][\w-]+) · ([\w-]+) \|" + number * 4)
    rows = row.findall(LESSON.read_text(encoding="utf-8"))
    assert len(rows) == 15
    people = read("people_population").query("year == 2019").set_index("soum")
    herds = read("land_livestock_soum").query("year == 2019").set_index("soum")
    names = read("place_soums").set_index("soum")["soum_mn"]
    for soum, mongolian, *numbers in rows:
        printed = [int(each.replace(",", "")) for each in numbers]
        households = herds.loc[soum, "herder_households"]
        assert names[soum] == mongolian
        assert printed == [
            people.loc[soum, "residents"],
            people.loc[soum, "children_0_4"],
            households,
            round(herds.loc[soum, "head"] / households),
        ]
    assert set(people["source_id"]) | set(herds["source_id"]) == {"NSO_PRISM"}


@states(
    "on the card only children aged 0 to 4 have a number of their own. School children and older "
    "people stand in people_age, also for 2019."
)
def other_ages(read):
    ages = read("people_age")
    assert {"5-9", "10-14", "65-69"} < set(ages["age_group"])
    assert set(ages["year"]) == {2019}
    assert ages["soum_code"].nunique() == 15
    people = read("people_population").query("year == 2019").set_index("soum_code")
    children = ages[ages["age_group"] == "0-4"].set_index("soum_code")["persons"]
    assert (children == people["children_0_4"]).all()


@states("our tables have no women and men by soum.")
def no_sex_in_these_tables(read):
    for name in ("people_population", "land_livestock_soum"):
        assert {"sex", "women", "men", "female"} & set(read(name).columns) == set()
    # the tables know totals only: nothing adds up to another row of the same soum and year
    people = read("people_population")
    assert not people.duplicated(["soum_code", "year"]).any()
    assert people.query("year == 2019")["residents"].sum() == 69902


@states("The highest month, 13,552 USD, is about three times the lowest, 4,472 USD.")
def range_of_months(read):
    months = copper(read)
    assert (months.idxmin(), months.idxmax()) == ("2016-01", "2026-06")
    assert (round(months.min()), round(months.max())) == (4472, 13552)
    assert 2.8 < months.max() / months.min() < 3.2


@states(
    "The full years go from 4,868 USD (2016) to 9,947 USD (2025): about twice.",
    "From the lowest to the highest full year, the price alone changes the result about twice.",
    "the mean copper price was 4,868 USD in 2016, the lowest full year since 2013, and 9,947 USD "
    "in 2025, the highest.",
)
def range_of_full_years(read):
    means = full_years(read)
    assert sorted(means) == list(range(2013, 2026))
    assert (min(means, key=means.get), max(means, key=means.get)) == (2016, 2025)
    assert (round(means[2016]), round(means[2025])) == (4868, 9947)
    assert 1.9 < means[2025] / means[2016] < 2.1


@states(
    "The year 2026 has only six months in our table. All six are above the mean of the highest "
    "full year: they go from 12,529 to 13,552 USD."
)
def half_year_2026(read):
    half = copper(read).loc["2026-01":]
    assert list(half.index) == [f"2026-{month:02d}" for month in range(1, 7)]
    assert (round(half.min()), round(half.max())) == (12529, 13552)
    assert half.min() > max(full_years(read).values())


@states("In single months the price was lower and higher.")
def months_outside_the_means(read):
    means, months = full_years(read), copper(read)
    assert months.min() < means[2016]
    assert months[months.index < "2026"].max() > means[2025]
    assert means[2016] == min(means.values())
    assert means[2025] == max(means.values())


@states(
    "Production in a year went from 76.7 kt in 2013 to 345 kt in 2025.",
    "It rose and fell on the way: 202.2 kt in 2015, 129.0 kt in 2022.",
    "The first year, 2013, begins with April.",
)
def copper_of_years(read):
    kilotonnes = production(read, "copper_in_concentrate")["value"]
    assert list(kilotonnes.index) == list(range(2013, 2026))
    assert [round(kilotonnes[year], 1) for year in (2013, 2015, 2022, 2025)] == [
        76.7,
        202.2,
        129.0,
        345.0,
    ]
    assert (kilotonnes.idxmin(), kilotonnes.idxmax()) == (2013, 2025)
    periods = read("mine_production").query("measure == 'copper_in_concentrate'")["period"]
    assert min(each for each in periods if "Q" in each) == "2013-Q2"


@states(
    "Two years say derived: they were calculated from percentages.",
    "For 2025 it asks to check against the company's report.",
)
def notes_of_years(read):
    years = production(read, "copper_in_concentrate")
    derived = years[years["status"] == "derived"]
    assert list(derived.index) == [2022, 2023]
    assert derived["formula"].str.contains("% more than").all()
    for _, row in derived.iterrows():
        one, other = row["formula"].rsplit(": ", 1)[1].split(" / ")
        assert abs(float(one) / float(other) - row["value"]) < 0.1
    assert "check against the report itself" in years.loc[2025, "note"]


@states(
    "So the price slider goes from 4,000 to 14,000 USD: all months fit in. The production slider "
    "goes from 50 to 350 kt a year."
)
def ends_of_the_sliders(read):
    # the ends are those of the table, rounded outwards to 1000 USD and to 50 kt
    assert copper(read).min() // 1000 * 1000 == 4000
    assert -(-copper(read).max() // 1000) * 1000 == 14000
    kilotonnes = production(read, "copper_in_concentrate")["value"]
    assert kilotonnes.min() // 50 * 50 == 50
    assert -(-kilotonnes.max() // 50) * 50 == 350


@states(
    "The same copper would be worth 779 million at the mean price of 2016, and 1,592 million at "
    "that of 2025.",
    "At the mean price of 2016, the lowest full year since 2013, it would be 779 million; at the "
    "mean of 2025, the highest, 1,592 million.",
    "At 9,000 USD, 160 kt in a year would be worth 1,440 million USD.",
)
def what_if_of_160_kilotonnes(read):
    means = full_years(read)
    assert round(million_usd(means[2016], 160)) == 779
    assert round(million_usd(means[2025], 160)) == 1592
    assert min(means.values()) == means[2016]
    assert max(means.values()) == means[2025]
    assert million_usd(9000, 160) == 1440


@states(
    "Turquoise Hill, then an owner of the mine, reported 468 thousand ounces for 2021. What would "
    "they be worth at 1,800 USD per ounce?"
)
def gold_of_2021(read):
    gold = production(read, "gold_in_concentrate")
    assert gold.loc[2021, "value"] == 468
    assert (gold.loc[2021, "unit"], gold.loc[2021, "status"]) == ("koz", "reported")
    assert gold.loc[2021, "source_id"].startswith("TRQ_")
    # the ends that the solution's sliders have hold every month and every year of the table
    months = read("money_prices").query("month >= '2013'")["gold_usd_per_ounce"]
    assert 1000 < months.min() < months.max() < 5500
    assert 100 < gold["value"].min() < gold["value"].max() < 700


@states("Nearly every production figure comes from the company.")
def who_reports_production(read):
    rows = read("mine_production")
    owners = rows["source_id"].str.startswith(("OT_", "TRQ_", "RT_"))
    assert owners.mean() > 0.6
    # the others are the press, which quotes the company; none is a count of an authority
    assert rows.loc[~owners, "source_id"].nunique() > 5
    assert not rows["source_id"].str.startswith(("NSO", "MRPAM", "EITI")).any()
    assert len(rows) > 150


NOT_DATA = {
    "A function by mistake always takes the row of Khanbogd.": "a story about a wrong function",
    "The table file has one more column, note.": "the file's columns, no value",
    "In code, never write a comma inside a number": "a rule of Python",
    "Most people have none.": "about computers, no dataset; said of kernels",
    "The third explorer works in a web browser alone.": "what a widget needs",
    "Only the word KeyError, and the wrong word once more.": "Python's message",
    "People see only what they choose, and many never touch it.": "an experience with widgets",
    "The largest is 3,900.": "a product of two chosen ends, 300 kt and 13,000 USD",
    "A shorter way is price=(1000, 5500, 100): lowest, highest, step.": "a rule of ipywidgets",
}
