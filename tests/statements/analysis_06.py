"""What lesson 3.6, How sure are we?, says about its data."""

from statements import states


def differences(read) -> dict[str, float]:
    """Return model less station at Dalanzadgad for each month that stands in both tables."""
    station = {
        row.month: row.temperature_c for row in read("land_temperature_station").itertuples()
    }
    model = read("land_weather_model")
    here = model[model["soum"] == "Dalanzadgad"]
    assert set(here["soum_code"]) == {34601}
    return {
        row.month: round(row.temperature_mean_c - station[row.month], 2)
        for row in here.itertuples()
        if row.month in station
    }


def of_month(read, number: int) -> list[float]:
    """Return the differences of one month of the year, in the order of years."""
    found = differences(read)
    return [found[month] for month in sorted(found) if int(month[5:]) == number]


def mean(values) -> float:
    values = list(values)
    return sum(values) / len(values)


def noyon(read) -> dict[int, tuple[float, float, float]]:
    """Return lowest, highest and model for each January at Noyon."""
    model = read("land_weather_model")
    rows = model[(model["soum"] == "Noyon") & (model["month"].str[5:] == "01")]
    error = of_month(read, 1)
    return {
        int(row.month[:4]): (
            row.temperature_mean_c - max(error),
            row.temperature_mean_c - min(error),
            row.temperature_mean_c,
        )
        for row in rows.itertuples()
    }


def overlapping(bands: dict, year: int) -> set[int]:
    """Return the other years whose band touches the band of a year."""
    low, high, _ = bands[year]
    return {
        other
        for other, (below, above, _) in bands.items()
        if other != year and below <= high and low <= above
    }


def made(read, period: str):
    """Return the row of copper of a year or quarter."""
    table = read("mine_production")
    rows = table[(table["measure"] == "copper_in_concentrate") & (table["period"] == period)]
    assert len(rows) == 1
    return rows.iloc[0]


def divided(number: float, more: float, half: float, half_more: float) -> tuple[float, float]:
    """Return the lowest and highest of number ÷ (1 + more percent), as rounding allows."""
    results = [
        (number + a * half) / (1 + (more + b * half_more) / 100) for a in (-1, 1) for b in (-1, 1)
    ]
    return min(results), max(results)


def paid(read, measure: str) -> float:
    table = read("mine_payments")
    rows = table[(table["period"] == "2024") & (table["measure"] == measure)]
    return float(rows["value"].item())


def near(value: float, printed: float, digits: int = 2) -> bool:
    """Tell whether a value is the printed one after rounding."""
    return abs(value - printed) <= 0.5 * 10**-digits + 1e-9


# Model and station -----------------------------------------------------------------------------


@states(
    "Bias (системтэй хазайлт) is the mean of the differences: +0.27 °C. "
    "On average the model is a little too warm here.",
    "Spread (хэлбэлзэл) is how wide the differences lie: from −1.41 to +2.51 °C.",
    "In 107 of 120 months it is 1 °C or less.",
)
def bias_and_spread(read):
    found = differences(read)
    assert len(found) == 120
    assert {month[:4] for month in found} == {str(year) for year in range(2015, 2025)}
    assert near(mean(found.values()), 0.27)
    assert (min(found.values()), max(found.values())) == (-1.41, 2.51)
    assert sum(-1 <= value <= 1 for value in found.values()) == 107
    assert sum(value > 0 for value in found.values()) == 81


@states(
    "And who is wrong in the largest case, February 2019? "
    "The note says: three of four other stations had an ordinary month.",
    "Its two doubtful months stand in the table as printed.",
)
def largest_case(read):
    found = differences(read)
    assert max(found, key=lambda month: abs(found[month])) == "2019-02"
    table = read("land_temperature_station")
    doubtful = table[table["status"] != "reported"]
    assert set(doubtful["month"]) == {"2010-04", "2019-02"}
    note = doubtful[doubtful["month"] == "2019-02"]["note"].item()
    assert "Three of four other stations of the same table had an ordinary month" in note
    assert table.set_index("month")["temperature_c"]["2019-02"] == -14.9


