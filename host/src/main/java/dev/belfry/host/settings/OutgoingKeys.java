package dev.belfry.host.settings;

import dev.belfry.host.config.FromText;
import dev.belfry.host.config.Words;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The keys of {@code belfry.outgoing}. */
record OutgoingKeys(@Words List<Destination> allow) implements Supplier<OutgoingSettings> {

    @Override
    public OutgoingSettings get() {
        return new OutgoingSettings(
                allow.stream().flatMap(allowed -> allowed.name().stream()).collect(Collectors.toUnmodifiableSet()),
                allow.stream().flatMap(allowed -> allowed.range().stream()).toList());
    }

    /** A name, or addresses. */
    record Destination(Optional<String> name, Optional<AddressRange> range) {

        /** A label has a letter at the end of the name, so that a mistyped address is no name. */
        private static final Pattern NAME =
                Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\\.)*[a-z](?:[a-z0-9-]*[a-z0-9])?");

        @FromText("a host name, an address, or a range such as 10.0.0.0/8")
        static Destination parse(String word) {
            String name = word.toLowerCase(Locale.ROOT);
            return NAME.matcher(name).matches()
                    ? new Destination(Optional.of(name), Optional.empty())
                    : new Destination(Optional.empty(), Optional.of(AddressRange.parse(word)));
        }
    }
}
