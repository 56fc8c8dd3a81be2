package dev.belfry.host.config;

import java.net.InetAddress;
import java.util.List;

/**
 * {@code backend.trustProxy}: the trusted proxies, as in Express.
 *
 * @param hops number of trusted proxies, whatever their addresses
 * @param ranges addresses of trusted proxies
 */
public record TrustProxy(int hops, List<AddressRange> ranges) {

    public static final TrustProxy NOBODY = new TrustProxy(0, List.of());
    static final TrustProxy EVERYBODY = new TrustProxy(Integer.MAX_VALUE, List.of());

    /**
     * Whether this address is a trusted proxy.
     *
     * @param hop 0 = the peer of the connection, 1 = the address before it, and so on
     */
    public boolean trusts(InetAddress address, int hop) {
        return hop < hops || ranges.stream().anyMatch(range -> range.contains(address));
    }
}
