"""What lesson 3.3, Were the worst years for the herds also the coldest?, says about its data."""

import re
from pathlib import Path

import pandas as pd

from statements import states

LESSON = Path(__file__).resolve().parents[2] / "modules/03_analysis/03_herds_and_hard_winters.ipynb"


def herd(read, animal: str | None = None) -> pd.Series:
    """Return thousand animals at the end of each year, of all kinds or of one."""
    table = read("land_livestock")
    if animal:
        table = table[table["animal"] == animal]
    return table.groupby("year")["thousand_head"].sum()


def deaths(read) -> pd.Series:
    table = read("land_livestock_losses")
    return table[table["measure"] == "adult_losses"].set_index("year")["value"]


def rate(read) -> pd.Series:
    """Return the loss rate from the two counts, not as the table prints it."""
    before = herd(read)
    before.index = before.index + 1
    return (deaths(read) / before).dropna() * 100


def heavy(read) -> list[int]:
    of_100 = rate(read)
    return list(of_100.index[of_100 > 6])


def winter(read) -> pd.Series:
    """Return the winters beside the losses, as degrees from their mean."""
    table = read("land_winter_temperature")
    chosen = table[table["year"].between(1971, 2025)].set_index("year")["temperature_c"]
    assert len(chosen) == 55
    return chosen - chosen.sum() / 55


def summer_before(read) -> pd.Series:
    table = read("land_spei")
    table = table[(table["season"] == "summer") & table["year"].between(1970, 2024)]
    assert len(table) == 55
    return pd.Series(table["spei3"].to_numpy(), index=table["year"].to_numpy() + 1)


def correlation(one: pd.Series, other: pd.Series) -> float:
    """Return Pearson's correlation from its definition."""
    years = one.index.intersection(other.index)
    one, other = one[years] - one[years].mean(), other[years] - other[years].mean()
    return (one * other).sum() / ((one**2).sum() * (other**2).sum()) ** 0.5


def fields(read, values: pd.Series) -> tuple[int, int, int, int]:
    """Return below zero: heavy years and all, and the same for the others."""
    bad = set(heavy(read))
    below, above = set(values.index[values < 0]), set(values.index[values >= 0])
    return len(below & bad), len(below), len(above & bad), len(above)


def lesson_text() -> str:
    return LESSON.read_text(encoding="utf-8").replace("\u2212", "-")


@states(
    "In 1970 there were 917.5 thousand animals. "
    "In 2024 there were 1970.1 thousand: more than twice as many. "
    "The most were in 2019, with just over 3 million. "
    "From 2009 to 2010 the total fell from 1755.3 to 1010.3 thousand.",
    "in 2010 the herd became over 40 percent smaller.",
    "The herd itself fell by 42.4 percent.",
)
def herd_of_all_years(read):
    every = herd(read)
    assert len(every) == 55
    assert (round(every[1970], 1), round(every[2024], 1)) == (917.5, 1970.1)
    assert every[2024] > 2 * every[1970]
    assert every.idxmax() == 2019
    assert 3000 < every.max() < 3050
    assert (round(every[2009], 1), round(every[2010], 1)) == (1755.3, 1010.3)
    assert round((every[2009] - every[2010]) / every[2009] * 100, 1) == 42.4


@states(
    "In 2010 the herd fell by 42.4 percent.",
    "The moving average moved only from 1423.5 to 1401.3 thousand. "
    "Its five years are 2006 to 2010, and four of them were years of growth.",
    "1423.5 and 1401.3 thousand: a fall of about 22 thousand.",
    "A moving average shows the slow movement and hides the bad year.",
)
def average_of_five_years(read):
    every = herd(read)
    means = [every.loc[last - 4 : last].sum() / 5 for last in (2009, 2010)]
    assert [round(mean, 1) for mean in means] == [1423.5, 1401.3]
    assert round(means[0] - means[1]) == 22
    assert round((1 - every[2010] / every[2009]) * 100, 1) == 42.4
    grew = [every[year] > every[year - 1] for year in range(2006, 2011)]
    assert grew == [True, True, True, True, False]