@states(
    "In January and February the model is about 1 °C too warm at Dalanzadgad.",
    "It is 0.99 in January and 1.06 in February, close to zero from March to October, "
    "and about half a degree in November and December.",
    "A shaded band from the lowest to the highest of ten years is widest in February, "
    "from −0.15 to 2.51.",
    "From March to October the mean is near zero: between −0.19 and +0.17 °C.",
    "In January it is +0.99 and in February +1.06. "
    "The mean of all months, +0.27, fits neither winter nor summer.",
)
def by_month(read):
    heaps = {number: of_month(read, number) for number in range(1, 13)}
    assert all(len(heap) == 10 for heap in heaps.values())
    means = {number: mean(heap) for number, heap in heaps.items()}
    assert near(means[1], 0.99)
    assert near(means[2], 1.06)
    quiet = [means[number] for number in range(3, 11)]
    assert near(min(quiet), -0.19)
    assert near(max(quiet), 0.17)
    assert all(0.4 < means[number] < 0.6 for number in (11, 12))
    widest = max(heaps, key=lambda number: max(heaps[number]) - min(heaps[number]))
    assert (widest, min(heaps[2]), max(heaps[2])) == (2, -0.15, 2.51)
    assert max(quiet) < 0.27 < min(means[number] for number in (1, 2, 11, 12))


@states(
    "In January it takes away too little, and in May it makes a cold month colder.",
    "In January the model is 0.99 too warm on average, so 0.27 is too little. "
    "In May it is already too cold by 0.19.",
    "4. In January it is too little. In April the model is too cold already.",
)
def one_bias_for_all_months(read):
    assert near(mean(of_month(read, 1)), 0.99)
    assert mean(of_month(read, 1)) > mean(differences(read).values())
    assert near(mean(of_month(read, 5)), -0.19)
    assert near(mean(of_month(read, 4)), -0.15)


@states(
    "1. 0.62, 1.00, 0.47, 1.85, 0.36, 1.32, 0.33, 1.10, 0.54, 2.30. "
    "2. Bias +0.99; from 0.33 to 2.30.",
    "At Dalanzadgad the model was 0.33 to 2.30 °C too warm in ten Januaries.",
    "The mean of all 120 months is 0.27.",
)
def ten_januaries(read):
    expected = [0.62, 1.00, 0.47, 1.85, 0.36, 1.32, 0.33, 1.10, 0.54, 2.30]
    assert of_month(read, 1) == expected
    assert near(mean(expected), 0.99)
    station = read("land_temperature_station").set_index("month")["temperature_c"]
    printed = [-9.9, -17.2, -12.2, -17.9, -13.0, -11.1, -12.7, -12.2, -12.6, -14.0]
    assert [station[f"{year}-01"] for year in range(2015, 2025)] == printed
    assert near(mean(differences(read).values()), 0.27)


@states("Here are the means of four months, with lowest and highest of ten years.")
def four_months_on_paper(read):
    printed = {1: (0.99, 0.33, 2.30), 4: (-0.15, -1.08, 0.40)}
    printed |= {7: (0.10, -0.76, 0.59), 10: (0.03, -0.84, 0.69)}
    for number, (middle, low, high) in printed.items():
        heap = of_month(read, number)
        assert near(mean(heap), middle)
        assert (min(heap), max(heap)) == (low, high)


@states(
    "The band of the first five Januaries is 0.36 to 1.85. Of the next five, 3 lie inside. "
    "One is just below (0.33), and one is far above (2.30).",
    "Also, the mean of all months was 0.04 °C in the first five years and 0.50 in the next five.",
)
def does_a_band_hold(read):
    heap = of_month(read, 1)
    first, later = heap[:5], heap[5:]
    assert (min(first), max(first)) == (0.36, 1.85)
    outside = [value for value in later if not min(first) <= value <= max(first)]
    assert outside == [0.33, 2.30]
    found = differences(read)
    assert near(mean(value for month, value in found.items() if month < "2020"), 0.04)
    assert near(mean(value for month, value in found.items() if month > "2020"), 0.50)


@states(
    "The station is not the truth, only another instrument.",
    "For Noyon, Bayandalai, Khankhongor or Tsogttsetsii our tables have no monthly series of a "
    "station.",
)
def one_station_five_points(read):
    assert set(read("land_temperature_station")["soum_code"]) == {34601}
    rows = read("land_weather_model").groupby("soum").size()
    others = {"Noyon", "Bayandalai", "Khankhongor", "Tsogttsetsii"}
    assert set(rows.index) == {"Dalanzadgad"} | others
    assert set(rows) == {120}


@states(
    "They are a mean over the whole aimag, so this bias of one point is not theirs.",
)
def winters_of_lesson_3(read):
    winters = read("land_winter_temperature")
    assert winters["year"].is_unique
    assert "soum_code" not in winters.columns
    station = read("land_temperature_station").set_index("month")["temperature_c"]
    months = ["{}-12", "{}-01", "{}-02"]
    for row in winters.itertuples():
        if 2006 <= row.year <= 2025:
            names = [months[0].format(row.year - 1), *(m.format(row.year) for m in months[1:])]
            assert abs(mean(station[name] for name in names) - row.temperature_c) <= 1.6


# Rounding --------------------------------------------------------------------------------------


