"""One module a command: fetch, change, save, show. Typer lives here and in cli.py."""