@states("It also comes late: the herd is largest in 2019, the mean in 2021.")
def average_comes_late(read):
    every = herd(read)
    means = {last: every.loc[last - 4 : last].mean() for last in range(1974, 2025)}
    assert every.idxmax() == 2019
    assert max(means, key=means.get) == 2021


@states("By the fall of the total, the worst years are 2010, 2002, 2023, 2001 and 2021.")
def largest_falls(read):
    every = herd(read)
    falls = {year: every[year] / every[year - 1] for year in range(1971, 2025)}
    assert sorted(falls, key=falls.get)[:5] == [2010, 2002, 2023, 2001, 2021]


@states(
    "The full line moves a little around one million until 1994, rises, falls to 0.9 million in "
    "2003, rises, falls in 2010 and reaches 3 million in 2019. Then it falls to 2 million.",
    "it shows the growth and almost hides the fall of 2010",
)
def form_of_the_line(read):
    every = herd(read) / 1000
    assert every.loc[:1994].between(0.75, 1.1).all()
    assert every.loc[1994:1999].is_monotonic_increasing
    assert every.loc[1999:2003].is_monotonic_decreasing
    assert round(every[2003], 1) == 0.9
    assert every.loc[2003:2009].is_monotonic_increasing
    assert every[2010] < every[2009]
    assert (round(every[2019], 1), round(every[2024], 1)) == (3.0, 2.0)
    assert 0.95 < every.loc[2006:2010].mean() / every.loc[2005:2009].mean() < 1


@states(
    "Both lists begin with 2010, 2002 and 2001. "
    "In 2010, 618.8 thousand adult animals died: 35.25 of every 100. "
    "Then the lists differ. By number 2023 is fourth, and 1973 is not among the first six. "
    "By rate 1973 is fourth, and 2023 is not there. "
    "In 1973 the herd was much smaller, so fewer deaths were a larger part of it.",
    "By number: 2010, 2002, 2001, 2023, 2000. By rate: 2010, 2002, 2001, 1973, 2003. "
    "(In all 55 years these are the first five, too.)",
)
def two_lists(read):
    number, of_100, every = deaths(read), rate(read), herd(read)
    by_number = list(number.sort_values().index[::-1])
    by_rate = list(of_100.sort_values().index[::-1])
    assert by_number[:5] == [2010, 2002, 2001, 2023, 2000]
    assert by_rate[:5] == [2010, 2002, 2001, 1973, 2003]
    assert 1973 not in by_number[:6]
    assert 2023 not in by_rate[:6]
    assert (round(number[2010], 1), round(of_100[2010], 2)) == (618.8, 35.25)
    assert every[1972] < every[2022] / 2
    assert number[1973] < number[2023]
    assert of_100[1973] > of_100[2023]


@states(
    "Ten of 55 years are above the line: 1971, 1973, 1980, 1983, 2000 to 2003, 2010 and 2023. "
    "They come in groups: four years in a row after 1999. "
    "Then from 2011 to 2022 there is not one.",
    "Ten dark bars lie above the broken line of 6 in 100: 1971, 1973, 1980, 1983, 2000, 2001, "
    "2002, 2003, 2010 and 2023. The bar of 2010 is by far the highest, with 35.25. "
    "The next is 2002, with 19. All other bars are grey and lower.",
)
def ten_years(read):
    of_100 = rate(read)
    assert (of_100.index[0], of_100.index[-1], len(of_100)) == (1971, 2025, 55)
    assert heavy(read) == [1971, 1973, 1980, 1983, 2000, 2001, 2002, 2003, 2010, 2023]
    first, second = of_100.nlargest(2)
    assert list(of_100.nlargest(2).index) == [2010, 2002]
    assert (round(first, 2), round(second)) == (35.25, 19)
    assert first > 1.5 * second


@states(
    "The herd fell by 595.4 thousand.",
    "But 169.6 thousand adult animals died.",
    "169.6 thousand adult animals died. The rest of the fall has other reasons",
)
def fall_and_deaths_of_2023(read):
    every = herd(read)
    assert round(every[2022] - every[2023], 1) == 595.4
    assert round(deaths(read)[2023], 1) == 169.6


