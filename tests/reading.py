"""How hard the lessons are to read. Run it for a table: ``python tests/reading.py``.

The grade is the Automated Readability Index (Smith and Senter, 1967): 4.71 × letters a word +
0.5 × words a sentence − 21.43, about the school year of an English reader. It needs no list of
syllables, so it copes with Mongolian names. Below 5 a text is easy.
"""

import re
from pathlib import Path

import nbformat

#: No sentence is longer than this.
MOST_WORDS = 25


def reader_text(notebook: nbformat.NotebookNode) -> str:
    """Return all Markdown that readers and learners see."""
    return "\n\n".join(
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "markdown" and "trainer" not in cell.metadata.get("tags", [])
    )


def sentences(markdown: str) -> list[str]:
    """Take a text apart into sentences, without code, tables, tags, addresses and word lists."""
    text = re.sub(r"(?m)^\*\*New words\*\*.*$", " ", markdown)
    text = re.sub(r"```.*?```|\|.*\||<[^>]+>|`[^`]*`", " ", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.split(r"(?<=[.!?:;])\s+|\n\s*\n|\n\s*[-*>\d#]+\.?\s", text)


def long_sentences(markdown: str) -> list[str]:
    """Return the sentences with more words than a lesson allows."""
    return [part for part in sentences(markdown) if len(part.split()) > MOST_WORDS]


def grade(markdown: str) -> float:
    """Return the Automated Readability Index of a text."""
    parts = [part.split() for part in sentences(markdown) if len(part.split()) > 2]
    words = [word for part in parts for word in part]
    letters = sum(character.isalnum() for word in words for character in word)
    return 4.71 * letters / len(words) + 0.5 * len(words) / len(parts) - 21.43


def main() -> None:
    """Print one line for each lesson."""
    root = Path(__file__).resolve().parents[1]
    print(f"{'lesson':<46} words  words/sentence  grade  over {MOST_WORDS} words")
    for path in sorted(root.glob("modules/*/0*.ipynb")):
        text = reader_text(nbformat.read(path, as_version=4))
        lengths = [len(part.split()) for part in sentences(text) if len(part.split()) > 2]
        mean = sum(lengths) / len(lengths)
        name = f"{path.parent.name[:2]}/{path.stem}"
        over = len(long_sentences(text))
        print(f"{name:<46} {sum(lengths):>5}  {mean:>14.1f}  {grade(text):>5.1f}  {over}")


if __name__ == "__main__":
    main()
