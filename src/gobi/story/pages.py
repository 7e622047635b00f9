"""The pages of a story as HTML: the page for phones and A4, the card, the poster."""

from html import escape
from itertools import groupby
from pathlib import Path

from gobi import PALETTE
from gobi.story import text
from gobi.story.pictures import Figure
from gobi.story.reading import Story

STYLES = Path(__file__).parent / "styles"
SIMULATED = "SIMULATED data: not real"
SIMULATED_MN = "Загварчилсан өгөгдөл: бодит биш"
CHECKED = "Checked with the do-no-harm list of the Umnugovi data course before it was published."

#: Nothing may run or be fetched: the second wall behind the cleaning of the text.
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
MAX_SOURCE_LINE = 150


def page(story: Story, size: str) -> str:
    """Return the story as one page for screens and A4.

    Args:
        story: the story.
        size: size of the letters on paper, for example ``"10.5pt"``.
    """
    header = f"<header>{_titles(story)}{_part('audience', 'For', story.audience)}</header>"
    body = _body(story)
    main = (
        f'<main><div class="claim">{_text(story.claim)}</div>'
        f'<section class="evidence"><h2>How do we know?</h2>{body}</section>{_limits(story)}</main>'
    )
    footer = f"<footer>{_part('source', 'Source', story.source)}<p>{CHECKED}</p></footer>"
    return _document(story, "page", size, header + main + footer)


def poster(story: Story, size: str) -> str:
    """Return the story as an A3 poster, to be read from two metres.

    It shows the first figure, large, and leaves the other figures and the evidence to the page.
    Without a figure, the evidence stands in its place.
    """
    evidence = _figure(story.figures[0]) if story.figures else _text(story.evidence)
    body = (
        f'<header>{_titles(story)}</header><main><div class="claim">{_text(story.claim)}</div>'
        f'<div class="evidence">{evidence}</div>{_limits(story)}</main>'
        f"<footer>{_part('source', 'Source', story.source)}</footer>"
    )
    return _document(story, "poster", size, body)


def card(story: Story) -> str:
    """Return the story as a square card: the title, the first chart or the claim, the source."""
    if story.figures:
        middle = _figure(story.figures[0])
    else:
        middle = (
            f'<div class="claim" style="font-size:{_claim_size(story)}">{_text(story.claim)}</div>'
        )
    body = (
        f'<header style="font-size:{_title_size(story)}">{_titles(story)}</header>'
        f"<main>{middle}</main><footer><p>Source: {escape(source_line(story))}</p></footer>"
    )
    return _document(story, "card", "16px", body)


def source_line(story: Story) -> str:
    """Return the first line of the source, cut at a word if it is long."""
    line = text.to_plain(story.source).splitlines()[0].removeprefix("Source:").strip()
    if len(line) <= MAX_SOURCE_LINE:
        return line
    return line[:MAX_SOURCE_LINE].rsplit(" ", 1)[0].rstrip(",;:. ") + " …"


def _document(story: Story, name: str, size: str, body: str) -> str:
    """Put a page together: head, styles inside, nothing from elsewhere."""
    title = escape(f"{story.title} | {story.title_mn}")
    style = (STYLES / f"{name}.css").read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{_colours(size)}\n{style}</style>\n</head>\n"
        f'<body class="figures-{len(story.figures)}">\n{body}\n</body>\n</html>\n'
    )


def _colours(size: str) -> str:
    """Name the course's colours for the style sheets; the tints are for backgrounds."""
    blue, orange = PALETTE[0], PALETTE[1]
    return (
        f":root {{ --blue: {blue}; --orange: {orange}; --pale-blue: {_tint(blue)}; "
        f"--pale-orange: {_tint(orange)}; --paper-size: {size}; }}"
    )


def _tint(colour: str) -> str:
    """Mix a colour with nine parts of white."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part * 0.1 + 255 * 0.9):02x}" for part in parts)


def _titles(story: Story) -> str:
    badge = ""
    if story.simulated:
        badge = f'<p class="badge">{SIMULATED} · <span lang="mn">{SIMULATED_MN}</span></p>'
    return (
        f"{badge}<h1>{escape(story.title)}</h1>"
        f'<p class="title-mn" lang="mn">{escape(story.title_mn)}</p>'
    )


def _limits(story: Story) -> str:
    return (
        f'<div class="limits">{_part("limit", "What this cannot tell us", story.limit)}'
        f"{_part('missing', 'Who is missing?', story.missing)}</div>"
    )


def _body(story: Story) -> str:
    """Return evidence and figures in order; figures that follow each other can share a row."""
    html: list[str] = []
    for are_figures, parts in groupby(story.body, lambda part: isinstance(part, Figure)):
        if are_figures:
            html.append(f'<div class="row">{"".join(_figure(part) for part in parts)}</div>')
        else:
            html += [_text(part) for part in parts]
    return "".join(html)


def _part(name: str, heading: str, markdown: str) -> str:
    return f'<section class="{name}"><h2>{heading}</h2>{_text(markdown)}</section>'


def _text(markdown: str) -> str:
    """Return a text as safe HTML, marked as Mongolian if it is; a wide table scrolls by itself."""
    html = text.to_html(markdown).replace(
        "<table>", '<div class="table" role="region" aria-label="Table" tabindex="0"><table>'
    )
    html = html.replace("</table>", "</table></div>")
    mark = ' lang="mn"' if text.language(markdown) == "mn" else ""
    return f"<div{mark}>{html}</div>"


def _figure(figure: Figure) -> str:
    return (
        f'<figure><img src="{figure.uri}" alt="{escape(figure.alt)}" '
        f'width="{figure.width}" height="{figure.height}">'
        f'<figcaption lang="mn">{escape(figure.alt_mn)}</figcaption></figure>'
    )


def _title_size(story: Story) -> str:
    """Return the size of the card's title: the longer, the smaller."""
    longest = max(len(story.title), len(story.title_mn))
    return "60px" if longest <= 40 else "52px" if longest <= 65 else "44px"


def _claim_size(story: Story) -> str:
    length = len(text.to_plain(story.claim))
    return "70px" if length <= 90 else "56px" if length <= 150 else "44px"
