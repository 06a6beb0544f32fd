"""Pages as tests see them: parsed by the standard library, and opened in a real Chromium."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

AXE = os.environ.get("K2LOG_AXE")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
BLOCKS = frozenset(("td", "th", "dt", "dd", "li", "p", "caption", "h1", "h2", "h3", "text"))
VOID = frozenset(("meta", "br", "hr", "img", "input", "link", "rect", "path"))

needs_browser = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")
needs_axe = pytest.mark.skipif(not AXE, reason="$K2LOG_AXE does not name axe-core's axe.min.js")


class Element:
    """An element with its attributes, its text and what is in it."""

    def __init__(self, tag: str, attributes: dict[str, str | None], parent: "Element | None"):
        """Begin with nothing inside."""
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.inside: list[Element | str] = []

    @property
    def text(self) -> str:
        """All its text, with single spaces."""
        return " ".join(self._text.split())

    @property
    def _text(self) -> str:
        inside = "".join(it if isinstance(it, str) else it._text for it in self.inside)
        return f" {inside} " if self.tag in BLOCKS else inside

    def all(self, *tags: str) -> "Iterator[Element]":
        """Yield the elements of these tags in it, in the order of the page."""
        for part in self.inside:
            if isinstance(part, Element):
                if part.tag in tags:
                    yield part
                yield from part.all(*tags)

    def with_id(self, name: str) -> "Element":
        """Return the one element of this id."""
        [found] = (each for each in self.every() if each.attributes.get("id") == name)
        return found

    def every(self) -> "Iterator[Element]":
        """Yield every element in it."""
        for part in self.inside:
            if isinstance(part, Element):
                yield part
                yield from part.every()

    def rows(self) -> list[list[str]]:
        """Return the cells of a table as texts."""
        return [[cell.text for cell in row.all("th", "td")] for row in self.all("tr")]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.at = self.root = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, dict(attrs), self.at)
        self.at.inside.append(made)
        if tag not in VOID:
            self.at = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.at.inside.append(Element(tag, dict(attrs), self.at))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert tag == self.at.tag, f"</{tag}> closes <{self.at.tag}>"
        assert self.at.parent
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.inside.append(data)


def parsed(page: str) -> Element:
    """Return a page as elements; each must be closed, in order."""
    builder = _Builder()
    builder.feed(page)
    builder.close()
    assert builder.at is builder.root
    return builder.root


def visit(page: str, folder: Path, script: str, *, wide: int, dark: bool = False) -> Any:
    """Return what a script says of a page in a window so wide; ``frame`` is the page's window.

    The page stands in a frame, as Chromium has no window as narrow as a phone.
    """
    open_page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    harness = folder / "harness.html"
    axe = Path(AXE).read_text(encoding="utf-8") if AXE else ""
    harness.write_text(
        f'<!doctype html><meta charset="utf-8"><title>no answer</title>'
        f'<iframe id="f" style="width:{wide}px;height:900px" srcdoc="{escape(open_page)}"></iframe>'
        f"<script>const axeSource = {json.dumps(axe).replace('</', '<' + chr(92) + '/')};"
        "f.onload = async () => { const frame = f.contentWindow;"
        f"const said = await (async () => {{ {script} }})();"
        "document.title = JSON.stringify(said); };</script>",
        encoding="utf-8",
    )
    shown = chromium(harness, "--virtual-time-budget=20000", "--dump-dom", dark=dark)
    [title] = re.findall("<title>(.*?)</title>", shown.stdout.split("<iframe")[0], re.DOTALL)
    return json.loads(unescape(title))


def chromium(page: Path, *options: str, dark: bool = False) -> subprocess.CompletedProcess[str]:
    """Open a page without a window; what it logs to its console is in stderr."""
    assert CHROMIUM
    return subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
            f"--user-data-dir={page.parent / 'browser'}", *options,
            *(["--blink-settings=preferredColorScheme=0"] * dark), page.as_uri(),
        ],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
