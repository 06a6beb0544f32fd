"""What is kept: entries, the days they belong to, and what a change did."""
