"""What lesson 3.5, Who is in the number, and who is left out?, says about its data."""

import json
import re
from collections import Counter
from math import sqrt
from pathlib import Path

from statements import states

LESSON = Path(__file__).resolve().parents[2] / "modules/03_analysis/05_who.ipynb"

CHILDREN = ("0-4", "5-9", "10-14")
OLDER = ("60-64", "65-69", "70+")
YOUNG_WORKERS = ("25-29", "30-34")
THREE = ("Tsogttsetsii", "Khanbogd", "Khankhongor")


# Residents by age --------------------------------------------------------------------------


def persons(read) -> dict[tuple[str, str], int]:
    """Return residents by soum and age group, with the group ``total``."""
    rows = read("people_age")
    return dict(
        zip(zip(rows["soum"], rows["age_group"], strict=True), rows["persons"], strict=True)
    )


def count(read, soum: str, ages) -> int:
    known = persons(read)
    return sum(known[soum, age] for age in ages)


def share(read, soum: str, ages) -> float:
    """Return residents of some ages, of each 100 residents of all ages (added up)."""
    known = persons(read)
    return (
        100
        * count(read, soum, ages)
        / sum(number for (place, age), number in known.items() if place == soum and age != "total")
    )


def names(read) -> list[str]:
    return sorted(set(read("people_age")["soum"]))


def ages(read) -> list[str]:
    """Return the age groups from young to old, without ``total``."""
    found = set(read("people_age")["age_group"]) - {"total"}
    return sorted(found, key=lambda age: int(re.match(r"\d+", age).group()))


@states(
    "The first table counts residents at the end of 2019, in groups of five years of age",
    "One more group is called total: all ages.",
    "The soums add up to 69902 residents, as in module 1. Nobody got lost.",
    "70+ holds all ages from 70, the other groups hold five years.",
)
def groups_of_the_age_table(read):
    rows = read("people_age")
    assert set(rows["year"]) == {2019}
    assert ages(read) == [*(f"{age}-{age + 4}" for age in range(0, 70, 5)), "70+"]
    parts = rows[rows["age_group"] != "total"]
    totals = rows[rows["age_group"] == "total"].set_index("soum")["persons"]
    assert (parts.groupby("soum")["persons"].sum() == totals[names(read)]).all()
    assert len(totals) == 15
    everybody = read("people_population").query("year == 2019")["residents"].sum()
    assert totals.sum() == parts["persons"].sum() == everybody == 69902


@states(
    "children under 15, and older people of 60 and more",
    "In Tsogttsetsii 39.1 percent are under 15, and 3.0 percent are 60 or older.",
    "In Khankhongor it is 23.4 and 9.9 percent.",
    "Khanbogd has 28.7 percent children and 3.6 percent older people.",
)
def children_and_older_people(read):
    expected = {"Tsogttsetsii": (39.1, 3.0), "Khankhongor": (23.4, 9.9), "Khanbogd": (28.7, 3.6)}
    for soum, (children, older) in expected.items():
        assert round(share(read, soum, CHILDREN), 1) == children
        assert round(share(read, soum, OLDER), 1) == older
    by_children = sorted(names(read), key=lambda soum: share(read, soum, CHILDREN))
    by_older = sorted(names(read), key=lambda soum: share(read, soum, OLDER))
    assert (by_children[0], by_children[-1]) == ("Khankhongor", "Tsogttsetsii")
    assert (by_older[-1], by_older[0]) == ("Khankhongor", "Tsogttsetsii")


@states(
    "Tsogttsetsii has more older people, 244 to 196.",
    "the count for chairs: Tsogttsetsii has 244 older people, Khankhongor 196.",
)
def heads_of_older_people(read):
    assert count(read, "Tsogttsetsii", OLDER) == 244
    assert count(read, "Khankhongor", OLDER) == 196


