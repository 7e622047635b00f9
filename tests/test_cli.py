"""What people see when something is wrong: one clear sentence, exit code 1, nothing lost."""

import asyncio
import hashlib
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from gobi import learner, machine, notebooks, sessions

GOBI = Path(sys.executable).parent / "gobi"
LESSON = "modules/03_analysis/01_what_has_the_mine_produced.ipynb"


def gobi(folder: Path, *words: str, **options) -> subprocess.CompletedProcess:
    """Run the gobi command in a folder, as a person would."""
    environment = os.environ | {"COLUMNS": "200", "NO_COLOR": "1"}
    environment.pop("GOBI_DATASETS", None)
    return subprocess.run(
        [str(GOBI), *words],
        cwd=folder,
        capture_output=True,
        text=True,
        env=environment,
        timeout=300,
        check=False,
        **options,
    )


def assert_one_sentence(result: subprocess.CompletedProcess, *words: str) -> None:
    """The command failed, said so once, without a traceback, and with these words."""
    assert result.returncode == 1, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.count("Stopped:") == 1
    for word in words:
        assert word in result.stderr


def checksums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def finished(course_copy: Path) -> tuple[Path, dict[str, str]]:
    """A course whose book was made before, and the checksums of that book."""
    book = course_copy / "_build" / "book"
    book.mkdir(parents=True)
    (book / "index.html").write_text("the edition before")
    (book / ".made-by-gobi-book").write_text("an older fingerprint")
    return course_copy, checksums(book)


def break_cell(path: Path, code: str) -> None:
    """Put failing code into a lesson's second code cell."""
    notebook = nbformat.read(path, as_version=4)
    [cell for cell in notebook.cells if cell.cell_type == "code"][1].source = code
    nbformat.write(notebook, path)


def test_help_names_every_command():
    result = gobi(Path.cwd(), "--help")
    assert result.returncode == 0
    for name in ("book", "lab", "run", "check", "classroom", "data"):
        assert name in result.stdout


def test_failing_cell(finished):
    course, before = finished
    break_cell(course / LESSON, "total = copper_in_konzentrate + 1")
    result = gobi(course, "book")
    assert_one_sentence(result, LESSON.split("/")[-1], "copper_in_konzentrate", "kept")
    assert checksums(course / "_build" / "book") == before


def test_failing_cell_keeps_stored_outputs(course_copy: Path):
    path = course_copy / LESSON
    break_cell(path, "1 / 0")
    before = path.read_bytes()
    assert_one_sentence(gobi(course_copy, "run", LESSON), "ZeroDivisionError", "cell")
    assert path.read_bytes() == before


def test_missing_dataset(finished):
    course, before = finished
    (course / "datasets" / "mine_production.csv").unlink()
    assert_one_sentence(gobi(course, "book"), "mine_production.csv", "missing")
    assert checksums(course / "_build" / "book") == before


def test_misspelt_dataset_offers_the_right_name(course_copy: Path):
    break_cell(course_copy / LESSON, 'from gobi import dataset\ndataset("mine_produktion")')
    result = gobi(course_copy, "run", LESSON)
    assert_one_sentence(result, "mine_produktion", "Did you mean 'mine_production'?")


def test_csv_in_cp1251(finished):
    course, before = finished
    table = course / "datasets" / "place_soums.csv"
    table.write_bytes(table.read_text(encoding="utf-8").encode("cp1251", errors="replace"))
    result = gobi(course, "data", "validate")
    assert result.returncode == 1
    assert "place_soums" in result.stderr
    assert "UTF-8" in result.stderr
    assert "Traceback" not in result.stderr
    book = gobi(course, "book")
    assert_one_sentence(book, "place_soums", "UTF-8")
    assert checksums(course / "_build" / "book") == before


def test_broken_datapackage(finished):
    course, before = finished
    package = course / "datasets" / "datapackage.json"
    package.write_text(package.read_text(encoding="utf-8")[:-200], encoding="utf-8")
    for command in (("book",), ("data", "list"), ("data", "validate"), ("run",)):
        assert_one_sentence(gobi(course, *command), "datapackage.json", "line")
    assert checksums(course / "_build" / "book") == before


def test_broken_notebook(finished):
    course, before = finished
    (course / LESSON).write_text("{ not a notebook", encoding="utf-8")
    assert_one_sentence(gobi(course, "book"), LESSON.split("/")[-1], "not a notebook")
    assert checksums(course / "_build" / "book") == before


def test_broken_link_in_a_page(finished):
    course, before = finished
    with (course / "index.md").open("a", encoding="utf-8") as page:
        page.write("\n[nowhere](modules/nowhere.md)\n")
    assert_one_sentence(gobi(course, "book"), "index.md", "nowhere", "kept")
    assert checksums(course / "_build" / "book") == before


def test_output_folder_with_other_files(course_copy: Path):
    folder = course_copy / "holiday"
    folder.mkdir()
    (folder / "photo.txt").write_text("mine")
    assert_one_sentence(gobi(course_copy, "book", "--output", "holiday"), "other files", "--output")
    assert checksums(folder) == {"photo.txt": hashlib.sha256(b"mine").hexdigest()}


