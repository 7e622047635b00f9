"""What lesson 4.6, Does it work on paper and on a phone?, says about its data."""

import re
from pathlib import Path

from statements import states

LESSON = (
    Path(__file__).resolve().parents[2]
    / "modules/04_visualization/06_for_paper_and_for_the_phone.ipynb"
)


def herd(read, animal: str | None = None):
    """Return million animals at the end of each year, of all kinds or of one."""
    table = read("land_livestock")
    if animal:
        table = table[table["animal"] == animal]
    return table.groupby("year")["thousand_head"].sum() / 1000


def change(series, first: int, last: int) -> float:
    return (series[last] / series[first] - 1) * 100


def turns(series, least: float) -> list[tuple[str, int]]:
    """Return peaks and valleys of a line, without swings smaller than ``least``."""
    found, kind = [], "peak"
    best = series.index[0]
    for year in series.index:
        step = series[year] - series[best]
        better = step > 0 if kind == "peak" else step < 0
        if better:
            best = year
        elif abs(step) >= least:
            found.append((kind, int(best)))
            kind = "valley" if kind == "peak" else "peak"
            best = year
    return found


@states(
    "At the end of 2019 there were 3.00 million animals, at the end of 2024 only 1.97. "
    "That is 34.3 percent fewer, about a third.",
    "The goats fell from 1.98 to 1.17 million.",
)
def fall_of_all_and_of_goats(read):
    every, goats = herd(read), herd(read, "goat")
    assert (round(every[2019], 2), round(every[2024], 2)) == (3.00, 1.97)
    assert round(change(every, 2019, 2024), 1) == -34.3
    assert (round(goats[2019], 2), round(goats[2024], 2)) == (1.98, 1.17)


@states(
    "from 2019 to 2024 the livestock of Umnugovi fell by about a third",
    "The livestock of Umnugovi fell by about a third from 2019 to 2024: from 3.0 to 2.0 million "
    "animals.",
    "The poster says one thing only: the livestock of Umnugovi fell from 3.0 million in 2019 to "
    "2.0 million in 2024.",
    "The card for the phone, a square: the livestock of Umnugovi fell from 3.0 million in 2019 to "
    "2.0 million in 2024.",
    "The same fall on a sheet of A4: all animals of Umnugovi go from 3.0 million in 2019 to "
    "2.0 million in 2024.",
    "The livestock of Umnugovi fell by about a third, from 3.0 million in 2019 to 2.0 million in "
    "2024.",
    "at the end of 2019 Umnugovi had 3.0 million animals, at the end of 2024 2.0 million.",
)
def about_a_third(read):
    every = herd(read)
    assert (round(every[2019], 1), round(every[2024], 1)) == (3.0, 2.0)
    assert -38 < change(every, 2019, 2024) < -29


@states(
    "The line stays near 1 million until 1993. Then it rises and falls twice, has its highest "
    "point in 2019, and falls again.",
)
def form_of_the_line(read):
    every = herd(read)
    assert (every.index[0], every.index[-1], len(every)) == (1970, 2024, 55)
    assert every.loc[:1993].between(0.75, 1.1).all()
    peaks = [year for kind, year in turns(every.loc[1993:], 0.3) if kind == "peak"]
    assert peaks == [1999, 2009, 2019]
    assert every.idxmax() == 2019
    assert every[2024] == every.loc[2019:].min()


@states(
    "A second, dashed line shows the goats, 1.2 million in 2024, more than half of all animals."
)
def goats_are_more_than_half(read):
    goats = herd(read, "goat")
    assert round(goats[2024], 1) == 1.2
    assert goats[2024] > herd(read)[2024] / 2


@states("Until 1993 it stayed between 0.76 and 1.07 million.")
def until_1993(read):
    early = herd(read).loc[:1993]
    assert (round(early.min(), 2), round(early.max(), 2)) == (0.76, 1.07)
    assert len(early) == 24


@states(
    "What another first year would say. 2019 is the highest of all years. "
    "Since 2015 the herd shrank only from 2.06 to 1.97 million, "
    "and it is about twice as large as in 1970."
)
def other_first_years(read):
    every = herd(read)
    assert every.idxmax() == 2019
    assert (round(every[2015], 2), round(every[2024], 2)) == (2.06, 1.97)
    assert 1.9 < every[2024] / every[1970] < 2.2


