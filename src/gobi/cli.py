"""The ``gobi`` command. Each sub-command calls one room of the package and says what happened."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="The Umnugovi data course: read it, teach it, grade it.\n\n"
    "A learner needs 'gobi lab', a trainer 'gobi check' and 'gobi book --print', "
    "a grader 'gobi classroom', a writer 'gobi run'.",
)
data_app = typer.Typer(
    no_args_is_help=True, help="The course's datasets: list, describe, validate."
)
app.add_typer(data_app, name="data")

#: One more notebook than cores at the same time: each waits now and then for its kernel.
JOBS = (os.cpu_count() or 2) + 1
DISK_FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def course_root() -> Path:
    """Return the course folder: the nearest folder at or above this one that is a course."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "_toc.yml").is_file() and (folder / "modules").is_dir():
            return folder
    return Path(__file__).resolve().parents[2]


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn the errors that people can mend into one sentence and exit code 1."""
    try:
        yield
    except OSError as error:
        err.print(f"[red]Stopped:[/red] {explain_os_error(error)}")
        raise typer.Exit(1) from None
    except Exception as error:
        if not type(error).__module__.startswith("gobi."):
            raise
        err.print("[red]Stopped:[/red]", end=" ")
        err.print(str(error), markup=False)
        raise typer.Exit(1) from None


def explain_os_error(error: OSError) -> str:
    """Say in one sentence what the operating system refused, and what to do."""
    place = f" ({error.filename})" if error.filename else ""
    if error.errno in DISK_FULL:
        return (
            f"the disk is full{place}; free some space and run the command again. "
            "What was made before is kept."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"this folder may not be written to{place}; copy the course to a folder of your own."
    if type(error).__module__.startswith("gobi"):
        return str(error)
    return f"{error.strerror or error}{place}."


@contextmanager
def progress_bar(text: str, total: int) -> Iterator[Progress]:
    """Show a progress bar for a job of several steps."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=not sys.stderr.isatty()) as progress:
        progress.add_task(text, total=total)
        yield progress


def run_lessons(root: Path, paths: list[Path], jobs: int) -> None:
    """Run lessons with a progress bar."""
    from gobi import notebooks

    if not paths:
        return
    with progress_bar("Running lessons", len(paths)) as progress:
        notebooks.run(paths, root, jobs, lambda path: progress.advance(progress.task_ids[0]))


Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=1, help="How many notebooks run at the same time.")
]


@app.command()
def book(
    print_edition: Annotated[
        bool, typer.Option("--print", help="Also make the printed edition, a PDF (needs Chromium).")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder for the book (default: _build/book)."),
    ] = None,
    jobs: Jobs = JOBS,
) -> None:
    """Make the book: a web site that works offline, from a disk or a USB stick.

    Lessons run again only if their code, their data or the environment changed. If anything
    fails, the book made before stays as it is.
    """
    with plain_errors():
        from gobi import data, notebooks
        from gobi.book import web

        root = course_root()
        folder = (output or root / "_build" / "book").resolve()
        web.check_output_folder(folder)
        data.require_intact(root / "datasets")
        run_lessons(root, notebooks.stale(root), jobs)
        with progress_bar("Making the web edition", 1) as progress:
            changed = web.build(root, folder)
            progress.advance(progress.task_ids[0])
        out.print(
            "The web edition is ready."
            if changed
            else "Nothing changed: the web edition is up to date."
        )
        out.print(f"Open it: {(folder / 'index.html').as_uri()}")
        if print_edition:
            from gobi.book import paper

            with progress_bar("Making the print edition", 1) as progress:
                pdf = paper.build(root, folder.with_name(folder.name + ".pdf"))
                progress.advance(progress.task_ids[0])
            out.print(f"Print it: {pdf.as_uri()}")


