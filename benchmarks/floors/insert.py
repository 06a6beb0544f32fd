"""Floor A: the least that a Typer program takes to put one row into a SQLite file."""

import os
import sqlite3
from contextlib import closing
from datetime import date

import typer

app = typer.Typer()


@app.command()
def add(items: list[str]) -> None:
    """Insert one row and print one line."""
    with closing(sqlite3.connect(os.environ["FLOOR_DB"], isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = FULL")
        db.execute(
            "INSERT INTO entries (day, food, calcium_mg, vitamin_d3_ug, vitamin_k2_ug)"
            " VALUES (?, ?, ?, ?, ?)",
            (date.today().isoformat(), " ".join(items), 35.0, 0.0, 150.0),
        )
    print(f"logged {' '.join(items)}")
