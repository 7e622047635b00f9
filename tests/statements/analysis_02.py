"""What lesson 3.2, Where does the money go?, says about its data."""

from itertools import pairwise
from math import isclose, log

from statements import states

LOCAL = "Local Department of Taxation"
DONATIONS = "Ministries, Agencies, Local Authorities"


def paid(read, company: str = ""):
    """Return what the ten companies, or one of them, paid: rows with dollars."""
    table = read("money_eiti_company")
    return table[table["company"] == company] if company else table


def percent(table, column: str, value: str) -> float:
    """Return the share of the rows of one value, in percent."""
    part = sum(table["value_usd"][table[column] == value])
    return 100 * part / sum(table["value_usd"])


def gaps(read) -> dict[int, tuple[float, float]]:
    """Return company less government by year, in million dollars and in percent."""
    both = {}
    for row in read("money_eiti_totals").itertuples():
        both.setdefault(row.year, {})[row.reported_by] = row.value_usd / 1e6
    return {
        year: (
            pair["company"] - pair["government"],
            100 * (pair["company"] / pair["government"] - 1),
        )
        for year, pair in both.items()
        if len(pair) == 2
    }


def report(read, period: str, measure: str = "taxes_fees_usd", by: str = "") -> float:
    """Return one payment as reported."""
    table = read("mine_payments")
    rows = table[(table["period"] == period) & (table["measure"] == measure)]
    if by:
        rows = rows[rows["reported_by"] == by]
    assert len(rows) == 1
    return float(rows["value"].iloc[0])


def rate(read, period: str) -> float:
    """Return tugrik for one dollar of a payment that stands in both."""
    return report(read, period, "taxes_fees_mnt") / report(read, period) * 1000


def at_world_price(read) -> dict[int, float]:
    """Return copper times the mean price of the year, in million dollars."""
    made = read("mine_production")
    made = made[(made["measure"] == "copper_in_concentrate") & (made["period_type"] == "year")]
    prices = read("money_prices")
    found = {}
    for row in made.itertuples():
        months = prices[prices["month"].str.startswith(row.period)]["copper_usd_per_tonne"]
        assert len(months) == 12
        found[int(row.period)] = row.value * sum(months) / 12 / 1000
    return found


def near(value: float, printed: float, digits: int = 1) -> bool:
    """Tell whether a value is the printed one after rounding."""
    return abs(value - printed) <= 0.5 * 10**-digits + 1e-9


# The ten companies -----------------------------------------------------------------------------


@states(
    "The largest stream has a long name.",
    "It is the fee for taking minerals and oil out of the ground, with 30.7 percent.",
    "Then come the tax on profit (corporate income tax) with 19.4 percent, and an advance.",
    "Together the ten companies paid 799.0 million dollars.",
)
def streams_of_ten(read):
    table = paid(read)
    assert table["company"].nunique() == 10
    assert table["stream"].nunique() == 21
    assert near(table["value_usd"].sum() / 1e6, 799.0)
    shares = sorted(((percent(table, "stream", s), s) for s in set(table["stream"])), reverse=True)
    assert "mineral resources and oil" in shares[0][1]
    assert len(shares[0][1]) > 50
    assert near(shares[0][0], 30.7)
    assert (shares[1][1], round(shares[1][0], 1)) == ("Corporate income tax", 19.4)
    assert shares[2][1].startswith("Advance")


@states("There are 13 rows.", "Oyu Tolgoi reported 123.1 million dollars of payments")
def streams_of_the_mine(read):
    table = paid(read, "Oyu Tolgoi LLC")
    assert len(table) == table["stream"].nunique() == 13
    assert near(table["value_usd"].sum() / 1e6, 123.1)


