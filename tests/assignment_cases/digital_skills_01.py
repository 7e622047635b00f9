"""Assignment 1: its points, and what learners might write."""

POINTS = {
    "q01_test": 2,
    "q02_test": 2,
    "q03_test": 3,
    "q04_test": 3,
    "q05_test": 3,
    "q06_test": 4,
    "q07_test": 3,
    "q08_test": 4,
    "q09_test": 4,
    "q10_test": 2,
    "q11_test": 2,
    "q12_card": 4,
    "q13_note": 4,
}

# The answers, which no message may give away.
ANSWERS = {
    "q01_test": "../",
    "q03_test": "135",
    "q04_test": "Mandal",
    "q05_test": "2",
    "q06_test": "10.",
    "q07_test": "602",
    "q08_test": "3000",
    "q09_test": "Nomgon",
    "q10_test": "156",
    "q11_test": "prepayment",
}

# How learners begin questions 8 and 9.
OPEN = "office = pd.read_csv(io.BytesIO(office_bytes), sep=';', encoding='cp1251'"
SORT = "office = office.sort_values('талбай_км2', ascending=False)\n"

# (test cell, what a learner might write, key of the message)
WRONG = [
    ("q01_test", "path_to_file = 'people_age.csv'", "path_stays_here"),
    ("q01_test", "path_to_file = 'my-course/datasets/people_age.csv'", "path_stays_here"),
    ("q01_test", "path_to_file = '../../datasets/people_age.csv'", "path_not_up_enough"),
    ("q01_test", "path_to_file = '../../../../datasets/people_age.csv'", "path_up_too_far"),
    ("q01_test", "path_to_file = '../../../people_age.csv'", "path_no_folder"),
    ("q01_test", "path_to_file = '../../../datasets/people_age'", "path_no_ending"),
    ("q01_test", r"path_to_file = '..\\..\\..\\datasets\\people_age.csv'", "not_a_choice"),
    ("q01_test", "path_to_file = dataset('people_age')", "not_text"),
    ("q02_test", "children_5_9 = age", "other_rows"),
    ("q02_test", "children_5_9 = age[is_5_9]['persons']", "not_a_table"),
    ("q02_test", "children_5_9 = age[is_5_9][['soum', 'persons']]", "no_column"),
    ("q02_test", "children_5_9 = age[age['age_group'] == '10-14']", "other_rows"),
    ("q02_test", "children_5_9 = age[is_5_9].head()", "too_few_rows"),
    ("q02_test", "children_5_9 = age[age['age_group'] == '5 - 9']", "too_few_rows"),
    ("q02_test", "children_5_9 = is_5_9", "not_a_table"),
    ("q03_test", "children_5_14 = age['persons'].sum()", "totals_counted"),
    (
        "q03_test",
        "children_5_14 = age[age['age_group'] == 'total']['persons'].sum()",
        "totals_counted",
    ),
    ("q03_test", "children_5_14 = children_5_9['persons'].sum()", "one_group_only"),
    (
        "q03_test",
        "groups = age['age_group'].isin(['0-4', '5-9', '10-14'])\n"
        "children_5_14 = age[groups]['persons'].sum()",
        "group_too_many",
    ),
    (
        "q03_test",
        "groups = age['age_group'].isin(['10-14', '15-19'])\n"
        "children_5_14 = age[groups]['persons'].sum()",
        "other_group",
    ),
    (
        "q03_test",
        "here = age[age['soum'] == 'Khanbogd']\n"
        "children_5_14 = here[here['age_group'].isin(['5-9', '10-14'])]['persons'].sum()",
        "one_soum_only",
    ),
    ("q03_test", "children_5_14 = children_5_9['persons']", "many_values"),
    ("q03_test", "children_5_14 = age[age['age_group'] == '5-14']['persons'].sum()", "too_small"),
    ("q04_test", "fewest_60_64 = age.sort_values('persons')['soum'].iloc[0]", "no_group_filter"),
    (
        "q04_test",
        "totals = age[age['age_group'] == 'total'].sort_values('persons')\n"
        "fewest_60_64 = totals['soum'].iloc[0]",
        "no_group_filter",
    ),
    (
        "q04_test",
        "old = age[age['age_group'] == '70+'].sort_values('persons')\n"
        "fewest_60_64 = old['soum'].iloc[0]",
        "other_group",
    ),
    ("q04_test", "fewest_60_64 = by_persons['soum'].iloc[-1]", "highest_not_lowest"),
    ("q04_test", "fewest_60_64 = by_persons['persons'].min()", "not_a_choice"),
    ("q04_test", "fewest_60_64 = by_persons['soum'].head(3)", "many_values"),
    (
        "q05_test",
        "old = livestock[livestock['year'] == 2019]\n"
        "soums_both = ((old['head'] > 200_000) & (old['herder_households'] < 500)).sum()",
        "other_year",
    ),
    (
        "q05_test",
        "soums_both = len(livestock[(livestock['head'] > 200_000) & "
        "(livestock['herder_households'] < 500)])",
        "two_years",
    ),
    ("q05_test", "soums_both = len(many_animals)", "one_condition_only"),
    (
        "q05_test",
        "soums_both = (herds_2020['herder_households'] < 500).sum()",
        "one_condition_only",
    ),
    (
        "q05_test",
        "soums_both = ((herds_2020['head'] > 200_000) | "
        "(herds_2020['herder_households'] < 500)).sum()",
        "one_condition_is_enough",
    ),
    ("q05_test", "soums_both = (many_animals['herder_households'] > 500).sum()", "turned_around"),
    ("q05_test", "soums_both = few_households", "many_values"),
    ("q05_test", "soums_both = many_animals[few_households]", "whole_table"),
    (
        "q06_test",
        "gurvantes_percent = gurvantes['herder_households'] / all_households",
        "fraction",
    ),
    (
        "q06_test",
        "old = livestock[livestock['year'] == 2019]\n"
        "here = old[old['soum'] == 'Gurvantes']\n"
        "gurvantes_percent = here['herder_households'] / old['herder_households'].sum() * 100",
        "other_year",
    ),
    (
        "q06_test",
        "gurvantes_percent = "
        "gurvantes['herder_households'] / livestock['herder_households'].sum() * 100",
        "two_years",
    ),
    (
        "q06_test",
        "gurvantes_percent = gurvantes['head'] / herds_2020['head'].sum() * 100",
        "other_column",
    ),
    (
        "q06_test",
        "gurvantes_percent = all_households / gurvantes['herder_households']",
        "upside_down",
    ),
    ("q06_test", "gurvantes_percent = 685 / 5207 * 100", "other_whole"),
    (
        "q06_test",
        "nomgon = herds_2020[herds_2020['soum'] == 'Nomgon']\n"
        "gurvantes_percent = nomgon['herder_households'] / all_households * 100",
        "other_place",
    ),
    ("q06_test", "gurvantes_percent = gurvantes['herder_households'].sum()", "count_not_percent"),
    (
        "q07_test",
        "children_average = gurvantes_people['children_0_4'].fillna(0).mean()",
        "false_zero",
    ),
    ("q07_test", "children_average = gurvantes_people['children_0_4'].sum() / 3", "false_zero"),
    ("q07_test", "children_average = gurvantes_people['children_0_4'].max()", "one_year_only"),
    ("q07_test", "children_average = gurvantes_people['children_0_4'].sum()", "sum_not_average"),
    ("q07_test", "children_average = gurvantes_people['residents'].mean()", "other_column"),
    ("q07_test", "children_average = people['children_0_4'].mean()", "all_soums"),
    (
        "q07_test",
        "counts = gurvantes_people['children_0_4'].to_list()\n"
        "children_average = (counts[0] + counts[1] + counts[2]) / 3",
        "missing_value",
    ),
    (
        "q08_test",
        f"{OPEN}, thousands=',')\nanimals_thousand = office['мал_мянган_толгой'].sum()",
        "too_large_1000",
    ),
    (
        "q08_test",
        f"{OPEN})\nanimals_thousand = office['мал_мянган_толгой'].sum()",
        "text_not_number",
    ),
    (
        "q08_test",
        f"{OPEN})\nwithout = office['мал_мянган_толгой'].str.replace(',', '')\n"
        "animals_thousand = without.astype(int).sum()",
        "too_large_1000",
    ),
    (
        "q08_test",
        f"{OPEN})\ncolumn = pd.to_numeric(office['мал_мянган_толгой'], errors='coerce')\n"
        "animals_thousand = column.sum()",
        "too_small",
    ),
    ("q08_test", "animals_thousand = office['мал_мянган_толгой']", "many_values"),
    ("q08_test", "animals_thousand = office['мал_мянган_толгой'].mean()", "average_not_sum"),
    ("q08_test", "animals_thousand = office['мал_мянган_толгой'].max()", "one_value_only"),
    ("q08_test", "animals_thousand = office['мал_мянган_толгой'].iloc[1:].sum()", "row_missing"),
    ("q08_test", "animals_thousand = herds_2020['head'].sum() / 1000", "other_year"),
    ("q08_test", "animals_thousand = office['мал_мянган_толгой'].sum() / 1000", "too_small_1000"),
    (
        "q09_test",
        f"{OPEN}, decimal=',')\n{SORT}second_largest = office['сум'].iloc[1]",
        "sorted_as_text",
    ),
    (
        "q09_test",
        f"{OPEN})\n{SORT}second_largest = office['сум'].iloc[0]",
        "sorted_as_text",
    ),
    (
        "q09_test",
        "office = pd.read_csv(io.BytesIO(office_bytes), sep=';', encoding='cp1252', "
        "decimal=',', thousands=' ')\n"
        "office.columns = ['soum', 'animals', 'area']\n"
        "office = office.sort_values('area', ascending=False)\n"
        "second_largest = office['soum'].iloc[1]",
        "not_a_choice",
    ),
    ("q09_test", "second_largest = by_area['сум'].iloc[0]", "first_not_second"),
    ("q09_test", "second_largest = by_area['сум'].iloc[-2]", "small_end"),
    ("q09_test", "second_largest = by_area['талбай_км2'].iloc[1]", "not_text"),
    ("q09_test", "second_largest = 'Khanbogd'", "not_the_value"),
    ("q10_test", "gap_billion = 406.5 - 292", "two_currencies"),
    ("q10_test", "gap_billion = in_2011['value'].max() - 292", "two_currencies"),
    ("q10_test", "gap_billion = 250 - 406.5", "below_zero"),
    ("q10_test", "gap_billion = in_tugrik['value'].sum()", "sum_not_difference"),
    ("q10_test", "gap_billion = in_tugrik['value'].max()", "one_source_only"),
    ("q10_test", "gap_billion = 560 - 315", "other_year"),
    ("q10_test", "gap_billion = payments[payments['period'] == 2011]['value']", "empty"),
    ("q10_test", "gap_billion = in_tugrik['value']", "many_values"),
    ("q11_test", "why_different = 'A'", "reason_rate"),
    ("q11_test", "why_different = 'b'", "reason_blame"),
    ("q11_test", "why_different = 'D.'", "reason_all_mines"),
    ("q11_test", "why_different = 'the prepayment'", "not_a_choice"),
    ("q11_test", "why_different = in_tugrik['note']", "many_values"),
]

