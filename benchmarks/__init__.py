"""How long k2log takes, against the least that Typer, SQLite and Rich take."""
