package dev.belfry.host.http;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Checks a content security policy: directives, separated by semicolons, in one header line. */
final class PagePolicy {

    /** A comma would begin another policy. */
    private static final Pattern DIRECTIVE = Pattern.compile("[a-z][a-z-]*( +[\\x21-\\x7e&&[^,;]]+)*");

    private PagePolicy() {}

    /** @throws IllegalArgumentException when it is not a list of directives */
    static String check(String policy) {
        List<String> directives = Arrays.stream(policy.split(";", -1))
                .map(String::strip)
                .filter(directive -> !directive.isEmpty())
                .toList();
        boolean valid = !directives.isEmpty()
                && policy.chars().noneMatch(Character::isISOControl)
                && directives.stream()
                        .allMatch(directive -> DIRECTIVE.matcher(directive).matches());
        if (!valid) {
            throw new IllegalArgumentException("the content security policy '" + policy
                    + "' is not a list of directives such as \"default-src 'self'; img-src 'self' data:\"");
        }
        return policy.strip();
    }
}
