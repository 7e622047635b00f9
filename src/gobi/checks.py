"""Tests for assignments that say how an answer is wrong, and never what is right.

An assignment's *visible* tests use :func:`number`, :func:`text` and :func:`table`: has the
answer the right form? Its *hidden* tests use :func:`equals`, :func:`same_text` and
:func:`table`: is it right? A failed test raises :class:`CheckFailed` with one plain sentence
from the catalogue ``messages/en.json``. Set the environment variable ``GOBI_LANGUAGE`` to
choose another catalogue; what it lacks is taken from the English one.

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
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["CheckFailed", "equals", "number", "same_text", "table", "text"]

MESSAGES = Path(__file__).parent / "messages"

# Exact types only: a subclass may bring comparison rules of its own.
NUMBER_TYPES = (int, float, *(np.dtype(code).type for code in "bBhHiIlLqQfd"))
TEXT_TYPES = (str, np.str_)
BOOL_TYPES = (bool, np.bool_)
NOT_ANSWERED = (type(None), type(...), type(NotImplemented))
ONE_COLUMN = (pd.Series, pd.Index, np.ndarray, list, tuple)


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
