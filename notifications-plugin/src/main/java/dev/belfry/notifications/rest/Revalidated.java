package dev.belfry.notifications.rest;

import io.javalin.http.Context;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers that a client may keep if it asks each time whether they still hold: who polls then gets an empty 304. */
final class Revalidated {

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final String ANY = "*";

    /** RFC 9110, section 8.8.3. Whether a tag is weak plays no part in this comparison (section 13.1.2). */
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

    private Revalidated() {}

    static void answer(Context context, Object value, Type type) {
        byte[] json = context.jsonMapper().toJsonString(value, type).getBytes(StandardCharsets.UTF_8);
        String tag = tagOf(json);
        forTheCallerAlone(context);
        context.header("ETag", "W/" + tag);
        if (isAmong(tag, context.header("If-None-Match"))) {
            context.status(NOT_MODIFIED);
        } else {
            context.status(OK).contentType("application/json").result(json);
        }
    }

    /** No cache may give it to another caller, or without asking. */
    static void forTheCallerAlone(Context context) {
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

    private static String tagOf(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
