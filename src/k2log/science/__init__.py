"""What is known: caveat rules over a report's facts, and what is only supposed."""
