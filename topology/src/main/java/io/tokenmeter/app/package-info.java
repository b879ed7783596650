/**
 * App: the edge of the system, where configuration, command lines and processes are.
 *
 * <p>In come settings and arguments; out go running applications, records on the raw topics and
 * lines for people or machines. What always holds: this is the only package that reads the
 * environment and wires the others together; an error that a person can mend is one clear line and
 * an exit code; text of prompts and completions is never printed.
 */
@NullMarked
package io.tokenmeter.app;

import org.jspecify.annotations.NullMarked;
