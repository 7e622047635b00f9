"""Tests for assignments that say how an answer is wrong, and never what is right.

An assignment's *visible* tests use :func:`number`, :func:`text` and :func:`table`: has the
answer the right form? Its *hidden* tests use :func:`equals`, :func:`same_text` and
:func:`table`: is it right? A failed test raises :class:`CheckFailed` with one plain sentence
from the catalogue ``messages/en.json``. Set the environment variable ``GOBI_LANGUAGE`` to
choose another catalogue; what it lacks is taken from the English one.

A chart is checked by what it holds, never by its pixels; :mod:`gobi.drawn` reads it. The visible
test of a chart is :func:`chart`: is something drawn, with a title, a unit and a source? Its
hidden tests are :func:`bars`, :func:`line`, :func:`small_multiples`, :func:`coloured_map`,
:func:`few_colours`, and again :func:`title` and :func:`source_line`. A text that describes a
chart has :func:`alt_text`, and a function that the learner wrote has :func:`function`.

An answer is first turned into a plain Python number or text, and only that is compared, so
an object with comparison rules of its own cannot pass for an answer.

A function cannot notice a variable that does not exist. So the stub of each question gives
the variable the value ``...``, outside the part that nbgrader cuts away::

    copper_2020_kt = ...
    ### BEGIN SOLUTION
    copper_2020_kt = 149.631
    ### END SOLUTION
"""

import json
import math
import os
import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from gobi import drawn

__all__ = [
    "CheckFailed",
    "alt_text",
    "axis_label",
    "bars",
    "chart",
    "coloured_map",
    "equals",
    "few_colours",
    "function",
    "line",
    "number",
    "same_text",
    "small_multiples",
    "source_line",
    "table",
    "text",
    "title",
]

MESSAGES = Path(__file__).parent / "messages"

# Exact types only: a subclass may bring comparison rules of its own.
NUMBER_TYPES = (int, float, *(np.dtype(code).type for code in "bBhHiIlLqQfd"))
TEXT_TYPES = (str, np.str_)
BOOL_TYPES = (bool, np.bool_)
NOT_ANSWERED = (type(None), type(...), type(NotImplemented))
ONE_COLUMN = (pd.Series, pd.Index, np.ndarray, list, tuple)

TITLE_STUBS = ("yourtitle", "titlehere", "writethefinding")
SOURCE_WORDS = r"^(source|datasource|эхсурвалж|эхүүсвэр)+"
FORM_FIRST = (
    r"(\w+\s+){0,3}(chart|graph|plot|diagram|image|picture|photo|figure|map|"
    r"график|диаграмм?|зураг|зурагт)\b"
)


class CheckFailed(AssertionError):  # noqa: N818 (as AssertionError, it is no accident)
    """An answer is not right yet; the message is one sentence for the learner."""

    def _render_traceback_(self) -> list[str]:
        """Tell IPython to show the sentence alone, without the lines of the test."""
        return [str(self)]


def number(
    answer: Any,
    name: str,
    unit: str = "",
    low: float = -math.inf,
    high: float = math.inf,
) -> None:
    """Visible test: is the answer one number, and can it be right?

    Args:
        answer: the learner's answer. A table, column or list with one value counts as that value.
        name: the answer's variable name, for the message.
        unit: the unit asked for; ``"%"`` for percent.
        low: the smallest value that makes sense, in ``unit``. Leave it far from the answer.
        high: the largest value that makes sense.

    Raises:
        CheckFailed: there is no answer yet, it is not a number, or it is out of the range.
    """
    value = _plain_number(answer, name)
    if not low <= value <= high:
        _fail(_out_of_range(value, unit, low, high), name, unit=unit)
    _say_form_ok(name)


def equals(
    answer: Any,
    expected: float,
    name: str,
    tolerance: float,
    unit: str = "",
    near: Mapping[str, float | Sequence[float]] | None = None,
) -> None:
    """Hidden test: is the answer the expected number?

    Args:
        answer: the learner's answer, as for :func:`number`.
        expected: the right number.
        name: the answer's variable name, for the message.
        tolerance: how far the answer may be off, in its own unit.
        unit: the unit asked for; ``"%"`` for percent.
        near: what typical mistakes lead to: key in the catalogue → value, or values.

    Raises:
        CheckFailed: the answer is another number, or no number. The message says which
            mistake leads to this answer, if that is known.
    """
    value = _plain_number(answer, name)
    if abs(value - expected) <= tolerance:
        return
    for key, wrong in (near or {}).items():
        values = wrong if isinstance(wrong, Sequence) else [wrong]
        if any(abs(value - other) <= tolerance for other in values):
            _fail(key, name, unit=unit)
    _fail(_typical_slip(value, expected, unit), name, unit=unit)