@states(
    "Bars for the seven largest recipients of Oyu Tolgoi's payments, most likely of 2013. "
    "12.1 percent went to the Local Department of Taxation",
    "The largest bar is Taxation and Customs, for VAT, with 41.7 percent.",
    "Social Insurance and Petroleum has 15.4, Ministries and Local Authorities 12.8, Customs 7.3, "
    "General Taxation 6.9 and the Ministry of Labour 3.2 percent.",
    "The largest part, 41.7 percent, is VAT.",
    "It goes to two offices together: Taxation and Customs.",
)
def seven_recipients(read):
    table = paid(read, "Oyu Tolgoi LLC")
    assert set(table["year_inferred"]) == {2013}
    names = sorted(set(table["agency"]), key=lambda name: -percent(table, "agency", name))
    assert len(names) == 11
    seven = [
        ("General Department of Taxation, Customs Office", 41.7),
        ("General Department of Social Insurance, Petroleum Authority", 15.4),
        (DONATIONS, 12.8),
        (LOCAL, 12.1),
        ("Customs Office", 7.3),
        ("General Department of Taxation", 6.9),
        ("Ministry of Labour", 3.2),
    ]
    assert [(name, round(percent(table, "agency", name), 1)) for name in names[:7]] == seven
    assert near(sum(percent(table, "agency", name) for name in names[7:]), 0.5)
    assert set(table["stream"][table["agency"] == seven[0][0]]) == {"VAT"}
    sums = table.groupby("agency")["value_usd"].sum()
    assert sums[names[6]] > 1e6 > sums[names[7]]


@states(
    "The Local Department of Taxation took in 12.1 percent.",
    "Another 12.8 percent are donations (хандив): gifts of money or goods.",
    "So offices with local in the name took in at least 12.1 percent, and at most 24.9 percent.",
    "The Local Department of Taxation got 12.1 percent.",
    "It should say 24.9 percent.",
    "\"12.1 percent went to the Local Department of Taxation, by the company's report.",
    "Of these, 12.1 percent went to the Local Department of Taxation.",
    "14.867 million dollars, 12.1 percent. 2. 30.675 million dollars, 24.9 percent.",
    "There are 13 rows. The name Local Department of Taxation stands before three streams",
)
def local_offices(read):
    table = paid(read, "Oyu Tolgoi LLC")
    named = table[table["agency"].str.contains("local", case=False)]
    assert set(named["agency"]) == {LOCAL, DONATIONS}
    assert (table["agency"] == LOCAL).sum() == 3
    low = percent(table, "agency", LOCAL)
    gifts = table[table["agency"] == DONATIONS]
    assert len(gifts) == 1
    assert "donations" in gifts["stream"].iloc[0]
    high = low + percent(table, "agency", DONATIONS)
    assert near(low, 12.1)
    assert near(high - low, 12.8)
    assert near(high, 24.9)
    total = sum(table["value_usd"]) / 1e6
    assert near(low / 100 * total, 14.867, 3)
    assert near(high / 100 * total, 30.675, 3)


@states(
    "For Oyu Tolgoi there is none in this table.",
    "The mine began to make copper in that same year.",
)
def no_royalty(read):
    table = paid(read)
    fee = table[table["stream"].str.contains("mineral resources and oil")]
    assert sum(fee["value_usd"]) > 240e6
    assert "Oyu Tolgoi LLC" not in set(fee["company"])
    made = read("mine_production").query("measure == 'copper_in_concentrate' and value > 0")
    assert min(made["period"].str[:4]) == "2013"
    assert near(made.set_index("period")["value"]["2013"], 76.7)


@states(
    "The ten companies of this table paid 21.2 million dollars of donations. "
    "The government reported 7.3 million for all companies of 2013.",
)
def donations_do_not_fit(read):
    table = paid(read)
    gifts = table[table["stream"].str.contains("donations")]
    assert near(sum(gifts["value_usd"]) / 1e6, 21.2)
    state = read("money_eiti_revenue")
    state = state[(state["year"] == 2013) & state["stream"].str.contains("donations")]
    assert near(sum(state["value_usd"]) / 1e6, 7.3)


@states("Who takes it in? Payments of Oyu Tolgoi LLC as the company reported them")
def paper_part_a(read):
    table = paid(read, "Oyu Tolgoi LLC")
    rows = [51335, 18927, 15808, 10299, 9041, 8481, 4533, 3976, 229, 228, 131, 59, 35]
    assert sorted(table["value_usd"] / 1000, reverse=True) == rows
    assert sum(rows) == 123082


# Both sides ------------------------------------------------------------------------------------