@app.command()
def lab(
    folder: Annotated[Path, typer.Argument(help="The learner's own folder.")] = Path("my-course"),
    port: Annotated[
        int | None, typer.Option(help="Port for JupyterLab (default: any free one).")
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open a browser window.")
    ] = True,
    open_lab: Annotated[
        bool, typer.Option("--open/--copy-only", help="Open JupyterLab after copying.")
    ] = True,
) -> None:
    """Open JupyterLab on a learner's copy of the course.

    The copy holds the lessons without solutions and trainer notes, the assignments as
    learners get them, and the data. Work already in the folder is never overwritten: to
    start a lesson again, rename your file and run the command again.
    """
    with plain_errors():
        from gobi import learner

        if port is not None:
            learner.free_port(port)
        added, kept = learner.make_copy(course_root(), folder)
        out.print(f"Your copy: {folder.resolve()} ({len(added)} files added)")
        if kept:
            out.print(f"Kept as you left them: {', '.join(name for name in kept)}")
        if open_lab:
            out.print("JupyterLab opens now. To stop it, press Ctrl+C here.")
            raise typer.Exit(learner.open_lab(folder, port, browser))


@app.command()
def run(
    notebooks_: Annotated[
        list[Path] | None, typer.Argument(metavar="[NOTEBOOKS]...", help="Only these notebooks.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also lessons whose outputs are up to date.")
    ] = False,
    jobs: Jobs = JOBS,
) -> None:
    """Run lessons and store their outputs, in parallel.

    Without arguments, runs the lessons whose code, data or environment changed. What
    changes from run to run (times, addresses, widget numbers) is taken out of the outputs.
    A lesson that fails keeps the outputs it had.
    """
    with plain_errors():
        from gobi import notebooks

        root = course_root()
        if notebooks_:
            paths = [path.resolve() for path in notebooks_]
        else:
            paths = notebooks.lessons(root) if everything else notebooks.stale(root)
        run_lessons(root, paths, jobs)
        out.print(f"{len(paths)} notebooks run." if paths else "All outputs are up to date.")


