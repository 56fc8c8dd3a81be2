package dev.belfry.notifications.sending;

/**
 * The idempotency key of a request.
 *
 * @param caller owner of the key
 * @param value as the caller chose it, 1 to 255 characters
 * @param fingerprint hash of the request
 */
public record RequestKey(String caller, String value, String fingerprint) {

    private static final int MAX = 255;

    public RequestKey {
        int length = value.codePointCount(0, value.length());
        if (length < 1 || length > MAX) {
            throw new InvalidInput("Idempotency-Key must have 1 to " + MAX + " characters, not " + length);
        }
    }
}
