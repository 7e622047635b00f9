"""Session plans: one page for each lesson, made from the lesson's own notes for the trainer."""

import re
from pathlib import Path

import nbformat

from gobi.notebooks import NotebookError, lessons, read

_HEADING = re.compile(r"^#{1,4}\s+(.+)$", re.MULTILINE)


def title(notebook: nbformat.NotebookNode) -> str:
    """Return a lesson's title, without the hash marks.

    Raises:
        NotebookError: the first cell has no title.
    """
    found = _HEADING.search(notebook.cells[0].source) if notebook.cells else None
    if found is None:
        raise NotebookError(
            "A lesson's first cell must begin with its title: '# 3.1 The question?'."
        )
    return found.group(1).strip()


def has_tag(cell: nbformat.NotebookNode, tag: str) -> bool:
    """Say whether a cell carries a tag."""
    return tag in cell.metadata.get("tags", [])


def trainer_notes(notebook: nbformat.NotebookNode) -> list[dict]:
    """Return the notes for the trainer in order.

    Returns:
        One dict a note: ``step`` (the heading it stands under), ``start`` and ``minutes``
        (whole minutes), ``text`` (Markdown).
    """
    notes, step, start = [], title(notebook), 0
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        if has_tag(cell, "trainer"):
            minutes = int(cell.metadata.get("gobi", {}).get("minutes", 0))
            notes.append({"step": step, "start": start, "minutes": minutes, "text": cell.source})
            start += minutes
        elif headings := _HEADING.findall(cell.source):
            step = headings[-1].strip()
    return notes


def pages(root: Path) -> dict[str, str]:
    """Return the session plans of all lessons.

    Args:
        root: the course folder.

    Returns:
        File name → Markdown text; ``index.md`` lists the others.
    """
    made, rows = {}, []
    for path in lessons(root):
        notebook = read(path)
        module = path.parent.name[:2].lstrip("0")
        name = f"{module}_{path.stem}.md"
        link = f"../../{path.relative_to(root).as_posix()}"
        made[name] = _page(notebook, link)
        facts = notebook.metadata["gobi"]
        teaching, exercises = facts["minutes"]["teaching"], facts["minutes"]["exercises"]
        rows.append(
            f"| [{title(notebook)}]({name}) | {teaching} | {exercises} | {teaching + exercises} |"
        )
    made["index.md"] = (
        "# Session plans\n\n"
        "One plan for each finished lesson. It is made from the notes that stand inside the "
        "lesson, so plan and lesson cannot drift apart. Minutes are planned, not yet measured "
        "in a classroom: write down yours and tell us.\n\n"
        "| Session | Teaching (min) | Exercises (min) | Total (min) |\n|---|---:|---:|---:|\n"
        + "\n".join(rows)
        + "\n"
    )
    return made


def _page(notebook: nbformat.NotebookNode, link: str) -> str:
    facts = notebook.metadata["gobi"]
    minutes = facts["minutes"]
    data = ", ".join(f"[{name}](../../datasets/{name}.md)" for name in facts["datasets"])
    parts = [
        f"# Session plan: {title(notebook)}",
        f"[The lesson]({link})",
        f"| Time | {minutes['teaching'] + minutes['exercises']} minutes: "
        f"{minutes['teaching']} teaching, {minutes['exercises']} exercises |\n|---|---|\n"
        f"| **Learners will be able to** | {'; '.join(facts['outcomes'])} |\n"
        f"| **Bring** | {'; '.join(facts['materials'])} |\n"
        f"| **Data** | {data} |",
        "## Minute by minute",
    ]
    for note in trainer_notes(notebook):
        clock = f"{note['start']}–{note['start'] + note['minutes']} min"
        parts.append(f"### {clock}: {note['step']}")
        parts.append(note["text"].strip())
    solutions = [
        cell.source
        for cell in notebook.cells
        if has_tag(cell, "solution") and cell.cell_type == "code"
    ]
    if solutions:
        parts.append("## Solutions")
        parts.append("They are left out of the learner's copy and of the lesson's page.")
        parts += [f"```python\n{source.strip()}\n```" for source in solutions]
    parts.append("## After the session")
    parts.append(
        "Write down for each step the minutes it really took, one thing that worked, "
        "and one question that nobody could answer."
    )
    return "\n\n".join(parts) + "\n"
