"""The pictures of the README and the guide are what k2log shows, and are told in words, too."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from readme import GUIDE, README

PICTURES = README.parent / "docs" / "pictures"
DRAWN = ("report.svg", "chart.svg")
SHOWN = (*DRAWN, "page.png")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory) -> Path:
    """Return a folder with the pictures as the script draws them now."""
    folder = tmp_path_factory.mktemp("pictures")
    subprocess.run([sys.executable, PICTURES.with_suffix(".py"), folder], check=True)
    return folder


@pytest.mark.parametrize("name", DRAWN)
def test_it_is_what_k2log_shows(name, drawn):
    """If this fails, look at what changed and run: python docs/pictures.py --page."""
    assert (drawn / name).read_text("utf-8") == (PICTURES / name).read_text("utf-8")


@pytest.mark.parametrize("name", DRAWN)
def test_it_loads_nothing(name):
    """No font, style or picture comes from elsewhere; the one address is SVG's own name."""
    svg = (PICTURES / name).read_text("utf-8")

    assert set(re.findall(r"\w+://[^\"')\s]+", svg)) == {"http://www.w3.org/2000/svg"}
    assert set(re.findall(r"url\((.)", svg)) == {"#"}
    assert "@" not in svg


def test_the_readme_shows_each_and_says_what_is_seen():
    """Every picture there is, by its relative path, with words of some length instead of it."""
    shown = [
        (words, file.parent / path)
        for file in (README, GUIDE)
        for words, path in re.findall(r"!\[([^]]*)\]\(([^)]*)\)", file.read_text("utf-8"))
    ]

    assert {path for _, path in shown} == {PICTURES / name for name in SHOWN}
    assert README.read_text("utf-8").count("![") == 1
    assert all(path.is_file() and len(words) > 60 for words, path in shown)


def test_they_are_small():
    """A README that opens quickly: less than 250 kB for the page, 40 kB for each drawing."""
    most = dict.fromkeys(DRAWN, 40_000) | {"page.png": 250_000}

    assert {name for name in SHOWN if (PICTURES / name).stat().st_size > most[name]} == set()
