"""The page in a real browser: silent, as narrow as a phone, accessible, printed whole."""

import re
import shutil
import subprocess

import pytest

from pages import chromium, needs_axe, needs_browser, visit

pytestmark = [needs_browser, pytest.mark.long]

HOSTILE = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>')
AXE = """
frame.eval(axeSource);
const found = await frame.axe.run(frame.document, {resultTypes: ["violations"]});
const told = node => node.target + " " + node.failureSummary;
return found.violations.map(it => it.id + ": " + it.nodes.map(told).join("; "));
"""
WIDTHS = """
const page = frame.document.documentElement;
const boxes = [...frame.document.querySelectorAll(".scroll")];
return [page.scrollWidth, page.clientWidth,
  boxes.filter(box => box.scrollWidth > box.clientWidth).length];
"""

CUT = """
const page = frame.document.documentElement;
const drawn = [...frame.document.querySelectorAll("figure svg")].filter(it => it.clientWidth);
const parts = [...frame.document.querySelectorAll("main *, header *")];
return [page.scrollWidth, page.clientWidth,
  parts.filter(it => it.getBoundingClientRect().right > page.clientWidth + 1).length, drawn.length];
"""
DAYS = """
const days = frame.document.querySelector("#days");
return [days.scrollWidth - days.parentElement.clientWidth];
"""


@pytest.fixture
def page(k2log, tmp_path):
    """Return a page with every sign in it, and foods that somebody hostile named."""
    k2log("profile set --born 1964 --sex female --medicine levothyroxine@07:00")
    for name in HOSTILE:
        k2log("foods", "add", name, "--per", "100g", "--calcium", "120mg")
        k2log("add", f"{name} 100g", "--on", "-1", "--note", name)
    for day in range(1, 8):
        k2log("add", "gouda 30g, natto 1tbsp, tofu 100g, eel 50g", "--on", f"-{day}")
        k2log("add", "d3 2000IU, calcium 500mg", "--on", f"-{day}", "--at", "08:00")
    k2log("add", "d3 2000IU", "--on", "-9")
    k2log("add", "egg 2")
    made = tmp_path / "month.html"
    assert k2log("report", "--month", "--format", "html", "--full", "-o", str(made)).code == 0
    return made


def test_nothing_is_logged_to_the_console(page):
    """No error, no refused request; what a page does log is seen."""
    loud = page.with_name("loud.html")
    loud.write_text("<!doctype html><script>console.error('loud')</script>")
    opened = chromium(page, "--dump-dom")

    assert "Gouda" in opened.stdout
    assert "CONSOLE" not in opened.stderr
    assert "CONSOLE" in chromium(loud, "--dump-dom").stderr


def test_a_phone_scrolls_no_page_sideways(page, tmp_path):
    """Wide tables scroll in boxes of their own."""
    whole, seen, boxes = visit(page.read_text(), tmp_path, WIDTHS, wide=360)

    assert whole == seen
    assert boxes


@needs_axe
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("wide", [360, 1200])
def test_axe_finds_nothing(page, tmp_path, wide, dark):
    """Headings, tables, names, contrast."""
    assert visit(page.read_text(), tmp_path, AXE, wide=wide, dark=dark) == []


@needs_axe
@pytest.mark.parametrize("window", ["--day", "--year"])
def test_axe_finds_nothing_on_other_windows(k2log, tmp_path, page, window):
    """A single day has no pictures, a year has months."""
    made = k2log("report", window, "--on", "yesterday", "--format", "html").out

    assert visit(made, tmp_path, AXE, wide=800) == []


def test_hostile_names_are_text(page, tmp_path):
    """They stand in the page as typed, and nothing of them runs."""
    said = visit(
        page.read_text(),
        tmp_path,
        "return [frame.document.querySelectorAll('script, img').length,"
        " frame.document.getElementById('diary').textContent]",
        wide=800,
    )

    assert said[0] == 0
    assert all(name in said[1] for name in HOSTILE)


@pytest.fixture
def short(k2log, tmp_path):
    """Return the page of an ordinary week: a medicine, a condition, food and supplements."""
    k2log("config set region eu")
    k2log("profile", "set", "--born", "1964", "--sex", "female", "--condition", "osteoporosis",
          "--medicine", "levothyroxine@07:00")  # fmt: skip
    for day in range(1, 8):
        k2log("add", "gouda 30g, natto 1tbsp, tofu 100g, milk 200ml", "--on", f"-{day}")
        k2log("add", "d3 2000IU, calcium 500mg", "--on", f"-{day}", "--at", "08:00")
    k2log("add", "egg 2")
    made = tmp_path / "week.html"
    assert k2log("report", "--format", "html", "-o", str(made)).code == 0
    return made


@pytest.mark.parametrize("wide", [360, 390, 1000])
def test_nothing_of_a_week_is_cut(short, tmp_path, wide):
    """No column, no picture: each is as wide as the page at most, and one of each is seen."""
    whole, seen, cut, pictures = visit(short.read_text(), tmp_path, CUT, wide=wide)

    assert whole == seen
    assert cut == 0
    assert pictures == 3


def test_the_table_of_days_is_whole_on_a_phone(page, tmp_path):
    """All its columns; wider tables scroll in boxes of their own."""
    [cut] = visit(page.read_text(), tmp_path, DAYS, wide=390)

    assert cut <= 0


def test_a_week_is_one_sheet(short, tmp_path):
    """A4, with the person, three figures, pictures and remarks; the rest is on a full page."""
    made = tmp_path / "printed.pdf"

    chromium(short, "--no-pdf-header-footer", f"--print-to-pdf={made}")

    content = made.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12]", content)


def test_it_prints_whole(page, tmp_path):
    """On several pages, with every entry; texts can be compared where a tool reads them."""
    made = tmp_path / "printed.pdf"

    chromium(page, "--no-pdf-header-footer", f"--print-to-pdf={made}")

    pages = len(re.findall(rb"/Type\s*/Page\b", made.read_bytes()))
    assert 4 <= pages <= 30
    if shutil.which("pdftotext"):
        read = subprocess.run(
            ["pdftotext", "-layout", made, "-"], capture_output=True, text=True, check=True
        )
        rows = [row for row in read.stdout.splitlines() if "Gouda · 30 g" in row]
        assert len(rows) == 7
        assert all(re.search(r"Gouda · 30 g +210 +0\.1 +\S+", row) for row in rows)
