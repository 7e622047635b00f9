"""The checks of assignments: they help, they never tell, and nothing but the answer passes."""
# ruff: noqa: D102, D105

import json
import subprocess
import sys
from itertools import pairwise

import geopandas as gpd
import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
import shapely
from matplotlib.colors import BoundaryNorm

from gobi import checks
from gobi.checks import CheckFailed

RIGHT = 149.631


def visible(answer):
    checks.number(answer, "copper", unit="kt", low=20, high=600)


def hidden(answer):
    checks.equals(
        answer, RIGHT, "copper", tolerance=0.05, unit="kt", near={"other_year": [146.346, 163]}
    )


def sentence(key, name="copper", **details):
    return checks._message(key, name=name, **details)


class AlwaysEqual:
    """Says yes to every comparison, and claims to be a number."""

    __class__ = float

    def __eq__(self, other):
        return True

    def __le__(self, other):
        return True

    def __ge__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    def __float__(self):
        return RIGHT

    __hash__ = None


class OddFloat(float):
    """A float that is never far from anything."""

    def __sub__(self, other):
        return 0.0

    def __rsub__(self, other):
        return 0.0

    def __eq__(self, other):
        return True

    __hash__ = None


class OddText(str):
    """A text that is equal to every other."""

    __hash__ = str.__hash__

    def __eq__(self, other):
        return True

    def casefold(self):
        return "khanbogd"


@pytest.mark.parametrize(
    "answer",
    [
        149.631,
        149.6,
        np.float64(149.631),
        np.float32(149.631),
        pd.Series([149.631]),
        pd.Series([149.631], dtype="Float64"),
        pd.DataFrame({"value": [149.631]}),
        np.array([149.631]),
        [149.631],
    ],
)
def test_right_answer_passes(answer):
    visible(answer)
    hidden(answer)


@pytest.mark.parametrize("answer", [149, np.int64(149), np.int32(149), 10**3])
def test_whole_numbers_are_numbers(answer):
    checks.equals(answer, int(answer), "copper", tolerance=0)


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (..., "not_answered"),
        (None, "not_answered"),
        (NotImplemented, "not_answered"),
        ("", "not_answered"),
        ([None], "not_answered"),
        ("149.6", "number_in_quotes"),
        ("149,6", "number_in_quotes"),
        ("1 200 kt", "text_not_number"),
        ("a lot", "text_not_number"),
        (True, "true_or_false"),
        (np.True_, "true_or_false"),
        (float("nan"), "missing_value"),
        (pd.NA, "missing_value"),
        (float("inf"), "infinite"),
        (10**400, "infinite"),
        (pd.Series([], dtype=float), "empty"),
        (pd.DataFrame({"a": [1, 2], "b": [3, 4]}), "whole_table"),
        ({149.631}, "not_a_number"),
        (149.631 + 0j, "not_a_number"),
        (max, "not_a_number"),
    ],
)
def test_what_is_no_number_is_named(answer, key):
    for check in (visible, hidden):
        with pytest.raises(CheckFailed) as failure:
            check(answer)
        assert str(failure.value) == sentence(key)


def test_many_values_are_counted():
    with pytest.raises(CheckFailed, match="holds 2 values"):
        visible(pd.Series([149.6, 146.3]))


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (149_631, "too_large_1000"),
        (0.149631, "too_small_1000"),
        (5, "too_small"),
        (5000, "too_large"),
        (-149.631, "too_small"),
    ],
)
def test_visible_test_notices_a_wrong_unit(answer, key):
    with pytest.raises(CheckFailed) as failure:
        visible(answer)
    assert str(failure.value) == sentence(key, unit="kt")


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (146.346, "other_year"),
        (163, "other_year"),
        (149_631, "too_large_1000"),
        (0.149631, "too_small_1000"),
        (-149.631, "wrong_sign"),
        (150.3, "not_the_value"),
        (0, "not_the_value"),
    ],
)
def test_hidden_test_names_the_mistake(answer, key):
    with pytest.raises(CheckFailed) as failure:
        hidden(answer)
    assert str(failure.value) == sentence(key, unit="kt")
    assert "149" not in str(failure.value)


