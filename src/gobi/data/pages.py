"""Make the pages of the data catalogue, and the passport for the terminal."""

import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gobi.data.charts import alt_text, has_chart
from gobi.data.package import DataError, Files, fields, require_passport
from gobi.data.sentences import checks_in_words, outliers_in_words

#: Groups of datasets: the first word of a dataset's name, and the group's heading.
GROUPS = {
    "mine": "Mining · Уул уурхай",
    "money": "Money · Мөнгө",
    "place": "Places · Газар зүй",
    "people": "People · Хүн ам",
    "land": "Land and livestock · Газар, мал",
    "sources": "Sources · Эх сурвалж",
}

#: Columns a preview shows. More do not fit on a phone.
PREVIEW_COLUMNS = 6

PREVIEW_ROWS = 5

#: How fine a dataset is, from its columns or else from words in its ``place``; the first that fits.
LEVELS = (
    ("Soums and smaller places", {"soum_code", "bag"}, r"\bsoums?\b.*\b(by|each)|by soum"),
    ("One mine or company", {"mine", "mine_id", "company"}, r"\bmines?\b|\bdeposits?\b|licen[cs]e"),
    ("Umnugovi as a whole", {"aimag_code"}, r"Umnugovi|Khanbogd|Dalanzadgad|aimag"),
    ("Mongolia", set(), r"Mongolia"),
)
OTHER_LEVEL = "World and other"


@dataclass(frozen=True)
class Lesson:
    """A lesson and the datasets it uses.

    Attributes:
        title: its title, which begins with its number: ``"3.1 The question?"``.
        link: where it lies, seen from the datasets folder.
        datasets: names of its datasets.
    """

    title: str
    link: str
    datasets: tuple[str, ...]


def list_datasets(folder: Path | None = None) -> list[str]:
    """Return one line for each dataset: its name, its rows and its title.

    Args:
        folder: the datasets folder; found as for :func:`gobi.dataset` when left out.

    Raises:
        DataError: the package cannot be read.
    """
    files = Files(folder)
    width = max(len(resource["name"]) for resource in files.resources)
    return [
        f"{resource['name']:<{width}}  {_count(files, resource):>14}  {resource.get('title', '')}"
        for resource in files.resources
    ]


def describe(name: str, folder: Path | None = None) -> str:
    """Return a dataset's passport as plain text for the terminal.

    Args:
        name: the dataset's name, for example ``"mine_production"``.
        folder: the datasets folder; found as for :func:`gobi.dataset` when left out.

    Raises:
        DataError: the package cannot be read or has no such dataset.
    """
    files = Files(folder)
    resource = files.find(name)
    require_passport(resource)
    parts = [f"{resource['title']}\n{resource['title_mn']}", _wrap(resource["description"])]
    facts = passport(files, resource)
    width = max(len(key) for key, _ in facts) + 2
    parts.append("\n".join(_wrap(value, f"{key:<{width}}", width) for key, value in facts))
    parts.append("Columns\n" + "\n".join(_column_line(field) for field in fields(resource)))
    for heading, key in (("Known gaps", "known_gaps"), ("What it cannot show", "cannot_show")):
        parts.append(f"{heading}\n" + "\n".join(_wrap(text, "- ", 2) for text in resource[key]))
    return "\n\n".join(parts)


def catalogue_pages(
    folder: Path | None = None, lessons: Sequence[Lesson] = (), book: bool = False
) -> dict[str, str]:
    """Return the pages of the data catalogue: file name → text in MyST Markdown.

    ``catalogue.md`` lists all datasets; ``NAME.md`` is the page of one. The pages expect
    to lie in the same folder as the files.

    Args:
        folder: the datasets folder; found as for :func:`gobi.dataset` when left out.
        lessons: the lessons, to say which dataset is used where.
        book: the pages are for the book: they show the charts, offer the Excel files (see
            :func:`gobi.data.extras`) and can be searched.

    Raises:
        DataError: the package or a dataset cannot be read.
    """
    files = Files(folder)
    for resource in files.resources:
        if files.rows(resource["name"]) is None:
            raise DataError(f"{resource['path']} cannot be read; run: gobi data validate")
        require_passport(resource)
    pages = {"catalogue.md": _catalogue(files, lessons, book)}
    for each in files.resources:
        pages[f"{each['name']}.md"] = _page(files, each, lessons, book)
    return pages


def chart_name(resource: dict) -> str:
    """Return the name of a dataset's chart, seen from the datasets folder."""
    return f"charts/{resource['name']}.svg"


def excel_name(resource: dict) -> str:
    """Return the name of a dataset's Excel file, seen from the datasets folder."""
    return f"{resource['name']}.xlsx"


def citation(files: Files, resource: dict) -> str:
    """Return how to cite a dataset: credit, package, version, table and checksum."""
    return (
        f"{resource['attribution'].rstrip('.')}. {files.package['title']}, "
        f"version {files.package['version']}, table {resource['name']}, "
        f"SHA-256 {resource['hash'].removeprefix('sha256:')[:12]}."
    )


