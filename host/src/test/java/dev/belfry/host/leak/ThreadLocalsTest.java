package dev.belfry.host.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The thread locals of a plugin are removed, and others stay. */
class ThreadLocalsTest {

    private static final int TRIALS = 300;
    private static final int LOCALS = 8;

    @Test
    void otherThreadLocalsKeepTheirValues() throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            for (int trial = 0; trial < TRIALS; trial++) {
                ClassLoader loader = new ClassLoader(null) {};
                Object ofThePlugin = Proxy.newProxyInstance(loader, new Class<?>[] {Runnable.class}, (_, _, _) -> null);
                List<ThreadLocal<Object>> locals = new ArrayList<>();
                for (int i = 0; i < LOCALS; i++) {
                    locals.add(new ThreadLocal<>());
                }
                int left = trial % LOCALS;
                thread.submit(() -> {
                            for (int i = 0; i < LOCALS; i++) {
                                locals.get(i).set(i == left ? ofThePlugin : "mine " + i);
                            }
                        })
                        .get();

                new ThreadCleaner("plugin#1", new PluginClasses(loader)).run();

                List<Object> values = thread.submit(() -> {
                            List<Object> found = new ArrayList<>();
                            locals.forEach(local -> found.add(local.get() == null ? "null" : local.get()));
                            return found;
                        })
                        .get();
                for (int i = 0; i < LOCALS; i++) {
                    assertThat(values.get(i)).isEqualTo(i == left ? "null" : "mine " + i);
                }
            }
        }
    }
}
