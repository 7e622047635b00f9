"""What pages about a learner's work may show. ``nbgrader_config.py`` names these steps."""

import re

import bleach
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.utils import is_grade, is_solution
from traitlets import List

__all__ = ["CleanTestCells", "safe_html"]

TAGS = bleach.ALLOWED_TAGS | frozenset(
    "br caption dd del details div dl dt h1 h2 h3 h4 h5 h6 hr img p pre span "  # noqa: SIM905
    "sub summary sup table tbody td th thead tr".split()
)
ATTRIBUTES = ("alt", "class", "colspan", "id", "rowspan", "title")
LINKS = ("http://", "https://", "mailto:")


class CleanTestCells(ClearHiddenTests):
    """Take the hidden tests out of feedback, and the tracebacks that quote their lines."""

    # nbconvert sets this for all its steps, and warns if one does not know it.
    display_data_priority = List().tag(config=True)

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, cell_index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Clean one cell, if it is a test cell; see nbconvert's ``Preprocessor``."""
        if cell.cell_type != "code" or not is_grade(cell) or is_solution(cell):
            return cell, resources
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        for output in cell.outputs:
            if output.output_type == "error":
                output.traceback = [_one_line(output)]
        return cell, resources


def safe_html(html: str) -> str:
    """Return HTML that a learner wrote, without what could act on the page or load anything.

    Texts, tables, links and pictures inside the notebook stay. Scripts, styles, frames and
    pictures from elsewhere go: a grader opens these pages with a grader's rights.
    """
    html = re.sub(r"<(script|style)\b.*?</\1\s*>", "", str(html), flags=re.DOTALL | re.IGNORECASE)
    protocols = {"http", "https", "mailto", "data"}
    return bleach.clean(html, tags=TAGS, attributes=_may_stay, protocols=protocols, strip=True)


def _may_stay(tag: str, attribute: str, value: str) -> bool:
    if attribute == "src":
        return value.startswith("data:image/")
    if attribute == "href":
        return ":" not in value or value.startswith(LINKS)
    return attribute in ATTRIBUTES


def _one_line(error: NotebookNode) -> str:
    """Return what went wrong; of a failed check the sentence alone."""
    if error.ename == "CheckFailed":
        return error.evalue
    return f"{error.ename}: {error.evalue}"
