"""Settings of this classroom, read by every ``nbgrader`` command started in this folder.

You may change them: nothing overwrites this file. All options are explained at
https://nbgrader.readthedocs.io/en/stable/configuration/config_options.html
"""

import os
import sysconfig
from pathlib import Path

import nbgrader

import gobi

COURSE = Path("$course")  # the course: lessons, assignments with solutions, datasets
CLASSROOM = Path(__file__).resolve().parent  # this folder: submissions, marks, feedback
GOBI = Path(gobi.__file__).parent
NBGRADER = Path(nbgrader.__file__).parent

c = get_config()  # noqa: F821 (Jupyter provides it)

# --- Which course, which assignments -------------------------------------------------------
c.CourseDirectory.course_id = "$course_id"
c.CourseDirectory.root = str(CLASSROOM)
# A module's folder is the assignment of that name. Of its files only assignment.ipynb is
# handed out: not the lessons, not the pages.
c.CourseDirectory.source_directory = str(COURSE / "modules")
c.CourseDirectory.notebook_id = "assignment"
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "__pycache__",
    "*.pyc",
    "*.md",
    "[0-9][0-9]_*.ipynb",
    "feedback",
]
# The notebooks find the datasets of the course from here, too.
os.environ.setdefault("GOBI_DATASETS", str(COURSE / "datasets"))
# nbgrader calls the program 'alembic', which lies beside it, by its bare name.
os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])

# --- Handing out and handing in ------------------------------------------------------------
# Learners on this computer fetch and submit through this folder. If they have user accounts
# of their own, choose a folder that all of them may write to.
c.Exchange.root = str(CLASSROOM / "exchange")
# 'nbgrader submit --student NAME' hands in for somebody else, so the owner of the file is
# no proof of who did the work.
c.ExchangeCollect.check_owner = False
# 'nbgrader zip_collect' reads the learner's code out of G07_assignment.ipynb or G07.zip.
c.FileNameCollectorPlugin.named_regexp = (
    r".*[/\\_](?P<student_id>\w+)[/\\_](?P<file_id>assignment\.ipynb)"
)
# What learners find in place of a solution; the stub 'name = ...' stays above it.
c.ClearSolutions.code_stub = {"python": "# Write your code here."}

# --- Marking -------------------------------------------------------------------------------
c.Execute.timeout = 60  # seconds for one cell; then it counts as failed and marking goes on
c.OverwriteCells.add_missing_cells = True  # a test cell that a learner deleted comes back

# --- Feedback pages ------------------------------------------------------------------------
# They show neither the hidden tests nor error messages that quote them, and load nothing
# from the internet.
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "gobi.feedback.CleanTestCells",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
c.GenerateFeedback.HTMLExporter.template_name = "gobi_feedback"
c.GenerateFeedback.HTMLExporter.extra_template_basedirs = [
    str(GOBI / "templates"),
    str(NBGRADER / "server_extensions" / "formgrader" / "templates"),
]
# Learners' own HTML is cleaned, here and in formgrader: no scripts, nothing from elsewhere.
# Both templates pass text cells through 'strip_files_prefix', and outputs through 'clean_html'.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {
    "strip_files_prefix": "gobi.feedback.safe_html",
    "clean_html": "gobi.feedback.safe_html",
}
