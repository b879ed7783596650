export default {
  // The frame.
  skip: "Skip to content", places: "Places", language: "Language", theme: "Light or dark", leave: "Sign out", again: "Try again", close: "Close",
  signIn: "Sign in", token: "Token", tokenHint: "An organisation's or an operator's. It stays in this tab.",
  refused: "This token opens nothing here.", refusedHint: "It may have been copied in part, replaced, or made for another installation. Enter one that this instance knows.",
  hintDemo: "prints one with its address:", hintToken: "makes one for an organisation or an operator:",
  notYours: "Your token doesn't open this. Go to the beginning, or sign in with another token.",
  away: "The instance doesn't answer.", awayHint: "It may be starting, or moving its work. Try again in a few seconds.",
  stale: "These figures are not the newest:", none: "None.", all: "All", others: "Others", asTable: "As a table", sortBy: "Sort by",
  // An organisation.
  organisation: "Organisation", organisations: "Organisations", find: "Find an organisation", noMatch: "No organisation is called so.",
  noOrganisations: "There are no organisations yet.", noOrganisationsHint: "Grant credits to one, and it is here.",
  asOf: "As of", sequence: "Sequence", balance: "Balance", outOfGranted: "of {n} granted", available: "Available", heldNote: "{n} held for open calls",
  burn: "Spend an hour", lastHour: "in the last hour", runsOut: "Runs out", never: "Not at this rate", isOut: "Nothing is left",
  calls: "Calls", mayCall: "May call", deniedUntil: "until", debt: "Debt", unit: "Unit",
  CREDITS_EXHAUSTED: "Credits exhausted", CREDITS_HELD: "All credits held", QUOTA_EXCEEDED: "Quota used up",
  // Its balance.
  balanceOverTime: "Balance over time", recent: "Latest charges", untilEmpty: "Until it runs out", forecast: "Forecast at the last hour's rate",
  level: "level", levels: "Level that warns", meets: "Meets {level}", grant: "Grant", grants: "Grants", left: "Left", outOf: "of {n}", expires: "Expires", begins: "Begins",
  balanceNote: "After each of the latest {n} charges.", olderCharges: "Older ones are in usage.billed.", noGrants: "No grant has anything left.",
  kindPURCHASE: "Purchase", kindPROMOTION: "Promotion", kindINCLUDED: "Included", kindGIFT: "Gift", kindADJUSTMENT: "Adjustment",
  // Its usage.
  usage: "Usage", byModel: "By model", byType: "By billing type", window: "Window", last24: "24 hours", last7: "7 days", last30: "30 days", last12: "12 months",
  nothing: "Nothing was used in this window.", nothingHint: "Choose a longer one.", free: "free of charge", spent: "Spent", share: "Share", quantities: "Billed quantities",
  from: "From", model: "Model", type: "Billing type", time: "Time", amount: "Amount",
  // Its quotas.
  quotas: "Quotas", noQuotas: "No quotas are set.", noQuotasHint: "An operator sets them with tokenmeter org --quota.", resets: "resets", ofLimit: "of {n}", usedUp: "Used up",
  eachLimit: "{n} for each",
  scope_project: "each project", scope_user: "each user", scope_api_key: "each key", scope_model: "each model",
  meter_total_tokens: "tokens", meter_input_tokens: "input tokens", meter_output_tokens: "output tokens", meter_requests: "requests", meter_images: "images", meter_audio_seconds: "seconds of audio",
  // Its charges.
  charge: "Charge", charges: "Charges", noCharges: "No charges yet.", noChargesHint: "The first one is here within a second of its call.", flags: "Flags", usageId: "Usage id",
  occurred: "Occurred", billedAt: "Billed", provider: "Provider", caller: "Caller", outcome: "Outcome",
  raw: "The raw records", request: "Request", response: "Answer", partition: "partition", offset: "offset", noRecords: "It came of no raw record.",
  measured: "What was measured", readings: "Meters", meter: "Meter", reported: "Reported", counted: "Counted", billed: "Billed", source: "Billed by",
  source_REPORTED: "the provider's report", source_TOKENIZED: "our exact count", source_ESTIMATED: "our estimate", providerTotal: "The provider's total: {n} tokens.",
  priced: "What it cost", lines: "Lines", book: "Price book", entry: "Price entry", matched: "Matched by", version: "Price version", noRule: "without conditions", quantity: "Quantity", price: "Price", per: "per {n}", noLines: "Nothing was charged.",
  drawn: "Who paid", before: "Balance before", after: "Balance after",
  // Events.
  events: "Live events", connecting: "Connecting", live: "Live", lost: "Disconnected; trying again", noEvents: "Nothing has happened since you came.", noEventsHint: "Low balances and quotas appear here as they are met.",
  balanceEvent: "{balance} {unit} left, level {level}", quotaEvent: "{used} of {limit} used, {share}",
  event_LOW_BALANCE: "Balance is low", event_EXHAUSTED: "Credits exhausted", event_DEBT_LIMIT: "Overdraft used up", event_RESTORED: "Balance restored",
  event_WARNING: "Quota nearly used", event_EXCEEDED: "Quota used up", event_RESET: "Quota reset",
  // The pipeline.
  allMayCall: "all may call", deniedCount: "{n} may not call", unpriced: "Waiting for a price", modelCount: "models: {n}", usages: "Usages",
  unpricedNote: "Parked, and billed by itself when a price is published.", noneUnpriced: "Every model has a price.",
  unmatched: "Without their other half", factsNote: "noticed; an answer that comes still bills", rejected: "Rejected", recordsNote: "records that can't be read", noneRejected: "Nothing was rejected.",
  why: "Why", topic: "Topic", count: "Count", lag: "Lag, call to balance", lagWithin: "Within", lagMost: "99 %: {n}", mean: "mean {n}", longer: "longer",
  pipelineNote: "As this instance counts since it started; Prometheus adds instances up.",
  drift: "Reported against counted tokens", driftNote: "Reported ÷ counted. 100 % is agreement.", off: "Deviation", ratio: "Ratio", noDrift: "Nothing was both reported and counted yet.",
  rejected_UNREADABLE: "Not a record of any schema", rejected_UNKNOWN_SCHEMA: "Unknown schema", rejected_WRONG_TYPE: "A record of another type", rejected_MISSING_ID: "An id is missing",
  rejected_INVALID_ID: "An id can't be one", rejected_INVALID_FIELD: "A field is out of range", rejected_INVALID_QUANTITY: "A quantity is out of range", rejected_UNKNOWN_METER: "Unknown meter",
  rejected_UNKNOWN_DIALECT: "Unknown protocol", rejected_BROKEN_BODY: "Broken body", rejected_INVALID_COMMAND: "Invalid command",
};
