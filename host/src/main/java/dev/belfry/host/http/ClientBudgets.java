package dev.belfry.host.http;

import dev.belfry.host.config.ClientSettings;
import dev.belfry.host.limit.ClientBudget;
import java.time.Duration;

/**
 * What clients may make the host hold. Each share is fixed, so that all of them together leave room in the heap.
 *
 * @param bodies bytes of request bodies: an object made of a body can be some ten times as large
 * @param answers large answers whose clients are being waited for: each holds a part of up to 1 MiB
 * @param waits requests that outlive their handlers, such as streams
 */
record ClientBudgets(ClientBudget bodies, ClientBudget answers, ClientBudget waits) {

    /** What is read of a body before a handler runs. */
    static final int RECEIVED = 1024 * 1024;

    private static final long MEBIBYTE = 1024 * 1024;
    private static final int BODY_SHARE = 64;
    private static final int ANSWER_SHARE = 8;
    private static final long FEWEST = 4;

    static ClientBudgets of(ClientSettings settings, long heap, Duration patience) {
        long bodies = Math.max(FEWEST * RECEIVED, heap / BODY_SHARE);
        long answers = Math.max(FEWEST, heap / ANSWER_SHARE / MEBIBYTE);
        return new ClientBudgets(
                new ClientBudget("bytes of request bodies", bodies, bodies / 2, patience),
                new ClientBudget("large answers", answers, answers / 2, patience),
                new ClientBudget(
                        "requests that wait or stream", settings.waits(), settings.waitsPerCaller(), Duration.ZERO));
    }
}
