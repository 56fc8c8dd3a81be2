package dev.belfry.cli;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Handles SIGTERM and SIGINT, so that the process exits with 0, and SIGHUP. By default the JVM exits with 143, 130 and 129, which
 * service managers count as failures. Uses {@code sun.misc.Signal} of the module jdk.unsupported by reflection, since
 * javac warns of it; without that class, shutdown hooks apply.
 */
final class ProcessSignals {

    private static final List<String> STOP = List.of("TERM", "INT");
    private static final List<String> RELOAD = List.of("HUP");

    private ProcessSignals() {}

    /** @param stop called on a new thread for each signal */
    static void onStop(Runnable stop) {
        on(STOP, stop);
    }

    /** @param reload called on a new thread for each signal */
    static void onReload(Runnable reload) {
        on(RELOAD, reload);
    }

    private static void on(List<String> names, Runnable action) {
        for (String name : names) {
            try {
                Class<?> signal = Class.forName("sun.misc.Signal");
                Class<?> handler = Class.forName("sun.misc.SignalHandler");
                Object calls = Proxy.newProxyInstance(
                        handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                            if (method.getName().equals("handle")) {
                                action.run();
                            }
                            return null;
                        });
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), calls);
            } catch (ReflectiveOperationException e) {
                // With -Xrs, on a JVM without that class, or on a system without that signal: the shutdown hook stops
                // the host.
                return;
            }
        }
    }
}