@states("For camels it is wrong: the camels fell by 6.1 percent only.")
def camels_in_the_solution(read):
    text = LESSON.read_text(encoding="utf-8")
    camels = herd(read, "camel") * 1000
    fall = re.search(r"the camels fell by ([\d.]+) percent only", text)[1]
    assert round(change(camels, 2019, 2024), 1) == -float(fall)
    title = re.search(r"Тэмээ: 2019 онд (\d+) мянга,\\\\n2024 онд (\d+) мянга", text)
    assert [round(camels[2019]), round(camels[2024])] == [int(title[1]), int(title[2])]


@states("Years between are left out; in the full table the line is not so smooth.")
def table_on_paper(read):
    text = LESSON.read_text(encoding="utf-8")
    rows = re.findall(r"\| (\d{4}) \| (\d\.\d\d) \| (\d\.\d\d) \|", text)
    every, goats = herd(read), herd(read, "goat")
    assert len(rows) == 13
    for year, printed, printed_goats in rows:
        assert f"{every[int(year)]:.2f}" == printed
        assert f"{goats[int(year)]:.2f}" == printed_goats
    left_out = [year for year in every.index if str(year) not in {row[0] for row in rows}]
    assert len(left_out) == 42
    # the valley of 2002 and the rise before it are between the years of the table
    assert every[2002] < every[2000] < every[1999]


@states("it shows the aimag, not a soum or a family", "It shows animals and no people")
def table_of_the_aimag(read):
    table = read("land_livestock")
    assert set(table["aimag_code"]) == {346}
    assert set(table["animal"]) == {"camel", "cattle", "goat", "horse", "sheep"}
    assert len(table) == 55 * 5
    assert not {"soum", "soum_code", "sex", "household"} & set(table.columns)


@states("Livestock, 1970 to 2024: National Statistics Office of Mongolia, read through")
def source_of_the_livestock(read):
    table = read("land_livestock")
    assert (table["year"].min(), table["year"].max()) == (1970, 2024)
    assert set(table["source_id"]) == {"NSO_DZUD_2026"}
    source = read("sources").set_index("source_id").loc["NSO_DZUD_2026"]
    assert "Khurelchuluun" in source["publisher"]
    assert "National Statistics Office" in source["publisher"]
    assert table.groupby("year").size().eq(5).all()


NOT_DATA = {
    "We need it four times: on the screen, on two sizes of paper, and on the phone.": "the drawing",
    "A handout is read at a table, from half a metre away.": "a use of paper",
    "The same drawing, with thicker lines and larger letters.": "the style, not the data",
    "Letters 3 mm high for each metre could be read in over 90 percent of cases.": (
        "from the study named in Sources; no dataset holds it"
    ),
    "Somebody with weaker eyes needs more.": "about readers",
    "You print the poster on A4, and it shrinks to 71 percent.": "geometry, computed in the lesson",
    "From farther than 3.1 metres, because smaller letters are sharper.": "a wrong quiz answer",
    "All letters shrink with the sheet: 71 percent of 3.1 metres is about 2.2 metres.": "geometry",
    "A is wrong: the file is the same, but the paper is smaller.": "about paper",
    "C is wrong: sharper is not larger.": "about letters",
    "one idea less than on the handout, a short title, few numbers, the source.": "a rule of form",
    "So we set a budget first: the most that we allow.": "a rule of design",
    "The two PDF sheets are lighter than the card, though they are larger on paper.": (
        "sizes of files, an output of the lesson that its tests compare"
    ),
    "We save the card once more, strongly pressed.": "a step of the lesson",
    "A is the worst: dots of a screen, and perhaps no source line.": "about screenshots",
    "Print the values of 2019 and 2024, and the change in percent.": "a task for pairs",
    "3 mm of letter for each metre, at least.": "a rule of design",
    "3 mm for each metre: 15 mm at least.": "arithmetic with the rule",
    "At three thousandths of the distance (3 mm for each metre) more than 90 percent were": (
        "from the study named there; its summary says over 90% at 0.003 rad"
    ),
    "Many programs count green more than red and blue.": "about programs and pictures",
}