def text(answer: Any, name: str, choices: Collection[str]) -> None:
    """Visible test: is the answer one of the possible words?

    Capital letters, spaces and hyphens make no difference, nor does the word *soum* (*сум*)
    at the end. A whole number counts as its digits, so a year may be written ``2019`` or
    ``"2019"``.

    Args:
        answer: the learner's answer.
        name: the answer's variable name, for the message.
        choices: all possible answers, in every spelling and language that is accepted.

    Raises:
        CheckFailed: there is no answer yet, or it is none of the choices.
    """
    if _same(_plain_text(answer, name), choices):
        _say_form_ok(name)
    else:
        _fail("not_a_choice", name)


def same_text(
    answer: Any,
    accepted: Collection[str],
    name: str,
    near: Mapping[str, Collection[str]] | None = None,
) -> None:
    """Hidden test: is the answer one of the accepted spellings?

    Args:
        answer: the learner's answer, as for :func:`text`.
        accepted: every right spelling, for example in English and in Mongolian.
        name: the answer's variable name, for the message.
        near: what typical mistakes lead to: key in the catalogue → spellings.

    Raises:
        CheckFailed: the answer is something else; the message as for :func:`equals`.
    """
    word = _plain_text(answer, name)
    if _same(word, accepted):
        return
    for key, spellings in (near or {}).items():
        if _same(word, spellings):
            _fail(key, name)
    _fail("not_the_value", name)


def table(
    answer: Any,
    name: str,
    columns: Sequence[str] = (),
    rows: int | None = None,
    only: Mapping[str, str] | None = None,
) -> None:
    """Visible or hidden test: is the answer a table with these columns and rows?

    Args:
        answer: the learner's answer.
        name: the answer's variable name, for the message.
        columns: columns that must be there.
        rows: how many rows it must have; None if that does not matter.
        only: column → the one text that may stand in it.

    Raises:
        CheckFailed: it is not a table, or one of these is not so.
    """
    _stop_if_not_answered(answer, name)
    if not issubclass(type(answer), pd.DataFrame):
        _fail("not_a_table", name)
    for column in [*columns, *(only or {})]:
        if column not in list(answer.columns):
            _fail("no_column", name, column=column)
    for column, word in (only or {}).items():
        if any(_plain_text(value, name) != word for value in answer[column]):
            _fail("other_rows", name, column=column)
    if rows is not None and len(answer) != rows:
        _fail("too_many_rows" if len(answer) > rows else "too_few_rows", name)
    if rows is None and only is None:
        _say_form_ok(name)


def chart(answer: Any, name: str, units: Collection[str] = (), panels: int = 1) -> None:
    """Visible test: is it a chart that a stranger can read?

    Something is drawn, the title says something, the axis of the values names its unit, and a
    line names the source.

    Args:
        answer: the learner's chart: axes, a figure, a list of axes, or seaborn's grid.
        name: the answer's variable name, for the message.
        units: every accepted spelling of the unit, in English and in Mongolian; empty for a map.
        panels: how many panels with data it must have.

    Raises:
        CheckFailed: there is no chart yet, or one of these is missing.
    """
    _check_count(_panels(answer, name), panels, name)
    title(answer, name)
    if units:
        axis_label(answer, name, units)
    source_line(answer, name)
    _say_form_ok(name)


def title(answer: Any, name: str, finding: Sequence[Collection[str]] = ()) -> None:
    """Visible or hidden test: does the title say something, and does it name the finding?

    Args:
        answer: the learner's chart, as for :func:`chart`.
        name: the answer's variable name, for the message.
        finding: groups of spellings; the title must have one of each group. ``"9"`` also finds
            ``9.1``, and a word of four letters or more may have an ending.

    Raises:
        CheckFailed: there is no title, it says nothing, or it does not name the finding.
    """
    axes = _panels(answer, name)
    titles = [words for ax in axes for words in drawn.titles(ax)]
    titles.append(axes[0].figure.get_suptitle())
    if not any(_squeezed(words) for words in titles):
        _fail("title_missing", name)
    if all(len(re.findall(r"\w+", words)) < 3 or _is_stub(words) for words in titles):
        _fail("title_says_nothing", name)
    if not _has_each(" ".join(titles), finding):
        _fail("title_no_finding", name)


