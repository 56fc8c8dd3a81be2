package dev.belfry.notifications.rest;

import dev.belfry.notifications.hash.Sha256;
import dev.belfry.notifications.inbox.InboxVersion;
import io.javalin.http.Context;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** ETags of an inbox (RFC 9110, section 8.8.3): a client that polls gets an empty 304 while nothing has changed. */
final class ETags {

    private static final int NOT_MODIFIED = 304;
    private static final String IF_NONE_MATCH = "If-None-Match";
    private static final String ANY = "*";

    /** A tag, weak or not: If-None-Match uses the weak comparison (section 13.1.2). */
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

    private ETags() {}

    /**
     * Sets the ETag of the response. If the client has that response already, sets status 304 and returns true.
     *
     * @param version read before anything else: a later change is then only read once more
     */
    static boolean isStillValid(Context context, InboxVersion version) {
        return isStillValid(context, tag(context, version));
    }

    /** @param tag ETag of the response */
    static boolean isStillValid(Context context, String tag) {
        if (isAmong(tag, context.header(IF_NONE_MATCH))) {
            context.status(NOT_MODIFIED);
            return true;
        }
        return false;
    }

    /** Returns true if the client has a response already. */
    static boolean isConditional(Context context) {
        return context.header(IF_NONE_MATCH) != null;
    }

    /**
     * Sets the ETag of the response.
     *
     * @return the tag without the prefix of a weak one
     */
    static String tag(Context context, InboxVersion version) {
        String tag = tagOf(version.value() + " " + address(context));
        forbidSharedCaching(context);
        context.header("ETag", "W/" + tag);
        return tag;
    }

    /** The path and query of the request. */
    static String address(Context context) {
        return context.path() + "?" + context.queryString();
    }

    /** No cache may use the response for another caller, or without revalidation. */
    private static void forbidSharedCaching(Context context) {
        context.header("Cache-Control", "private, no-cache");
    }

    private static boolean isAmong(String tag, @Nullable String header) {
        if (header == null) {
            return false;
        }
        if (header.strip().equals(ANY)) {
            return true;
        }
        Matcher tags = TAG.matcher(header);
        while (tags.find()) {
            if (tags.group(1).equals(tag)) {
                return true;
            }
        }
        return false;
    }

    private static String tagOf(String state) {
        byte[] hash = Sha256.of(state);
        return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"';
    }
}
