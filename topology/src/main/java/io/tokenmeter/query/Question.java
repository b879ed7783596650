package io.tokenmeter.query;

import io.tokenmeter.raw.OrgId;
import java.util.function.Function;

/**
 * What somebody wants to know about an organisation.
 *
 * @param org whose state is needed
 * @param target the path and query, as another instance is asked
 * @param read answers from this instance's stores
 */
record Question(OrgId org, String target, Function<Copy, ? extends Reading<?>> read) {}
