package dev.belfry.cli;

import java.util.regex.Pattern;

/** A token in the form in which a header can carry it. */
final class BearerToken {

    /** What a header can have, without blanks (RFC 9110, section 5.5). */
    private static final Pattern VALID = Pattern.compile("[\\x21-\\x7e]*");

    private BearerToken() {}

    /**
     * @param origin where the token comes from
     * @return the token without blanks at its ends: a file or variable may end with a line end, also one of Windows
     * @throws IllegalArgumentException when a token cannot be that; the message does not have the value
     */
    static String of(String origin, String text) {
        String token = text.strip();
        if (!VALID.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    origin
                            + " has a character that a token cannot have, such as a blank, a line end or a letter that ASCII lacks");
        }
        return token;
    }
}
