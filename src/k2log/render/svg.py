"""A report as a picture in SVG: for each nutrient a bar a day, food and supplements apart.

Ranges are whiskers, references are lines, a day without entries is a grey band. Nothing is told by
colour alone, the picture's description says what it shows, and it is dark where the screen is.

As a file it is SVG, or PNG where the package that paints it is installed.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from textwrap import wrap
from typing import Final

from k2log.errors import K2logError, UnreadableError
from k2log.named_tuple import NamedTuple
from k2log.render.numbers import dates, month_name
from k2log.render.svg_panel import NO_REFERENCE, Panel, PanelBar, legend, panel, panel_words
from k2log.report.model import Report
from k2log.text import pasted, shown

STYLE: Final = """
.chart text{font-family:system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",
"DejaVu Sans",sans-serif;font-size:12px;fill:#1c2430}
.chart .name{font-size:14px;font-weight:bold}
.chart .end{text-anchor:end}.chart .middle{text-anchor:middle}
.chart .on{stroke:#fff;stroke-width:3px;paint-order:stroke}
.chart .paper{fill:#fff}.chart .none{fill:#e4e9ed}
.chart .grid{stroke:#d3dae0;fill:none}.chart .base{stroke:#4a5663;fill:none}
.chart .food{fill:#1d6f8a}.chart .pills,.chart .hatch{stroke:#9a5a00}
.chart .apart .food{fill:none;stroke:#1d6f8a;stroke-dasharray:2 2}
.chart .apart .pills{stroke-dasharray:2 2}
.chart .range,.chart .more{stroke:#1c2430;stroke-width:1.2;fill:none}
.chart .level{stroke:#8a1c5b;stroke-width:1.4;stroke-dasharray:7 3;fill:none}
.chart .upper{stroke-dasharray:2 3}.chart .lead{stroke:#8a1c5b;stroke-width:.6;fill:none}
@media screen and (prefers-color-scheme:dark){
.chart text{fill:#e6eaee}.chart .on{stroke:#14191f}
.chart .paper{fill:#14191f}.chart .none{fill:#2b343e}
.chart .grid{stroke:#36414c}.chart .base{stroke:#a9b4bf}
.chart .food{fill:#62bfd9}.chart .pills,.chart .hatch{stroke:#f0b35a}
.chart .apart .food{stroke:#62bfd9}
.chart .range,.chart .more{stroke:#e6eaee}.chart .level,.chart .lead{stroke:#ee9cc8}}
"""

_ROW: Final = 16
_CHAR: Final = 7.0
_ROOM_FOR_SIGN: Final = 18
_ROOM_FOR_NAME: Final = 13

_Keys = Sequence[Sequence[tuple[float, tuple[str, str]]]]


class Frame(NamedTuple):
    """How large a picture is: its width, the plot within it, and how tall that is.

    Names of levels stand to the right of the plot where ``margin_chars`` fit there, else within
    it. ``kind`` is the class of the picture, and tells its ids from those of others.
    """

    kind: str
    width: int
    left: int
    plot: int
    tall: int
    margin_chars: int

    @property
    def right(self) -> int:
        """Where the plot ends."""
        return self.left + self.plot


WIDE: Final = Frame("wide", 720, 48, 514, 150, 22)
PHONE: Final = Frame("phone", 360, 38, 316, 130, 0)
"""For a screen on which the letters of a wide picture would be too small to read."""


class _Place(NamedTuple):
    """Where a panel stands: its own top, the y of its zero, and its legend in rows."""

    of: Panel
    top: float
    base: float
    keys: _Keys
    frame: Frame

    @property
    def band(self) -> float:
        """How wide a bar is, with the gap beside it."""
        return self.frame.plot / len(self.of.bars)

    @property
    def ceiling(self) -> float:
        """The top of the plot."""
        return self.base - self.frame.tall

    def y(self, value: float) -> float:
        """Return the height of a value."""
        return self.base - self.frame.tall * value / self.of.most

    def middle(self, at: int) -> float:
        """Return the middle of a bar."""
        return self.frame.left + (at + 0.5) * self.band


def svg_chart(report: Report, nutrients: Sequence[str], frame: Frame = WIDE) -> str:
    """Return the picture of these nutrients, one below the other, as one SVG document."""
    places: list[_Place] = []
    for id_ in nutrients:
        top = places[-1].base + 3 * _ROW if places else 4.0
        nutrient_panel = panel(report, id_)
        keys = _rows([*legend(nutrient_panel)], frame)
        base = top + (1 + len(keys)) * _ROW + 14 + frame.tall
        places.append(_Place(nutrient_panel, top, base, keys, frame))
    name = "-".join([*nutrients, *([frame.kind] if frame != WIDE else [])]).replace("_", "")
    lines = list(_head(report, places, name, _n(places[-1].base + 3 * _ROW)))
    for place in places:
        lines.append(_text(4, place.top + 13, place.of.title, "name"))
        lines += _legend(place, f"h-{name}")
        lines += _empty(place)
        lines += _grid(place)
        lines += _bars(place, f"h-{name}")
        lines += _ranges(place)
        lines += _levels(place)
        lines += _axis(place)
    return "\n".join([*lines, "</svg>\n"])


def _head(report: Report, places: Sequence[_Place], name: str, tall: str) -> Iterator[str]:
    about, frame = "; ".join(place.of.title for place in places), places[0].frame
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart {frame.kind}"'
        f' viewBox="0 0 {frame.width} {tall}" width="{frame.width}" height="{tall}" role="img"'
        f' aria-labelledby="t-{name} d-{name}">'
    )
    yield f'<title id="t-{name}">{escape(f"{about}, {dates(report.period)}")}</title>'
    words = " ".join(panel_words(place.of) for place in places)
    yield f'<desc id="d-{name}">{escape(words)}</desc>'
    yield f"<style>{STYLE}</style>"
    yield (
        f'<defs><pattern id="h-{name}" width="4" height="4" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><path class="hatch" d="M0 0V4" stroke-width="2.6"/>'
        "</pattern></defs>"
    )
    yield f'<rect class="paper" width="{frame.width}" height="{tall}"/>'


# The legend


def _rows(keys: Sequence[tuple[str, str]], frame: Frame) -> _Keys:
    """Return the signs of the legend with their x, in as many rows as they take."""
    rows: list[list[tuple[float, tuple[str, str]]]] = [[]]
    x: float = frame.left
    for key in keys:
        wide = 17 + _CHAR * len(key[1])
        if x + wide > frame.width - 8:
            rows.append([])
            x = frame.left
        rows[-1].append((x, key))
        x += wide + 14
    return rows


def _legend(place: _Place, hatch: str) -> Iterator[str]:
    """Yield each sign and what it means."""
    for at, row in enumerate(place.keys, 1):
        y = place.top + 13 + at * _ROW
        for x, (kind, meaning) in row:
            box = _box(x, y - 9, 11, 9)
            if kind == "range":
                yield from _path("range", [_whisker(x + 5, y - 10, y + 1, 3)])
            elif kind == "more":
                yield from _more(place, [(x + 5, y)])
            elif kind == "apart":
                yield from ('<g class="apart">', *_path("food", [box]), "</g>")
            else:
                yield from _path(kind, [box], hatch if kind == "pills" else "")
            yield _text(x + 17, y, meaning)


# The plot


def _empty(place: _Place) -> Iterator[str]:
    """Yield one grey band for each run of bars that are not there."""
    bands, x, top = [], float(place.frame.left), place.ceiling
    for empty, run in groupby(place.of.bars, lambda bar: bar.amount is None):
        wide = place.band * len(list(run))
        if empty:
            bands.append(_box(x, top, wide, place.frame.tall))
        x += wide
    return _path("none", bands)


def _grid(place: _Place) -> Iterator[str]:
    step, frame = place.of.step, place.frame
    values = [at * step for at in range(int(place.of.most / step) + 1)]
    yield from _path(
        "grid", (f"M{frame.left} {_n(place.y(value))}h{frame.plot}" for value in values[1:])
    )
    for value in values:
        yield _text(frame.left - 6, place.y(value) + 4, f"{value:.10g}", "end")


def _bars(place: _Place, hatch: str) -> Iterator[str]:
    """Yield the bars that count in means, then those that do not."""
    for counted in (True, False):
        bars = [(at, it) for at, it in enumerate(place.of.bars) if it.counted is counted]
        food = _boxes(place, bars, lambda bar: (0, bar.food))
        pills = _boxes(place, bars, lambda bar: (bar.food, bar.food + bar.supplement))
        shapes = [*_path("food", food), *_path("pills", pills, hatch)]
        yield from shapes if counted or not shapes else ['<g class="apart">', *shapes, "</g>"]


def _boxes(
    place: _Place,
    bars: Iterable[tuple[int, PanelBar]],
    part: Callable[[PanelBar], tuple[float, float]],
) -> Iterator[str]:
    wide = place.band * (0.7 if place.band > 4 else 0.9)
    for at, bar in bars:
        low, high = part(bar)
        if high > low:
            top = place.y(high)
            yield _box(place.middle(at) - wide / 2, top, wide, place.y(low) - top)


def _ranges(place: _Place) -> Iterator[str]:
    cap = min(place.band / 4, 5)
    return _path("range", (
        _whisker(place.middle(at), place.y(bar.amount.high or 0), place.y(bar.amount.low or 0), cap)
        for at, bar in enumerate(place.of.bars)
        if bar.amount and bar.ranged
    ))  # fmt: skip


def _levels(place: _Place) -> Iterator[str]:
    """Yield references and upper levels, their names beside the plot or above it, pushed apart."""
    frame, free = place.frame, 0.0
    for level in place.of.levels:
        y = place.y(level.value)
        kind = "level upper" if level.upper else "level"
        yield from _path(kind, [f"M{frame.left} {_n(y)}h{frame.plot}"])
        if not frame.margin_chars:
            free = max(y - 4, free)
            names = "; ".join(level.names)
            yield _text(frame.left + 4, free, names, "on")
            free += 13
            continue
        free = max(y, free)
        yield from _path("lead", [f"M{frame.right} {_n(y)}L{frame.right + 6} {_n(free)}"])
        for line in (part for name in level.names for part in wrap(name, frame.margin_chars)):
            yield _text(frame.right + 9, free + 4, line)
            free += 13
    if place.of.nutrient.id == NO_REFERENCE:
        x = frame.right + 9 if frame.margin_chars else frame.left + 4
        yield _text(x, max(free + 4, place.ceiling + 10), "no reference exists", "on")


def _more(place: _Place, at: Iterable[tuple[float, float]]) -> Iterator[str]:
    """Yield ``+?`` at these points, or rings where there is no room for it."""
    if place.band < _ROOM_FOR_SIGN:
        rings = (f"M{_n(x - 2)} {_n(y - 3)}a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z" for x, y in at)
        return _path("more", rings)
    return (_text(x, y, "+?", "middle on") for x, y in at)


# Below the plot


def _axis(place: _Place) -> Iterator[str]:
    """Yield signs over bars that are not all, the base, and the names of days, months and years."""
    yield from _more(place, [
        (place.middle(at), place.y(bar.food + bar.supplement) - 5)
        for at, bar in enumerate(place.of.bars)
        if bar.amount and not bar.amount.known
    ])  # fmt: skip
    yield from _path("base", [f"M{place.frame.left} {_n(place.base)}h{place.frame.plot}"])
    named = place.of.span == "day" and place.band >= _ROOM_FOR_NAME
    if named:
        for at, bar in enumerate(place.of.bars):
            yield _text(place.middle(at), place.base + 15, bar.name, "middle")
    turns = [*_turns(place)]
    yield from _path("base", (f"M{_n(x)} {_n(place.base)}v4" for x, _ in turns))
    free = 0.0
    for x, name in turns:
        if x >= free:
            yield _text(x, place.base + (30 if named else 16), name)
            free = x + _CHAR * (len(name) + 1)


def _turns(place: _Place) -> Iterator[tuple[float, str]]:
    """Yield where a month begins, or in a longer window a year, and its name."""
    last = None
    for at, bar in enumerate(place.of.bars):
        year, month = bar.first.year, "" if place.of.span == "month" else month_name(bar.first)[:3]
        if last != (year, month):
            name = month if last and last[0] == year else f"{month} {year}".lstrip()
            yield place.frame.left + at * place.band, name
            last = (year, month)


# Shapes


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{_n(x)}" y="{_n(y)}">{escape(words)}</text>'


def _path(kind: str, shapes: Iterable[str], hatch: str = "") -> Iterator[str]:
    """Yield many shapes of a kind as one path, if there are any."""
    if d := "".join(shapes):
        filled = f' fill="url(#{hatch})"' if hatch else ""
        yield f'<path class="{kind}" d="{d}"{filled}/>'


def _box(x: float, y: float, wide: float, tall: float) -> str:
    return f"M{_n(x)} {_n(y)}h{_n(wide)}v{_n(tall)}h{_n(-wide)}z"


def _whisker(x: float, top: float, bottom: float, cap: float) -> str:
    ends = (f"M{_n(x - cap)} {_n(y)}h{_n(2 * cap)}" for y in (top, bottom))
    return f"M{_n(x)} {_n(top)}V{_n(bottom)}{''.join(ends)}"


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


# As a file

_ZOOM: Final = 2  # pixels for each unit of the SVG: sharp on paper
_PAPER: Final = "#ffffff"
_BLANK: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"></svg>'
_WORD: Final = _BLANK.replace("><", '><text y="15" font-family="sans-serif">k</text><')
_INSTEAD: Final = "Without it: -o NAME.svg"


class NoPainterError(K2logError):
    """PNG was asked for, and what paints it is not there."""


def picture(report: Report, nutrients: Sequence[str], name: Path) -> bytes:
    """Return the file that its name asks for. Raises UnreadableError, NoPainterError."""
    if not (write := PICTURES.get(name.suffix.casefold())):
        endings = " or ".join(PICTURES)
        raise UnreadableError(
            f"the name {shown(name.name)} does not say which picture: end it in {endings}."
        )
    return write(svg_chart(report, nutrients))


def _png(svg: str) -> bytes:
    """Return the painted picture. A system without fonts would leave out every word."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise NoPainterError(
            f"a PNG needs one more package: {_way_to_install('resvg-py')}. {_INSTEAD}"
        ) from None
    if svg_to_bytes(svg_string=_WORD) == svg_to_bytes(svg_string=_BLANK):
        raise NoPainterError(f"a PNG needs a font, and this system has none. {_INSTEAD}")
    return bytes(svg_to_bytes(svg_string=svg, zoom=_ZOOM, background=_PAPER))


def _way_to_install(package: str) -> str:
    """Return the command that adds a package where k2log itself was installed."""
    home = Path(sys.prefix)
    if "pipx" in home.parts:
        return pasted("pipx", "inject", home.name, package)
    if {"uv", "tools"} <= {*home.parts}:
        return f"the uv tool install that you used, with --with {package} behind it"
    return pasted(sys.executable, "-m", "pip", "install", package)


PICTURES: Final[Mapping[str, Callable[[str], bytes]]] = {".svg": str.encode, ".png": _png}
"""What makes a picture file of an SVG document, by the ending of its name."""
