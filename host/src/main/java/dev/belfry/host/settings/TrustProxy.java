package dev.belfry.host.settings;

import dev.belfry.host.config.FromText;
import dev.belfry.host.config.RefusedWord;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code backend.trustProxy}: the trusted proxies, as in Express.
 *
 * @param hops number of trusted proxies, whatever their addresses
 * @param ranges addresses of trusted proxies
 */
public record TrustProxy(int hops, List<AddressRange> ranges) {

    public static final TrustProxy NOBODY = new TrustProxy(0, List.of());
    static final TrustProxy EVERYBODY = new TrustProxy(Integer.MAX_VALUE, List.of());

    private static final int MAX_HOPS = 100;

    /** The same names as in Express. */
    private static final Map<String, List<String>> NAMES = Map.of(
            "loopback", List.of("127.0.0.0/8", "::1"),
            "linklocal", List.of("169.254.0.0/16", "fe80::/10"),
            "uniquelocal", List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"));

    @FromText("true, false, a number of proxies (0 to " + MAX_HOPS + "), or an array of addresses, ranges such as"
            + " 10.0.0.0/8, and the names loopback, linklocal and uniquelocal")
    static TrustProxy parse(List<String> words) {
        if (words.isEmpty() || words.equals(List.of("false"))) {
            return NOBODY;
        }
        if (words.equals(List.of("true"))) {
            return EVERYBODY;
        }
        if (words.size() == 1 && words.getFirst().matches("-?\\d+")) {
            return hops(words.getFirst());
        }
        return new TrustProxy(0, words.stream().flatMap(TrustProxy::ranges).toList());
    }

    private static Stream<AddressRange> ranges(String word) {
        try {
            return NAMES.getOrDefault(word, List.of(word)).stream()
                    .map(AddressRange::parse)
                    // Now, so that the word is known.
                    .toList()
                    .stream();
        } catch (IllegalArgumentException e) {
            throw new RefusedWord(word, e);
        }
    }

    private static TrustProxy hops(String number) {
        if (number.matches("\\d{1,3}") && Integer.parseInt(number) <= MAX_HOPS) {
            return new TrustProxy(Integer.parseInt(number), List.of());
        }
        throw new IllegalArgumentException("not a number of proxies");
    }

    /**
     * Whether this address is a trusted proxy.
     *
     * @param hop 0 = the peer of the connection, 1 = the address before it, and so on
     */
    public boolean trusts(InetAddress address, int hop) {
        return hop < hops || ranges.stream().anyMatch(range -> range.contains(address));
    }
}