@states(
    "It is derived: a page says that 2024, with 214.8 kt, is 66.5 percent more than 2022.",
    "So 2022 = 214.8 ÷ 1.665.",
    '"66.5 percent more than 2022".',
)
def copper_of_2022_is_derived(read):
    row = made(read, "2022")
    assert row["status"] == "derived"
    assert row["formula"] == "2024 is 66.5% more than 2022: 214.8 / 1.665"
    assert made(read, "2024")["value"] == 214.8
    assert made(read, "2024")["status"] == "reported"
    assert near(made(read, "2024")["value"] / row["value"], 1.665, 3)
    assert row["source_id"] == made(read, "2024")["source_id"] == "INSIDEMN_2024"


@states(
    "Rounding allows 128.94 to 129.08 kt for 2022.",
    "This is only 0.14 wide: less than the thickness of a line in a chart.",
    "Lowest: 214.75 ÷ 1.6655. Highest: 214.85 ÷ 1.6645.",
    "214.8 stands for anything from 214.75 to 214.85: half a step down, half a step up.",
    "5. 128.94 to 129.08, 0.14 wide.",
    "one or two tenths of a kt for a year",
)
def band_of_2022(read):
    low, high = divided(made(read, "2024")["value"], 66.5, 0.05, 0.05)
    assert near(low, 128.94)
    assert near(high, 129.08)
    assert near(high - low, 0.14)
    assert low < made(read, "2022")["value"] < high
    largest = made(read, "2025")["value"]
    points = 4 * 72 * 0.7
    assert (high - low) / largest * points < 0.5
    of_2023 = divided(made(read, "2024")["value"], 27.8, 0.05, 0.05)
    assert of_2023[0] < made(read, "2023")["value"] < of_2023[1]
    assert near(of_2023[1] - of_2023[0], 0.2, 1)


@states(
    "For the last quarter of 2023 it is 0.86 wide.",
    "There 66 and 63 percent were printed without decimals.",
    'The last quarter of 2024 is 66 kt, "63 percent more" than the one of 2023.',
    "Lowest: 65.5 ÷ 1.635. Highest: 66.5 ÷ 1.625.",
    "6. 40.06 to 40.92, 0.86 wide.",
    'We work out the same quarter of the year before, from "63 percent more".',
)
def band_of_the_quarter(read):
    row = made(read, "2023-Q4")
    assert "63% more" in row["formula"]
    assert (row["status"], made(read, "2024-Q4")["status"]) == ("derived", "reported")
    number = made(read, "2024-Q4")["value"]
    assert number == 66
    low, high = divided(number, 63, 0.5, 0.5)
    assert near(low, 40.06)
    assert near(high, 40.92)
    assert near(high - low, 0.86)
    assert low < row["value"] < high
    year = divided(made(read, "2024")["value"], 66.5, 0.05, 0.05)
    assert 5.5 < (high - low) / (year[1] - year[0]) < 6.5


# Two sources -----------------------------------------------------------------------------------


@states(
    "482 or 513 million dollars: 31 apart, 6 percent of the larger.",
    "Both are reported. The note says: other things are counted.",
    "Paid to the state in 2024: 513 million dollars (Oyu Tolgoi LLC), 482 (Rio Tinto).",
)
def two_totals(read):
    company, owner = paid(read, "taxes_fees_usd"), paid(read, "rio_tinto_total_usd")
    assert (company, owner) == (513, 482)
    assert near((company - owner) / company * 100, 6, 0)
    table = read("mine_payments").query("period == '2024'").set_index("measure")
    both = table.loc[["taxes_fees_usd", "rio_tinto_total_usd"]]
    assert set(both["status"]) == {"reported"}
    assert list(both["reported_by"]) == ["Oyu Tolgoi LLC", "Rio Tinto"]
    assert both["note"].str.contains("other things are counted").all()


# Noyon -----------------------------------------------------------------------------------------


@states(
    "A dashed line shows the model, from −8.8 °C in 2015 down to −15.1 in 2018 and back to −10.5 "
    "in 2024.",
    "A shaded band lies below it, 0.33 to 2.30 °C colder than the model.",
    "The model's warmest January is 2015 with −8.8 °C, then 2020 with −9.2.",
)
def model_at_noyon(read):
    bands = noyon(read)
    assert sorted(bands) == list(range(2015, 2025))
    warm = sorted(bands, key=lambda year: -bands[year][2])
    assert warm[:2] == [2015, 2020]
    assert warm[-1] == 2018
    printed = {2015: -8.8, 2020: -9.2, 2018: -15.1, 2024: -10.5}
    assert all(near(bands[year][2], value, 1) for year, value in printed.items())
    assert all(near(model - high, 0.33) for _, high, model in bands.values())
    assert all(near(model - low, 2.30) for low, _, model in bands.values())


