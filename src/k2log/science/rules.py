"""Every rule there is, in the order they are judged."""

from typing import Final

from k2log.science import data_quality
from k2log.science.caveats import Rule

RULES: Final[tuple[Rule, ...]] = (*data_quality.RULES,)
