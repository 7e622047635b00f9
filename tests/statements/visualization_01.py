"""What lesson 4.1, Which chart answers my question?, says about its data."""

import json
from itertools import pairwise
from pathlib import Path

from statements import states

LESSON = (
    Path(__file__).resolve().parents[2] / "modules/04_visualization/01_one_chart_one_question.ipynb"
)


def herds(read, *animals: str):
    """Return million animals at the end of each year, of all kinds or of some."""
    table = read("land_livestock").pivot(index="year", columns="animal", values="thousand_head")
    return table[list(animals) or list(table)].sum(axis=1) / 1000


def soums(read):
    """Return animals in thousands and herder households at the end of 2020, by soum."""
    table = read("land_livestock_soum").query("year == 2020").set_index("soum")
    return table.assign(thousand=table["head"] / 1000)


def copper(read):
    """Return the rows of the mine's copper in whole years."""
    table = read("mine_production")
    table = table[table["measure"].eq("copper_in_concentrate") & table["period_type"].eq("year")]
    return table.assign(year=table["period"].astype(int)).set_index("year").sort_index()


def shares(read):
    """Return the percent of each kind of animal at the end of 2024."""
    last = read("land_livestock").query("year == 2024").set_index("animal")["thousand_head"]
    return 100 * last / last.sum()


def paper(heading: str) -> list[list[str]]:
    """Return the rows of a table on the printed page, without the signs of thousands."""
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    text = next("".join(cell["source"]) for cell in cells if cell["id"] == "paper")
    table = text[text.index(f"| {heading}") :].split("\n\n")[0]
    rows = [line.strip("| ").split("|") for line in table.splitlines()[2:]]
    return [[cell.strip().replace(",", "") for cell in row] for row in rows]


@states(
    "2019 is the year with the most animals: 3.00 million.",
    "In 2024 there were 1.97 million, about a third fewer.",
)
def most_animals(read):
    every = herds(read)
    assert every.sort_values().index[-1] == 2019
    assert (f"{every[2019]:.2f}", f"{every[2024]:.2f}") == ("3.00", "1.97")
    assert abs(1 - every[2024] / every[2019] - 1 / 3) < 0.03


@states(
    "The herds of Umnugovi shrank by a third from the end of 2019 to the end of 2024: "
    "from 3.0 to 2.0 million animals.",
    "The herds were a third smaller in 2024 than in 2019",
    "Umnugovi: 3.0 million animals in 2019, 2.0 million in 2024.",
)
def a_third_smaller(read):
    every = herds(read)
    assert (f"{every[2019]:.1f}", f"{every[2024]:.1f}") == ("3.0", "2.0")
    assert abs(every[2024] / every[2019] - 2 / 3) < 0.03


@states(
    "one line from 1970 to 2024 goes up and down, with a high top near 2019 and a fall after it",
    "Until 1994 it stays between 0.8 and 1.1 million.",
    "Then it rises and falls deeply twice, with low points in 2003 and 2010, "
    "climbs to its highest point in 2019, and falls again.",
    "The line also shows two deep falls before 2019, with low points in 2003 and 2010.",
)
def form_of_the_line(read):
    every = herds(read)
    assert (every.index.min(), every.index.max(), len(every)) == (1970, 2024, 55)
    early = every[every.index <= 1994]
    assert (f"{early.min():.1f}", f"{early.max():.1f}") == ("0.8", "1.1")
    assert every[1995] > early.max()
    # between the tops of 1999, 2009 and 2019 lie two low points, each over 40 percent deeper
    tops = [every.loc[a:b].idxmax() for a, b in ((1995, 2003), (2003, 2010), (2010, 2024))]
    lows = [every.loc[a:b].idxmin() for a, b in pairwise(tops)]
    assert (tops, lows) == ([1999, 2009, 2019], [2003, 2010])
    assert every[2003] / every[1999] < 0.6
    assert every[2010] / every[2009] < 0.6
    assert every[2024] == every.loc[2019:].min()


@states(
    "Our title compares with 2019, the highest year.",
    "Compared with 1970, it would say: the herds are over twice as large (0.92 million then).",
)
def another_first_year(read):
    every = herds(read)
    assert every.idxmax() == 2019
    assert f"{every[1970]:.2f}" == "0.92"
    assert 2 < every[2024] / every[1970] < 2.3


@states(
    "You show only the ends of 2009 and 2010: 1.76 and 1.01 million animals.",
    "The herds shrank from 1.76 to 1.01 million animals between the ends of 2009 and 2010",
)
def quiz_of_2010(read):
    every = herds(read)
    assert 1.755 <= round(every[2009], 4) < 1.765
    assert 1.005 <= round(every[2010], 4) < 1.015


