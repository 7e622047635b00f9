"""Measure how long each lesson runs and how much memory it takes: ``python benchmarks/lessons.py``.

Each lesson runs alone in a fresh process with an ordinary kernel, as on a learner's computer.
The ratio compares with the first line, a notebook that only loads pandas and matplotlib.
"""

import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]


def run(path: Path, folder: Path, answer) -> None:
    """Run one notebook; send back its seconds and the largest process's memory in MB."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [
        cell
        for cell in notebook.cells
        if "nbval-ignore-output" not in cell.metadata.get("tags", [])
    ]
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}})
    client.widget_registry = {}
    started = time.perf_counter()
    client.execute()
    seconds = time.perf_counter() - started
    answer.send((seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000))


def measure(path: Path, folder: Path) -> tuple[float, float]:
    """Return seconds and MB of one notebook, run in a process of its own."""
    receive, send = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=run, args=(path, folder, send))
    process.start()
    found = receive.recv()
    process.join()
    return found


def main() -> None:
    """Print one line for each lesson, or for those whose names are given."""
    with tempfile.TemporaryDirectory() as name:
        baseline = Path(name) / "baseline.ipynb"
        code = "import pandas\nimport matplotlib.pyplot as plt\n_ = plt.figure()"
        cells = [nbformat.v4.new_code_cell(code)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), baseline)
        first, megabytes = measure(baseline, baseline.parent)
    print(f"{'lesson':<46} seconds  ratio   MB")
    print(f"{'(pandas and matplotlib only)':<46} {first:>7.1f}  {1:>5.1f}  {megabytes:>4.0f}")
    for path in sorted(ROOT.glob("modules/*/0*.ipynb")):
        if sys.argv[1:] and not any(word in str(path) for word in sys.argv[1:]):
            continue
        seconds, megabytes = measure(path, path.parent)
        label = f"{path.parent.name[:2]}/{path.stem}"
        print(f"{label:<46} {seconds:>7.1f}  {seconds / first:>5.1f}  {megabytes:>4.0f}")


if __name__ == "__main__":
    main()
