"""Every lesson keeps the shape, the limits and the promises that CONTRIBUTING.md describes."""

import asyncio
import io
import re
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from PIL import Image, ImageChops, ImageStat
from reading import grade, long_sentences, reader_text

from gobi import notebooks, sessions
from gobi.data import load_package

LESSONS = notebooks.lessons(ROOT)
IDS = [f"{path.parent.name[:2]}-{path.stem}" for path in LESSONS]
MANY = pytest.mark.parametrize("path", LESSONS, ids=IDS)

#: Headings every lesson has, in this order.
HEADINGS = (
    "What this cannot tell us",
    "Who is missing?",
    "Key points",
    "Share it",
    "Without a computer",
    "Sources",
)


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def alt_text(cell: nbformat.NotebookNode) -> str:
    return cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")


def has_figure(cell: nbformat.NotebookNode) -> bool:
    return any("image/png" in output.get("data", {}) for output in cell.outputs)


def test_there_are_lessons():
    assert len(LESSONS) >= 3


@MANY
def test_outputs_are_up_to_date(path: Path):
    assert notebooks.is_fresh(path, ROOT), f"run: gobi run {path.relative_to(ROOT)}"


@MANY
def test_headings_come_in_order(path: Path):
    text = reader_text(notebooks.read(path))
    found = re.findall(r"^##+ (.+)$", text, re.MULTILINE)
    places = [
        next((n for n, heading in enumerate(found) if heading.startswith(wanted)), None)
        for wanted in HEADINGS
    ]
    assert None not in places, f"missing: {HEADINGS[places.index(None)]}"
    assert places == sorted(places)
    assert text.count("<details>") >= 2, "a lesson needs at least two 'Check yourself'"
    assert any("Exercise" in heading for heading in found)
    assert any("If you have more time" in heading for heading in found)


@MANY
def test_box_and_metadata_say_the_same(path: Path):
    notebook = notebooks.read(path)
    facts, box = notebook.metadata["gobi"], "\n".join(c.source for c in notebook.cells[:2])
    number = f"{path.parent.name[:2].lstrip('0')}.{path.stem[:2].lstrip('0')}"
    assert facts["lesson"] == number
    assert sessions.title(notebook).startswith(number)
    assert sessions.title(notebook).endswith("?")
    for part in ("**Time**", "**You will be able to**", "**You need**", "**Data**"):
        assert part in box
    for minutes in facts["minutes"].values():
        assert re.search(rf"\b{minutes}\b", box), f"{minutes} minutes are not in the box"
    for outcome in facts["outcomes"]:
        assert outcome.rstrip(".") in box
    for name in facts["datasets"]:
        assert f"../../datasets/{name}.md" in box


@MANY
def test_minutes_add_up(path: Path):
    notebook = notebooks.read(path)
    planned = sum(notebook.metadata["gobi"]["minutes"].values())
    assert 45 <= planned <= 75
    assert sum(note["minutes"] for note in sessions.trainer_notes(notebook)) == planned


@MANY
def test_named_datasets_are_the_used_ones(path: Path):
    notebook = notebooks.read(path)
    code = "\n".join(cell.source for cell in code_cells(notebook))
    used = set(re.findall(r"\bdataset\(\s*[\"'](\w+)[\"']\s*\)", code))
    assert used == set(notebook.metadata["gobi"]["datasets"])


@MANY
def test_data_of_a_lesson_is_light(path: Path):
    folder = ROOT / "datasets"
    sizes = {each["name"]: each["bytes"] for each in load_package(folder)["resources"]}
    facts = notebooks.read(path).metadata["gobi"]
    files = [(ROOT / name).stat().st_size for name in facts.get("files", [])]
    assert sum(sizes[name] for name in facts["datasets"]) + sum(files) < 1_000_000


