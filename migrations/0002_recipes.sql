-- What a recipe is made of. The dish itself is a food of one's own, its figures are worked out.
-- items: [{"key", "food", "amount", "measure", "grams", "assumed", "system"}]; amount and measure as
-- typed, system is us, metric or uk where cups and spoons differ.

CREATE TABLE recipes (
  food_id INTEGER PRIMARY KEY REFERENCES foods (id) ON DELETE CASCADE,
  serves REAL NOT NULL CHECK (serves > 0),
  yield_grams REAL CHECK (yield_grams > 0),
  items TEXT NOT NULL
);
