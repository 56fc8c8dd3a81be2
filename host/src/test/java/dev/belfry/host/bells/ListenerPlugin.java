package dev.belfry.host.bells;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.host.bells.chimes.Rung;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.slf4j.MDC;

/** Writes down the events that it gets, where the test and every generation can see them. */
public final class ListenerPlugin implements Plugin {

    private static final String HEARD = "belfry.test.heard";
    private static final String SILENCE = "belfry.test.silence";

    /** An event of this sound waits here until the test releases a permit. */
    public static Semaphore silence() {
        return (Semaphore) System.getProperties().computeIfAbsent(SILENCE, _ -> new Semaphore(0));
    }

    @SuppressWarnings("unchecked") // Only this method puts it there.
    public static Queue<String> heard() {
        return (Queue<String>) System.getProperties().computeIfAbsent(HEARD, _ -> new ConcurrentLinkedQueue<String>());
    }

    public static void forget() {
        System.getProperties().remove(HEARD);
        System.getProperties().remove(SILENCE);
    }

    @Override
    public void start(PluginContext context) {
        context.events().on(Rung.class, event -> {
            switch (event.sound()) {
                case "crack" -> throw new IllegalStateException("the bell has cracked");
                case "silence" -> silence().acquire();
                case "where" -> heard().add(where());
                default -> heard().add(context.version() + " " + event.sound());
            }
        });
    }

    private static String where() {
        Thread thread = Thread.currentThread();
        return "virtual " + thread.isVirtual()
                + ", own loader " + (thread.getContextClassLoader() == ListenerPlugin.class.getClassLoader())
                + ", plugin " + MDC.get("plugin");
    }
}
