"""A number in the text stands, digit for digit, in an output or in the code of its notebook."""

import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT

from gobi import notebooks

LESSONS = notebooks.lessons(ROOT)
IDS = [f"{path.parent.name[:2]}-{path.stem}" for path in LESSONS]

_NUMBER = re.compile(r"(?<![\w.,])-?\d[\d,]*(?:\.\d+)?(?!\w)")


class _Text(HTMLParser):
    def __init__(self):
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    return " ".join(parser.parts)


def numbers(text: str) -> set[str]:
    """Numbers as written, without thousands separators and sign."""
    text = text.replace("−", "-").replace("–", " ").replace("\u202f", "").replace("\u00a0", "")
    return {found.replace(",", "").lstrip("-") for found in _NUMBER.findall(text)}


def known(notebook: nbformat.NotebookNode) -> set[str]:
    """Numbers that the notebook's code holds or prints."""
    texts = []
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        texts.append(cell.source.replace("_", ""))
        for output in cell.outputs:
            texts.append(output.get("text", ""))
            data = output.get("data", {})
            texts.append(str(data.get("text/plain", "")))
            texts.append(plain(str(data.get("text/html", ""))))
    widgets = notebook.metadata.get("widgets", {})
    texts.append(plain(str(widgets)))
    found = set().union(*(numbers(text) for text in texts))
    return found | {trim(number) for number in found}


def trim(number: str) -> str:
    """84.0 may be written as 84."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def exempt(number: str) -> bool:
    """Years and small whole numbers need no proof."""
    return number.isdigit() and (int(number) <= 31 or 1900 <= int(number) <= 2100)


def claims(cell: nbformat.NotebookNode) -> set[str]:
    """Numbers that a cell claims, in its text or its alt text."""
    text = cell.source if cell.cell_type == "markdown" else ""
    text = re.sub(r"```.*?```", " ", text, flags=re.DOTALL)
    text = re.sub(r"`[^`]*`|\]\([^)]*\)|https?://\S+|<[^>]+>", " ", text)
    text = re.sub(r"\b\d+ min(ute)?s?\b|\b\d\.\d\b(?= [A-Z][a-z]+)", " ", text)
    text += " " + cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
    return {number for number in numbers(text) if not exempt(number)}


@pytest.mark.parametrize("path", LESSONS, ids=IDS)
def test_every_number_in_the_text_is_computed(path: Path):
    notebook = notebooks.read(path)
    proven = known(notebook)
    unproven = {}
    for cell in notebook.cells[1:]:
        minutes = {str(m) for m in notebook.metadata["gobi"]["minutes"].values()}
        missing = {n for n in claims(cell) if n not in proven and trim(n) not in proven} - minutes
        if missing:
            unproven[cell.source.strip().splitlines()[0][:60]] = sorted(missing)
    assert not unproven


def test_a_wrong_number_is_found():
    cell = nbformat.v4.new_markdown_cell("Copper rose to 1,234.5 kt in 2015, up by 16 or 87 %.")
    assert claims(cell) == {"1234.5", "87"}


def test_a_computed_number_is_accepted():
    notebook = nbformat.v4.new_notebook()
    cell = nbformat.v4.new_code_cell("total = 1_000 * 3")
    cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text="sum 1234.50")]
    notebook.cells = [cell]
    assert {"1000", "1234.50", "1234.5"} <= known(notebook)
