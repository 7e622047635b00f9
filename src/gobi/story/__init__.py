"""A data story, from a notebook with tagged cells to what people share.

:func:`make` reads the notebook, stops where the story could do harm or is not finished, and
writes a page for phones and print, a sheet of A4, a card for chats, a poster and the radio minute.
:func:`new` copies the template, which explains each part.
"""

import errno
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from gobi import machine
from gobi.story import pages, press, text
from gobi.story.errors import StoryError
from gobi.story.reading import TEMPLATE, Story, read

__all__ = ["Made", "StoryError", "make", "new"]

#: Sizes of letters on paper, tried from the largest: running text of the A4 page and the poster.
PAGE_SIZES = ("11.5pt", "10.5pt", "9.5pt")
POSTER_SIZES = ("25pt", "21pt", "18pt")
PAGE_LIMIT = 500_000
CARD_LIMIT = 300_000

#: A calm reader says 150 English words in a minute.
WORDS_PER_MINUTE = 150
NEED_CHROMIUM = ("story.pdf", "card.png", "poster.pdf")


@dataclass(frozen=True)
class Made:
    """What was made.

    Attributes:
        folder: where the files are.
        files: their names.
        notes: sentences for the writer, for example that the radio minute is too long.
    """

    folder: Path
    files: tuple[str, ...]
    notes: tuple[str, ...]


def new(file: Path) -> Path:
    """Copy the template notebook; a file that is there is never overwritten.

    Args:
        file: the notebook to write. ``.ipynb`` is added if it is not there.

    Returns:
        The notebook.

    Raises:
        StoryError: the file is there already, or cannot be written.
    """
    file = file if file.suffix == ".ipynb" else file.with_name(file.name + ".ipynb")
    with _plain_errors(file.parent):
        content = TEMPLATE.read_bytes()
        try:
            with file.open("xb") as target:
                target.write(content)
        except FileExistsError:
            raise StoryError(
                f"{file} is there already and stays as it is; choose another name."
            ) from None
        except OSError:
            if file.is_file() and file.stat().st_size < len(content):
                file.unlink()
            raise
    return file


def make(
    notebook: Path, output: Path | None = None, report: Callable[[str], None] = lambda name: None
) -> Made:
    """Make the pages of a story. If anything stops it, files made before stay as they are.

    Args:
        notebook: the notebook, run and saved; its ending ``.ipynb`` may be left out.
        output: the folder to write to (default: ``NAME_story`` beside the notebook).
        report: called with the name of each file as soon as it is made.

    Returns:
        Where the files are, and notes for the writer.

    Raises:
        StoryError: the story is not ready, or its files cannot be made. Without Chromium,
            ``story.html`` and ``radio.txt`` are written first.
    """
    if not notebook.suffix:
        notebook = notebook.with_suffix(".ipynb")
    story = read(notebook)
    folder = output or notebook.with_name(f"{notebook.stem}_story")
    chromium = machine.find_chromium()
    with _plain_errors(folder), _workplace(folder) as work:
        _write_all(story, work, chromium, report)
        files = tuple(sorted(path.name for path in work.iterdir() if path.is_file()))
        _move(work, files, folder)
    if chromium is None:
        raise StoryError(
            f"{', '.join(NEED_CHROMIUM)} were not made: they need Chrome, Edge or Chromium; "
            f"on Debian or Ubuntu run: {machine.PRINT_PACKAGES} "
            f"(story.html and radio.txt are in {folder}; other files there are from before)"
        )
    return Made(folder, files, tuple(_notes(story)))


def _write_all(
    story: Story, work: Path, chromium: str | None, report: Callable[[str], None]
) -> None:
    """Write all files of a story into an empty folder."""
    (work / "radio.txt").write_text(radio_script(story), encoding="utf-8", newline="\n")
    report("radio.txt")
    if chromium is None:
        html = pages.page(story, PAGE_SIZES[1])
        (work / "story.html").write_text(html, encoding="utf-8", newline="\n")
        _check_weight(story, work / "story.html")
        return
    _print_page(story, work, chromium)
    report("story.pdf")
    press.photograph(chromium, pages.card(story), work / "card.png")
    _check_weight(story, work / "card.png", CARD_LIMIT)
    report("card.png")
    _print_poster(story, work, chromium)
    report("poster.pdf")


