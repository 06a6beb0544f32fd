"""The food table: text files that people can read and edit, and the loader that checks them.

One TOML file per kind of food; ``sources.toml`` says where figures come from, ``zeros.toml`` why a
nutrient nobody measured is taken to be zero. ``load`` reads all, ``read`` and ``check`` refuse
flaws, ``derive`` fills in. What differs by country is a family: one food for each region.
"""
