-- A provider's invoice (`provider_invoice`) beside what it reported call by call, day by day (UTC).
-- Calls with a customer's own key are on that customer's invoice, and left out. `metered` is NULL
-- for what is on the invoice alone, `invoiced` for what isn't on it.
WITH reported AS (
  SELECT
    provider,
    occurred_at::date AS day,
    coalesce(response_model, model) AS model,
    reading ->> 'meter' AS meter,
    sum((reading ->> 'reported')::numeric) AS quantity
  FROM billed_usage
  CROSS JOIN LATERAL jsonb_array_elements(readings::jsonb) AS reading
  WHERE key_mode = 'PLATFORM' AND reading ->> 'reported' IS NOT NULL
  GROUP BY 1, 2, 3, 4
), invoiced AS (
  SELECT provider, day, model, meter, currency, sum(quantity) AS quantity, sum(cost) AS cost
  FROM provider_invoice
  GROUP BY 1, 2, 3, 4, 5
)
SELECT
  provider,
  day,
  model,
  meter,
  reported.quantity AS metered,
  invoiced.quantity AS invoiced,
  coalesce(invoiced.quantity, 0) - coalesce(reported.quantity, 0) AS difference,
  invoiced.cost,
  invoiced.currency
FROM reported
FULL JOIN invoiced USING (provider, day, model, meter)
WHERE provider IN (SELECT provider FROM provider_invoice)
  AND day >= (SELECT min(day) FROM provider_invoice)
  AND day <= (SELECT max(day) FROM provider_invoice)
ORDER BY provider, day, model, meter;
