"""Assignment 3: its points, and what learners might write."""

POINTS = {
    "q01_test": 2,
    "q02_test": 2,
    "q03_test": 4,
    "q04_test": 4,
    "q05_test": 4,
    "q06_test": 4,
    "q07_test": 4,
    "q08_test": 4,
    "q09_test": 4,
    "q10_test": 4,
    "q11_sentences": 4,
}

# The answers, which no message may give away.
ANSWERS = {
    "q02_test": "71.",
    "q03_test": "5656",
    "q04_test": "61.9",
    "q05_test": "Q4",
    "q06_test": "241",
    "q07_test": "3.1",
    "q08_test": "Khankhongor",
    "q09_test": "0.26",
    "q10_test": "92",
}

# (test cell, what a learner might write, key of the message)
WRONG = [
    ("q01_test", "gold_quarters = production", "other_rows"),
    ("q01_test", "gold_quarters = gold", "other_rows"),
    ("q01_test", "gold_quarters = gold_quarters['value']", "not_a_table"),
    (
        "q01_test",
        "gold_quarters = gold_quarters[gold_quarters['status'] == 'reported']",
        "too_few_rows",
    ),
    ("q01_test", "gold_quarters = gold_quarters.drop(columns='measure')", "no_column"),
    ("q02_test", "gold_2019_q2_koz = 71_825", "too_large_1000"),
    ("q02_test", "gold_2019_q2_koz = gold[gold['period'] == '2019']['value']", "other_period"),
    ("q02_test", "gold_2019_q2_koz = gold[gold['period'] == '2019Q2']['value']", "empty"),
    ("q02_test", "gold_2019_q2_koz = '71.825'", "number_in_quotes"),
    (
        "q02_test",
        "gold_2019_q2_koz = production[(production['period'] == '2019-Q2') & "
        "(production['measure'] == 'copper_in_concentrate')]['value']",
        "other_measure",
    ),
    ("q03_test", "gold_2020_kg = gold_2020_ounces", "ounces_not_kilograms"),
    ("q03_test", "gold_2020_kg = gold_2020['value'].sum() * 0.0311035", "too_small_1000"),
    ("q03_test", "gold_2020_kg = gold_2020_ounces * 31.1035", "too_large_1000"),
    ("q03_test", "gold_2020_kg = gold_2020_ounces * 0.02835", "kitchen_ounce"),
    (
        "q03_test",
        "rows = production[production['period'] == '2020']\n"
        "copper = rows[rows['measure'] == 'copper_in_concentrate']['value'].sum()\n"
        "gold_2020_kg = copper * 31.1035",
        "other_measure",
    ),
    (
        "q03_test",
        "gold_2020_kg = gold[gold['period'] == '2019']['value'].sum() * 31.1035",
        "other_year",
    ),
    (
        "q03_test",
        "gold_2020_kg = gold[gold['period'].str.startswith('2020-')]['value'].sum() * 31.1035",
        "derived_rows",
    ),
    (
        "q03_test",
        "gold_2020_kg = gold[gold['period'].str.startswith('2020')]['value'].sum() * 31.1035",
        "years_and_quarters",
    ),
    ("q04_test", "gold_change_percent = (gold_2017 - gold_2016) / gold_2016", "fraction"),
    (
        "q04_test",
        "gold_change_percent = (gold_2017 - gold_2016) / gold_2017 * 100",
        "later_year_below",
    ),
    ("q04_test", "gold_change_percent = gold_2017 - gold_2016", "difference_not_percent"),
    ("q04_test", "gold_change_percent = gold_2017 / gold_2016 * 100", "ratio_not_change"),
    ("q04_test", "gold_change_percent = (gold_2016 - gold_2017) / gold_2016 * 100", "wrong_sign"),
    ("q04_test", "gold_change_percent = (285.4 - 114.3) / 114.3 * 100", "other_year"),
    ("q04_test", "gold_change_percent = (157.4 - 201.3) / 201.3 * 100", "other_measure"),
    (
        "q05_test",
        "later = gold_quarters[gold_quarters['period'] >= '2014'].sort_values('value')\n"
        "lowest_quarter = later['period'].iloc[0]",
        "derived_rows",
    ),
    (
        "q05_test",
        "lowest_quarter = gold_quarters.sort_values('value')['period'].iloc[0]",
        "part_year",
    ),
    ("q05_test", "lowest_quarter = reported['period'].iloc[-1]", "highest_not_lowest"),
    ("q05_test", "lowest_quarter = reported['value'].min()", "not_text"),
    ("q05_test", "lowest_quarter = '2019'", "not_a_choice"),
    ("q06_test", "quarters_2019_koz = gold[gold['period'] == '2019']['value']", "year_row"),
    (
        "q06_test",
        "quarters_2019_koz = gold[gold['period'].str.startswith('2019')]['value'].sum()",
        "years_and_quarters",
    ),
    (
        "q06_test",
        "quarters_2019_koz = gold_quarters_2019['value'].iloc[:3].sum()",
        "quarter_missing",
    ),
    ("q06_test", "quarters_2019_koz = gold_quarters_2019['value']", "many_values"),
    (
        "q06_test",
        "rows = production[production['measure'] == 'copper_in_concentrate']\n"
        "quarters_2019_koz = rows[rows['period'].isin(quarters)]['value'].sum()",
        "other_measure",
    ),
    (
        "q06_test",
        "quarters_2019_koz = gold[gold['period'].str.startswith('2018-')]['value'].sum()",
        "other_year",
    ),
    ("q07_test", "mining_share_percent = mining['share_of_soum_percent'].mean()", "mean_of_shares"),
    ("q07_test", "mining_share_percent = mining['share_of_soum_percent'].sum()", "sum_of_shares"),
    ("q07_test", "mining_share_percent = mining_area_km2 / aimag_area_km2", "fraction"),
    (
        "q07_test",
        "mining_share_percent = licences['area_km2'].sum() / aimag_area_km2 * 100",
        "exploration_counted",
    ),
    (
        "q07_test",
        "joined = licences.merge(soums, on='soum_code')\n"
        "mining_share_percent = mining_area_km2 / joined['area_km2_y'].sum() * 100",
        "area_counted_twice",
    ),
    ("q07_test", "mining_share_percent = aimag_area_km2 / mining_area_km2", "upside_down"),
    (
        "q08_test",
        "both = mining.merge(soums[['soum_code', 'soum']], on='soum_code')\n"
        "both = both.sort_values('share_of_soum_percent', ascending=False)\n"
        "most_explored_soum = both['soum'].iloc[0]",
        "mining_not_exploration",
    ),
    (
        "q08_test",
        "exploration = exploration.sort_values('licences', ascending=False)\n"
        "most_explored_soum = exploration['soum'].iloc[0]",
        "count_not_share",
    ),
    ("q08_test", "most_explored_soum = exploration['soum_code'].iloc[0]", "not_a_choice"),
    ("q08_test", "most_explored_soum = 'Bulgan'", "not_the_value"),
    (
        "q09_test",
        "people_per_km2 = people_and_land['residents'].sum() / people_and_land['area_km2'].sum()",
        "town_included",
    ),
    (
        "q09_test",
        "people_per_km2 = (countryside['residents'] / countryside['area_km2']).mean()",
        "mean_of_densities",
    ),
    (
        "q09_test",
        "people_per_km2 = countryside['area_km2'].sum() / countryside['residents'].sum()",
        "upside_down",
    ),
    (
        "q09_test",
        "areas = soums[['soum_code', 'area_km2']]\n"
        "old = people[people['year'] == 2019].merge(areas, on='soum_code')\n"
        "old = old[old['soum'] != 'Dalanzadgad']\n"
        "people_per_km2 = old['residents'].sum() / old['area_km2'].sum()",
        "other_year",
    ),
    (
        "q10_test",
        "mixed = livestock_2020.merge(people[people['year'] == 2019], on='soum_code')\n"
        "mixed = mixed[mixed['soum_x'] == 'Bulgan']\n"
        "animals_per_person = mixed['head'] / mixed['residents']",
        "mixed_years",
    ),
    ("q10_test", "animals_per_person = 236711 / 2050", "other_year"),
    ("q10_test", "animals_per_person = bulgan['residents'] / bulgan['head']", "upside_down"),
    (
        "q10_test",
        "animals_per_person = bulgan['head'] / bulgan['herder_households']",
        "per_household",
    ),
    ("q10_test", "animals_per_person = bulgan['head'].sum()", "total_not_ratio"),
    (
        "q10_test",
        "animals_per_person = both['head'].sum() / both['residents'].sum()",
        "whole_aimag",
    ),
]

# Other ways to the right answer.
ALSO_RIGHT = [
    ("q02_test", "gold_2019_q2_koz = 71.8"),
    ("q02_test", "gold_2019_q2_koz = second_quarter['value']"),
    ("q03_test", "gold_2020_kg = 181.858 * 31.1"),
    ("q04_test", "gold_change_percent = -61.9"),
    ("q05_test", "lowest_quarter = '2019 q4'"),
    ("q05_test", "lowest_quarter = reported['period'].head(1)"),
    ("q06_test", "quarters_2019_koz = 120 + 71.825 + 25.607 + 24.3"),
    ("q07_test", "mining_share_percent = 3.13"),
    ("q08_test", "most_explored_soum = 'Ханхонгор'"),
    ("q08_test", "most_explored_soum = 'khankhongor soum'"),
    ("q09_test", "people_per_km2 = countryside['residents'].sum() / soums['area_km2'].sum()"),
    ("q10_test", "animals_per_person = bulgan['head'] / bulgan['residents']"),
]

# What the reference solution finds.
SOLVED = {"lowest_quarter": "2019-Q4"}
