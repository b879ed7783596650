/**
 * Proof: the applications as users run them, on a real broker and a real registry, held to figures
 * that the tests work out by themselves.
 *
 * <p>In go raw records, prices and grants, on topics of the test's own; out comes what a reader of
 * committed records sees. What always holds: the applications are a process of their own, started
 * by the same command as in production, and nothing of their rules decides what is expected.
 *
 * <p>The crash suite is {@link io.tokenmeter.proof.Mixture}: {@link io.tokenmeter.proof.Schedule}
 * says which {@link io.tokenmeter.proof.Fault} strikes, {@link io.tokenmeter.proof.Scene} has what
 * is struck, {@link io.tokenmeter.proof.Gateways} send meanwhile, {@link io.tokenmeter.proof.Feed}
 * reads what comes of it, {@link io.tokenmeter.proof.Oracle} works out what should, and {@link
 * io.tokenmeter.proof.Verdict} says what differs. See {@code docs/surviving.md}.
 */
package io.tokenmeter.proof;
