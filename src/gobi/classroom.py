"""A classroom: the folder in which one cohort's assignments are handed out and marked.

It lies outside the course, because it holds people's work and marks. nbgrader does the work
there; this module only makes the folder and its settings.
"""

from pathlib import Path
from string import Template

__all__ = ["ClassroomError", "create"]

CONFIG = "nbgrader_config.py"
TEMPLATE = Path(__file__).parent / "templates" / CONFIG

# nbgrader uses paths as patterns (glob, regular expression, format string) without escaping.
NOT_IN_PATHS = frozenset('*?[](){}+|^$\\"')


class ClassroomError(Exception):
    """The classroom cannot be made; the message is one sentence for people."""


def create(folder: Path | str, course_root: Path | str) -> list[str]:
    """Make a classroom, or leave it as it is if it exists already.

    Args:
        folder: the classroom's folder, outside the course. Its name becomes nbgrader's course
            id, so give each cohort a folder of its own.
        course_root: the course folder, which holds ``modules`` and ``datasets``.

    Returns:
        What to do next, line by line.

    Raises:
        ClassroomError: the folder lies inside the course, holds other files, or has
            characters in its path that nbgrader cannot handle.
    """
    folder, course = Path(folder).resolve(), Path(course_root).resolve()
    _check_course(course)
    _check_folder(folder, course)
    if _is_classroom(folder):
        done = f"{folder} is a classroom already; nothing was changed."
    else:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)  # marks are nobody else's business
        template = Template(TEMPLATE.read_text(encoding="utf-8"))
        settings = template.substitute(course=course.as_posix(), course_id=folder.name)
        (folder / CONFIG).write_text(settings, encoding="utf-8")
        done = f"The classroom is ready: {folder}"
    return [done, *_next_steps(folder, course)]


def _is_classroom(folder: Path) -> bool:
    config = folder / CONFIG
    return config.is_file() and "import gobi" in config.read_text(encoding="utf-8")


def _check_course(course: Path) -> None:
    if not (course / "modules").is_dir():
        raise ClassroomError(f"{course} is not the course: it has no folder 'modules'.")
    _check_path(course)


def _check_folder(folder: Path, course: Path) -> None:
    if folder.is_relative_to(course):
        raise ClassroomError(
            f"{folder} is inside the course; choose a folder outside it, "
            "so that learners' work is never published with the course."
        )
    _check_path(folder)
    if folder.exists() and not folder.is_dir():
        raise ClassroomError(f"{folder} is a file; choose another name for the classroom.")
    if folder.exists() and any(folder.iterdir()) and not _is_classroom(folder):
        raise ClassroomError(f"{folder} holds other files; choose a new folder or an empty one.")


def _check_path(path: Path) -> None:
    found = sorted(NOT_IN_PATHS.intersection(path.as_posix()))
    if found:
        raise ClassroomError(
            f"{path} has the character {found[0]} in its path, which nbgrader cannot handle; "
            "rename the folder or choose another place."
        )


def _next_steps(folder: Path, course: Path) -> list[str]:
    """Return the commands of a grader's work, with an assignment of this course."""
    assignments = sorted(path.parent.name for path in course.glob("modules/*/assignment.ipynb"))
    name = assignments[0] if assignments else "NAME"
    return [
        f'Go there first:          cd "{folder}"',
        f"Make the learners' file: nbgrader generate_assignment {name}",
        f"Hand it out:             nbgrader release_assignment {name}",
        f"Collect the work:        nbgrader collect {name}",
        f"Mark it:                 nbgrader autograde {name}",
        "Mark the written part:   jupyter lab, then the menu Nbgrader, Formgrader",
        f"Write feedback:          nbgrader generate_feedback {name}",
        "Save the marks:          nbgrader export --to marks.csv",
    ]