@states(
    "But most of their bands overlap. So we cannot say which was warmer.",
    "The bands of 2015 and 2020 overlap, so the warmest January is not sure.",
)
def warmest_is_not_sure(read):
    bands = noyon(read)
    assert 2020 in overlapping(bands, 2015)
    low, high = max(bands[2015][0], bands[2020][0]), min(bands[2015][1], bands[2020][1])
    assert (high - low) / (bands[2015][1] - bands[2015][0]) > 0.5


@states(
    "2018 or 2016 was the coldest January at a point in Noyon, 2015 to 2024, if the model errs "
    "there as it does at Dalanzadgad.",
    "The band of 2018 is lowest; it overlaps only with 2016.",
    "Its band overlaps with only one other, that of 2016.",
    "2018 was colder than 2015, if our if holds.",
)
def coldest(read):
    bands = noyon(read)
    assert min(bands, key=lambda year: bands[year][0]) == 2018
    assert min(bands, key=lambda year: bands[year][1]) == 2018
    assert overlapping(bands, 2018) == {2016}
    assert bands[2018][1] < bands[2015][0]


@states(
    "January 2024 at Noyon was about −13 to −11 °C on average.",
    "January 2024 at Noyon: about −13 to −11 °C on average.",
)
def sentence_of_the_leaflet(read):
    low, high, _ = noyon(read)[2024]
    assert (round(low), round(high)) == (-13, -11)


@states(
    "10. 2015: −11.08 to −9.11. 2020: −11.54 to −9.57. They overlap: nobody can say. "
    "2018: −17.44 to −15.47, the coldest of these three.",
    "The model gives −8.78 °C for January 2015, −9.24 for 2020 and −15.14 for 2018.",
)
def three_bars_on_paper(read):
    bands = noyon(read)
    printed = {2015: (-11.08, -9.11, -8.78), 2020: (-11.54, -9.57, -9.24)}
    printed[2018] = (-17.44, -15.47, -15.14)
    for year, values in printed.items():
        assert all(near(*pair) for pair in zip(bands[year], values, strict=True))
    assert bands[2018][1] < min(bands[2015][0], bands[2020][0])


# Women at the mine -----------------------------------------------------------------------------


@states(
    "A paper on the mine in 2022 prints two numbers: 20,328 workers, and 18 percent of them women.",
    "Work out the lowest and the highest number of women among 20,328.",
    "Sex. Of 20,328 workers, the rounded share leaves open whether about 203 persons more or fewer "
    "are women.",
    "D. 18 percent. A paper prints 20,328 workers and 18 percent women.",
    "Lowest: 20,328 × 0.175. Highest: 20,328 × 0.185.",
    "9. 3,557.4 to 3,760.7, so 203 persons. 3,577 is inside.",
)
def eighteen_percent(read):
    table = read("mine_workforce").query("period == '2022'").set_index("measure")
    workers = table["value"]["workforce_total"]
    assert workers == 20328
    assert table["value"]["share_women"] == 18
    assert set(table["source_id"]) == {"GEOSCIENCES_2023"}
    assert near(workers * 0.175, 3557.4, 1)
    assert near(workers * 0.185, 3760.7, 1)
    assert near(workers * 0.01, 203, 0)
    by_sex = read("mine_workforce_sex")
    whole = by_sex[(by_sex["group"] == "whole mine, all workers") & (by_sex["sex"] == "female")]
    count = whole[whole["measure"] == "headcount"]["value"].item()
    assert count == 3577
    assert workers * 0.175 < count < workers * 0.185
    assert "3577 of 20328" in table["note"]["share_women"]


@states("The same measure has the values 40, 18, 23.4 and 23.")
def four_shares(read):
    table = read("mine_workforce").query("measure == 'share_women'")
    assert list(table["value"]) == [40, 18, 23.4, 23]
    assert table["who_is_counted"].nunique() == 4


NOT_DATA = {
    "So always give both.": "A rule for the reader.",
    "The shaded part is a band": "Says what a band is.",
    "A bias can never be repaired.": "A wrong answer.",
    "The lowest result: divide": "A rule of arithmetic.",
    "The highest: the largest copper by the smallest factor.": "A rule of arithmetic.",
    "Often the second one is larger.": "Experience, not a number of these tables.",
    "The third number: what the mine paid to the state in 2024.": "Refers to the story.",
    "The lesson Where does the money go? tells more.": "Points to another lesson.",
    "When bands overlap, do not rank.": "A rule for the reader.",
    "Rio Tinto, as quoted by the Mongolian Mining Journal, 2025": "Names a source.",
}
