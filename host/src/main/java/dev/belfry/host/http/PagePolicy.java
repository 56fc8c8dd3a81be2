package dev.belfry.host.http;

import java.util.regex.Pattern;

/** Checks a content security policy: directives, separated by semicolons, in one header line. */
final class PagePolicy {

    private static final Pattern POLICY =
            Pattern.compile("\\s*[a-z][a-z-]*( [!-+\\--:<-~]+)*(\\s*;\\s*[a-z][a-z-]*( [!-+\\--:<-~]+)*)*\\s*;?\\s*");

    private PagePolicy() {}

    /** @throws IllegalArgumentException when it is not a list of directives */
    static String check(String policy) {
        if (!POLICY.matcher(policy).matches() || policy.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the content security policy '" + policy
                    + "' is not a list of directives such as \"default-src 'self'; img-src 'self' data:\"");
        }
        return policy.strip();
    }
}
