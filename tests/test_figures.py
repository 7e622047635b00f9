"""Every figure of the lessons can be read on a phone, in print and without seeing it."""

from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import pytest
from typer.testing import CliRunner

import gobi
from gobi import figures, notebooks
from gobi.cli import app
from gobi.figures import Figure, FigureError, probe, sheet

ROOT = Path(__file__).resolve().parents[1]
LESSONS = notebooks.lessons(ROOT)

ALT = "Line chart: the herd grew from 1 to 3 million animals between 2019 and 2021, then fell to 2."


pytestmark = pytest.mark.usefixtures("plain_matplotlib")


# The lessons ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def collected() -> dict[Path, list[Figure]]:
    """All figures of all lessons, measured once."""
    found: dict[Path, list[Figure]] = {path: [] for path in LESSONS}
    for figure in figures.collect(LESSONS):
        found[figure.path].append(figure)
    return found


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_figures_of_a_lesson_can_be_read(path, collected):
    found = [
        f"figure {figure.number}: {problem}"
        for figure in collected[path]
        for problem in figures.problems(figure)
    ]
    assert found == []


def test_simulated_data_say_so_in_the_title(collected):
    simulated = []
    for found in collected.values():
        for figure in found:
            words = [each.text for each in figure.drawing.words] if figure.drawing else []
            if "SIMULATED" in " ".join(words):
                simulated.append((figure.path.name, figure.number, figure.drawing.titles))
    assert len(simulated) >= 3
    silent = [each for each in simulated if "SIMULATED" not in " ".join(each[2])]
    assert silent == []


def test_charts_of_the_datasets_can_be_read():
    found = figures.dataset_charts(ROOT / "datasets")
    assert len(found) > 60
    wrong = [(figure.page, figures.problems(figure)) for figure in found]
    assert [each for each in wrong if each[1]] == []


# Each mistake is noticed, and nothing else ----------------------------------------------------


def good() -> tuple:
    """Draw a chart without a mistake."""
    gobi.chart_style()
    fig, ax = plt.subplots()
    ax.plot(["2019", "2020", "2021"], [1, 3, 2])
    ax.set_title("The herd grew, then fell")
    ax.set(ylabel="animals (million)")
    fig.supxlabel("Source: example for a test", x=0.01, ha="left")
    return fig, ax


def said(fig, alt: str = ALT) -> list[str]:
    figure = Figure("4.1", Path("lesson.ipynb"), 1, b"", alt, probe.drawing(fig))
    return figures.problems(figure)


def no_title(fig, ax):
    ax.set_title("")


def no_source(fig, ax):
    fig.supxlabel("")


def small_letters(fig, ax):
    ax.text(0.2, 2.5, "a small note", fontsize=7)


def pale_letters(fig, ax):
    ax.text(0.2, 2.5, "a pale note", color="#bbbbbb")


def letters_on_a_bar(fig, ax):
    ax.axvspan(-0.5, 1, color="C0")
    ax.text(0, 1.5, "black on blue")


def words_on_words(fig, ax):
    ax.text(1, 2, "one sentence")
    ax.text(1.1, 2, "another sentence")


def title_too_long(fig, ax):
    ax.set_title("A title that is so long that it does not fit over the chart at all")


def no_label(fig, ax):
    ax.set_ylabel("")


def no_unit(fig, ax):
    ax.set_ylabel("herd")


MISTAKES = {
    no_title: "no title",
    no_source: "no source line",
    small_letters: "'a small note' are 5.3 pixels high",
    pale_letters: "'a pale note' has a contrast of 1.9",
    letters_on_a_bar: "'black on blue' has a contrast of",
    words_on_words: "'one sentence' and 'another sentence' lie on each other",
    title_too_long: "'A title that is so long that it does not fit…' leaves the picture",
    no_label: "An axis with numbers has no label",
    no_unit: "The label 'herd' names no unit",
}


def test_good_chart_has_no_problem():
    assert said(good()[0]) == []


@pytest.mark.parametrize("spoil", MISTAKES, ids=lambda spoil: spoil.__name__)
def test_each_mistake_is_named_and_nothing_else(spoil):
    fig, ax = good()
    spoil(fig, ax)
    sentences = said(fig)
    assert len(sentences) == 1
    assert MISTAKES[spoil] in sentences[0]


@pytest.mark.parametrize("alt", ["", "A chart.", "word " * 200])
def test_alt_text_of_wrong_length_is_named(alt):
    assert "alt text" in said(good()[0], alt)[0]


