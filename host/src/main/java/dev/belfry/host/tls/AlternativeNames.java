package dev.belfry.host.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The names of a server in its certificate (subject alternative names).
 *
 * @param hosts names in lower case, and addresses in the form of {@link InetAddress#getHostAddress}
 */
record AlternativeNames(Set<String> hosts) {

    /** Types of names in RFC 5280. */
    private static final Set<Integer> HOST_TYPES = Set.of(2, 7);

    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "0:0:0:0:0:0:0:0");

    @SafeVarargs
    static AlternativeNames of(Collection<String>... hosts) {
        Set<String> names = new TreeSet<>();
        for (Collection<String> some : hosts) {
            // Addresses with a zone, such as fe80::1%eth0, have no form in certificates.
            some.stream().filter(host -> !host.contains("%")).forEach(host -> names.add(normal(host)));
        }
        names.removeAll(EVERY_ADDRESS);
        return new AlternativeNames(names);
    }

    private static String normal(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return isAddress(bare) ? InetAddress.ofLiteral(bare).getHostAddress() : bare.toLowerCase(Locale.ROOT);
    }

    private static boolean isAddress(String host) {
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    boolean areIn(X509Certificate certificate) {
        try {
            Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
            return entries != null
                    && entries.stream()
                            .filter(entry -> HOST_TYPES.contains(entry.get(0)))
                            .map(entry -> normal(String.valueOf(entry.get(1))))
                            .collect(Collectors.toSet())
                            .containsAll(hosts);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    /** In the syntax of keytool. */
    String extension() {
        return hosts.stream()
                .map(host -> (isAddress(host) ? "ip:" : "dns:") + host)
                .collect(Collectors.joining(",", "san=", ""));
    }

    @Override
    public String toString() {
        return String.join(", ", hosts);
    }
}
