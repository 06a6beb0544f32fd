"""Official food tables that a user has downloaded: ``k2log foods import``."""