@states(
    "In Tsogttsetsii and Khanbogd the ages of 30 to 34 and the small children stand out.",
    "Tsogttsetsii is highest for small children, with a second top at 30 to 34.",
    "Khanbogd has few people of 15 to 19 and many of 25 to 34.",
)
def two_tops(read):
    line = {soum: [share(read, soum, [age]) for age in ages(read)] for soum in THREE}
    place = ages(read).index
    for soum in ("Tsogttsetsii", "Khanbogd"):
        highest = sorted(ages(read), key=lambda age: -line[soum][place(age)])
        assert set(highest[:4]) >= {"0-4", "5-9", "30-34"}
        around = line[soum][place("30-34") - 1], line[soum][place("30-34") + 1]
        assert line[soum][place("30-34")] > max(around)
        assert min(line[soum][:2]) > 10
    for age in ("0-4", "5-9"):
        assert max(THREE, key=lambda soum: line[soum][place(age)]) == "Tsogttsetsii"
    working = {age: line["Khanbogd"][place(age)] for age in ages(read)[:10]}
    assert min(working, key=working.get) == "15-19"
    assert all(working[age] > 10 for age in YOUNG_WORKERS)


@states(
    "The line of Khankhongor is flatter.",
    "The line of Khankhongor is flatter: fewer small children, fewer people of 30 to 34, and more "
    "people over 45 and over 60 than in the other two.",
)
def flatter_line(read):
    def spread(soum):
        values = [share(read, soum, [age]) for age in ages(read)]
        return max(values) - min(values)

    over_45 = [age for age in ages(read) if int(age[:2].strip("-")) >= 45]
    for other in ("Tsogttsetsii", "Khanbogd"):
        assert spread("Khankhongor") < spread(other)
        for group in (["0-4"], ["5-9"], ["30-34"]):
            assert share(read, "Khankhongor", group) < share(read, other, group)
        for group in (over_45, OLDER):
            assert share(read, "Khankhongor", group) > share(read, other, group)


@states("At the end all three lines go up.")
def lines_go_up_at_the_end(read):
    for soum in THREE:
        assert share(read, soum, ["70+"]) > share(read, soum, ["65-69"])


@states(
    "All three soums have a mine on the list of the lesson Where.",
    'So "mine or no mine" does not explain the lines',
)
def a_mine_in_each(read):
    mines = read("place_mines")
    assert set(THREE) <= set(mines.loc[mines["status"] == "operating", "soum"])
    shapes = read("place_soum_boundaries").set_index("soum_code")["geometry"]
    codes = read("place_soums").set_index("soum")["soum_code"]
    for soum in THREE:
        assert mines["geometry"].within(shapes[codes[soum]]).any()


@states("This table has no column for sex. No table by sex and soum was found for this course.")
def no_sex_by_soum(read):
    for name in ("people_age", "people_population"):
        assert {"sex", "women", "men", "female", "male"} & set(read(name).columns) == set()
    assert sum(read("people_age").query("age_group == 'total'")["persons"]) == 69902


@states("Residents at the end of 2019 (National Statistics Office):")
def ages_on_paper(read):
    text = paper()
    rows = re.findall(r"^\| ([A-Z][\w-]+) \| (\d+) \| (\d+) \| (\d+) \|$", text, re.M)
    rows = [row for row in rows if not row[0].startswith("Soum")]
    assert len(rows) == 5
    for soum, everybody, children, older in rows:
        assert int(everybody) == persons(read)[soum, "total"]
        assert int(children) == count(read, soum, CHILDREN)
        assert int(older) == count(read, soum, OLDER)
    line = re.search(r"Under 15: (.*?)\. Of 60 and older: ([\d., ]+)\.", text)
    printed = [float(each) for each in re.findall(r"\d+\.\d", line.group(1))]
    assert printed == [round(share(read, row[0], CHILDREN), 1) for row in rows]
    printed = [float(each) for each in re.findall(r"\d+\.\d", line.group(2))]
    assert printed == [round(share(read, row[0], OLDER), 1) for row in rows]
    publisher = read("sources").set_index("source_id")["publisher"]
    assert "National Statistics Office" in publisher[read("people_age")["source_id"].unique()[0]]


# Women at the mine -------------------------------------------------------------------------


def four(read) -> list[tuple[str, float, str, str]]:
    """Return period, value, who is counted and publisher of each share of women."""
    rows = read("mine_workforce")
    rows = rows[rows["measure"] == "share_women"]
    publisher = dict(zip(read("sources")["source_id"], read("sources")["publisher"], strict=True))
    return [
        (row.period, row.value, row.who_is_counted, publisher[row.source_id])
        for row in rows.itertuples()
    ]


