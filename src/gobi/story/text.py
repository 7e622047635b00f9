"""Markdown that a learner wrote: as HTML that can do nothing, and as plain words."""

import re

import bleach
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = frozenset(
    "a blockquote br code em h3 hr li ol p pre strong table tbody td th thead tr ul".split()  # noqa: SIM905
)
CLASSES = ("left", "center", "right")

_ALIGN = re.compile(r'style="text-align:(left|center|right)"')
_CYRILLIC = re.compile(r"[А-Яа-яЁёӨөҮү]")
_LATIN = re.compile(r"[A-Za-z]")


def to_html(markdown: str) -> str:
    """Return Markdown as HTML without anything that acts, loads or styles.

    Headings become ``h3``, because the page has its own ``h1`` and ``h2``. Addresses become links.
    """
    tokens = _parser().parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3"
    html = _parser().renderer.render(tokens, _parser().options, {})
    html = _ALIGN.sub(r'class="\1"', html)
    html = bleach.clean(
        html, tags=TAGS, attributes=_may_stay, protocols=("http", "https", "mailto"), strip=True
    )
    return bleach.linkify(html, callbacks=[_only_full_addresses], skip_tags=["pre", "code"])


def to_plain(markdown: str) -> str:
    """Return Markdown as plain text, one line for each paragraph or item."""
    soup = BeautifulSoup(to_html(markdown), "html.parser")
    for tag in soup.find_all(["p", "li", "h3", "tr", "br"]):
        tag.append("\n")
    lines = (" ".join(line.split()) for line in soup.get_text().splitlines())
    return "\n".join(line for line in lines if line)


def unwanted(markdown: str) -> str:
    """Return the first raw HTML or picture in a Markdown text, or an empty string."""
    for token in _all_tokens(_parser().parse(markdown)):
        if token.type in ("html_block", "html_inline"):
            return token.content.strip().splitlines()[0][:40]
        if token.type == "image":
            return f"![{token.content}]"
    return ""


def count_words(text: str) -> int:
    """Count the words of a plain text; a number is a word, a dash is none."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def has_cyrillic(text: str) -> bool:
    """Say whether a text has letters of the Mongolian alphabet."""
    return bool(_CYRILLIC.search(text))


def language(text: str) -> str:
    """Return ``mn`` for a text that is mostly Cyrillic, else ``en``."""
    return "mn" if len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text)) else "en"


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table")


def _all_tokens(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *(token.children or []))]


def _may_stay(tag: str, attribute: str, value: str) -> bool:
    if attribute == "class":
        return value in CLASSES
    return tag == "a" and attribute == "href"


def _only_full_addresses(attrs: dict, new: bool = False) -> dict | None:
    """Make a link of https://1212.mn, but not of a file's name such as table.md."""
    if new and not attrs["_text"].startswith("http"):
        return None
    return attrs
