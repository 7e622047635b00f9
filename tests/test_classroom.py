"""A classroom from the first command to the marks, with nbgrader's own commands.

Three learners fetch, work and submit through the exchange. All tests run under one user
account, so each hands in with ``nbgrader submit --student NAME``. Only the first command runs
as a program of its own; the others run in this process, which saves four seconds each.
"""

import copy
import csv
import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from html.parser import HTMLParser

import nbformat
import pytest

from gobi import classroom, learner
from gobi.classroom import ClassroomError

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own warnings are not ours

ASSIGNMENT = "03_analysis"
LEARNERS = ("empty", "half", "perfect")
HALF = {"q01": 2, "q03": 3, "q04": 2, "q05": 2, "q06": 2}
FULL = HALF | {"q02": 2, "q07": 3, "q08": 2, "q09": 3, "q10": 2, "q11": 3, "q12": 2}
HIDDEN_NUMBERS = ("-61.9", "1840.97", "362.244", "2.98753", "3.1293", "29.1885", "64.1667")
HOSTILE = (
    "<script src='https://example.org/a.js'></script><img src='https://example.org/a.png' "
    "onerror='alert(1)'><iframe src='//example.org'></iframe><a href='javascript:alert(1)'>go</a>"
)
SHOW_HOSTILE = f"""
from IPython.display import HTML, Javascript, display
display(HTML({HOSTILE!r}), Javascript("fetch('https://example.org')"))
"""


# --- Making the folder -----------------------------------------------------------------------


def test_create_makes_settings_and_names_the_next_steps(root, tmp_path):
    steps = classroom.create(tmp_path / "Ханбогд 2027", root)
    config = tmp_path / "Ханбогд 2027" / "nbgrader_config.py"
    assert f'Path("{root.as_posix()}")' in config.read_text(encoding="utf-8")
    assert "$" not in config.read_text(encoding="utf-8")
    assert any("nbgrader generate_assignment" in step for step in steps)


def test_create_again_changes_nothing(root, tmp_path):
    folder = tmp_path / "room"
    classroom.create(folder, root)
    config = folder / "nbgrader_config.py"
    config.write_text(config.read_text(encoding="utf-8") + "\n# mine\n", encoding="utf-8")
    (folder / "gradebook.db").write_text("marks", encoding="utf-8")
    assert "nothing was changed" in classroom.create(folder, root)[0]
    assert config.read_text(encoding="utf-8").endswith("# mine\n")
    assert (folder / "gradebook.db").read_text(encoding="utf-8") == "marks"


@pytest.mark.parametrize("inside", [".", "modules", "classroom", "modules/03_analysis/room"])
def test_create_refuses_the_course_itself(root, inside):
    with pytest.raises(ClassroomError, match="inside the course"):
        classroom.create(root / inside, root)


@pytest.mark.parametrize("name", ["gradebook.db", "letter.txt", "nbgrader_config.py"])
def test_create_refuses_a_folder_with_other_files(root, tmp_path, name):
    (tmp_path / name).write_text("c = get_config()", encoding="utf-8")
    with pytest.raises(ClassroomError, match="other files"):
        classroom.create(tmp_path, root)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_create_refuses_a_file(root, tmp_path):
    (tmp_path / "room").write_text("", encoding="utf-8")
    with pytest.raises(ClassroomError, match="is a file"):
        classroom.create(tmp_path / "room", root)


@pytest.mark.parametrize("name", ["room (2)", "room [a]", "a+b", "room$"])
def test_create_refuses_paths_that_nbgrader_cannot_handle(root, tmp_path, name):
    with pytest.raises(ClassroomError, match="nbgrader cannot handle"):
        classroom.create(tmp_path / name, root)
    (tmp_path / name / "modules").mkdir(parents=True)
    with pytest.raises(ClassroomError, match="nbgrader cannot handle"):
        classroom.create(tmp_path / "room", tmp_path / name)


def test_create_refuses_a_folder_that_is_no_course(tmp_path):
    with pytest.raises(ClassroomError, match="no folder 'modules'"):
        classroom.create(tmp_path / "room", tmp_path / "nothing")


# --- The whole chain -------------------------------------------------------------------------


def nbgrader(*arguments):
    """Run an nbgrader command in this process, in the folder we are in."""
    from jupyter_core.application import NoStart
    from nbgrader.apps import NbGraderApp

    app = NbGraderApp.instance()
    try:
        app.initialize(list(arguments))
        with suppress(NoStart):  # how the app says that its sub-command is done
            app.start()
    finally:
        app.reset()


