"""Draw the small chart or map that a dataset's entry asks for with ``chart``.

The pictures are SVG: small, sharp on a phone and in print. The same data give the same bytes.

``chart`` holds ``kind``, ``title``, ``label`` (the axis, with its unit), ``alt``, and:

- ``line``: ``x`` (year, month or period), ``y``, ``by`` (one line for each value), ``where``;
- ``bar``: ``x`` (names), ``y``, ``where``;
- ``count``: ``x``; how many rows each value has;
- ``map``: the shapes of this dataset, ``color`` (a column);
- ``soum_map``: ``y``, ``where``; needs a column ``soum_code``;
- ``none``: ``why`` there is no chart.
"""

import calendar
import io
import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, radians
from statistics import median
from typing import TYPE_CHECKING

from gobi import PALETTE
from gobi.data.checks import Findings, check
from gobi.data.maps import OUTLINES
from gobi.data.package import DataError, Files, fields, number
from gobi.data.rules import Rows, select

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Columns that each kind of chart must name.
KINDS = {
    "line": ("x", "y"),
    "bar": ("x", "y"),
    "count": ("x",),
    "map": (),
    "soum_map": ("y",),
    "none": (),
}

#: Keys of ``chart`` that name a column.
COLUMN_KEYS = ("x", "y", "by", "color")

#: Names of months that a table numbers.
MONTHS = {str(number): name for number, name in enumerate(calendar.month_name) if name}

MOST_LINES = 6
MOST_BARS = 22

#: Width of a picture in inches, so small that a phone need not shrink its letters much.
WIDTH = 5.0

#: Height of a line chart without the words above and below it, and of the tallest map.
HEIGHT, TALLEST_MAP = 2.6, 3.2

#: Settings of matplotlib for these pictures. Text stays text: DejaVu Sans has Cyrillic letters and
#: is wider than the letters that a computer without it takes in its place.
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 10.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.edgecolor": "#666666",
    "grid.color": "#d9d9d9",
    "lines.linewidth": 2,
    "legend.frameon": False,
    "legend.fontsize": 9.5,
    "hatch.linewidth": 0.5,
    "hatch.color": "#888888",
    "svg.fonttype": "none",
    "svg.hashsalt": "gobi",
}

#: Lines and points differ in shape, too, for print in black and white.
DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (1, 1)))
MARKERS = ("o", "s", "^", "D", "v", "P", "X")

#: From light to dark, for maps of numbers.
SHADES = ("#e6f0f7", "#7fb6d9", "#0072B2", "#002f4b")

GREY = "#666666"

#: The soums under other shapes: areas and lines.
BACKGROUND = ("#f4f1ea", "#bdb7aa")

#: West, south, east and north of a map.
Frame = tuple[float, float, float, float]

#: Height of a map's scale, and width of the small map that shows where a place lies, in inches.
SCALE_HEIGHT, LOCATOR_WIDTH = 0.5, 1.1

#: On a map of at most so many shapes, a tiny area is a dot that can be seen.
MOST_DOTS = 50

#: Smallest thing a map shows, as a share of its width.
DETAIL = 1 / 800


@dataclass(frozen=True)
class Room:
    """Room that a drawing needs, in inches: its height in all, and the margins for its numbers."""

    height: float
    left: float = 0.1
    right: float = 0.1
    bottom: float = 0.05


def has_chart(resource: dict) -> bool:
    """Say whether a dataset has a chart."""
    return resource.get("chart", {}).get("kind", "none") != "none"


def alt_text(resource: dict) -> str:
    """Return what a reader who cannot see the chart hears."""
    chart = resource["chart"]
    return chart.get("alt") or f"{chart['title']} ({chart.get('label', '')})"


