package dev.belfry.host.settings;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code belfry.outgoing}: which addresses that are not public plugins may send requests to.
 *
 * @param hosts names, in lower case
 * @param ranges addresses
 */
public record OutgoingSettings(Set<String> hosts, List<AddressRange> ranges) {

    /** Public addresses only. */
    public static final OutgoingSettings PUBLIC_ONLY = new OutgoingSettings(Set.of(), List.of());

    /** @param host as in the URL */
    public boolean allows(String host, InetAddress address) {
        return hosts.contains(host.toLowerCase(Locale.ROOT))
                || ranges.stream().anyMatch(range -> range.contains(address));
    }
}