def axis_label(answer: Any, name: str, units: Collection[str]) -> None:
    """Visible or hidden test: does the axis of the values have a label with the unit?

    The axis of the values is the one along which bars grow, else the upright one. The unit may
    also stand beside each number of this axis.

    Args:
        answer: the learner's chart, as for :func:`chart`.
        name: the answer's variable name, for the message.
        units: every accepted spelling. A word of up to three letters must stand alone.

    Raises:
        CheckFailed: the label is missing, stands on the other axis, or has no unit.
    """
    axes = _panels(answer, name)
    figure = axes[0].figure
    level = [ax.get_xlabel() for ax in axes] + [figure.get_supxlabel()]
    level = [words for words in level if not _is_source(words)]
    upright = [ax.get_ylabel() for ax in axes] + [figure.get_supylabel()]
    lying = any(map(drawn.bars_lie, axes))
    labels, others = (level, upright) if lying else (upright, level)
    values = [ax.xaxis if lying else ax.yaxis for ax in axes]
    ticks = [words for axis in values for words in drawn.tick_words(axis)]
    if any(_has_each(words, [units]) for words in [*labels, *ticks]):
        return
    if any(_has_each(words, [units]) for words in others):
        _fail("axis_label_other_axis", name)
    _fail("axis_label_no_unit" if any(map(_squeezed, labels)) else "axis_label_missing", name)


def source_line(answer: Any, name: str, publishers: Collection[str] = ()) -> None:
    """Visible or hidden test: does a line in the picture name the source?

    Args:
        answer: the learner's chart, as for :func:`chart`.
        name: the answer's variable name, for the message.
        publishers: every accepted spelling of who published the data; empty for any.

    Raises:
        CheckFailed: no text begins with *Source* (*Эх сурвалж*), or it names somebody else.
    """
    lines = [words for words in drawn.texts(_panels(answer, name)[0]) if _is_source(words)]
    if not any(re.sub(SOURCE_WORDS, "", _squeezed(line)) for line in lines):
        _fail("source_missing", name)
    if publishers and not _has_each(" ".join(lines), [publishers]):
        _fail("source_other", name)


def bars(
    answer: Any,
    name: str,
    expected: Mapping[Any, float],
    tolerance: float,
    order: str = "",
    near: Mapping[str, float | Sequence[float]] | None = None,
) -> None:
    """Hidden test: are these bars drawn, from zero, and in a useful order?

    Args:
        answer: the learner's chart, with standing or lying bars.
        name: the answer's variable name, for the message.
        expected: name of a bar, or a tuple of its spellings → its length.
        tolerance: how far each length may be off.
        order: ``"size"``: sorted, either way; ``"given"``: as in ``expected``, or the other way.
        near: what typical mistakes lead to: key in the catalogue → sum of all lengths.

    Raises:
        CheckFailed: there are other bars, they are cut, or they stand in another order.
    """
    ax = _one_panel(answer, name)
    found = drawn.bars(ax)
    if not found:
        _fail("no_bars", name)
    _check_points("bars", found, expected, name, tolerance, near)
    if not drawn.bars_begin_at_zero(ax):
        _fail("bars_not_from_zero", name)
    lengths = [length for _, length in found]
    if order == "size" and not _is_sorted(lengths):
        _fail("bars_not_sorted", name)
    if order == "given" and not _is_sorted(_places(found, expected)):
        _fail("bars_other_order", name)


def line(
    answer: Any,
    name: str,
    expected: Mapping[Any, float],
    tolerance: float,
    near: Mapping[str, float | Sequence[float]] | None = None,
) -> None:
    """Hidden test: is there a line through these points, one after the other?

    Other lines may be there to compare with. A line may begin above zero.

    Args:
        answer: the learner's chart.
        name: the answer's variable name, for the message.
        expected: place on the axis, for example a year, or a tuple of spellings → height.
        tolerance: how far each height may be off.
        near: what typical mistakes lead to: key in the catalogue → sum of all heights.

    Raises:
        CheckFailed: there is no line, or it goes through other points.
    """
    found = drawn.lines(_one_panel(answer, name))
    if not found:
        _fail("no_line", name)
    failures = []
    for points in found:
        try:
            _check_points("line", points, expected, name, tolerance, near)
        except CheckFailed as failure:
            failures.append(failure)
    if len(failures) == len(found):
        raise failures[0]


