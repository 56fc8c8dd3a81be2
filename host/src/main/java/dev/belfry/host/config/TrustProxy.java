package dev.belfry.host.config;

import java.net.InetAddress;
import java.util.List;

/**
 * {@code backend.trustProxy}, as Express has it: whose word about the client before them counts.
 *
 * @param hops so many proxies count, whatever their addresses
 * @param ranges addresses of proxies that count
 */
public record TrustProxy(int hops, List<AddressRange> ranges) {

    public static final TrustProxy NOBODY = new TrustProxy(0, List.of());
    static final TrustProxy EVERYBODY = new TrustProxy(Integer.MAX_VALUE, List.of());

    /**
     * Whether what this address says of the client before it counts.
     *
     * @param hop 0 = who is connected to the host, 1 = the one before, and so on
     */
    public boolean trusts(InetAddress address, int hop) {
        return hop < hops || ranges.stream().anyMatch(range -> range.contains(address));
    }
}
