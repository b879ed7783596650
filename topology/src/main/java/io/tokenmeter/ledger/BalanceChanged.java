package io.tokenmeter.ledger;

/**
 * A balance or what belongs to it changed.
 *
 * @param account the account after the entry; its {@code at} is that entry
 * @param unit what the amounts are in; empty while that is not known, which is before the first
 *     priced charge under another book than the deployment's
 */
public record BalanceChanged(Account account, String unit) implements Output {}
