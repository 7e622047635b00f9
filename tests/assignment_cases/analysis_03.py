"""Assignment 3: its points, and what learners might write."""

POINTS = {
    "q01_test": 2,
    "q02_test": 2,
    "q03_test": 3,
    "q04_test": 2,
    "q05_test": 2,
    "q06_test": 2,
    "q07_test": 3,
    "q08_test": 2,
    "q09_test": 3,
    "q10_test": 2,
    "q11_test": 3,
    "q12_test": 2,
    "q13_money": 4,
    "q14_link": 4,
    "q15_sentences": 4,
}

# The answers, which no message may give away.
ANSWERS = {
    "q01_test": "3",
    "q02_test": "61.9",
    "q03_test": "1840",
    "q04_test": "362",
    "q05_test": "2.9",
    "q06_test": "2006",
    "q07_test": "0.11",
    "q08_test": "3.1",
    "q09_test": "72",
    "q10_test": "29",
    "q11_test": "64",
    "q12_test": "0.17",
}

# (test cell, what a learner might write, key of the message)
WRONG = [
    (
        "q01_test",
        "sure_years = (gold_quarters.groupby('year')['value'].count() == 4).sum()",
        "derived_counted",
    ),
    ("q01_test", "sure_years = len(reported_quarters)", "incomplete_years"),
    ("q01_test", "sure_years = len(reported)", "quarters_not_years"),
    ("q01_test", "sure_years = len(gold_quarters)", "quarters_not_years"),
    ("q01_test", "sure_years = reported_quarters", "many_values"),
    ("q01_test", "sure_years = 5", "not_the_value"),
    ("q02_test", "gold_change_percent = (gold_2017 - gold_2016) / gold_2016", "fraction"),
    (
        "q02_test",
        "gold_change_percent = (gold_2017 - gold_2016) / gold_2017 * 100",
        "later_year_below",
    ),
    ("q02_test", "gold_change_percent = gold_2017 - gold_2016", "difference_not_percent"),
    ("q02_test", "gold_change_percent = gold_2017 / gold_2016 * 100", "ratio_not_change"),
    ("q02_test", "gold_change_percent = (gold_2016 - gold_2017) / gold_2016 * 100", "wrong_sign"),
    ("q02_test", "gold_change_percent = (285.4 - 114.3) / 114.3 * 100", "other_year"),
    ("q02_test", "gold_change_percent = (157.4 - 201.3) / 201.3 * 100", "other_measure"),
    (
        "q03_test",
        "lost_gold_kg = gold_in_ore_grams / 1000 * quarter['recovery_gold'] / 100",
        "gained_not_lost",
    ),
    ("q03_test", "lost_gold_kg = gold_in_ore_grams / 1000", "gold_in_ore"),
    (
        "q03_test",
        "lost_gold_kg = gold_in_ore_grams / 1000 * (100 - quarter['recovery_copper']) / 100",
        "recovery_of_copper",
    ),
    ("q03_test", "lost_gold_kg = gold_in_ore_grams * lost_percent / 100", "too_large_1000"),
    (
        "q03_test",
        "tonnes = quarter['ore_treated'] * quarter['head_grade_gold'] / 100\n"
        "lost_gold_kg = tonnes * lost_percent / 100",
        "grade_as_percent",
    ),
    (
        "q03_test",
        "lost_gold_kg = gold_in_ore_grams / 1000 - quarter['gold_in_concentrate'] * 31.1035",
        "from_reported_gold",
    ),
    (
        "q03_test",
        "lost_gold_kg = gold_in_ore_grams / 31.1035 / 1000 * lost_percent / 100",
        "koz_not_kg",
    ),
    (
        "q03_test",
        "year = production[production['period'] == '2021'].set_index('measure')['value']\n"
        "grams = year['ore_treated'] * 1000 * year['head_grade_gold']\n"
        "lost_gold_kg = grams / 1000 * (100 - year['recovery_gold']) / 100",
        "other_period",
    ),
    (
        "q04_test",
        "gold_value_musd = gold_2018 * months_2018['gold_usd_per_ounce'].iloc[0] / 1000",
        "one_month_price",
    ),
    (
        "q04_test",
        "gold_value_musd = gold_2018 * months_2018['gold_usd_per_ounce'].iloc[-1] / 1000",
        "one_month_price",
    ),
    (
        "q04_test",
        "gold_value_musd = gold_2018 * months_2018['gold_usd_per_ounce'].sum() / 1000",
        "prices_added",
    ),
    ("q04_test", "gold_value_musd = gold_2018 * price_2018", "too_large_1000"),
    ("q04_test", "gold_value_musd = gold_2017 * price_2018 / 1000", "other_year"),
    (
        "q04_test",
        "months = prices[prices['month'].str.startswith('2017')]\n"
        "gold_value_musd = gold_2018 * months['gold_usd_per_ounce'].mean() / 1000",
        "other_year",
    ),
    (
        "q04_test",
        "rows = gold[gold['period'].str.startswith('2018')]\n"
        "gold_value_musd = rows['value'].sum() * price_2018 / 1000",
        "years_and_quarters",
    ),
    (
        "q04_test",
        "gold_value_musd = 159.1 * months_2018['copper_usd_per_tonne'].mean() / 1000",
        "other_measure",
    ),
    (
        "q05_test",
        "is_local = energy['agency'].str.contains('Local')\n"
        "local_percent = energy[is_local]['value_usd'].sum() / by_agency.sum() * 100",
        "ministries_counted",
    ),
    (
        "q05_test",
        "water = energy[energy['stream'] == 'Fee for water use']['value_usd'].sum()\n"
        "local_percent = water / by_agency.sum() * 100",
        "one_stream_only",
    ),
    (
        "q05_test",
        "mine = payments[payments['company'] == 'Oyu Tolgoi LLC']\n"
        "mine = mine.groupby('agency')['value_usd'].sum()\n"
        "local_percent = mine['Local Department of Taxation'] / mine.sum() * 100",
        "other_company",
    ),
    (
        "q05_test",
        "is_local = payments['agency'] == 'Local Department of Taxation'\n"
        "local = payments[is_local]['value_usd'].sum()\n"
        "local_percent = local / payments['value_usd'].sum() * 100",
        "all_companies_counted",
    ),
    (
        "q05_test",
        "local_percent = by_agency['Local Department of Taxation'] / by_agency.sum()",
        "fraction",
    ),
    (
        "q05_test",
        "local_percent = by_agency.sum() / by_agency['Local Department of Taxation']",
        "upside_down",
    ),
    ("q06_test", "camel_low_year = herds['camel'].idxmin()", "one_year_not_average"),
    (
        "q06_test",
        "camel_low_year = herds['camel'].rolling(5, center=True).mean().idxmin()",
        "window_in_the_middle",
    ),
    ("q06_test", "camel_low_year = herds['camel'].rolling(3).mean().idxmin()", "other_window"),
    ("q06_test", "camel_low_year = herds['goat'].rolling(5).mean().idxmin()", "other_animal"),
    (
        "q06_test",
        "camel_low_year = herds.sum(axis=1).rolling(5).mean().idxmin()",
        "other_animal",
    ),
    ("q06_test", "camel_low_year = average.idxmax()", "largest_not_smallest"),
    ("q06_test", "camel_low_year = average.min()", "not_text"),
    ("q06_test", "camel_low_year = '06'", "not_a_choice"),
    (
        "q07_test",
        "correlation_without_top = table['horse'].corr(table['winter_c'])",
        "top_year_counted",
    ),
    (
        "q07_test",
        "fewer = table.drop(index=2010)\n"
        "correlation_without_top = fewer['horse'].corr(fewer['winter_c'])",
        "other_year_left_out",
    ),
    (
        "q07_test",
        "fewer = table.drop(index=[2002, 2010])\n"
        "correlation_without_top = fewer['horse'].corr(fewer['winter_c'])",
        "two_years_left_out",
    ),
    (
        "q07_test",
        "fewer = table.drop(index=table['camel'].idxmax())\n"
        "correlation_without_top = fewer['camel'].corr(fewer['winter_c'])",
        "other_animal",
    ),
    (
        "q07_test",
        "correlation_without_top = fewer['mean_of_five_rates'].corr(fewer['winter_c'])",
        "mean_of_animals",
    ),
    ("q07_test", "correlation_without_top = -fewer['horse'].corr(fewer['winter_c'])", "wrong_sign"),
    ("q07_test", "correlation_without_top = fewer.corr()", "whole_table"),
    ("q08_test", "mining_share_percent = mining['share_of_soum_percent'].mean()", "mean_of_shares"),
    ("q08_test", "mining_share_percent = mining['share_of_soum_percent'].sum()", "sum_of_shares"),
    ("q08_test", "mining_share_percent = mining_area_km2 / aimag_area_km2", "fraction"),
    (
        "q08_test",
        "mining_share_percent = licences['area_km2'].sum() / aimag_area_km2 * 100",
        "exploration_counted",
    ),
    (
        "q08_test",
        "joined = licences.merge(soums, on='soum_code')\n"
        "mining_share_percent = mining_area_km2 / joined['area_km2_y'].sum() * 100",
        "area_counted_twice",
    ),
    ("q08_test", "mining_share_percent = aimag_area_km2 / mining_area_km2", "upside_down"),
    (
        "q09_test",
        "mine = mines[mines['mine'] == 'Nariin Sukhait'].geometry.iloc[0]\n"
        "centre = gpd.GeoDataFrame(soums[['soum']], geometry=points)\n"
        "centre = centre[centre['soum'] == 'Noyon'].geometry.iloc[0]\n"
        "mine_km = mine.distance(centre)",
        "in_degrees",
    ),
    ("q09_test", "mine_km = mine_point.distance(noyon_point)", "too_large_1000"),
    (
        "q09_test",
        "a = mines_m.to_crs('EPSG:3857').set_index('mine').geometry['Nariin Sukhait']\n"
        "b = centres.to_crs('EPSG:3857').set_index('soum').geometry['Noyon']\n"
        "mine_km = a.distance(b) / 1000",
        "phone_projection",
    ),
    (
        "q09_test",
        "a = mines_m.to_crs('EPSG:6933').set_index('mine').geometry['Nariin Sukhait']\n"
        "b = centres.to_crs('EPSG:6933').set_index('soum').geometry['Noyon']\n"
        "mine_km = a.distance(b) / 1000",
        "area_projection",
    ),
    (
        "q09_test",
        "centre = centres[centres['soum'] == 'Gurvantes'].geometry.iloc[0]\n"
        "mine_km = mine_point.distance(centre) / 1000",
        "other_place",
    ),
    (
        "q09_test",
        "mine = mines_m[mines_m['mine'] == 'Baruun Noyon'].geometry.iloc[0]\n"
        "mine_km = mine.distance(noyon_point) / 1000",
        "other_mine",
    ),
    ("q09_test", "mine_km = mines_m.distance(noyon_point) / 1000", "many_values"),
    (
        "q10_test",
        "groups = ages.groupby('age_group')['persons'].sum()\n"
        "older_per_100 = (groups['65-69'] + groups['70+']) / groups['0-4'] * 100",
        "town_counted",
    ),
    (
        "q10_test",
        "wide = countryside.pivot(index='soum', columns='age_group', values='persons')\n"
        "older_per_100 = ((wide['65-69'] + wide['70+']) / wide['0-4'] * 100).mean()",
        "mean_of_rates",
    ),
    ("q10_test", "older_per_100 = by_group['70+'] / by_group['0-4'] * 100", "other_age_group"),
    (
        "q10_test",
        "older_per_100 = (older + by_group['60-64']) / by_group['0-4'] * 100",
        "other_age_group",
    ),
    ("q10_test", "older_per_100 = older / by_group['total'] * 100", "all_residents_below"),
    ("q10_test", "older_per_100 = by_group['0-4'] / older * 100", "upside_down"),
    ("q10_test", "older_per_100 = older / by_group['0-4']", "not_per_100"),
    (
        "q11_test",
        "weighted_percent = survey['yes'].sum() / survey['answered'].sum() * 100",
        "without_weights",
    ),
    (
        "q11_test",
        "share = survey['yes'] / survey['asked']\n"
        "weighted_percent = (share * survey['adults']).sum() / survey['adults'].sum() * 100",
        "no_answer_in_base",
    ),
    (
        "q11_test",
        "weighted_percent = survey['yes'].sum() / survey['asked'].sum() * 100",
        "no_answer_in_base",
    ),
    (
        "q11_test",
        "weighted_percent = (survey['yes'] / survey['answered']).mean() * 100",
        "mean_of_percents",
    ),
    (
        "q11_test",
        "above = (survey['yes'] * survey['adults']).sum()\n"
        "weighted_percent = above / (survey['answered'] * survey['adults']).sum() * 100",
        "adults_as_weights",
    ),
    ("q11_test", "weighted_percent = weighted_yes / survey['adults'].sum()", "fraction"),
    ("q12_test", "band_width_kt = high", "value_not_width"),
    ("q12_test", "band_width_kt = 38.1 / (1 - 0.163)", "value_not_width"),
    ("q12_test", "band_width_kt = 38.15 / (1 - 0.1625) - 38.05 / (1 - 0.1635)", "rounding_crossed"),
    ("q12_test", "band_width_kt = (high - low) / 2", "half_of_band"),
    ("q12_test", "band_width_kt = (38.15 - 38.05) / (1 - 0.163)", "one_number_rounded"),
    ("q12_test", "band_width_kt = 38.2 / (1 - 0.164) - 38.0 / (1 - 0.162)", "whole_steps"),
    ("q12_test", "band_width_kt = low - high", "wrong_sign"),
]

