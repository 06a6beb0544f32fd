"""Text that people type: what is refused, how it is quoted back; and how figures and counts read.

Milligrams are whole; micrograms are whole from 10 and have one decimal below. What is not zero is
never written as 0. Every figure is one that ``k2log add`` would read back, except ``<0.1``.
"""

import re
import unicodedata

from k2log.errors import UnreadableError

LIMIT = 1000
_REFUSED = (
    r"\x00-\x08\x0a-\x1f\x7f-\x9f"  # control characters, except the tab of a pasted table
    r"\ud800-\udfff"  # lone surrogates
    r"\u202a-\u202e\u2066-\u2069"  # overrides and isolates that reorder what is read
)
_STEERING = rf"(?!\r?\n)[{_REFUSED}\u2028\u2029]"
_STYLE = r"\x1b\[(?:[0-2]|3[0-7])(?:;(?:[0-2]|3[0-7]))*m"  # bold, dim, one of eight colours
_NOT_STYLE = rf"(?!{_STYLE}){_STEERING}"
_STYLES = ("\x1b[0m", "\x1b[1m", "\x1b[2m")  # as Rich writes them


def shown(text: str, limit: int = 60) -> str:
    """Return any text, shortened and with its control characters escaped, safe for a terminal."""
    return safe(text if len(text) <= limit else text[: limit - 1] + "…")


def safe(text: str) -> str:
    """Return any text with what could steer a terminal escaped."""
    if text.isprintable():  # as nearly all is, and the pattern takes 0.5 ms to compile
        return text
    return re.sub(rf"[{_REFUSED}\t\u2028\u2029]", _escaped, text)


def safe_lines(text: str, *, styled: bool = False) -> str:
    """Return lines of text with what could steer a terminal escaped, all but their line ends.

    With ``styled``, bold, dim and colours stay.
    """
    plain = text
    for style in _STYLES if styled else ():
        plain = plain.replace(style, " ")
    if all(line.isprintable() for line in plain.split("\n")):
        return text
    return re.sub(_NOT_STYLE if styled else _STEERING, _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


_SPECIAL = '"$`\\!'  # what a shell reads inside double quotes, too
_PLAIN = "_@%+=:,./-"


def quoted(text: str) -> str:
    """Return one argument of a command as a shell takes it: in double quotes where these do."""
    if not any(char in text for char in _SPECIAL):
        return f'"{text}"'
    import shlex  # noqa: PLC0415 - nearly no name needs it

    return shlex.quote(text)


def pasted(*arguments: str) -> str:
    """Return a command line that can be pasted into a shell; plain words stay without quotes."""
    return " ".join(
        text if text and all(char.isalnum() or char in _PLAIN for char in text) else quoted(text)
        for text in arguments
    )


FORMULA = "=+-@＝＋－＠'\t\r"
"""The signs a formula of a spreadsheet begins with, wide ones in Japan, and what guards them."""


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula, be it one that splits at semicolons."""
    if ";" in text:
        text = re.sub(rf"(;\s*)(?=[{re.escape(FORMULA)}])", r"\1'", text)
    return f"'{text}" if text.startswith(tuple(FORMULA)) else text


def clean(text: str, what: str, limit: int = LIMIT) -> str:
    """Return the text with single spaces; refuse what is empty, too long or not plain text.

    ``what`` names the text in the message: "item", "note", "food name".
    """
    if len(text) > limit:
        raise UnreadableError(f"the {what} has {len(text)} characters; {limit} are the most")
    if not text.isprintable() and (refused := re.search(f"[{_REFUSED}]", text)):
        names = {"Cs": "broken character", "Cf": "text-direction character"}
        kind = names.get(unicodedata.category(refused[0]), "control character")
        raise UnreadableError(
            f'the {what} "{shown(text)}" holds a {kind}, {shown(refused[0])}: take it out'
        )
    plain = " ".join(text.split())
    if all(char.isspace() or unicodedata.category(char) == "Cf" for char in plain):
        raise UnreadableError(f"the {what} is empty")
    return plain


_HALF_UP = 1e-9  # 126.5 reads as 127, as people round


def figure(value: float, unit: str) -> str:
    """Return a value in ``unit`` (mg or µg): ``812``, ``4.1``, ``<0.1``."""
    decimals = 1 if unit == "µg" and round(value, 1) < 10 else 0
    text = f"{value + _HALF_UP:.{decimals}f}".removesuffix(".0")
    if text == "0" and value:
        return "<0.1" if decimals else "<1"
    return text


def span(low: float, high: float, unit: str) -> str:
    """Return a range, ``9–127``, or one figure where both ends read the same.

    The low end has no more decimals than the high end, unless it would become 0.
    """
    last = figure(high, unit)
    first = figure(low, unit) if low < 1 or "." in last else f"{low:.0f}"
    return first if first == last else f"{first}–{last}"


def percent(share: float) -> str:
    """Return ``82%``, rounded down: what is not reached never reads as 100%."""
    return f"{int(share * 100 + _HALF_UP)}%"


def count(number: int, one: str, many: str | None = None) -> str:
    """Return ``1 day``, ``2 days``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def megabytes(size: int) -> str:
    """Return a size in bytes as text: ``1.2 MB``."""
    return f"{size / 1e6:,.1f} MB"


def verb(number: int, one: str, many: str) -> str:
    """Return the form of a verb that goes with a number of things."""
    return one if number == 1 else many
