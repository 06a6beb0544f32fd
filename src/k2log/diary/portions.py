"""How well it is known how much was eaten, by how it was measured.

Compared with weights, people's estimates of portions vary by about half (Bingham and Nelson 1991,
quoted by the dietary assessment toolkit of the MRC); a spoon or a slice is nearer, a piece nearer
still. Which measure is how near is our choice.
"""

from typing import Final

WEIGHED: Final = 0.02
"""The standard deviation of an amount in WEIGHTS, as a part of it; of a supplement as well."""
COUNTED: Final = 0.10
"""The same of what is MARKED_OR_WHOLE, and of what was counted without a measure."""
HOUSEHOLD: Final = 0.25
"""Of all other measures."""
ASSUMED: Final = 0.40
"""Of a serving that nobody stated."""

WEIGHTS: Final = ("g", "kg", "mg", "µg", "oz", "lb")
MARKED_OR_WHOLE: Final = (
    *("ml", "cl", "dl", "l", "pint", "quart"),
    *("piece", "small", "medium", "large", "extra large", "egg", "yolk", "white", "clove"),
    *("can", "bottle", "carton", "pack", "package", "packet", "box", "tub", "pot", "sachet"),
    *("bar", "cookie", "cracker", "biscuit", "roll", "bun", "patty", "link", "burger"),
)
