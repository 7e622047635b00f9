"""What several test files share: the course folder, and a small copy of it to break."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The course folder."""
    return ROOT


@pytest.fixture
def course_copy(tmp_path: Path) -> Path:
    """A copy of the course that a test may break."""
    copy = tmp_path / "course"
    leave_out = shutil.ignore_patterns(
        "_build", ".git", ".venv", ".tools", "tests", "benchmarks", "__pycache__", "my-course"
    )
    shutil.copytree(ROOT, copy, ignore=leave_out)
    return copy


@pytest.fixture
def plain_matplotlib() -> Iterator[None]:
    """Draw without a window, and leave matplotlib as it was."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    with mpl.rc_context():
        mpl.use("agg")
        yield
    plt.close("all")
