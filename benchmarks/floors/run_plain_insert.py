"""Start floor C; its code is a module so that its bytecode is kept, as k2log's is."""

from plain_insert import main

main()
