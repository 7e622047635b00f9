"""The contact sheet: all figures as on a phone, in colour, in grey and without red and green."""

import base64
import html
from collections.abc import Iterable
from pathlib import Path

from gobi.figures import PHONE, Figure, phone_pixels, problems

#: Deuteranopia, the most common colour blindness, as a matrix for linear red, green and blue.
#: Machado, Oliveira and Fernandes (2009), "A Physiologically-based Model for Simulation of
#: Color Vision Deficiency", table for severity 1.0.
DEUTERANOPIA = "0.367322 0.860646 -0.227968 0 0 0.280085 0.672501 0.047413 0 0 " + (
    "-0.011820 0.042940 0.968881 0 0 0 0 0 1 0"
)

STYLE = f"""
body {{ font: 16px/1.4 "DejaVu Sans", sans-serif; margin: 1rem; color: #222; }}
.figure {{ border-top: 1px solid #999; padding: 0.8rem 0; display: flex; flex-wrap: wrap; }}
.figure {{ gap: 1rem; break-inside: avoid; }}
.figure img {{ width: {PHONE}px; height: auto; align-self: start; }}
.grey {{ filter: grayscale(1); }}
.no-red-green {{ filter: url(#deuteranopia); }}
.words {{ flex: 1 1 20rem; }}
.words p {{ margin: 0 0 0.5rem; }}
.problem {{ color: #a00000; font-weight: bold; }}
"""


def page(figures: Iterable[Figure]) -> str:
    """Return the contact sheet as one HTML page that needs no other file.

    Args:
        figures: the figures, in the order in which they are shown.
    """
    figures = list(figures)
    wrong = sum(bool(problems(figure)) for figure in figures)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>All figures</title><style>{STYLE}</style></head><body>\n"
        '<svg width="0" height="0" style="position:absolute"><filter id="deuteranopia" '
        'color-interpolation-filters="linearRGB">'
        f'<feColorMatrix type="matrix" values="{DEUTERANOPIA}"/></filter></svg>\n'
        f"<h1>All figures: {len(figures)}, with something to mend: {wrong}</h1>\n"
        "<p>Each as wide as on a phone: in colour, in grey print, and for a reader who cannot tell "
        "red from green. Does the title say what the picture shows? Does the alt text?</p>\n"
        + "".join(_entry(figure) for figure in figures)
        + "</body></html>\n"
    )


def _entry(figure: Figure) -> str:
    kind = "svg+xml" if figure.picture.lstrip().startswith(b"<") else "png"
    uri = f"data:image/{kind};base64,{base64.b64encode(figure.picture).decode('ascii')}"
    views = "".join(
        f'<img class="{name}" src="{uri}" alt="{html.escape(figure.alt) if not name else ""}">'
        for name in ("", "grey", "no-red-green")
    )
    facts = f"{len(figure.picture) // 1000} kB"
    if figure.drawing:
        size = f"{figure.drawing.width:g} × {figure.drawing.height:g} inches"
        facts = f"{size} · smallest letters {phone_pixels(figure.drawing):.1f} pixels · {facts}"
    wrong = "".join(f'<p class="problem">{html.escape(text)}</p>' for text in problems(figure))
    return (
        f'<section class="figure">{views}<div class="words">'
        f"<p><b>{html.escape(figure.page)}</b> Figure {figure.number}</p>"
        f"<p>{html.escape(figure.alt)}</p><p>{facts}</p>{wrong}</div></section>\n"
    )


def write(figures: Iterable[Figure], output: Path) -> None:
    """Write the contact sheet.

    Args:
        figures: the figures.
        output: the HTML file.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(page(figures), encoding="utf-8", newline="\n")
