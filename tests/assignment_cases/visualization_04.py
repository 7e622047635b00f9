"""Assignment 4: its points, and what learners might write and draw."""

import matplotlib

# As in a notebook: plt.show() closes the figures, and the answers stay readable.
matplotlib.use("module://matplotlib_inline.backend_inline")

POINTS = {
    "q01_test": 2,
    "q02_test": 3,
    "q03_test": 3,
    "q04_test": 2,
    "q05_letter": 4,
    "q06_test": 4,
    "q07_test": 2,
    "q08_test": 4,
    "q09_test": 4,
    "q10_test": 3,
    "q11_test": 2,
    "q12_test": 3,
    "q13_chart": 4,
}

# The answers, which no message may give away.
ANSWERS = {
    "q01_test": "LBMS",
    "q02_test": "2023",
    "q03_test": "Tsogttsetsii",
    "q04_test": "9.9",
    "q06_test": "9 percent",
    "q07_test": "315",
    "q08_test": "8.",
    "q09_test": "Khankhongor",
    "q10_test": "216",
    "q11_test": "105",
    "q12_test": "1,12",
}

SHOW = "\nplt.show()"

# Charts that are right; each wrong one below differs from one of them in one way.
GOATS = """
fig_2, ax_2 = plt.subplots()
ax_2.plot(goats["year"], goats["value"])
ax_2.set_ylabel("thousand head")
ax_2.set_title("In 2023 the fewest young goats")
fig_2.supxlabel("Source: NSO")
"""
HAY = """
fig_3, ax_3 = plt.subplots()
hay = hay.sort_values("value")
ax_3.barh(hay["soum"], hay["value"])
ax_3.set_xlabel("hay (t)")
ax_3.set_title("Tsogttsetsii cut most hay in 2019")
fig_3.supxlabel("Source: NSO Mongolia")
"""
CARS = """
fig_6, ax_6 = plt.subplots()
ax_6.bar(four_years["year"], four_years["registered_vehicles"])
ax_6.set_ylabel("vehicles")
ax_6.set_title("9 percent more vehicles in 2024 than in 2021")
fig_6.supxlabel("Source: NSO Mongolia")
"""
AGES = """
profile["percent"] = profile["persons"] / profile["residents"] * 100
fig_8, panels = plt.subplots(1, 3, sharex=True, sharey=True)
soums_8 = ["Dalanzadgad", "Gurvantes", "Noyon"]
for panel, soum in zip(panels, soums_8):
    people = profile[profile["soum"] == soum]
    panel.barh(people["age_group"], people["percent"])
    panel.set_title(soum)
panels[0].set_xlabel("percent of residents")
fig_8.suptitle("Many small children in Dalanzadgad")
fig_8.supxlabel("Source: NSO Mongolia")
"""
MAP = """
older_map["percent"] = older_map["older"] / older_map["residents"] * 100
limits, names = [0, 4, 5, 100], ["under 4 %", "4 to under 5 %", "5 % or more"]
older_map["class"] = pd.cut(older_map["percent"], limits, labels=names, right=False)
fig_9, ax_9 = plt.subplots()
older_map.plot("class", cmap="Blues", legend=True, ax=ax_9)
ax_9.set_title("The share is largest in Khankhongor")
fig_9.supxlabel("Source: NSO Mongolia")
"""
ALT = (
    "alt_text_3 = ('Tsogttsetsii cut most hay in 2019: 1,123 tonnes. Khurmen cut least. ' "
    "'Lying bars, one for each of the 15 soums.')"
)


def like(chart: str, *changes: tuple[str, str]) -> str:
    """Return a chart's code with some words replaced."""
    for old, new in changes:
        assert old in chart, old
        chart = chart.replace(old, new)
    return chart + SHOW


def without(chart: str, start: str) -> str:
    """Return a chart's code without the line that begins so."""
    lines = chart.splitlines()
    assert any(line.startswith(start) for line in lines), start
    return "\n".join(line for line in lines if not line.startswith(start)) + SHOW