# The catalogue ---------------------------------------------------------------------------------


def _catalogue(files: Files, lessons: Sequence[Lesson], book: bool) -> str:
    parts = [
        "# Data catalogue",
        f"*{files.package['title_mn']}*",
        f"{files.package['description']} Version {files.package['version']}.",
        "Tables join on `soum_code`, the code of the National Statistics Office. "
        "An empty cell means that the value is missing. "
        "Each row names its source, and [sources](sources.md) lists them. "
        "A computer reads all this from {download}`datapackage.json`.",
    ]
    if book:
        parts.append(_search_data(files, lessons))
    for group, heading in GROUPS.items():
        rows = [_catalogue_row(files, each) for each in files.resources if _group(each) == group]
        if rows:
            heads = ("Dataset", "What it holds", "Place", "Period", "Size", "Licence")
            table = _table(heads, rows)
            parts += [f"## {heading}", _box("datasets", table) if book else table]
    if lessons:
        parts += ["## Which lesson uses what", _lesson_table(lessons)]
    return "\n\n".join(parts) + "\n"


def _catalogue_row(files: Files, resource: dict) -> tuple[str, ...]:
    return (
        f"[{resource['name']}]({resource['name']}.md)",
        f"{_text(resource['title'])} · *{_text(resource['title_mn'])}*",
        _text(resource["place"]),
        _text(resource["period"]),
        _count(files, resource),
        _licence_names(resource),
    )


def _lesson_table(lessons: Sequence[Lesson]) -> str:
    rows = [
        (
            f"[{_text(lesson.title)}]({lesson.link})",
            ", ".join(f"[{name}]({name}.md)" for name in lesson.datasets),
        )
        for lesson in lessons
    ]
    return _table(("Lesson", "Datasets"), rows)


def _search_data(files: Files, lessons: Sequence[Lesson]) -> str:
    """Return what the catalogue's script searches and filters, as data inside the page."""
    entries = [
        {
            "name": each["name"],
            "group": GROUPS.get(_group(each), _group(each)),
            "level": level(each),
            "licence": [licence["name"] for licence in each["licenses"]],
            "lesson": [lesson.title for lesson in lessons if each["name"] in lesson.datasets],
            "words": " ".join(_words(each)),
        }
        for each in files.resources
    ]
    text = json.dumps(entries, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'```{{raw}} html\n<script type="application/json" id="catalogue-data">{text}</script>\n```'
    )


def _words(resource: dict) -> list[str]:
    """Return the words of a dataset that a search finds."""
    about = ("name", "title", "title_mn", "description", "place", "period", "publisher")
    named = [*fields(resource), *resource.get("measures", {}).values()]
    columns = [each.get(key, "") for each in named for key in ("name", "title", "title_mn")]
    return list(dict.fromkeys([*(resource[key] for key in about), *filter(None, columns)]))


def level(resource: dict) -> str:
    """Say how fine a dataset is: soums, one mine, the aimag, Mongolia, or other."""
    names = {field["name"] for field in fields(resource)}
    for title, columns, _ in LEVELS:
        if names & columns:
            return title
    for title, _, words in LEVELS:
        if re.search(words, resource["place"]):
            return title
    return OTHER_LEVEL


def _group(resource: dict) -> str:
    return resource["name"].partition("_")[0]


# One dataset -----------------------------------------------------------------------------------


def _page(files: Files, resource: dict, lessons: Sequence[Lesson], book: bool) -> str:
    facts = [(key, _link(_text(value))) for key, value in passport(files, resource)]
    parts = [
        f"# {resource['title']}",
        f"*{resource['title_mn']}*",
        resource["description"],
        *_used_in(resource, lessons),
        *_downloads(resource, book),
        *(_chart(resource) if book else ()),
        "## Passport",
        _table(facts[0], facts[1:]),
        "## First rows",
        _preview(files, resource),
        "## Columns",
        _columns(resource, book),
        *_checks(files, resource),
        "## Known gaps",
        _bullets(resource["known_gaps"]),
        "## What it cannot show",
        _bullets(resource["cannot_show"]),
        "## Licence, and how to cite",
        _licence_text(resource),
        f"> {citation(files, resource)}",
        "Read from:",
        _bullets(
            f"[{source['title']}]({source['path']})" if "path" in source else source["title"]
            for source in resource["sources"]
        ),
        f"If your copy of `{resource['path']}` is unchanged, its checksum (SHA-256) is "
        f"`{resource['hash'].removeprefix('sha256:')}`.",
    ]
    return "\n\n".join(parts) + "\n"


def _used_in(resource: dict, lessons: Sequence[Lesson]) -> list[str]:
    links = [
        f"[{_text(each.title)}]({each.link})"
        for each in lessons
        if resource["name"] in each.datasets
    ]
    return [f"Used in the lessons: {', '.join(links)}."] if links else []


