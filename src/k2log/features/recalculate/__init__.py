"""Entries by the figures that their foods have today: ``k2log recalculate``."""
