-- What was spent, by billing type and month of use (UTC), and its share of the month.
SELECT
  date_trunc('month', occurred_at)::date AS month,
  unit,
  billing_type,
  count(DISTINCT (org_id, usage_id)) AS charges,
  sum(amount) AS spent,
  round(100 * sum(amount)
    / nullif(sum(sum(amount)) OVER (PARTITION BY date_trunc('month', occurred_at), unit), 0), 2)
    AS percent
FROM charges
GROUP BY date_trunc('month', occurred_at), unit, billing_type
ORDER BY month, unit, spent DESC;
