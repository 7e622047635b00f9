"""The glossary holds words that the lessons use, and each lesson links the words it uses first."""

import csv
import re
from collections import Counter
from itertools import takewhile

import pytest
from conftest import ROOT
from reading import reader_text

from gobi import glossary, notebooks

TERMS = list(csv.DictReader((ROOT / glossary.TABLE).read_text(encoding="utf-8").splitlines()))
NOTEBOOKS = {
    notebook.metadata["gobi"]["lesson"]: notebook
    for notebook in map(notebooks.read, notebooks.lessons(ROOT))
}
EACH = pytest.mark.parametrize("row", TERMS, ids=[row["term"] for row in TERMS])

#: The line of new words, which must not prove that a lesson uses its words.
NEW_WORDS = re.compile(r"^\*\*New words\*\*.*$", re.MULTILINE)


def text(lesson: str) -> str:
    """Return what learners read in a lesson, without tags and the addresses of links."""
    markdown = NEW_WORDS.sub(" ", reader_text(NOTEBOOKS[lesson]))
    return plain(markdown)


def prose(lesson: str) -> str:
    """Return the text without code and the list of sources: a name in there is not yet a use."""
    markdown = NEW_WORDS.sub(" ", reader_text(NOTEBOOKS[lesson]))
    markdown = re.sub(r"^## Sources.*?(?=^## |\Z)", " ", markdown, flags=re.MULTILINE | re.DOTALL)
    return plain(re.sub(r"```.*?```|`[^`\n]*`", " ", markdown, flags=re.DOTALL))


def plain(markdown: str) -> str:
    """Take link addresses, tags and stars out of Markdown."""
    words = re.sub(r"\]\([^)]*\)", "] ", markdown)
    return re.sub(r"<[^>]+>|https?://\S+|[\s*]+", " ", words)


def uses(words: str, term: str) -> bool:
    """Say if a text has a term as whole words, in the singular or the plural."""
    word = re.escape(term)
    many = f"|{re.escape(term[:-1])}ies" if term.endswith("y") else ""
    return re.search(rf"(?<!\w)(?:{word}(?:s|es)?{many})(?!\w)", words, re.IGNORECASE) is not None


def key_points(lesson: str) -> str:
    """Return the Key points of a lesson, up to the next heading."""
    markdown = reader_text(NOTEBOOKS[lesson])
    return re.search(r"^## Key points\n(.*?)(?=^#|\Z)", markdown, re.MULTILINE | re.DOTALL)[1]


def test_there_are_terms_enough():
    assert len(TERMS) >= 140


def test_terms_are_there_once_and_in_order():
    names = [row["term"].casefold() for row in TERMS]
    assert [name for name, number in Counter(names).items() if number > 1] == []
    assert names == sorted(names)


@EACH
def test_a_term_has_a_mongolian_name_and_a_short_explanation(row: dict[str, str]):
    assert re.search("[а-яөүё]", row["term_mn"], re.IGNORECASE)
    assert 0 < len(row["explanation"].split()) <= 20
    assert row["explanation"].endswith(".")
    assert not uses(row["explanation"], row["term"]), "the term explains itself"


@EACH
def test_a_term_stands_first_in_the_lesson_it_names(row: dict[str, str]):
    lesson = row["lesson"]
    assert lesson in NOTEBOOKS
    assert uses(text(lesson), row["term"]), f"lesson {lesson} does not use it"
    before = takewhile(lambda number: number != lesson, sorted(NOTEBOOKS))
    assert [number for number in before if uses(prose(number), row["term"])] == []


@pytest.mark.parametrize("lesson", sorted(NOTEBOOKS))
def test_key_points_end_with_the_new_words(lesson: str):
    line = glossary.words_line(ROOT, lesson)
    points = key_points(lesson)
    assert NEW_WORDS.findall(reader_text(NOTEBOOKS[lesson])) == ([line] if line else [])
    assert points.rstrip().endswith(f"\n\n{line}" if line else "")


def test_the_page_has_each_anchor_once():
    found = re.findall(r"^\((\S+)\)=$", glossary.page(ROOT), re.MULTILINE)
    assert found == [glossary.anchor(row["term"]) for row in TERMS]
    assert len(found) == len(set(found))