@states(
    "The usual winter has \u221211.33 °C. Six of the ten years have a minus: a winter colder than "
    "usual. Four have a plus: 1973, 2001, 2002 and 2023. In 2002, when 18.78 of 100 animals died, "
    "the winter was 1.61 °C warmer than usual.",
    "how many °C colder (\u2212) or warmer (+) than the mean of 55 winters, \u221211.33 °C.",
    "Six colder, four warmer.",
    "Ten lying bars, one for each year in which more than 6 of 100 animals died in Umnugovi. Six "
    "are full, because the winter was colder than usual: 1971, 1980, 1983, 2000, 2003 and 2010. "
    "Four are striped, because it was warmer: 1973, 2001, 2002 and 2023. The longest bar is 2010 "
    "with 35.25, the second is 2002 with 19, a warmer winter.",
    "In ten of 55 years more than 6 of 100 animals died in Umnugovi; six of these winters were "
    "colder than usual, four were warmer.",
)
def winters_of_the_ten_years(read):
    table = read("land_winter_temperature").query("1971 <= year <= 2025")
    assert round(table["temperature_c"].mean(), 2) == -11.33
    degrees, of_100, bad = winter(read), rate(read), heavy(read)
    assert [year for year in bad if degrees[year] < 0] == [1971, 1980, 1983, 2000, 2003, 2010]
    assert [year for year in bad if degrees[year] > 0] == [1973, 2001, 2002, 2023]
    assert (round(of_100[2002], 2), round(degrees[2002], 2)) == (18.78, 1.61)
    assert list(of_100.nlargest(2).index) == [2010, 2002]
    assert (round(of_100[2010], 2), round(of_100[2002])) == (35.25, 19)


@states(
    "Heavy losses came in 6 of 26 colder winters, and in 4 of 29 warmer ones.",
    "That is 23 and 14 of 100: a little more often after a cold winter. "
    "But in most cold winters they did not come.",
    "There were 26 colder and 29 warmer winters.",
    "Colder: 6 heavy, 20 not. Warmer: 4 heavy, 25 not. "
    "That is 23 and 14 of 100: a little more often after cold winters.",
)
def four_fields_of_the_winters(read):
    cold_bad, cold, warm_bad, warm = fields(read, winter(read))
    assert (cold_bad, cold, warm_bad, warm) == (6, 26, 4, 29)
    assert (round(cold_bad / cold * 100), round(warm_bad / warm * 100)) == (23, 14)
    assert (cold - cold_bad, warm - warm_bad) == (20, 25)


@states(
    "With 10 in place of 6, five years are left: two colder winters and three warmer ones. "
    "Then the difference turns round."
)
def another_line(read):
    of_100, degrees = rate(read), winter(read)
    bad = of_100.index[of_100 > 10]
    cold, warm = (degrees[bad] < 0).sum(), (degrees[bad] > 0).sum()
    assert (cold, warm) == (2, 3)
    assert cold / (degrees < 0).sum() < warm / (degrees > 0).sum()


@states(
    "None of the nine coldest winters was a year of heavy losses. "
    "The tenth coldest is 2010, the worst year of all. "
    "The coldest winter, 1977, was 2.89 °C colder than usual. "
    "The loss rate of that year is 3.56.",
    "None of the nine coldest winters was a year of heavy losses, but 2010, the worst year, was "
    "the tenth coldest.",
)
def the_coldest_winters(read):
    degrees, of_100 = winter(read), rate(read)
    order = list(degrees.sort_values().index)
    assert not set(order[:9]) & set(heavy(read))
    assert order[9] == 2010 == of_100.idxmax()
    assert order[0] == 1977
    assert (round(degrees[1977], 2), round(of_100[1977], 2)) == (-2.89, 3.56)


@states(
    "For the winter the correlation is \u22120.09, close to zero.",
    "Without 2010 it is 0.05: even the sign has turned. "
    "For the summer before it is \u22120.36. That looks like a link. "
    "Without 2010 it is \u22120.20. One year of 55 made much of the number.",
    "It is the worst of all.",
    "Before you use a correlation, look at the points, and take the strongest one away.",
    "Drought in summer causes the losses of the next winter: the correlation is \u22120.36.",
    "the mean winter temperature of a model and the loss rate of the aimag do not go together in "
    "a clear way.",
)
def two_correlations(read):
    of_100 = rate(read)
    fewer = of_100.drop(2010)
    assert len(of_100) == 55
    assert of_100.idxmax() == 2010
    assert round(correlation(of_100, winter(read)), 2) == -0.09
    assert round(correlation(fewer, winter(read)), 2) == 0.05
    assert round(correlation(of_100, summer_before(read)), 2) == -0.36
    assert round(correlation(fewer, summer_before(read)), 2) == -0.20


