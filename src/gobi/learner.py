"""The learner's copy of the course: lessons without solutions and trainer notes, and the data."""

import copy
import os
import socket
import subprocess
import sys
from pathlib import Path

import nbformat
from nbgrader.preprocessors import (
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
)
from traitlets.config import Config

from gobi import data, glossary, notebooks
from gobi.sessions import has_tag

#: Cells with one of these tags are for the trainer.
PRIVATE_TAGS = ("trainer", "solution")


class LearnerError(Exception):
    """The learner's copy cannot be made or opened; the message is one sentence for people."""


def lesson_for_learners(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a lesson without trainer notes, solutions and outputs."""
    clean = copy.deepcopy(notebook)
    clean.cells = [
        cell for cell in clean.cells if not any(has_tag(cell, tag) for tag in PRIVATE_TAGS)
    ]
    for cell in clean.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    clean.metadata.pop("widgets", None)
    clean.metadata.get("gobi", {}).pop("stamp", None)
    return clean


def assignment_for_learners(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return an assignment as nbgrader releases it: no solutions, no hidden tests."""
    config = Config()
    config.ClearSolutions.code_stub = {"python": "# Write your code here."}
    steps = (
        LockCells,
        ClearSolutions,
        ClearOutput,
        ClearHiddenTests,
        ClearMarkScheme,
        ComputeChecksums,  # last: of the cells as the learner sees them
    )
    resources: dict = {}
    released = copy.deepcopy(notebook)
    for step in steps:
        released, resources = step(config=config).preprocess(released, resources)
    return released


def files(root: Path) -> dict[str, bytes]:
    """Return everything a learner gets: file name relative to the copy → content."""
    wanted: dict[str, bytes] = {}
    for path in (*sorted(root.glob("modules/*/*.md")), *notebooks.practice_files(root)):
        wanted[path.relative_to(root).as_posix()] = path.read_bytes()
    for path in notebooks.lessons(root):
        learner = lesson_for_learners(notebooks.read(path))
        wanted[path.relative_to(root).as_posix()] = nbformat.writes(learner).encode()
    for path in sorted(root.glob("modules/*/assignment.ipynb")):
        learner = assignment_for_learners(notebooks.read(path))
        wanted[path.relative_to(root).as_posix()] = nbformat.writes(learner).encode()
    for path in sorted((root / "datasets").iterdir()):
        if path.is_file():
            wanted[f"datasets/{path.name}"] = path.read_bytes()
    for name, text in data.catalogue_pages(root / "datasets").items():
        wanted[f"datasets/{name}"] = text.encode()
    wanted[glossary.PAGE] = glossary.page(root).encode()
    return wanted


def make_copy(root: Path, folder: Path) -> tuple[list[str], list[str]]:
    """Make or complete the learner's copy. A file that is there already is never touched.

    Args:
        root: the course folder.
        folder: the learner's folder; made when it does not exist.

    Returns:
        The names of the files added, and of those kept although the course has another version.

    Raises:
        LearnerError: the folder lies inside the course's own sources.
    """
    folder = folder.resolve()
    for name in ("modules", "datasets", "src", "tests", "trainer_guide"):
        if folder.is_relative_to(root / name):
            raise LearnerError(f"{folder} is part of the course itself; choose another folder.")
    if folder == root:
        raise LearnerError(f"{folder} is the course itself; choose another folder for your copy.")
    added, kept = [], []
    for name, content in files(root).items():
        path = folder / name
        if path.exists():
            if path.read_bytes() != content:
                kept.append(name)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        try:
            part.write_bytes(content)
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)
        added.append(name)
    return added, kept


def free_port(port: int | None) -> int:
    """Return a port for JupyterLab.

    Args:
        port: the port asked for, or None for any free one.

    Raises:
        LearnerError: another program uses the port asked for.
    """
    with socket.socket() as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port or 0))
        except OSError:
            raise LearnerError(
                f"Port {port} is used by another program; close it, "
                "or leave out --port and a free one is found."
            ) from None
        return probe.getsockname()[1]


def open_lab(folder: Path, port: int | None, browser: bool) -> int:
    """Open JupyterLab on the learner's copy and wait until it is closed.

    Returns:
        JupyterLab's exit code.
    """
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder.resolve()}"]
    command += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.port={free_port(port)}"]
    command += ["--ServerApp.port_retries=0", "--LabApp.news_url=None"]
    command += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    # No question about Jupyter news in the first minute, and no request for it.
    settings = Path(__file__).parent / "templates" / "jupyter"
    places = [str(settings), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    environment = os.environ | {"JUPYTER_CONFIG_PATH": os.pathsep.join(places)}
    try:
        return subprocess.run(command, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 0