@states(
    "Nomgon had the most animals of the 15 soums at the end of 2020: 307 thousand, "
    "over twice as many as Dalanzadgad with 136 thousand.",
    "after Nomgon come Khankhongor with 252 and Gurvantes with 238 thousand.",
    "The eye goes to the top: Nomgon, 307 thousand.",
    "Nomgon had the most animals in 2020: 307 thousand.",
)
def most_animals_by_soum(read):
    thousand = soums(read)["thousand"].sort_values(ascending=False)
    assert len(thousand) == 15
    assert list(thousand.index[:3]) == ["Nomgon", "Khankhongor", "Gurvantes"]
    assert [f"{number:.0f}" for number in thousand.iloc[:3]] == ["307", "252", "238"]
    assert 2 < thousand["Nomgon"] / thousand["Dalanzadgad"] < 2.5
    assert f"{thousand['Dalanzadgad']:.0f}" == "136"


@states(
    "Dalanzadgad has the fewest, 136 thousand, but Tsogt-Ovoo (137) and Noyon (139) are close.",
)
def fewest_animals_by_soum(read):
    thousand = soums(read)["thousand"].sort_values()
    assert list(thousand.index[:3]) == ["Dalanzadgad", "Tsogt-Ovoo", "Noyon"]
    assert [f"{number:.0f}" for number in thousand.iloc[:3]] == ["136", "137", "139"]


@states(
    "Soums with more herder households mostly had more animals at the end of 2020.",
    "One point for each of the 15 soums, in a cloud that rises to the right.",
    "The cloud rises to the right: more households mostly means more animals.",
    "At the end of 2020, soums with more herder households mostly had more animals.",
)
def cloud_rises(read):
    table = soums(read)
    ranks = table[["thousand", "herder_households"]].rank()
    # correlation of the ranks, and most pairs of soums in the same order in both
    assert ranks.corr().iloc[0, 1] > 0.5
    same = pairs = 0
    for first in table.itertuples():
        for second in table.itertuples():
            if first.herder_households > second.herder_households:
                pairs += 1
                same += first.thousand > second.thousand
    assert pairs == 105
    assert same / pairs > 0.7


@states(
    "Noyon is at the lower left with the fewest households.",
    "Nomgon is the highest point.",
    "Gurvantes is farthest to the right, but not the highest.",
    "Dalanzadgad lies below the others near it.",
    "But not always.",
    "Gurvantes has 685 households and Nomgon 580. Yet Nomgon has more animals.",
    "Dalanzadgad lies low: all points near it are higher.",
)
def single_points(read):
    table = soums(read)
    households, thousand = table["herder_households"], table["thousand"]
    assert households.idxmin() == "Noyon"
    assert thousand["Noyon"] < thousand.median()
    assert thousand.idxmax() == "Nomgon"
    assert households.idxmax() == "Gurvantes"
    assert (households["Gurvantes"], households["Nomgon"]) == (685, 580)
    assert thousand["Gurvantes"] < thousand["Nomgon"]
    near = thousand[(households - households["Dalanzadgad"]).abs() <= 60].drop("Dalanzadgad")
    assert len(near) >= 5
    assert (near > 1.1 * thousand["Dalanzadgad"]).all()


@states(
    "Goats are 59.4 percent of all animals: of every 100 animals, 59 are goats.",
    "Cattle alone, 1.3 percent, would be too thin for a label.",
    "Of every 100 animals in Umnugovi, 59 are goats.",
    "One lying bar for all animals at the end of 2024 is cut in three parts: goats (ямаа) "
    "59.4 percent, sheep (хонь) 27.5 percent, and camels, horses and cattle together "
    "(тэмээ, адуу, үхэр) 13.1 percent.",
    "The largest part begins at 0",
)
def shares_of_2024(read):
    share = shares(read)
    assert f"{share['goat']:.1f}" == "59.4"
    assert f"{share['sheep']:.1f}" == "27.5"
    assert f"{share['camel'] + share['horse'] + share['cattle']:.1f}" == "13.1"
    assert f"{share['cattle']:.1f}" == "1.3"
    assert share.idxmax() == "goat"
    assert len(share) == 5


@states(
    "Camels go up to 167 (thousand), copper up to 345 (kt), households up to 685.",
)
def frames_of_the_exercise(read):
    assert f"{herds(read, 'camel').max() * 1000:.0f}" == "167"
    assert copper(read)["value"].max() == 345
    assert soums(read)["herder_households"].max() == 685


@states("All three parts were rounded down: 59 + 27 + 13 = 99.", "a little under 27.5")
def squares_of_the_share(read):
    share = shares(read)
    goats, sheep = share["goat"], share["sheep"]
    assert 27.45 < sheep < 27.5
    assert [int(goats), int(sheep), int(100 - goats - sheep)] == [59, 27, 13]
    assert [round(goats), round(sheep), round(100 - goats - sheep)] == [59, 27, 13]


