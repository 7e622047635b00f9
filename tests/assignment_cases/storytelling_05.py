"""Assignment 5: its points, and what learners might write."""

POINTS = {
    "q01_test": 4,
    "q02_test": 3,
    "q03_test": 4,
    "q04_test": 2,
    "q05_test": 3,
    "q06_test": 2,
    "q07_test": 3,
    "q08_test": 2,
    "q09_test": 3,
    "q10_test": 2,
    "q11_page": 4,
    "q12_radio": 4,
    "q13_plan": 4,
}

# The answers, which no message may give away.
ANSWERS = {
    "q01_test": "14",
    "q02_test": "2",
    "q03_test": "86",
    "q04_test": "0.18",
    "q05_test": "11",
    "q06_test": "Art",
    "q07_test": "24",
    "q08_test": "False,",
    "q09_test": "14",
    "q10_test": "late",
}

LIST = (
    'harm_list = {"Consent": True, "Small groups": False, "Names": True, "Right of reply": False, '
    '"Conflict": False, "Second person": True, "Simulated data": True}\n'
)
ROW = (
    'tracker_row = {"id": "C1", "date": "2025-12-08", "what": "hay list", "status": "late", '
    '"who_says": "herders of Bag 2", "source_id": "CALL_04"}\n'
)

# (test cell, what a learner might write, key of the message)
WRONG = [
    ("q01_test", "fall_percent = (animals_2020 - animals_2019) / animals_2019", "fraction"),
    (
        "q01_test",
        "fall_percent = (animals_2020 - animals_2019) / animals_2020 * 100",
        "later_year_below",
    ),
    ("q01_test", "fall_percent = animals_2020 - animals_2019", "heads_not_percent"),
    ("q01_test", "fall_percent = animals_2020 / animals_2019 * 100", "ratio_not_change"),
    (
        "q01_test",
        "fall_percent = (animals_2019 - animals_2020) / animals_2019 * 100",
        "wrong_sign",
    ),
    ("q01_test", "fall_percent = (aimag[2020] - aimag[2019]) / aimag[2019] * 100", "whole_aimag"),
    (
        "q01_test",
        "homes = sevrei.set_index('year')['herder_households']\n"
        "fall_percent = (homes[2020] - homes[2019]) / homes[2019] * 100",
        "households_not_animals",
    ),
    ("q01_test", "fall_percent = '-14,4 %'", "number_in_quotes"),
    ("q01_test", "fall_percent = sevrei['head'].pct_change() * 100", "many_values"),
    (
        "q02_test",
        "soums_with_larger_fall = (herds[2020] - herds[2019] < -27510).sum()",
        "heads_or_itself",
    ),
    (
        "q02_test",
        "soums_with_larger_fall = (change <= change['Sevrei']).sum()",
        "heads_or_itself",
    ),
    ("q02_test", "soums_with_larger_fall = (change < 0).sum()", "all_that_fell"),
    ("q02_test", "soums_with_larger_fall = (change > change['Sevrei']).sum()", "other_side"),
    ("q02_test", "soums_with_larger_fall = change < change['Sevrei']", "many_values"),
    ("q02_test", "soums_with_larger_fall = 'Bulgan'", "text_not_number"),
    (
        "q03_test",
        "fewer_per_household = (animals_2019 - animals_2020) / households_2020",
        "one_year_of_households",
    ),
    (
        "q03_test",
        "fewer_per_household = (animals_2019 - animals_2020) / households_2019",
        "one_year_of_households",
    ),
    ("q03_test", "fewer_per_household = animals_2020 / households_2020", "value_of_one_year"),
    (
        "q03_test",
        "fewer_per_household = animals_2020 / households_2020 - animals_2019 / households_2019",
        "fewer_is_positive",
    ),
    (
        "q03_test",
        "both = livestock.groupby('year')[['head', 'herder_households']].sum()\n"
        "mean = both['head'] / both['herder_households']\n"
        "fewer_per_household = mean[2019] - mean[2020]",
        "whole_aimag",
    ),
    (
        "q03_test",
        "each = sevrei.set_index('year')['head'] / sevrei.set_index('year')['herder_households']\n"
        "fewer_per_household = each.pct_change() * -100",
        "many_values",
    ),
    (
        "q03_test",
        "fewer_per_household = animals_2019 / households_2020 - animals_2020 / households_2019",
        "years_crossed",
    ),
    ("q03_test", "fewer_per_household = animals_2019 - animals_2020", "total_not_mean"),
    (
        "q03_test",
        "fewer_per_household = 100 - (animals_2020 / households_2020) "
        "/ (animals_2019 / households_2019) * 100",
        "change_in_percent",
    ),
    ("q04_test", "disease_percent = 50 / (animals_2019 - animals_2020)", "fraction"),
    ("q04_test", "disease_percent = 0.0 / (animals_2019 - animals_2020) * 100", "zero_is_rounded"),
    ("q04_test", "disease_percent = 50 / animals_2019 * 100", "whole_herd_below"),
    ("q04_test", "disease_percent = (animals_2019 - animals_2020) / 50", "upside_down"),
    ("q04_test", "disease_percent = 50 / (animals_2020 - animals_2019) * 100", "wrong_sign"),
    (
        "q04_test",
        "disease_percent = 50 * 1000 / (animals_2019 - animals_2020) * 100",
        "thousand_of_fifty",
    ),
    (
        "q05_test",
        "older_percent = older / sevrei_ages[is_total]['persons'].sum() * 100",
        "all_residents_below",
    ),
    ("q05_test", "older_percent = older / grown", "fraction"),
    (
        "q05_test",
        "older_percent = older / sevrei_ages[~is_child]['persons'].sum() * 100",
        "total_counted_twice",
    ),
    (
        "q05_test",
        "seventy = sevrei_ages[sevrei_ages['age_group'] == '70+']['persons'].sum()\n"
        "older_percent = seventy / grown * 100",
        "age_group_missing",
    ),
    ("q05_test", "older_percent = older / (grown - older) * 100", "part_not_in_base"),
    ("q05_test", "older_percent = older / (grown - 186) * 100", "base_starts_later"),
    ("q05_test", "older_percent = (older + 65) / grown * 100", "age_group_too_many"),
    (
        "q05_test",
        "all_ages = ages.groupby('age_group')['persons'].sum()\n"
        "young = all_ages[['0-4', '5-9', '10-14']].sum()\n"
        "old = all_ages[['60-64', '65-69', '70+']].sum()\n"
        "older_percent = old / (all_ages['total'] - young) * 100",
        "whole_aimag",
    ),
    (
        "q06_test",
        "example_activity = came.sort_values('value')['activity'].iloc[-1]",
        "sum_of_events",
    ),
    ("q06_test", "example_activity = 'Photo exhibition on mercury'", "whole_country"),
    ("q06_test", "example_activity = 'conference on small-scale mining'", "capital_city"),
    ("q06_test", "example_activity = countryside['activity'].iloc[-1]", "not_the_largest"),
    (
        "q06_test",
        "example_activity = outreach.sort_values('value')['activity'].iloc[-1]",
        "reach_not_participants",
    ),
    ("q06_test", "example_activity = countryside['value'].max()", "not_a_choice"),
    ("q06_test", "example_activity = countryside['activity']", "many_values"),
    ("q07_test", "printed = counts", "small_number_shown"),
    ("q07_test", "printed = counts.mask(counts < 10)", "hidden_as_missing"),
    ("q07_test", "printed = counts.astype(str).mask(counts < 12, 'under 10')", "too_much_hidden"),
    (
        "q07_test",
        "whole = pd.crosstab([survey['bag'], survey['sex']], survey['knows_place'], margins=True)\n"
        "printed = whole.astype(str).mask(whole < 10, 'under 10')",
        "totals_printed",
    ),
    (
        "q07_test",
        "bags = pd.crosstab(survey['bag'], survey['knows_place'])\n"
        "printed = bags.astype(str).mask(bags < 10, 'under 10')",
        "not_these_people",
    ),
    (
        "q07_test",
        "printed = pd.crosstab([survey['bag'], survey['knows_place']], survey['sex'])",
        "no_column",
    ),
    ("q07_test", "printed = counts['yes']", "not_a_table"),
    (
        "q07_test",
        "printed = counts.astype(str).mask(counts >= 10, 'under 10')",
        "small_number_shown",
    ),
    ("q08_test", "harm_list = dict.fromkeys(harm_list, True)", "harm_nothing_open"),
    ("q08_test", LIST + "harm_list['Small groups'] = True", "harm_small_groups"),
    ("q08_test", LIST + "harm_list['Right of reply'] = True", "harm_reply"),
    ("q08_test", LIST + "harm_list['Conflict'] = True", "harm_conflict"),
    ("q08_test", LIST + "harm_list['Consent'] = False", "harm_too_strict"),
    ("q08_test", "harm_list = dict.fromkeys(harm_list, False)", "harm_too_strict"),
    ("q08_test", LIST + "del harm_list['Names']", "not_seven_points"),
    ("q08_test", LIST + "harm_list['Names'] = ...", "tick_true_or_false"),
    ("q08_test", LIST + "harm_list['Names'] = 'True'", "tick_true_or_false"),
    ("q08_test", "harm_list = [True, False, True, False, False, True, True]", "not_a_dictionary"),
    (
        "q09_test",
        "headline = 'In Sevrei soum the herd of all families together became 14 percent smaller "
        "from 2019 to 2020'",
        "too_many_words",
    ),
    ("q09_test", "headline = '14 percent fewer animals in 2020 than in 2019'", "no_place"),
    ("q09_test", "headline = 'Sevrei: 14 percent fewer animals than before'", "no_period"),
    ("q09_test", "headline = 'Sevrei 2020: 14 percent fewer animals'", "no_period"),
    ("q09_test", "headline = 'Sevrei: 14 fewer of 100 animals, 2019 to 2020'", "no_unit"),
    ("q09_test", "headline = 'Sevrei: 17 percent fewer animals, 2019 to 2020'", "no_such_number"),
    ("q09_test", "headline = 'Sevrei: fourteen percent fewer, 2019-2020'", "no_such_number"),
    ("q09_test", "headline = -14.44", "text_in_quotes"),
    ("q10_test", ROW + "tracker_row['status'] = 'broken'", "status_word"),
    ("q10_test", ROW + "tracker_row['status'] = 'closed'", "status_not_said"),
    ("q10_test", ROW + "tracker_row['status'] = 'open'", "status_not_said"),
    ("q10_test", ROW + "tracker_row['who_says'] = 'soum office'", "voice_of_other"),
    ("q10_test", ROW + "tracker_row['who_says'] = 'a herder, 0000 1111'", "person_in_row"),
    ("q10_test", ROW + "tracker_row['date'] = '2025-12-01'", "date_of_other_voice"),
    ("q10_test", ROW + "tracker_row['id'] = 'C2'", "id_or_source"),
    ("q10_test", ROW + "tracker_row['what'] = '...'", "entry_not_filled"),
    ("q10_test", ROW + "del tracker_row['who_says']", "not_six_entries"),
    (
        "q10_test",
        ROW + "tracker_row['what'] = 'they promised us a list and now it is still not there'",
        "what_too_long",
    ),
    ("q10_test", "tracker_row = 'C1, 2025-12-08, hay list, late'", "not_a_dictionary"),
]

