"""Run the lessons and store outputs that are the same on every run.

A lesson in the repository holds its outputs. :func:`run` makes them: it executes a
notebook in a fresh kernel, takes out of the outputs what changes from run to run, and
writes the file in one step. A *stamp* in the notebook's metadata says from which code,
data and environment the outputs came, so that nothing is run twice for nothing.
"""

import asyncio
import base64
import copy
import hashlib
import io
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import nbformat
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from PIL import Image

from gobi import data, kernels

#: Longest time one cell may take, in seconds. Lessons take a few seconds in all.
CELL_TIMEOUT = 120

_ADDRESS = re.compile(r"0x[0-9a-f]{6,}")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_WIDGET_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
_WIDGET_STATE = "application/vnd.jupyter.widget-state+json"


class NotebookError(Exception):
    """A notebook cannot be read or does not run; the message is one sentence for people."""


def lessons(root: Path) -> list[Path]:
    """Return the lesson notebooks of the course, in teaching order.

    Args:
        root: the course folder, the one that holds ``modules``.
    """
    return sorted(root.glob("modules/[0-9][0-9]_*/[0-9][0-9]_*.ipynb"))


def practice_files(root: Path) -> list[Path]:
    """Return the files that lessons practise on, without the scripts that made them.

    Args:
        root: the course folder.
    """
    paths = sorted(root.glob("modules/[0-9][0-9]_*/practice/*"))
    return [path for path in paths if path.is_file() and path.suffix != ".py"]


def read(path: Path) -> nbformat.NotebookNode:
    """Read a notebook.

    Raises:
        NotebookError: the file is missing, is not a notebook or is broken.
    """
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except FileNotFoundError:
        raise NotebookError(f"The notebook {path} does not exist.") from None
    except (ValueError, nbformat.ValidationError, AttributeError, KeyError, TypeError):
        raise NotebookError(
            f"{path} is not a notebook that Jupyter can open; restore it from your copy."
        ) from None
    return notebook


