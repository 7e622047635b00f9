"""The house style: colours that can be told apart, letters that can be read, one look for all."""

from itertools import combinations, pairwise

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from colorspacious import cspace_convert, deltaE
from matplotlib import font_manager
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

import gobi
from gobi.figures import CONTRAST, PHONE, SMALLEST, probe

#: The three kinds of colour blindness, as Machado et al. (2009) simulate them.
BLINDNESS = ("deuteranomaly", "protanomaly", "tritanomaly")

#: Least distance of two colours in CAM02-UCS. About 1 can just be told apart side by side;
#: thin lines and small points need much more.
DISTANCE = 14

#: The same between greys, for the first four colours.
GREY_DISTANCE = 12


pytestmark = pytest.mark.usefixtures("plain_matplotlib")


def as_seen(color: str, blindness: str | None) -> list[float]:
    """Return a colour as a colour-blind reader sees it."""
    if blindness is None:
        return list(to_rgb(color))
    space = {"name": "sRGB1+CVD", "cvd_type": blindness, "severity": 100}
    return cspace_convert(to_rgb(color), space, "sRGB1").clip(0, 1)


def as_grey(color: str) -> list[float]:
    """Return the grey that a black-and-white printer makes of a colour: the same lightness."""
    lightness = cspace_convert(to_rgb(color), "sRGB1", "CIELab")[0]
    return cspace_convert([lightness, 0, 0], "CIELab", "sRGB1").clip(0, 1)


def distance(one, other) -> float:
    return float(deltaE(one, other, input_space="sRGB1"))


def closest(colors, seen) -> float:
    return min(distance(seen(one), seen(other)) for one, other in combinations(colors, 2))


@pytest.mark.parametrize("blindness", [None, *BLINDNESS])
def test_colour_blind_readers_can_tell_the_colours_apart(blindness):
    assert closest(gobi.PALETTE, lambda color: as_seen(color, blindness)) >= DISTANCE


def test_first_four_colours_differ_in_black_and_white_print():
    assert closest(gobi.PALETTE[:4], as_grey) >= GREY_DISTANCE


def test_the_measure_notices_a_bad_palette():
    red_and_green = ("#B03A2E", "#5E7D1A")
    assert closest(red_and_green, lambda color: as_seen(color, None)) >= DISTANCE
    assert closest(red_and_green, lambda color: as_seen(color, "deuteranomaly")) < DISTANCE
    assert closest(("#0072B2", "#D55E00", "#009E73", "#CC79A7"), as_grey) < GREY_DISTANCE


@pytest.mark.parametrize("color", gobi.PALETTE[:4])
def test_first_four_colours_stand_out_from_paper(color):
    # WCAG 2 asks 3:1 of graphics.
    assert probe.contrast(to_rgb(color), (1, 1, 1)) >= 3


def test_style_sheet_and_palette_are_the_same():
    gobi.chart_style()
    cycle = [to_hex(color) for color in mpl.rcParams["axes.prop_cycle"].by_key()["color"]]
    assert cycle == [color.lower() for color in gobi.PALETTE]


@pytest.mark.parametrize("name", ["Blues", "YlOrBr"])
@pytest.mark.parametrize("blindness", [None, *BLINDNESS])
def test_map_colours_go_from_light_to_dark(name, blindness):
    shades = [as_seen(to_hex(mpl.colormaps[name](step / 4)), blindness) for step in range(5)]
    lightness = [cspace_convert(shade, "sRGB1", "CIELab")[0] for shade in shades]
    assert lightness == sorted(lightness, reverse=True)
    assert min(distance(one, two) for one, two in pairwise(shades)) >= 5


def example(size: str) -> Figure:
    """Draw a chart as a lesson would."""
    gobi.chart_style(size)
    fig, ax = plt.subplots()
    ax.plot(["2019", "2020", "2021"], [1, 3, 2], label="Өмнөговь")
    ax.set_title("Үхэр, тэмээ")
    ax.set(ylabel="thousand animals")
    ax.legend()
    fig.supxlabel("Source: example for a test", x=0.01, ha="left")
    return fig


@pytest.mark.parametrize("size", gobi.SIZES)
def test_letters_of_every_size_can_be_read_on_a_phone(size):
    drawn = probe.drawing(example(size))
    assert drawn.smallest.points * PHONE / (72 * drawn.width) >= SMALLEST - 0.05
    assert min(words.contrast for words in drawn.words) >= CONTRAST
    assert drawn.overlaps == drawn.outside == []


@pytest.mark.parametrize(
    ("size", "millimetres"), [("a4", (297, 210)), ("a3", (420, 297))], ids=["a4", "a3"]
)
def test_sheets_have_the_size_of_paper(size, millimetres):
    inches = example(size).get_size_inches()
    assert [round(side * 25.4) for side in inches] == list(millimetres)


def test_card_has_1080_pixels(tmp_path):
    from PIL import Image

    example("card").savefig(tmp_path / "card.png")
    with Image.open(tmp_path / "card.png") as picture:
        assert picture.size == (1080, 1080)


def test_pdf_holds_its_letters(tmp_path):
    import pdfplumber

    example("a4").savefig(tmp_path / "handout.pdf")
    with pdfplumber.open(tmp_path / "handout.pdf") as pdf:
        assert "Үхэр, тэмээ" in pdf.pages[0].extract_text()
        fonts = {letter["fontname"] for letter in pdf.pages[0].chars}
    assert all("DejaVu" in font for font in fonts)
    assert b"/FontFile2" in (tmp_path / "handout.pdf").read_bytes()


def test_font_has_all_mongolian_letters():
    from matplotlib.ft2font import FT2Font

    font = FT2Font(font_manager.findfont("DejaVu Sans", fallback_to_default=False))
    letters = "АБВГДЕЁЖЗИЙКЛМНОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯ₮"
    known = font.get_charmap()
    assert [letter for letter in letters + letters.lower() if ord(letter) not in known] == []


def test_going_back_to_the_screen_undoes_the_sheet():
    gobi.chart_style()
    before = dict(mpl.rcParams)
    gobi.chart_style("a3")
    assert dict(mpl.rcParams) != before
    gobi.chart_style()
    assert dict(mpl.rcParams) == before


def test_style_sheets_work_by_matplotlibs_own_name():
    gobi.chart_style()
    before = dict(mpl.rcParams)
    mpl.rcdefaults()
    mpl.use("agg")
    plt.style.use("gobi.styles.house")
    changed = {key for key, value in before.items() if mpl.rcParams[key] != value}
    assert changed <= {"backend", "interactive"}


def test_wrong_size_is_named():
    with pytest.raises(ValueError, match=r"no size called 'a5'.*screen, a4, a3, card"):
        gobi.chart_style("a5")


def test_seaborn_follows_the_style():
    import seaborn as sns

    gobi.chart_style()
    assert [to_hex(color) for color in sns.color_palette()][:2] == [
        color.lower() for color in gobi.PALETTE[:2]
    ]
