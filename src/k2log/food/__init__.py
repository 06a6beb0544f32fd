"""What a food is: its figures, its measures, its names; amounts and their sums."""
