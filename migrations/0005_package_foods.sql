-- The foods of the package are read from a file of their own, no longer copied into each diary.
-- Of a copied food there stays a bare row, with the user's own names for it, where the user named it
-- or a change that can be undone is about it. Its key says which food of the package is meant.

DELETE FROM food_names
WHERE NOT own AND food_id IN (SELECT id FROM foods WHERE origin = 'catalogue');
DELETE FROM portions WHERE food_id IN (SELECT id FROM foods WHERE origin = 'catalogue');
DELETE FROM figures WHERE food_id IN (SELECT id FROM foods WHERE origin = 'catalogue');
DELETE FROM foods
WHERE origin = 'catalogue'
  AND id NOT IN (SELECT food_id FROM food_names)
  AND NOT EXISTS (
    SELECT 1 FROM change_rows
    WHERE table_name = 'foods' AND foods.id BETWEEN first_id AND last_id
  );
UPDATE foods SET retired = NULL WHERE origin = 'catalogue';

-- Of the sources only those that figures of own and imported foods still name.
DELETE FROM sources
WHERE key NOT IN (SELECT substr(source, 1, instr(source || ':', ':') - 1) FROM figures);

DELETE FROM settings WHERE key = 'catalogue';
