"""What would close a gap to a reference: ``k2log suggest``."""