def write(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Write a notebook in one step: a full disk or a killed process leaves the old file whole."""
    text = nbformat.writes(notebook)
    if not text.endswith("\n"):
        text += "\n"
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def stamp(notebook: nbformat.NotebookNode, root: Path) -> str:
    """Return a fingerprint of all that decides a lesson's outputs.

    That is its code, the datasets and practice files it names in its metadata (``datasets``,
    and ``files`` relative to the course folder), the chart style and the locked environment.

    Raises:
        gobi.data.DataError: the data package cannot be read.
    """
    digest = hashlib.sha256()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            digest.update(cell.source.encode() + b"\0")
    package = data.load_package(root / "datasets")
    resources = {resource["name"]: resource["path"] for resource in package["resources"]}
    for name in sorted(notebook.metadata.get("gobi", {}).get("datasets", [])):
        path = root / "datasets" / resources.get(name, name)
        digest.update(path.read_bytes() if path.is_file() else b"missing")
    practice = notebook.metadata.get("gobi", {}).get("files", [])
    styles = sorted(path.relative_to(root).as_posix() for path in root.glob("src/gobi/styles/*"))
    for name in ("uv.lock", "src/gobi/__init__.py", *styles, *sorted(practice)):
        if (root / name).is_file():
            digest.update((root / name).read_bytes())
    return digest.hexdigest()[:16]


def is_fresh(path: Path, root: Path) -> bool:
    """Say whether a lesson's stored outputs come from its present code, data and environment."""
    notebook = read(path)
    return notebook.metadata.get("gobi", {}).get("stamp") == stamp(notebook, root)


async def execute(path: Path) -> nbformat.NotebookNode:
    """Run a notebook in a fresh kernel, in its own folder, and return it with clean outputs.

    Raises:
        NotebookError: a cell fails, takes too long, or kills its kernel. The message names
            the notebook, the cell and the error.
    """
    notebook = read(path)
    manager = AsyncKernelManager(kernel_name="python3")
    if kernels.CAN_FORK:
        manager.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": kernels.NAME}
    client = NotebookClient(
        notebook,
        km=manager,
        timeout=CELL_TIMEOUT,
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    # Without nbclient's stand-in for output widgets: its messages on the kernel's socket make the
    # reply of an `interact` cell go unnoticed until the time is up, about every third run.
    client.widget_registry = {}
    try:
        await client.async_execute()
    except CellExecutionError as error:
        reason = _ANSI.sub("", f"{error.ename}: {error.evalue}").strip().splitlines()[0]
        raise NotebookError(
            f"{path.name} stops at {_where(notebook)}: {reason.rstrip('.')}. "
            "Mend that cell and run again; the outputs stored before are kept."
        ) from None
    except CellTimeoutError:
        raise NotebookError(
            f"{path.name}: {_where(notebook)} takes longer than {CELL_TIMEOUT} seconds; "
            "is there a loop that does not end?"
        ) from None
    except DeadKernelError:
        raise NotebookError(
            f"{path.name}: the kernel died at {_where(notebook)}; "
            "close other programs to free memory, and run again."
        ) from None
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)
    return normalise(notebook)


def _where(notebook: nbformat.NotebookNode) -> str:
    """Name the last code cell that was started, as a person would look for it."""
    started = [
        (number, cell)
        for number, cell in enumerate(notebook.cells, start=1)
        if cell.cell_type == "code" and cell.get("execution_count")
    ]
    failed = [
        (number, cell)
        for number, cell in started
        if any(output.output_type == "error" for output in cell.outputs)
    ]
    if not (failed or started):
        return "its first cell"
    number, cell = (failed or started)[-1]
    first_line = cell.source.strip().splitlines()[0] if cell.source.strip() else ""
    return f"cell {number} (“{first_line[:60]}”)"


def normalise(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a copy without what changes from run to run: times, addresses, widget ids."""
    clean = copy.deepcopy(notebook)
    clean.metadata.pop("language_info", None)
    clean.metadata["language_info"] = {"name": "python"}
    clean.metadata["kernelspec"] = {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    }
    for cell in clean.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if _is_shown(output, cell)]
            for output in cell.outputs:
                _normalise_output(output)
    return _stable_widget_ids(clean)


def _is_shown(output: nbformat.NotebookNode, cell: nbformat.NotebookNode) -> bool:
    """Say whether to keep an output: what no page shows would only weigh."""
    tags = cell.metadata.get("tags", [])
    if "remove-output" in tags:
        return False
    return "remove-cell" not in tags or _WIDGET_VIEW not in output.get("data", {})


def _normalise_output(output: nbformat.NotebookNode) -> None:
    if "text" in output:
        output["text"] = _ADDRESS.sub("0x…", output["text"])
    data = output.get("data", {})
    if "image/png" in data:
        data["image/png"] = _lighter(data["image/png"])
    for mime, value in data.items():
        if mime.startswith("text/") and isinstance(value, str):
            data[mime] = _ADDRESS.sub("0x…", value)


def _lighter(picture: str) -> str:
    """Reduce a chart to 256 colours: a third of the weight, no difference to the eye.

    Args:
        picture: a PNG in base64, as notebooks hold it.

    Returns:
        The lighter PNG, or the one given if that is lighter.
    """
    image = Image.open(io.BytesIO(base64.b64decode(picture))).convert("RGB")
    lighter = io.BytesIO()
    image.quantize(256).save(lighter, format="PNG", optimize=True)
    text = base64.b64encode(lighter.getvalue()).decode("ascii")
    return text if len(text) < len(picture) else picture


def _stable_widget_ids(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Number the widgets in the order in which the notebook shows them.

    ipywidgets gives each model a random 32-digit id; without this step the stored notebook
    would change on every run. Models that no output shows are left out.
    """
    state = notebook.metadata.get("widgets", {}).get(_WIDGET_STATE, {}).get("state", {})
    numbers = _number_widgets(notebook, state)
    if not numbers:
        notebook.metadata.pop("widgets", None)
        return notebook
    notebook.metadata["widgets"][_WIDGET_STATE]["state"] = {name: state[name] for name in numbers}
    text = nbformat.writes(notebook)
    for model, number in numbers.items():
        text = text.replace(model, number)
    return nbformat.reads(text, as_version=4)


def _number_widgets(notebook: nbformat.NotebookNode, state: dict) -> dict[str, str]:
    """Give each widget model that an output shows, or that links two such, a number."""
    refers = {name: _known_ids(body, state) for name, body in state.items()}
    shown = _known_ids([cell.get("outputs", []) for cell in notebook.cells], state)
    found: list[str] = []

    def follow(names: list[str]) -> None:
        for name in names:
            if name not in found:
                found.append(name)
                follow(refers[name])

    follow(shown)
    for name, body in state.items():
        if body["model_name"].endswith("LinkModel") and set(refers[name]) <= set(found):
            follow([name])
    return {name: f"{number:032d}" for number, name in enumerate(found, start=1)}


def _known_ids(value: object, state: dict) -> list[str]:
    return [name for name in _WIDGET_ID.findall(json.dumps(value)) if name in state]


def run(
    paths: Iterable[Path],
    root: Path,
    jobs: int = 2,
    report: Callable[[Path], None] = lambda path: None,
) -> list[Path]:
    """Run notebooks in parallel and store their outputs.

    Every notebook that runs is stored, also when another one fails: work done is kept.

    Args:
        paths: the notebooks.
        root: the course folder.
        jobs: how many run at the same time.
        report: called with the path of each notebook as soon as it is stored.

    Returns:
        The notebooks that were run.

    Raises:
        NotebookError: at least one notebook failed; the message holds a sentence for each.
    """
    paths = list(paths)
    failures = asyncio.run(_run_all(paths, root, max(1, jobs), report))
    if failures:
        raise NotebookError("\n".join(failures[path] for path in paths if path in failures))
    return paths


async def _run_all(
    paths: list[Path], root: Path, jobs: int, report: Callable[[Path], None]
) -> dict[Path, str]:
    """Run notebooks, so many at a time, and return what went wrong."""
    # One thread for all: the kernels do the work, and ZeroMQ's sockets do not like threads.
    places, failures = asyncio.Semaphore(jobs), {}

    async def run_one(path: Path) -> None:
        async with places:
            try:
                before = stamp(read(path), root)
                notebook = await execute(path)
            except NotebookError as error:
                failures[path] = str(error)
                return
        notebook.metadata.setdefault("gobi", {})["stamp"] = before
        write(notebook, path)
        report(path)

    await asyncio.gather(*(run_one(path) for path in paths))
    return failures


def stale(root: Path) -> list[Path]:
    """Return the lessons whose code, data or environment changed since their outputs were stored.

    Raises:
        NotebookError: a lesson cannot be read.
        gobi.data.DataError: the data package cannot be read.
    """
    return [path for path in lessons(root) if not is_fresh(path, root)]
