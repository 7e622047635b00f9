"""What a chart holds, as plain values: bars, lines, areas, colours and words.

:mod:`gobi.checks` compares these with the data, so a chart is never judged by its pixels. It
makes no difference who drew it: matplotlib, pandas, seaborn or geopandas. Figures stay readable
after Jupyter has shown and closed them.
"""

import colorsys
import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:  # matplotlib is loaded only when there is a chart to read
    from matplotlib.axes import Axes
    from matplotlib.container import BarContainer

__all__ = [
    "areas",
    "bars",
    "bars_begin_at_zero",
    "bars_lie",
    "has_key",
    "hues",
    "is_filled",
    "lightness",
    "lines",
    "panels",
    "texts",
    "tick_words",
    "titles",
]


def panels(answer: Any) -> "list[Axes]":
    """Return the axes of an answer: axes, a figure, a list of them, or seaborn's grid."""
    from matplotlib.axes import Axes
    from matplotlib.figure import FigureBase

    if issubclass(type(answer), Axes):
        found = [answer]
    elif issubclass(type(answer), FigureBase):
        found = answer.axes
    elif issubclass(type(answer), (np.ndarray, list, tuple)):
        found = [ax for part in np.asarray(answer, dtype=object).ravel() for ax in panels(part)]
    else:
        figure = getattr(answer, "figure", None)
        found = figure.axes if issubclass(type(figure), FigureBase) else []
    return list(dict.fromkeys(found))


def is_filled(ax: "Axes") -> bool:
    """Tell if data is drawn there; the key of a map's colours is no data."""
    return not _is_colour_bar(ax) and bool(ax.patches or ax.lines or ax.collections)


def bars(ax: "Axes") -> list[tuple[str, float]]:
    """Return (name, length) of each bar, from left to right; lying bars from the top down.

    A bar that is drawn again with the same place and length, to highlight it, counts once.
    """
    found: dict[tuple[float, float], tuple[str, float]] = {}
    for group in _bar_groups(ax):
        lying = group.orientation == "horizontal"
        axis = ax.yaxis if lying else ax.xaxis
        names = _names_along(axis)
        turn = -1 if lying != axis.get_inverted() else 1
        for bar in group.patches:
            x, y, width, height = bar.get_x(), bar.get_y(), bar.get_width(), bar.get_height()
            length = float(width if lying else height)
            place = float(y + height / 2 if lying else x + width / 2)
            if not math.isnan(length):
                label = names.get(round(place), "") if names else _written(round(place, 6))
                found[turn * round(place, 2), round(length, 9)] = (label, length)
    return [found[key] for key in sorted(found)]


def bars_lie(ax: "Axes") -> bool:
    """Tell if a chart has horizontal bars."""
    return any(group.orientation == "horizontal" for group in _bar_groups(ax))


def bars_begin_at_zero(ax: "Axes") -> bool:
    """Tell if all bars begin at zero, and no part of a bar is cut away."""
    lying = bars_lie(ax)
    boxes = [bar.get_bbox() for group in _bar_groups(ax) for bar in group.patches]
    starts = [box.x0 if lying else box.y0 for box in boxes]
    ends = [box.x1 if lying else box.y1 for box in boxes]
    low, high = sorted(ax.get_xlim() if lying else ax.get_ylim())
    scale = ax.get_xscale() if lying else ax.get_yscale()
    ends = [end for end in ends if not math.isnan(end)]
    return scale == "linear" and not any(starts) and low <= 0 and max(ends) <= high * 1.001


def lines(ax: "Axes") -> list[list[tuple[str, float]]]:
    """Return (place, height) of the points of each line, in the order in which they are joined.

    Points that are not joined, and lines without a height, are left out.
    """
    names = _names_along(ax.xaxis)
    found = []
    for line in ax.lines:
        if str(line.get_linestyle()).strip() in ("", "None", "none"):
            continue
        points = []
        for place, height in zip(line.get_xdata(orig=True), line.get_ydata(), strict=True):
            if not math.isnan(height):
                is_position = names and isinstance(place, (int, float, np.number))
                place = names.get(round(place), place) if is_position else place
                points.append((_written(place), float(height)))
        if points:
            found.append(points)
    return found


