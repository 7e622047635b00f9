"""Lesson 4.5 in the real JupyterLab, on a learner's copy: sliders, lists and messages answer."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from gobi import learner, machine

LESSON = "modules/04_visualization/05_let_them_explore.ipynb"

#: Longest wait for one thing on the page, in milliseconds.
PATIENCE = 120_000


@pytest.fixture(scope="module")
def lab(root: Path, tmp_path_factory) -> Iterator[SimpleNamespace]:
    """JupyterLab as ``gobi lab`` starts it, with a home of its own."""
    folder, home = tmp_path_factory.mktemp("learner"), tmp_path_factory.mktemp("home")
    copy = folder / "my-course"
    learner.make_copy(root, copy)
    command, environment = lab_command(copy)
    for name in ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR"):
        environment[f"JUPYTER_{name}"] = str(home / name)
    for name in ("SETTINGS_DIR", "WORKSPACES_DIR"):
        environment[f"JUPYTERLAB_{name}"] = str(home / name)
    environment["IPYTHONDIR"] = str(home / "ipython")
    environment.pop("GOBI_DATASETS", None)
    log = home / "log.txt"
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, env=environment, cwd=copy, stdin=subprocess.DEVNULL, stdout=file, stderr=file
        )
    try:
        yield SimpleNamespace(copy=copy, **address(process, log))
    finally:
        process.terminate()  # JupyterLab then ends its kernels
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def lab_command(copy: Path) -> tuple[list[str], dict[str, str]]:
    """Return what ``gobi lab --no-browser`` runs, without running it."""
    asked = []

    def note(command, env, check):
        asked.append((command, dict(env)))
        return subprocess.CompletedProcess(command, 0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learner.subprocess, "run", note)
        learner.open_lab(copy, port=None, browser=False)
    return asked[0]


def address(process: subprocess.Popen, log: Path) -> dict[str, str]:
    """Wait for the address that JupyterLab prints, and take it apart."""
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end and process.poll() is None:
        text = log.read_text(encoding="utf-8", errors="replace")
        if found := re.search(r"(http://127\.0\.0\.1:\d+)/lab\?token=(\w+)", text):
            return {"url": found[1], "token": found[2]}
        time.sleep(0.1)
    pytest.fail("JupyterLab did not start:\n" + log.read_text(encoding="utf-8", errors="replace"))


@pytest.fixture(scope="module")
def page(lab: SimpleNamespace) -> Iterator[Page]:
    """The lesson, open in JupyterLab, after *Run All Cells*."""
    with sync_playwright() as playwright:
        root_user = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(
            executable_path=machine.find_chromium(),
            args=["--disable-gpu", *(["--no-sandbox"] if root_user else [])],
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.goto(f"{lab.url}/lab/tree/{LESSON}?token={lab.token}")
        run_all(page)
        yield page
        browser.close()


def run_all(page: Page, command: str = "run-all") -> None:
    """Choose it in the menu *Run* when the kernel answers; before, JupyterLab runs nothing."""
    expect(page.locator("#jp-bottom-panel")).to_contain_text("Python 3 (ipykernel) | Idle")
    page.locator("#jp-MainMenu .lm-MenuBar-item", has_text=re.compile("^Run$")).click()
    page.locator(f".lm-Menu-item[data-command='runmenu:{command}']").click()


def cell(page: Page, words: str) -> Locator:
    """Return the code cell with these words, scrolled into view."""
    found = page.locator(".jp-Notebook .jp-CodeCell", has_text=words).first
    found.scroll_into_view_if_needed()
    return found


def test_list_changes_text_and_picture(page: Page):
    explorer = cell(page, "interact(show_soum")
    expect(explorer.locator(".widget-output")).to_contain_text("Khanbogd, end of 2019: 8,718")
    picture = explorer.locator(".widget-output img")
    before = picture.get_attribute("src")
    explorer.locator("select").select_option(label="Gurvantes")
    expect(explorer.locator(".widget-output")).to_contain_text("Gurvantes, end of 2019: 5,129")
    expect(explorer.locator(".widget-output")).not_to_contain_text("Khanbogd, end of 2019")
    expect(picture).to_have_count(1)
    expect(picture).not_to_have_attribute("src", before)


def test_slider_moves_with_the_keyboard_and_changes_the_picture(page: Page):
    explorer = cell(page, "interact(draw_what_if")
    picture = explorer.locator(".widget-output img")
    before = picture.get_attribute("src")
    handle = explorer.get_by_role("slider").first
    expect(handle).to_have_attribute("aria-valuenow", re.compile("^9000"))
    handle.focus()
    page.keyboard.press("ArrowRight")
    expect(explorer.locator(".widget-readout").first).to_have_text("9500")
    expect(picture).not_to_have_attribute("src", before)
    expect(picture).to_have_count(1)
    # only the slider makes the picture: moved back, it draws the first one again
    handle.focus()
    page.keyboard.press("ArrowLeft")
    expect(explorer.locator(".widget-readout").first).to_have_text("9000")
    expect(picture).to_have_attribute("src", before)


def test_card_changes_with_the_list(page: Page):
    explorer = cell(page, "jslink(")
    shown = explorer.locator(".widget-html:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("Баян-Овоо")
    explorer.locator("select").select_option(label="Noyon")
    expect(shown).to_contain_text("Ноён")
    expect(shown).to_have_count(1)


def test_missing_table_is_said_in_words(page: Page, lab: SimpleNamespace):
    sentence = "The file people_population.csv is missing from"
    advice = "Copy it back from the course folder or the course's USB stick."
    table = lab.copy / "datasets" / "people_population.csv"
    away = table.with_suffix(".away")
    table.rename(away)
    try:
        explorer = cell(page, "def open_table")
        explorer.locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        said = explorer.locator(".jp-OutputArea")
        expect(said).to_contain_text(sentence)
        expect(said).to_contain_text(advice)
        expect(said).not_to_contain_text("Traceback")
        # the lesson's first cell stops; its last line is the sentence
        run_all(page, "restart-and-run-all")
        page.locator(".jp-Dialog .jp-mod-accept").click()
        stopped = cell(page, "import ipywidgets").locator(".jp-OutputArea")
        expect(stopped).to_contain_text(re.compile(rf"{sentence} \S+\. {re.escape(advice)}\s*$"))
    finally:
        away.rename(table)
