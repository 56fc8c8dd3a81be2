package dev.belfry.host.cli;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Takes SIGTERM and SIGINT, so that the process can end by itself with 0. Left to the JVM, they run the shutdown hooks and
 * end it with 143 and 130, which service managers count as failures. The class is {@code sun.misc.Signal}, of the module
 * jdk.unsupported, which javac warns of; so it is called by name, and where it is missing, the hooks do.
 */
final class StopSignals {

    private static final List<String> NAMES = List.of("TERM", "INT");

    private StopSignals() {}

    /** @param stop called on a thread of its own for each of the signals */
    static void on(Runnable stop) {
        for (String name : NAMES) {
            try {
                Class<?> signal = Class.forName("sun.misc.Signal");
                Class<?> handler = Class.forName("sun.misc.SignalHandler");
                Object calls = Proxy.newProxyInstance(
                        handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                            if (method.getName().equals("handle")) {
                                stop.run();
                            }
                            return null;
                        });
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), calls);
            } catch (ReflectiveOperationException e) {
                // With -Xrs, or on a JVM without that class: the hook stops the host.
                return;
            }
        }
    }
}
