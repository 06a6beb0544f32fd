"""From entries to a report: periods, day status, sums, means and what gave most."""
