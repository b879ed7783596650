/**
 * Proof: the applications as users run them, on a real broker and a real registry, held to figures
 * that the tests work out by themselves.
 *
 * <p>In go raw records, prices and grants, on topics of the test's own; out comes what a reader of
 * committed records sees. What always holds: the applications are a process of their own, started
 * by the same command as in production, and nothing of their rules decides what is expected.
 */
package io.tokenmeter.proof;
