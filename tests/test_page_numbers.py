"""Numbers on the openers, take-away pages and cheat sheets come from the lessons or datasets.

A number must stand in an output or the code of a lesson of the module, or in a cell of a dataset,
or be computed here from the datasets.
"""

import csv
from functools import cache
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from conftest import ROOT
from test_prose_numbers import LESSONS, claims, known, numbers, trim

from gobi import dataset, notebooks

MODULES = (
    "01_digital_skills",
    "02_open_data",
    "03_analysis",
    "04_visualization",
    "05_storytelling",
)
PAGES = [
    ROOT / "modules" / module / page
    for module in MODULES
    for page in ("index.md", "takeaway.md", "cheatsheet.md")
]
SIX_SOUMS = ["Gurvantes", "Khanbogd", "Mandal-Ovoo", "Nomgon", "Noyon", "Tsogttsetsii"]
LESSON_NUMBERS = {f"{module}.{lesson}" for module in range(1, 6) for lesson in range(1, 7)}


@cache
def in_datasets() -> set[str]:
    """Every number in a cell of a dataset, as it stands there."""
    found = set()
    for path in sorted((ROOT / "datasets").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                found |= {trim(each) for cell in row for each in numbers(cell)}
    return found


@cache
def in_lessons(module: str) -> set[str]:
    """Every number that the lessons of a module hold or print."""
    lessons = [path for path in LESSONS if path.parent.name == module]
    return set().union(*(known(notebooks.read(path)) for path in lessons))


@cache
def computed() -> set[str]:
    """Answers of the take-away pages, computed from the datasets."""
    people = pd.read_csv(dataset("people_population"))
    residents = people[people["year"] == 2020].sort_values("soum_code")["residents"]
    groups = [residents.iloc[start : start + 5].sum() for start in (0, 5, 10)]
    revenue = pd.read_csv(dataset("money_eiti_revenue"))
    streams = revenue.pivot(index="stream", columns="year", values="value_as_published")
    before, after = streams[2012], streams[2013]
    values = [f"{group:.0f}" for group in groups]
    values.append(f"{residents.iloc[0] / residents.sum() * 100:.1f}")
    for stream in before.index:
        values += [f"{before[stream]:.0f}", f"{before[stream] / 1e6:.1f}"]
        values += [f"{after[stream]:.0f}", f"{after[stream] / 1e3:.1f}"]
    values += [f"{before.sum() / 1e6:.1f}", f"{after.sum() / 1e3:.1f}"]
    values += [*of_module_3(), *of_module_4()]
    return {trim(value) for value in values}


def of_module_3() -> list[str]:
    """Rates, the trap of the town's outline, four small recipients, differences of two sides."""
    herds = pd.read_csv(dataset("land_livestock_soum"))
    shown = herds[herds["soum"].isin(SIX_SOUMS) & (herds["year"] == 2020)]
    areas = pd.read_csv(dataset("place_soums")).set_index("soum")["area_km2"]
    values = [f"{rate:.0f}" for rate in shown["head"] / shown["herder_households"]]
    values += [f"{row.head / areas[row.soum]:.1f}" for row in shown.itertuples(index=False)]
    town = herds[(herds["soum"] == "Dalanzadgad") & (herds["year"] == 2019)]["head"].item()
    values.append(f"{town / areas['Dalanzadgad']:.0f}")
    paid = pd.read_csv(dataset("money_eiti_company"))
    paid = paid[paid["company"] == "Oyu Tolgoi LLC"].groupby("agency")["value_usd"].sum()
    values.append(f"{paid.nsmallest(4).sum() / 1e6:.3f}")
    sides = pd.read_csv(dataset("money_eiti_totals"))
    sides = (sides.pivot(index="year", columns="reported_by", values="value_usd") / 1e6).round(2)
    apart = sides["company"] - sides["government"]
    return values + [f"{abs(apart[year]):.2f}" for year in (2007, 2013, 2014)]


def of_module_4() -> list[str]:
    """The mean of nine loss rates when the largest of them becomes that of 2010."""
    losses = pd.read_csv(dataset("land_livestock_losses"))
    rates = losses[losses["measure"] == "loss_rate"].set_index("year")["value"]
    nine = rates.loc[2017:2025].copy()
    nine[nine.idxmax()] = rates[2010]
    return [f"{nine.mean():.2f}"]


def unproven(text: str, module: str) -> list[str]:
    """Return the numbers of a page that nothing proves."""
    said = {trim(number) for number in claims(nbformat.v4.new_markdown_cell(text))}
    return sorted(said - in_lessons(module) - in_datasets() - computed() - LESSON_NUMBERS)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_number_on_the_page_is_proven(path: Path) -> None:
    # "more than 4,000 women" is a statement to judge: the answer says that no table holds it
    wrong_on_purpose = {"4000"} if path.parent.name == "01_digital_skills" else set()
    text = path.read_text(encoding="utf-8")
    assert set(unproven(text, path.parent.name)) <= wrong_on_purpose


def test_a_wrong_number_is_found() -> None:
    assert unproven("Royalties were 378.4 million; 71,249 people.", "02_open_data") == [
        "378.4",
        "71249",
    ]