def small_multiples(
    answer: Any,
    name: str,
    expected: Mapping[Any, Sequence[float]],
    tolerance: float,
    near: Mapping[str, float | Sequence[float]] | None = None,
) -> None:
    """Hidden test: does each panel show its values, under its name, on one scale for all?

    Args:
        answer: the learner's figure, list of axes, or seaborn's grid.
        name: the answer's variable name, for the message.
        expected: name of a panel, or a tuple of its spellings → its bars or points, in order.
        tolerance: how far each value may be off.
        near: what typical mistakes lead to: key in the catalogue → sum of all values.

    Raises:
        CheckFailed: a panel has other values or no name, or a scale of its own.
    """
    axes = _panels(answer, name)
    _check_count(axes, len(expected), name)
    shown = [_longest(ax) for ax in axes]
    _check_near(sum(map(sum, shown)), tolerance * sum(map(len, shown)), name, near)
    named = [
        [key for key in expected if _has_each(_panel_words(ax), [_spellings(key)])] for ax in axes
    ]
    if sorted(map(len, named)) != [1] * len(axes) or len({keys[0] for keys in named}) < len(axes):
        _fail("panels_no_names", name)
    for keys, values in zip(named, shown, strict=True):
        right = list(expected[keys[0]])
        if _alike(values, right, tolerance) or _alike(values[::-1], right, tolerance):
            continue
        same = _alike(sorted(values), sorted(right), tolerance)
        _fail("panels_other_order" if same else "panels_other_values", name)
    if any(drawn.bars(ax) and not drawn.bars_begin_at_zero(ax) for ax in axes):
        _fail("bars_not_from_zero", name)
    limits = [ax.get_xlim() if drawn.bars_lie(ax) else ax.get_ylim() for ax in axes]
    if not np.allclose(limits, limits[0]):
        _fail("panels_own_scales", name)


def coloured_map(
    answer: Any,
    name: str,
    outlines: Sequence[Any],
    values: Sequence[float],
    classes: tuple[int, int],
    least: int = 1,
    near: Mapping[str, Sequence[float]] | None = None,
) -> None:
    """Hidden test: do the colours of a map follow the values, in classes, from light to dark?

    The learner may choose the limits of the classes and the projection.

    Args:
        answer: the learner's map.
        name: the answer's variable name, for the message.
        outlines: the places (shapely), each with another number of points.
        values: the value of each place, in the same order.
        classes: how many classes there may be: lowest and highest number.
        least: how many places a class must hold.
        near: what typical mistakes lead to: key in the catalogue → the value of each place.

    Raises:
        CheckFailed: places or the key are missing, or the colours do not follow the values.
    """
    from shapely import get_num_coordinates

    ax = _one_panel(answer, name)
    colours = drawn.areas(ax)
    points = [int(get_num_coordinates(outline)) for outline in outlines]
    if not colours:
        _fail("map_empty", name)
    if not set(points) <= set(colours):
        _fail("map_places_missing", name)
    groups: dict[tuple, list[int]] = {}
    for place, count in enumerate(points):
        groups.setdefault(colours[count], []).append(place)
    if not classes[0] <= len(groups) <= classes[1]:
        few = len(groups) < classes[0]
        _fail("map_too_few_classes" if few else "map_no_classes", name, count=len(groups))
    if not _follow(groups.values(), values):
        for key, others in (near or {}).items():
            if _follow(groups.values(), others):
                _fail(key, name)
        _fail("map_other_values", name)
    if min(map(len, groups.values())) < least:
        _fail("map_class_too_small", name)
    low_to_high = sorted(groups, key=lambda colour: values[groups[colour][0]])
    steps = np.diff([drawn.lightness(colour) for colour in low_to_high])
    if (steps > 0).all():
        _fail("map_dark_is_low", name)
    if not (steps < -0.03).all():
        _fail("map_colours_jump", name)
    if not drawn.has_key(ax):
        _fail("map_no_key", name)


