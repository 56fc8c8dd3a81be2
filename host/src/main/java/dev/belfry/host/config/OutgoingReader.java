package dev.belfry.host.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code belfry.outgoing}. */
final class OutgoingReader {

    /** A label has a letter at the end of the name, so that a mistyped address is no name. */
    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\\.)*[a-z](?:[a-z0-9-]*[a-z0-9])?");

    private OutgoingReader() {}

    static OutgoingSettings read(Section belfry) {
        try (Section outgoing = belfry.section("outgoing")) {
            Set<String> hosts = new LinkedHashSet<>();
            List<AddressRange> ranges = new ArrayList<>();
            for (String word : outgoing.words("allow")) {
                String name = word.toLowerCase(Locale.ROOT);
                if (NAME.matcher(name).matches()) {
                    hosts.add(name);
                    continue;
                }
                try {
                    ranges.add(AddressRange.parse(word));
                } catch (IllegalArgumentException e) {
                    outgoing.problem(
                            "allow",
                            "must contain host names, addresses, and ranges such as 10.0.0.0/8, not '" + word + "'");
                }
            }
            return new OutgoingSettings(Set.copyOf(hosts), List.copyOf(ranges));
        }
    }
}