@pytest.mark.parametrize(("answer", "key"), [(-0.218, "fraction"), (-2180.8, "percent_twice")])
def test_percent_and_fraction(answer, key):
    with pytest.raises(CheckFailed) as failure:
        checks.equals(answer, -21.808, "change", tolerance=0.06, unit="%")
    assert str(failure.value) == sentence(key, name="change")


def test_visible_test_takes_a_fraction_for_what_it_is():
    with pytest.raises(CheckFailed, match="looks like a fraction"):
        checks.number(0.031, "share", unit="%", low=0.5, high=80)


@pytest.mark.parametrize(
    "answer",
    [AlwaysEqual(), OddFloat(1), [OddFloat(1)], OddText("149.631"), AlwaysEqual],
    ids=["always equal", "odd float", "odd float in a list", "odd text", "a class"],
)
def test_hostile_objects_do_not_pass(answer):
    with pytest.raises(CheckFailed):
        visible(answer)
    with pytest.raises(CheckFailed):
        hidden(answer)
    with pytest.raises(CheckFailed):
        checks.same_text(answer, ["Khanbogd"], "soum")
    with pytest.raises(CheckFailed):
        checks.table(answer, "rows", columns=["value"])


SOUMS = ["Khanbogd", "Ханбогд", "Bayan-Ovoo", "Баян-Овоо", "Dalanzadgad", "2019"]


@pytest.mark.parametrize(
    ("answer", "accepted"),
    [
        ("Khanbogd", "Khanbogd"),
        ("  khanbogd ", "Khanbogd"),
        ("Khanbogd soum", "Khanbogd"),
        ("ХАНБОГД СУМ", "Ханбогд"),
        ("Bayan Ovoo", "Bayan-Ovoo"),
        ("Баян-Овоо", "Баян-Овоо"),
        (pd.Series(["Khanbogd"]), "Khanbogd"),
        (2019, "2019"),
        (np.int64(2019), "2019"),
        (2019.0, "2019"),
        ("2019", "2019"),
    ],
)
def test_right_text_passes(answer, accepted):
    checks.text(answer, "soum", choices=SOUMS)
    checks.same_text(answer, [accepted], "soum")


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (..., "not_answered"),
        ("Ulaanbaatar", "not_a_choice"),
        (34631, "not_a_choice"),
        (True, "true_or_false"),
        (0.5, "not_text"),
        (float("nan"), "not_text"),
        (float("inf"), "not_text"),
    ],
)
def test_visible_test_of_a_text(answer, key):
    with pytest.raises(CheckFailed) as failure:
        checks.text(answer, "soum", choices=SOUMS)
    assert str(failure.value) == sentence(key, name="soum")


@pytest.mark.parametrize(
    ("answer", "key"), [("Dalanzadgad", "town_included"), ("Bayan-Ovoo", "not_the_value")]
)
def test_hidden_test_of_a_text(answer, key):
    near = {"town_included": ["Dalanzadgad"]}
    with pytest.raises(CheckFailed) as failure:
        checks.same_text(answer, ["Khanbogd", "Ханбогд"], "soum", near=near)
    assert str(failure.value) == sentence(key, name="soum")


ROWS = pd.DataFrame({"period": ["2019", "2020"], "period_type": ["year", "year"], "value": [1, 2]})


def test_right_table_passes():
    checks.table(ROWS, "rows", columns=["period", "value"], rows=2, only={"period_type": "year"})


@pytest.mark.parametrize(
    ("answer", "key", "details"),
    [
        (..., "not_answered", {}),
        (ROWS["value"], "not_a_table", {}),
        (ROWS.drop(columns="value"), "no_column", {"column": "value"}),
        (ROWS.assign(period_type=["year", "quarter"]), "other_rows", {"column": "period_type"}),
        (ROWS.head(1), "too_few_rows", {}),
        (pd.concat([ROWS, ROWS]), "too_many_rows", {}),
    ],
)
def test_wrong_table_is_named(answer, key, details):
    with pytest.raises(CheckFailed) as failure:
        checks.table(answer, "rows", columns=["value"], rows=2, only={"period_type": "year"})
    assert str(failure.value) == sentence(key, name="rows", **details)