def few_colours(answer: Any, name: str, most: int) -> None:
    """Hidden test: do bars and lines keep to a few colours?

    Args:
        answer: the learner's chart, as for :func:`chart`.
        name: the answer's variable name, for the message.
        most: how many colours there may be. Grey and black do not count; light and dark of a
            colour count once.

    Raises:
        CheckFailed: there are more colours.
    """
    count = len(drawn.hues(_panels(answer, name)))
    if count > most:
        _fail("too_many_colours", name, count=count)


def alt_text(answer: Any, name: str, finding: Sequence[Collection[str]] = ()) -> None:
    """Visible or hidden test: does an alt text say the finding first, in 80 to 600 letters?

    Args:
        answer: the learner's text.
        name: the answer's variable name, for the message.
        finding: groups of spellings, as for :func:`title`; without them it is a visible test.

    Raises:
        CheckFailed: it is too short or too long, begins with the kind of picture, or does not
            name the finding.
    """
    words = " ".join(_plain_text(answer, name).split())
    if not 80 <= len(words) <= 600:
        _fail(
            "alt_text_too_short" if len(words) < 80 else "alt_text_too_long", name, count=len(words)
        )
    if re.match(FORM_FIRST, words, re.IGNORECASE):
        _fail("alt_text_form_first", name)
    if not _has_each(words, finding):
        _fail("alt_text_no_finding", name)
    if not finding:
        _say_form_ok(name)


def function(
    answer: Any,
    name: str,
    calls: Mapping[Any, Sequence[Collection[str]]],
    near: Mapping[str, Collection[str]] | None = None,
) -> None:
    """Visible or hidden test: does the learner's function give back the right texts?

    Args:
        answer: the learner's function. It takes one value.
        name: the answer's variable name, for the message.
        calls: what goes in → groups of spellings, of which one each must come out. If all are
            empty, it is a visible test.
        near: what typical mistakes lead to: key in the catalogue → words of a wrong answer.

    Raises:
        CheckFailed: it is no function, it stops, or it gives back something else.
    """
    _stop_if_not_answered(answer, name)
    if not callable(answer):
        _fail("not_a_function", name)
    given = {value: _call(answer, value, name) for value in calls}
    if len(given) > 1 and len(set(given.values())) == 1:
        _fail("function_same_answer", name)
    for value, groups in calls.items():
        if not _has_each(given[value], groups):
            keys = [k for k, words in (near or {}).items() if _has_each(given[value], [words])]
            _fail(keys[0] if keys else "function_other_answer", name)
    if not any(calls.values()):
        _say_form_ok(name)


def _plain_number(answer: Any, name: str) -> float:
    """Return the answer as a Python float, or say why it is no number."""
    value = _one_value(answer, name)
    if type(value) in BOOL_TYPES:
        _fail("true_or_false", name)
    if type(value) in TEXT_TYPES:
        _fail("number_in_quotes" if _looks_like_number(value) else "text_not_number", name)
    if type(value) not in NUMBER_TYPES:
        _fail("missing_value" if value is pd.NA or value is pd.NaT else "not_a_number", name)
    try:
        value = float(value)
    except OverflowError:
        value = math.inf
    if math.isnan(value):
        _fail("missing_value", name)
    if math.isinf(value):
        _fail("infinite", name)
    return value


def _plain_text(answer: Any, name: str) -> str:
    """Return the answer as a Python str, or say why it is no text."""
    value = _one_value(answer, name)
    if type(value) in BOOL_TYPES:
        _fail("true_or_false", name)
    if type(value) in TEXT_TYPES:
        return str(value)
    if type(value) in NUMBER_TYPES and value == value // 1:
        return str(int(value))
    _fail("not_text", name)


def _one_value(answer: Any, name: str) -> Any:
    """Return the value itself if it stands alone in a table, a column or a list."""
    _stop_if_not_answered(answer, name)
    if issubclass(type(answer), pd.DataFrame):
        if answer.size > 1:
            _fail("whole_table", name)
        answer = list(answer.to_numpy().ravel())
    if issubclass(type(answer), ONE_COLUMN):
        values = list(np.asarray(answer, dtype=object).ravel())
        if len(values) == 0:
            _fail("empty", name)
        if len(values) > 1:
            _fail("many_values", name, count=len(values))
        answer = values[0]
        _stop_if_not_answered(answer, name)
    return answer