def heads(read, group: str, sex: str, organisation: str = "Oyu Tolgoi") -> float:
    rows = read("mine_workforce_sex")
    rows = rows[(rows["organisation"] == organisation) & (rows["measure"] == "headcount")]
    rows = rows[rows["group"].str.startswith(group) & (rows["sex"] == sex)]
    assert len(rows) == 1
    return rows["value"].iloc[0]


def women(read, group: str) -> float:
    """Return women of each 100 people of a group at the mine."""
    female, everybody = heads(read, group, "female"), heads(read, group, "total")
    assert female + heads(read, group, "male") == everybody
    return 100 * female / everybody


@states(
    "One member has read that 40 percent of the workers are women. Another has read 18.",
    "Four sources give a share of women at Oyu Tolgoi.",
    "In time order: nearly 40, then 18, 23.4 and 23.",
    "A line through them would fall, rise, and fall a little.",
)
def four_shares(read):
    found = four(read)
    assert [value for _, value, _, _ in found] == [40, 18, 23.4, 23]
    assert [period for period, _, _, _ in found] == ["2015", "2022", "2023-Q3", "2025-03"]
    assert len({publisher for _, _, _, publisher in found}) == 4
    notes = read("mine_workforce").query("measure == 'share_women'")["note"].tolist()
    assert notes[0].startswith("Nearly 40")


@states(
    "Look at who is counted: the words are different each time.",
    "Not one of them says if contractors are counted.",
)
def definitions_differ(read):
    words = [who for _, _, who, _ in four(read)]
    assert len(words) == len(set(words)) == 4
    assert all("contractors not mentioned" in who or "contractor" not in who for who in words)
    assert [value for _, value, _, _ in four(read)] == [40, 18, 23.4, 23]


@states("Women at Oyu Tolgoi, four shares:", "Which shares may we compare?")
def tables_of_the_four_shares(read):
    text = paper()
    for (period, value, who, publisher), words in zip(
        four(read),
        (
            ("nearly 40", "International Women in Mining"),
            ("18", "Geosciences"),
            ("23.4", "Oyu Tolgoi LLC"),
            ("23", "Gogo Mongolia"),
        ),
        strict=True,
    ):
        printed, source = words
        assert float(printed.replace("nearly ", "")) == value
        assert source in publisher
        row = next(line for line in text.splitlines() if line.startswith(f"| {printed} |"))
        assert f"| {who} |" in row
        assert period[:4] in row
        assert source in row
    table = cell("see-bases")
    for phrase, who in (
        ("all levels of the business", 0),
        ("across Oyu Tolgoi", 2),
        ("total workforce", 3),
    ):
        assert f'"{phrase}"' in table
        assert phrase in four(read)[who][2]
    sources = read("sources").set_index("source_id")
    assert "Truck Driver" in sources.loc["IWIM_2015", "title"]
    assert "One author works at Oyu Tolgoi" in sources.loc["GEOSCIENCES_2023", "note"]
    assert "President" in sources.loc["GOGO_OT_2025", "title"]


@states(
    "It gives heads, not only percent.",
    "In the whole mine 17.6 of 100 are women; the paper prints 18.",
    "In the open pit it is 24.6. Outside the pit it would be 16.4, if both groups were counted in "
    "the same way.",
    "Another base, and the share is 24.6 and not 17.6.",
    "In 2022, 17.6 of 100 workers at the mine were women, says a paper of 2023. Of the employees "
    "in the open pit it was 24.6.",
    "17.6 and 24.6. Outside the pit 16.4, if both groups were counted in the same way.",
)
def other_base(read):
    assert round(women(read, "whole mine"), 1) == 17.6
    assert round(women(read, "whole mine")) == four(read)[1][1] == 18
    assert round(women(read, "open pit, all"), 1) == 24.6
    outside = {
        sex: heads(read, "whole mine", sex) - heads(read, "open pit, all", sex)
        for sex in ("female", "total")
    }
    assert outside == {"female": 2840, "total": 17331}
    assert round(100 * outside["female"] / outside["total"], 1) == 16.4
    assert read("sources").set_index("source_id").loc["GEOSCIENCES_2023", "date"] == "2023"