def draw(files: Files, resource: dict) -> bytes:
    """Draw a dataset's chart.

    Args:
        files: the data package.
        resource: the dataset's entry; it has a chart (:func:`has_chart`).

    Returns:
        An SVG file.

    Raises:
        DataError: the entry asks for something that the table does not have.
    """
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    with mpl.rc_context():
        mpl.rcParams.update(_style())
        picture = io.BytesIO()
        canvas = FigureCanvasSVG(figure(files, resource))
        canvas.print_svg(picture, metadata={"Date": None})
    return _shorten_numbers(picture.getvalue().decode()).encode()


def figure(files: Files, resource: dict) -> "Figure":
    """Make the figure of a dataset's chart; arguments and errors as :func:`draw`."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    wrong = next(_mistakes(files, resource), None)
    if wrong:
        raise DataError(f"The chart of {resource['name']}: {wrong}")
    with mpl.rc_context():
        mpl.rcParams.update(_style())
        axes = Figure().add_axes((0, 0, 1, 1))
        room = DRAWERS[resource["chart"]["kind"]](axes, files, resource)
        _add_words(axes, files, resource, room)
    return axes.figure


@cache
def _style() -> dict:
    """Return matplotlib's own settings, whatever this computer's are, with ours on top."""
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)
        return dict(mpl.rcParams)


def _shorten_numbers(svg: str) -> str:
    """Cut coordinates to two decimals: a hundredth of a point cannot be seen."""
    return re.sub(r"(?<=\d\.\d\d)\d+(?=[\s\",)L])", "", svg)


# Words ---------------------------------------------------------------------------------------


def source_line(resource: dict) -> str:
    """Return the line under a chart that says whose data it shows."""
    credit = resource["attribution"].removeprefix("Source: ")
    name = re.match(r"(?:\w+: )?[^,;:(]*", credit)[0].strip()
    return f"Source: {name}, dataset {resource['name']}"


def kind_of_data(files: Files, resource: dict) -> str:
    """Return a warning if what is drawn was simulated or modelled, or nothing."""
    if "SIMULATED" in resource["title"]:
        return "SIMULATED, not real"
    rows = _drawn(files.rows(resource["name"]), resource["chart"])
    states = {row.get("status") or "" for row in rows} & {"modelled", "projected"}
    if states:
        everything = {row.get("status") for row in rows} <= states
        return f"{'' if everything else 'partly '}{' and '.join(sorted(states))}, not measured"
    if re.search(r"\bmodell?ed\b", resource["description"]):
        return "modelled, not measured"
    return ""


def _add_words(axes, files: Files, resource: dict, room: Room) -> None:
    """Write title and unit above the drawing and the source below it, and put it in its place."""
    figure, chart, warning = axes.figure, resource["chart"], kind_of_data(files, resource)
    said = not warning or warning.split()[0] in chart["label"].lower()
    label = chart["label"] if said else f"{chart['label']} ({warning})"
    title, unit = textwrap.wrap(chart["title"], 46), textwrap.wrap(label, 60)
    source = textwrap.wrap(source_line(resource), 60)
    above, below = 0.22 * len(title) + 0.19 * len(unit) + 0.08, 0.17 * len(source) + 0.05
    height = above + room.height + below
    figure.set_size_inches(WIDTH, height)
    inside = (WIDTH - room.left - room.right, room.height - room.bottom - 0.1)
    bottom = (below + room.bottom) / height
    axes.set_position((room.left / WIDTH, bottom, inside[0] / WIDTH, inside[1] / height))
    style = {"ha": "left", "va": "top", "linespacing": 1.15}
    top = 1 - 0.05 / height
    figure.text(0.01, top, "\n".join(title), fontsize=11.5, fontweight="bold", **style)
    top -= 0.22 * len(title) / height
    figure.text(0.01, top, "\n".join(unit), fontsize=9.5, **style)
    foot = (below - 0.02) / height
    figure.text(0.01, foot, "\n".join(source), fontsize=9.5, color=GREY, **style)
    if warning.startswith("SIMULATED"):
        style = {"ha": "center", "va": "center", "rotation": 18, "alpha": 0.35, "zorder": 9}
        axes.text(
            0.5, 0.5, "SIMULATED", transform=axes.transAxes, fontsize=30, color=PALETTE[1], **style
        )


def _width(lines: Iterable[str], size: float) -> float:
    """Return the width of the longest line of text, in inches."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family="DejaVu Sans", size=size)
    widths = [text_to_path.get_text_width_height_descent(each, font, False)[0] for each in lines]
    return max(widths, default=0) / 72