def _stop_if_not_answered(answer: Any, name: str) -> None:
    if type(answer) in NOT_ANSWERED or (type(answer) is str and not answer.strip()):
        _fail("not_answered", name)


def _looks_like_number(words: str) -> bool:
    """Also as people write it: ``"149,6"`` or ``"1 200 %"``."""
    try:
        float(words.replace(",", ".").replace(" ", "").replace("%", ""))
    except ValueError:
        return False
    return True


def _out_of_range(value: float, unit: str, low: float, high: float) -> str:
    """Return the message's key for a number that cannot be right."""
    if unit == "%" and low <= value * 100 <= high:
        return "fraction"
    if low <= value / 1000 <= high:
        return "too_large_1000"
    if low <= value * 1000 <= high:
        return "too_small_1000"
    return "too_large" if value > high else "too_small"


def _typical_slip(value: float, expected: float, unit: str) -> str:
    """Return the message's key for a slip that can happen in any question."""

    def is_times(factor: float) -> bool:
        return math.isclose(value, expected * factor, rel_tol=0.005)

    if is_times(1000):
        return "too_large_1000"
    if is_times(0.001):
        return "too_small_1000"
    if unit == "%" and is_times(0.01):
        return "fraction"
    if unit == "%" and is_times(100):
        return "percent_twice"
    if is_times(-1):
        return "wrong_sign"
    return "not_the_value"


def _same(word: str, spellings: Collection[str]) -> bool:
    return _simple(word) in {_simple(spelling) for spelling in spellings}


def _simple(word: str) -> str:
    """Return a name without what people write in different ways."""
    words = word.casefold().replace("-", " ").replace("\u2011", " ").split()
    if len(words) > 1 and words[-1] in ("soum", "sum", "сум"):
        words.pop()
    return "".join(words)


def _panels(answer: Any, name: str) -> list[Any]:
    """Return the panels in which something is drawn, or say why it is no chart."""
    _stop_if_not_answered(answer, name)
    axes = drawn.panels(answer)
    if not axes:
        _fail("not_a_chart", name)
    axes = [ax for ax in axes if drawn.is_filled(ax)]
    if not axes:
        _fail("chart_is_empty", name)
    return axes


def _one_panel(answer: Any, name: str) -> Any:
    axes = _panels(answer, name)
    _check_count(axes, 1, name)
    return axes[0]


def _check_count(axes: Sequence[Any], count: int, name: str) -> None:
    if len(axes) != count:
        _fail("panels_too_few" if len(axes) < count else "panels_too_many", name, count=len(axes))


def _check_points(
    kind: str,
    found: Sequence[tuple[str, float]],
    expected: Mapping[Any, float],
    name: str,
    tolerance: float,
    near: Mapping[str, float | Sequence[float]] | None,
) -> None:
    """Say how bars (or the points of a line) differ from the expected ones."""
    total = sum(value for _, value in found)
    _check_near(total, tolerance * len(found), name, near)
    if len(found) != len(expected):
        _fail(f"{kind}_missing" if len(found) < len(expected) else f"{kind}_too_many", name)
    values = dict(zip(_places(found, expected), [value for _, value in found], strict=True))
    if kind == "line" and _are_positions([label for label, _ in found]):
        values = dict(enumerate(value for _, value in found))
    if set(values) != set(range(len(expected))):
        _fail(f"{kind}_other_names", name)
    if kind == "line" and not _is_sorted(list(values)):
        _fail("line_not_in_order", name)
    if not _alike([values[place] for place in sorted(values)], list(expected.values()), tolerance):
        slip = _typical_slip(total, sum(expected.values()), "")
        _fail(f"chart_{slip}" if slip.endswith("_1000") else f"{kind}_other_values", name)


def _check_near(
    total: float,
    tolerance: float,
    name: str,
    near: Mapping[str, float | Sequence[float]] | None,
) -> None:
    for key, wrong in (near or {}).items():
        totals = wrong if isinstance(wrong, Sequence) else [wrong]
        if any(abs(total - other) <= tolerance for other in totals):
            _fail(key, name)


def _places(found: Sequence[tuple[str, float]], expected: Mapping[Any, float]) -> list[int]:
    """Return where in ``expected`` the name of each bar or point stands; -1 for nowhere."""
    spellings = [_spellings(key) for key in expected]
    return [
        next((place for place, words in enumerate(spellings) if _same(label, words)), -1)
        for label, _ in found
    ]


