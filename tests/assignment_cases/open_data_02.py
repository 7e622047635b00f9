"""Assignment 2: its points, and what learners might write."""

POINTS = {
    "q01_test": 2,
    "q02_test": 2,
    "q03_test": 2,
    "q04_test": 4,
    "q05_test": 4,
    "q06_test": 4,
    "q07_test": 2,
    "q08_test": 2,
    "q09_test": 2,
    "q10_test": 2,
    "q11_test": 2,
    "q12_letter": 4,
    "q13_log": 4,
    "q14_argument": 4,
}

# The answers, which no message may give away.
ANSWERS = {
    "q01_test": "3",
    "q02_test": "24",
    "q03_test": "014V1",
    "q04_test": "1711",
    "q05_test": "25.8",
    "q06_test": "25.2",
    "q07_test": "19",
    "q08_test": "Mogalakwena",
    "q09_test": "78.6",
    "q10_test": "14",
    "q11_test": "environment",
}

# (test cell, what a learner might write, key of the message)
WRONG = [
    ("q01_test", "tables_without_licence = no_licence.sum()", "maps_counted"),
    ("q01_test", "tables_without_licence = (no_licence & ~is_csv).sum()", "only_maps"),
    ("q01_test", "tables_without_licence = (~no_licence & is_csv).sum()", "licence_stated"),
    ("q01_test", "tables_without_licence = is_csv.sum()", "format_only"),
    (
        "q01_test",
        "tables_without_licence = (passports['licenses'] == 'no-licence-stated').sum()",
        "nothing_found",
    ),
    ("q01_test", "tables_without_licence = no_licence & is_csv", "many_values"),
    ("q02_test", "with_second_name = len(named)", "all_documents"),
    (
        "q02_test",
        "with_second_name = sources['publisher'].value_counts()['Turquoise Hill Resources']",
        "own_documents",
    ),
    ("q02_test", "with_second_name = named['publisher'].nunique()", "names_not_documents"),
    ("q02_test", "with_second_name = named['publisher'].nunique() - 1", "names_not_documents"),
    (
        "q02_test",
        "with_second_name = (sources['publisher'] != 'Turquoise Hill Resources').sum()",
        "other_publishers",
    ),
    (
        "q03_test",
        "found = nso[titles.str.contains('aged')]\nelderly_table = found['table_id'].iloc[0]",
        "title_of_other_people",
    ),
    ("q03_test", "elderly_table = 'DT_NSO_2025_10'", "title_without_sex"),
    ("q03_test", "elderly_table = 'DT_NSO_0300_068V2'", "title_without_age"),
    ("q03_test", "elderly_table = nso[titles.str.contains('old')]['table_id']", "many_values"),
    (
        "q03_test",
        "elderly_table = nso[nso['title'].str.contains('OLD AGED')]['table_id']",
        "empty",
    ),
    ("q03_test", "elderly_table = old_and_sex['title']", "not_a_choice"),
    (
        "q04_test",
        "first_try = pd.read_html(StringIO(page))[1].set_index('Мал / Animals')['2024']\n"
        "sheep_goats_2024 = first_try['Хонь / Sheep'] + first_try['Ямаа / Goats']",
        "text_not_number",
    ),
    (
        "q04_test",
        "first_try = pd.read_html(StringIO(page))[1].set_index('Мал / Animals')['2024']\n"
        "no_comma = first_try.str.replace('.', '').str.replace(',', '').astype(int)\n"
        "sheep_goats_2024 = (no_comma['Хонь / Sheep'] + no_comma['Ямаа / Goats']) * 1000",
        "decimal_lost",
    ),
    (
        "q04_test",
        "first_try = pd.read_html(StringIO(page))[1].set_index('Мал / Animals')['2024']\n"
        "sheep_goats_2024 = (5415 + float('1.1703')) * 1000",
        "decimal_lost",
    ),
    ("q04_test", "sheep_goats_2024 = both_kinds['y2024'].sum()", "too_small_1000"),
    ("q04_test", "sheep_goats_2024 = animals['y2024'].sum() * 1000", "all_animals"),
    (
        "q04_test",
        "sheep_goats_2024 = animals[animals['animal'] == 'Ямаа / Goats']['y2024'].sum() * 1000",
        "one_kind_only",
    ),
    ("q04_test", "sheep_goats_2024 = both_kinds['y2023'].sum() * 1000", "other_year"),
    (
        "q05_test",
        "twice = raw[(raw['to_node'] == fee_name) | (raw['from_node'] == fee_name)]\n"
        "mineral_fee_percent = twice['value_usd'].sum() / company_side['value_usd'].sum() * 100",
        "both_links",
    ),
    (
        "q05_test",
        "number = pd.to_numeric(raw['value_as_published'], errors='coerce')\n"
        "lost = number[raw['to_node'] == fee_name].sum()\n"
        "mineral_fee_percent = lost / company_side['value_usd'].sum() * 100",
        "comma_rows_lost",
    ),
    (
        "q05_test",
        "state = totals_2013[totals_2013['reported_by'] == 'government']\n"
        "mineral_fee_percent = fee / state['value_usd'].sum() * 100",
        "government_side",
    ),
    (
        "q05_test",
        "mineral_fee_percent = fee / totals_2013['value_usd'].sum() * 100",
        "both_sides",
    ),
    (
        "q05_test",
        "wide = raw[raw['to_node'].str.contains('exploitation')]\n"
        "mineral_fee_percent = wide['value_usd'].sum() / company_side['value_usd'].sum() * 100",
        "other_payment",
    ),
    (
        "q05_test",
        "first_half = raw[raw['link'] <= 138]\n"
        "mineral_fee_percent = fee / first_half['value_usd'].sum() * 100",
        "share_of_ten",
    ),
    (
        "q05_test",
        "all_years = totals[totals['reported_by'] == 'company']\n"
        "mineral_fee_percent = fee / all_years['value_usd'].sum() * 100",
        "all_years",
    ),
    (
        "q05_test",
        "mineral_fee_percent = fee / company_side['value_usd'].sum()",
        "fraction",
    ),
    (
        "q06_test",
        "mean_customs_million = customs['value_usd'].fillna(0).mean() / 1_000_000",
        "zero_is_unknown",
    ),
    (
        "q06_test",
        "known = customs[customs['year'] != 2011]\n"
        "mean_customs_million = known['value_as_published'].mean() / 1_000_000",
        "unit_not_repaired",
    ),
    (
        "q06_test",
        "mean_customs_million = customs['value_as_published'].mean() / 1_000_000",
        "unit_and_zero",
    ),
    (
        "q06_test",
        "known = customs[customs['year'].isin([2009, 2010, 2012])]\n"
        "mean_customs_million = known['value_usd'].mean() / 1_000_000",
        "year_left_out",
    ),
    (
        "q06_test",
        "mean_customs_million = customs['value_usd'].sum() / 1_000_000",
        "sum_not_average",
    ),
    (
        "q06_test",
        "mean_customs_million = customs['value_usd'].median() / 1_000_000",
        "median_not_average",
    ),
    ("q06_test", "mean_customs_million = customs['value_usd'].mean()", "too_large"),
    ("q07_test", "errors_found = 0", "no_rules"),
    (
        "q07_test",
        "rule = {'pattern': '[0-9]{4}-[0-9]{2}-[0-9]{2}'}\n"
        "one = [{'name': 'period', 'type': 'string', 'constraints': rule}]\n"
        "dates = certificates[['period']].to_dict('records')\n"
        "table = {'name': 'dates', 'data': dates, 'schema': {'fields': one}}\n"
        "errors_found = validate(table).stats['errors']",
        "one_rule_only",
    ),
    ("q07_test", "errors_found = errors['row'].nunique()", "one_rule_only"),
    ("q07_test", "errors_found = len(rows)", "all_rows"),
    ("q07_test", "errors_found = report.stats['tasks']", "tables_checked"),
    ("q07_test", "errors_found = report.valid", "true_or_false"),
    (
        "q07_test",
        "fields[3]['constraints'] = {'required': True, 'pattern': '[0-9]{4}-[0-9]{2}-[0-9]{2}'}\n"
        "errors_found = validate(description).stats['errors']\n"
        "fields[3]['constraints'] = {'required': True}",
        "rule_on_other_column",
    ),
    ("q08_test", "broken_site = certificates['site'].iloc[row]", "row_counted_wrong"),
    ("q08_test", "broken_site = certificates.loc[row - 1, 'site']", "row_counted_wrong"),
    (
        "q08_test",
        "broken_site = certificates['site'].iloc[errors['row'].iloc[0] - 2]",
        "breaks_both_rules",
    ),
    ("q08_test", "broken_site = 'Barro Alto'", "breaks_no_rule"),
    ("q08_test", "broken_site = errors['row'].iloc[12]", "not_a_choice"),
    (
        "q09_test",
        "men = bayankhongor.loc['male', 'value']\n"
        "women_percent = men / bayankhongor.loc['total', 'value'] * 100",
        "men_not_women",
    ),
    (
        "q09_test",
        "women = bayankhongor.loc['female', 'value']\n"
        "women_percent = women / bayankhongor['value'].sum() * 100",
        "total_row_counted",
    ),
    (
        "q09_test",
        "women = bayankhongor.loc['female', 'value']\n"
        "women_percent = women / bayankhongor.loc['male', 'value'] * 100",
        "ratio_not_share",
    ),
    (
        "q09_test",
        "other = people[people['measure'] == 'people_with_disability']\n"
        "other = other[other['aimag'] == 'Bayankhongor'].set_index('sex')['value']\n"
        "women_percent = other['female'] / other['total'] * 100",
        "other_measure",
    ),
    (
        "q09_test",
        "home = alone[alone['aimag'] == 'Umnugovi'].set_index('sex')['value']\n"
        "women_percent = home['female'] / home['total'] * 100",
        "other_place",
    ),
    ("q09_test", "women_percent = bayankhongor.loc['female', 'value']", "too_large"),
    ("q10_test", "numbers_to_hide = len(small)", "partner_visible"),
    ("q10_test", "numbers_to_hide = small['aimag'].nunique()", "places_not_numbers"),
    ("q10_test", "numbers_to_hide = len(small) * 2", "partner_counted_twice"),
    (
        "q10_test",
        "numbers_to_hide = alone['aimag'].isin(small['aimag']).sum()",
        "totals_hidden",
    ),
    (
        "q10_test",
        "every = people[people['sex'] != 'total']\n"
        "numbers_to_hide = every['aimag'].isin(small['aimag']).sum()",
        "all_measures",
    ),
    ("q11_test", "widest_topic = priority['topic'].value_counts().index[0]", "items_not_subjects"),
    ("q11_test", "widest_topic = subjects.sort_values().index[0]", "ranked_upside_down"),
    ("q11_test", "widest_topic = priority['subtopic'].value_counts().index[0]", "not_a_choice"),
    ("q11_test", "widest_topic = subjects.max()", "not_a_choice"),
    ("q11_test", "widest_topic = subjects.index", "many_values"),
]

