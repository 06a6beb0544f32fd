"""Start floor A; its code is a module so that its bytecode is kept, as k2log's is."""

from insert import app

app()