def _name(value: str, column: str, resource: dict) -> str:
    """Return a value as words: the title of a measure, the name of a month, no underscores."""
    if column == "measure" and value in resource.get("measures", {}):
        return resource["measures"][value]["title"]
    if column in ("month", "month_number") and value in MONTHS:
        return MONTHS[value]
    return value.replace("_", " ")


def _format_number(value: float, _position: int | None = None) -> str:
    return f"{value:,.10g}".replace("-", "−")


# Lines ---------------------------------------------------------------------------------------


def place_in_time(text: str) -> float | None:
    """Turn a year or a month into a place on the axis; None for anything else."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?", text)
    if found is None:
        return None
    year, month = found.groups()
    return int(year) + (int(month) - 0.5) / 12 if month else float(year)


def _series(files: Files, resource: dict) -> dict[str, list[tuple[float, float]]]:
    """Return the points of each line, in order of time."""
    chart, lines = resource["chart"], defaultdict(list)
    for row in _drawn(files.rows(resource["name"]), chart):
        x, y = place_in_time(str(row[chart["x"]])), number(row[chart["y"]])
        if x is None or y is None or (chart["x"] == "period" and x % 1):
            continue
        lines[str(row.get(chart.get("by", ""), ""))].append((x, y))
    return {name: sorted(points) for name, points in lines.items()}


def _draw_lines(axes, files: Files, resource: dict) -> Room:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    lines = _series(files, resource)
    for number_, points in enumerate(lines.values()):
        xs, ys = zip(*with_gaps(points), strict=True)
        few = len(points) <= 30
        axes.plot(
            xs,
            ys,
            color=PALETTE[number_],
            linestyle=DASHES[number_],
            linewidth=1.2 if len(points) > 150 else 2,
            marker=MARKERS[number_] if few else None,
            markersize=4,
        )
    values = [y for points in lines.values() for _, y in points]
    if 0 <= min(values) < 0.6 * max(values):
        axes.set_ylim(bottom=0)
    axes.grid(axis="y")
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    axes.yaxis.set_major_locator(MaxNLocator(6))
    axes.yaxis.set_major_formatter(FuncFormatter(_format_number))
    axes.set_xlim(*axes.get_xlim())
    labels = _label_lines(axes, lines, resource) if len(lines) > 1 else []
    left = _width(map(_format_number, axes.get_yticks()), 10.5) + 0.2
    return Room(HEIGHT, left, max(_width(labels, 9.5) + 0.15, 0.25), bottom=0.3)


def with_gaps(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Break a line where points are missing, so that it does not claim to know what lies between.

    Args:
        points: (place in time, value), in order.

    Returns:
        The points, with an empty one wherever the step is longer than is usual.
    """
    steps = [after - before for (before, _), (after, _) in pairwise(points)]
    usual = median([step for step in steps if step] or [1])
    whole = points[:1]
    for step, point in zip(steps, points[1:], strict=True):
        whole += [(point[0], float("nan"))] if step > 1.5 * usual else []
        whole.append(point)
    return whole


