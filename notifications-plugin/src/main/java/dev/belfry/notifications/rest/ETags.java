package dev.belfry.notifications.rest;

import dev.belfry.notifications.inbox.InboxVersion;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers that a client may keep if it asks each time whether they still hold: who polls then gets an empty 304. */
final class ETags {

    private static final int NOT_MODIFIED = 304;
    private static final String IF_NONE_MATCH = "If-None-Match";
    private static final String ANY = "*";

    /** RFC 9110, section 8.8.3. Whether a tag is weak plays no part in this comparison (section 13.1.2). */
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

    private ETags() {}

    /**
     * Sets the tag of the answer to come. Where the client has that answer already, it is told so, and that was it.
     *
     * @param version taken before anything else is read: what has changed since is then only read once more
     */
    static boolean isStillValid(Context context, InboxVersion version) {
        return isStillValid(context, tag(context, version));
    }

    /** @param tag of the answer to come */
    static boolean isStillValid(Context context, String tag) {
        if (isAmong(tag, context.header(IF_NONE_MATCH))) {
            context.status(NOT_MODIFIED);
            return true;
        }
        return false;
    }

    /** Whether the client has an answer that it would keep. */
    static boolean isAsked(Context context) {
        return context.header(IF_NONE_MATCH) != null;
    }

    /**
     * Sets the tag of the answer to come.
     *
     * @return the tag, without the mark of a weak one
     */
    static String tag(Context context, InboxVersion version) {
        String tag = tagOf(version.value() + " " + address(context));
        forTheCallerAlone(context);
        context.header("ETag", "W/" + tag);
        return tag;
    }

    /** What is asked for. */
    static String address(Context context) {
        return context.path() + "?" + context.queryString();
    }

    /** No cache may give it to another caller, or without asking. */
    private static void forTheCallerAlone(Context context) {
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
        byte[] hash = Hashes.sha256().digest(state.getBytes(StandardCharsets.UTF_8));
        return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"';
    }
}
