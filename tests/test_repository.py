"""The repository itself: lint, environment files, README, nothing that names one machine."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from check_file_size import LIMIT
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

BIN = Path(sys.executable).parent


def run(root: Path, *command: str) -> subprocess.CompletedProcess:
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def tracked(root: Path) -> list[Path]:
    return [root / name for name in run(root, "git", "ls-files").stdout.splitlines()]


@pytest.mark.parametrize("command", [("check",), ("format", "--check")])
def test_ruff(root: Path, command):
    result = run(root, str(BIN / "ruff"), *command, "src", "tests", "benchmarks", "modules")
    assert result.returncode == 0, result.stdout


def test_codespell(root: Path):
    files = [str(path) for path in tracked(root) if path.suffix in (".md", ".py", ".yml", ".toml")]
    result = run(root, str(BIN / "codespell"), *files)
    assert result.returncode == 0, result.stdout


def test_files_are_light(root: Path):
    heavy = [path.name for path in tracked(root) if path.stat().st_size > LIMIT]
    assert heavy in ([], ["uv.lock"])


def locked(root: Path) -> dict[str, str]:
    lock = tomllib.loads((root / "uv.lock").read_text(encoding="utf-8"))
    return {package["name"]: package.get("version", "") for package in lock["package"]}


def test_environment_yml_is_in_step_with_the_lock(root: Path):
    """Same packages, same versions; conda's own solver is not run (no channel is reachable)."""
    conda = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    project, tests = settings["project"], settings["dependency-groups"]["dev"]
    pinned = dict(
        line.split("=", 1)
        for line in conda["dependencies"]
        if isinstance(line, str) and "=" in line and not line.startswith("python>")
    )
    versions = locked(root)
    wanted = {Requirement(line).name for line in project["dependencies"] + tests}
    assert set(pinned) == wanted
    assert pinned == {name: versions[name] for name in wanted}
    python = next(line for line in conda["dependencies"] if str(line).startswith("python>"))
    assert SpecifierSet(python.removeprefix("python")) == SpecifierSet(project["requires-python"])


def test_lock_is_in_step_with_pyproject(root: Path):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    versions = locked(root)
    groups = project["dependency-groups"]["dev"]
    for line in project["project"]["dependencies"] + groups:
        requirement = Requirement(line)
        assert requirement.specifier.contains(versions[requirement.name]), line


def test_toc_names_every_lesson_and_no_other(root: Path):
    toc = (root / "_toc.yml").read_text(encoding="utf-8")
    named = set(re.findall(r"file: (modules/\S+/\d\d_\S+)", toc))
    there = {
        path.relative_to(root).with_suffix("").as_posix()
        for path in root.glob("modules/*/[0-9][0-9]_*.ipynb")
    }
    assert named == there


def test_readme_commands_are_one_line_and_name_real_commands(root: Path):
    readme = (root / "README.md").read_text(encoding="utf-8")
    lines = [line for line in readme.splitlines() if line.startswith("python3 -m pip install")]
    assert len(lines) == 2
    assert lines[0].endswith("gobi book")
    assert lines[1].endswith("pytest")
    ci = (root / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in ci


def test_paths_named_in_markdown_exist(root: Path):
    """Links between the written pages; links to generated pages are tested in the book."""
    generated = ("datasets/", "trainer_guide/sessions/")
    missing = []
    for page in tracked(root):
        if page.suffix != ".md":
            continue
        text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for link in re.findall(r"\]\(([^)#\s]+)", text):
            target = (page.parent / link).resolve()
            if re.match(r"\w+:", link) or target.exists():
                continue
            if not target.relative_to(root).as_posix().startswith(generated):
                missing.append(f"{page.name}: {link}")
    assert not missing


def test_nothing_names_one_machine(root: Path):
    """A stranger's clone has none of these."""
    parts = ["/wo" + "rk/", "/ro" + "ot/", "/far" + "m/", "../sha" + "red", ".lib" + "rary"]
    found = []
    for path in tracked(root):
        if path.suffix in (".png", ".gz") or path.name == "uv.lock":
            continue
        text = path.read_text(encoding="utf-8", errors="replace")  # a PDF is no text
        found += [f"{path.name}: {part}" for part in parts if part in text]
    assert not found
