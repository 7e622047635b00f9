"""Each assignment: the right answers, no answers, and typical wrong ones get what they should.

The cells run in this process, one after another, as a kernel would run them. What learners might
write stands in ``assignment_cases``, one file for each module:

- ``POINTS``: graded cell → points, in the order of the questions;
- ``WRONG``: (test cell, what a learner might write, key of the message it gets);
- ``ALSO_RIGHT``: (test cell, another right way to write the answer);
- ``ANSWERS``: test cell → the text that no message may give away;
- ``SOLVED``: name → value that the reference solution finds.
"""

import ast
import importlib
import os
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT

from gobi import checks
from gobi.checks import CheckFailed

PATHS = sorted(ROOT.glob("modules/*/assignment.ipynb"))


class Assignment:
    """An assignment and its cases."""

    def __init__(self, path: Path) -> None:
        """Read the notebook at ``path`` and the cases of its module."""
        number, subject = path.parent.name.split("_", 1)
        self.path = path
        self.name = path.parent.name
        self.cases = importlib.import_module(f"assignment_cases.{subject}_{number}")
        self.notebook = nbformat.read(path, as_version=4)
        self.marked = [cell for cell in self.notebook.cells if "nbgrader" in cell.metadata]
        self.cells = {cell.metadata.nbgrader.grade_id: cell for cell in self.marked}
        self.graded = [name for name, c in self.cells.items() if c.metadata.nbgrader.grade]
        self.tests = [
            name for name in self.graded if not self.cells[name].metadata.nbgrader.solution
        ]
        self.solved_names: dict = {}

    def solution_of(self, test: str) -> str:
        """Return the code of the cell that answers a question."""
        return self.cells[test.replace("_test", "_answer")].source

    def stub_of(self, test: str) -> str:
        """Return the part of the solution cell that learners see."""
        before, rest = self.solution_of(test).split("### BEGIN SOLUTION")
        _, after = rest.split("### END SOLUTION")
        return before + after

    def solved(self) -> dict:
        """Return all names after the reference solution has run, and every test with it."""
        if not self.solved_names:
            here = Path.cwd()
            os.chdir(self.path.parent)  # as a kernel does
            try:
                for cell in self.notebook.cells:
                    if cell.cell_type == "code":
                        run(cell.source, self.solved_names)
            finally:
                os.chdir(here)
        return self.solved_names

    def message_for(self, test: str, code: str) -> str | None:
        """Return what the test cell says to this answer; None if the answer earns the points."""
        names = dict(self.solved())
        run(code, names)
        try:
            run(self.cells[test].source, names)
        except CheckFailed as failure:
            return str(failure)
        return None

    def sentence(self, key: str, test: str) -> list[str]:
        """Return the catalogue's sentence without the learner's part: name, unit, column."""
        text = checks._message(key, unit=self.unit_of(test), name="*", column="*", count="*")
        return text.split("*")

    def unit_of(self, test: str) -> str:
        """Return the unit that a test cell asks for, or nothing."""
        for call in self.calls(test):
            for keyword in call.keywords:
                if keyword.arg == "unit":
                    return keyword.value.value
        return ""

    def calls(self, test: str) -> list[ast.Call]:
        """Return the calls of gobi.checks in a test cell."""
        tree = ast.parse(self.cells[test].source)
        nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        return [node for node in nodes if ast.unparse(node.func).startswith("checks.")]


def run(source: str, names: dict) -> None:
    exec(compile(source, "<cell>", "exec"), names)


ASSIGNMENTS = [Assignment(path) for path in PATHS]
EACH = pytest.mark.parametrize("given", ASSIGNMENTS, ids=lambda given: given.name)


def each_case(table: str):
    """Run a test for each row of a table of cases, in every assignment."""
    rows = [(given, *row) for given in ASSIGNMENTS for row in getattr(given.cases, table)]
    names = "given, test, code, key" if table == "WRONG" else "given, test, code"
    return pytest.mark.parametrize(names, rows, ids=[f"{r[0].name}-{r[1]}" for r in rows])


def each_test():
    """Run a test for each autograded question of every assignment."""
    rows = [(given, test) for given in ASSIGNMENTS for test in given.tests]
    names = [f"{given.name}-{test}" for given, test in rows]
    return pytest.mark.parametrize(("given", "test"), rows, ids=names)


@EACH
def test_reference_solution_earns_all_points(given):
    solved = given.solved()
    for name, value in given.cases.SOLVED.items():
        assert solved[name] == value


@EACH
def test_points(given):
    points = {name: given.cells[name].metadata.nbgrader.points for name in given.graded}
    assert points == given.cases.POINTS
    assert sum(points.values()) == 40
    manual = len(given.graded) - len(given.tests)
    assert 8 <= len(given.tests) <= 14
    assert 1 <= manual <= 3


@EACH
def test_question_text_names_the_points(given):
    text = "\n".join(c.source for c in given.notebook.cells if c.cell_type == "markdown")
    for number, points in enumerate(given.cases.POINTS.values(), start=1):
        assert f"### Question {number} ({points} points)" in text


@each_test()
def test_stub_earns_nothing(given, test):
    assert "is not answered yet" in given.message_for(test, given.stub_of(test))


@each_case("WRONG")
def test_wrong_answer_is_named(given, test, code, key):
    message = given.message_for(test, code)
    assert message is not None
    for part in given.sentence(key, test):
        assert part in message


@each_case("WRONG")
def test_message_does_not_give_the_answer(given, test, code, key):
    message = given.message_for(test, code)
    for name in given.solved():
        message = message.replace(name, "") if isinstance(name, str) else message
    assert test not in given.cases.ANSWERS or given.cases.ANSWERS[test] not in message


@each_test()
def test_each_question_has_two_wrong_answers_here(given, test):
    assert sum(name == test for name, _, _ in given.cases.WRONG) >= 2


@each_case("ALSO_RIGHT")
def test_other_ways_are_right_too(given, test, code):
    assert given.message_for(test, code) is None


@each_test()
def test_hidden_tests_name_messages_that_exist(given, test):
    catalogue = checks._catalogue()
    for call in given.calls(test):
        for keyword in call.keywords:
            if keyword.arg == "near":
                assert set(ast.literal_eval(keyword.value)) <= set(catalogue)


@each_test()
def test_each_test_cell_helps_before_it_decides(given, test):
    visible, hidden = given.cells[test].source.split("### BEGIN HIDDEN TESTS")
    assert "checks." in visible
    assert "checks." in hidden
    assert hidden.rstrip().endswith("### END HIDDEN TESTS")


@EACH
def test_notebook_is_clean(given):
    code = [cell for cell in given.notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)
    assert given.notebook.metadata.gobi.assignment == given.name
    assert len(given.marked) == len(given.cells), "a grade_id is used twice"
