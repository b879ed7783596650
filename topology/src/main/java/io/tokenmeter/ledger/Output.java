package io.tokenmeter.ledger;

/** What the ledger publishes. */
public sealed interface Output
    permits BilledUsage,
        BalanceChanged,
        EntitlementChanged,
        LowBalance,
        QuotaExceeded,
        Unmatched,
        UnpricedNotice,
        Disposition,
        JournalReminder {}