@MANY
def test_code_is_plain(path: Path):
    for cell in code_cells(notebooks.read(path)):
        lines = cell.source.strip().splitlines()
        assert len(lines) <= 15, f"{len(lines)} lines: {lines[0]}"
        assert max(map(len, lines), default=0) <= 100
        assert "lambda" not in cell.source
        assert not re.search(r"^\s*from gobi\.", cell.source, re.MULTILINE)


@MANY
def test_tags_hide_what_is_for_trainers(path: Path):
    notebook = notebooks.read(path)
    for cell in notebook.cells:
        if sessions.has_tag(cell, "trainer") or sessions.has_tag(cell, "solution"):
            assert sessions.has_tag(cell, "remove-cell")
    tags = [tag for cell in notebook.cells for tag in cell.metadata.get("tags", [])]
    assert "trainer" in tags
    assert tags.count("exercise") >= 1
    assert tags.count("solution") >= 1


@MANY
def test_every_exercise_has_a_solution_that_runs(path: Path):
    cells = code_cells(notebooks.read(path))
    kinds = [
        tag for cell in cells for tag in ("exercise", "solution") if sessions.has_tag(cell, tag)
    ]
    assert "exercise" in kinds
    for number, kind in enumerate(kinds):
        if kind == "exercise":
            assert kinds[number + 1 : number + 2] == ["solution"], "an exercise without solution"


@MANY
def test_every_figure_has_alt_text_and_source_line(path: Path):
    figures = [cell for cell in code_cells(notebooks.read(path)) if has_figure(cell)]
    for cell in figures:
        first = cell.source.splitlines()[0]
        assert 60 <= len(alt_text(cell)) <= 600, f"alt text of: {first}"
        assert "Source" in cell.source or "draw" in cell.source, f"no source line: {first}"


@MANY
def test_no_warning_and_no_error_in_outputs(path: Path):
    for cell in code_cells(notebooks.read(path)):
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("name") != "stderr", output.get("text", "")[:200]


@MANY
def test_file_is_light(path: Path):
    assert path.stat().st_size < 600_000


@MANY
def test_sentences_are_short(path: Path):
    long = long_sentences(reader_text(notebooks.read(path)))
    assert not long, "\n".join(long)


@MANY
def test_lesson_reads_easily(path: Path):
    assert grade(reader_text(notebooks.read(path))) < 5


@pytest.fixture(scope="module")
def fresh() -> dict[Path, nbformat.NotebookNode]:
    """Every lesson run anew, once for all tests of this file."""
    return {path: asyncio.run(notebooks.execute(path)) for path in LESSONS}


@MANY
def test_figures_look_the_same_when_run_again(path: Path, fresh):
    compared = 0
    for stored, new in zip(code_cells(notebooks.read(path)), code_cells(fresh[path]), strict=True):
        assert has_figure(stored) == has_figure(new)
        for before, after in zip(pictures(stored), pictures(new), strict=True):
            assert before.size == after.size
            difference = ImageStat.Stat(ImageChops.difference(before, after)).mean
            assert max(difference) < 0.5, f"the figure changed: {stored.source.splitlines()[0]}"
            compared += 1
    assert compared >= 1, "a lesson without a figure"


def pictures(cell: nbformat.NotebookNode) -> list[Image.Image]:
    import base64

    return [
        Image.open(io.BytesIO(base64.b64decode(output["data"]["image/png"]))).convert("RGB")
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    ]


@MANY
def test_running_again_changes_nothing_but_figures(path: Path, fresh):
    """Normalised outputs are the same byte for byte, widget state included."""
    for stored, new in zip(code_cells(notebooks.read(path)), code_cells(fresh[path]), strict=True):
        for before, after in zip(stored.outputs, new.outputs, strict=True):
            for output in (before, after):
                output.get("data", {}).pop("image/png", None)
            assert before == after
    stored_widgets = notebooks.read(path).metadata.get("widgets")
    assert stored_widgets == fresh[path].metadata.get("widgets")
