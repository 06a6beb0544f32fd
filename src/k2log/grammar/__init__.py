"""What a person types, read into values: numbers, units, items, days and times."""
