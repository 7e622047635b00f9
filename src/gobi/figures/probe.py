"""Run a lesson's code and measure each figure it draws, with matplotlib's own renderer."""

import contextlib
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import numpy as np

#: Two labels overlap when their boxes share more than this on both sides, in points.
TOUCH = 1.5

#: A label may leave the picture by so many points: the round edge of a letter.
EDGE = 2


@dataclass(frozen=True)
class Words:
    """A piece of text in a figure.

    Attributes:
        text: what it says.
        points: the size of its letters in points.
        box: left, bottom, right and top in points, from the picture's lower left corner.
        contrast: of its colour against what lies under it, from 1 to 21 (WCAG 2).
    """

    text: str
    points: float
    box: tuple[float, float, float, float]
    contrast: float


@dataclass(frozen=True)
class Axis:
    """A numeric axis that shows numbers: its label, and whether the numbers are years."""

    label: str
    years: bool


@dataclass
class Drawing:
    """What one figure holds.

    Attributes:
        cell: id of the cell that drew it.
        width: in inches.
        height: in inches.
        words: all text that shows.
        titles: of the figure and of its axes.
        axes: the numeric axes that show numbers.
    """

    cell: str
    width: float
    height: float
    words: list[Words] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    axes: list[Axis] = field(default_factory=list)

    @property
    def smallest(self) -> Words:
        """The words with the smallest letters."""
        return min(self.words, key=lambda words: words.points)

    @property
    def overlaps(self) -> list[tuple[str, str]]:
        """Pairs of words that lie on each other."""
        return [
            (one.text, other.text)
            for one, other in combinations(self.words, 2)
            if _share(one.box, other.box) > TOUCH
        ]

    @property
    def outside(self) -> list[str]:
        """Words that leave the picture, which a saved file would cut."""
        right, top = self.width * 72 + EDGE, self.height * 72 + EDGE
        return [
            words.text
            for words in self.words
            if min(words.box) < -EDGE or words.box[2] > right or words.box[3] > top
        ]


def _share(one: tuple, other: tuple) -> float:
    """Return how far two boxes lie over each other, in points, on the side where it is less."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    upwards = min(one[3], other[3]) - max(one[1], other[1])
    return min(across, upwards)


def measure(folder: str, cells: list[tuple[str, str]]) -> list[Drawing]:
    """Run the code cells of a lesson, one after the other, and measure its figures.

    Meant for a process of its own: it changes the folder and the program's settings.

    Args:
        folder: where the lesson lies.
        cells: id and code of each code cell.

    Returns:
        The figures in the order in which they are drawn.

    Raises:
        RuntimeError: a cell fails.
    """
    import matplotlib as mpl
    import matplotlib.pyplot as plt
    from IPython.core.interactiveshell import InteractiveShell

    os.chdir(folder)
    shell, found, cell_id = InteractiveShell.instance(), [], ""
    mpl.use("agg")

    def show(*_, **__) -> None:
        found.extend(drawing(plt.figure(number), cell_id) for number in plt.get_fignums())
        plt.close("all")

    plt.show = show
    for cell_id, code in cells:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            result = shell.run_cell(code)
            show()
        if not result.success:
            problem = result.error_in_exec or result.error_before_exec
            raise RuntimeError(f"{Path(folder).name}, cell {cell_id}: {problem}")
    return found


def drawing(figure, cell: str = "") -> Drawing:
    """Measure one figure of matplotlib.

    Args:
        figure: the figure.
        cell: id of the cell that drew it.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    if not isinstance(figure.canvas, FigureCanvasAgg):
        FigureCanvasAgg(figure)
    figure.canvas.draw()
    texts = _texts(figure)
    boxes = [text.get_window_extent() for text in texts]
    under = _pixels_without(figure, texts)
    scale = 72 / figure.dpi
    width, height = figure.get_size_inches()
    result = Drawing(cell, float(width), float(height))
    for text, box in zip(texts, boxes, strict=True):
        points = tuple(float(side) * scale for side in box.extents)
        seen = round(_contrast(text, _cut(under, box)), 2)
        result.words.append(Words(text.get_text(), float(text.get_fontsize()), points, seen))
    result.titles = _titles(figure)
    result.axes = [axis for axes in figure.axes for axis in _numeric_axes(axes)]
    return result


def _titles(figure) -> list[str]:
    places = ("left", "center", "right")
    titles = [figure.get_suptitle()]
    titles += [axes.get_title(loc=place) for axes in figure.axes for place in places]
    return [title for title in titles if title.strip()]


