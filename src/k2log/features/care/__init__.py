"""Care of the diary file: ``backup``, ``restore``, ``doctor``, ``forget``."""
