-- Foods, their names, measures and figures; the diary; and the journal that undo needs.
-- Days are ISO dates. Units are in the column names. NULL is unknown, never zero.

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE sources (
  key TEXT PRIMARY KEY,
  citation TEXT NOT NULL,
  year TEXT NOT NULL,
  address TEXT NOT NULL,
  note TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE foods (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('food', 'supplement')),
  origin TEXT NOT NULL,
  unit TEXT NOT NULL,
  per REAL NOT NULL CHECK (per > 0),
  piece TEXT,
  serving_amount REAL,
  serving_measure TEXT,
  density REAL,
  liquid INTEGER NOT NULL DEFAULT 0,
  active TEXT,
  salt TEXT,
  salt_fraction REAL,
  salt_source TEXT,
  note TEXT NOT NULL DEFAULT '',
  region TEXT,
  announce INTEGER NOT NULL DEFAULT 0,
  digest TEXT NOT NULL DEFAULT '',
  retired TEXT
);

-- A name of one's own ("own") outlives every catalogue.
CREATE TABLE food_names (
  id INTEGER PRIMARY KEY,
  food_id INTEGER NOT NULL REFERENCES foods (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  own INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX food_names_key ON food_names (name_key);
CREATE INDEX food_names_food ON food_names (food_id);

CREATE VIRTUAL TABLE food_names_fts
USING fts5 (name_key, content = 'food_names', content_rowid = 'id', prefix = '3');

CREATE VIRTUAL TABLE food_words USING fts5vocab ('food_names_fts', 'row');

CREATE TRIGGER food_names_added AFTER INSERT ON food_names BEGIN
  INSERT INTO food_names_fts (rowid, name_key) VALUES (new.id, new.name_key);
END;
CREATE TRIGGER food_names_removed AFTER DELETE ON food_names BEGIN
  INSERT INTO food_names_fts (food_names_fts, rowid, name_key)
  VALUES ('delete', old.id, old.name_key);
END;

CREATE TABLE portions (
  food_id INTEGER NOT NULL REFERENCES foods (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  measure TEXT NOT NULL,
  quantity REAL NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (food_id, position)
) WITHOUT ROWID;

CREATE TABLE figures (
  food_id INTEGER NOT NULL REFERENCES foods (id) ON DELETE CASCADE,
  nutrient TEXT NOT NULL,
  best REAL,
  low REAL,
  high REAL,
  basis TEXT NOT NULL,
  source TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (food_id, nutrient)
) WITHOUT ROWID;

CREATE TABLE entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  day TEXT NOT NULL,
  time TEXT,
  meal TEXT,
  food TEXT NOT NULL,
  food_key TEXT,
  amount REAL,
  measure TEXT,
  grams REAL,
  supplement INTEGER NOT NULL DEFAULT 0,
  every_days INTEGER NOT NULL DEFAULT 1 CHECK (every_days >= 1),
  note TEXT,
  created TEXT NOT NULL,
  changed TEXT NOT NULL,
  removed TEXT,
  calcium_mg REAL, calcium_mg_low REAL, calcium_mg_high REAL,
  vitamin_d3_ug REAL, vitamin_d3_ug_low REAL, vitamin_d3_ug_high REAL,
  vitamin_d2_ug REAL, vitamin_d2_ug_low REAL, vitamin_d2_ug_high REAL,
  vitamin_d_ug REAL, vitamin_d_ug_low REAL, vitamin_d_ug_high REAL,
  vitamin_k2_ug REAL, vitamin_k2_ug_low REAL, vitamin_k2_ug_high REAL,
  mk4_ug REAL, mk4_ug_low REAL, mk4_ug_high REAL,
  mk7_ug REAL, mk7_ug_low REAL, mk7_ug_high REAL,
  mk_other_ug REAL, mk_other_ug_low REAL, mk_other_ug_high REAL,
  vitamin_k1_ug REAL, vitamin_k1_ug_low REAL, vitamin_k1_ug_high REAL,
  magnesium_mg REAL, magnesium_mg_low REAL, magnesium_mg_high REAL,
  working TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX entries_day ON entries (day) WHERE removed IS NULL;
CREATE INDEX entries_spread ON entries (day) WHERE removed IS NULL AND every_days > 1;
CREATE INDEX entries_food ON entries (food_key) WHERE removed IS NULL;

CREATE TABLE days (
  day TEXT PRIMARY KEY,
  status TEXT NOT NULL CHECK (status IN ('complete', 'incomplete', 'skipped')),
  changed TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE changes (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  command TEXT NOT NULL,
  undoes INTEGER REFERENCES changes (id),
  undone_by INTEGER REFERENCES changes (id)
);
CREATE INDEX changes_standing ON changes (id) WHERE undoes IS NULL AND undone_by IS NULL;

CREATE TABLE change_rows (
  change_id INTEGER NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  before TEXT,
  PRIMARY KEY (change_id, position)
) WITHOUT ROWID;

-- For people who open the file. A dose with an interval is spread over its days in daily_totals.

CREATE VIEW diary_entries AS
SELECT
  id, day, time, meal, food, amount, measure, grams, supplement, every_days, note,
  calcium_mg, calcium_mg_low, calcium_mg_high,
  vitamin_d3_ug, vitamin_d3_ug_low, vitamin_d3_ug_high,
  vitamin_d2_ug, vitamin_d2_ug_low, vitamin_d2_ug_high,
  vitamin_d_ug, vitamin_d_ug_low, vitamin_d_ug_high,
  vitamin_k2_ug, vitamin_k2_ug_low, vitamin_k2_ug_high,
  mk4_ug, mk4_ug_low, mk4_ug_high,
  mk7_ug, mk7_ug_low, mk7_ug_high,
  mk_other_ug, mk_other_ug_low, mk_other_ug_high,
  vitamin_k1_ug, vitamin_k1_ug_low, vitamin_k1_ug_high,
  magnesium_mg, magnesium_mg_low, magnesium_mg_high
FROM entries
WHERE removed IS NULL;

CREATE VIEW daily_totals AS
WITH RECURSIVE
  shares (share) AS (
    VALUES (0) UNION ALL SELECT share + 1 FROM shares WHERE share < 365
  ),
  eaten AS (
    SELECT day AS diary_day, 1 AS logged, entries.*
    FROM entries
    WHERE removed IS NULL AND every_days = 1
    UNION ALL
    SELECT date(day, '+' || share || ' days'), share = 0, entries.*
    FROM entries JOIN shares ON share < every_days
    WHERE removed IS NULL AND every_days > 1
  )
SELECT
  diary_day AS day,
  sum(logged) AS entries,
  round(sum(calcium_mg / every_days), 6) AS calcium_mg,
  round(sum(calcium_mg_low / every_days), 6) AS calcium_mg_low,
  CASE WHEN count(calcium_mg_high) = count(*) THEN round(sum(calcium_mg_high / every_days), 6) END AS calcium_mg_high,
  count(*) - count(calcium_mg_high) AS calcium_mg_unknown_entries,
  round(sum(vitamin_d3_ug / every_days), 6) AS vitamin_d3_ug,
  round(sum(vitamin_d3_ug_low / every_days), 6) AS vitamin_d3_ug_low,
  CASE WHEN count(vitamin_d3_ug_high) = count(*) THEN round(sum(vitamin_d3_ug_high / every_days), 6) END AS vitamin_d3_ug_high,
  count(*) - count(vitamin_d3_ug_high) AS vitamin_d3_ug_unknown_entries,
  round(sum(vitamin_d2_ug / every_days), 6) AS vitamin_d2_ug,
  round(sum(vitamin_d2_ug_low / every_days), 6) AS vitamin_d2_ug_low,
  CASE WHEN count(vitamin_d2_ug_high) = count(*) THEN round(sum(vitamin_d2_ug_high / every_days), 6) END AS vitamin_d2_ug_high,
  count(*) - count(vitamin_d2_ug_high) AS vitamin_d2_ug_unknown_entries,
  round(sum(vitamin_d_ug / every_days), 6) AS vitamin_d_ug,
  round(sum(vitamin_d_ug_low / every_days), 6) AS vitamin_d_ug_low,
  CASE WHEN count(vitamin_d_ug_high) = count(*) THEN round(sum(vitamin_d_ug_high / every_days), 6) END AS vitamin_d_ug_high,
  count(*) - count(vitamin_d_ug_high) AS vitamin_d_ug_unknown_entries,
  round(sum(vitamin_k2_ug / every_days), 6) AS vitamin_k2_ug,
  round(sum(vitamin_k2_ug_low / every_days), 6) AS vitamin_k2_ug_low,
  CASE WHEN count(vitamin_k2_ug_high) = count(*) THEN round(sum(vitamin_k2_ug_high / every_days), 6) END AS vitamin_k2_ug_high,
  count(*) - count(vitamin_k2_ug_high) AS vitamin_k2_ug_unknown_entries,
  round(sum(mk4_ug / every_days), 6) AS mk4_ug,
  round(sum(mk4_ug_low / every_days), 6) AS mk4_ug_low,
  CASE WHEN count(mk4_ug_high) = count(*) THEN round(sum(mk4_ug_high / every_days), 6) END AS mk4_ug_high,
  count(*) - count(mk4_ug_high) AS mk4_ug_unknown_entries,
  round(sum(mk7_ug / every_days), 6) AS mk7_ug,
  round(sum(mk7_ug_low / every_days), 6) AS mk7_ug_low,
  CASE WHEN count(mk7_ug_high) = count(*) THEN round(sum(mk7_ug_high / every_days), 6) END AS mk7_ug_high,
  count(*) - count(mk7_ug_high) AS mk7_ug_unknown_entries,
  round(sum(mk_other_ug / every_days), 6) AS mk_other_ug,
  round(sum(mk_other_ug_low / every_days), 6) AS mk_other_ug_low,
  CASE WHEN count(mk_other_ug_high) = count(*) THEN round(sum(mk_other_ug_high / every_days), 6) END AS mk_other_ug_high,
  count(*) - count(mk_other_ug_high) AS mk_other_ug_unknown_entries,
  round(sum(vitamin_k1_ug / every_days), 6) AS vitamin_k1_ug,
  round(sum(vitamin_k1_ug_low / every_days), 6) AS vitamin_k1_ug_low,
  CASE WHEN count(vitamin_k1_ug_high) = count(*) THEN round(sum(vitamin_k1_ug_high / every_days), 6) END AS vitamin_k1_ug_high,
  count(*) - count(vitamin_k1_ug_high) AS vitamin_k1_ug_unknown_entries,
  round(sum(magnesium_mg / every_days), 6) AS magnesium_mg,
  round(sum(magnesium_mg_low / every_days), 6) AS magnesium_mg_low,
  CASE WHEN count(magnesium_mg_high) = count(*) THEN round(sum(magnesium_mg_high / every_days), 6) END AS magnesium_mg_high,
  count(*) - count(magnesium_mg_high) AS magnesium_mg_unknown_entries
FROM eaten
GROUP BY diary_day;
