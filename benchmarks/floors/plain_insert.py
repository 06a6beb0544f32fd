"""Floor C: the least that a program with argparse takes to put one row into a SQLite file."""

import os
import sqlite3
from argparse import ArgumentParser
from contextlib import closing
from datetime import date


def main() -> None:
    """Insert one row and print one line."""
    parser = ArgumentParser()
    parser.add_argument("items", nargs="+")
    items = parser.parse_args().items
    with closing(sqlite3.connect(os.environ["FLOOR_DB"], isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = FULL")
        db.execute(
            "INSERT INTO entries (day, food, calcium_mg, vitamin_d3_ug, vitamin_k2_ug)"
            " VALUES (?, ?, ?, ?, ?)",
            (date.today().isoformat(), " ".join(items), 35.0, 0.0, 150.0),
        )
    print(f"logged {' '.join(items)}")