@states(
    "In 2021 the mine made 163.0 kt of copper in concentrate, says Turquoise Hill, then an owner "
    "of the mine.",
    "It stands in two of its documents",
)
def copper_of_2021(read):
    row = copper(read).loc[2021]
    assert f"{row['value']:.1f}" == "163.0"
    assert (row["unit"], row["status"], row["printed_in_two_documents"]) == (
        "kt",
        "reported",
        "yes",
    )
    sources = read("sources").set_index("source_id")["publisher"]
    named = [name for name in row if name in sources.index]
    assert len(named) == 2
    assert all("Turquoise Hill" in sources[name] for name in named)


@states(
    "2022 and 2023 are derived, worked out from percentages.",
    "Say on the chart that 2022 and 2023 are derived.",
    "Say also that 2014, 2024 and 2025 stand in one document only.",
)
def warnings_of_the_copper(read):
    table = copper(read).loc[2014:]
    derived = table[table["status"] == "derived"]
    assert list(derived.index) == [2022, 2023]
    assert derived["note"].str.contains("percentages").all()
    reported = table.drop(derived.index)
    single = reported[reported["printed_in_two_documents"] == "no"]
    assert list(single.index) == [2014, 2024, 2025]
    # the two derived years, from the year 2024 and the percentages of their formulas
    assert round(reported.loc[2024, "value"] / 1.665, 1) == derived.loc[2022, "value"]
    assert round(reported.loc[2024, "value"] / 1.278, 1) == derived.loc[2023, "value"]


@states("For C, 2013 is left out, because it was not a full year.")
def first_year_of_the_mine(read):
    table = read("mine_production").query("measure == 'copper_in_concentrate'")
    quarters = table.loc[table["period"].str.startswith("2013-"), "period"]
    assert sorted(quarters) == ["2013-Q2", "2013-Q3", "2013-Q4"]
    # the three quarters together are the whole of 2013
    parts = table.loc[table["period"].isin(quarters), "value"].sum()
    assert abs(parts - copper(read).loc[2013, "value"]) < 0.1


@states(
    "Of the years since 2014, the mine's copper was lowest in 2022 and highest in 2025.",
    "One line with a point for each year, in thousand tonnes: 148 in 2014, about 202 in 2015 and "
    "2016, 129 in 2022, then up to 345 in 2025.",
    "The points of 2022 and 2023 are hollow, because they are derived.",
)
def copper_since_2014(read):
    table = copper(read).loc[2014:]
    value = table["value"]
    assert list(value.index) == list(range(2014, 2026))
    assert (value.idxmin(), value.idxmax()) == (2022, 2025)
    assert [f"{value[year]:.0f}" for year in (2014, 2022, 2025)] == ["148", "129", "345"]
    assert value[[2015, 2016]].between(201, 203).all()
    assert value[2022:].is_monotonic_increasing
    assert list(table.index[table["status"] == "derived"]) == [2022, 2023]


@states(
    "Umnugovi had less than half as many camels in 2003 as in 1970: 70 thousand against "
    "153 thousand.",
    "In 2024 there were nearly as many again, 148 thousand.",
    "One line from 1970 to 2024 falls to 2003, rises to its top in 2020, and is a little lower in "
    "2024.",
    "152.7 thousand in 1970, 70.2 in the lowest year.",
)
def camels(read):
    line = herds(read, "camel") * 1000
    assert (line.idxmin(), line.idxmax()) == (2003, 2020)
    assert [round(line[year], 1) for year in (1970, 2003, 2024)] == [152.7, 70.2, 148.2]
    assert line[2003] < line[1970] / 2
    assert 0.93 < line[2024] / line[1970] < 1
    assert 0.85 < line[2024] / line[2020] < 1


@states(
    "Gurvantes had the most herder households of the 15 soums at the end of 2020: 685.",
    "Lying bars in order, the largest at the top: "
    "Gurvantes, Nomgon with 580, Khankhongor with 554.",
    "Noyon has the fewest, 267.",
    "the longest bar is 685",
)
def households(read):
    number = soums(read)["herder_households"].sort_values(ascending=False)
    assert len(number) == 15
    assert number.iloc[:3].to_dict() == {"Gurvantes": 685, "Nomgon": 580, "Khankhongor": 554}
    assert (number.index[-1], number.iloc[-1]) == ("Noyon", 267)


@states(
    "Goats made most of the rise of the herds from 1970 to 2019.",
    "the line of the goats climbs to nearly 2,000 thousand in 2019, and the line of the camels "
    "below it looks flat, though camels fell by more than half and came back.",
)
def goats_and_the_rise(read):
    every, goats, line = herds(read), herds(read, "goat"), herds(read, "camel")
    part = (goats[2019] - goats[1970]) / (every[2019] - every[1970])
    assert 0.75 < part < 0.8
    assert 1.95 < goats[2019] < 2
    assert goats.idxmax() == 2019
    assert line[2003] < line[1970] / 2
    assert line[2019] > line[1970]
    assert line.max() < goats.min()