def full_disk() -> None:
    """Let no file grow over 20 kB: the operating system refuses as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def test_full_disk_while_making_the_book(finished):
    course, before = finished
    result = gobi(course, "book", preexec_fn=full_disk)
    assert_one_sentence(result, "disk is full", "kept")
    assert checksums(course / "_build" / "book") == before


def test_full_disk_while_storing_outputs(course_copy: Path):
    before = checksums(course_copy / "modules")
    result = gobi(course_copy, "run", LESSON, preexec_fn=full_disk)
    assert_one_sentence(result, "disk is full")
    assert checksums(course_copy / "modules") == before


def test_occupied_port(course_copy: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = gobi(course_copy, "lab", "--no-browser", "--port", str(port))
    assert_one_sentence(result, str(port), "another program", "--port")


def test_lab_copy_has_no_solutions(course_copy: Path):
    result = gobi(course_copy, "lab", "--copy-only")
    assert result.returncode == 0, result.stderr
    mine = course_copy / "my-course"
    for path in notebooks.lessons(course_copy):
        copy = (mine / path.relative_to(course_copy)).read_text(encoding="utf-8")
        kept = nbformat.reads(copy, as_version=4)
        for cell in notebooks.read(path).cells:
            if sessions.has_tag(cell, "trainer") or sessions.has_tag(cell, "solution"):
                assert cell.source not in [other.source for other in kept.cells]
        assert not any(cell.get("outputs") for cell in kept.cells)
    assignment = (mine / "modules/03_analysis/assignment.ipynb").read_text(encoding="utf-8")
    for secret in ("BEGIN SOLUTION", "HIDDEN TESTS", "checks.equals"):
        assert secret not in assignment
    assert not list(mine.rglob("*session*"))


def test_lab_never_overwrites(course_copy: Path):
    assert gobi(course_copy, "lab", "--copy-only").returncode == 0
    work = course_copy / "my-course" / LESSON
    work.write_text("my answers", encoding="utf-8")
    (course_copy / "my-course" / "datasets" / "mine_production.csv").unlink()
    result = gobi(course_copy, "lab", "--copy-only")
    assert result.returncode == 0
    assert work.read_text(encoding="utf-8") == "my answers"
    assert LESSON in result.stdout
    assert (course_copy / "my-course" / "datasets" / "mine_production.csv").is_file()


def test_lab_refuses_the_course_itself(course_copy: Path):
    for folder in (".", "modules", "datasets/inside"):
        assert_one_sentence(
            gobi(course_copy, "lab", folder, "--copy-only"), "choose another folder"
        )


def test_lesson_runs_in_the_learners_copy(course_copy: Path, tmp_path: Path):
    """The copy works alone: its data is found from its own folders, not from the course."""
    copy = tmp_path / "elsewhere"
    learner.make_copy(course_copy, copy)
    shutil.rmtree(course_copy / "datasets")
    made = asyncio.run(notebooks.execute(copy / LESSON))
    assert any(cell.get("outputs") for cell in made.cells)


def test_check_is_green_here(root: Path):
    result = gobi(root, "check")
    assert result.returncode == 0, result.stdout
    assert "Ready for the course." in result.stdout


def test_check_is_red_with_advice(course_copy: Path):
    (course_copy / "datasets" / "mine_production.csv").unlink()
    result = gobi(course_copy, "check")
    assert result.returncode == 1
    assert "NO" in result.stdout
    assert "Not ready yet" in result.stdout
    assert "gobi data validate" in result.stdout


def test_check_says_what_to_do(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(machine, "memory_gb", lambda: 1.0)
    assert not machine.check_memory().ok
    assert "Close other programs" in machine.check_memory().advice
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 0))
    assert not machine.check_disk(tmp_path).ok
    assert not machine.check_write_access(tmp_path / "not there").ok


def test_data_commands(root: Path):
    listed = gobi(root, "data", "list")
    assert listed.returncode == 0
    assert "mine_production" in listed.stdout
    described = gobi(root, "data", "describe", "mine_production")
    assert described.returncode == 0
    assert "cannot" in described.stdout.lower()
    assert gobi(root, "data", "validate").returncode == 0
    assert_one_sentence(gobi(root, "data", "describe", "mine_produktion"), "mine_production")


def test_run_says_when_nothing_is_to_do(root: Path):
    result = gobi(root, "run")
    assert result.returncode == 0
    assert "up to date" in result.stdout


def test_stamp_follows_code_data_and_environment(course_copy: Path):
    path = course_copy / LESSON
    stored = notebooks.read(path)
    assert notebooks.is_fresh(path, course_copy)
    table = course_copy / "datasets" / "mine_production.csv"
    table.write_text(table.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert not notebooks.is_fresh(path, course_copy)
    other = json.loads(json.dumps(stored))
    other = nbformat.from_dict(other)
    other.cells[0].source += " (text may change)"
    assert notebooks.stamp(other, course_copy) == notebooks.stamp(stored, course_copy)
