"""All figures of the book on one page, each with what can be measured about it.

:func:`collect` runs the lessons' code once more and measures every figure with matplotlib's
renderer; :func:`problems` says in words what a reader would stumble over; :mod:`gobi.figures.sheet`
writes the contact sheet.
"""

import base64
import multiprocessing
import re
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from gobi import kernels, notebooks, sessions
from gobi.data import charts
from gobi.data.package import Files
from gobi.figures import probe

#: Width of a figure on a phone 360 pixels wide, between the page's margins.
PHONE = 328

#: Smallest height of letters on the phone, in pixels.
SMALLEST = 8

#: Least contrast of text (WCAG 2, level AA).
CONTRAST = 4.5

#: Letters an alt text may have: enough for the finding, short enough to listen to.
ALT = (80, 650)

#: An axis label names its unit: one of these words, or something in brackets or after a comma.
UNITS = re.compile(
    r"[(%°²,]|\b(percent|per|every|number|index|million|thousand|people|persons|women|men|children|"
    r"residents|households|animals|year|month|share|times|USD|MNT|kt|koz|points|kg|km|хувь|тоо)\b",
    re.IGNORECASE,
)

_SOURCE = re.compile(r"\b(Source|Sources|Эх сурвалж)\b")


class FigureError(Exception):
    """The figures cannot be measured; the message is one sentence for people."""


@dataclass(frozen=True)
class Figure:
    """A figure of a lesson, or the chart on a dataset's page.

    Attributes:
        page: title of the lesson, or name of the dataset.
        path: the notebook, or the dataset's file.
        number: its place among the figures of the page, from 1.
        picture: the PNG that the notebook stores, or the SVG of the dataset's page.
        alt: its description for people who cannot see it.
        drawing: what was measured; None for a picture that matplotlib did not draw.
    """

    page: str
    path: Path
    number: int
    picture: bytes
    alt: str
    drawing: probe.Drawing | None


def collect(paths: Iterable[Path], jobs: int = 2) -> list[Figure]:
    """Run lessons and return their figures, in the order of the lessons.

    Args:
        paths: notebooks that hold their outputs.
        jobs: how many to run at the same time.

    Raises:
        FigureError: a lesson fails, or its outputs are not those of its code.
        gobi.notebooks.NotebookError: a notebook cannot be read.
    """
    paths = list(paths)
    books = [notebooks.read(path) for path in paths]
    method = "forkserver" if kernels.CAN_FORK else "spawn"
    context = multiprocessing.get_context(method)
    if kernels.CAN_FORK:
        context.set_forkserver_preload([*kernels.PRELOAD, "seaborn"])
    # One process for each lesson: what a lesson sets does not reach the next.
    with ProcessPoolExecutor(jobs, mp_context=context, max_tasks_per_child=1) as pool:
        tasks = [
            pool.submit(probe.measure, str(path.parent), _code(book))
            for path, book in zip(paths, books, strict=True)
        ]
        found = []
        for path, book, task in zip(paths, books, tasks, strict=True):
            try:
                drawings = task.result()
            except BrokenProcessPool:
                raise FigureError(
                    f"The process that drew {path.name} or a lesson after it was ended from "
                    "outside; close other programs to free memory, and run again."
                ) from None
            except RuntimeError as error:
                raise FigureError(f"{path.name} does not run: {error}") from None
            found += _figures(path, book, drawings)
    return found


def _code(book) -> list[tuple[str, str]]:
    return [(cell.id, cell.source) for cell in book.cells if cell.cell_type == "code"]


def _figures(path: Path, book, drawings: list[probe.Drawing]) -> list[Figure]:
    """Bring what was measured together with the pictures that the notebook stores."""
    found = []
    for cell in book.cells:
        pictures = [
            output.data["image/png"]
            for output in cell.get("outputs", [])
            if "image/png" in output.get("data", {})
        ]
        drawn = [drawing for drawing in drawings if drawing.cell == cell.id]
        if not pictures:
            continue
        if drawn and len(pictures) != len(drawn):
            raise FigureError(
                f"{path.name}, cell {cell.id}: the notebook stores {len(pictures)} pictures, its "
                f"code draws {len(drawn)}; end the cell with plt.show() and use gobi run."
            )
        alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
        for picture, drawing in zip(pictures, drawn or [None] * len(pictures), strict=True):
            content = base64.b64decode(picture)
            title, number = sessions.title(book), len(found) + 1
            found.append(Figure(title, path, number, content, alt, drawing))
    return found


def dataset_charts(folder: Path) -> list[Figure]:
    """Return the charts on the datasets' pages.

    Args:
        folder: the datasets.

    Raises:
        gobi.data.DataError: the data package cannot be read, or a chart cannot be drawn.
    """
    files, found = Files(folder), []
    for resource in files.resources:
        if charts.has_chart(resource):
            drawing = probe.drawing(charts.figure(files, resource))
            # Its title and its unit stand above it as plain text; the data package demands both.
            drawing.titles, drawing.axes = [resource["chart"]["title"]], []
            picture, alt = charts.draw(files, resource), charts.alt_text(resource)
            path = folder / resource["path"]
            found.append(Figure(resource["name"], path, 1, picture, alt, drawing))
    return found


def problems(figure: Figure) -> list[str]:
    """Say what a reader would stumble over in a figure, one sentence each."""
    found = list(_wrong_alt(figure.alt))
    if figure.drawing is None:
        return found
    found += _missing_words(figure.drawing)
    found += _wrong_letters(figure.drawing)
    found += [f"'{_short(text)}' leaves the picture." for text in figure.drawing.outside]
    for one, other in figure.drawing.overlaps:
        found.append(f"'{_short(one)}' and '{_short(other)}' lie on each other.")
    return found + list(_wrong_axes(figure.drawing))


def _wrong_alt(alt: str) -> Iterable[str]:
    least, most = ALT
    if not least <= len(alt) <= most:
        yield f"The alt text has {len(alt)} letters; {least} to {most} are useful."


def _missing_words(drawing: probe.Drawing) -> Iterable[str]:
    if not drawing.titles:
        yield "It has no title that states the finding."
    if not any(_SOURCE.search(words.text) for words in drawing.words):
        yield "It has no source line ('Source: …')."


def _wrong_letters(drawing: probe.Drawing) -> Iterable[str]:
    small = phone_pixels(drawing)
    if small < SMALLEST - 0.05:
        yield (
            f"The letters of '{_short(drawing.smallest.text)}' are {small:.1f} pixels high on a "
            f"phone; make them larger or the figure narrower, to reach {SMALLEST}."
        )
    for words in drawing.words:
        if words.contrast < CONTRAST:
            yield (
                f"'{_short(words.text)}' has a contrast of {words.contrast:.1f} to its background; "
                f"{CONTRAST} is the least."
            )


def _wrong_axes(drawing: probe.Drawing) -> Iterable[str]:
    for axis in drawing.axes:
        if not axis.label and not axis.years:
            yield "An axis with numbers has no label."
        elif axis.label and not axis.years and not UNITS.search(axis.label):
            yield f"The label '{_short(axis.label)}' names no unit."


def phone_pixels(drawing: probe.Drawing) -> float:
    """Return the height of the smallest letters on a phone, in pixels."""
    return drawing.smallest.points * PHONE / (72 * drawing.width)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 45 else f"{words[:44]}…"
