"""The web edition: stage the pages, build them with Jupyter Book, publish in one step."""

import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from gobi import data, glossary, notebooks, sessions

#: What the book is made of, relative to the course folder.
PAGES = ("_config.yml", "_toc.yml", "index.md", "modules/*/*.md", "trainer_guide/*.md")
MARK = ".made-by-gobi-book"
#: What Sphinx and the theme leave in the site that no page needs.
LEFTOVERS = (
    "*.map",
    "*.ttf",
    "*.eot",
    "*webpack-macros.html",
    "fontawesome.js*",
    "sphinx-thebe.*",
    "locales",
)
#: Scripts written into each page that only serve online kernels, or that the icon font replaces
#: (the theme draws eight icons; its icon script weighs 1.5 MB).
LEFTOVER_SCRIPTS = re.compile(
    r"<script[^>]*(?:fontawesome\.js|text/x-thebe-config)[^>]*>.*?</script>"
    r"|<script>kernelName = .*?</script>"
    r"|<link[^>]*sphinx-thebe\.css[^>]*>",
    re.DOTALL,
)


class BookError(Exception):
    """The book cannot be made; the message is one sentence for people."""


def build(root: Path, output: Path) -> bool:
    """Make the web edition.

    The finished site replaces the one before in a single step, and only if every page was
    made without a warning. The lessons' outputs must be there already
    (:func:`gobi.notebooks.run`).

    Args:
        root: the course folder.
        output: the folder for the finished site. It may hold an earlier edition, nothing else.

    Returns:
        False when nothing had changed since the last time, True otherwise.

    Raises:
        BookError: a page has an error, or the output folder holds other files.
        gobi.data.DataError: the data package cannot be read.
    """
    check_output_folder(output)
    source = stage(root)
    mark = fingerprint(source)
    if (output / MARK).is_file() and (output / MARK).read_text() == mark:
        return False
    html = run_jupyter_book(source, "html", root / "_build" / "web")
    publish(html, output, mark)
    return True


def check_output_folder(output: Path) -> None:
    """Refuse to replace a folder that holds anything but an earlier edition of the book.

    Raises:
        BookError: it does.
    """
    if output.exists() and not output.is_dir():
        raise BookError(f"{output} is a file; give a folder for the book.")
    if output.is_dir() and any(output.iterdir()) and not (output / MARK).is_file():
        raise BookError(
            f"The folder {output} holds other files, which the book would replace; "
            "give an empty or a new folder with --output."
        )


def stage(root: Path) -> Path:
    """Put all pages, written and generated, into one folder that Jupyter Book can build.

    Only what changed is written, so that Sphinx rebuilds only what changed.

    Returns:
        The folder, ``_build/source``.
    """
    source = root / "_build" / "source"
    wanted: dict[str, bytes] = {}
    for pattern in PAGES:
        for path in sorted(root.glob(pattern)):
            wanted[path.relative_to(root).as_posix()] = path.read_bytes()
    for path in notebooks.lessons(root):
        lesson = glossary.book_links(path.read_text(encoding="utf-8"))
        wanted[path.relative_to(root).as_posix()] = lesson.encode()
    for path in notebooks.practice_files(root):
        if path.suffix != ".md":
            wanted[path.relative_to(root).as_posix()] = path.read_bytes()
    for path in sorted((root / "datasets").iterdir()):
        if path.is_file():
            wanted[f"datasets/{path.name}"] = path.read_bytes()
    pages = data.catalogue_pages(root / "datasets", lessons_and_datasets(root), book=True)
    for name, text in pages.items():
        wanted[f"datasets/{name}"] = text.encode()
    for name, content in data.extras(root / "datasets", root / "_build" / "extras").items():
        wanted[f"datasets/{name}"] = content
    for name, text in sessions.pages(root).items():
        wanted[f"trainer_guide/sessions/{name}"] = text.encode()
    wanted[glossary.PAGE] = glossary.page(root).encode()
    write_changes(source, wanted)
    return source


def lessons_and_datasets(root: Path) -> list[data.Lesson]:
    """Return for each lesson its title, its link seen from the datasets, and its datasets."""
    found = []
    for path in notebooks.lessons(root):
        notebook = notebooks.read(path)
        names = notebook.metadata.get("gobi", {}).get("datasets", [])
        link = f"../{path.relative_to(root).as_posix()}"
        found.append(data.Lesson(sessions.title(notebook), link, tuple(sorted(names))))
    return found