@states(
    "Bars for the difference between what companies and the government of Mongolia report, "
    "company less government, in million US dollars.",
    "Three years are above zero: 2007 with plus 8.4, 2008 with plus 20.2 and 2009 with plus 3.6.",
    "Four are below: 2006 with minus 49.8, 2013 with minus 64.9, 2014 with minus 182.3, "
    "the largest gap, and 2015 with minus 14.0.",
    "Seven years have both sides. In three the sign is plus, in four it is minus.",
    "The largest gap is −182.3 million dollars in 2014, or −17.8 percent of the government's sum.",
    "In 2015 it is −14.0. In 2010 to 2012 the company side is missing.",
)
def differences(read):
    found = gaps(read)
    expected = {
        2006: -49.8,
        2007: 8.4,
        2008: 20.2,
        2009: 3.6,
        2013: -64.9,
        2014: -182.3,
        2015: -14.0,
    }
    assert {year: round(gap, 1) for year, (gap, _) in found.items()} == expected
    assert max(found, key=lambda year: abs(found[year][0])) == 2014
    assert near(found[2014][1], -17.8)
    alone = read("money_eiti_totals").query("year >= 2010 and year <= 2012")
    assert sorted(zip(alone["year"], alone["reported_by"], strict=True)) == [
        (year, "government") for year in (2010, 2011, 2012)
    ]


@states("(18 companies did for 2008, 1,198 for 2013)")
def companies_that_reported(read):
    table = read("money_eiti_indicators").query("measure == 'companies_reporting'")
    count = table.set_index("year")["value"]
    assert (count[2008], count[2013]) == (18, 1198)
    assert (count.idxmin(), count.idxmax()) == (2008, 2013)


@states(
    '"The companies reported 64.9 million dollars less than the government said it received."',
    "B. It says who reports what, and which one is smaller.",
    "C turns the sign round: here the state says it received more.",
)
def minus_of_2013(read):
    table = read("money_eiti_totals").query("year == 2013").set_index("reported_by")["value_usd"]
    assert near((table["government"] - table["company"]) / 1e6, 64.9)


@states(
    "2007: +8.4, or 1.3 percent (+8.5 with these rounded sums). 2013: −64.9, −6.4 percent. "
    "2014: −182.3, −17.8 percent. 2015: −14.0, −2.0 percent.",
    '"In 2014 the companies reported 182.3 million dollars less than the government said it '
    'received."',
)
def paper_part_b(read):
    found = gaps(read)
    assert [round(found[year][1], 1) for year in (2007, 2013, 2014, 2015)] == [1.3, -6.4, -17.8, -2]
    assert near(found[2007][0], 8.4)
    table = read("money_eiti_totals")
    table["million"] = (table["value_usd"] / 1e6).round(2)
    sums = {(row.year, row.reported_by): row.million for row in table.itertuples()}
    assert near(sums[2007, "company"] - sums[2007, "government"], 8.5, 1)
    printed = {2007: (648.98, 640.53), 2013: (949.98, 1014.84)}
    printed |= {2014: (844.51, 1026.84), 2015: (677.13, 691.14)}
    for year, pair in printed.items():
        assert (sums[year, "company"], sums[year, "government"]) == pair
    assert near(printed[2014][0] - printed[2014][1], -182.3)


# Dollars and tugrik ----------------------------------------------------------------------------


@states(
    "In the first nine months of 2015, one dollar was about 1,995 tugrik. "
    "Early in 2023 it was about 3,506.",
    "6. 1,995; 2,782; 2,810; 3,506.",
)
def four_rates(read):
    periods = ["2015-01/2015-09", "2019", "2020", "2023-Q1"]
    found = [rate(read, period) for period in periods]
    assert all(near(*pair, 0) for pair in zip(found, [1995, 2782, 2810, 3506], strict=True))
    table = read("mine_payments").query("period == '2015-01/2015-09'")
    assert table["note"].str.contains("1,993.7").all()


@states(
    "In dollars the payments went from 192 to 201 million: +4.7 percent.",
    "In tugrik they went from 383 to 565 billion: +47.4 percent.",
    "Most of the second change is the rate, which rose by 40.8 percent.",
    "So 565 billion tugrik of 2020 did not buy 47.4 percent more than 383 billion of 2015.",
    "Dollars: 4.7 percent. Tugrik: 47.5 percent; with the exact rate 47.4.",
)
def nine_months(read):
    early, late = "2015-01/2015-09", "2020-01/2020-09"
    assert (report(read, early), report(read, late)) == (192, 201)
    in_dollars = report(read, late) / report(read, early)
    before = report(read, early, "taxes_fees_mnt")
    after = report(read, late) * rate(read, "2020") / 1000
    assert before == 383
    assert near(after, 565, 0)
    assert near(100 * (in_dollars - 1), 4.7)
    assert near(100 * (after / before - 1), 47.4)
    assert near(100 * (565 / before - 1), 47.5)
    of_rate = rate(read, "2020") / rate(read, early)
    assert near(100 * (of_rate - 1), 40.8)
    assert log(of_rate) / log(after / before) > 0.5


