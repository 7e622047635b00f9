"""The checks of assignments: they help, they never tell, and nothing but the answer passes."""
# ruff: noqa: D102, D105

import json

import numpy as np
import pandas as pd
import pytest

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
