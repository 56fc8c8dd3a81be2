package dev.belfry.notifications.sending;

/**
 * By which a sender says that two requests are one and the same.
 *
 * @param caller whose key it is
 * @param value as the caller chose it, 1 to 255 characters
 * @param fingerprint of what was sent
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
