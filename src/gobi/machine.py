"""Is this computer ready? One small check for each thing that has stopped a workshop."""

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement

#: Room for the book, the learner's copy and notebooks beside the environment, which is there by
#: the time this runs. The memory is an estimate: no 2 GB laptop has been tried yet.
DISK_NEEDED_GB = 1.5
MEMORY_NEEDED_GB = 2.0

#: One line that installs what the printed book needs on Debian and Ubuntu.
PRINT_PACKAGES = "sudo apt-get install -y chromium fonts-dejavu-core"


@dataclass(frozen=True)
class Check:
    """The result of one check.

    Attributes:
        name: what was looked at.
        ok: whether it is as it should be.
        found: what was found.
        advice: what to do when it is not ok.
        needed: False when only some of the course needs it.
    """

    name: str
    ok: bool
    found: str
    advice: str = ""
    needed: bool = True


def check_python() -> Check:
    """Python must be one of the versions the course is tested with."""
    found = platform.python_version()
    ok = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return Check(
        "Python", ok, found, "Install Python 3.11, 3.12 or 3.13 and set up the course again."
    )


def check_packages() -> Check:
    """Every package the course asks for is there, in a version it accepts."""
    missing = []
    for line in requires("umnugovi-data-course") or []:
        requirement = Requirement(line)
        try:
            found = version(requirement.name)
        except PackageNotFoundError:
            missing.append(requirement.name)
            continue
        if not requirement.specifier.contains(found, prereleases=True):
            missing.append(f"{requirement.name} {found}")
    advice = "Run the first command of the README again; it repairs the environment."
    return Check("Packages", not missing, ", ".join(missing) or "all there", advice)


def check_fonts() -> Check:
    """The chart font has the letters of Mongolian Cyrillic."""
    from matplotlib.font_manager import findfont
    from matplotlib.ft2font import FT2Font

    font = FT2Font(findfont("DejaVu Sans"))
    missing = [letter for letter in "ӨөҮү" if not font.get_char_index(ord(letter))]
    found = f"no {' '.join(missing)}" if missing else f"{font.family_name} has Өө Үү"
    return Check(
        "Font for charts", not missing, found, "Reinstall matplotlib; it brings DejaVu Sans."
    )


def check_disk(folder: Path) -> Check:
    """There is room for the book and the learner's copy."""
    free = shutil.disk_usage(folder).free / 1e9
    advice = f"Free at least {DISK_NEEDED_GB} GB: empty the bin, move videos to a USB stick."
    return Check("Disk", free >= DISK_NEEDED_GB, f"{free:.1f} GB free", advice)


def check_memory() -> Check:
    """There is enough memory for JupyterLab, one kernel and a browser."""
    total = memory_gb()
    if total is None:
        return Check("Memory", True, "not measured on this system")
    advice = "Close other programs before the lesson, or let two learners share a stronger laptop."
    return Check("Memory", total >= MEMORY_NEEDED_GB, f"{total:.1f} GB", advice)


def memory_gb() -> float | None:
    """Return the computer's memory in GB, or None where Python cannot tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    except (AttributeError, ValueError, OSError):
        return None


def check_write_access(folder: Path) -> Check:
    """The course folder can be written to."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        advice = (
            f"Copy the course to a folder of your own, for example your home folder, not {folder}."
        )
        return Check("Write access", False, error.strerror or str(error), advice)
    return Check("Write access", True, "yes")


def check_data(folder: Path) -> Check:
    """The datasets are there and unchanged."""
    from gobi import data

    advice = (
        "Copy the datasets folder again from the course's USB stick, or run: gobi data validate"
    )
    try:
        problems = data.validate(folder / "datasets")
    except data.DataError as error:
        return Check("Datasets", False, str(error), advice)
    return Check(
        "Datasets", not problems, f"{len(problems)} problems" if problems else "all valid", advice
    )


def find_chromium() -> str | None:
    """Return the path of a Chromium-like browser, or None."""
    names = (
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "microsoft-edge",
        "msedge",
    )
    places = [shutil.which(name) for name in names] + [
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ]
    return next((place for place in places if place and Path(place).exists()), None)


def check_print() -> Check:
    """A browser that can print the book to PDF is there."""
    found = find_chromium()
    advice = (
        "Only for gobi book --print and gobi story: install Chrome, Edge or Chromium. "
        f"On Debian or Ubuntu: {PRINT_PACKAGES}"
    )
    return Check("Browser for print", found is not None, found or "none", advice, needed=False)


def run(folder: Path, report: Callable[[Check], None] = lambda check: None) -> list[Check]:
    """Run all checks.

    Args:
        folder: the course folder.
        report: called with each result as it comes.

    Returns:
        The results, in the order in which they were made.
    """
    checks = [
        check_python,
        check_packages,
        check_fonts,
        lambda: check_disk(folder),
        check_memory,
        lambda: check_write_access(folder),
        lambda: check_data(folder),
        check_print,
    ]
    results = []
    for check in checks:
        results.append(check())
        report(results[-1])
    return results
