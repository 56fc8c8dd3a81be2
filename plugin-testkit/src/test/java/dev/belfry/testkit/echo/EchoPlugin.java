package dev.belfry.testkit.echo;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.queue.DurableQueue;
import dev.belfry.api.queue.RetryPolicy;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Answers events with events, by way of a queue, and has pages. */
public final class EchoPlugin implements Plugin {

    /** What the plugin listens to; the first attempt fails for a {@code hoarse} one. */
    public record Call(String sound) {}

    /** What the plugin publishes. */
    public record Echo(String sound) {}

    /** Its section of the configuration; {@code times} is 2 by default. */
    public record EchoConfig(@Nullable Integer times) {

        int timesOrDefault() {
            return times == null ? 2 : times;
        }
    }

    /** No JSON fits it. */
    public static final class Unreadable {
        Unreadable(String text) {
            throw new IllegalStateException(text);
        }
    }

    private volatile int times;
    private final AtomicInteger attempts = new AtomicInteger();

    @Override
    public void start(PluginContext context) {
        context.config(EchoConfig.class, config -> times = config.timesOrDefault());
        DurableQueue<Call> calls = context.queue(
                "calls",
                Call.class,
                new RetryPolicy(2, Duration.ofMinutes(1), Duration.ofMinutes(1)),
                call -> context.events().publish(answer(call)));
        context.events().on(Call.class, calls::put);
        context.routes(routes -> routes.post(
                "/unreadable",
                Access.AUTHENTICATED,
                (request, caller) ->
                        request.result(request.bodyAsClass(Unreadable.class).toString())));
        context.pages("/echo", pages -> {
            pages.files("web", Access.AUTHENTICATED);
            pages.page("/", Access.AUTHENTICATED, "index.html");
            pages.page("/broken", Access.AUTHENTICATED, "broken.html");
            pages.page("/inline", Access.AUTHENTICATED, "inline.html");
            pages.page("/lax", Access.AUTHENTICATED, "inline.html")
                    .contentSecurityPolicy("default-src 'self' 'unsafe-inline'");
        });
    }

    private Echo answer(Call call) {
        if (attempts.incrementAndGet() == 1 && call.sound().equals("hoarse")) {
            throw new IllegalStateException("no voice");
        }
        return new Echo(String.join(" ", Collections.nCopies(times, call.sound())));
    }
}
