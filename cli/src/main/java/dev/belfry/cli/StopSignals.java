package dev.belfry.cli;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Handles SIGTERM and SIGINT, so that the process exits with 0. By default the JVM exits with 143 and 130, which
 * service managers count as failures. Uses {@code sun.misc.Signal} of the module jdk.unsupported by reflection, since
 * javac warns of it; without that class, shutdown hooks apply.
 */
final class StopSignals {

    private static final List<String> NAMES = List.of("TERM", "INT");

    private StopSignals() {}

    /** @param stop called on a new thread for each signal */
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
                // With -Xrs, or on a JVM without that class: the shutdown hook stops the host.
                return;
            }
        }
    }
}
