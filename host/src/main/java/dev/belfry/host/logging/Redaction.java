package dev.belfry.host.logging;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks passwords in URLs: {@code scheme://user:password@host}, Oracle's {@code jdbc:oracle:thin:user/password@host}, and
 * parameters such as {@code ?password=...}. Applied to configuration values and driver messages before they are shown.
 */
public final class Redaction {

    private static final String HIDDEN = "***";
    private static final String SCHEME_END = "://";

    /** Short names such as {@code key} count only within a URL: in a sentence they are ordinary words. */
    private static final Pattern PARAMETER = Pattern.compile(
            "((?:(?:password|passwd|pwd|passphrase|secret|token|credential|api_?key)[\\w.-]{0,20}"
                    + "|(?<=[?&;])[\\w.-]{0,40}(?:key|pass|sig|signature|auth))=)('[^']*+'|\"[^\"]*+\"|[^&\\s;]*+)",
            Pattern.CASE_INSENSITIVE);

    /** A parameter of a URL, whose name may be percent-encoded. */
    private static final Pattern URL_PARAMETER =
            Pattern.compile("(?<=[?&;])([\\w.%-]{1,120}=)('[^']*+'|\"[^\"]*+\"|[^&\\s;]*+)");

    private static final Pattern ENCODED_LETTER = Pattern.compile("%([0-7]\\p{XDigit})");

    /** The lengths are limited so that a long text is processed in linear time. */
    private static final Pattern ORACLE_LOGIN =
            Pattern.compile("(jdbc:oracle:\\w{1,20}:[^/@\\s]{0,200}+/)(?:\"[^\"]{0,200}\"|\\S{0,200})@");

    private static final String ORACLE = "jdbc:oracle:";

    /** A value that a message quotes. */
    private static final Pattern QUOTED = Pattern.compile("(?<!\\w)'([^']*+)'");

    private Redaction() {}

    public static String of(String text) {
        String hidden = text.contains(SCHEME_END) ? withoutUserInfo(text) : text;
        if (hidden.contains(ORACLE)) {
            hidden = ORACLE_LOGIN.matcher(hidden).replaceAll("$1" + HIDDEN + "@");
        }
        return hidden.indexOf('=') < 0 ? hidden : withoutParameters(hidden);
    }

    /**
     * For configuration problems: a quoted value may be meant as a URL although it is invalid, such as {@code
     * https:/u:p@h}.
     */
    public static String ofProblem(String fault) {
        return QUOTED.matcher(of(fault))
                .replaceAll(found -> Matcher.quoteReplacement("'" + withoutLogin(found.group(1)) + "'"));
    }

    private static String withoutLogin(String value) {
        int colon = value.indexOf(':');
        int at = value.lastIndexOf('@');
        return colon < 0 || at < colon || value.contains(HIDDEN + "@")
                ? value
                : value.substring(0, colon + 1) + HIDDEN + value.substring(at);
    }

    /** Without a regular expression: the text may be untrusted, and an expression would scan it once per URL. */
    private static String withoutUserInfo(String text) {
        StringBuilder shown = new StringBuilder();
        int done = 0;
        int end = 0;
        int lastAt = -1;
        int scheme = text.indexOf(SCHEME_END);
        while (scheme >= 0) {
            int begin = scheme + SCHEME_END.length();
            if (begin > end) {
                end = UrlEnd.of(text, scheme, begin);
                lastAt = UrlEnd.lastAt(text, begin, end);
            }
            int host = lastAt < begin ? begin : hostOf(text, begin, lastAt);
            if (host > begin) {
                int colon = text.indexOf(':', begin);
                shown.append(text, done, colon > 0 && colon < host ? colon + 1 : begin)
                        .append(HIDDEN);
                done = host - 1;
            }
            scheme = text.indexOf(SCHEME_END, host > begin ? end : begin);
        }
        return shown.append(text, done, text.length()).toString();
    }

    /**
     * The start of the host. A password may contain any character, also an unencoded '@' or '/'. Without a colon, the
     * part before an '@' counts as a user or token only if it has none of the characters that end one.
     */
    private static int hostOf(String text, int begin, int lastAt) {
        for (int i = begin; i <= lastAt; i++) {
            switch (text.charAt(i)) {
                case '@' -> {
                    return i + 1;
                }
                case ':' -> {
                    return lastAt + 1;
                }
                case '/', '?', '#' -> {
                    return begin;
                }
                default -> {}
            }
        }
        return begin;
    }

    private static String withoutParameters(String text) {
        String shown = PARAMETER.matcher(text).replaceAll(Redaction::masked);
        return shown.indexOf('%') < 0
                ? shown
                : URL_PARAMETER
                        .matcher(shown)
                        .replaceAll(found -> isEncodedSecret(found.group(1))
                                ? masked(found)
                                : Matcher.quoteReplacement(found.group()));
    }

    private static String masked(MatchResult found) {
        return Matcher.quoteReplacement(found.group(1) + HIDDEN + closing(found.group(2)));
    }

    /** @param name with the '=' */
    private static boolean isEncodedSecret(String name) {
        if (name.indexOf('%') < 0) {
            return false;
        }
        String decoded = ENCODED_LETTER
                .matcher(name)
                .replaceAll(
                        letter -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(letter.group(1), 16))));
        return PARAMETER.matcher("?" + decoded).find();
    }

    /** Trailing quotes and brackets belong to the sentence. */
    private static String closing(String value) {
        if (value.startsWith("'") || value.startsWith("\"")) {
            return "";
        }
        int end = value.length();
        while (end > 0 && "'\")],.".indexOf(value.charAt(end - 1)) >= 0) {
            end--;
        }
        return value.substring(end);
    }
}