def _label_lines(axes, lines: dict[str, list], resource: dict) -> list[str]:
    """Write each line's name at its end, and return the names; those that overlap move apart."""
    low, high = axes.get_ylim()
    labels = []
    for number_, (name, points) in enumerate(lines.items()):
        words = _name(name, resource["chart"].get("by", ""), resource)
        text = "\n".join(textwrap.wrap(words, 15))
        height = 0.035 + 0.052 * (text.count("\n") + 1)
        labels.append([(points[-1][1] - low) / (high - low), height, text, PALETTE[number_]])
    labels.sort(key=lambda label: label[0])
    for lower, upper in pairwise(labels):
        upper[0] = max(upper[0], lower[0] + (lower[1] + upper[1]) / 2)
    over = labels[-1][0] + labels[-1][1] / 2 - 1.08
    for upper, lower in pairwise([[9, 0], *reversed(labels)]):
        lower[0] = min(lower[0], 1.08 - lower[1] / 2, upper[0] - (lower[1] + upper[1]) / 2)
        if over <= 0:
            break
    for place, _, text, color in labels:
        style = {"va": "center", "fontsize": 9.5, "linespacing": 1.0, "color": _darker(color)}
        axes.text(1.02, place, text, transform=axes.transAxes, **style)
    return [line for _, _, text, _ in labels for line in text.split("\n")]


def _darker(color: str) -> str:
    """Return a colour in which letters can be read on white; a pale one becomes much darker."""
    parts = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    share = 0.5 if sum(parts) > 330 else 0.8
    return "#" + "".join(f"{round(part * share):02x}" for part in parts)


# Bars ----------------------------------------------------------------------------------------


def _draw_bars(axes, files: Files, resource: dict) -> Room:
    bars, column = _bars(files, resource), resource["chart"]["x"]
    names = [textwrap.wrap(_name(name, column, resource), 28) for name, _ in bars]
    numbers = [_format_bar(length) for _, length in bars]
    # A bar with a long name takes the room of its lines.
    rooms = [0.4 + 0.6 * len(lines) for lines in names]
    places = [sum(rooms[:at]) + room / 2 for at, room in enumerate(rooms)]
    lengths = [length for _, length in bars]
    drawn = axes.barh(places, lengths, color=PALETTE[0], height=0.72)
    axes.set_yticks(places, ["\n".join(lines) for lines in names], fontsize=9.5, linespacing=1.0)
    axes.bar_label(drawn, numbers, padding=3, fontsize=9.5)
    axes.set_ylim(sum(rooms) + 0.1, -0.1)
    axes.margins(x=0.035 * max(map(len, numbers)))
    if min(lengths) >= 0:
        axes.set_xlim(left=0)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    left = _width((line for lines in names for line in lines), 9.5) + 0.15
    return Room(0.2 + 0.235 * max(sum(rooms), 3), left)


def _format_bar(value: float) -> str:
    """Write a number short: four digits, or all of a whole number."""
    return (f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}").replace("-", "−")


def _bars(files: Files, resource: dict) -> list[tuple[str, float]]:
    """Return the bars from top to bottom: the longest first, but times and ages in order."""
    chart = resource["chart"]
    rows = _drawn(files.rows(resource["name"]), chart)
    if chart["kind"] == "count":
        bars = list(Counter(str(row[chart["x"]]) for row in rows if row[chart["x"]]).items())
    else:
        values = [(str(row[chart["x"]]), number(row[chart["y"]])) for row in rows]
        bars = [(name, value) for name, value in values if value is not None]
    if all(re.match(r"\d+\b", name) for name, _ in bars):
        return sorted(bars, key=lambda bar: (int(re.match(r"\d+", bar[0])[0]), bar[0]))
    return sorted(bars, key=lambda bar: -bar[1])


# Maps ----------------------------------------------------------------------------------------