def test_only_visible_tests_speak_when_all_is_well(capsys):
    hidden(RIGHT)
    checks.same_text("Khanbogd", ["Khanbogd"], "soum")
    checks.table(ROWS, "rows", rows=2)
    assert capsys.readouterr().out == ""
    visible(RIGHT)
    checks.text("Khanbogd", "soum", choices=SOUMS)
    checks.table(ROWS, "rows", columns=["value"])
    assert capsys.readouterr().out.count("the form of your answer is right") == 3


def test_notebook_shows_the_sentence_alone():
    assert CheckFailed("One sentence.")._render_traceback_() == ["One sentence."]


def test_language_comes_from_a_catalogue(tmp_path, monkeypatch):
    english = (checks.MESSAGES / "en.json").read_text(encoding="utf-8")
    (tmp_path / "en.json").write_text(english, encoding="utf-8")
    mongolian = {"not_answered": "{name}: хариулаагүй байна."}
    (tmp_path / "mn.json").write_text(json.dumps(mongolian), encoding="utf-8")
    monkeypatch.setattr(checks, "MESSAGES", tmp_path)
    monkeypatch.setenv("GOBI_LANGUAGE", "mn")
    with pytest.raises(CheckFailed, match="copper: хариулаагүй байна"):
        visible(...)
    with pytest.raises(CheckFailed, match="is True or False"):
        visible(True)


@pytest.mark.parametrize("language", ["xx", "", "../en", "/etc/passwd"])
def test_unknown_language_is_english(language, monkeypatch):
    monkeypatch.setenv("GOBI_LANGUAGE", language)
    with pytest.raises(CheckFailed, match="not answered yet"):
        visible(...)


def test_messages_are_short_sentences_for_beginners():
    for key, text in checks._catalogue().items():
        assert text.startswith("{name}"), key
        assert text.endswith((".", "?")), key
        for sentence_ in text.replace("?", ".").replace(":", ".").split(". "):
            assert len(sentence_.split()) <= 20, key


# --- Charts ----------------------------------------------------------------------------------

HERDS = pd.DataFrame(
    {"soum": ["Noyon", "Manlai", "Bulgan"], "soum_mn": ["Ноён", "Манлай", "Булган"]}
).assign(year=[2019, 2020, 2021], head=[3.0, 2.0, 1.0])
BY_SOUM = {("Noyon", "Ноён"): 3, ("Manlai", "Манлай"): 2, ("Bulgan", "Булган"): 1}
BY_YEAR = {2019: 3, 2020: 2, 2021: 1}
THOUSAND = ["thousand", "мянган"]


@pytest.fixture(autouse=True)
def as_in_a_notebook():
    """Close the figures, as Jupyter does after each cell."""
    matplotlib.use("module://matplotlib_inline.backend_inline")
    yield
    plt.close("all")


def written(ax, label="animals (thousand)", source="Source: NSO Mongolia", lying=False):
    """Add the words that every chart needs, and close the figure: it stays readable."""
    ax.set_title("Noyon has most animals")
    (ax.set_xlabel if lying else ax.set_ylabel)(label)
    ax.figure.supxlabel(source)
    plt.close(ax.figure)
    return ax


def axes():
    return plt.subplots()[1]


def standing(names=HERDS["soum"], values=HERDS["head"], **options):
    ax = axes()
    ax.bar(names, values, **options)
    return written(ax)


def lying(names=HERDS["soum"], values=HERDS["head"], **options):
    ax = axes()
    ax.barh(names, values, **options)
    return written(ax, lying=True)


def joined(years=HERDS["year"], values=HERDS["head"], **options):
    ax = axes()
    ax.plot(years, values, **options)
    return written(ax)


