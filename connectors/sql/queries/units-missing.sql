-- Units of charges that `units` doesn't have: FOCUS has no costs for these. Should be empty.
SELECT unit, count(*) AS lines, sum(amount) AS amount
FROM charges
WHERE unit NOT IN (SELECT unit FROM units)
GROUP BY unit;