def _draw_map(axes, files: Files, resource: dict) -> Room:
    features = files.features(resource["name"])
    shapes = [_shape(feature) for feature in features]
    column, legend = resource["chart"].get("color", ""), 0.0
    values = [feature["properties"].get(column) for feature in features]
    frame = _frame(files, shapes)
    if resource["name"] != OUTLINES:
        _draw_background(axes, files, frame)
    if not column:
        color = SHADES[1] if shapes[0].geom_type.endswith("Polygon") else PALETTE[0]
        _add_shapes(axes, shapes, [color] * len(shapes), frame, edge=GREY)
    elif _is_scale(values):
        _add_shapes(
            axes, shapes, _scale(axes, [number(value) for value in values]), frame, edge=GREY
        )
        legend = SCALE_HEIGHT
    else:
        legend = _draw_kinds(axes, shapes, values, frame, resource)
    return _set_frame(axes, files, frame, legend)


def _draw_soum_map(axes, files: Files, resource: dict) -> Room:
    chart = resource["chart"]
    rows = _drawn(files.rows(resource["name"]), chart)
    known = {str(row["soum_code"]): number(row[chart["y"]]) for row in rows}
    features = files.features(OUTLINES)
    shapes = [_shape(feature) for feature in features]
    values = [known.get(str(feature["properties"]["soum_code"])) for feature in features]
    frame = _frame(files, shapes)
    _add_shapes(axes, shapes, _scale(axes, values), frame, edge=GREY)
    return _set_frame(axes, files, frame, SCALE_HEIGHT)


def _draw_kinds(axes, shapes: list, values: list, frame: Frame, resource: dict) -> float:
    """Give each kind of shape its colour, and points their form; name the kinds under the map.

    Returns:
        The height of these names.
    """
    from matplotlib.lines import Line2D

    texts = [str(value or "not known") for value in values]
    common = [text for text, _ in Counter(texts).most_common()]
    shown = common if len(common) <= len(PALETTE) else common[: len(PALETTE) - 1]
    texts = [text if text in shown else "other" for text in texts]
    handles = []
    for kind, color, marker in zip(dict.fromkeys([*shown, *texts]), PALETTE, MARKERS, strict=False):
        members = [shape for shape, text in zip(shapes, texts, strict=True) if text == kind]
        _add_shapes(axes, members, [color] * len(members), frame, marker)
        sign = marker if members[0].geom_type.endswith("Point") else "s"
        words = "\n".join(textwrap.wrap(_name(kind, "", resource), 26))
        handles.append(Line2D([], [], marker=sign, linestyle="", color=color, label=words))
    place = {"loc": "upper left", "bbox_to_anchor": (0, -0.01), "borderpad": 0}
    axes.legend(handles=handles, ncols=2, handletextpad=0.2, **place)
    lines = max(handle.get_label().count("\n") + 1 for handle in handles)
    return 0.1 + (0.1 + 0.16 * lines) * ((len(handles) + 1) // 2)


def _is_scale(values: list) -> bool:
    """Say whether values are numbers that a scale of shades can show."""
    there = [value for value in values if value not in (None, "")]
    return len(set(there)) > 6 and all(isinstance(value, int | float) for value in there)


def _scale(axes, values: list[float | None]) -> list[str | None]:
    """Return a shade for each value, in a few steps, and draw the steps under the map."""
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import BoundaryNorm, LinearSegmentedColormap, to_hex
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    there = [value for value in values if value is not None]
    low = 0 if 0 <= min(there) < 0.6 * max(there) else min(there)
    steps = MaxNLocator(5).tick_values(low, max(there))
    palette = LinearSegmentedColormap.from_list("shades", SHADES, N=len(steps) - 1)
    shades = ScalarMappable(BoundaryNorm(steps, palette.N), palette)
    place = axes.inset_axes([0.1, -0.11, 0.8, 0.06])
    bar = axes.figure.colorbar(shades, cax=place, orientation="horizontal")
    bar.ax.xaxis.set_major_formatter(FuncFormatter(_format_number))
    bar.ax.tick_params(length=0, labelsize=9.5)
    bar.outline.set_visible(False)
    if None in values:
        axes.text(1, 0, "hatched: no value", transform=axes.transAxes, ha="right", fontsize=9)
    return [None if value is None else to_hex(shades.to_rgba(value)) for value in values]


def _shape(feature: dict):
    from shapely.geometry import shape

    return shape(feature["geometry"])


def _frame(files: Files, shapes: list) -> Frame:
    """Return west, south, east and north of a map: the aimag and all shapes.

    Shapes that fill less than a twelfth of the aimag's width fill the map alone.
    """
    from shapely import total_bounds

    west, south, east, north = (float(side) for side in total_bounds(shapes))
    aimag = _aimag(files)
    if aimag and (east - west) > (aimag[2] - aimag[0]) / 12:
        west, south = min(west, aimag[0]), min(south, aimag[1])
        east, north = max(east, aimag[2]), max(north, aimag[3])
    room = 0.03 * max(east - west, north - south) or 0.1
    return west - room, south - room, east + room, north + room


def _aimag(files: Files) -> Frame | None:
    """Return west, south, east and north of the aimag, if its map is there."""
    from shapely import total_bounds

    if not files.has(OUTLINES):
        return None
    return tuple(total_bounds([_shape(each) for each in files.features(OUTLINES)]))


def _set_frame(axes, files: Files, frame: Frame, legend: float) -> Room:
    """Fit the axes to a map, and show where the map of a small place lies."""
    west, south, east, north = frame
    stretch = 1 / cos(radians((south + north) / 2))
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], aspect=stretch)
    axes.spines[:].set_visible(False)
    aimag = _aimag(files)
    small = bool(aimag) and (east - west) < (aimag[2] - aimag[0]) / 10
    right = LOCATOR_WIDTH + 0.15 if small else 0.1
    width, shape = WIDTH - 0.1 - right, stretch * (north - south) / (east - west)
    height = min(width * shape, TALLEST_MAP)
    if small:
        _draw_locator(axes, files, frame, aimag, LOCATOR_WIDTH / (height / shape))
        axes.set_anchor("W")
    return Room(height + legend + 0.15, right=right, bottom=legend + 0.05)