@states(
    'But the table says "all workers" for the mine and "all employees" for the pit.',
    "The mine, the year and the paper are the same.",
    "Both shares come from one paper.",
)
def words_for_the_two_groups(read):
    rows = read("mine_workforce_sex").query("organisation == 'Oyu Tolgoi'")
    both = rows[rows["group"].isin(["whole mine, all workers", "open pit, all employees"])]
    assert len(both) == 8
    assert set(both["period"]) == {"2022"}
    assert set(both["source_id"]) == {"GEOSCIENCES_2023"}
    assert sorted(both.loc[both["sex"] == "total", "value"]) == [2997, 20328]


@states(
    "Whole mine: 3577 women of 20328 workers. Open pit: 737 women of 2997 employees.",
    "Then the share outside the open pit: 3577 − 737 women of 20328 − 2997.",
    "In 2022, 3577 of 20328 workers at Oyu Tolgoi were women: 17.6 of 100.",
    "It is not said if the people of contractors are counted. A scientific paper of 2023; one of "
    "its authors works at the company.",
)
def heads_of_the_paper(read):
    assert (heads(read, "whole mine", "female"), heads(read, "whole mine", "total")) == (
        3577,
        20328,
    )
    pit = "open pit, all"
    assert (heads(read, pit, "female"), heads(read, pit, "total")) == (737, 2997)
    assert round(women(read, "whole mine"), 1) == 17.6
    rows = read("mine_workforce_sex")
    note = rows.loc[rows["group"] == "whole mine, all workers", "note"].iloc[0]
    assert note == "Contractors are not mentioned. One author of the paper works at the company."


@states(
    "Five lying bars with the share of women at Oyu Tolgoi, each with the people it counts. "
    "2015, all levels of the business: nearly 40. 2022, workers at the mine: 17.6, printed as 18. "
    "2022, open pit only: 24.6. 2023, across Oyu Tolgoi: 23.4. 2025, total workforce: 23.",
    "For 2022 we take the exact share, and we add the open pit.",
)
def five_bars(read):
    found = four(read)
    assert "all levels of the business" in found[0][2]
    assert "workers" in found[1][2]
    assert "across Oyu Tolgoi" in found[2][2]
    assert "total workforce" in found[3][2]
    bars = [found[0][1], women(read, "whole mine"), women(read, "open pit, all")]
    bars += [found[2][1], found[3][1]]
    assert [round(bar, 1) for bar in bars] == [40, 17.6, 24.6, 23.4, 23]


@states(
    'C. "The share of women is 26 percent, the mean of four sources."',
    'A. "The share of women at the mine fell from 40 to 23 percent."',
    "A makes a trend from numbers that may count different people.",
)
def wrong_answers_of_the_quiz(read):
    values = [value for _, value, _, _ in four(read)]
    assert round(sum(values) / 4) == 26
    assert (values[0], values[-1]) == (40, 23)
    assert len({who for _, _, who, _ in four(read)}) == 4


@states(
    "The table with the heads has one more row, with 3 people: the first three women who operated "
    "machines underground for a contractor, in a press article of 2019.",
    "Three women underground: Global Mining Review with Thiess, 23 September 2019.",
)
def three_women(read):
    rows = read("mine_workforce_sex")
    row = rows[rows["measure"].eq("headcount") & rows["value"].lt(5)]
    assert len(row) == 1
    row = row.iloc[0]
    assert (row["value"], row["sex"]) == (3, "female")
    assert "underground operators" in row["group"]
    assert "contractor" in row["organisation"]
    assert row["note"].startswith("The first three women")
    source = read("sources").set_index("source_id").loc[row["source_id"]]
    assert source["publisher"] == "Global Mining Review; Thiess"
    assert source["date"] == "2019-09-23"


# The SIMULATED survey ----------------------------------------------------------------------


def survey(read) -> list[dict]:
    """Return the rows of the SIMULATED survey."""
    rows = read("survey_SIMULATED")
    assert set(rows["data_kind"]) == {"SIMULATED"}
    return rows.to_dict("records")


def has_answer(row: dict) -> bool:
    return row["heard_about_revenue"] in ("yes", "no")


