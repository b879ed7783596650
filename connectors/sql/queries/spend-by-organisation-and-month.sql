-- What each organisation spent, by month of use (UTC) and unit.
SELECT
  org_id,
  date_trunc('month', occurred_at)::date AS month,
  unit,
  count(DISTINCT usage_id) AS charges,
  sum(amount) AS spent
FROM charges
GROUP BY org_id, month, unit
ORDER BY org_id, month, unit;