@states(
    "Prices in Mongolia rose in these years too (see people_consumer_prices).",
    "So 565 billion tugrik of 2020 did not buy 47.4 percent more",
)
def prices_rose(read):
    table = read("people_consumer_prices").set_index("month")["index_2020_100"]
    before = table[[f"2015-{month:02d}" for month in range(1, 10)]].mean()
    after = table[[f"2020-{month:02d}" for month in range(1, 10)]].mean()
    assert 1.15 < after / before < 1.4
    months = table["2015-01":"2020-09"]
    assert months.is_monotonic_increasing or (months.diff() > 0).mean() > 0.6


@states(
    "The company's sum is higher by 68 or by 61 billion tugrik.",
    "To make it vanish, a dollar would have to be 1,778 tugrik.",
    "No rate that we have for 2015 is that low.",
    "For 2015 the company's sum is 61 billion tugrik higher than the tax authority's, "
    "at 1,971 tugrik for a dollar.",
)
def company_and_tax_authority(read):
    company = report(read, "2015")
    state = report(read, "2015", "tax_authority_total_mnt", "Tax authority of Mongolia")
    assert near(company * rate(read, "2015-01/2015-09") / 1000 - state, 68, 0)
    assert near(621 / company * 1000, 1971, 0)
    assert near(company * 1971 / 1000 - state, 61, 0)
    assert near(state / company * 1000, 1778, 0)
    table = read("money_eiti_indicators")
    eiti = table[(table["measure"] == "exchange_rate_used") & (table["year"] == 2015)]["value"]
    assert min(eiti.item(), rate(read, "2015-01/2015-09"), 1971) > 1778
    notes = read("mine_payments").query("measure == 'tax_authority_total_mnt'")["note"]
    assert "about 621 billion" in notes.item()


@states(
    "The rate lies between 1,987.0 and 2,002.6. The page's own rate, 1,993.7, lies inside. "
    "The difference is +65.9 to +70.8 billion tugrik.",
)
def rounded_rate(read):
    dollars = report(read, "2015-01/2015-09")
    tugrik = report(read, "2015-01/2015-09", "taxes_fees_mnt")
    corners = [(tugrik + a) / (dollars + b) * 1000 for a in (-0.5, 0.5) for b in (-0.5, 0.5)]
    low, high = min(corners), max(corners)
    assert near(low, 1987.0)
    assert near(high, 2002.6)
    assert low < 1993.7 < high
    company = report(read, "2015")
    state = report(read, "2015", "tax_authority_total_mnt")
    assert near(company * low / 1000 - state, 65.9)
    assert near(company * high / 1000 - state, 70.8)


@states(
    "Oyu Tolgoi LLC reports 513 million dollars, Rio Tinto 482: the difference is +31, "
    "or +6.4 percent.",
    "Rio Tinto parts its sum: 344 million to the nation, 138 to regions. "
    "That is 28.6 percent regional.",
    "Of the 344, 126 million are royalties.",
)
def company_and_shareholder(read):
    company = report(read, "2024", by="Oyu Tolgoi LLC")
    whole = report(read, "2024", "rio_tinto_total_usd", "Rio Tinto")
    nation = report(read, "2024", "rio_tinto_national_usd")
    regions = report(read, "2024", "rio_tinto_regional_usd")
    assert (company, whole, nation, regions) == (513, 482, 344, 138)
    assert nation + regions == whole
    assert company - whole == 31
    assert near(100 * (company - whole) / whole, 6.4)
    assert near(100 * regions / whole, 28.6)
    assert report(read, "2024", "rio_tinto_royalties_usd") == 126
    notes = read("mine_payments").query("measure == 'rio_tinto_royalties_usd'")["note"]
    assert "Part of the 344" in notes.item()


# Price times volume ----------------------------------------------------------------------------


@states("For six years the table has the mine's copper and the company's payments.")
def six_years(read):
    table = read("mine_payments").query("measure == 'taxes_fees_usd' and period_type == 'year'")
    years = set(table["period"].astype(int)) & set(at_world_price(read))
    assert sorted(year for year in years if year >= 2019) == [2019, 2020, 2021, 2022, 2024, 2025]


