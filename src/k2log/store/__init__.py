"""The only SQL: the diary file, its upgrades, entries, foods, totals and the undo journal."""