def heard(rows, weighted: bool = False) -> float:
    """Return the percent who have heard, of those who answered."""
    answered = [(row["weight"] if weighted else 1, row) for row in rows if has_answer(row)]
    yes = sum(weight for weight, row in answered if row["heard_about_revenue"] == "yes")
    return 100 * yes / sum(weight for weight, _ in answered)


def of_sex(read, sex: str) -> list[dict]:
    return [row for row in survey(read) if row["sex"] == sex]


def margin(rows) -> float:
    """Return half of the 95 percent interval of a share of one half, in points."""
    number = sum(has_answer(row) for row in rows)
    return 100 * 1.96 * sqrt(0.25 / number)


@states(
    "seven of 24 groups are under 10: all six of Soum D, and the older men of Soum C.",
    "If we split by sex and age only, the smallest group has 44.",
    "Each split makes the groups smaller.",
    "4. Seven. For example the place: by sex and age the smallest group has 44.",
)
def small_groups(read):
    groups = Counter((row["place"], row["sex"], row["age_group"]) for row in survey(read))
    assert len(groups) == 24
    small = {group for group, number in groups.items() if number < 10}
    soum_d = {group for group in groups if group[0] == "Soum D"}
    assert len(soum_d) == 6
    assert small == soum_d | {("Soum C", "man", "55+")}
    two_ways = Counter((row["sex"], row["age_group"]) for row in survey(read))
    one_way = Counter(row["sex"] for row in survey(read))
    assert min(two_ways.values()) == 44
    assert min(groups.values()) < min(two_ways.values()) < min(one_way.values())


@states(
    "Who knows that 80 people were asked in Soum C can work out the 9: 80 less the other five "
    "groups.",
    "Crossed out, the 9 of Soum C is still known: 80 people asked, less the other five groups.",
)
def one_crossed_out_number_is_known(read):
    soum_c = [row for row in survey(read) if row["place"] == "Soum C"]
    assert len(soum_c) == 80
    groups = Counter((row["sex"], row["age_group"]) for row in soum_c)
    hidden = [number for number in groups.values() if number < 10]
    assert hidden == [9]
    assert 80 - sum(number for number in groups.values() if number >= 10) == 9


@states(
    "14 of 400 gave no answer.",
    "But 11 of them are 55 or older: 12.2 percent of that age.",
    "Of the younger people about 1 percent did not answer.",
    "Some numbers in this table are 1 and 2.",
    "If most of the 14 are old, the result says less about older people.",
    "Here one in eight of the older people is missing.",
    "C throws away 386 answers because of 14.",
    "5. 0.7, 1.2 and 12.2. The table has numbers under 10: it is for the office.",
    "11 of the 90 older people did not answer.",
)
def missing_answers(read):
    rows = survey(read)
    asked = Counter(row["age_group"] for row in rows)
    missing = Counter(row["age_group"] for row in rows if not has_answer(row))
    assert (len(rows), sum(missing.values())) == (400, 14)
    assert missing == {"18-34": 1, "35-54": 2, "55+": 11}
    assert asked == {"18-34": 145, "35-54": 165, "55+": 90}
    percent = {age: round(100 * missing[age] / asked[age], 1) for age in asked}
    assert percent == {"18-34": 0.7, "35-54": 1.2, "55+": 12.2}
    younger = 100 * (missing["18-34"] + missing["35-54"]) / (asked["18-34"] + asked["35-54"])
    assert 0.5 < younger < 1.5
    assert round(asked["55+"] / missing["55+"]) == 8


def weights(read) -> dict[str, int]:
    found = {(row["place"], row["weight"]) for row in survey(read)}
    assert len(found) == 4
    return dict(found)


@states("It has a column weight: 50 in Soum A, 25 in B, 15 in C, 10 in D.")
def weights_of_places(read):
    assert weights(read) == {"Soum A": 50, "Soum B": 25, "Soum C": 15, "Soum D": 10}


