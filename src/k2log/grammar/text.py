"""Text that people type: what is kept, what is refused, how it is quoted back."""

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
_NOT_STYLE = rf"(?!\x1b\[[012](?:;[012])*m){_STEERING}"
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
    """Return lines of text with the same escaped; with ``styled``, bold and dim stay."""
    plain = text
    for style in _STYLES if styled else ():
        plain = plain.replace(style, " ")
    if all(line.isprintable() for line in plain.split("\n")):
        return text
    return re.sub(_NOT_STYLE if styled else _STEERING, _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def clean(text: str, what: str, limit: int = LIMIT) -> str:
    """Return the text with single spaces; refuse what is empty, too long or not plain text.

    ``what`` names the text in the message: "item", "note", "food name".
    """
    if len(text) > limit:
        raise UnreadableError(f"the {what} has {len(text)} characters; {limit} are the most")
    if not text.isprintable() and (found := re.search(f"[{_REFUSED}]", text)):
        raise UnreadableError(
            f'the {what} "{shown(text)}" holds a {_kind(found[0])}, {shown(found[0])}: take it out'
        )
    collapsed = " ".join(text.split())
    if not any(_visible(char) for char in collapsed):
        raise UnreadableError(f"the {what} is empty")
    return collapsed


def _kind(char: str) -> str:
    names = {"Cs": "broken character", "Cf": "text-direction character"}
    return names.get(unicodedata.category(char), "control character")


def _visible(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) != "Cf"
