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

    boolean allows(String origin) {
        return origins.contains(new OriginPattern(origin));
    }

    @Override
    public void check(Checks checks) {
        if (credentials && allows(OriginPattern.SANDBOXED)) {
            checks.fault(
                    "credentials", "cannot be true while the origin 'null' is allowed: every sandboxed page has it");
        }
        if (credentials && allows(OriginPattern.ANY)) {
            checks.fault("credentials", "cannot be true while any origin ('*') is allowed: name the origins");
        }
    }
}
