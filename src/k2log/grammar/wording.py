"""What people write around a food and its amount: ``I had gouda (30g)``, ``eggs: 2``, quotes."""

import re
from typing import Final

from k2log.grammar.quantity import typed_amount

_SENTENCE: Final = re.compile(
    r"^(?:(?:i|we)(?:['’]ve)?\s+)?(?:(?:just|also|only|have|then)\s+)*"
    r"(?:had|ate|eaten|drank|took|just(?!\s+egg\b)|only)\s+(?=\S)",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"""["'\[“](.+)["'\]”]|\(([^()]+)\)""")
_BRACKETS: Final = re.compile(r"([^()]*[^\s()])\s*\(([^()]+)\)")
_SIGN: Final = re.compile(r"(?<=[^\W\d])\s*[:=]\s*(?=[\d½¼¾])")
_SEMICOLON: Final = re.compile(r"\s*;\s*")


def plain_words(text: str) -> str:
    """Return a text with commas for semicolons, and without what is no food and no amount."""
    text = _SENTENCE.sub("", text)
    if quoted := _QUOTED.fullmatch(text):
        text = quoted[1] or quoted[2]
    items = _SEMICOLON.sub(", ", text).rstrip(", ").split(", ")
    return ", ".join(_plain_item(item) for item in items)


def _plain_item(item: str) -> str:
    """Return an item whose amount stands behind a colon, or in brackets, as one without them."""
    if item.startswith("food:"):
        return item  # food:ciqual:19023
    item = _SIGN.sub(" ", item)
    match = _BRACKETS.fullmatch(item)
    if match is None or any(typed_amount(word) for word in match[1].split()):
        return item
    amount = typed_amount(match[2].strip())
    return f"{match[1]} {match[2].strip()}" if amount and not amount.spoken else item
