-- How long a dose lasts stands in the index: which doses reach into a window is read from it alone.

DROP INDEX entries_spread;
CREATE INDEX entries_spread ON entries (day, every_days) WHERE removed IS NULL AND every_days > 1;
