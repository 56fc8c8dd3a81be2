package dev.belfry.plugins.scim;

import java.util.regex.Pattern;

/**
 * The URN of a core schema before the name of an attribute (RFC 7644, section 3.10). Attributes of the core schemas may be written with it;
 * they are stored without it.
 */
final class CoreSchema {

    private static final String URN = "urn:ietf:params:scim:schemas:core:2\\.0:(?:User|Group):";
    private static final Pattern AT_BEGIN = Pattern.compile("^" + URN, Pattern.CASE_INSENSITIVE);

    /** A string literal, which stays as it is, or the URN. */
    private static final Pattern IN_FILTER =
            Pattern.compile("(\"(?:\\\\.|[^\"\\\\])*\")|" + URN, Pattern.CASE_INSENSITIVE);

    private CoreSchema() {}

    static String withoutUrn(String attribute) {
        return AT_BEGIN.matcher(attribute).replaceFirst("");
    }

    static String withoutUrns(String filter) {
        return IN_FILTER.matcher(filter).replaceAll("$1");
    }
}