@states(
    "Heavy losses came after 8 of 27 drier summers, and after 2 of 28 wetter ones. "
    "That is 30 and 7 of 100: a larger difference than for the winters. "
    "And this count does not rest on 2010 alone.",
    "And after 19 of the 27 drier summers the losses were not heavy.",
    "Drier: 8 of 27. Wetter: 2 of 28. That is 30 and 7 of 100, a larger difference.",
    "After the 27 drier summers came 8 years of heavy losses, after the 28 wetter ones 2.",
)
def four_fields_of_the_summers(read):
    dry_bad, dry, wet_bad, wet = fields(read, summer_before(read))
    assert (dry_bad, dry, wet_bad, wet) == (8, 27, 2, 28)
    assert (round(dry_bad / dry * 100), round(wet_bad / wet * 100)) == (30, 7)
    assert dry - dry_bad == 19
    without = summer_before(read).drop(2010)
    dry_bad_without, dry_without, wet_bad, wet = fields(read, without)
    assert dry_bad_without / dry_without > 3 * wet_bad / wet
    cold_bad, cold, warm_bad, warm = fields(read, winter(read))
    assert dry_bad / dry - wet_bad / wet > 2 * (cold_bad / cold - warm_bad / warm)


@states(
    "But four of the eight were nearly usual: 1971, 1983, 2000 and 2001, between \u22120.24 and "
    "\u22120.03."
)
def nearly_usual_summers(read):
    spei = summer_before(read)
    dry = spei[[year for year in heavy(read) if spei[year] < 0]].sort_values()
    assert len(dry) == 8
    assert sorted(dry.index[4:]) == [1971, 1983, 2000, 2001]
    assert (round(dry.iloc[4], 2), round(dry.iloc[-1], 2)) == (-0.24, -0.03)
    assert dry.iloc[3] < -0.6


@states(
    "2002: a winter warmer than usual, a summer a little dry before it, very heavy losses.",
    "2012: a winter 2.25 °C colder than usual, and 0.72 of 100 died.",
    "2018: one of the driest summers before it (\u22121.21), and 2.34 of 100 died.",
    "1980: a wet summer before it (1.38), and yet heavy losses.",
)
def years_that_do_not_fit(read):
    of_100, degrees, spei = rate(read), winter(read), summer_before(read)
    assert degrees[2002] > 1
    assert -1 < spei[2002] < -0.5
    assert of_100[2002] == of_100.nlargest(2).min()
    assert (round(degrees[2012], 2), round(of_100[2012], 2)) == (-2.25, 0.72)
    assert (round(spei[2018], 2), round(of_100[2018], 2)) == (-1.21, 2.34)
    assert spei.rank()[2018] == 3
    assert round(spei[1980], 2) == 1.38
    assert 1980 in heavy(read)


@states(
    "No line fits: 2010 with 35.25 in 100 was colder than usual, 2002 with 19 and 2001 with 13 "
    "were warmer, and the coldest winter, 1977, has a low rate.",
    "Most points lie low at every dryness. Only 2010, with the driest summer before it, lies far "
    "up on the dry side; 2018, also after a dry summer, lies low.",
)
def two_clouds(read):
    of_100, degrees, spei = rate(read), winter(read), summer_before(read)
    assert (round(of_100[2010], 2), round(of_100[2002]), round(of_100[2001])) == (35.25, 19, 13)
    assert degrees[2010] < 0 < degrees[2001] < degrees[2002]
    assert degrees.idxmin() == 1977
    assert of_100[1977] < 6
    for part in (spei < -0.5, spei.between(-0.5, 0.5), spei > 0.5):
        assert (of_100[spei.index[part]] < 6).mean() > 0.65
    assert spei.idxmin() == 2010
    assert of_100.drop(2010).loc[spei.drop(2010) < 0].max() < 20
    assert of_100[2018] < 3