def _draw_locator(axes, files: Files, frame: Frame, aimag: Frame, width: float) -> None:
    """Draw a small map of the aimag beside a map of a small place."""
    small = axes.inset_axes([1.04, 0.5, width, 0.5], anchor="NW")
    _draw_background(small, files, aimag)
    west, south, east, north = frame
    small.plot((west + east) / 2, (south + north) / 2, "s", color=PALETTE[1], markersize=5)
    small.set(xticks=[], yticks=[], aspect=1.35)
    small.spines[:].set_visible(False)


def _draw_background(axes, files: Files, frame: Frame) -> None:
    """Draw the soums lightly under the shapes."""
    if files.has(OUTLINES):
        shapes = [_shape(feature) for feature in files.features(OUTLINES)]
        _add_shapes(axes, shapes, [BACKGROUND[0]] * len(shapes), frame, edge=BACKGROUND[1])


def _add_shapes(
    axes,
    shapes: list,
    colors: list[str | None],
    frame: Frame,
    marker: str = "o",
    edge: str = "white",
) -> None:
    """Draw points, lines and areas. A shape without a colour is hatched, a tiny area is a dot."""
    width = frame[2] - frame[0]
    for shape, color in zip(shapes, colors, strict=True):
        edge_here = edge
        tiny = shape.geom_type.endswith("Polygon") and shape.area < (width / 60) ** 2
        if tiny and len(shapes) <= MOST_DOTS and edge != BACKGROUND[1]:
            shape, edge_here = shape.representative_point(), "#333333"
        simple = shape.simplify(width * DETAIL)
        for part in getattr(simple, "geoms", [simple]):
            if part.geom_type == "Point":
                style = {"markersize": 7, "markeredgecolor": edge_here, "markeredgewidth": 0.8}
                axes.plot(part.x, part.y, marker, color=color or "white", **style)
            elif part.geom_type == "LineString":
                axes.plot(*part.xy, color=color or GREY, linewidth=1.6)
            elif part.geom_type == "Polygon" and not part.is_empty:
                axes.add_patch(_area(part, color, edge_here))