# Other ways to the right answer.
ALSO_RIGHT = [
    ("q01_test", "path_to_file = ' ../../../datasets/people_age.csv '"),
    ("q01_test", "path_to_file = './../../../datasets/people_age.csv'"),
    ("q02_test", "children_5_9 = age[age['age_group'] == '5-9']"),
    ("q02_test", "children_5_9 = age.query(\"age_group == '5-9'\").sort_values('persons')"),
    (
        "q03_test",
        "groups = age['age_group'].isin(['5-9', '10-14'])\n"
        "children_5_14 = age[groups][['persons']].sum()",
    ),
    ("q03_test", "children_5_14 = 7866 + 5702"),
    ("q04_test", "fewest_60_64 = 'Мандал-Овоо сум'"),
    ("q04_test", "fewest_60_64 = by_persons['soum_mn'].head(1)"),
    ("q04_test", "fewest_60_64 = ' mandal ovoo'"),
    ("q05_test", "soums_both = len(many_animals[few_households])"),
    (
        "q05_test",
        "soums_both = "
        "((herds_2020['head'] > 200_000) & (herds_2020['herder_households'] < 500)).sum()",
    ),
    ("q05_test", "soums_both = 2.0"),
    ("q06_test", "gurvantes_percent = gurvantes['herder_households'] / all_households * 100"),
    ("q06_test", "gurvantes_percent = 10.5"),
    (
        "q07_test",
        "children_average = gurvantes_people['children_0_4'].sum() / 2",
    ),
    ("q07_test", "children_average = [602.5]"),
    (
        "q08_test",
        f"{OPEN}, decimal=',')\nanimals_thousand = office['мал_мянган_толгой'].sum()",
    ),
    (
        "q08_test",
        f"{OPEN})\nwith_point = office['мал_мянган_толгой'].str.replace(',', '.')\n"
        "animals_thousand = with_point.astype(float).sum()",
    ),
    ("q08_test", "animals_thousand = 3000.3"),
    ("q09_test", "second_largest = 'номгон'"),
    ("q09_test", "second_largest = 'Nomgon soum'"),
    (
        "q09_test",
        f"{OPEN})\narea = office['талбай_км2'].str.replace(' ', '').str.replace(',', '.')\n"
        "office['area'] = area.astype(float)\n"
        "second_largest = office.sort_values('area')['сум'].iloc[-2]",
    ),
    ("q10_test", "gap_billion = 406.5 - 250"),
    ("q10_test", "gap_billion = pd.Series([156.5])"),
    ("q11_test", "why_different = ' c'"),
    ("q11_test", "why_different = 'C)'"),
    # The Cyrillic letter, from the keyboard that was on.
    ("q11_test", "why_different = 'С'"),
]

# What the reference solution finds.
SOLVED = {"fewest_60_64": "Mandal-Ovoo", "second_largest": "Номгон", "soums_both": 2}