# Other ways to the right answer.
ALSO_RIGHT = [
    ("q01_test", "sure_years = 3.0"),
    ("q02_test", "gold_change_percent = -61.9"),
    ("q03_test", "lost_gold_kg = 9336 * 0.63 * (1 - 0.687)"),
    ("q03_test", "lost_gold_kg = 1841"),
    ("q04_test", "gold_value_musd = 285.4 * 1269.25 / 1000"),
    ("q04_test", "gold_value_musd = 362"),
    ("q05_test", "local_percent = 1397 / 46761 * 100"),
    ("q06_test", "camel_low_year = '2006'"),
    ("q06_test", "camel_low_year = average[average == average.min()].index"),
    ("q07_test", "correlation_without_top = -0.116"),
    ("q08_test", "mining_share_percent = 3.13"),
    (
        "q09_test",
        "mine_km = mines_m.set_index('mine').geometry['Nariin Sukhait':].head(1)"
        ".distance(noyon_point) / 1000",
    ),
    (
        "q09_test",
        "a = mines_m.to_crs('EPSG:32647').set_index('mine').geometry['Nariin Sukhait']\n"
        "b = centres.to_crs('EPSG:32647').set_index('soum').geometry['Noyon']\n"
        "mine_km = a.distance(b) / 1000",
    ),
    ("q10_test", "older_per_100 = 29.2"),
    (
        "q11_test",
        "share = survey['yes'] / survey['answered']\n"
        "weighted_percent = (share * survey['adults']).sum() / survey['adults'].sum() * 100",
    ),
    (
        "q11_test",
        "weight = survey['adults'] / survey['asked']\n"
        "answers = (survey['answered'] * weight).sum()\n"
        "weighted_percent = (survey['yes'] * weight).sum() / answers * 100",
    ),
    ("q12_test", "band_width_kt = 45.607 - 45.433"),
    ("q12_test", "band_width_kt = 0.174"),
]

# What the reference solution finds.
SOLVED = {"camel_low_year": 2006}