def _texts(figure) -> list:
    """Return the text artists that show."""
    from matplotlib.text import Text

    hidden = {id(text) for axes in figure.axes for text in _hidden(axes)}
    return [
        text
        for text in figure.findobj(Text)
        if text.get_text().strip() and text.get_visible() and id(text) not in hidden
    ]


def _hidden(axes) -> list:
    """Return the texts of a panel that are switched off with it, or lie beyond its ends."""
    from matplotlib.text import Text

    if not axes.get_visible():
        return axes.findobj(Text)
    if not axes.axison:
        return [*axes.xaxis.findobj(Text), *axes.yaxis.findobj(Text)]
    return _numbers_beyond(axes)


def _numbers_beyond(axes) -> list:
    """Return the tick labels that matplotlib keeps but does not draw, and those switched off."""
    found = []
    for axis in (axes.xaxis, axes.yaxis):
        if not axis.get_visible():
            found += axis.findobj(type(axis.label))
        low, high = sorted(axis.get_view_interval())
        room = (high - low) * 1e-6
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
            inside = low - room <= tick.get_loc() <= high + room
            if not inside or not tick.get_visible():
                found += [tick.label1, tick.label2]
    return found


def _numeric_axes(axes) -> list[Axis]:
    """Return the axes of a panel that show numbers; the label may stand on a shared axis."""
    if not (axes.axison and axes.get_visible()):
        return []
    found = []
    for name in ("x", "y"):
        axis = getattr(axes, f"{name}axis")
        numbers = [_number(label.get_text()) for label in axis.get_ticklabels()]
        numbers = [number for number in numbers if number is not None]
        if not axis.get_visible() or len(numbers) < 2:
            continue
        years = all(1900 <= number <= 2100 and number == int(number) for number in numbers)
        found.append(Axis(_label(axes, name), years))
    return found


def _label(axes, name: str) -> str:
    """Return the label of an axis, of one that shares it, or of the whole figure."""
    group = getattr(axes, f"get_shared_{name}_axes")()
    figure = axes.get_figure()
    candidates = [axes, *group.get_siblings(axes)]
    labels = [getattr(each, f"get_{name}label")() for each in candidates]
    labels.append(getattr(figure, f"get_sup{name}label")() if name == "y" else "")
    return next((label for label in labels if label.strip()), "")


def _number(text: str) -> float | None:
    try:
        return float(text.replace("−", "-").replace(",", "").rstrip("%"))
    except ValueError:
        return None


# Contrast ------------------------------------------------------------------------------------


def _pixels_without(figure, texts: list) -> np.ndarray:
    """Return the picture without its words: rows from the bottom, red, green and blue 0 to 1."""
    for text in texts:
        text.set_visible(False)
    engine = figure.get_layout_engine()
    figure.set_layout_engine("none")
    figure.canvas.draw()
    pixels = np.asarray(figure.canvas.buffer_rgba())[::-1, :, :3] / 255
    figure.set_layout_engine(engine)
    for text in texts:
        text.set_visible(True)
    return pixels


def _cut(pixels: np.ndarray, box) -> np.ndarray:
    left, bottom, right, top = (round(side) for side in box.extents)
    cut = pixels[max(bottom, 0) : max(top, 1), max(left, 0) : max(right, 1)].reshape(-1, 3)
    return cut if len(cut) else np.ones((1, 3))


def _contrast(text, under: np.ndarray) -> float:
    """Return the contrast of a text against what lies under most of it, after WCAG 2.

    A text with a halo (an outline of another colour) stands on its halo, one in a box on the box.
    """
    from matplotlib.colors import to_rgb, to_rgba

    color = to_rgba(text.get_color(), text.get_alpha())
    ground = np.median(under, axis=0)
    box = text.get_bbox_patch()
    if box is not None and box.get_facecolor()[3] > 0.5:
        ground = np.array(to_rgb(box.get_facecolor()))
    for effect in text.get_path_effects():
        if halo := getattr(effect, "_gc", {}).get("foreground"):
            ground = np.array(to_rgb(halo))
    seen = np.array(color[:3]) * color[3] + ground * (1 - color[3])
    return contrast(seen, ground)


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the contrast of two colours, from 1 to 21, after WCAG 2.

    Args:
        one: red, green and blue, 0 to 1.
        other: the same of the other colour.
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Sequence[float]) -> float:
    """Return the relative luminance of a colour, 0 to 1 (WCAG 2)."""
    color = np.asarray(color)
    linear = np.where(color <= 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))