def areas(ax: "Axes") -> dict[int, tuple[float, ...]]:
    """Return number of points of an outline → colour of the area; later layers cover earlier ones.

    The number of points tells areas apart, whatever the order and the projection.
    """
    from matplotlib.collections import PathCollection

    found = {}
    for layer in sorted(ax.collections, key=lambda one: one.get_zorder()):
        if issubclass(type(layer), PathCollection):  # points
            continue
        layer.update_scalarmappable()
        colours = layer.get_facecolor()
        for number, path in enumerate(layer.get_paths() if len(colours) else []):
            colour = colours[number % len(colours)]
            if colour[3] > 0:
                found[len(path.vertices)] = tuple(round(float(c), 3) for c in colour)
    return found


def has_key(ax: "Axes") -> bool:
    """Tell if a map says in numbers what its colours mean: a legend or a colour bar."""
    legends = [legend for legend in (ax.get_legend(), *ax.figure.legends) if legend]
    words = "".join(text.get_text() for legend in legends for text in legend.get_texts())
    return any(map(_is_colour_bar, ax.figure.axes)) or any(map(str.isdigit, words))


def hues(axes: "list[Axes]") -> list[float]:
    """Return the colours of bars and lines, in degrees on the colour circle, without grey.

    Light and dark of a colour count once, and so do neighbours on the circle.
    """
    from matplotlib.colors import to_rgb

    colours = [bar.get_facecolor() for ax in axes for g in _bar_groups(ax) for bar in g.patches]
    colours += [line.get_color() for ax in axes for line in ax.lines]
    found: list[float] = []
    for colour in colours:
        hue, saturation, value = colorsys.rgb_to_hsv(*to_rgb(colour))
        apart = [abs((hue * 360 - other + 180) % 360 - 180) for other in found]
        if saturation > 0.15 and value > 0.15 and all(degrees > 20 for degrees in apart):
            found.append(hue * 360)
    return found


def lightness(colour: tuple[float, ...]) -> float:
    """Return how light a colour is for the eye, and in grey print: 0 black, 1 white."""
    red, green, blue = colour[:3]
    return 0.299 * red + 0.587 * green + 0.114 * blue


def titles(ax: "Axes") -> list[str]:
    """Return the titles over a panel: left, in the middle and right."""
    return [ax.get_title(loc=place) for place in ("left", "center", "right")]


def texts(ax: "Axes") -> list[str]:
    """Return every text in the whole picture."""
    from matplotlib.text import Text

    return [text.get_text() for text in ax.figure.findobj(Text)]


def tick_words(axis: Any) -> list[str]:
    """Return what is written beside the ticks of an axis."""
    return [tick.get_text() for tick in axis.get_ticklabels()]


def _bar_groups(ax: "Axes") -> "list[BarContainer]":
    from matplotlib.container import BarContainer

    return [group for group in ax.containers if issubclass(type(group), BarContainer)]


def _is_colour_bar(ax: "Axes") -> bool:
    return ax.get_label() == "<colorbar>"


def _names_along(axis: Any) -> dict[int, str]:
    """Return position → name for an axis of names; nothing for an axis of numbers."""
    from matplotlib.ticker import ScalarFormatter

    if issubclass(type(axis.get_major_formatter()), ScalarFormatter):
        return {}
    ticks = zip(axis.get_majorticklocs(), tick_words(axis), strict=False)
    return {round(place): word for place, word in ticks if word and place == round(place)}


def _written(place: Any) -> str:
    """Return a number, a day or a name as people write it: ``2019``, ``2019-03``."""
    if isinstance(place, (int, float, np.number)):
        return str(int(place)) if float(place).is_integer() else str(float(place))
    words = str(place).split("T")[0].split(" 00:00")[0]
    return words.removesuffix("-01-01") if words[:4].isdigit() else words