@states(
    "Print the columns camel, goat and total of herds for 1970, 2002, 2019 and 2024.",
    "Goats more than tripled, camels are almost where they were, all animals more than doubled. A "
    "family with camels does not see its herd.",
    "In 2010, 8.17 of 100 camels died, and 37.29 of 100 goats.",
    "A total hides its parts: goats and camels went different ways.",
)
def goats_and_camels(read):
    goats, camels, every = herd(read, "goat"), herd(read, "camel"), herd(read)
    assert goats[2024] > 3 * goats[1970]
    assert round((camels[2024] / camels[1970] - 1) * 100, 1) == -2.9
    assert every[2024] > 2 * every[1970]
    assert round(goats[1970] / every[1970] * 100, 1) == 38.6
    assert round(goats[2024] / every[2024] * 100, 1) == 59.4
    assert (camels.idxmin(), camels.idxmax()) == (2003, 2020)
    table = read("land_livestock_loss_rates").query("year == 2010").set_index("animal")
    rates = table["loss_rate_percent"]
    assert (rates["camel"], rates["goat"]) == (8.17, 37.29)
    animals = rates.drop(["all_in_sheep_units", "mean_of_five_rates"])
    assert (animals.idxmin(), animals.idxmax()) == ("camel", "cattle")


@states("Two rows of it are means over all animals: do not take them for animals.")
def means_among_the_rates(read):
    rates = read("land_livestock_loss_rates").query("year == 2010")
    rates = rates.set_index("animal")["loss_rate_percent"]
    five = rates[["horse", "cattle", "camel", "sheep", "goat"]]
    assert len(rates) == 7
    assert abs(rates["mean_of_five_rates"] - five.mean()) < 0.02
    weights = pd.Series({"horse": 7, "cattle": 6, "camel": 5, "sheep": 1, "goat": 0.9})
    table = read("land_livestock").query("year == 2009").set_index("animal")
    units = table["thousand_head"] * weights
    in_units = (units * five).sum() / units.sum()
    assert abs(rates["all_in_sheep_units"] - in_units) < 0.05


@states(
    "More died because there were more animals on the pasture.",
    "Work out the correlation of loss_rate and herd_previous_year in years, with and without 2010.",
)
def herd_size_and_losses(read):
    every, of_100 = herd(read), rate(read)
    every.index = every.index + 1
    both = [of_100, of_100.drop(2010)]
    assert [round(correlation(part, every), 2) for part in both] == [-0.06, -0.20]
    both = [deaths(read), deaths(read).drop(2010)]
    assert [round(correlation(part, every), 2) for part in both] == [0.15, 0.15]


@states(
    "In 20 winters that were compared, the station at Dalanzadgad lies less than two degrees from "
    "the model."
)
def station_and_model(read):
    station = read("land_temperature_station").set_index(["year", "month_number"])["temperature_c"]
    model = read("land_winter_temperature").set_index("year")["temperature_c"]
    apart = []
    for year in range(2006, 2026):
        months = [station[year - 1, 12], station[year, 1], station[year, 2]]
        apart.append(abs(sum(months) / 3 - model[year]))
    assert len(apart) == 20
    assert max(apart) < 2
    assert max(apart) > 1.4


@states(
    "In this model the first twenty winters were a little colder than the last twenty.",
    "Losses before 2014 are rounded to a hundred animals.",
)
def limits_of_the_tables(read):
    degrees = winter(read)
    assert 0.2 < degrees.loc[2006:2025].mean() - degrees.loc[1971:1990].mean() < 0.5
    number = deaths(read)
    rounded = (number * 10 - (number * 10).round()).abs() < 1e-6
    assert rounded.loc[:2013].all()
    assert rounded.loc[2014:].mean() < 0.5