# (test cell, what a learner might write, key of the message)
WRONG = [
    ("q01_test", "forms = 'LBMB'", "form_one_number"),
    ("q01_test", "forms = 'BLMS'", "form_years"),
    ("q01_test", "forms = 'LMBS'", "form_where"),
    ("q01_test", "forms = 'LSMS'", "form_compare"),
    ("q01_test", "forms = 'line, bars, map, sentence'", "not_a_choice"),
    ("q01_test", "forms = 'LBM'", "not_a_choice"),
    ("q01_test", "forms = ['L', 'B', 'M', 'S']", "many_values"),
    ("q02_test", "ax_2 = goats.sort_values('year')", "not_a_chart"),
    ("q02_test", "fig_2, ax_2 = plt.subplots()" + SHOW, "chart_is_empty"),
    ("q02_test", without(GOATS, "ax_2.set_title"), "title_missing"),
    ("q02_test", like(GOATS, ("In 2023 the fewest young goats", "Goats")), "title_says_nothing"),
    (
        "q02_test",
        like(GOATS, ("In 2023 the fewest", "In 2021 the fewest")),
        "title_no_finding",
    ),
    ("q02_test", without(GOATS, "ax_2.set_ylabel"), "axis_label_missing"),
    ("q02_test", like(GOATS, ("thousand head", "goats")), "axis_label_no_unit"),
    ("q02_test", like(GOATS, ("set_ylabel", "set_xlabel")), "axis_label_other_axis"),
    ("q02_test", without(GOATS, "fig_2.supxlabel"), "source_missing"),
    ("q02_test", like(GOATS, ("Source: NSO", "Source:")), "source_missing"),
    ("q02_test", like(GOATS, (".plot(", ".bar(")), "no_line"),
    ("q02_test", like(GOATS, (".plot(", ".scatter(")), "no_line"),
    (
        "q02_test",
        "goats = young[young['animal'] == 'sheep']\n" + like(GOATS),
        "other_animal",
    ),
    (
        "q02_test",
        "goats = herding[(herding['animal'] == 'goat') & (herding['measure'] == 'adult_losses')]\n"
        + like(GOATS),
        "other_measure",
    ),
    ("q02_test", "goats = young\n" + like(GOATS), "all_animals_together"),
    (
        "q02_test",
        "goats = young.groupby('year')['value'].sum().reset_index()\n" + like(GOATS),
        "all_animals_together",
    ),
    ("q02_test", "goats = goats.sort_values('value')\n" + like(GOATS), "line_not_in_order"),
    ("q02_test", "goats = goats[goats['year'] >= 2016]\n" + like(GOATS), "line_missing"),
    ("q02_test", "goats = pd.concat([goats, goats])\n" + like(GOATS), "line_too_many"),
    (
        "q02_test",
        like(GOATS, ('goats["value"]', 'goats["value"] * 1000')),
        "chart_too_large_1000",
    ),
    ("q02_test", like(GOATS, ('goats["value"]', 'goats["value"] + 9')), "line_other_values"),
    ("q02_test", like(GOATS, ('goats["year"]', 'goats["year"] - 1')), "line_other_names"),
    (
        "q03_test",
        like(HAY, ('hay = hay.sort_values("value")', 'hay = hay.sort_values("soum")')),
        "bars_not_sorted",
    ),
    (
        "q03_test",
        like(HAY, ("ax_3.set_xlabel", "ax_3.set_xlim(100)\nax_3.set_xlabel")),
        "bars_not_from_zero",
    ),
    (
        "q03_test",
        like(HAY, ("ax_3.set_xlabel", "ax_3.set_xscale('log')\nax_3.set_xlabel")),
        "bars_not_from_zero",
    ),
    ("q03_test", like(HAY, ("hay (t)", "hay")), "axis_label_no_unit"),
    ("q03_test", like(HAY, ("Source: NSO Mongolia", "Source: the internet")), "source_other"),
    ("q03_test", like(HAY, ("Tsogttsetsii cut most", "How the soums cut")), "title_no_finding"),
    ("q03_test", like(HAY, ("Tsogttsetsii cut most", "Khurmen cut most")), "title_no_finding"),
    (
        "q03_test",
        like(
            HAY,
            ('hay["value"])', 'hay["value"], color=plt.cm.rainbow([k / 14 for k in range(15)]))'),
        ),
        "too_many_colours",
    ),
    (
        "q03_test",
        "hay = fodder[fodder['measure'] == 'mineral_fodder']\n" + like(HAY),
        "other_measure",
    ),
    (
        "q03_test",
        "hay = fodder.groupby('soum')['value'].sum().reset_index()\n" + like(HAY),
        "all_fodder_together",
    ),
    ("q03_test", "hay = hay.tail(10)\n" + like(HAY), "bars_missing"),
    ("q03_test", like(HAY, ('barh(hay["soum"]', "barh(range(15)")), "bars_other_names"),
    ("q03_test", like(HAY, ('hay["value"])', 'hay["value"] * 1000)')), "chart_too_large_1000"),
    ("q03_test", like(HAY, (".barh(", ".plot(")), "axis_label_other_axis"),
    (
        "q03_test",
        like(HAY, (".barh(", ".plot("), ("set_xlabel", "set_ylabel")),
        "no_bars",
    ),
    ("q04_test", "times_as_long = 66_152 / 60_619", "times_in_truth"),
    ("q04_test", "times_as_long = 66_152 - 60_619", "difference_not_times"),
    ("q04_test", "times_as_long = 619 / 6152", "upside_down"),
    ("q04_test", "times_as_long = (66_152 - 60_619) / 619 * 100", "percent_not_times"),
    ("q04_test", "times_as_long = (65_872 - 60_000) / 619", "bar_of_other_year"),
    ("q04_test", "times_as_long = '10 times'", "text_not_number"),
    ("q06_test", like(CARS) + "\nax_6.set_ylim(60_000)", "bars_not_from_zero"),
    ("q06_test", like(CARS) + "\nax_6.set_ylim(0, 60_000)", "bars_not_from_zero"),
    (
        "q06_test",
        like(
            CARS, ('["registered_vehicles"])', '["registered_vehicles"] - 60_000, bottom=60_000)')
        ),
        "bars_of_what_is_above",
    ),
    (
        "q06_test",
        like(CARS, ('vehicles"])', 'vehicles"], color=["red", "gold", "lime", "blue"])')),
        "too_many_colours",
    ),
    ("q06_test", like(CARS, ("9 percent more", "Vehicles explode:")), "title_no_finding"),
    ("q06_test", like(CARS, ("9 percent more", "10 percent more")), "title_no_finding"),
    (
        "q06_test",
        like(CARS, ("9 percent more vehicles in 2024", "More vehicles in 2019")),
        "title_no_finding",
    ),
    ("q06_test", like(CARS, ('"vehicles"', '"number"')), "axis_label_no_unit"),
    ("q06_test", "four_years = vehicles\n" + like(CARS), "bars_too_many"),
    (
        "q06_test",
        "four_years = four_years.sort_values('registered_vehicles')\n"
        + like(CARS, ('four_years["year"]', 'four_years["year"].astype(str)')),
        "bars_other_order",
    ),
    (
        "q06_test",
        like(CARS, ('"registered_vehicles"]', '"registered_vehicles"] / 1000')),
        "chart_too_small_1000",
    ),
    ("q06_test", "ax_6 = four_years", "not_a_chart"),
    ("q07_test", "middle_half_t = hay['value'].max() - hay['value'].min()", "whole_width"),
    ("q07_test", "middle_half_t = upper", "one_quartile"),
    ("q07_test", "middle_half_t = hay['value'].median()", "median_not_width"),
    ("q07_test", "middle_half_t = upper - hay['value'].median()", "half_of_middle_half"),
    ("q07_test", "middle_half_t = hay['value'].std()", "standard_deviation"),
    ("q07_test", "middle_half_t = lower - upper", "wrong_sign"),
    (
        "q07_test",
        "middle_half_t = hay['value'].quantile(0.9) - hay['value'].quantile(0.1)",
        "other_percentiles",
    ),
    ("q07_test", "middle_half_t = hay['value'].quantile([0.25, 0.75])", "many_values"),
    (
        "q08_test",
        like(AGES, ("sharex=True, sharey=True", "sharey=True")),
        "panels_own_scales",
    ),
    ("q08_test", like(AGES, ('people["percent"]', 'people["persons"]')), "counts_not_percent"),
    (
        "q08_test",
        like(AGES, ('/ profile["residents"] * 100', '/ profile["residents"]')),
        "fraction",
    ),
    (
        "q08_test",
        like(AGES, ('/ profile["residents"] * 100', '/ profile["persons"].sum() * 100')),
        "percent_of_all_three",
    ),
    (
        "q08_test",
        like(
            AGES, ("    panel.barh", "    people = people.sort_values('age_group')\n    panel.barh")
        ),
        "panels_other_order",
    ),
    ("q08_test", like(AGES, ("    panel.set_title(soum)\n", "")), "panels_no_names"),
    (
        "q08_test",
        like(AGES, ("panel.set_title(soum)", "panel.set_title('Noyon')")),
        "panels_no_names",
    ),
    (
        "q08_test",
        like(AGES, ("panel.set_title(soum)", "panel.set_title(soums_8[-1 - soums_8.index(soum)])")),
        "panels_other_values",
    ),
    (
        "q08_test",
        like(AGES, ("zip(panels, soums_8)", "zip(panels, soums_8[:2])")),
        "panels_too_few",
    ),
    ("q08_test", like(AGES, ("percent of residents", "residents")), "axis_label_no_unit"),
    ("q08_test", without(AGES, "fig_8.suptitle"), "title_says_nothing"),
    ("q08_test", without(AGES, "fig_8.supxlabel"), "source_missing"),
    ("q08_test", like(AGES) + "\npanels[0].set_xlim(5, 20)", "bars_not_from_zero"),
    ("q09_test", like(MAP, ('.plot("class"', '.plot("percent"')), "map_no_classes"),
    (
        "q09_test",
        like(MAP, ("[0, 4, 5, 100]", "[0, 5, 100]"), ('"4 to under 5 %", ', "")),
        "map_too_few_classes",
    ),
    ("q09_test", like(MAP, ("[0, 4, 5, 100]", "[0, 1.7, 5, 100]")), "map_class_too_small"),
    ("q09_test", like(MAP, ("Blues", "Blues_r")), "map_dark_is_low"),
    ("q09_test", like(MAP, ("Blues", "jet")), "map_colours_jump"),
    ("q09_test", like(MAP, ("Blues", "turbo")), "map_colours_jump"),
    ("q09_test", like(MAP, ("legend=True, ", "")), "map_no_key"),
    (
        "q09_test",
        like(
            MAP,
            ('["percent"], limits', '["older"], limits'),
            ("[0, 4, 5, 100]", "[0, 100, 120, 9000]"),
        ),
        "map_of_counts",
    ),
    (
        "q09_test",
        like(
            MAP,
            ('["percent"], limits', '["residents"], limits'),
            ("[0, 4, 5, 100]", "[0, 1600, 3000, 90000]"),
        ),
        "map_of_residents",
    ),
    (
        "q09_test",
        like(
            MAP,
            ('["percent"], limits', '["soum"].str.len(), limits'),
            ("[0, 4, 5, 100]", "[0, 7, 9, 100]"),
        ),
        "map_other_values",
    ),
    (
        "q09_test",
        "older_map = older_map[older_map['soum'] != 'Dalanzadgad'].copy()\n" + like(MAP),
        "map_places_missing",
    ),
    ("q09_test", without(MAP, "older_map.plot") + "\nax_9.plot([1, 2])", "map_empty"),
    ("q09_test", like(MAP, ("Khankhongor", "Dalanzadgad")), "title_no_finding"),
    ("q10_test", "hay_answer = fodder", "not_a_function"),
    ("q10_test", "def hay_answer(soum):\n    print(soum)", "function_no_return"),
    ("q10_test", "def hay_answer(soum):\n    return 216", "function_no_text"),
    ("q10_test", "def hay_answer(soum):\n    return soum + 2019", "function_stops"),
    (
        "q10_test",
        "def hay_answer(soum):\n    return 'Noyon cut 216 tonnes of hay in 2019.'",
        "function_same_answer",
    ),
    (
        "q10_test",
        "def hay_answer(soum):\n    return f'{soum} cut 216 tonnes of hay in 2019.'",
        "function_other_answer",
    ),
    (
        "q10_test",
        "def hay_answer(soum):\n"
        "    value = hay[hay['soum'] == soum]['value'].sum()\n"
        "    return f'{soum}: {value:.0f} in 2019.'",
        "function_other_answer",
    ),
    (
        "q10_test",
        "def hay_answer(soum):\n"
        "    value = hay[hay['soum'] == soum]['value'].sum()\n"
        "    return f'{soum}: {value:.0f} tonnes.'",
        "function_other_answer",
    ),
    (
        "q10_test",
        "def hay_answer(soum):\n"
        "    value = fodder[fodder['soum'] == soum]['value'].sum()\n"
        "    return f'{soum}: {value:.0f} tonnes of hay in 2019.'",
        "all_fodder_in_answer",
    ),
    (
        "q10_test",
        "def hay_answer(soum):\n"
        "    minerals = fodder[fodder['measure'] == 'mineral_fodder']\n"
        "    value = minerals[minerals['soum'] == soum]['value'].sum()\n"
        "    return f'{soum}: {value:.0f} tonnes of hay in 2019.'",
        "other_measure_in_answer",
    ),
    ("q11_test", "budget_kb = 70 * 12", "bits_not_bytes"),
    ("q11_test", "budget_kb = 70 * 12 * 8", "eight_the_other_way"),
    ("q11_test", "budget_kb = 70 / 8", "one_second_only"),
    ("q11_test", "budget_kb = 12 * 8 / 70", "seconds_not_size"),
    ("q11_test", "budget_kb = 150", "not_the_value"),
    ("q11_test", "budget_kb = '105 kB'", "text_not_number"),
    ("q12_test", "alt_text_3 = 'Hay in 2019: Tsogttsetsii 1,123 tonnes.'", "alt_text_too_short"),
    ("q12_test", ALT + " * 8", "alt_text_too_long"),
    ("q12_test", ALT.replace("('Ts", "('A bar chart of hay: Ts"), "alt_text_form_first"),
    ("q12_test", ALT.replace("('Ts", "('This picture shows that Ts"), "alt_text_form_first"),
    ("q12_test", ALT.replace("1,123", "very many"), "alt_text_no_finding"),
    ("q12_test", ALT.replace("1,123", "917"), "alt_text_no_finding"),
    ("q12_test", ALT.replace(" in 2019", "  of all"), "alt_text_no_finding"),
    ("q12_test", ALT.replace("tonnes", "pieces"), "alt_text_no_finding"),
    ("q12_test", ALT.replace("Khurmen cut least", "The others cut less"), "alt_text_no_finding"),
    ("q12_test", "alt_text_3 = 1123.5", "not_text"),
]

