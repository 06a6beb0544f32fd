"""What people and programs see: one value, many forms."""
