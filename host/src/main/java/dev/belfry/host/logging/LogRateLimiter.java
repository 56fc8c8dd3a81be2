package dev.belfry.host.logging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Limits logging to one line per text and minute, and to a few texts, so that a bad hour does not fill the disk. */
public final class LogRateLimiter {

    public static final int MAX_TEXTS = 50;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private static final class Text {
        private long logged;
        private long unsaid;
    }

    private final LongSupplier nanoClock;
    private final Map<String, Text> texts = new HashMap<>();
    private long unsaidOfOthers;

    public LogRateLimiter(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** @return empty when the text must not be logged now; else the number of suppressed lines before it */
    public synchronized OptionalLong take(String line) {
        long now = nanoClock.getAsLong();
        Text text = texts.get(line);
        if (text == null) {
            texts.values().removeIf(other -> isForgotten(other, now));
            if (texts.size() == MAX_TEXTS) {
                unsaidOfOthers++;
                return OptionalLong.empty();
            }
            text = new Text();
            texts.put(line, text);
        } else if (now - text.logged < MINUTE) {
            text.unsaid++;
            return OptionalLong.empty();
        }
        long unsaid = text.unsaid + unsaidOfOthers;
        text.logged = now;
        text.unsaid = 0;
        unsaidOfOthers = 0;
        return OptionalLong.of(unsaid);
    }

    private boolean isForgotten(Text text, long now) {
        if (now - text.logged < MINUTE) {
            return false;
        }
        unsaidOfOthers += text.unsaid;
        return true;
    }
}