@states(
    "From 2019 to 2020 the copper at the world price rose from 879.5 to 923.8 million dollars.",
    "The payments fell from 321 to 294.",
    "From 2020 to 2021 both rose.",
    "But the payments more than doubled, and the note of the row names a large payment that does "
    "not come each year.",
)
def price_and_payments(read):
    value = at_world_price(read)
    assert near(value[2019], 879.5)
    assert near(value[2020], 923.8)
    sums = [report(read, year) for year in ("2019", "2020", "2021")]
    assert sums[:2] == [321, 294]
    assert value[2021] > value[2020]
    assert sums[2] > 2 * sums[1]
    assert value[2021] < 2 * value[2020]
    rows = read("mine_payments").query("period == '2021' and measure == 'taxes_fees_usd'")
    assert "large payment that does not come each year" in rows["note"].item()


@states(
    "Somebody divides 513 by 1,964, the two numbers of 2024",
    "And 1,964 million leaves out gold",
)
def not_a_tax_rate(read):
    assert near(at_world_price(read)[2024], 1964, 0)
    assert report(read, "2024") == 513
    assert near(100 * 513 / 1964, 26, 0)


@states(
    "8. 879 (880 with exact copper), 924, 1,519, 1,964, 3,432.",
    "It rises from 2019 to 2020, and from 2021 to 2024",
)
def paper_part_d(read):
    value = at_world_price(read)
    assert near(value[2019], 880, 0)
    rows = {2019: (146.3, 6010), 2020: (149.6, 6174), 2021: (163.0, 9317)}
    rows |= {2024: (214.8, 9142), 2025: (345.0, 9947)}
    for year, product in zip(rows, [879, 924, 1519, 1964, 3432], strict=True):
        copper, price = rows[year]
        assert near(copper * price / 1000, product, 0)
        assert isclose(value[year], product, rel_tol=0.001)
    table = [(value[year], report(read, str(year))) for year in rows]
    assert [dollars for _, dollars in table] == [321, 294, 681, 513, 660]
    apart = [b[0] > a[0] and b[1] < a[1] for a, b in pairwise(table)]
    assert apart == [True, False, True, False]


# The exercise ----------------------------------------------------------------------------------


@states("Then use 1,524, the mean rate of that year.")
def coal_mine(read):
    table = paid(read, "Energy Resource LLC")
    assert len(table) == 14
    largest = max(set(table["stream"]), key=lambda name: percent(table, "stream", name))
    assert "mineral resources and oil" in largest
    assert near(percent(table, "stream", largest), 53.7)
    assert near(percent(table, "agency", LOCAL), 3.0)
    total = sum(table["value_usd"]) / 1e6
    assert near(total * 1659 / 1000, 77.6)
    assert near(total * 1524 / 1000, 71.3)
    rates = read("money_eiti_indicators").query("measure == 'exchange_rate_used'")
    of_2013 = rates[rates["year"] == 2013]
    assert of_2013["value"].item() == 1659
    assert "1,523.93" in of_2013["note"].item()
    assert table["stream"].str.contains("only coal").any()


NOT_DATA = {
    "We always take company less government.": "A rule for the sign.",
    "plus: the companies say they paid more": "Says what the sign means.",
    "minus: the state says it received more": "Says what the sign means.",
    "Rio Tinto owns the larger part and runs the mine.": "From the company's page.",
    "You may not set this beside the 12.1 percent of step 2.": "A warning; 12.1 is checked above.",
    "The third member said:": "Refers to the story.",
    '"Copper is expensive, so there must be more."': "Words of the story.",
    "The copper of 2022 is derived": "Points to the status that lesson 3.1 explains.",
    "Profit (ашиг) = revenue less all costs": "A definition.",
    "It is a share like any other.": "A wrong answer.",
    "B. In a share, the part lies inside the whole.": "A definition.",
    "A takes each division for a share.": "Says why an answer is wrong.",
    "Treat the 12.8 percent of donations with care.": "Advice; 12.8 is checked above.",
    "Work out the share of each stream.": "A task for the learner.",
    "Compare with Oyu Tolgoi: royalty, and the local share.": "A task for the learner.",
    "Say what 100 percent is.": "A rule, no data.",
    "What share is it? (sum ÷ 123.082 × 100)": "A task for the learner.",
    "Divide by the government's sum, times 100.": "A task for the learner.",
    "Rio Tinto, as quoted by the Mongolian Mining Journal, 2025": "Names a source.",
}
