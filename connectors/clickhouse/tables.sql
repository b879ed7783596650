-- The tables for ClickHouse; the sink doesn't make them. The key is the ORDER BY: copies of a row
-- go away when ClickHouse merges, and at once for a query that says FINAL.

CREATE DATABASE IF NOT EXISTS tokenmeter;

CREATE TABLE IF NOT EXISTS tokenmeter.charges (
  usage_id       String,
  line           Int32,
  org_id         String,
  sequence       Int64,
  project_id     Nullable(String),
  user_id        Nullable(String),
  api_key_id     Nullable(String),
  provider       Nullable(String),
  operation      String,
  model          Nullable(String),
  response_model Nullable(String),
  key_mode       String,
  billing_type   String,
  meter          String,
  rate_meter     String,
  quantity       Decimal(38, 12),
  price          Decimal(38, 18),
  per            Decimal(38, 12),
  amount         Decimal(38, 12),
  unit           String,
  provenance     String,
  book           String,
  price_version  Nullable(String),
  free_reason    Nullable(String),
  outcome        String,
  occurred_at    DateTime64(3, 'UTC'),
  billed_at      DateTime64(3, 'UTC'),
  rule           String DEFAULT '',
  price_book     Nullable(String),
  priced_model   Nullable(String),
  matched_name   Nullable(String),
  name_rule      String DEFAULT '',
  base_price     Nullable(Decimal(38, 18)),
  adjustment     String DEFAULT '',
  counter        String DEFAULT '',
  month_to_date  Nullable(Decimal(38, 12))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(occurred_at)
ORDER BY (org_id, usage_id, line);

CREATE TABLE IF NOT EXISTS tokenmeter.billed_usage (
  usage_id                  String,
  org_id                    String,
  sequence                  Int64,
  project_id                Nullable(String),
  user_id                   Nullable(String),
  api_key_id                Nullable(String),
  provider                  Nullable(String),
  operation                 String,
  model                     Nullable(String),
  response_model            Nullable(String),
  key_mode                  String,
  billing_type              String,
  occurred_at               DateTime64(3, 'UTC'),
  billed_at                 DateTime64(3, 'UTC'),
  outcome                   String,
  free_reason               Nullable(String),
  flags                     String,
  readings                  String,
  lines                     String,
  amount                    Decimal(38, 12),
  unit                      String,
  book                      String,
  priced_model              Nullable(String),
  matched_name              Nullable(String),
  price_version             Nullable(String),
  provider_total            Nullable(Int64),
  provider_cost             Nullable(Decimal(38, 12)),
  provider_cost_unit        Nullable(String),
  balance_before            Decimal(38, 12),
  balance_after             Decimal(38, 12),
  grants_drawn              String,
  debt                      Decimal(38, 12),
  request_origin_topic      Nullable(String),
  request_origin_partition  Nullable(Int32),
  request_origin_offset     Nullable(Int64),
  response_origin_topic     Nullable(String),
  response_origin_partition Nullable(Int32),
  response_origin_offset    Nullable(Int64),
  endpoint                  Nullable(String),
  service_tier              Nullable(String),
  attributes                String,
  price_book                Nullable(String),
  name_rule                 String DEFAULT ''
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(occurred_at)
ORDER BY (org_id, usage_id);

CREATE TABLE IF NOT EXISTS tokenmeter.events (
  event_id      String,
  org_id        String,
  type          String,
  threshold     Nullable(Decimal(38, 12)),
  balance       Nullable(Decimal(38, 12)),
  unit          String,
  sequence      Int64,
  occurred_at   DateTime64(3, 'UTC'),
  available     Nullable(Decimal(38, 12)),
  burn_per_hour Nullable(Decimal(38, 12)),
  runs_out_at   Nullable(DateTime64(3, 'UTC')),
  percent       Nullable(Int32),
  quota_id      Nullable(String),
  quota_window  Nullable(String),
  window_start  Nullable(DateTime64(3, 'UTC')),
  window_end    Nullable(DateTime64(3, 'UTC')),
  quota_limit   Nullable(Decimal(38, 12)),
  quota_used    Nullable(Decimal(38, 12)),
  scope         Nullable(String),
  subject       Nullable(String),
  meter         Nullable(String)
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(occurred_at)
ORDER BY (org_id, event_id);

CREATE TABLE IF NOT EXISTS tokenmeter.balances (
  org_id            String,
  unit              String,
  book              String,
  sequence          Int64,
  balance           Decimal(38, 12),
  granted           Decimal(38, 12),
  expired           Decimal(38, 12),
  adjusted          Decimal(38, 12),
  billed            Decimal(38, 12),
  debt              Decimal(38, 12),
  grants            String,
  journal_partition Int32,
  journal_offset    Int64,
  as_of             DateTime64(3, 'UTC'),
  held              Nullable(Decimal(38, 12)),
  available         Nullable(Decimal(38, 12))
)
ENGINE = ReplacingMergeTree(sequence)
PARTITION BY tuple()
ORDER BY (org_id);