# Other ways to the right answer.
ALSO_RIGHT = [
    ("q01_test", "tables_without_licence = len(passports[no_licence & is_csv])"),
    (
        "q01_test",
        "texts = passports['licenses'].astype(str)[passports['path'].str.endswith('.csv')]\n"
        "tables_without_licence = [texts.str.contains('no-licence-stated').sum()]",
    ),
    (
        "q02_test",
        "second = named[named['publisher'] != 'Turquoise Hill Resources']\n"
        "with_second_name = second['publisher'].count()",
    ),
    ("q03_test", "elderly_table = ' dt_nso_0300_014v1 '"),
    ("q03_test", "elderly_table = old_and_sex['table_id']"),
    ("q04_test", "sheep_goats_2024 = (541.5 + 1170.3) * 1000"),
    ("q04_test", "sheep_goats_2024 = [1_711_800]"),
    (
        "q05_test",
        "halves = raw[raw['from_node'] == fee_name]['value_usd'].sum()\n"
        "mineral_fee_percent = halves / company_side['value_usd'] * 100",
    ),
    ("q05_test", "mineral_fee_percent = 25.84"),
    (
        "q06_test",
        "repaired = pd.read_csv(dataset('money_eiti_revenue'))\n"
        "repaired = repaired[repaired['stream'] == 'Customs and other import duties']\n"
        "mean_customs_million = repaired['value_usd'].mean() / 1_000_000",
    ),
    ("q06_test", "mean_customs_million = customs['value_usd'].sum() / 4 / 1_000_000"),
    (
        "q07_test",
        "fields[2]['constraints'] = {'pattern': '....-..-..'}\n"
        "errors_found = len(validate(description).flatten(['rowNumber']))",
    ),
    ("q07_test", "errors_found = len(errors)"),
    (
        "q08_test",
        "whole_day = certificates['period'].str.len() == 10\n"
        "broken_site = certificates[whole_day & (certificates['audit_firm'] == '')]['site']",
    ),
    ("q08_test", "broken_site = 'MOGALAKWENA '"),
    ("q09_test", "women_percent = 1343 / (1343 + 364) * 100"),
    (
        "q10_test",
        "numbers_to_hide = small['aimag'].nunique() * 2",
    ),
    ("q11_test", "widest_topic = 'Байгаль орчныг хамгаалах'"),
    ("q11_test", "widest_topic = ' protection of the Environment'"),
    ("q11_test", "widest_topic = priority.groupby('topic_mn')['subtopic_mn'].nunique().idxmax()"),
]

# What the reference solution finds.
SOLVED = {
    "elderly_table": "DT_NSO_0300_014V1",
    "broken_site": "Mogalakwena",
    "widest_topic": "Protection of the environment",
}