def _downloads(resource: dict, book: bool) -> list[str]:
    in_notebook = f'In a notebook: `gobi.dataset("{resource["name"]}")`.'
    if not book:
        return [f"Download: {{download}}`{resource['path']}`. {in_notebook}"]
    table = "the table" if "schema" in resource else "the table behind the map"
    return [
        f"Download: {{download}}`{resource['path']}` · {{download}}`{excel_name(resource)}`. "
        + in_notebook,
        f"**For Excel take the .xlsx.** It holds {table}, and the passport on a second sheet. "
        "A CSV file that Excel opens with a double click shows Mongolian letters as noise.",
    ]


def _chart(resource: dict) -> list[str]:
    if not has_chart(resource):
        why = resource.get("chart", {}).get("why")
        return [f"There is no chart here: {why}"] if why else []
    alt = " ".join(alt_text(resource).split())
    return [f"```{{image}} {chart_name(resource)}\n:alt: {alt}\n:class: dataset-chart\n```"]


def _columns(resource: dict, book: bool) -> str:
    rows = [
        (
            f"`{field['name']}`",
            _text(" ".join(filter(None, (f"{field['title']}.", field.get("description"))))),
            _text(field.get("unit", "")),
            _text(field["title_mn"]),
        )
        for field in fields(resource)
    ]
    table = _table(("Column", "What it is", "Unit", "Mongolian"), rows)
    return _box("columns", table) if book else table


def _checks(files: Files, resource: dict) -> list[str]:
    """Return the part of a page that says what is checked, in words."""
    parts = [
        "## What is checked",
        "A program checks the file each time the course is built and tested "
        "(`gobi data validate`). Each cell has the type, and lies in the range, that its column "
        "allows. Each page ends with the checksum of its file.",
    ]
    sentences = checks_in_words(files, resource)
    outliers = outliers_in_words(resource)
    parts += [_bullets(sentences)] if sentences else []
    return [*parts, "Far from the others, and why:", _bullets(outliers)] if outliers else parts


def passport(files: Files, resource: dict) -> list[tuple[str, str]]:
    """Return the passport of a dataset as pairs of heading and plain text."""
    facts = [
        ("Name", resource["name"]),
        ("Period", resource["period"]),
        ("Place", resource["place"]),
        ("Publisher", resource["publisher"]),
        ("Contact", resource.get("contact", "")),
        ("Holds", f"{_count(files, resource)}, {len(fields(resource))} columns"),
        ("File", f"{resource['path']}, {resource['bytes'] / 1000:,.0f} kB, UTF-8"),
        ("New values", resource["update_frequency"]),
        ("Licence", _licence_names(resource)),
        ("Credit", resource["attribution"]),
    ]
    return [(heading, text) for heading, text in facts if text]


def _link(text: str) -> str:
    """Turn the web addresses in a text into links."""
    return re.sub(r"https?://[^\s)]*[^\s).,;]", r"[\g<0>](\g<0>)", text)


def _preview(files: Files, resource: dict) -> str:
    columns = fields(resource)
    shown, left_out = columns[:PREVIEW_COLUMNS], columns[PREVIEW_COLUMNS:]
    rows = [
        [_value(row.get(field["name"]), field) for field in shown]
        for row in files.rows(resource["name"])[:PREVIEW_ROWS]
    ]
    table = _table([f"`{field['name']}`" for field in shown], rows)
    if not left_out:
        return table
    names = ", ".join(f"`{field['name']}`" for field in left_out)
    return f"{table}\n\nNot shown here: {names}."


def _value(value: object, field: dict) -> str:
    """Format a cell for reading: thousands apart, long text cut."""
    text = "" if value is None else str(value)
    if "unit" in field and re.fullmatch(r"\d{4,}(\.\d+)?", text):
        whole, point, decimals = text.partition(".")
        return f"{int(whole):,}{point}{decimals}"
    return _text(text if len(text) <= 48 else text[:47].rstrip() + "…")


def _licence_names(resource: dict) -> str:
    return ", ".join(licence["name"] for licence in resource["licenses"])


def _licence_text(resource: dict) -> str:
    return _bullets(
        f"[{licence['title']}]({licence['path']})" if "path" in licence else licence["title"]
        for licence in resource["licenses"]
    )


def _count(files: Files, resource: dict) -> str:
    rows = files.rows(resource["name"])
    kind = "shapes" if "properties" in resource else "rows"
    return f"{len(rows):,} {kind}" if rows is not None else "not readable"


def _column_line(field: dict) -> str:
    unit = f" [{field['unit']}]" if "unit" in field else ""
    return _wrap(f"{field['title']}{unit}", f"  {field['name']:<26}", 28)


def _table(heads, rows) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _box(name: str, content: str) -> str:
    """Put content into a box that the style sheet knows by its name."""
    return f":::{{container}} {name}\n{content}\n:::"


def _text(text: str) -> str:
    """Make text safe inside a Markdown table."""
    for sign in "|$*":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("<", "&lt;").replace("\n", " ")


def _bullets(texts) -> str:
    return "\n".join(f"- {text}" for text in texts)


def _wrap(text: str, first: str = "", indent: int = 0) -> str:
    return textwrap.fill(text, 88, initial_indent=first, subsequent_indent=" " * indent)
