package io.tokenmeter.query;

import io.tokenmeter.measured.count.Counters;
import java.time.InstantSource;

/**
 * What a server that answers for organisations works with.
 *
 * @param reader this instance's own stores
 * @param routing where each organisation's state is
 * @param commands to the ledger
 * @param rawTopics where gateways' records go
 * @param organisationAttribute which attribute of a span says who pays
 * @param prices what is published
 * @param defaultBook whose prices are shown where a question names no book
 * @param counters of the tokens of what is to be quoted
 * @param events from it
 * @param now what time it is, for queries that don't say until when, and for commands
 */
public record LedgerSources(
    LedgerReader reader,
    Routing routing,
    Commands commands,
    RawTopics rawTopics,
    String organisationAttribute,
    PriceReader prices,
    String defaultBook,
    Counters counters,
    EventLog events,
    InstantSource now) {}