def cell(notebook, grade_id):
    return next(
        c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def solve(notebook, source, questions):
    for question in questions:
        solution = cell(source, f"{question}_answer").source
        cell(notebook, f"{question}_answer").source = solution


def work_perfectly(notebook, source):
    solve(notebook, source, FULL)
    cell(notebook, "q15_sentences").source = "Мал олон. Хүснэгтээс харав. Эзнийг нь хэлэхгүй."


def work_by_half(notebook, source):
    """Solve five questions, and do to the others what learners do."""
    solve(notebook, source, HALF)
    cell(notebook, "q02_answer").source = "gold_change_percent = (114.3 - 300) / 300"
    notebook.cells.remove(cell(notebook, "q06_test"))
    cell(notebook, "q08_test").source = "print('All is well')"
    cell(notebook, "q09_answer").source = "mine_km = 1 / 0"
    cell(notebook, "q10_answer").source = "# I do not know."
    cell(notebook, "q15_sentences").source = f"The mine produced **copper**. {HOSTILE}"
    notebook.cells.append(nbformat.v4.new_code_cell(SHOW_HOSTILE))
    notebook.cells.append(nbformat.v4.new_code_cell("soums[['soum', 'soum_mn']].head(1)"))


WORK = {"empty": None, "half": work_by_half, "perfect": work_perfectly}


def hand_in(name, home, source):
    """Fetch the assignment, work on it and submit it, as one learner."""
    home.mkdir()
    here = f"--Exchange.assignment_dir={home}"
    nbgrader("fetch_assignment", ASSIGNMENT, here)
    path = home / ASSIGNMENT / "assignment.ipynb"
    if WORK[name]:
        notebook = nbformat.read(path, as_version=4)
        WORK[name](notebook, source)
        nbformat.write(notebook, path)
    nbgrader("submit", ASSIGNMENT, here, f"--student={name}")


@pytest.fixture(scope="module")
def source(root):
    return nbformat.read(root / "modules" / ASSIGNMENT / "assignment.ipynb", as_version=4)


@pytest.fixture(scope="module")
def course(root, tmp_path_factory):
    """The course as a grader has it, with lessons and pages beside the assignment."""
    course = tmp_path_factory.mktemp("grader") / "course 1.0"
    shutil.copytree(root / "datasets", course / "datasets")
    module = course / "modules" / ASSIGNMENT
    module.mkdir(parents=True)
    shutil.copy(root / "modules" / ASSIGNMENT / "assignment.ipynb", module)
    lesson = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    nbformat.write(lesson, module / "01_production.ipynb")
    (module / "index.md").write_text("# Module 3\n", encoding="utf-8")
    (module / "takeaway.md").write_text("# Take away\n", encoding="utf-8")
    return course


@pytest.fixture(scope="module")
def graded(course, source, tmp_path_factory):
    """A classroom in which everything has been done once."""
    base = tmp_path_factory.mktemp("classroom")
    room = base / "Khanbogd 2027"
    classroom.create(room, course)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(base / name.lower()))
        patch.delenv("GOBI_DATASETS", raising=False)
        patch.chdir(room)
        make_release_as_a_program(room)
        patch.setenv("PATH", os.environ["PATH"])  # put back what the settings change
        patch.setenv("GOBI_DATASETS", str(course / "datasets"))
        patch.setattr(sys, "path", list(sys.path))
        nbgrader("release_assignment", ASSIGNMENT)
        for name in LEARNERS:
            hand_in(name, base / name, source)
        nbgrader("collect", ASSIGNMENT)
        nbgrader("autograde", ASSIGNMENT)
        waiting = marks_of_autograder(room)
        mark_by_hand(room, "perfect", 3, "Тод бөгөөд үнэн.")
        nbgrader("generate_feedback", ASSIGNMENT)
        nbgrader("release_feedback", ASSIGNMENT)
        nbgrader("export", "--to", "marks.csv")
        yield room, waiting


