package dev.belfry.host.http;

import dev.belfry.host.limit.ClientBudget;
import dev.belfry.host.settings.ClientSettings;
import dev.belfry.host.settings.LimitSettings;
import java.time.Duration;

/**
 * Limits of the memory that clients can hold. All shares together are smaller than the heap.
 *
 * @param bodies bytes of request bodies: an object made from a body can be ten times as large
 * @param answers large responses that wait for their clients: each holds up to 1 MiB
 * @param waits asynchronous requests: long polls and streams
 * @param streams event streams, which count among the waits as well
 */
record ClientBudgets(ClientBudget bodies, ClientBudget answers, ClientBudget waits, ClientBudget streams) {

    /** The bytes of a body that are read before the handler runs. */
    static final int RECEIVED = 1024 * 1024;

    private static final long MEBIBYTE = 1024 * 1024;
    private static final int BODY_SHARE = 64;
    private static final int ANSWER_SHARE = 8;
    private static final long FEWEST = 4;

    static ClientBudgets of(LimitSettings settings, long heap) {
        ClientSettings clients = settings.clients();
        Duration patience = settings.patience();
        long bodies = Math.max(FEWEST * RECEIVED, heap / BODY_SHARE);
        long answers = Math.max(FEWEST, heap / ANSWER_SHARE / MEBIBYTE);
        return new ClientBudgets(
                new ClientBudget("bytes of request bodies", bodies, bodies / 2, patience),
                new ClientBudget("large responses", answers, answers / 2, patience),
                new ClientBudget(
                        "requests that wait or stream", clients.waits(), clients.waitsPerCaller(), Duration.ZERO),
                new ClientBudget(
                                "event streams",
                                settings.streams().total(),
                                settings.streams().perCaller(),
                                Duration.ZERO)
                        .alwaysUnavailable());
    }

    void use(LimitSettings settings) {
        ClientSettings clients = settings.clients();
        bodies.limit(bodies.total(), bodies.total() / 2, settings.patience());
        answers.limit(answers.total(), answers.total() / 2, settings.patience());
        waits.limit(clients.waits(), clients.waitsPerCaller(), Duration.ZERO);
        streams.limit(settings.streams().total(), settings.streams().perCaller(), Duration.ZERO);
    }
}
