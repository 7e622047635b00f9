"""How fast is `gobi book`, against plain Jupyter Book run serially on the same notebooks?

Run it from the course folder, with nothing else running:

    .tools/bin/uv run python benchmarks/book.py

It copies the course, takes the outputs out of the lessons, and times in turn
(1) `jupyter-book build` that executes the notebooks itself, one after another,
(2) `gobi book`, cold, which executes them in parallel, and
(3) `gobi book` again on the unchanged tree. The ratio of the same run goes into README.md.
"""

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
ROUNDS = 3


def seconds(command: list[str], folder: Path) -> float:
    """Time one command; it must succeed."""
    start = time.perf_counter()
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if result.returncode:
        sys.exit(result.stdout[-2000:] + result.stderr[-2000:])
    return time.perf_counter() - start


def course_without_outputs(folder: Path) -> Path:
    """Copy the course and take outputs and stamps out of its lessons."""
    course = folder / "course"
    leave_out = shutil.ignore_patterns("_build", ".git", ".venv", ".tools", "my-course")
    shutil.copytree(ROOT, course, ignore=leave_out)
    for path in course.glob("modules/*/[0-9][0-9]_*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
            if "remove-output" in cell.metadata.get("tags", []):
                cell.source = "pass"  # see README.md: plain Jupyter Book may hang on these
        notebook.metadata.pop("widgets", None)
        notebook.metadata["gobi"].pop("stamp", None)
        nbformat.write(notebook, path)
    return course


def plain_jupyter_book(course: Path) -> list[str]:
    """Stage the same pages, and return the command that builds them the plain way."""
    from gobi.book import web

    source = web.stage(course)
    config = source / "_config.yml"
    text = config.read_text(encoding="utf-8")
    text = text.replace('execute_notebooks: "off"', 'execute_notebooks: "force"\n  timeout: 120')
    config.write_text(text, encoding="utf-8")
    moved = course.parent / "plain"
    shutil.move(source, moved)
    return [str(BIN / "jupyter-book"), "build", str(moved), "--path-output", str(moved / "out")]


def one_round() -> dict[str, float]:
    """Time the three builds once, each in a fresh copy."""
    with tempfile.TemporaryDirectory() as folder:
        course = course_without_outputs(Path(folder))
        command = plain_jupyter_book(course)
        gobi = [str(BIN / "gobi"), "book"]
        return {
            "plain": seconds(command, course),
            "cold": seconds(gobi, course),
            "unchanged": seconds(gobi, course),
        }


def main() -> None:
    rounds = [one_round() for _ in range(ROUNDS)]
    middle = {name: statistics.median(r[name] for r in rounds) for name in rounds[0]}
    ratios = [r["cold"] / r["plain"] for r in rounds]
    lessons = len(list(ROOT.glob("modules/*/[0-9][0-9]_*.ipynb")))
    lines = [
        f"{lessons} lessons, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"median of {ROUNDS} rounds:",
        "",
        "| Build | Seconds | Ratio to plain |",
        "|---|---:|---:|",
        f"| plain `jupyter-book build`, executing serially | {middle['plain']:.1f} | 1 |",
        f"| `gobi book`, cold | {middle['cold']:.1f} | {statistics.median(ratios):.2f} |",
        f"| `gobi book`, unchanged | {middle['unchanged']:.1f} | "
        f"{middle['unchanged'] / middle['plain']:.2f} |",
    ]
    page = ROOT / "benchmarks" / "README.md"
    text = page.read_text(encoding="utf-8").split("<!-- result -->")[0]
    page.write_text(text + "<!-- result -->\n" + "\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