def write_changes(folder: Path, wanted: dict[str, bytes]) -> None:
    """Make a folder hold exactly these files, touching only those that differ."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file() and path.relative_to(folder).as_posix() not in wanted:
            path.unlink()
    for name, content in wanted.items():
        path = folder / name
        if path.is_file() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def fingerprint(source: Path) -> str:
    """Return a fingerprint of all staged pages and of the code that turns them into a book."""
    digest = hashlib.sha256()
    code = Path(__file__).parent
    files = [path for folder in (source, code) for path in sorted(folder.rglob("*"))]
    for path in files:
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def run_jupyter_book(source: Path, builder: str, build_folder: Path) -> Path:
    """Run Jupyter Book with warnings as errors and return the folder it made.

    Args:
        source: the staged pages.
        builder: ``html`` or ``singlehtml``.
        build_folder: where Jupyter Book keeps its own files.

    Raises:
        BookError: a page has a warning or an error; the message shows the first ones.
    """
    program = shutil.which("jupyter-book", path=str(Path(sys.executable).parent))
    if program is None:
        raise BookError(
            "Jupyter Book is not installed here; run the first command of the README again."
        )
    forget_older_code(build_folder)
    command = [program, "build", str(source)]
    command += ["--path-output", str(build_folder), "--builder", builder]
    command += ["-W", "-n", "--keep-going", "-q"]
    result = subprocess.run(
        command,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONUTF8": "1", "GOBI_SPHINX_JOBS": str((os.cpu_count() or 1) + 1)},
        check=False,
    )
    made = build_folder / "_build" / builder
    problems = find_problems(result.stdout + result.stderr)
    # Jupyter Book has ended with 0 after a failure: believe the log and the pages, too.
    if re.search(r"No space left on device|File too large", result.stdout + result.stderr):
        shutil.rmtree(build_folder, ignore_errors=True)
        raise OSError(errno.ENOSPC, "disk full", str(build_folder))
    if result.returncode or problems or not (made / "index.html").is_file():
        shutil.rmtree(build_folder, ignore_errors=True)  # a half-made cache would hide the problem
        shown = "\n".join(problems[:10]) or (result.stdout + result.stderr).strip()[-1500:]
        raise BookError(
            f"The book was not made; the edition before is kept. Mend this first:\n{shown}"
        )
    return made


def forget_older_code(build_folder: Path) -> None:
    """Empty Jupyter Book's folder if the book's own code changed since it was filled.

    Sphinx looks only at the pages: with an older cache, a new style sheet would not reach the site.
    """
    mark, code = build_folder / ".code", fingerprint(Path(__file__).parent)
    if not mark.is_file() or mark.read_text() != code:
        shutil.rmtree(build_folder, ignore_errors=True)
        build_folder.mkdir(parents=True)
        mark.write_text(code)


def find_problems(log: str) -> list[str]:
    """Pick the warnings and errors out of Jupyter Book's log, with paths as a writer knows them."""
    lines = re.sub(r"\x1b\[[0-9;]*m", "", log).splitlines()
    found = [line for line in lines if re.search(r"\b(WARNING|ERROR|CRITICAL)\b:", line)]
    return [re.sub(r"^.*?_build/source/", "", line) for line in dict.fromkeys(found)]


def publish(made: Path, output: Path, mark: str) -> None:
    """Replace the earlier edition by the new one in one step.

    Args:
        made: the folder Jupyter Book made.
        output: the folder readers open.
        mark: the fingerprint that tells an unchanged book.
    """
    fresh = output.with_name(f".{output.name}-new")
    old = output.with_name(f".{output.name}-old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        leave_out = (".doctrees", ".buildinfo", "objects.inv", "print.html", *LEFTOVERS)
        shutil.copytree(made, fresh, ignore=shutil.ignore_patterns(*leave_out))
        for page in fresh.rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            page.write_text(LEFTOVER_SCRIPTS.sub("", text), encoding="utf-8", newline="\n")
        (fresh / MARK).write_text(mark)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    if output.exists():
        output.rename(old)
    fresh.rename(output)
    shutil.rmtree(old, ignore_errors=True)