def changed(ax, **properties):
    ax.set(**properties)
    return ax


def check_bars(answer, expected=BY_SOUM, order="size"):
    checks.bars(answer, "ax", expected, 0.01, order, near={"other_measure": [40, 60]})


def check_line(answer):
    checks.line(answer, "ax", BY_YEAR, 0.01, near={"other_measure": [60]})


def failure_of(check, answer, *more, **options):
    with pytest.raises(CheckFailed) as failure:
        check(answer, *more, **options)
    return str(failure.value)


@pytest.mark.parametrize(
    "draw",
    [
        standing,
        lying,
        lambda: standing(HERDS["soum_mn"]),
        lambda: standing(HERDS["soum"].str.upper() + " soum"),
        lambda: standing(HERDS["soum"][::-1], HERDS["head"][::-1]),
        lambda: written(HERDS.plot.bar(x="soum", y="head")),
        lambda: written(HERDS.plot.barh(x="soum", y="head"), lying=True),
        lambda: written(HERDS.set_index("soum")["head"].plot(kind="bar")),
        lambda: written(sns.barplot(HERDS, x="soum", y="head", ax=axes())),
        lambda: written(sns.barplot(HERDS, x="head", y="soum", ax=axes()), lying=True),
        lambda: standing().figure,
        lambda: [standing()],
        lambda: (lambda ax: (ax.figure, ax))(standing()),
        lambda: (lambda ax: ax.bar("Noyon", 3, color="tab:orange") and ax)(standing()),
    ],
)
def test_right_bars_pass_whoever_draws_them(draw):
    answer = draw()
    checks.chart(answer, "ax", units=THOUSAND)
    check_bars(answer)
    checks.few_colours(answer, "ax", most=2)


@pytest.mark.parametrize("years", [HERDS["year"], HERDS["year"].astype(str), HERDS["year"] * 1.0])
@pytest.mark.parametrize("draw", [standing, lying])
def test_years_of_bars_may_be_numbers_or_texts(draw, years):
    check_bars(draw(years), BY_YEAR, "given")


@pytest.mark.parametrize(
    ("draw", "key"),
    [
        (lambda: ..., "not_answered"),
        (lambda: None, "not_answered"),
        (lambda: HERDS, "not_a_chart"),
        (lambda: "a chart", "not_a_chart"),
        (lambda: [1, 2], "not_a_chart"),
        (axes, "chart_is_empty"),
        (joined, "no_bars"),
        (lambda: standing(HERDS["soum"][:2], HERDS["head"][:2]), "bars_missing"),
        (lambda: standing([*HERDS["soum"], "total"], [3, 2, 1, 6]), "bars_too_many"),
        (lambda: standing([1, 2, 3]), "bars_other_names"),
        (lambda: standing(["Noyon", "Manlai", "Sevrei"]), "bars_other_names"),
        (lambda: standing(values=[3, 2.5, 1]), "bars_other_values"),
        (lambda: standing(values=[2, 3, 1]), "bars_other_values"),
        (lambda: standing(values=[30, 20, 10]), "other_measure"),
        (lambda: standing(values=[3000, 2000, 1000]), "chart_too_large_1000"),
        (lambda: standing(values=[0.003, 0.002, 0.001]), "chart_too_small_1000"),
        (lambda: changed(standing(), ylim=(0.5, 3)), "bars_not_from_zero"),
        (lambda: changed(standing(), ylim=(0, 2)), "bars_not_from_zero"),
        (lambda: changed(standing(), yscale="log"), "bars_not_from_zero"),
        (lambda: changed(lying(), xlim=(0.5, 3)), "bars_not_from_zero"),
        (lambda: standing(bottom=1), "bars_not_from_zero"),
        (lambda: standing(["Manlai", "Noyon", "Bulgan"], [2, 3, 1]), "bars_not_sorted"),
        (lambda: [standing(), standing()], "panels_too_many"),
    ],
)
def test_wrong_bars_are_named(draw, key):
    assert failure_of(check_bars, draw()) == sentence(key, name="ax", count=2)


