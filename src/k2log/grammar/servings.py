"""The serving that a label's figures are for, as it is printed, in the words that amounts have.

``per serving (1 bar / 40 g)``, ``2 vegetarian capsules daily``, ``1 oz (28g/about 1/4 cup)``.
"""

import re
from typing import Final

_BEFORE: Final = re.compile(r"^(?:serving size:?|per|je|pro|par|por)\s+", re.IGNORECASE)
_BEHIND: Final = re.compile(
    r",?\s*(?:daily|once daily|(?:a|per|each|/) ?day|pro tag|par jour|per dag)$", re.IGNORECASE
)
_FORMS: Final = r"tablets?|tabs?|capsules?|caps?|softgels?|chews?|droppers?|sachets?|lozenges?"
_OF_A_FORM: Final = re.compile(
    r"\b(?:liquid|veggie|veg|vegetable|vegetarian|vegan|mini|micro|soft|fast|quick|rapid|full"
    r"|orodispersible|dispersible|dissolvable|sublingual|film-coated|enteric-coated|granules?)"
    rf"\s+(?=(?:{_FORMS}|melts?)\b)",
    re.IGNORECASE,
)
_OTHER_WORDS: Final = {r"\bmelts?\b": "tablet", r"\bv-?caps?\b": "capsule", r"\bpumps?\b": "spray"}
_IN_BRACKETS: Final = re.compile(r"\(([^()]*)\)")
_METRIC: Final = re.compile(r"(?<![\d.,])\d+(?:[.,]\d+)?\s*(?:g|ml)\b", re.IGNORECASE)


def serving_words(text: str) -> str:
    """Return a printed serving without words that say no amount, of two weights the metric one."""
    plain = _BEHIND.sub("", _BEFORE.sub("", text.strip(), count=1)).strip()
    plain = _OF_A_FORM.sub("", plain)
    for printed, word in _OTHER_WORDS.items():
        plain = re.sub(printed, word, plain, flags=re.IGNORECASE)
    return _IN_BRACKETS.sub(_metric, plain)


def _metric(brackets: re.Match[str]) -> str:
    amounts: list[str] = _METRIC.findall(brackets[1])
    return f"({amounts[0]})" if len(amounts) == 1 else brackets[0]
