-- The tables that the sinks load, for PostgreSQL: names and types as the PostgreSQL sink writes
-- them. Run it before the sinks start, and again after an upgrade: what is there stays. Times are
-- UTC.
--
-- Elsewhere: numeric(38, 12) is DECIMAL(38, 12) in DuckDB, Snowflake, Iceberg and ClickHouse, and
-- BIGNUMERIC(38, 12) in BigQuery, whose NUMERIC holds only 9 places. timestamp(3) is TIMESTAMP_MS
-- in DuckDB, TIMESTAMP_NTZ(3) in Snowflake, DateTime64(3, 'UTC') in ClickHouse and DATETIME in
-- BigQuery. Snowflake and BigQuery don't enforce the keys; ClickHouse takes them as the ORDER BY of
-- a ReplacingMergeTree.

-- From usage.charges: a row a line. A charge without lines is one row, line 0.
CREATE TABLE IF NOT EXISTS charges (
  usage_id       text NOT NULL,
  line           integer NOT NULL,
  org_id         text NOT NULL,
  sequence       bigint NOT NULL,
  project_id     text,
  user_id        text,
  api_key_id     text,
  provider       text,
  operation      text NOT NULL,
  model          text,
  response_model text,
  key_mode       text NOT NULL,
  billing_type   text NOT NULL,
  meter          text NOT NULL,
  rate_meter     text NOT NULL,
  quantity       numeric(38, 12) NOT NULL,
  price          numeric(38, 18) NOT NULL,
  per            numeric(38, 12) NOT NULL,
  amount         numeric(38, 12) NOT NULL,
  unit           text NOT NULL,
  provenance     text NOT NULL,
  book           text NOT NULL,
  price_version  text,
  free_reason    text,
  outcome        text NOT NULL,
  occurred_at    timestamp(3) NOT NULL,
  billed_at      timestamp(3) NOT NULL,
  rule           text NOT NULL DEFAULT '',
  price_book     text,
  priced_model   text,
  matched_name   text,
  name_rule      text NOT NULL DEFAULT '',
  base_price     numeric(38, 18),
  adjustment     text NOT NULL DEFAULT '',
  counter        text NOT NULL DEFAULT '',
  month_to_date  numeric(38, 12),
  PRIMARY KEY (org_id, usage_id, line)
);

CREATE INDEX IF NOT EXISTS charges_by_time ON charges (org_id, occurred_at);

-- From usage.billed: a row a charge, with where its records stood, what the provider reported and
-- what it says that it costs. flags, readings, lines, grants_drawn and attributes are JSON;
-- decimals in them are text.
CREATE TABLE IF NOT EXISTS billed_usage (
  usage_id                  text NOT NULL,
  org_id                    text NOT NULL,
  sequence                  bigint NOT NULL,
  project_id                text,
  user_id                   text,
  api_key_id                text,
  provider                  text,
  operation                 text NOT NULL,
  model                     text,
  response_model            text,
  key_mode                  text NOT NULL,
  billing_type              text NOT NULL,
  occurred_at               timestamp(3) NOT NULL,
  billed_at                 timestamp(3) NOT NULL,
  outcome                   text NOT NULL,
  free_reason               text,
  flags                     text NOT NULL,
  readings                  text NOT NULL,
  lines                     text NOT NULL,
  amount                    numeric(38, 12) NOT NULL,
  unit                      text NOT NULL,
  book                      text NOT NULL,
  priced_model              text,
  matched_name              text,
  price_version             text,
  provider_total            bigint,
  provider_cost             numeric(38, 12),
  provider_cost_unit        text,
  balance_before            numeric(38, 12) NOT NULL,
  balance_after             numeric(38, 12) NOT NULL,
  grants_drawn              text NOT NULL,
  debt                      numeric(38, 12) NOT NULL,
  request_origin_topic      text,
  request_origin_partition  integer,
  request_origin_offset     bigint,
  response_origin_topic     text,
  response_origin_partition integer,
  response_origin_offset    bigint,
  endpoint                  text,
  service_tier              text,
  attributes                text NOT NULL,
  price_book                text,
  name_rule                 text NOT NULL DEFAULT '',
  PRIMARY KEY (org_id, usage_id)
);

CREATE INDEX IF NOT EXISTS billed_usage_by_time ON billed_usage (org_id, occurred_at);

-- From events.low-balance and events.quota-exceeded: type is LOW_BALANCE, EXHAUSTED, DEBT_LIMIT or
-- RESTORED of the first, WARNING, EXCEEDED or RESET of the second. Columns of the other are NULL.
CREATE TABLE IF NOT EXISTS events (
  event_id      text NOT NULL,
  org_id        text NOT NULL,
  type          text NOT NULL,
  threshold     numeric(38, 12),
  balance       numeric(38, 12),
  unit          text NOT NULL,
  sequence      bigint NOT NULL,
  occurred_at   timestamp(3) NOT NULL,
  available     numeric(38, 12),
  burn_per_hour numeric(38, 12),
  runs_out_at   timestamp(3),
  percent       integer,
  quota_id      text,
  quota_window  text,
  window_start  timestamp(3),
  window_end    timestamp(3),
  quota_limit   numeric(38, 12),
  quota_used    numeric(38, 12),
  scope         text,
  subject       text,
  meter         text,
  PRIMARY KEY (org_id, event_id)
);

-- From ledger.balances: the newest of each organisation. grants is JSON.
CREATE TABLE IF NOT EXISTS balances (
  org_id            text NOT NULL,
  unit              text NOT NULL,
  book              text NOT NULL,
  sequence          bigint NOT NULL,
  balance           numeric(38, 12) NOT NULL,
  granted           numeric(38, 12) NOT NULL,
  expired           numeric(38, 12) NOT NULL,
  adjusted          numeric(38, 12) NOT NULL,
  billed            numeric(38, 12) NOT NULL,
  debt              numeric(38, 12) NOT NULL,
  grants            text NOT NULL,
  journal_partition integer NOT NULL,
  journal_offset    bigint NOT NULL,
  as_of             timestamp(3) NOT NULL,
  held              numeric(38, 12),
  available         numeric(38, 12),
  PRIMARY KEY (org_id)
);