@pytest.mark.parametrize("draw", [standing, lying])
def test_bars_of_years_keep_the_order_of_time(draw):
    answer = draw(["2021", "2019", "2020"], [1, 3, 2])
    message = failure_of(check_bars, answer, BY_YEAR, order="given")
    assert message == sentence("bars_other_order", name="ax")


@pytest.mark.parametrize(
    "draw",
    [
        joined,
        lambda: joined(HERDS["year"].astype(str)),
        lambda: joined(pd.to_datetime(HERDS["year"].astype(str))),
        lambda: joined(HERDS["year"][::-1], HERDS["head"][::-1]),
        lambda: written(HERDS.plot(x="year", y="head")),
        lambda: written(HERDS.set_index(HERDS["year"].astype(str))["head"].plot(ax=axes())),
        lambda: written(sns.lineplot(HERDS, x="year", y="head", ax=axes())),
        lambda: changed(joined(), ylim=(0.9, 3.1)),
        lambda: (lambda ax: (ax.axhline(2), ax.plot([2019, 2020], [5, 5]), ax))(joined())[-1],
    ],
)
def test_right_line_passes_whoever_draws_it(draw):
    answer = draw()
    checks.chart(answer, "ax", units=THOUSAND)
    check_line(answer)


@pytest.mark.parametrize(
    ("draw", "key"),
    [
        (standing, "no_line"),
        (lambda: joined(marker="o", linestyle=""), "no_line"),
        (lambda: joined(HERDS["year"][:2], HERDS["head"][:2]), "line_missing"),
        (lambda: joined([2019, 2020, 2021, 2022], [3, 2, 1, 0]), "line_too_many"),
        (lambda: joined([2016, 2017, 2018]), "line_other_names"),
        (lambda: joined(values=[3, 2, 2]), "line_other_values"),
        (lambda: joined(values=[30, 20, 10]), "other_measure"),
        (lambda: joined(values=[3000, 2000, 1000]), "chart_too_large_1000"),
        (lambda: joined([2020, 2019, 2021], [2, 3, 1]), "line_not_in_order"),
    ],
)
def test_wrong_line_is_named(draw, key):
    assert failure_of(check_line, draw()) == sentence(key, name="ax")


@pytest.mark.parametrize(
    ("properties", "key"),
    [
        ({"title": ""}, "title_missing"),
        ({"title": "..."}, "title_missing"),
        ({"title": "Animals"}, "title_says_nothing"),
        ({"title": "Write your title here"}, "title_says_nothing"),
        ({"ylabel": ""}, "axis_label_missing"),
        ({"ylabel": "animals"}, "axis_label_no_unit"),
        ({"ylabel": "head", "xlabel": "thousand animals"}, "axis_label_other_axis"),
    ],
)
def test_words_of_a_chart(properties, key):
    message = failure_of(checks.chart, changed(standing(), **properties), "ax", units=THOUSAND)
    assert message == sentence(key, name="ax")


@pytest.mark.parametrize(
    ("source", "key"),
    [
        ("", "source_missing"),
        ("Source:", "source_missing"),
        ("NSO Mongolia", "source_missing"),
        ("Source: a friend", "source_other"),
    ],
)
def test_source_line_of_a_chart(source, key):
    ax = standing()
    ax.figure.supxlabel(source)
    message = failure_of(checks.source_line, ax, "ax", publishers=["NSO", "ҮСХ"])
    assert message == sentence(key, name="ax")


@pytest.mark.parametrize("source", ["Source: NSO.", "Data source: NSO", "Эх сурвалж: ҮСХ, 2020"])
def test_source_may_stand_anywhere(source):
    ax = axes()
    ax.bar([1], [1])
    ax.text(0, 0, source)
    checks.source_line(ax, "ax", publishers=["NSO", "ҮСХ"])


