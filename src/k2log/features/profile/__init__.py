"""What a person told k2log of themselves: ``k2log profile``."""