def _are_positions(labels: Sequence[str]) -> bool:
    """Tell if these are no names but mere positions: 0, 1, 2 and so on."""
    return list(labels) == [str(position) for position in range(len(labels))]


def _spellings(key: Any) -> list[str]:
    return [str(word) for word in (key if isinstance(key, tuple) else [key])]


def _is_sorted(values: Sequence[float]) -> bool:
    return list(values) in (sorted(values), sorted(values, reverse=True))


def _alike(values: Sequence[float], others: Sequence[float], tolerance: float) -> bool:
    return len(values) == len(others) and all(
        abs(value - other) <= tolerance for value, other in zip(values, others, strict=True)
    )


def _longest(ax: Any) -> list[float]:
    """Return what a panel shows: its bars, or the line with the most points."""
    found = drawn.bars(ax) or max(drawn.lines(ax), key=len, default=[])
    return [value for _, value in found]


def _panel_words(ax: Any) -> str:
    """Return the words that may name a panel."""
    written = [text.get_text() for text in ax.texts]
    return " ".join([*drawn.titles(ax), *written, ax.get_xlabel(), ax.get_ylabel()])


def _follow(groups: Collection[Sequence[int]], values: Sequence[float]) -> bool:
    """Tell if classes follow one another without overlap, when these are the values."""
    classes = [[values[place] for place in places] for places in groups]
    ranges = sorted((min(found), max(found)) for found in classes)
    return all(low[1] < high[0] for low, high in pairwise(ranges))


def _call(answer: Any, value: Any, name: str) -> str:
    try:
        given = answer(value)
    except Exception:
        _fail("function_stops", name)
    if given is None:
        _fail("function_no_return", name)
    _stop_if_not_answered(given, name)
    if type(given) not in TEXT_TYPES:
        _fail("function_no_text", name)
    return str(given)


def _has_each(words: str, groups: Sequence[Collection[str]]) -> bool:
    """Tell if a text has one spelling of each group."""
    return all(any(_has(words, spelling) for spelling in group) for group in groups)


def _has(words: str, spelling: str) -> bool:
    """Tell if a text has a number, with any decimals, or a word, with any ending.

    A word of up to three letters must stand alone. In longer ones, spaces, hyphens and ends of
    lines make no difference.
    """
    words = re.sub(r"(?<!\d)(\d{1,3})[,\s](?=\d{3}(?!\d))", r"\1", words.casefold())
    spelling = spelling.casefold()
    if spelling.isdigit():
        return re.search(rf"(?<!\d)(?<!\d\.){spelling}(?!\d)", words) is not None
    if spelling.isalpha() and len(spelling) <= 3:
        return re.search(rf"(?<![^\W\d_]){spelling}(?!\w)", words) is not None
    return (_squeezed(spelling) or spelling) in (_squeezed(words) + words)


def _squeezed(words: str) -> str:
    """Return the letters and digits alone."""
    return re.sub(r"[\W_]", "", words.casefold())


def _is_stub(words: str) -> bool:
    return any(stub in _squeezed(words) for stub in TITLE_STUBS)


def _is_source(words: str) -> bool:
    return re.match(SOURCE_WORDS, _squeezed(words)) is not None


def _say_form_ok(name: str) -> None:
    print(_message("form_ok", name=name))


def _fail(key: str, name: str, **details: Any) -> None:
    raise CheckFailed(_message(key, name=name, **details))


def _message(key: str, unit: str = "", **details: Any) -> str:
    """Return a sentence of the catalogue; one made for this unit comes first."""
    catalogue = _catalogue()
    sentence = catalogue.get(f"{key}_{unit}", catalogue[key])
    return sentence.format(unit=unit, **details)


def _catalogue() -> dict[str, str]:
    """Return the messages in the chosen language; the English ones fill the gaps."""
    catalogue = json.loads((MESSAGES / "en.json").read_text(encoding="utf-8"))
    chosen = MESSAGES / f"{os.environ.get('GOBI_LANGUAGE', 'en')}.json"
    if chosen.parent == MESSAGES and chosen.is_file():
        catalogue.update(json.loads(chosen.read_text(encoding="utf-8")))
    return catalogue