@pytest.mark.parametrize(
    ("unit", "label", "passes"),
    [
        (["t"], "hay (t)", True),
        (["t"], "the hay", False),
        (["t"], "hay, 100t", True),
        (["тонн"], "өвс, тонноор", True),
        (["%"], "share, %", True),
        (["million m3"], "water\n(million m3)", True),
        (["kt"], "skating", False),
    ],
)
def test_unit_of_a_label(unit, label, passes):
    ax = changed(standing(), ylabel=label)
    if passes:
        checks.axis_label(ax, "ax", unit)
    else:
        assert failure_of(checks.axis_label, ax, "ax", unit)


def test_unit_may_stand_beside_each_number():
    ax = changed(standing(), ylabel="")
    ax.yaxis.set_major_formatter("{x:.0f} %")
    checks.axis_label(ax, "ax", ["%"])


@pytest.mark.parametrize(
    ("title", "finding", "passes"),
    [
        ("9 percent more", [["9"], ["percent"]], True),
        ("9.1 % more", [["9"], ["percent", "%"]], True),
        ("In 2019 percent", [["9"]], False),
        ("0.9 percent more", [["9"]], False),
        ("1,123 tonnes of hay", [["1123"]], True),
        ("2019 216 tonnes of hay", [["216"]], True),
        ("Hay of\nTsogt-\nOvoo soum", [["Tsogt-Ovoo"]], True),
        ("Ноёны мал олон", [["Noyon", "Ноён"]], True),
    ],
)
def test_finding_in_a_title(title, finding, passes):
    ax = changed(standing(), title=title)
    if passes:
        checks.title(ax, "ax", finding)
    else:
        message = failure_of(checks.title, ax, "ax", finding)
        assert message == sentence("title_no_finding", name="ax")


@pytest.mark.parametrize(
    ("colours", "count"),
    [
        (["tab:blue"], 0),
        (["0.6", "black", "tab:blue"], 0),
        (["navy", "tab:blue", "lightblue"], 0),
        (["red", "lime", "blue"], 3),
        (["gold", "red", "purple"], 3),
    ],
)
def test_colours_that_say_nothing(colours, count):
    answer = standing(color=colours)
    if count:
        message = failure_of(checks.few_colours, answer, "ax", most=2)
        assert message == sentence("too_many_colours", name="ax", count=count)
    else:
        checks.few_colours(answer, "ax", most=2)


# --- Several panels --------------------------------------------------------------------------

TWO = {("Noyon", "Ноён"): [10, 30, 60], ("Manlai", "Манлай"): [20, 20, 60]}
RIGHT_TWO = list(TWO.values())
GROUPS = ["0-4", "5-9", "10-14"]


def two_panels(values=RIGHT_TWO, names=("Noyon", "Manlai"), draw="bar", share=True):
    fig, both = plt.subplots(1, 2, sharex=share, sharey=share)
    for ax, name, numbers in zip(both, names, values, strict=True):
        getattr(ax, draw)(GROUPS, numbers)
        ax.set_title(name)
    fig.suptitle("Both are young places")
    fig.supylabel("percent")
    fig.supxlabel("Source: NSO")
    plt.close(fig)
    return fig


def check_two(answer):
    near = {"counts_not_percent": [500]}
    checks.small_multiples(answer, "fig", TWO, 0.01, near)


@pytest.mark.parametrize(
    "draw",
    [
        two_panels,
        lambda: list(two_panels().axes),
        lambda: np.array(two_panels().axes),
        lambda: two_panels(draw="barh"),
        lambda: two_panels(draw="plot"),
        lambda: two_panels(names=("Ноён сум", "Манлай сум")),
        lambda: two_panels(values=RIGHT_TWO[::-1], names=("Manlai", "Noyon")),
        lambda: two_panels(share=False),  # the limits happen to be the same
    ],
)
def test_right_panels_pass(draw):
    check_two(draw())


def test_grid_of_seaborn_is_a_figure():
    table = pd.concat([HERDS.assign(place="Noyon"), HERDS.assign(place="Manlai")])
    with matplotlib.rc_context(
        {"figure.constrained_layout.use": False}
    ):  # seaborn lays out by itself
        grid = sns.FacetGrid(table, col="place")
        grid.map(plt.plot, "year", "head")
    checks.small_multiples(grid, "fig", {"Noyon": [3, 2, 1], "Manlai": [3, 2, 1]}, 0.01)


