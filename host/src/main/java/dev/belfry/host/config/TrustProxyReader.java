package dev.belfry.host.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code backend.trustProxy}: true or false, a number of proxies, or addresses. */
final class TrustProxyReader {

    private static final int MAX_HOPS = 100;
    private static final String RULE =
            "must be true, false, a number of proxies (0 to " + MAX_HOPS + "), or an array of addresses, ranges such as"
                    + " 10.0.0.0/8, and the names loopback, linklocal and uniquelocal";

    /** The same names as in Express. */
    private static final Map<String, List<String>> NAMES = Map.of(
            "loopback", List.of("127.0.0.0/8", "::1"),
            "linklocal", List.of("169.254.0.0/16", "fe80::/10"),
            "uniquelocal", List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"));

    private TrustProxyReader() {}

    static TrustProxy read(Section backend) {
        List<String> words = backend.words("trustProxy");
        if (words.isEmpty()) {
            return TrustProxy.NOBODY;
        }
        if (words.size() == 1) {
            String only = words.getFirst();
            if (only.equals("true")) {
                return TrustProxy.EVERYBODY;
            }
            if (only.equals("false")) {
                return TrustProxy.NOBODY;
            }
            if (only.matches("-?\\d+")) {
                return hops(backend, only);
            }
        }
        return new TrustProxy(0, ranges(backend, words));
    }

    private static TrustProxy hops(Section backend, String number) {
        if (number.matches("\\d{1,3}") && Integer.parseInt(number) <= MAX_HOPS) {
            return new TrustProxy(Integer.parseInt(number), List.of());
        }
        backend.problem("trustProxy", RULE + ", not " + number);
        return TrustProxy.NOBODY;
    }

    private static List<AddressRange> ranges(Section backend, List<String> words) {
        List<AddressRange> ranges = new ArrayList<>();
        for (String word : words) {
            try {
                NAMES.getOrDefault(word, List.of(word)).forEach(range -> ranges.add(AddressRange.parse(range)));
            } catch (IllegalArgumentException e) {
                backend.problem("trustProxy", RULE + ", not '" + word + "'");
            }
        }
        return List.copyOf(ranges);
    }
}
