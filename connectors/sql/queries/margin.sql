-- What was earned on the charges whose exchange says what the provider takes for it
-- (provider_cost), in the currency of `units`. Calls with a customer's own key cost nothing and are
-- left out. `known` is how many of the `charges` have a cost: the rest counts in no sum.
WITH priced AS (
  SELECT
    b.*,
    sold.billing_currency,
    b.amount * sold.price AS revenue,
    CASE WHEN bought.billing_currency = sold.billing_currency
      THEN b.provider_cost * bought.price END AS cost
  FROM billed_usage b
  LEFT JOIN units sold ON sold.unit = b.unit
  LEFT JOIN units bought ON bought.unit = b.provider_cost_unit
  WHERE b.key_mode = 'PLATFORM'
)
SELECT
  date_trunc('month', occurred_at)::date AS month,
  provider,
  coalesce(response_model, model) AS model,
  billing_currency AS currency,
  count(*) AS charges,
  count(cost) AS known,
  sum(revenue) FILTER (WHERE cost IS NOT NULL) AS revenue,
  sum(cost) AS cost,
  sum(revenue - cost) AS margin,
  round(100 * sum(revenue - cost) / nullif(sum(revenue) FILTER (WHERE cost IS NOT NULL), 0), 2)
    AS percent
FROM priced
GROUP BY 1, 2, 3, 4
HAVING count(cost) > 0
ORDER BY 1, 2, 3, 4;
