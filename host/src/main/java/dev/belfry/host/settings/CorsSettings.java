package dev.belfry.host.settings;

import dev.belfry.host.config.Booleans;
import dev.belfry.host.config.Checked;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.FromText;
import dev.belfry.host.config.Ignored;
import dev.belfry.host.config.Key;
import dev.belfry.host.config.NumberOf;
import dev.belfry.host.config.OneByOne;
import dev.belfry.host.config.Range;
import dev.belfry.host.config.Words;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * {@code backend.cors}. Without it, cross-origin access is off and {@code origins} is empty.
 *
 * @param origins that pages may have; empty = only this host's
 */
@Ignored({"optionsSuccessStatus", "preflightContinue"})
public record CorsSettings(
        @OneByOne @Key("origin") @Words List<OriginPattern> origins,

        @Default("GET, HEAD, PUT, PATCH, POST, DELETE") @Words
        List<String> methods,

        @Words List<String> allowedHeaders,
        @Words List<String> exposedHeaders,
        @Default("false") boolean credentials,

        @NumberOf(ChronoUnit.SECONDS) @Range(max = Integer.MAX_VALUE)
        Optional<Duration> maxAge)
        implements Checked {

    @FromText(value = "false, or an object", orObject = CorsSettings.class)
    static CorsSettings parse(String text) {
        if (Booleans.parse(text)) {
            throw new IllegalArgumentException("true names no origin");
        }
        return new CorsSettings(List.of(), List.of(), List.of(), List.of(), false, Optional.empty());
    }

    /** The first pattern that pages of any site can match; they get no credentials and do not act as the guest. */
    Optional<String> open() {
        return origins.stream()
                .filter(OriginPattern::isOpen)
                .map(OriginPattern::text)
                .findFirst();
    }

    /** Whether pages of other origins can send cookies. */
    public boolean usesCredentials() {
        return credentials && open().isEmpty();
    }

    @Override
    public void check(Checks checks) {
        open().filter(_ -> credentials)
                .ifPresent(open -> checks.warn(
                        "credentials",
                        "has no effect while '" + open + "' allows pages of any origin: name the origins of the pages"
                                + " that may send cookies"));
    }
}
