package dev.belfry.host.signin;

import dev.belfry.api.web.ApiError;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The path of this host to which a browser returns after a sign-in. A path of another site is refused (open redirects, CWE-601). */
record ReturnPath(String path) {

    static final String PARAMETER = "returnTo";

    private static final int MAX_LENGTH = 2_048;

    /** One slash, then visible ASCII characters; browsers take a second slash, or a backslash, for the begin of a host name. */
    private static final Pattern PATH = Pattern.compile("/(?![/\\\\])[!-\\[\\]-~]*");

    /**
     * @param given null = the root
     * @throws ApiError 400
     */
    static ReturnPath parse(@Nullable String given) {
        if (given == null || given.isEmpty()) {
            return new ReturnPath("/");
        }
        if (given.length() > MAX_LENGTH || !PATH.matcher(given).matches()) {
            throw ApiError.input("the query parameter '" + PARAMETER + "' must be a path of this host such as"
                    + " /notifications, with at most " + MAX_LENGTH + " visible ASCII characters, without '\\' and not"
                    + " beginning with '//'");
        }
        return new ReturnPath(given);
    }
}
