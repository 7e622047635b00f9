"""Read a story from a notebook's tagged cells, and stop it where it is not ready.

The tags and their rules stand in :data:`PARTS` and in the template, ``templates/story.ipynb``.
"""

import difflib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from gobi import DatasetNotFoundError, datasets_folder, notebooks
from gobi.story import text
from gobi.story.errors import StoryError
from gobi.story.pictures import Figure, figure, pictures_of

TEMPLATE = Path(__file__).parents[1] / "templates" / "story.ipynb"

#: The tags of cells that hold text, and what each says. One cell each, but for the evidence.
PARTS = {
    "story-title": "the title in English and in Mongolian",
    "story-audience": "who this is for",
    "story-claim": "the one message",
    "story-evidence": "the evidence",
    "story-limit": "what this cannot tell us",
    "story-missing": "who is missing",
    "story-source": "where the numbers come from",
    "story-radio": "the radio minute",
}
HARM_CHECK = "story-harm-check"
TAGS = (*PARTS, "story-figure", "story-alt", HARM_CHECK)

MAX_FIGURES = 3
MAX_TITLE = 90
MAX_CLAIM = 240
ALT_LENGTH = (60, 300)
ALT_LENGTH_MN = 30
PLACEHOLDER = "Write …"

_TASK = re.compile(r"^\s*[-*+]\s*\[\s*(.?)\s*\]\s*(.*)$", re.MULTILINE)
#: The two Cyrillic letters look like the Latin x, and stand on the same key of many keyboards.
_TICKED = tuple("xXхХ✓✔")
_KEY = re.compile(r"\*\*(.+?)[.:]?\*\*")
_ALT_LINE = re.compile(r"^[\s\-*>]*(EN|MN)\s*[:：][\s*]*", re.IGNORECASE | re.MULTILINE)
_DATASET = re.compile(r"""dataset\(\s*["']([^"']+)["']""")


@dataclass(frozen=True)
class Story:
    """A story that is ready: every text is Markdown, ``body`` is evidence and figures in order."""

    title: str
    title_mn: str
    audience: str
    claim: str
    body: tuple[str | Figure, ...]
    limit: str
    missing: str
    source: str
    radio: str
    simulated: bool

    @property
    def figures(self) -> list[Figure]:
        """The figures, in order."""
        return [part for part in self.body if isinstance(part, Figure)]

    @property
    def evidence(self) -> str:
        """The texts of the evidence, one below the other."""
        return "\n\n".join(part for part in self.body if isinstance(part, str))


def read(path: Path) -> Story:
    """Read a story from a notebook.

    Raises:
        StoryError: the notebook cannot be read, the do-no-harm list has open points, or a part is
            missing, unfinished, too long or unsafe. The message is for the writer.
    """
    notebook = open_notebook(path)
    check_tags(notebook)
    check_harm_list(notebook)
    check_was_run(notebook)
    check_finished(notebook)
    check_is_plain(notebook)
    return check_simulated(assemble(notebook), notebook)


def open_notebook(path: Path) -> NotebookNode:
    """Open a notebook; its charts come in 256 colours, as the book's do."""
    try:
        notebook = notebooks.read(path)
    except (notebooks.NotebookError, OSError) as error:
        raise StoryError(_sentence(error, f"The notebook {path} cannot be read.")) from None
    try:
        return notebooks.normalise(notebook)
    except (OSError, ValueError, SyntaxError):
        raise StoryError(
            f"A picture in {path.name} is broken; run the notebook again and save it."
        ) from None


def tagged(notebook: NotebookNode, tag: str) -> list[NotebookNode]:
    """Return the cells with a tag, in order."""
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]


