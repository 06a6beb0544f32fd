"""Every rule there is, in the order they are judged."""

from typing import Final

from k2log.science import (
    antagonists,
    conditions,
    data_quality,
    dosing,
    intake,
    interactions,
    pattern,
    upper,
)
from k2log.science.caveats import Rule

RULES: Final[tuple[Rule, ...]] = (
    *data_quality.RULES,
    *intake.RULES,
    *upper.RULES,
    *pattern.RULES,
    *antagonists.RULES,
    *dosing.RULES,
    *interactions.RULES,
    *conditions.RULES,
)