# Other ways to the right answer.
ALSO_RIGHT = [
    ("q01_test", "forms = 'l b m s'"),
    ("q02_test", like(GOATS)),
    ("q02_test", like(GOATS, ('goats["year"]', 'goats["year"].astype(str)'))),
    ("q02_test", like(GOATS, ('goats["year"]', 'pd.to_datetime(goats["year"].astype(str))'))),
    ("q02_test", "goats = goats.sort_values('year', ascending=False)\n" + like(GOATS)),
    (
        "q02_test",
        "ax_2 = goats.plot(x='year', y='value', ylabel='мянган толгой', "
        "title='2023 онд хамгийн цөөн ишиг бойжсон')\n"
        "ax_2.text(2015, 0, 'Эх сурвалж: ҮСХ')" + SHOW,
    ),
    (
        "q02_test",
        "import seaborn as sns\n"
        + like(
            GOATS, ("ax_2.plot(goats[", "sns.lineplot(x=goats["), (', goats["v', ', y=goats["v')
        ),
    ),
    (
        "q02_test",
        "sheep = young[young['animal'] == 'sheep']\n"
        + like(GOATS)
        + "\nax_2.plot(sheep['year'], sheep['value'], color='0.6')\nax_2.axhline(100)",
    ),
    ("q02_test", like(GOATS) + "\nax_2 = fig_2"),
    ("q03_test", like(HAY)),
    (
        "q03_test",
        like(
            HAY,
            ("barh", "bar"),
            ("set_xlabel", "set_ylabel"),
            ('"value")', '"value", ascending=False)'),
        ),
    ),
    (
        "q03_test",
        like(
            HAY,
            ('hay["soum"]', 'hay["soum_mn"]'),
            ("Tsogttsetsii cut most", "Цогтцэций хамгийн их"),
        )
        + "\nax_3.set_xlabel('хадсан өвс, тонноор')",
    ),
    (
        "q03_test",
        "hay = hay.sort_values('value')\n"
        "ax_3 = hay.plot.barh(x='soum', y='value', xlabel='tonnes', legend=False)\n"
        "ax_3.set_title('Most hay was cut in\\nTsogt-Tsetsii: 1,123 t', loc='center')\n"
        "ax_3.annotate('Source: National Statistics Office', (0, 0))" + SHOW,
    ),
    (
        "q03_test",
        "import seaborn as sns\n"
        + like(
            HAY,
            (
                'ax_3.barh(hay["soum"], hay["value"])',
                'sns.barplot(hay, x="value", y="soum", ax=ax_3)',
            ),
        ),
    ),
    (
        "q03_test",
        like(HAY) + "\nax_3.barh('Tsogttsetsii', 1122.8, color='tab:orange')",
    ),
    ("q04_test", "times_as_long = 6152 / 619"),
    ("q04_test", "times_as_long = 9.9"),
    ("q04_test", "times_as_long = 10"),
    ("q06_test", like(CARS)),
    ("q06_test", like(CARS, ('four_years["year"]', 'four_years["year"].astype(str)'))),
    (
        "q06_test",
        like(CARS, (".bar(", ".barh("), ("set_ylabel", "set_xlabel"))
        + "\nax_6.set_title('2021-2024: +9.1 % тээврийн хэрэгсэл')",
    ),
    (
        "q06_test",
        "ax_6 = four_years.plot.bar(x='year', y='registered_vehicles', legend=False,\n"
        "    color=['0.6', '0.6', '0.6', 'tab:blue'], ylabel='бүртгэлтэй тээврийн хэрэгсэл',\n"
        "    title='Тээврийн хэрэгсэл 9 хувиар өсөв')\n"
        "ax_6.figure.text(0, 0, 'Эх сурвалж: ҮСХ')" + SHOW,
    ),
    ("q07_test", "middle_half_t = 602.7 - 287.4"),
    ("q07_test", "middle_half_t = hay['value'].quantile([0.25, 0.75]).diff().dropna()"),
    ("q08_test", like(AGES)),
    ("q08_test", like(AGES) + "\nfig_8 = panels"),
    ("q08_test", like(AGES) + "\npanels[0].invert_yaxis()"),
    (
        "q08_test",
        like(
            AGES,
            ("panel.barh(", "panel.plot("),
            ("panel.set_title(soum)", "panel.set_title({'Noyon': 'Ноён'}.get(soum, soum))"),
            ("set_xlabel", "set_ylabel"),
        ),
    ),
    (
        "q08_test",
        "import warnings\nimport seaborn as sns\n"
        "profile['percent'] = profile['persons'] / profile['residents'] * 100\n"
        "with warnings.catch_warnings():\n"
        "    warnings.simplefilter('ignore')\n"
        "    fig_8 = sns.catplot(profile, x='percent', y='age_group', col='soum', kind='bar')\n"
        "    fig_8.set_titles('{col_name}')\n"
        "fig_8.figure.suptitle('Most small children in Dalanzadgad')\n"
        "fig_8.figure.text(0, 0, 'Source: NSO')" + SHOW,
    ),
    ("q09_test", like(MAP)),
    (
        "q09_test",
        like(MAP, ("older_map.plot", "older_map.to_crs(32648).plot"), ("Blues", "YlOrBr")),
    ),
    (
        "q09_test",
        like(
            MAP,
            (
                'older_map.plot("class", cmap="Blues", ',
                'older_map.plot("percent", cmap="viridis_r", norm=norm, ',
            ),
            (
                "fig_9, ax",
                "norm = plt.matplotlib.colors.BoundaryNorm([0, 4, 5, 10], 256)\nfig_9, ax",
            ),
        )
        + "\nolder_map.boundary.plot(ax=ax_9, color='black')",
    ),
    (
        "q09_test",
        "older_map = older_map.sort_values('older')\n"
        + like(MAP)
        + "\nax_9.set_title('Хамгийн өндөр хувь Ханхонгор суманд')",
    ),
    (
        "q10_test",
        "def hay_answer(soum):\n"
        "    value = hay[hay['soum'] == soum]['value'].iloc[0]\n"
        "    return f'2019 онд {soum} сум {int(value)} тонн өвс хадав.'",
    ),
    ("q11_test", "budget_kb = 105"),
    ("q11_test", "budget_kb = [12 * 70 / 8]"),
    ("q12_test", ALT),
    ("q12_test", ALT.replace("1,123 tonnes", "1122.8 t")),
    (
        "q12_test",
        "alt_text_3 = '2019 онд Цогтцэций сум хамгийн их өвс буюу 1123 тонныг, Хүрмэн сум хамгийн '"
        "\nalt_text_3 += 'багыг хадсан байна. Арван таван сумын багана, ихээс нь бага руу.'",
    ),
]

# What the reference solution finds.
SOLVED = {"forms": "LBMS"}
