"""Sphinx extension that keeps the web edition offline, small and readable on a phone.

* Formulas become MathML, which browsers draw without a script.
* Live widgets use a copy of ``@jupyter-widgets/html-manager`` that travels with the site.
* The theme's scripts that only serve online kernels are left out.
* The data catalogue can be searched and filtered, without a server.
"""

import gzip
import os
from pathlib import Path
from urllib.parse import urlparse

import latex2mathml.converter
from docutils import nodes
from sphinx.application import Sphinx

STATIC = Path(__file__).parent / "static"


def visit_math(writer, node: nodes.math) -> None:
    """Write an inline formula as MathML."""
    writer.body.append(latex2mathml.converter.convert(node.astext()))
    raise nodes.SkipNode


def visit_math_block(writer, node: nodes.math_block) -> None:
    """Write a formula on a line of its own as MathML."""
    formula = latex2mathml.converter.convert(node.astext(), display="block")
    writer.body.append(f'<div class="math">{formula}</div>')
    raise nodes.SkipNode


def drop_online_scripts(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Leave out of a page what asks another host for something, and Thebe's settings."""
    context["script_files"] = [
        script for script in context.get("script_files", []) if not _is_online(script)
    ]


def _is_online(script) -> bool:
    filename = str(getattr(script, "filename", script) or "")
    body = str((getattr(script, "attributes", None) or {}).get("body", ""))
    return bool(urlparse(filename).netloc) or "thebe" in filename or "thebe" in body.lower()


def copy_widget_manager(app: Sphinx, error: Exception | None) -> None:
    """Unpack the widget manager into the finished site."""
    if error is None and app.builder.format == "html":
        target = Path(app.outdir) / "_static" / "widgets.js"
        target.write_bytes(gzip.decompress((STATIC / "embed.js.gz").read_bytes()))


def use_all_cores(app: Sphinx, config) -> None:
    """Let Sphinx read and write pages in parallel, which Jupyter Book has no option for.

    ``gobi book`` says how many processes in the environment variable ``GOBI_SPHINX_JOBS``.
    """
    app.parallel = int(os.environ.get("GOBI_SPHINX_JOBS", "0"))
    # It only numbers the tables of contents, after all pages are read; it does not say so itself.
    if "sphinx_multitoc_numbering" in app.extensions:
        app.extensions["sphinx_multitoc_numbering"].parallel_read_safe = True


def add_static_folder(app: Sphinx, config) -> None:
    """Add the book's own style sheet."""
    config.html_static_path.append(str(STATIC / "web"))


def add_catalogue_script(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Give the data catalogue, and no other page, the script that searches it."""
    if pagename == "datasets/catalogue":
        app.add_js_file("catalogue.js", loading_method="defer")


def setup(app: Sphinx) -> dict:
    """Register the extension with Sphinx."""
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_math_block, None))
    app.add_css_file("course.css")
    app.connect("config-inited", add_static_folder)
    app.connect("config-inited", use_all_cores)
    app.connect("html-page-context", add_catalogue_script)
    # Late, so that the other extensions have added their scripts by then.
    app.connect("html-page-context", drop_online_scripts, priority=900)
    app.connect("build-finished", copy_widget_manager)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
