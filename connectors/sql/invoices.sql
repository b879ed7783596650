-- What providers invoice, day by day, for queries/reconciliation.sql. Load each CSV with
--
--   \copy provider_invoice FROM 'invoice.csv' CSV HEADER
--
-- `provider` and `model` as charges have them (`provider`, `response_model`), `meter` as Tokenmeter
-- names it, so that input that a provider lists as cached is cached_input_tokens. A provider that
-- gives a month in one line can be given as its first day.
CREATE TABLE IF NOT EXISTS provider_invoice (
  provider   text NOT NULL,
  invoice_id text NOT NULL,
  day        date NOT NULL,
  model      text NOT NULL,
  meter      text NOT NULL,
  quantity   numeric(38, 12) NOT NULL,
  cost       numeric(38, 12) NOT NULL,
  currency   text NOT NULL,
  PRIMARY KEY (provider, invoice_id, day, model, meter)
);