# Other ways to the right answer.
ALSO_RIGHT = [
    ("q01_test", "fall_percent = -14.4"),
    ("q01_test", "fall_percent = sevrei['head'].pct_change().dropna() * 100"),
    ("q02_test", "soums_with_larger_fall = len(change[change < change['Sevrei']])"),
    ("q02_test", "soums_with_larger_fall = 2.0"),
    ("q03_test", "fewer_per_household = 502.6 - 415.7"),
    ("q03_test", "fewer_per_household = [87]"),
    ("q04_test", "disease_percent = 0.18"),
    ("q04_test", "disease_percent = 50 / 27510 * 100"),
    ("q05_test", "older_percent = 11.2"),
    ("q05_test", "older_percent = (71 + 35 + 60) / (2029 - 211 - 204 - 135) * 100"),
    ("q06_test", "example_activity = ' art competition against mercury '"),
    ("q06_test", "example_activity = countryside['activity'].head(1)"),
    ("q06_test", "example_activity = 'Art competition'"),
    ("q07_test", "printed = counts.astype(str).mask(counts < 10, '<10')"),
    ("q07_test", "printed = counts.astype(object).mask(counts < 10, 'Under 10')"),
    (
        "q07_test",
        "printed = counts.astype(str).mask(counts < 10, '10-аас цөөн').reset_index()",
    ),
    ("q08_test", LIST + "harm_list = {key.lower(): harm_list[key] for key in harm_list}"),
    ("q09_test", "headline = 'Сэврэйд 2020 оны эцэст мал 2019 оныхоос 14 хувиар цөөн байв'"),
    ("q09_test", "headline = 'SEVREI herd: -14.4% (end of 2019 to end of 2020)'"),
    ("q10_test", ROW + "tracker_row['status'] = 'Not done '"),
    ("q10_test", ROW + "tracker_row['who_says'] = '2-р багийн малчид'"),
    (
        "q10_test",
        "tracker_row = ['C1', '2025-12', 'list of hay', 'late', 'herders group', 'call_04']",
    ),
]

# What the reference solution finds.
SOLVED = {
    "soums_with_larger_fall": 2,
    "example_activity": "Art competition against mercury",
}
