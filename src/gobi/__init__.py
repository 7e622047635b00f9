"""What a lesson may use: :func:`dataset` finds a table, :func:`chart_style` sets the house style.

Everything else in this package serves trainers, graders and the book; lessons use
pandas, geopandas, matplotlib, seaborn and ipywidgets directly.
"""

import difflib
import json
import os
from pathlib import Path

__all__ = ["DatasetNotFoundError", "chart_style", "dataset"]

#: Colours of the house style, in order of use: blue, orange, green, purple, light blue, yellow and
#: pink. Found by search so that colour-blind readers can tell all seven apart, and the first four
#: also when printed in grey; ``tests/test_palette.py`` measures both.
PALETTE = ("#0F4C8A", "#E8720C", "#08815F", "#440F45", "#7CC3EE", "#E3BE2B", "#B85C93")

#: Sizes that the house style has, each a style sheet in ``gobi/styles``.
SIZES = ("screen", "a4", "a3", "card")


class DatasetNotFoundError(FileNotFoundError):
    """The course has no dataset of that name, or its folder cannot be found."""


def datasets_folder() -> Path:
    """Return the folder that holds ``datapackage.json``.

    Looks, in this order, at the environment variable ``GOBI_DATASETS``, at a folder
    ``datasets`` beside or above the folder the notebook runs in, and at the course
    folder this package was installed from.

    Raises:
        DatasetNotFoundError: none of them holds a ``datapackage.json``.
    """
    places = []
    if os.environ.get("GOBI_DATASETS"):
        places.append(Path(os.environ["GOBI_DATASETS"]))
    here = Path.cwd()
    places += [folder / "datasets" for folder in (here, *here.parents)]
    places.append(Path(__file__).resolve().parents[2] / "datasets")
    for place in places:
        if (place / "datapackage.json").is_file():
            return place
    raise DatasetNotFoundError(
        f"The folder 'datasets' was not found in {here} or above it. "
        "Open the notebook from inside the course folder, and do not move it out."
    )


def dataset(name: str) -> Path:
    """Return the path of one of the course's datasets, wherever the notebook runs.

    Args:
        name: the dataset's name as the data catalogue shows it, for example
            ``"mine_production"``.

    Returns:
        The path of a CSV or GeoJSON file, to be opened with pandas or geopandas.

    Raises:
        DatasetNotFoundError: no dataset has this name (the message offers the nearest one),
            or its file is missing.
    """
    folder = datasets_folder()
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    paths = {resource["name"]: folder / resource["path"] for resource in package["resources"]}
    if name not in paths:
        near = difflib.get_close_matches(name, paths, n=1, cutoff=0.4)
        hint = f"Did you mean '{near[0]}'?" if near else f"The names are: {', '.join(paths)}."
        raise DatasetNotFoundError(f"There is no dataset called '{name}'. {hint}")
    if not paths[name].is_file():
        raise DatasetNotFoundError(
            f"The file {paths[name].name} is missing from {folder}. "
            "Copy it back from the course folder or the course's USB stick."
        )
    return paths[name]


def chart_style(size: str = "screen") -> None:
    """Set the course's chart style for matplotlib and seaborn.

    Letters that can be read on a phone and in print, a font that has the Mongolian letters
    Өө and Үү, and colours that colour-blind readers can tell apart. The style is in matplotlib's
    own style sheets, ``gobi.styles.house`` and one for each size.

    Args:
        size: ``"screen"`` (6 x 4 inches), ``"a4"`` or ``"a3"`` (one sheet, landscape), or
            ``"card"`` (1080 x 1080 pixels, for the phone).

    Raises:
        ValueError: there is no such size.
    """
    from matplotlib import style

    if size not in SIZES:
        raise ValueError(f"There is no size called '{size}'. The sizes are: {', '.join(SIZES)}.")
    style.use("gobi.styles.house")
    if size != "screen":
        style.use(f"gobi.styles.{size}")
    _draw_twice_as_fine()


def _draw_twice_as_fine() -> None:
    """Ask Jupyter for pictures with twice the pixels, shown at the same size: sharp in print."""
    from IPython.core.interactiveshell import InteractiveShell

    if InteractiveShell.initialized():
        from matplotlib_inline.backend_inline import set_matplotlib_formats

        set_matplotlib_formats("retina")
