"""Where a figure comes from, and what is known of a claim: ``k2log explain``."""
