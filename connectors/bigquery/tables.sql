-- The tables and views for BigQuery, in a dataset `tokenmeter`. BIGNUMERIC, since NUMERIC holds
-- only 9 decimals. The sink delivers at least once, so query the views, which have each row once.

CREATE TABLE IF NOT EXISTS tokenmeter.charges (
  usage_id       STRING,
  line           INT64,
  org_id         STRING,
  sequence       INT64,
  project_id     STRING,
  user_id        STRING,
  api_key_id     STRING,
  provider       STRING,
  operation      STRING,
  model          STRING,
  response_model STRING,
  key_mode       STRING,
  billing_type   STRING,
  meter          STRING,
  rate_meter     STRING,
  quantity       BIGNUMERIC(38, 12),
  price          BIGNUMERIC(38, 18),
  per            BIGNUMERIC(38, 12),
  amount         BIGNUMERIC(38, 12),
  unit           STRING,
  provenance     STRING,
  book           STRING,
  price_version  STRING,
  free_reason    STRING,
  outcome        STRING,
  occurred_at    TIMESTAMP,
  billed_at      TIMESTAMP,
  rule           STRING,
  price_book     STRING,
  priced_model   STRING,
  matched_name   STRING,
  name_rule      STRING,
  base_price     BIGNUMERIC(38, 18),
  adjustment     STRING,
  counter        STRING,
  month_to_date  BIGNUMERIC(38, 12)
)
PARTITION BY DATE(occurred_at)
CLUSTER BY org_id;

CREATE OR REPLACE VIEW tokenmeter.charges_once AS
SELECT * FROM tokenmeter.charges
WHERE TRUE
QUALIFY row_number() OVER (PARTITION BY org_id, usage_id, line ORDER BY occurred_at) = 1;

CREATE TABLE IF NOT EXISTS tokenmeter.billed_usage (
  usage_id                  STRING,
  org_id                    STRING,
  sequence                  INT64,
  project_id                STRING,
  user_id                   STRING,
  api_key_id                STRING,
  provider                  STRING,
  operation                 STRING,
  model                     STRING,
  response_model            STRING,
  key_mode                  STRING,
  billing_type              STRING,
  occurred_at               TIMESTAMP,
  billed_at                 TIMESTAMP,
  outcome                   STRING,
  free_reason               STRING,
  flags                     STRING,
  readings                  STRING,
  lines                     STRING,
  amount                    BIGNUMERIC(38, 12),
  unit                      STRING,
  book                      STRING,
  priced_model              STRING,
  matched_name              STRING,
  price_version             STRING,
  provider_total            INT64,
  provider_cost             BIGNUMERIC(38, 12),
  provider_cost_unit        STRING,
  balance_before            BIGNUMERIC(38, 12),
  balance_after             BIGNUMERIC(38, 12),
  grants_drawn              STRING,
  debt                      BIGNUMERIC(38, 12),
  request_origin_topic      STRING,
  request_origin_partition  INT64,
  request_origin_offset     INT64,
  response_origin_topic     STRING,
  response_origin_partition INT64,
  response_origin_offset    INT64,
  endpoint                  STRING,
  service_tier              STRING,
  attributes                STRING,
  price_book                STRING,
  name_rule                 STRING
)
PARTITION BY DATE(occurred_at)
CLUSTER BY org_id;

CREATE OR REPLACE VIEW tokenmeter.billed_usage_once AS
SELECT * FROM tokenmeter.billed_usage
WHERE TRUE
QUALIFY row_number() OVER (PARTITION BY org_id, usage_id ORDER BY occurred_at) = 1;

CREATE TABLE IF NOT EXISTS tokenmeter.events (
  event_id      STRING,
  org_id        STRING,
  type          STRING,
  threshold     BIGNUMERIC(38, 12),
  balance       BIGNUMERIC(38, 12),
  unit          STRING,
  sequence      INT64,
  occurred_at   TIMESTAMP,
  available     BIGNUMERIC(38, 12),
  burn_per_hour BIGNUMERIC(38, 12),
  runs_out_at   TIMESTAMP,
  percent       INT64,
  quota_id      STRING,
  quota_window  STRING,
  window_start  TIMESTAMP,
  window_end    TIMESTAMP,
  quota_limit   BIGNUMERIC(38, 12),
  quota_used    BIGNUMERIC(38, 12),
  scope         STRING,
  subject       STRING,
  meter         STRING
)
PARTITION BY DATE(occurred_at)
CLUSTER BY org_id;

CREATE OR REPLACE VIEW tokenmeter.events_once AS
SELECT * FROM tokenmeter.events
WHERE TRUE
QUALIFY row_number() OVER (PARTITION BY org_id, event_id ORDER BY occurred_at) = 1;

CREATE TABLE IF NOT EXISTS tokenmeter.balances (
  org_id            STRING,
  unit              STRING,
  book              STRING,
  sequence          INT64,
  balance           BIGNUMERIC(38, 12),
  granted           BIGNUMERIC(38, 12),
  expired           BIGNUMERIC(38, 12),
  adjusted          BIGNUMERIC(38, 12),
  billed            BIGNUMERIC(38, 12),
  debt              BIGNUMERIC(38, 12),
  grants            STRING,
  journal_partition INT64,
  journal_offset    INT64,
  as_of             TIMESTAMP,
  held              BIGNUMERIC(38, 12),
  available         BIGNUMERIC(38, 12)
)
PARTITION BY DATE(as_of)
CLUSTER BY org_id;

CREATE OR REPLACE VIEW tokenmeter.balances_once AS
SELECT * FROM tokenmeter.balances
WHERE TRUE
QUALIFY row_number() OVER (PARTITION BY org_id ORDER BY journal_offset DESC) = 1;