@pytest.mark.parametrize(
    ("draw", "key"),
    [
        (standing, "panels_too_few"),
        (lambda: two_panels(names=("Noyon", "")), "panels_no_names"),
        (lambda: two_panels(names=("Noyon", "Noyon")), "panels_no_names"),
        (lambda: two_panels(names=("Manlai", "Noyon")), "panels_other_values"),
        (lambda: two_panels(values=([30, 10, 60], [20, 20, 60])), "panels_other_order"),
        (lambda: two_panels(values=([100, 100, 100], [50, 50, 100])), "counts_not_percent"),
        (lambda: changed(two_panels().axes[0], ylim=(5, 70)).figure, "bars_not_from_zero"),
    ],
)
def test_wrong_panels_are_named(draw, key):
    assert failure_of(check_two, draw()) == sentence(key, name="fig", count=1)


@pytest.mark.parametrize(("draw", "axis"), [("bar", "ylim"), ("barh", "xlim"), ("plot", "ylim")])
def test_panels_share_one_scale(draw, axis):
    figure = two_panels(draw=draw, share=False)
    changed(figure.axes[1], **{axis: (0, 80)})
    assert failure_of(check_two, figure) == sentence("panels_own_scales", name="fig")


# --- Maps ------------------------------------------------------------------------------------

# Six places in a row. Each outline has another number of points, as real ones do.
PLACES = [shapely.Point(k, 0).buffer(0.4, quad_segs=k + 1) for k in range(6)]
SHARES = [1, 2, 4, 5, 8, 9]
COUNTS = [9, 1, 8, 2, 4, 5]


def drawn_map(values=SHARES, limits=(0, 3, 6, 10), places=PLACES, **options):
    names = [f"{low} to {high} %" for low, high in pairwise(limits)]
    table = gpd.GeoDataFrame({"value": values}, geometry=places, crs="EPSG:4326")
    table["class"] = pd.cut(table["value"], limits, labels=names)
    ax = axes()
    table.plot(**({"column": "class", "cmap": "Blues", "legend": True} | options), ax=ax)
    ax.set_axis_off()
    return written(ax)


def check_map(answer):
    near = {"map_of_counts": COUNTS}
    checks.coloured_map(answer, "ax", PLACES, SHARES, classes=(2, 4), least=2, near=near)


@pytest.mark.parametrize(
    "draw",
    [
        drawn_map,
        lambda: drawn_map(cmap="YlOrBr"),
        lambda: drawn_map(cmap="viridis_r"),
        lambda: drawn_map(limits=(0, 4, 10)),
        lambda: drawn_map(SHARES[::-1], places=PLACES[::-1]),
        lambda: drawn_map(column="value", norm=BoundaryNorm([0, 3, 6, 10], 256)),
        lambda: (lambda ax: (gpd.GeoSeries(PLACES).boundary.plot(ax=ax), ax))(drawn_map())[1],
        lambda: (lambda ax: (ax.scatter([0, 1], [0, 0], color="red"), ax))(drawn_map())[1],
    ],
)
def test_right_map_passes(draw):
    answer = draw()
    checks.chart(answer, "ax")
    check_map(answer)


@pytest.mark.parametrize(
    ("draw", "key", "count"),
    [
        (standing, "map_empty", 0),
        (lambda: drawn_map(SHARES[1:], places=PLACES[1:]), "map_places_missing", 0),
        (lambda: drawn_map(column="value"), "map_no_classes", 6),
        (lambda: drawn_map(column=None, color="navy"), "map_too_few_classes", 1),
        (lambda: drawn_map(COUNTS), "map_of_counts", 0),
        (lambda: drawn_map([9, 1, 4, 5, 8, 2]), "map_other_values", 0),
        (lambda: drawn_map(limits=(0, 1, 6, 10)), "map_class_too_small", 0),
        (lambda: drawn_map(cmap="Blues_r"), "map_dark_is_low", 0),
        (lambda: drawn_map(cmap="viridis"), "map_dark_is_low", 0),
        (lambda: drawn_map(cmap="jet"), "map_colours_jump", 0),
        (lambda: drawn_map(legend=False), "map_no_key", 0),
    ],
)
def test_wrong_map_is_named(draw, key, count):
    assert failure_of(check_map, draw()) == sentence(key, name="ax", count=count)