def _area(polygon, color: str | None, edge: str):
    """Return an area, with its holes, as a patch of matplotlib."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path
    from shapely.geometry.polygon import orient

    whole = orient(polygon)
    rings = [Path(ring.coords, closed=True) for ring in (whole.exterior, *whole.interiors)]
    style = {"facecolor": color or "white", "edgecolor": edge, "linewidth": 0.7}
    if color is None:
        style |= {"hatch": "////", "edgecolor": "#bbbbbb"}
    return PathPatch(Path.make_compound_path(*rings), **style)


DRAWERS = {
    "line": _draw_lines,
    "bar": _draw_bars,
    "count": _draw_bars,
    "map": _draw_map,
    "soum_map": _draw_soum_map,
}


# Checks --------------------------------------------------------------------------------------


def _drawn(rows: Rows, chart: dict) -> Rows:
    return list(select(rows, chart.get("where", {})))


@check("chart")
def _charts(files: Files) -> Findings:
    """A dataset's chart can be drawn and is described in words."""
    for name, resource, _ in files.readable():
        if "chart" in resource:
            for message in _mistakes(files, resource):
                yield name, message


def _mistakes(files: Files, resource: dict) -> Iterable[str]:
    """Yield what is wrong with a dataset's chart."""
    chart = resource["chart"]
    kind = chart.get("kind", "")
    if kind not in KINDS:
        yield f"There is no kind of chart called '{kind}'."
    elif kind == "none":
        if not chart.get("why"):
            yield "It says 'none', but not why."
    elif missing := [key for key in (*KINDS[kind], "title", "label", "alt") if not chart.get(key)]:
        yield f"It does not say its {missing[0]}."
    else:
        yield from _wrong_words(chart)
        yield from _wrong_columns(files, resource, chart)


def _wrong_words(chart: dict) -> Iterable[str]:
    if len(chart["title"]) > 80:
        yield "Its title is longer than 80 letters."
    if not 60 <= len(chart["alt"]) <= 300:
        yield f"Its alt text has {len(chart['alt'])} letters; 60 to 300 are useful."


def _wrong_columns(files: Files, resource: dict, chart: dict) -> Iterable[str]:
    kind, known = chart["kind"], {field["name"] for field in fields(resource)}
    named = [chart[key] for key in COLUMN_KEYS if key in chart] + list(chart.get("where", {}))
    if unknown := set(named) - known:
        yield f"There is no column {sorted(unknown)[0]}."
        return
    if kind == "map" and "properties" not in resource:
        yield "It has no shapes to draw as a map."
        return
    if kind == "soum_map" and not (files.has(OUTLINES) and "soum_code" in known):
        yield "A map of the soums needs a column soum_code."
        return
    if kind == "line" and not 1 <= len(_series(files, resource)) <= MOST_LINES:
        yield f"It has {len(_series(files, resource))} lines; 1 to {MOST_LINES} can be told apart."
    if kind in ("bar", "count") and not 1 <= len(_bars(files, resource)) <= MOST_BARS:
        yield f"It has {len(_bars(files, resource))} bars; 1 to {MOST_BARS} can be read."
    if kind in ("bar", "soum_map"):
        yield from _twice(files, resource, chart)


def _twice(files: Files, resource: dict, chart: dict) -> Iterable[str]:
    """One bar or one soum has one value."""
    column = "soum_code" if chart["kind"] == "soum_map" else chart["x"]
    rows = _drawn(files.rows(resource["name"]), chart)
    values = Counter(str(row[column]) for row in rows if number(row[chart["y"]]) is not None)
    if not values:
        yield "No row has a value to draw."
    elif max(values.values()) > 1:
        yield f"{values.most_common(1)[0][0]} has several values; narrow its 'where'."