@states(
    "What do we see? SIMULATED, without weights: men 54.3 percent, women 53.0. With weights: men "
    "53.9, women 56.0. The order has turned.",
    "Four points with bands: percent who have heard what mines pay. Women: 53.0 without weights "
    "and 56.0 with weights. Men: 54.3 without and 53.9 with weights. So the order of women and men "
    "turns.",
    "7. Women 53.0, men 54.3. With weights: women 56.0, men 53.9. Nobody can say: the differences "
    "are smaller than the margin.",
)
def order_turns(read):
    woman, man = of_sex(read, "woman"), of_sex(read, "man")
    assert [round(heard(rows), 1) for rows in (woman, man)] == [53.0, 54.3]
    assert [round(heard(rows, weighted=True), 1) for rows in (woman, man)] == [56.0, 53.9]
    assert heard(woman) < heard(man)
    assert heard(woman, weighted=True) > heard(man, weighted=True)
    for weighted in (False, True):
        assert abs(heard(woman, weighted) - heard(man, weighted)) < min(margin(woman), margin(man))


@states(
    "The reason is Soum A: one row there has the weight 50, and there 61.3 percent of the women "
    "have heard, and 53.5 of the men.",
)
def reason_is_soum_a(read):
    def part(sex, inside):
        return [row for row in of_sex(read, sex) if (row["place"] == "Soum A") == inside]

    assert abs(heard(part("woman", inside=True)) - 61.3) <= 0.0501
    assert round(heard(part("man", inside=True)), 1) == 53.5
    assert weights(read)["Soum A"] == max(weights(read).values()) == 50
    # in the other places together men lead, with and without weights
    for weighted in (False, True):
        others = [heard(part(sex, inside=False), weighted) for sex in ("woman", "man")]
        assert others[0] < others[1]


@states(
    "For 202 women it is 7.0, for 184 men 7.4 percentage points.",
    "The margin of a difference between the two is larger still: about 10 points. Our difference "
    "is one or two points.",
    "This SIMULATED survey cannot say who has heard more. We may say: about half of the women, and "
    "about half of the men.",
    "Each band reaches about 7 points up and down, and all four bands lie over each other.",
    "The margin is about 7 points.",
)
def margins(read):
    woman, man = of_sex(read, "woman"), of_sex(read, "man")
    assert [sum(map(has_answer, rows)) for rows in (woman, man)] == [202, 184]
    assert [round(100 / sqrt(number), 1) for number in (202, 184)] == [7.0, 7.4]
    bands = []
    for rows in (woman, man):
        # the rule of thumb lies a little above the usual formula
        assert 0 < 100 / sqrt(sum(map(has_answer, rows))) - margin(rows) < 0.3
        for weighted in (False, True):
            assert 50 < heard(rows, weighted) < 58
            bands.append((heard(rows, weighted) - 7, heard(rows, weighted) + 7))
    assert max(low for low, _ in bands) < min(high for _, high in bands)
    assert 9.5 < sqrt(margin(woman) ** 2 + margin(man) ** 2) < 10.5
    for weighted in (False, True):
        assert 1 <= round(abs(heard(woman, weighted) - heard(man, weighted))) <= 2


@states("With weights it is larger still.")
def weights_make_the_margin_larger(read):
    for sex in ("woman", "man"):
        rows = [row for row in of_sex(read, sex) if has_answer(row)]
        total = sum(row["weight"] for row in rows)
        squares = sum(row["weight"] ** 2 for row in rows)
        effective = total**2 / squares  # as many answers as an equal weighting would need
        assert effective < 0.9 * len(rows)
    assert [sum(map(has_answer, of_sex(read, sex))) for sex in ("woman", "man")] == [202, 184]


@states(
    "Heard (SIMULATED): 107 of 202 women and 100 of 184 men. With weights: women 3540 of 6325, men "
    "3085 of 5720.",
    "No answer to",
    "1 of 145 people of 18-34, 2 of 165 people of 35-54, 11 of 90 people of 55+.",
)
def sums_on_paper(read):
    for sex, plain, weighted in (
        ("woman", (107, 202), (3540, 6325)),
        ("man", (100, 184), (3085, 5720)),
    ):
        rows = [row for row in of_sex(read, sex) if has_answer(row)]
        yes = [row for row in rows if row["heard_about_revenue"] == "yes"]
        assert (len(yes), len(rows)) == plain
        assert tuple(sum(row["weight"] for row in part) for part in (yes, rows)) == weighted


