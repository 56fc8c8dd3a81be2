package dev.belfry.host.assets;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code Accept-Encoding} (RFC 9110, section 12.5.3): content codings with their weights. */
record AcceptEncoding(Map<String, Double> weights) {

    static final String IDENTITY = "identity";
    static final String GZIP = "gzip";

    private static final String ANY = "*";

    /** Acceptable, but worse than every coding that the client names. */
    private static final double LEAST = 0.0001;

    private static final Pattern WEIGHT = Pattern.compile("q\\s*=\\s*(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)");

    /** @param header null = the client accepts no encoding */
    static AcceptEncoding parse(@Nullable String header) {
        Map<String, Double> weights = new HashMap<>();
        for (String each :
                header == null ? new String[0] : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = each.strip().split("\\s*;\\s*", 2);
            weights.put(parts[0], parts.length == 1 ? 1 : weight(parts[1]));
        }
        return new AcceptEncoding(weights);
    }

    /** An invalid weight counts as none: the original is always right. */
    private static double weight(String parameter) {
        Matcher weight = WEIGHT.matcher(parameter);
        return weight.matches() ? Double.parseDouble(weight.group(1)) : 0;
    }

    /** @return 0 = not acceptable */
    double weightOf(String encoding) {
        Optional<Double> named = Optional.ofNullable(weights.get(encoding));
        if (encoding.equals(IDENTITY)) {
            return named.orElse(weights.getOrDefault(ANY, 1.0) == 0 ? 0 : LEAST);
        }
        return named.orElse(weights.getOrDefault(ANY, 0.0));
    }
}
