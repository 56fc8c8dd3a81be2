package dev.belfry.host.nimbus;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A parsed JWK set. Invalid entries are ignored, the others are used (RFC 7517, section 5).
 *
 * @param faults why entries were ignored
 */
record JwkSetReader(JWKSet keys, List<String> faults) {

    /** RFC 7518, section 3.3. */
    private static final int MIN_RSA_BITS = 2048;

    private static final int MAX_SHOWN = 80;

    /** @throws ParseException when the text is not a JWK set */
    static JwkSetReader read(String text) throws ParseException {
        if (!(JSONObjectUtils.parse(text).get("keys") instanceof List<?> entries)) {
            throw new ParseException("the member 'keys' is not an array", 0);
        }
        List<JWK> keys = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            try {
                keys.add(key(entries.get(i)));
            } catch (ParseException | RuntimeException e) {
                faults.add("keys[" + i + "]" + named(entries.get(i)) + ": " + e.getMessage());
            }
        }
        return new JwkSetReader(new JWKSet(keys), List.copyOf(faults));
    }

    private static JWK key(Object entry) throws ParseException {
        if (!(entry instanceof Map<?, ?> members)) {
            throw new ParseException("must be an object", 0);
        }
        JWK key = JWK.parse(strings(members));
        if (key instanceof RSAKey rsa && rsa.size() < MIN_RSA_BITS) {
            throw new ParseException("an RSA key must have at least " + MIN_RSA_BITS + " bits, not " + rsa.size(), 0);
        }
        return key;
    }

    @SuppressWarnings("unchecked") // member names are strings
    private static Map<String, Object> strings(Map<?, ?> members) {
        return (Map<String, Object>) members;
    }

    private static String named(Object entry) {
        return entry instanceof Map<?, ?> members && members.get("kid") instanceof String kid
                ? " '" + (kid.length() > MAX_SHOWN ? kid.substring(0, MAX_SHOWN) + "..." : kid) + "'"
                : "";
    }
}
