-- Charges in the columns of FOCUS 1.2, the FinOps Open Cost and Usage Specification: every
-- mandatory column, and the conditional ones that charges have something for. One row a charge line.
--
-- FOCUS wants costs in a national currency, and takes credits as a virtual one: the price is in
-- PricingCurrency, and `units` says what one of it costs in BillingCurrency. A unit that isn't
-- there leaves the costs NULL, which queries/units-missing.sql shows; nothing is left out.
--
-- Not here: purchases of credits, which no topic of results has. Your invoicing has them; FOCUS
-- lists them as ChargeCategory 'Purchase'.
--
-- Elsewhere: `::` is CAST, and BigQuery writes date_trunc as TIMESTAMP_TRUNC(occurred_at, HOUR).

-- What a unit of the price books costs. Yours to fill.
CREATE TABLE IF NOT EXISTS units (
  unit             text PRIMARY KEY,
  billing_currency text NOT NULL CHECK (billing_currency ~ '^[A-Z]{3}$'),
  price            numeric(38, 18) NOT NULL CHECK (price >= 0),
  -- Whether it is paid for when it is bought. Its use is then on no invoice: BilledCost is 0.
  is_prepaid       boolean NOT NULL
);
INSERT INTO units VALUES ('USD', 'USD', 1, false), ('credit', 'USD', 0.01, true)
ON CONFLICT DO NOTHING;

-- Who sells. One row, yours to change.
CREATE TABLE IF NOT EXISTS seller (
  only_row      boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  provider_name text NOT NULL,
  issuer_name   text NOT NULL,
  service_name  text NOT NULL,
  -- How long after its end a month's invoice is made. What is billed later is a correction, on the
  -- invoice of the month in which it was billed.
  invoice_after interval NOT NULL
);
INSERT INTO seller VALUES (true, 'Tokenmeter', 'Tokenmeter', 'Models', interval '3 days')
ON CONFLICT DO NOTHING;

CREATE OR REPLACE VIEW focus AS
WITH lines AS (
  SELECT
    c.*,
    u.billing_currency,
    u.price AS unit_price,
    u.is_prepaid,
    s.provider_name,
    s.issuer_name,
    s.service_name,
    c.billed_at >= date_trunc('month', c.occurred_at) + interval '1 month' + s.invoice_after
      AS is_late,
    CASE WHEN c.meter = '' THEN 'requests' ELSE c.meter END AS sku_meter,
    CASE WHEN c.per = 0 THEN 1 ELSE c.per END AS block,
    concat_ws('/', coalesce(c.priced_model, c.model, c.billing_type),
      CASE WHEN c.rate_meter = '' THEN 'requests' ELSE c.rate_meter END) AS sku
  FROM charges c
  CROSS JOIN seller s
  LEFT JOIN units u ON u.unit = c.unit
), measured AS (
  SELECT
    lines.*,
    CASE
      WHEN sku_meter LIKE '%\_tokens' THEN 'Tokens'
      WHEN sku_meter = 'audio_seconds' THEN 'Seconds'
      WHEN sku_meter = 'tts_characters' THEN 'Characters'
      WHEN sku_meter = 'storage_token_days' THEN 'Token-Days'
      ELSE initcap(replace(sku_meter, '_', ' '))
    END AS measure,
    date_trunc('month', CASE WHEN is_late THEN billed_at ELSE occurred_at END) AS billing_period,
    coalesce(base_price, price) AS list_price
  FROM lines
)
SELECT
  CASE WHEN is_prepaid THEN 0 ELSE amount * unit_price END     AS "BilledCost",
  org_id                                                       AS "BillingAccountId",
  org_id                                                       AS "BillingAccountName",
  'Organisation'                                               AS "BillingAccountType",
  billing_currency                                             AS "BillingCurrency",
  billing_period + interval '1 month'                          AS "BillingPeriodEnd",
  billing_period                                               AS "BillingPeriodStart",
  'Usage'                                                      AS "ChargeCategory",
  CASE WHEN is_late THEN 'Correction' END                      AS "ChargeClass",
  concat_ws(' ', coalesce(response_model, model, billing_type), sku_meter,
    free_reason)                                               AS "ChargeDescription",
  'Usage-Based'                                                AS "ChargeFrequency",
  date_trunc('hour', occurred_at) + interval '1 hour'          AS "ChargePeriodEnd",
  date_trunc('hour', occurred_at)                              AS "ChargePeriodStart",
  quantity                                                     AS "ConsumedQuantity",
  measure                                                      AS "ConsumedUnit",
  amount * unit_price                                          AS "ContractedCost",
  price * unit_price                                           AS "ContractedUnitPrice",
  amount * unit_price                                          AS "EffectiveCost",
  issuer_name                                                  AS "InvoiceIssuerName",
  CASE
    WHEN base_price IS NULL THEN amount
    ELSE round(quantity * base_price / block, 12)
  END * unit_price                                             AS "ListCost",
  list_price * unit_price                                      AS "ListUnitPrice",
  'Standard'                                                   AS "PricingCategory",
  unit                                                         AS "PricingCurrency",
  price                                                        AS "PricingCurrencyContractedUnitPrice",
  amount                                                       AS "PricingCurrencyEffectiveCost",
  list_price                                                   AS "PricingCurrencyListUnitPrice",
  quantity / block                                             AS "PricingQuantity",
  CASE WHEN block = 1 THEN measure ELSE trim_scale(block) || ' ' || measure END
                                                               AS "PricingUnit",
  provider_name                                                AS "ProviderName",
  coalesce(provider, provider_name)                            AS "PublisherName",
  coalesce(response_model, model)                              AS "ResourceId",
  coalesce(response_model, model)                              AS "ResourceName",
  CASE WHEN coalesce(response_model, model) IS NOT NULL THEN 'Model' END
                                                               AS "ResourceType",
  'AI and Machine Learning'                                    AS "ServiceCategory",
  service_name                                                 AS "ServiceName",
  'Generative AI'                                              AS "ServiceSubcategory",
  sku                                                          AS "SkuId",
  sku_meter                                                    AS "SkuMeter",
  concat_ws('#', sku, nullif(rule, ''))                        AS "SkuPriceId",
  project_id                                                   AS "SubAccountId",
  project_id                                                   AS "SubAccountName",
  CASE WHEN project_id IS NOT NULL THEN 'Project' END          AS "SubAccountType",
  usage_id                                                     AS "x_UsageId",
  line                                                         AS "x_Line",
  user_id                                                      AS "x_UserId",
  api_key_id                                                   AS "x_ApiKeyId",
  billing_type                                                 AS "x_BillingType",
  key_mode                                                     AS "x_KeyMode",
  provenance                                                   AS "x_Provenance",
  price_version                                                AS "x_PriceVersion"
FROM measured;