def _print_page(story: Story, work: Path, chromium: str) -> None:
    """Make ``story.html`` and ``story.pdf``: the first is printed to become the second."""
    page = work / "story.html"
    page.write_text(pages.page(story, PAGE_SIZES[0]), encoding="utf-8", newline="\n")
    _check_weight(story, page)
    words = press.print_on_one_page(
        chromium, lambda size: pages.page(story, size), PAGE_SIZES, work / "story.pdf"
    )
    if words:
        raise StoryError(
            f"The story does not fit on one A4 page: about {words} words are too much. "
            f"Shorten it by that, first {_longest(story)}. Nothing was made."
        )
    _check_weight(story, work / "story.pdf")


def _print_poster(story: Story, work: Path, chromium: str) -> None:
    words = press.print_on_one_page(
        chromium, lambda size: pages.poster(story, size), POSTER_SIZES, work / "poster.pdf"
    )
    if words:
        raise StoryError(
            f"The story does not fit on the poster: about {words} words are too much. Shorten "
            "story-limit, story-missing or story-source. Nothing was made."
        )
    _check_weight(story, work / "poster.pdf")
    (work / "poster.html").unlink()


def _longest(story: Story) -> str:
    """Name the longest part of a story, and its words."""
    parts = {
        "story-audience": story.audience,
        "story-evidence": story.evidence,
        "story-limit": story.limit,
        "story-missing": story.missing,
        "story-source": story.source,
    }
    words = {tag: text.count_words(text.to_plain(part)) for tag, part in parts.items()}
    longest = max(words, key=words.get)
    figures = f", or leave out one of {len(story.figures)} figures" if story.figures[1:] else ""
    return f"{longest} ({words[longest]} words){figures}"


def _check_weight(story: Story, path: Path, limit: int = PAGE_LIMIT) -> None:
    """Stop at a file that is too heavy for a phone, and name the figure that makes it so."""
    weight = path.stat().st_size
    if weight <= limit:
        return
    reason = "Shorten the text."
    if story.figures:
        heavy = max(story.figures, key=lambda figure: len(figure.content))
        reason = (
            f"Figure {heavy.number} weighs {len(heavy.content) // 1000} kB: "
            "make it smaller or plainer, run its cell and save."
        )
    raise StoryError(
        f"{path.name} would weigh {weight // 1000} kB; at most {limit // 1000} kB travel well. "
        f"{reason} Nothing was made."
    )


def radio_script(story: Story) -> str:
    """Return the radio minute as plain text, with its words and seconds below."""
    script = text.to_plain(story.radio)
    words = text.count_words(script)
    seconds = round(words * 60 / WORDS_PER_MINUTE)
    lines = [
        *(story.title, story.title_mn, "", script.replace("\n", "\n\n"), "", "---"),
        f"{words} words: about {seconds} seconds at {WORDS_PER_MINUTE} words a minute.",
        "Long words and numbers take longer: read it aloud with a clock.",
        *_notes(story),
    ]
    return "\n".join(lines) + "\n"


def _notes(story: Story) -> Iterator[str]:
    words = text.count_words(text.to_plain(story.radio))
    if words > WORDS_PER_MINUTE:
        yield (f"Too long for a radio minute: {words} words; leave out {words - WORDS_PER_MINUTE}.")


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """Make a temporary folder on the disk of the output; leave no empty folder behind."""
    there = folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix="being-made-") as work:
            yield Path(work).resolve()
    finally:
        if not there:
            with suppress(OSError):
                folder.rmdir()


def _move(work: Path, files: tuple[str, ...], folder: Path) -> None:
    """Put finished files in their place, all or none of them."""
    before = work / "before"
    before.mkdir()
    moved = []
    try:
        for name in files:
            if (folder / name).exists():
                (folder / name).replace(before / name)
            moved.append(name)
            (work / name).replace(folder / name)
    except OSError:
        for name in moved:
            if (before / name).exists():
                (before / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        raise


@contextmanager
def _plain_errors(folder: Path) -> Iterator[None]:
    """Say in one sentence what the disk refused."""
    try:
        yield
    except OSError as error:
        full = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
        if error.errno in full:
            raise StoryError(
                "The disk is full; free some space and try again. What was made before is kept."
            ) from None
        raise StoryError(
            f"The folder {folder} cannot be written to ({error.strerror or error}); "
            "close files that are open in it, or choose another folder."
        ) from None
