/**
 * The benchmark suite: {@code tokenmeter bench}. In come a seed and a machine, out go figures with
 * their spread, a table for people and JSON for the next comparison.
 *
 * <p>What is measured runs in processes of its own, a broker and the applications as they ship, and
 * this process plays the gateways and the readers. Processor time comes before time: it says the
 * same on a machine that does other things too.
 */
@NullMarked
package io.tokenmeter.bench;

import org.jspecify.annotations.NullMarked;
