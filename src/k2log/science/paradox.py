"""The "calcium paradox": what may be said of it under every report."""

from typing import Final

PARADOX_LINE: Final = (
    'The "calcium paradox" is a contested hypothesis: that plenty of calcium and vitamin D with '
    "little K2 lets calcium settle in artery walls rather than in bone; evidence in people is "
    "mixed. There is no K2 target here because no authority has set a reference intake for K2: "
    "the 90 and 120 µg often quoted are US adequate intakes for vitamin K as a whole."
)
