/**
 * Embedded: a broker and a schema registry on one machine, for {@code demo}, {@code up} and tests.
 *
 * <p>In comes a directory; out come the addresses of a single-node Kafka inside this JVM and of a
 * registry in a child process. What always holds: both listen on the loopback interface alone; what
 * was written is there again after a restart on the same directory; the child ends with this
 * process, however that ends. Nothing here is meant for production.
 */
@NullMarked
package io.tokenmeter.embedded;

import org.jspecify.annotations.NullMarked;
