package dev.belfry.testkit;

import dev.belfry.host.Belfry;
import dev.belfry.host.leak.Leak;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Checks what a plugin leaves behind when it stops: threads, connections, classes. */
final class LeakCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration UNLOADING = Duration.ofSeconds(30);
    private static final int FRAMES = 8;

    /** Threads that the JDK, the host, a build tool or a debugger starts on demand. */
    private static final List<String> OF_OTHERS = List.of(
            "ForkJoinPool",
            "CompletableFutureDelayScheduler",
            "HttpClient-",
            "Common-Cleaner",
            "process reaper",
            "VirtualThread-unblocker",
            "Attach Listener",
            "surefire",
            "junit",
            "leaks",
            "timer",
            "http",
            "JNA Cleaner",
            "embedded-pg",
            "log-pumper",
            "PostgreSQL-JDBC",
            "postgres:",
            "initdb:",
            "pg_ctl:",
            "HikariPool",
            "Cleaner-");

    private final Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());

    /**
     * Stops the plugins, checks, stops the host, and checks again.
     *
     * @throws AssertionError naming everything that was left behind
     */
    void stop(Belfry belfry) {
        List<String> left = new ArrayList<>();
        if (!happens(PATIENCE, () -> belfry.connectionsInUse() == 0)) {
            left.add("database connections that were not closed: " + belfry.connectionsInUse());
        }
        belfry.stopPlugins();
        classes(belfry, left);
        left.addAll(belfry.forgotten());
        belfry.close();
        if (!happens(PATIENCE, () -> threads().isEmpty())) {
            threads()
                    .forEach(thread -> left.add("the thread '" + thread.getName() + "' at "
                            + Arrays.stream(thread.getStackTrace())
                                    .limit(FRAMES)
                                    .map(StackTraceElement::toString)
                                    .collect(Collectors.joining(" < "))));
        }
        if (!left.isEmpty()) {
            throw new AssertionError("the plugin has left behind: " + String.join("; ", left));
        }
    }

    private List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive() && thread != Thread.currentThread())
                .filter(thread -> !isOfTheJdk(thread) && OF_OTHERS.stream().noneMatch(thread.getName()::startsWith))
                .toList();
    }

    /** Such as the threads that wait for sockets on behalf of virtual threads. */
    private static boolean isOfTheJdk(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return thread.getClass().getName().startsWith("jdk.internal.")
                || (group != null && !group.getName().equals("main") && group.getParent() == null);
    }

    /** A plugin from a JAR must be unloaded; a plugin on the class path belongs to the application. */
    private static void classes(Belfry belfry, List<String> left) {
        happens(PATIENCE, () -> {
            System.gc();
            return belfry.unloading() == 0;
        });
        if (belfry.unloading() > 0) {
            happens(UNLOADING, () -> belfry.unloading() == 0);
        }
        for (Leak leak : belfry.leaks()) {
            left.add("its classes (" + leak.generation() + "), referenced by " + leak.holder());
        }
    }

    private static boolean happens(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