@app.command()
def figures(
    notebooks_: Annotated[
        list[Path] | None, typer.Argument(metavar="[NOTEBOOKS]...", help="Only these notebooks.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="HTML file (default: _build/figures.html)."),
    ] = None,
    jobs: Jobs = JOBS,
) -> None:
    """Show all figures of the book on one page, and say what to mend.

    Each figure stands there as a phone shows it, in colour, in grey print and for a reader who
    cannot tell red from green, with its description and what was measured: the size of letters,
    contrast, words that lie on each other. Ends with exit code 1 if there is something to mend.
    """
    with plain_errors():
        from gobi import figures as room
        from gobi import notebooks
        from gobi.figures import sheet

        root = course_root()
        paths = [path.resolve() for path in notebooks_ or notebooks.lessons(root)]
        found = room.collect(paths, jobs)
        if not notebooks_:
            found += room.dataset_charts(root / "datasets")
        page = (output or root / "_build" / "figures.html").resolve()
        sheet.write(found, page)
        wrong = 0
        for figure in found:
            for problem in room.problems(figure):
                wrong += 1
                out.print(f"{figure.path.name}, figure {figure.number}: {problem}", markup=False)
        out.print(f"{len(found)} figures, {wrong} things to mend. Look: {page.as_uri()}")
        if wrong:
            raise typer.Exit(1)


@app.command()
def check() -> None:
    """Say whether this computer is ready for the course, and what to do if not.

    Looks at Python, packages, fonts, disk, memory, write access, the datasets and the browser
    for print. Ends with exit code 1 if something needed is missing.
    """
    from gobi import machine

    def show(result: "machine.Check") -> None:
        mark = "[black on green] OK [/]" if result.ok else "[white on red] NO [/]"
        if not result.ok and not result.needed:
            mark = "[black on yellow] -- [/]"
        out.print(f"{mark} {result.name}: ", end="")
        out.print(result.found, markup=False)
        if not result.ok:
            out.print(f"     {result.advice}", markup=False)

    results = machine.run(course_root(), show)
    if any(result.needed and not result.ok for result in results):
        out.print("Not ready yet: follow the lines above, then run gobi check again.")
        raise typer.Exit(1)
    out.print("Ready for the course.")


@app.command()
def classroom(
    folder: Annotated[Path, typer.Argument(help="A new folder outside the course.")],
) -> None:
    """Make a classroom: a folder where nbgrader hands out, collects and marks assignments."""
    with plain_errors():
        from gobi import classroom as room

        for line in room.create(folder, course_root()):
            out.print(line, markup=False)


@app.command()
def story(
    notebook: Annotated[
        Path | None, typer.Argument(help="Your notebook: filled, run and saved.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder for the files (default: NAME_story)."),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option("--new", metavar="FILE", help="Begin a story: copy the template to FILE."),
    ] = None,
) -> None:
    """Make a data story: a web page, a sheet of A4, a card for chats, a poster, a radio minute.

    Begin with 'gobi story --new my_story.ipynb'; the notebook says what to write where. Nothing is
    made while a point of its do-no-harm list is open. If anything stops the story, the files
    made before stay as they are.
    """
    with plain_errors():
        from gobi import story as stories

        if template is not None:
            file = stories.new(template)
            out.print(f"Your story begins here: {file.resolve()}", markup=False)
        if notebook is None and template is None:
            raise stories.StoryError(
                "Which notebook? Begin one with: gobi story --new my_story.ipynb"
            )
        if notebook is None:
            return
        with progress_bar("Making the story", 5) as progress:
            made = stories.make(
                notebook, output, lambda name: progress.advance(progress.task_ids[0])
            )
        for name in made.files:
            out.print(str(made.folder / name), markup=False)
        for note in made.notes:
            out.print(f"[yellow]Note:[/yellow] {note}")
        out.print(f"Open it: {(made.folder.resolve() / 'story.html').as_uri()}")


@data_app.command("list")
def data_list() -> None:
    """List all datasets."""
    with plain_errors():
        from gobi import data

        for line in data.list_datasets(course_root() / "datasets"):
            out.print(line, markup=False)


@data_app.command("describe")
def data_describe(
    name: Annotated[str, typer.Argument(help="A dataset's name, as 'gobi data list' shows it.")],
) -> None:
    """Show a dataset's passport: source, licence, units, gaps, what it cannot show."""
    with plain_errors():
        from gobi import data

        out.print(data.describe(name, course_root() / "datasets"), markup=False)


@data_app.command("validate")
def data_validate() -> None:
    """Check every dataset: schema, keys, sums, units, sources, checksums, maps.

    Ends with exit code 1 and one line for each problem.
    """
    with plain_errors():
        from gobi import data

        folder = course_root() / "datasets"
        problems = data.validate(folder)
        for problem in problems:
            err.print(f"{problem.dataset} [{problem.check}]: {problem.message}", markup=False)
        if problems:
            err.print(f"{len(problems)} problems found. No file was changed.")
            raise typer.Exit(1)
        out.print("All datasets are valid.")


@data_app.command("checksum")
def data_checksum() -> None:
    """Write sizes and checksums into datapackage.json, after a table was changed on purpose."""
    with plain_errors():
        from gobi import data

        data.record_checksums(course_root() / "datasets")
        out.print("Sizes and checksums are written.")


@data_app.command("add")
def data_add(
    file: Annotated[Path, typer.Argument(help="A table (.csv) or a map (.geojson).")],
    name: Annotated[
        str, typer.Option(help="The dataset's name, group_subject (default: the file's name).")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")
    ] = False,
) -> None:
    """Add a table or a map: check it, copy it to datasets, begin its passport.

    What only a person knows is marked TODO in datapackage.json. Nothing is overwritten.
    """
    with plain_errors():
        from gobi.data.add import add

        addition = add(file, name, course_root() / "datasets", dry_run)
        for line in addition.lines(written=not dry_run):
            out.print(line, markup=False)


@data_app.command("refresh")
def data_refresh(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Only these datasets.")
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write what changed, if it passes the checks.")
    ] = False,
) -> None:
    """Ask publishers for newer data and show what would change.

    Works for the datasets whose entry says where the publisher's table is. Without --write
    nothing is written. With it, the earlier table is kept in _build/replaced. Ends with exit
    code 1 if a table cannot be fetched or does not pass the checks.
    """
    with plain_errors():
        from gobi.data.refresh import refresh

        failed = False
        for outcome in refresh(names or (), course_root() / "datasets", write):
            failed |= not outcome.ok
            for line in outcome.lines():
                (out if outcome.ok else err).print(line, markup=False)
        if failed:
            raise typer.Exit(1)


if __name__ == "__main__":
    app()