@states("The charts show that the herds shrank after 2019.", "the herds of the aimag have shrunk")
def shrank_after_2019(read):
    every = herds(read)
    assert every[2024] < every[2020] < every[2019]
    assert set(read("land_livestock_soum")["year"]) == {2019, 2020}


@states(
    "Of these ten years, 2003 is the lowest, just under 1990 (911), and 2019 the highest.",
    "In the full table 1973 is lower still.",
)
def ten_years_on_paper(read):
    every = herds(read)
    rows = paper("end of year | animals of Umnugovi")
    printed = {int(year): int(number) for year, number in rows}
    assert len(printed) == 10
    for year, number in printed.items():
        assert abs(every[year] * 1000 - number) <= 0.5
    order = sorted(printed, key=printed.get)
    assert (order[0], order[1], order[-1]) == (2003, 1990, 2019)
    assert printed[1990] == 911
    assert every.idxmin() == 1973


@states(
    "Nomgon, Khankhongor, Gurvantes, Manlai, Khanbogd, then Dalanzadgad.",
    "the soum with the most animals",
    "Gurvantes is farthest to the right, but Nomgon is higher.",
)
def soums_on_paper(read):
    table = soums(read).sort_values("thousand", ascending=False)
    rows = paper("soum, end of 2020 | animals")
    assert [row[0] for row in rows] == list(table.index)
    for soum, thousand, number in rows:
        assert abs(table.loc[soum, "thousand"] - int(thousand)) <= 0.5
        assert table.loc[soum, "herder_households"] == int(number)
    best = ["Nomgon", "Khankhongor", "Gurvantes", "Manlai", "Khanbogd"]
    assert list(table.index[:5]) == best
    assert table.index[-1] == "Dalanzadgad"
    assert table["herder_households"].idxmax() == "Gurvantes"


@states("| kind, end of 2024 | of every 100 animals |", "| year | copper in concentrate (kt) |")
def shares_and_copper_on_paper(read):
    share = shares(read)
    goats, sheep, others = (row[1] for row in paper("kind, end of 2024 |"))
    assert [goats, sheep] == [f"{share['goat']:.1f}", f"{share['sheep']:.1f}"]
    assert others == f"{share.drop(['goat', 'sheep']).sum():.1f}"
    value = copper(read)["value"]
    rows = paper("year | copper in concentrate (kt)")
    assert [row[0][:4] for row in rows] == ["2020", "2021", "2022", "2023", "2024"]
    for year, number in rows:
        assert f"{value[int(year[:4])]:.1f}" == number


@states(
    "Herds by kind, 1970 to 2024: National Statistics Office of Mongolia, livestock census, "
    "read through N. Khurelchuluun and others (2026).",
    "Herds and herder households by soum, 2020: National Statistics Office of Mongolia, "
    "read through WFP PRISM.",
    "Copper: releases of Oyu Tolgoi LLC, Turquoise Hill Resources and Rio Tinto, and the press;",
)
def sources_of_the_tables(read):
    source = read("sources").set_index("source_id")["publisher"]
    table = read("land_livestock")
    assert (table["year"].min(), table["year"].max(), len(table)) == (1970, 2024, 55 * 5)
    (name,) = table["source_id"].unique()
    assert "National Statistics Office" in source[name]
    assert "Khurelchuluun" in source[name]
    (name,) = read("land_livestock_soum")["source_id"].unique()
    assert "National Statistics Office" in source[name]
    assert "WFP PRISM" in source[name]
    rows = read("mine_production").query("measure == 'copper_in_concentrate'")
    publishers = " ".join(source[name] for name in rows["source_id"].unique())
    for publisher in ("Oyu Tolgoi", "Turquoise Hill", "Rio Tinto", "Inside Mongolia"):
        assert publisher in publishers
    assert rows["source_id"].notna().all()
    assert len(copper(read)) == 13


NOT_DATA = {
    "Dalanzadgad gets its name by hand, below its point: there is more room.": "about the drawing",
    "Lying bars in order, the largest at the top:": "how the bars are drawn",
    "The next cell draws the line, and nothing more.": "what a cell does",
    "sets the lower and the upper end of the scale.": ("what code does"),
    "C says more than the numbers: they count animals, not herders, and name no cause.": (
        "why a quiz answer is wrong"
    ),
    "If ten more families begin to herd, the soum will have more animals.": "a wrong quiz answer",
    "Question 4 asks about a share (эзлэх хувь): a part of the whole.": "a definition",
    "A chart would only make it less exact.": "about charts",
    "For A, camels.idxmin() gives the year with the fewest, camels[2024] one number.": (
        "what code does"
    ),
}
