"""The glossary: its page, made from ``modules/glossary.csv``, and the words of each lesson."""

import csv
import re
import unicodedata
from pathlib import Path

from gobi import notebooks
from gobi.data import DataError

#: Where the terms stand, and the name of the page made from them.
TABLE = Path("modules/glossary.csv")
PAGE = "modules/glossary.md"

COLUMNS = ["term", "term_mn", "explanation", "lesson"]


def terms(root: Path) -> list[dict[str, str]]:
    """Read the terms in alphabetical order.

    Args:
        root: the course folder.

    Returns:
        One dict a term: ``term``, ``term_mn``, ``explanation`` and ``lesson``, the first lesson
        that uses it, for example ``"2.4"``.

    Raises:
        gobi.data.DataError: the table is missing or has other columns.
    """
    try:
        with (root / TABLE).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError):
        raise DataError(f"{TABLE} cannot be read; copy it back from the course.") from None
    if not rows or list(rows[0]) != COLUMNS:
        raise DataError(f"The columns of {TABLE} must be {', '.join(COLUMNS)}.")
    return sorted(rows, key=lambda row: row["term"].casefold())


def anchor(term: str) -> str:
    """Return the name of a term's place on the page: ``"word-head-grade"``."""
    plain = unicodedata.normalize("NFKD", term.casefold())
    return "word-" + re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def page(root: Path) -> str:
    """Return the glossary as a page in MyST Markdown, with a heading for each letter.

    Args:
        root: the course folder.
    """
    links = {
        notebooks.read(path)
        .metadata.get("gobi", {})
        .get("lesson"): f"{path.parent.name}/{path.name}"
        for path in notebooks.lessons(root)
    }
    parts = [
        "# Glossary · Тайлбар толь",
        "Each word with its Mongolian name, a plain explanation, and the first lesson that uses "
        "it. The Mongolian words need the eyes of your group: if people in your soum say it in "
        "another way, use their word and tell us.",
    ]
    letter = ""
    for row in terms(root):
        first = row["term"][0].upper()
        if first != letter:
            letter = first
            parts.append(f"## {letter}")
        lesson = row["lesson"]
        where = f"[Lesson {lesson}]({links[lesson]})" if lesson in links else f"Lesson {lesson}"
        name = f"**{row['term']}** · *{row['term_mn']}*"
        parts.append(f"({anchor(row['term'])})=\n{name}: {row['explanation']} {where}.")
    return "\n\n".join(parts) + "\n"


def words_line(root: Path, lesson: str) -> str:
    """Return the line that links the words a lesson uses first, or nothing.

    Args:
        root: the course folder.
        lesson: the lesson's number, for example ``"2.4"``.
    """
    new = [row["term"] for row in terms(root) if row["lesson"] == lesson]
    links = " · ".join(f"[{term}](../glossary.md#{anchor(term)})" for term in new)
    return f"**New words**: {links}" if new else ""


def book_links(text: str) -> str:
    """Turn links to words of the glossary into MyST's, which find a word on any page.

    In JupyterLab a link names the file; MyST follows such a link to headings only.
    """
    return text.replace("](../glossary.md#word-", "](#word-")