def story_cells(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    """Go through the cells that belong to the story, each with its tag."""
    for cell in notebook.cells:
        for tag in cell.metadata.get("tags", []):
            if tag.startswith("story-"):
                yield tag, cell


def check_tags(notebook: NotebookNode) -> None:
    """Stop at a tag that does not exist or stands on the wrong kind of cell."""
    found = list(story_cells(notebook))
    if not found:
        raise StoryError(
            "This notebook has no cell for a story; begin with: gobi story --new my_story.ipynb"
        )
    for tag, cell in found:
        if tag not in TAGS:
            near = difflib.get_close_matches(tag, TAGS, n=1, cutoff=0)[0]
            raise StoryError(f"There is no tag '{tag}'. Did you mean '{near}'?")
        kind = "code" if tag == "story-figure" else "markdown"
        if cell.cell_type != kind:
            raise StoryError(
                f"The cell tagged {tag} must be a {kind.title()} cell, but is {cell.cell_type}."
            )


def check_harm_list(notebook: NotebookNode) -> None:
    """Stop the story while a point of the do-no-harm list is open.

    A point is also open when it stands in the template and was taken out of the list.
    """
    cells = tagged(notebook, HARM_CHECK)
    if not cells:
        raise StoryError(
            f"The do-no-harm list is missing (the cell tagged {HARM_CHECK}). Copy it back from "
            "'gobi story --new check.ipynb' and talk about each point first. Nothing was made."
        )
    points = {}
    for mark, point in _TASK.findall("\n".join(cell.source for cell in cells)):
        points[_name(point)] = mark in _TICKED
    wanted = [_name(point) for _, point in _TASK.findall(_template_harm_list())]
    points = dict.fromkeys(wanted, False) | points
    unticked = [point for point, ticked in points.items() if not ticked]
    if unticked:
        count = "1 open point" if len(unticked) == 1 else f"{len(unticked)} open points"
        raise StoryError(
            f"The do-no-harm list has {count}: {'; '.join(unticked)}. "
            "Talk about them first, then tick them ([x]). Nothing was made."
        )


def check_was_run(notebook: NotebookNode) -> None:
    """Stop if a cell failed, or a figure's cell has not exactly one picture."""
    for number, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                raise StoryError(
                    f"Cell {number} of the notebook ends with an error ({output.ename}); "
                    "mend it, run all cells, save, and try again."
                )
    cells = tagged(notebook, "story-figure")
    if len(cells) > MAX_FIGURES:
        raise StoryError(
            f"The story has {len(cells)} figures; one message needs at most {MAX_FIGURES}."
        )
    for number, cell in enumerate(cells, start=1):
        _check_one_picture(number, cell)


def _check_one_picture(number: int, cell: NotebookNode) -> None:
    if not cell.outputs:
        raise StoryError(
            f"Figure {number} has no output; choose Run, Run All Cells, save, and try again."
        )
    count = len(pictures_of(cell))
    if count != 1:
        raise StoryError(
            f"The cell of figure {number} shows {count or 'no'} pictures; it must show exactly one."
        )


def check_finished(notebook: NotebookNode) -> None:
    """Stop while a part is missing, double, empty or still as in the template."""
    for tag, meaning in PARTS.items():
        cells = [cell for cell in tagged(notebook, tag) if cell.source.strip()]
        if not cells:
            raise StoryError(f"The story has no {tag} ({meaning}); write that cell first.")
        if len(cells) > 1 and tag != "story-evidence":
            raise StoryError(
                f"{len(cells)} cells are tagged {tag}, but a story has one message: keep one."
            )
    hints = _template_hints()
    todo = [
        tag
        for tag, cell in story_cells(notebook)
        if PLACEHOLDER in cell.source or any(hint in cell.source for hint in hints)
    ]
    if todo:
        raise StoryError(
            f"Still to write: {', '.join(dict.fromkeys(todo))}. Put your own words where the "
            f"template says '{PLACEHOLDER}'."
        )


def check_is_plain(notebook: NotebookNode) -> None:
    """Stop at HTML, scripts and pictures inside the text."""
    for tag, cell in story_cells(notebook):
        found = text.unwanted(cell.source) if cell.cell_type == "markdown" else ""
        if found.startswith("!["):
            raise StoryError(
                f"The cell {tag} shows a picture ({found}). Pictures come from a code cell tagged "
                "story-figure, so that each has its description."
            )
        if found:
            raise StoryError(
                f"The cell {tag} holds HTML ({found}). Write plain Markdown; "
                "HTML and scripts are not taken over."
            )


def assemble(notebook: NotebookNode) -> Story:
    """Put the story together from its cells."""
    one = {tag: tagged(notebook, tag)[0].source.strip() for tag in PARTS}
    title, title_mn = read_title(one["story-title"])
    claim = text.to_plain(one["story-claim"])
    if len(claim) > MAX_CLAIM:
        raise StoryError(
            f"The claim has {len(claim)} letters; at most {MAX_CLAIM} can be read on a phone. "
            "Say it in one or two short sentences."
        )
    return Story(
        title=title,
        title_mn=title_mn,
        audience=one["story-audience"],
        claim=one["story-claim"],
        body=tuple(read_body(notebook)),
        limit=one["story-limit"],
        missing=one["story-missing"],
        source=one["story-source"],
        radio=one["story-radio"],
        simulated=uses_simulated_data(notebook),
    )


def read_title(source: str) -> tuple[str, str]:
    """Read the title's two lines: English first, Mongolian second.

    The first line is a heading, ``# English``. The second is a heading too, or in italics:
    ``# Mongolian`` or ``*Mongolian*``.
    """
    lines = [line.strip().strip("#*_ ") for line in source.splitlines() if line.strip("#*_ ")]
    if len(lines) < 2 or not text.has_cyrillic(lines[1]):
        raise StoryError(
            "The title has no Mongolian line; write it below the English one (# Гарчиг)."
        )
    if len(lines) > 2:
        raise StoryError("The title has more than two lines; keep one English and one Mongolian.")
    if text.language(lines[0]) != "en":
        raise StoryError("The title's first line must be English; the Mongolian line comes second.")
    for line in lines:
        if len(line) > MAX_TITLE:
            raise StoryError(
                f"The title “{line[:30]}…” has {len(line)} letters; at most {MAX_TITLE} fit."
            )
    return text.to_plain(lines[0]), text.to_plain(lines[1])


def read_body(notebook: NotebookNode) -> Iterator[str | Figure]:
    """Go through evidence and figures; a figure's description is the next ``story-alt`` cell."""
    cells = [pair for pair in story_cells(notebook) if pair[0][6:] in ("evidence", "figure", "alt")]
    number = 0
    for place, (tag, cell) in enumerate(cells):
        if tag == "story-evidence" and cell.source.strip():
            yield cell.source.strip()
        elif tag == "story-figure":
            number += 1
            following = cells[place + 1] if place + 1 < len(cells) else ("", None)
            source = following[1].source if following[0] == "story-alt" else ""
            yield figure(number, pictures_of(cell)[0], *read_alt(number, source))


def read_alt(number: int, source: str) -> tuple[str, str]:
    """Read a figure's description: a line ``EN: …`` and a line ``MN: …``."""
    pieces = _ALT_LINE.split(source)
    found = {key.upper(): text.to_plain(value) for key, value in zip(*[iter(pieces[1:])] * 2)}  # noqa: B905
    english, mongolian = (" ".join(found.get(key, "").split()) for key in ("EN", "MN"))
    fewest, most = ALT_LENGTH
    if not fewest <= len(english) <= most:
        raise StoryError(
            f"Figure {number} needs a description in English (EN: …) of {fewest} to {most} "
            f"letters in the story-alt cell below it; it has {len(english)}."
        )
    if len(mongolian) < ALT_LENGTH_MN or not text.has_cyrillic(mongolian):
        raise StoryError(
            f"Figure {number} needs a description in Mongolian (MN: …) of at least "
            f"{ALT_LENGTH_MN} letters in the story-alt cell below it."
        )
    return english, mongolian


def uses_simulated_data(notebook: NotebookNode) -> bool:
    """Say whether a text, an output or a dataset of the notebook says SIMULATED."""
    cells = [cell for cell in notebook.cells if HARM_CHECK not in cell.metadata.get("tags", [])]
    if any("SIMULATED" in words for cell in cells for words in _words(cell)):
        return True
    names = {name for cell in cells for name in _DATASET.findall(cell.source)}
    return bool(names & _simulated_datasets()) or any("simulated" in name for name in names)


def check_simulated(story: Story, notebook: NotebookNode) -> Story:
    """Stop a story on simulated data whose readers or listeners would not be told."""
    if not story.simulated:
        return story
    shown = [
        *(story.title, story.audience, story.claim, story.evidence, story.limit, story.missing),
        *(story.source, *(figure.alt_mn for figure in story.figures)),
    ]
    if not any("SIMULATED" in words for words in shown):
        raise StoryError(
            "This story uses simulated data, and no text of it says so; write the word SIMULATED "
            "where readers see it, best in the claim."
        )
    if "simulated" not in story.radio.lower():
        raise StoryError(
            "This story uses simulated data, and listeners would not know; say the word "
            "“simulated” in the radio minute too."
        )
    return story


def _words(cell: NotebookNode) -> Iterator[str]:
    yield cell.source
    for output in cell.get("outputs", []):
        yield output.get("text", "")
        for kind, value in output.get("data", {}).items():
            if kind.startswith("text/"):
                yield str(value)


def _simulated_datasets() -> set[str]:
    """Return the names of the course's datasets whose passport says SIMULATED."""
    try:
        package = json.loads((datasets_folder() / "datapackage.json").read_text(encoding="utf-8"))
        return {
            each["name"]
            for each in package["resources"]
            if "SIMULATED" in f"{each.get('title')} {each.get('description')}"
        }
    except (DatasetNotFoundError, OSError, ValueError, KeyError):
        return set()


def _template_cells(tag: str = "story-") -> list[NotebookNode]:
    return [cell for name, cell in story_cells(nbformat.read(TEMPLATE, 4)) if name.startswith(tag)]


def _template_harm_list() -> str:
    return "\n".join(cell.source for cell in _template_cells(HARM_CHECK))


def _template_hints() -> list[str]:
    """Return what the template asks for after each "Write …", as long as it can be recognised."""
    lines = [line for cell in _template_cells() for line in cell.source.splitlines()]
    hints = [line.split(PLACEHOLDER)[1].strip(' "*,)') for line in lines if PLACEHOLDER in line]
    return [hint for hint in hints if len(hint) > 20]


def _name(point: str) -> str:
    """Return the bold words at the beginning of a point of the list, or all of it."""
    bold = _KEY.match(point.strip())
    return bold.group(1).strip() if bold else text.to_plain(point)


def _sentence(error: Exception, otherwise: str) -> str:
    return str(error) if isinstance(error, notebooks.NotebookError) else otherwise
