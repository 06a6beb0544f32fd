"""A report as a picture file: SVG, or PNG where the package that paints it is installed."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from k2log.errors import K2logError, UnreadableError
from k2log.render.svg import svg_chart
from k2log.report.model import Report
from k2log.text import shown

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
            f'a PNG needs one more package: pip install "k2log[charts]". {_INSTEAD}'
        ) from None
    if svg_to_bytes(svg_string=_WORD) == svg_to_bytes(svg_string=_BLANK):
        raise NoPainterError(f"a PNG needs a font, and this system has none. {_INSTEAD}")
    return bytes(svg_to_bytes(svg_string=svg, zoom=_ZOOM, background=_PAPER))


PICTURES: Final[Mapping[str, Callable[[str], bytes]]] = {".svg": str.encode, ".png": _png}
"""What makes a picture file of an SVG document, by the ending of its name."""
