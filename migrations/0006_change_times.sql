-- When a food of one's own, or a setting, was last changed (UTC): of two diaries the newer holds.
-- NULL: nobody knows, older than any time.

ALTER TABLE foods ADD COLUMN changed TEXT;
ALTER TABLE settings ADD COLUMN changed TEXT;
