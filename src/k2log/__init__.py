"""A command-line diary for calcium, vitamin D3 and vitamin K2."""

__version__ = "0.1.0"
