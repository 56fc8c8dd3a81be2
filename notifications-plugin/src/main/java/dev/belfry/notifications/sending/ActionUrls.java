package dev.belfry.notifications.sending;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the URLs of actions: relative references, or absolute URLs with an allowed scheme. Browsers parse URLs leniently, so
 * everything that they would strip or repair is rejected; otherwise a {@code javascript:} URL could pass the check.
 */
public final class ActionUrls {

    private static final Set<String> ALWAYS = Set.of("http", "https", "mailto", "tel");

    private static final Set<String> WITH_HOST = Set.of("http", "https");

    /** RFC 3986, section 3.1. */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");

    private static final Pattern BEFORE_COLON = Pattern.compile("([^:/?#]*):.*", Pattern.DOTALL);

    /** Schemes whose URLs are run as programs, or are pages of their own. */
    private static final Set<String> NEVER =
            Set.of("javascript", "vbscript", "data", "blob", "file", "about", "view-source");

    private final Set<String> schemes;

    /** @param further schemes to allow in addition to http, https, mailto and tel */
    public ActionUrls(Collection<String> further) {
        schemes = new TreeSet<>(ALWAYS);
        for (String scheme : further) {
            if (!SCHEME.matcher(scheme).matches()) {
                throw new IllegalArgumentException(
                        "actionUrlSchemes must have URL schemes, such as vscode, not '" + scheme + "'");
            }
            if (NEVER.contains(scheme.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("actionUrlSchemes must not have '" + scheme
                        + "': a link of that kind can run a program, or show a page, in the reader's name");
            }
            schemes.add(scheme.toLowerCase(Locale.ROOT));
        }
    }

    /** @throws InvalidInput when the URL is not allowed */
    void check(String field, String url) {
        if (url.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidInput(field + " " + Quoted.of(url) + " must not have control characters");
        }
        if (url.codePoints().anyMatch(each -> Character.getType(each) == Character.FORMAT)) {
            throw new InvalidInput(field + " " + Quoted.of(url)
                    + " must not have invisible characters or ones that change the direction of text");
        }
        if (!url.strip().equals(url)) {
            throw new InvalidInput(field + " " + Quoted.of(url) + " must not begin or end with white space");
        }
        Matcher absolute = BEFORE_COLON.matcher(url);
        if (absolute.matches()) {
            String scheme = absolute.group(1).toLowerCase(Locale.ROOT);
            checkScheme(field, url, scheme);
            if (WITH_HOST.contains(scheme) && !WebAddress.isParsable(url.substring(scheme.length() + 1))) {
                throw new InvalidInput(field + " " + Quoted.of(url) + " must have the form " + scheme
                        + "://host, with a valid host name or address and port");
            }
        } else if (url.startsWith("//") || url.indexOf('\\') >= 0) {
            throw new InvalidInput(field + " " + Quoted.of(url)
                    + " must not begin with '//' or have a backslash: it would lead elsewhere");
        }
    }

    private void checkScheme(String field, String url, String scheme) {
        if (!schemes.contains(scheme)) {
            throw new InvalidInput(field + " " + Quoted.of(url)
                    + " must be a relative reference, or have one of the schemes " + String.join(", ", schemes));
        }
    }
}
