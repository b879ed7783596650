package io.tokenmeter.app;

import java.util.concurrent.Callable;

/**
 * A command that is a module of its own because it needs more libraries than the others. It is a
 * picocli command that gives its exit code, and is found by its entry in {@code
 * META-INF/services/io.tokenmeter.app.ModuleCommand}. The launcher knows the command's module and
 * puts that module's jar and {@code target/lib} on the class path.
 */
public interface ModuleCommand extends Callable<Integer> {}
