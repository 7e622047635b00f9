"""Make the practice report (PDF) and the practice web page of module 2 from the course's datasets.

Run it from anywhere inside the course: ``python make_practice_files.py``. It writes the two files
beside itself, the same on every run. The pages are ours; the numbers are those of the datasets.
"""

import textwrap
from html import escape
from pathlib import Path

import matplotlib as mpl
import pandas as pd
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from gobi import dataset

HERE = Path(__file__).resolve().parent
PDF, HTML = "practice_report.pdf", "practice_page.html"
DATE = "21 November 2026"

#: A4 in points; all places on the page are counted from its top left corner.
WIDTH, HEIGHT = 595, 842
LEFT, RIGHT = 40, 555

#: The Mongolian name of each kind of payment.
STREAMS_MN = {
    "VAT": "Нэмэгдсэн өртгийн албан татвар",
    "Social and health insurance charges paid from entity": (
        "Аж ахуйн нэгжээс төлсөн нийгмийн болон эрүүл мэндийн даатгалын шимтгэл"
    ),
    "Monetary and noncash donations to Government organizations": (
        "Төрийн байгууллагад өгсөн мөнгөн болон мөнгөн бус хандив"
    ),
    "Fee for water use": "Ус ашигласны төлбөр",
    "Customs tax": "Гаалийн албан татвар",
    "Corporate income tax": "Аж ахуйн нэгжийн орлогын албан татвар",
    "Real estate tax": "Үл хөдлөх эд хөрөнгийн албан татвар",
    "Payment for recruiting foreign experts and workers": (
        "Гадаад мэргэжилтэн, ажилчин авсны төлбөр"
    ),
    "License fee for exploitation and exploration of mineral resources": (
        "Ашигт малтмалын ашиглалт, хайгуулын тусгай зөвшөөрлийн төлбөр"
    ),
    "In-kind contribution (deposit) at rate of 50% to Environmental protection special account": (
        "Байгаль орчныг хамгаалах тусгай дансанд 50 хувиар төвлөрүүлсэн хөрөнгө"
    ),
    "Penalty": "Торгууль",
    "Customs service fee": "Гаалийн үйлчилгээний хураамж",
    "Tax on vehicles and self-moving mechanisms": (
        "Автотээврийн болон өөрөө явагч хэрэгслийн албан татвар"
    ),
}
LOCAL = "Local Department of Taxation"
WATER = "Fee for water use"


def payments() -> pd.DataFrame:
    """Return the payments of table 1 in thousand dollars, those to the local office first."""
    table = pd.read_csv(dataset("money_eiti_oyu_tolgoi"))
    table["thousand_usd"] = table["value_usd_rounded"] // 1000
    table["is_local"] = table["agency"] == LOCAL
    return table.sort_values(["is_local", "value_usd"], ascending=False)


def two_sides() -> pd.DataFrame:
    """Return table 2: what both sides report in each year, in thousand dollars."""
    totals = pd.read_csv(dataset("money_eiti_totals"))
    table = totals.pivot(index="year", columns="reported_by", values="value_usd")
    table = (table / 1000).round()
    table["difference"] = table["company"] - table["government"]
    return table[["government", "company", "difference"]]


def copper() -> pd.DataFrame:
    """Return the table of the web page: copper in thousand tonnes, four quarters and the year."""
    table = pd.read_csv(dataset("mine_production"), dtype={"period": str})
    table = table[table["measure"] == "copper_in_concentrate"].set_index("period")["value"]
    years = ["2018", "2019", "2021"]
    rows = {y: [table[f"{y}-Q{q}"] for q in range(1, 5)] + [table[y]] for y in years}
    return pd.DataFrame(rows, index=["I", "II", "III", "IV", "year"]).T