def test_map_in_another_projection_passes():
    table = gpd.GeoDataFrame({"value": SHARES}, geometry=PLACES, crs="EPSG:4326")
    check_map(drawn_map(places=table.to_crs("EPSG:3857").to_crs("EPSG:4326").geometry))
    ax = axes()
    table["class"] = pd.cut(table["value"], [0, 3, 6, 10], labels=["to 3", "to 6", "to 10"])
    table.to_crs("EPSG:3857").plot("class", cmap="Blues", legend=True, ax=ax)
    check_map(ax)


# --- Words about a chart, and functions ------------------------------------------------------

ALT = (
    "Noyon has most animals, 3 thousand. Then come Manlai and Bulgan. Three bars in order of size."
)


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (..., "not_answered"),
        (3, "alt_text_too_short"),
        ("Noyon has most animals.", "alt_text_too_short"),
        (ALT * 7, "alt_text_too_long"),
        (f"A bar chart. {ALT}", "alt_text_form_first"),
        (f"This image shows: {ALT}", "alt_text_form_first"),
        (f"График: {ALT}", "alt_text_form_first"),
        (ALT.replace("Noyon", "One soum"), "alt_text_no_finding"),
        (ALT.replace("3", "5"), "alt_text_no_finding"),
    ],
)
def test_wrong_alt_text_is_named(answer, key):
    finding = [["Noyon", "Ноён"], ["3"]]
    message = failure_of(checks.alt_text, answer, "alt", finding)
    length = len(answer if isinstance(answer, str) else str(answer))
    assert message == sentence(key, name="alt", count=length)


def test_right_alt_text_passes(capsys):
    checks.alt_text(ALT, "alt")
    assert "the form of your answer is right" in capsys.readouterr().out
    checks.alt_text(f"  {ALT}\n", "alt", [["Noyon"], ["3"]])
    assert capsys.readouterr().out == ""


ANIMALS = {"Noyon": 3, "Manlai": 2}


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (..., "not_answered"),
        (lambda soum: ..., "not_answered"),
        ("Noyon: 3", "not_a_function"),
        (lambda: "Noyon: 3", "function_stops"),
        (lambda soum: 1 / 0, "function_stops"),
        (lambda soum: print(soum), "function_no_return"),
        (lambda soum: ANIMALS[soum], "function_no_text"),
        (lambda soum: "Noyon: 3, Manlai: 2", "function_same_answer"),
        (lambda soum: f"{soum}: 3", "function_other_answer"),
        (lambda soum: f"{ANIMALS[soum]}", "function_other_answer"),
        (lambda soum: f"{soum}: {ANIMALS[soum] * 10}", "other_measure"),
    ],
)
def test_wrong_function_is_named(answer, key):
    calls = {soum: [[soum], [str(count)]] for soum, count in ANIMALS.items()}
    message = failure_of(checks.function, answer, "f", calls, near={"other_measure": ["30"]})
    assert message == sentence(key, name="f")


def test_right_function_passes(capsys):
    def answer(soum):
        return f"{soum}: {ANIMALS[soum]} thousand"

    checks.function(answer, "f", {"Noyon": [], "Manlai": []})
    assert "the form of your answer is right" in capsys.readouterr().out
    checks.function(answer, "f", {soum: [[soum], [str(n)]] for soum, n in ANIMALS.items()})
    assert capsys.readouterr().out == ""


def test_checks_load_matplotlib_only_for_charts():
    code = "import sys, gobi.checks; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
