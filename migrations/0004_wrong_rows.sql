-- Each table has an index of the rows that hold what their columns may not, as another program may
-- write it. Like the views, they are made from what k2log knows of the columns (store/cells.py).

SELECT 1;