class Page:
    """One page of the report. Text stands on its baseline; ``y`` counts from the top."""

    def __init__(self) -> None:
        """Begin an empty page."""
        self.figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72))

    def text(self, x: float, y: float, words: str, size: float = 8, **style) -> None:
        """Write one line."""
        self.figure.text(x / WIDTH, 1 - y / HEIGHT, words, fontsize=size, va="baseline", **style)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw one ruled line."""
        self.figure.add_artist(
            mpl.lines.Line2D(
                [x0 / WIDTH, x1 / WIDTH], [1 - y0 / HEIGHT, 1 - y1 / HEIGHT], lw=0.6, color="black"
            )
        )

    def head(self, page: int) -> None:
        """Write what every page says about itself."""
        self.text(LEFT, 46, "PRACTICE PAGE, made by the Umnugovi data course", 11, weight="bold")
        self.text(LEFT, 61, "Дасгалын хуудас. Өмнөговийн өгөгдлийн сургалт бэлтгэв.", 9)
        self.text(
            LEFT,
            75,
            "Not a publication of Oyu Tolgoi LLC, the EITI or the state. "
            "The page is ours; the numbers are real.",
        )
        self.text(LEFT, 818, f"{DATE}", 8)
        self.text(RIGHT, 818, f"page {page} / {page}-р хуудас", 8, ha="right")


def first_page() -> Page:
    """Table 1: ruled lines, a merged cell, a footnote mark that sticks to a number."""
    page = Page()
    page.head(1)
    title = "Table 1. Payments of Oyu Tolgoi LLC by kind, 2013³"
    page.text(LEFT, 108, title, 10, weight="bold")
    page.text(LEFT, 121, "Хүснэгт 1. “Оюу толгой” ХХК-ийн төлбөр, төрлөөр, 2013 он³", 9)
    edges = [LEFT, 165, 315, 485, RIGHT]
    top = y = 132
    columns = ["Received by\nХүлээн авагч", "Kind of payment", "Төлбөрийн төрөл", "Amount¹\nДүн¹"]
    for x, words in zip(edges, columns, strict=False):
        for number, line in enumerate(words.split("\n")):
            page.text(x + 4, y + 12 + 10 * number, line, 8, weight="bold")
    page.line(LEFT, y, RIGHT, y)
    y += 28
    table = payments()
    for number, row in enumerate(table.itertuples()):
        merged = row.is_local and number > 0
        cells = [
            [] if merged else textwrap.wrap(row.agency, 28),
            textwrap.wrap(row.stream, 34),
            textwrap.wrap(STREAMS_MN[row.stream], 36),
        ]
        page.line(edges[1] if merged else LEFT, y, RIGHT, y)
        for x, lines in zip(edges, cells, strict=False):
            for place, line in enumerate(lines):
                page.text(x + 4, y + 11 + 9 * place, line, 7.5)
        amount = f"{row.thousand_usd:,}"
        if row.stream == WATER:  # the mark is a small raised 2, right behind the number
            page.text(RIGHT - 4, y + 8.6, "2", 5.5, ha="right")
            page.text(RIGHT - 7.7, y + 11, amount, 7.5, ha="right")
        else:
            page.text(RIGHT - 8, y + 11, amount, 7.5, ha="right")
        y += 6 + 9 * max(map(len, cells))
    page.line(LEFT, y, RIGHT, y)
    page.text(LEFT + 4, y + 11, "Total / Нийт", 7.5, weight="bold")
    total = f"{table['thousand_usd'].sum():,}"
    page.text(RIGHT - 8, y + 11, total, 7.5, ha="right", weight="bold")
    bottom = y + 17
    page.line(LEFT, bottom, RIGHT, bottom)
    for x in edges:
        page.line(x, top, x, bottom)
    notes = [
        "¹ In thousand US dollars. / Мянган ам.доллараар.",
        "² The largest of the three payments to the Local Department of Taxation.",
        "   Орон нутгийн татварын хэлтэст төлсөн гурван төлбөрийн хамгийн их нь.",
        "³ The source prints no year; 2013 is our inference. / "
        "Эх сурвалжид он байхгүй; 2013 бол бидний дүгнэлт.",
        "Source: EITI International Secretariat, data of two charts (2016). "
        "Dataset: money_eiti_oyu_tolgoi.",
    ]
    for number, note in enumerate(notes):
        page.text(LEFT, bottom + 16 + 11 * number, note, 7.5)
    return page


def spaced(value: float, sign: bool = False) -> str:
    """Write a number as many reports do: spaces, a long minus sign, a dash for what is missing."""
    if pd.isna(value):
        return "–"
    text = f"{abs(value):,.0f}".replace(",", " ")
    if sign:
        text = ("−" if value < 0 else "+") + text
    return text


def second_page() -> Page:
    """Table 2: no ruled lines, spaces inside the numbers, dashes and minus signs."""
    page = Page()
    page.head(2)
    title = "Table 2. Payments of mining and oil companies, as both sides report them"
    page.text(LEFT, 108, title, 10, weight="bold")
    title = "Хүснэгт 2. Уул уурхай, газрын тосны компаниудын төлбөр: хоёр талын мэдээ"
    page.text(LEFT, 121, title, 9)
    page.text(LEFT, 134, "Mongolia, thousand US dollars / Монгол Улс, мянган ам.доллар", 8)
    ends = [90, 230, 370, 510]
    heads = [
        ("Year", "Он"),
        ("Government received", "Төр хүлээн авсан"),
        ("Companies paid", "Компани төлсөн"),
        ("Difference", "Зөрүү"),
    ]
    for x, (english, mongolian) in zip(ends, heads, strict=True):
        page.text(x, 160, english, 8, ha="right", weight="bold")
        page.text(x, 171, mongolian, 8, ha="right")
    y = 192
    for year, row in two_sides().iterrows():
        page.text(ends[0], y, str(year), 8, ha="right")
        page.text(ends[1], y, spaced(row["government"]), 8, ha="right")
        page.text(ends[2], y, spaced(row["company"]), 8, ha="right")
        page.text(ends[3], y, spaced(row["difference"], sign=True), 8, ha="right")
        y += 15
    notes = [
        "Difference: companies minus government. A dash means: missing in the source.",
        "Зөрүү: компанийн дүнгээс төрийн дүнг хассан. Зураас: эх сурвалжид байхгүй.",
        "The number of companies differs from year to year. / Компанийн тоо жил бүр өөр.",
        "Source: EITI International Secretariat, data on implementing countries (April 2017). "
        "Dataset: money_eiti_totals.",
    ]
    for number, note in enumerate(notes):
        page.text(LEFT, y + 12 + 11 * number, note, 7.5)
    return page


def write_pdf(path: Path) -> None:
    """Write the report. It holds no time of making, so the bytes are the same on every run."""
    nothing = {"CreationDate": None, "Creator": None, "Producer": None}
    about = nothing | {"Title": "Practice report of the Umnugovi data course"}
    style = {"pdf.fonttype": 42, "pdf.compression": 9, "font.family": "DejaVu Sans"}
    with mpl.rc_context(style), PdfPages(path, metadata=about) as pdf:
        for page in (first_page(), second_page()):
            pdf.savefig(page.figure)


def write_html(path: Path) -> None:
    """Write the web page: a menu made as a table, a joined header, decimal commas, a caption."""
    rows = []
    for year, values in copper().iterrows():
        cells = "".join(f"<td>{value:.1f}</td>".replace(".", ",") for value in values)
        rows.append(f"    <tr><th>{year}</th>{cells}</tr>")
    caption = (
        "Oyu Tolgoi: copper in concentrate, thousand tonnes / "
        "Оюу толгой: баяжмал дахь зэс, мянган тонн"
    )
    lines = [
        "<!DOCTYPE html>",
        '<html lang="mn">',
        "<head>",
        '  <meta charset="utf-8">',
        "  <title>Practice page of the Umnugovi data course</title>",
        "  <style>",
        "    body { font-family: sans-serif; max-width: 44em; margin: 2em auto; padding: 0 1em; }",
        "    td, th { padding: .3em .8em; text-align: right; } caption { text-align: left; }",
        "    .data td, .data th { border: 1px solid #666; } .data { border-collapse: collapse; }",
        "  </style>",
        "</head>",
        "<body>",
        '  <table class="menu"><tr><td>Home / Нүүр</td><td>Reports / Тайлан</td></tr></table>',
        "  <h1>PRACTICE PAGE, made by the Umnugovi data course</h1>",
        "  <p>Дасгалын хуудас. Өмнөговийн өгөгдлийн сургалт бэлтгэв.</p>",
        "  <p>Not a page of Oyu Tolgoi LLC or its owners. "
        "The page is ours; the numbers are real.</p>",
        '  <table class="data">',
        f"    <caption>{escape(caption)}</caption>",
        '    <tr><th rowspan="2">Он / Year</th><th colspan="4">Улирал / Quarter</th>'
        '<th rowspan="2">Жил / Whole year</th></tr>',
        "    <tr><th>I</th><th>II</th><th>III</th><th>IV</th></tr>",
        *rows,
        "  </table>",
        "  <p>Each number is rounded to one place. / Тоо бүрийг нэг орон хүртэл бүхэлчилсэн.</p>",
        "  <p>Source: Turquoise Hill, Oyu Tolgoi LLC, Rio Tinto, press. "
        f"Dataset: mine_production. {DATE}.</p>",
        "</body>",
        "</html>",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def make(folder: Path = HERE) -> None:
    """Write both files into a folder."""
    write_pdf(folder / PDF)
    write_html(folder / HTML)


if __name__ == "__main__":
    make()
