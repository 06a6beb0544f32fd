"""What a first-time user reads."""

WELCOME = """\
k2log keeps a diary of calcium, vitamin D3 and vitamin K2. It is empty so far.
Three commands to try:

    k2log add natto 1tbsp        logs it, and says what it understood
    k2log add "2 eggs, d3 2000IU"
    k2log report --week          totals, ranges and what is unknown

Help: k2log --help
"""

NOTHING_TODAY = "Nothing logged today. For example: k2log add gouda 30g\n"
"""What is said on a day without entries."""