def test_map_without_axes_needs_no_labels():
    fig, ax = good()
    ax.set_axis_off()
    assert said(fig) == []


def test_panels_share_a_label():
    gobi.chart_style()
    fig, panels = plt.subplots(2, 1, sharey=True)
    for panel in panels:
        panel.plot(["2019", "2020"], [1, 3])
    panels[0].set_title("Both herds grew")
    panels[0].set_ylabel("animals (million)")
    fig.supxlabel("Source: example for a test", x=0.01, ha="left")
    assert said(fig) == []


def test_halo_counts_as_the_ground_of_its_letters():
    from matplotlib import patheffects

    fig, ax = good()
    letters_on_a_bar(fig, ax)
    ax.texts[0].set_path_effects([patheffects.withStroke(linewidth=3, foreground="white")])
    assert said(fig) == []


def test_box_counts_as_the_ground_of_its_letters():
    fig, ax = good()
    letters_on_a_bar(fig, ax)
    ax.texts[0].set_bbox({"facecolor": "white", "edgecolor": "none"})
    assert said(fig) == []
    ax.texts[0].set_bbox({"facecolor": "none"})
    assert "contrast" in said(fig)[0]


# Running lessons -----------------------------------------------------------------------------


def lesson(folder: Path, code: str, pictures: int = 1) -> Path:
    """Write a lesson with one cell that stores so many pictures."""
    cell = nbformat.v4.new_code_cell(code, id="plot")
    cell.metadata["mystnb"] = {"image": {"alt": ALT}}
    png = "iVBORw0KGgo="
    cell.outputs = [nbformat.v4.new_output("display_data", {"image/png": png})] * pictures
    title = nbformat.v4.new_markdown_cell("# 4.1 Which chart?", id="title")
    book = nbformat.v4.new_notebook(cells=[title, cell])
    book.metadata["gobi"] = {"lesson": "4.1"}
    path = folder / "01_which_chart.ipynb"
    nbformat.write(book, path)
    return path


GOOD = """
import matplotlib.pyplot as plt
from gobi import chart_style
chart_style()
fig, ax = plt.subplots()
ax.plot(["2019", "2020"], [1, 3])
ax.set_title("The herd grew")
ax.set(ylabel="animals (million)")
fig.supxlabel("Source: example for a test", x=0.01, ha="left")
plt.show()
"""


def test_picture_and_measures_come_together(tmp_path):
    (figure,) = figures.collect([lesson(tmp_path, GOOD)])
    assert (figure.page, figure.number, figure.alt) == ("4.1 Which chart?", 1, ALT)
    assert figure.drawing.titles == ["The herd grew"]
    assert figures.problems(figure) == []


def test_picture_that_matplotlib_did_not_draw_needs_only_its_description(tmp_path):
    (figure,) = figures.collect([lesson(tmp_path, "print('a page of a PDF')")])
    assert figure.drawing is None
    assert figures.problems(figure) == []
    assert sheet.page([figure]).count("<img") == 3


def test_stored_pictures_and_code_must_agree(tmp_path):
    path = lesson(tmp_path, GOOD, pictures=2)
    with pytest.raises(FigureError, match="stores 2 pictures, its code draws 1"):
        figures.collect([path])


def test_broken_lesson_is_named(tmp_path):
    path = lesson(tmp_path, "1 / 0")
    with pytest.raises(
        FigureError, match=r"01_which_chart\.ipynb does not run: .*division by zero"
    ):
        figures.collect([path])


def test_killed_process_is_explained(tmp_path):
    path = lesson(tmp_path, "import os\nos.kill(os.getpid(), 9)")
    with pytest.raises(FigureError, match="ended from outside; close other programs"):
        figures.collect([path])


def test_command_writes_the_sheet_and_fails_while_something_is_to_mend(tmp_path):
    path, page = lesson(tmp_path, GOOD), tmp_path / "figures.html"
    result = CliRunner().invoke(app, ["figures", str(path), "-o", str(page)])
    assert result.exit_code == 0
    assert "1 figures, 0 things to mend" in result.output
    text = page.read_text(encoding="utf-8")
    assert text.count("<img") == 3
    assert "smallest letters 8.0 pixels" in text
    lesson(tmp_path, GOOD.replace('ax.set_title("The herd grew")', ""))
    result = CliRunner().invoke(app, ["figures", str(path), "-o", str(page)])
    assert result.exit_code == 1
    assert "figure 1: It has no title" in result.output
    assert 'class="problem">It has no title' in page.read_text(encoding="utf-8")
