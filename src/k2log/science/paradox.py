"""The "calcium paradox": what may be said of it under every report."""

from typing import Final

from k2log.science.profile import Profile

_NO_TARGET: Final = (
    "There is no K2 target here because no authority has set a reference intake for K2"
)
PARADOX_LINE: Final = (
    'The "calcium paradox" is a contested hypothesis: that plenty of calcium and vitamin D with '
    "little K2 lets calcium settle in artery walls rather than in bone; evidence in people is "
    f"mixed. {_NO_TARGET}: "
    "the 90 and 120 µg often quoted are US adequate intakes for vitamin K as a whole."
)


def standing_line(profile: Profile) -> str:
    """Return what stands under every report; beside an antagonist, nothing of little K2."""
    return f"{_NO_TARGET}." if profile.on_antagonist else PARADOX_LINE
