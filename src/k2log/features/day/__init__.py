"""What a day means: ``k2log day``."""
