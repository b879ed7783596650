-- How far what providers reported is from what Tokenmeter counted, where there are both.
-- Above 0 the provider reported more.
SELECT
  provider,
  coalesce(response_model, model) AS model,
  reading ->> 'meter' AS meter,
  count(*) AS readings,
  sum((reading ->> 'reported')::numeric) AS reported,
  sum((reading ->> 'counted')::numeric) AS counted,
  sum((reading ->> 'reported')::numeric - (reading ->> 'counted')::numeric) AS difference,
  round(100 * sum((reading ->> 'reported')::numeric - (reading ->> 'counted')::numeric)
    / nullif(sum((reading ->> 'counted')::numeric), 0), 2) AS percent
FROM billed_usage
CROSS JOIN LATERAL jsonb_array_elements(readings::jsonb) AS reading
WHERE reading ->> 'reported' IS NOT NULL AND reading ->> 'counted' IS NOT NULL
GROUP BY 1, 2, 3
ORDER BY readings DESC, 1, 2, 3;