@states("People asked (SIMULATED):", "Herders among those asked (SIMULATED):")
def tables_on_paper(read):
    rows, text = survey(read), paper()
    printed = re.findall(r"^\| (Soum \w) \| (women|men) \| (\d+) \| (\d+) \| (\d+) \|$", text, re.M)
    assert len(printed) == 8
    asked = Counter((row["place"], row["sex"], row["age_group"]) for row in rows)
    for place, sexes, *numbers in printed:
        sex = {"women": "woman", "men": "man"}[sexes]
        for age, number in zip(("18-34", "35-54", "55+"), numbers, strict=True):
            assert asked[place, sex, age] == int(number)
    printed = re.findall(r"^\| (Soum \w) \| (\d+) \| (\d+) \| (\d+) \|$", text, re.M)
    assert len(printed) == 4
    for place, *numbers in printed:
        here = [row for row in rows if row["place"] == place]
        herders = [row for row in here if row["livelihood"] == "herding"]
        assert [int(each) for each in numbers] == [len(here), len(herders), weights(read)[place]]


@states(
    "Work out the share without weights: the sum of the ones, divided by 400, times 100.",
    "With weights: multiply the herders of each place by its weight, add up, divide by 12600, "
    "times 100.",
    "8. 24.8 and 16.4. In the small places relatively more people were asked, and many of "
    "them herd.",
)
def herders(read):
    rows = survey(read)
    assert len(rows) == 400
    herding = [row for row in rows if row["livelihood"] == "herding"]
    everybody = sum(row["weight"] for row in rows)
    assert everybody == 12600
    assert abs(100 * len(herding) / 400 - 24.8) <= 0.051
    assert round(100 * sum(row["weight"] for row in herding) / everybody, 1) == 16.4
    # a small weight goes with a large share of herders
    known = weights(read)
    part = {
        place: sum(row["place"] == place for row in herding)
        / sum(row["place"] == place for row in rows)
        for place in known
    }
    assert sorted(known, key=known.get) == sorted(part, key=part.get, reverse=True)


@states('The survey has "woman" and "man" only.', "Nobody under 18 is in the survey.")
def who_is_not_in_the_survey(read):
    assert Counter(row["sex"] for row in survey(read)) == {"woman": 206, "man": 194}
    assert {row["age_group"] for row in survey(read)} == {"18-34", "35-54", "55+"}


@states(
    "Its form should use the same names of columns: place, sex, age_group, livelihood, "
    "heard_about_revenue, weight and so on.",
)
def names_of_columns(read):
    columns = {"place", "sex", "age_group", "livelihood", "heard_about_revenue", "weight"}
    table = read("survey_SIMULATED")
    assert columns | {"data_kind"} <= set(table.columns)
    assert len(table) == 400


# The pages of the lesson -------------------------------------------------------------------


def cell(name: str) -> str:
    """Return the text of one cell of the lesson."""
    for each in json.loads(LESSON.read_text(encoding="utf-8"))["cells"]:
        if each["id"] == name:
            return "".join(each["source"])
    raise KeyError(name)


def paper() -> str:
    return cell("paper")


NOT_DATA = {
    "Take the share to compare, and the count to plan.": "a course rule",
    "The people in the lower part of a percentage are called its base": "a new word",
    "A percentage without its base is half a number.": "a course rule",
    "None of them is the share of women.": "a judgement on definitions",
    "publish no number that stands for fewer than 10 people.": "a course rule",
    "Publish nothing that stands for fewer than 10 people.": "a course rule",
    "To cross out a small number is not always enough.": "a course rule",
    "If one group leaves more cells empty, the result speaks less for that group.": "a course rule",
    "SIMULATED: without weights 60 percent, with weights 28.": "people invented here",
    "In Big, few have heard, and most adults live there.": "people invented here",
    "60 and 28 percent.": "people invented here",
    "Weights repair one thing: a place where relatively more people were asked.": "a course rule",
    "They cannot bring back people who were never asked.": "a course rule",
    "With other people, chosen by chance, the share would be a little different.": "an explanation",
    "A rule of thumb for shares near one half:": "a rule of thumb",
    "In about 19 of 20 such surveys, the share then lies at most one margin away from the share of "
    "all.": "what a margin means",
    "One percentage point (нэгж хувь) is the step from 53 to 54 percent.": "a new word",
    "Work out the share under 15 and the share of 60 and older": "task on paper",
    "Third quarter of 2023:": "a date in the list of sources",
}