@states("All animals of Umnugovi at the end of the year (thousand):")
def tables_on_paper(read):
    text, every, number, of_100, degrees = (
        lesson_text(),
        herd(read),
        deaths(read),
        rate(read),
        winter(read),
    )
    ten = re.findall(r"\| (\d{4}) \| ([\d.]+) \| ([\d.]+) \| ([\d.]*) ?\| ([-+][\d.]+) \|", text)
    assert [int(row[0]) for row in ten] == heavy(read)
    for year, died, before, printed, away in ten:
        assert round(number[int(year)], 1) == float(died)
        assert round(every[int(year) - 1], 1) == float(before)
        assert not printed or round(of_100[int(year)], 2) == float(printed)
        assert round(degrees[int(year)], 2) == float(away)
    cold = re.findall(r"\| (\d{4}) \| (-[\d.]+) \| ([\d.]+) \|", text)
    assert [int(row[0]) for row in cold] == list(degrees.nsmallest(6).index)
    for year, away, printed in cold:
        assert round(degrees[int(year)], 2) == float(away)
        assert round(of_100[int(year)], 2) == float(printed)
    six = [f"{every[year]:.1f}" for year in range(2005, 2011)]
    assert " | ".join(six) in text
    for name, animal in (("camels", "camel"), ("goats", "goat"), ("all animals", None)):
        line = [f"{herd(read, animal)[year]:.1f}" for year in (1970, 2002, 2019, 2024)]
        assert f"| {name} | " + " | ".join(line) in text


@states(
    "1971: 7.38. 1973: 12.47. 2010: 35.25. 2023: 6.43.",
    "2023 shows a 6: its rate is 6.43, rounded.",
)
def answers_on_paper(read):
    of_100 = rate(read)
    four = [round(of_100[year], 2) for year in (1971, 1973, 2010, 2023)]
    assert four == [7.38, 12.47, 35.25, 6.43]
    assert not set(winter(read).nsmallest(6).index) & set(heavy(read))


@states(
    "Its usual is the mean of 1991 to 2020, not our 55 years.",
    "Animals and losses: National Statistics Office of Mongolia.",
    "Winter temperature: ERA5, and drought index: ERA5-Drought (Keune and others, 2025)",
)
def sources_of_the_tables(read):
    sources = read("sources").set_index("source_id")
    wanted = {
        "land_livestock": ("NSO_DZUD_2026", "National Statistics Office", "Khurelchuluun"),
        "land_livestock_loss_rates": ("DZUD_PANEL_2026", "NSO", "Khurelchuluun"),
        "land_winter_temperature": ("DZUD_ERA5_2026", "ERA5", "Khurelchuluun"),
        "land_spei": ("DZUD_SPEI_2026", "Keune et al. (2025)", "Khurelchuluun"),
    }
    for name, (source, *words) in wanted.items():
        assert set(read(name)["source_id"]) == {source}
        row = " ".join(sources.loc[source].dropna().astype(str))
        assert all(word in row for word in words)
    losses = read("land_livestock_losses").query("measure == 'adult_losses'")
    assert set(losses["source_id"]) == {"DATAMN_LOSSES"}
    assert "American University of Mongolia" in sources.loc["DATAMN_LOSSES", "publisher"]
    for name in ("land_winter_temperature", "land_spei"):
        assert set(read(name)["status"]) == {"modelled"}
    # a season's index has mean 0 over its base years
    spei = read("land_spei").query("season == 'summer' and 1991 <= year <= 2020")["spei3"]
    assert len(spei) == 30
    assert abs(spei.mean()) < 0.15


NOT_DATA = {
    "corr() works out the correlation of two columns.": "words of pandas",
    "A correlation is one way to look.": "about methods",
    "Then it moves on by one year.": "what a moving average is, and words of pandas",
    "Use it for the first, never for the second.": "a rule for the reader",
    "We borrow one: a study says that the livestock insurance of Mongolia paid when more than 6 "
    "percent of the animals died.": "from the study named in Sources; no dataset holds it",
    "That rule was made for smaller places than an aimag, so it is only a help.": (
        "about the insurance; no dataset holds it"
    ),
    "One more look, at 2023.": "leads to the next cell",
    "B mixes up a smaller herd and dead animals.": "about a wrong quiz answer",
    "A correlation (корреляц) puts a link into one number, between \u22121 and 1.": "a definition",
    "How many animals share the pasture.": "a list of things that the tables do not hold",
    "Work out the share of goats in the total, in percent, for 1970 and 2024:": "a task for pairs",
    "The line of 6 percent, and the study of 21 aimags:": "names a source",
}
