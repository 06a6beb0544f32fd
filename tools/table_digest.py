"""Print a digest of the rows of a table of foods: two tables with the same foods print the same.

``python tools/table_digest.py src/k2log/catalogue/foods.db`` needs the standard library alone.
"""

import sqlite3
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path

TABLES = ("sources", "foods", "food_names", "portions", "figures")


def digest(file: Path) -> str:
    """Return the digest of all rows, each table in the order of its key."""
    rows = sha256()
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as db:
        for table in TABLES:
            for row in db.execute(f"SELECT * FROM {table} ORDER BY 1, 2"):
                rows.update(f"{table} {row!r}\n".encode())
    return rows.hexdigest()


if __name__ == "__main__":
    sys.stdout.write(f"{digest(Path(sys.argv[1]))}\n")
