"""Start floor B; its code is a module so that its bytecode is kept, as k2log's is."""

from week import app

app()
