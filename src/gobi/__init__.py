"""What a lesson may use: :func:`dataset` finds a table, :func:`chart_style` sets the house style.

Everything else in this package serves trainers, graders and the book; lessons use
pandas, geopandas, matplotlib, seaborn and ipywidgets directly.
"""

import difflib
import json
import os
from pathlib import Path

__all__ = ["DatasetNotFoundError", "chart_style", "dataset"]

#: Colours of the house style, in order of use. Picked from the Okabe-Ito palette
#: (Okabe and Ito 2008, "Color Universal Design"), which colour-blind readers can tell apart.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")


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


def chart_style() -> None:
    """Set the course's chart style for matplotlib and seaborn.

    Wide charts that stay readable on a phone and in print, a font that has the Mongolian
    letters Өө and Үү, and colours that colour-blind readers can tell apart.
    """
    import matplotlib as mpl
    from cycler import cycler

    mpl.rcParams.update(
        {
            "figure.figsize": (7, 4.2),
            "figure.dpi": 110,
            "savefig.dpi": 110,
            "figure.constrained_layout.use": True,
            "font.family": "DejaVu Sans",
            "font.size": 11,
            "axes.titlesize": 13,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.axisbelow": True,
            "axes.prop_cycle": cycler(color=PALETTE),
            "grid.color": "#d9d9d9",
            "grid.linewidth": 0.8,
            "lines.linewidth": 2.2,
            "legend.frameon": False,
            "svg.fonttype": "none",
        }
    )
