"""Floor B: the least that a Typer program takes to show a week of rows as a Rich table."""

import os
import sqlite3
from contextlib import closing
from datetime import date, timedelta

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()
COLUMNS = ("day", "calcium mg", "vitamin D3 µg", "vitamin K2 µg")


@app.command()
def report() -> None:
    """Print the sums of seven days."""
    first = date.today() - timedelta(days=6)
    with closing(sqlite3.connect(os.environ["FLOOR_DB"], isolation_level=None)) as db:
        rows = db.execute(
            "SELECT day, sum(calcium_mg), sum(vitamin_d3_ug), sum(vitamin_k2_ug)"
            " FROM entries WHERE day >= ? GROUP BY day",
            (first.isoformat(),),
        ).fetchall()
    table = Table(*COLUMNS)
    for day, *numbers in rows:
        table.add_row(day, *(f"{number:.1f}" for number in numbers))
    Console().print(table)
