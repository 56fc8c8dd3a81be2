package dev.belfry.host.session;

import dev.belfry.host.files.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** A secret that only the browser knows: 256 random bits. The host stores a hash, so that a copy of its database opens no session. */
public final class SessionSecret {

    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private SessionSecret(String text) {
        this.text = text;
    }

    public static SessionSecret random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new SessionSecret(encoded(bytes));
    }

    /** @return empty if no secret has this form */
    public static Optional<SessionSecret> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new SessionSecret(text)) : Optional.empty();
    }

    /** For the cookie, and nothing else. */
    public String text() {
        return text;
    }

    /** The key of the session in the database. */
    public String id() {
        return hash("id");
    }

    /** The value that pages send to prove that they can read the host's responses. */
    public String csrfToken() {
        return hash("csrf");
    }

    public boolean isCsrfToken(String given) {
        return MessageDigest.isEqual(
                csrfToken().getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
    }

    private String hash(String use) {
        return encoded(Digests.sha256().digest((use + " " + text).getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "a session's secret";
    }
}
