"""Draw the pictures of the README from a demo diary: ``python docs/pictures.py``.

The report and the chart become SVG files, as an 80-column terminal shows them. With ``--page``,
Chromium also draws the top of the printable page.
"""

import os
import re
import shutil
import subprocess
import time
from argparse import ArgumentParser
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rich.console import Console  # noqa: TID251 - pictures are no part of the program
from rich.terminal_theme import TerminalTheme  # noqa: TID251
from rich.text import Text  # noqa: TID251

from k2log import clock
from k2log.cli import run

PICTURES: Final = Path(__file__).parent / "pictures"
NOW: Final = datetime.fromisoformat("2026-11-21T14:10:00+01:00")
COLUMNS: Final = 80
PAGE_PIXELS: Final = "1000,1335"
FIRST_DAY: Final = date(2026, 11, 8)
NOTHING_LOGGED: Final = date(2026, 11, 19)
PERSON: Final = (
    "--born", "1964-05-17", "--sex", "female", "--menopause", "--authority", "EFSA",
    "--medicine", "levothyroxine@07:00",
)  # fmt: skip
THEME: Final = TerminalTheme(
    background=(22, 26, 32),
    foreground=(228, 231, 235),
    normal=[
        (120, 130, 140),
        (255, 140, 130),
        (127, 216, 160),
        (240, 190, 100),
        (130, 190, 255),
        (238, 156, 200),
        (98, 200, 217),
        (228, 231, 235),
    ],
)
DRAWN: Final = re.compile(r"[─-▟]+|[^\s─-▟]+(?: [^\s─-▟]+)*")
SVG: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">
<style>
.{unique_id}-matrix {{
  font: {char_height}px/{line_height}px "DejaVu Sans Mono", Menlo, "Cascadia Mono", Consolas,
    "Liberation Mono", monospace;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


class Screen(StringIO):
    """Output that takes itself for a terminal."""

    def isatty(self) -> bool:
        """Say yes, so that k2log lays out and colours."""
        return True


def main() -> None:
    """Make the diary and draw what was asked for."""
    parser = ArgumentParser(prog="python docs/pictures.py", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=PICTURES)
    parser.add_argument("--page", action="store_true", help="draw page.png, too")
    wanted = parser.parse_args()
    settle()
    with TemporaryDirectory(prefix="k2log-pictures-") as temporary:
        diary = Path(temporary) / "diary.db"
        fill(diary)
        for name in ("report", "chart"):
            drawn = picture(f"$ k2log {name}\n{k2log(diary, name)}", name)
            (wanted.folder / f"{name}.svg").write_text(drawn, encoding="utf-8")
        if wanted.page:
            draw_page(diary, wanted.folder / "page.png")


def settle() -> None:
    """Give this process the clock, the time zone and the terminal of the demo."""
    os.environ.pop("NO_COLOR", None)
    os.environ.update(TZ="Europe/Amsterdam", COLUMNS=str(COLUMNS), TERM="xterm")
    os.environ[clock.SETTING] = NOW.isoformat()
    time.tzset()


def k2log(diary: Path, *words: str) -> str:
    """Run a command line on a diary; return what the terminal shows of its result."""
    screen, talk = Screen(), StringIO()
    with redirect_stdout(screen), redirect_stderr(talk):
        code = run(["--db", str(diary), *words])
    if code:
        raise SystemExit(f"k2log {' '.join(words)}: {talk.getvalue()}")
    return screen.getvalue()


def fill(diary: Path) -> None:
    """Log two weeks of meals, and the supplements of every morning but one."""
    k2log(diary, "config", "set", "region", "eu")
    k2log(diary, "profile", "set", *PERSON)
    k2log(diary, "add", "--file", str(PICTURES / "meals.txt"))
    k2log(diary, "routine", "add", "morning", "d3 1000IU", "mk7 45mcg")
    for number in range((NOW.date() - FIRST_DAY).days + 1):
        day = FIRST_DAY + timedelta(days=number)
        if day != NOTHING_LOGGED:
            k2log(diary, "add", "@morning", "--on", str(day), "--at", "08:00")


def picture(shown: str, name: str) -> str:
    """Return what a terminal shows as SVG. Words and bars are placed one by one.

    So columns stay aligned whatever font the reader has.
    """
    console = Console(record=True, width=COLUMNS, file=StringIO())
    text = Text.from_ansi(f"{shown.rstrip()}\n")
    text.highlight_regex(DRAWN, "not blink")  # words on their own, in whatever colour
    console.print(text)
    return console.export_svg(
        title="", theme=THEME, code_format=SVG, font_aspect_ratio=0.602, unique_id=name
    )


def draw_page(diary: Path, file: Path) -> None:
    """Draw the top of the page as a browser shows it."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if not browser:
        raise SystemExit("the page needs Chromium")
    page = diary.with_name("page.html")
    k2log(diary, "report", "--format", "html", "-o", str(page))
    subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            f"--user-data-dir={diary.with_name('browser')}", f"--window-size={PAGE_PIXELS}",
            f"--screenshot={file.resolve()}", page.as_uri(),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip


if __name__ == "__main__":
    main()
