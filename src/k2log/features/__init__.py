"""Features: each owns its command, its SQL and its view; none imports another."""