def make_release_as_a_program(room):
    """Run the first command as people do, but without the environment's programs on PATH."""
    environment = {**os.environ, "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", ASSIGNMENT]
    done = subprocess.run(
        command, cwd=room, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def marks_of_autograder(room):
    """Return learner → (question → automatic mark, whether a person has to look)."""
    from nbgrader.api import Gradebook

    found = {}
    with Gradebook(f"sqlite:///{room / 'gradebook.db'}") as gradebook:
        for name in LEARNERS:
            submission = gradebook.find_submission(ASSIGNMENT, name)
            grades = submission.notebooks[0].grades
            marks = {grade.name: grade.auto_score for grade in grades}
            found[name] = (marks, submission.needs_manual_grade)
    return found


def mark_by_hand(room, name, points, comment):
    """Do what formgrader does when a grader types points and a comment."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{room / 'gradebook.db'}") as gradebook:
        place = ("q15_sentences", "assignment", ASSIGNMENT, name)
        grade = gradebook.find_grade(*place)
        grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.find_comment(*place).manual_comment = comment
        gradebook.db.commit()


def test_release_holds_nothing_secret(graded, source):
    room, _ = graded
    path = room / "release" / ASSIGNMENT / "assignment.ipynb"
    text = path.read_text(encoding="utf-8")
    for secret in ("BEGIN SOLUTION", "HIDDEN TESTS", "checks.equals", "same_text", "near="):
        assert secret not in text
    for number in HIDDEN_NUMBERS:
        assert number not in text
    released = nbformat.read(path, as_version=4)
    for question in FULL:
        solution = cell(source, f"{question}_answer").source
        secret_lines = solution.split("### BEGIN SOLUTION\n")[1].split("\n### END SOLUTION")[0]
        seen = cell(released, f"{question}_answer").source.splitlines()
        assert not set(secret_lines.splitlines()) & set(seen)
    assert cell(released, "q01_answer").source == "sure_years = ...\n# Write your code here."
    assert cell(released, "q15_sentences").source == "YOUR ANSWER HERE"


def test_only_the_assignment_is_handed_out(graded):
    room, _ = graded
    for folder in (room / "release", room / "exchange" / room.name / "outbound"):
        files = [path.name for path in folder.rglob("*") if path.is_file()]
        assert files == ["assignment.ipynb"]


def test_learners_copy_is_the_released_version(graded, source):
    room, _ = graded
    released = nbformat.read(room / "release" / ASSIGNMENT / "assignment.ipynb", as_version=4)
    mine = learner.assignment_for_learners(copy.deepcopy(source))
    assert [c.source for c in mine.cells] == [c.source for c in released.cells]


def test_marks_for_each_question(graded):
    _, found = graded
    for name, earned in {"perfect": FULL, "half": HALF, "empty": {}}.items():
        marks, _ = found[name]
        expected = {f"{question}_test": earned.get(question, 0) for question in FULL}
        assert {key: mark for key, mark in marks.items() if key.endswith("_test")} == expected


def test_a_person_marks_what_was_written(graded):
    _, found = graded
    waiting = {name: needs for name, (_, needs) in found.items()}
    assert waiting == {"perfect": True, "half": True, "empty": False}
    assert found["perfect"][0]["q15_sentences"] is None
    assert found["empty"][0]["q15_sentences"] == 0


def test_marks_table(graded):
    room, _ = graded
    with (room / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    scores = {name: float(row["score"]) for name, row in rows.items()}
    assert scores == {"perfect": 31, "half": 11, "empty": 0}
    assert {float(row["max_score"]) for row in rows.values()} == {40}


class Loaded(HTMLParser):
    """Collects what a page loads when it is opened."""

    def __init__(self):
        """Begin with nothing."""
        super().__init__()
        self.addresses = []

    def handle_starttag(self, tag, attrs):
        """Note what this tag loads; a plain link to click on loads nothing."""
        if tag != "a":
            self.addresses += [value for key, value in attrs if key in ("src", "href", "data")]


def feedback_of(room, name):
    page = room / "feedback" / name / ASSIGNMENT / "assignment.html"
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LEARNERS)
def test_feedback_loads_nothing_from_elsewhere(graded, name):
    html = feedback_of(graded[0], name)
    page = Loaded()
    page.feed(html)
    elsewhere = [value for value in page.addresses if re.match(r"(https?:)?//", value or "")]
    assert elsewhere == []
    assert not re.findall(r"(?:url\(|@import|import .* from)\s*['\"]?(?:https?:)?//", html)


@pytest.mark.parametrize("name", LEARNERS)
def test_feedback_shows_no_hidden_test(graded, name):
    html = feedback_of(graded[0], name)
    text = re.sub(r"<[^>]+>", "", html)
    assert "HIDDEN TESTS" not in text
    assert "checks.equals" not in text
    assert "near=" not in text
    if name != "perfect":
        for number in ("-61.9", "3.1293", "29.1885", "64.1667"):
            assert number not in text


def test_feedback_keeps_a_learners_page_harmless(graded):
    html = feedback_of(graded[0], "half")
    assert "<strong>copper</strong>" in html
    assert "<td>Даланзадгад</td>" in html
    assert "<script" not in html
    assert not re.search(r"<[^>]+(onerror|javascript:)", html)


def test_feedback_says_how_an_answer_is_wrong(graded):
    room, _ = graded
    half = feedback_of(room, "half")
    assert "gold_change_percent looks like a fraction" in half
    assert "mining_share_percent is not answered yet" in half
    assert "NameError: name 'older_per_100' is not defined" in half
    assert "Тод бөгөөд үнэн." in feedback_of(room, "perfect")
    assert len(list((room / "exchange" / room.name / "feedback").glob("*.html"))) == 3


def test_grading_leaves_the_course_as_it_was(graded, course):
    files = {path.name for path in (course / "modules").rglob("*") if path.is_file()}
    assert files == {"assignment.ipynb", "01_production.ipynb", "index.md", "takeaway.md"}
