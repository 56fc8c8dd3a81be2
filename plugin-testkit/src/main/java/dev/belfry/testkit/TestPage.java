package dev.belfry.testkit;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of a plugin, as a browser gets it.
 *
 * @since 0.2
 */
public final class TestPage {

    private static final Pattern RESOURCE = Pattern.compile(
            "<(?:script|img|source)\\b[^>]*?\\ssrc\\s*=\\s*[\"']?([^\"'\\s>]+)"
                    + "|<link\\b(?=[^>]*\\brel\\s*=\\s*[\"']?(?:stylesheet|icon|modulepreload|manifest)\\b)"
                    + "[^>]*?\\shref\\s*=\\s*[\"']?([^\"'\\s>]+)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern INLINE = Pattern.compile(
            "<script\\b(?![^>]*\\ssrc\\s*=)[^>]*>|<style\\b[^>]*>|<[a-z][^>]*\\s(?:on[a-z]+|style)\\s*=[^>]*>",
            Pattern.CASE_INSENSITIVE);

    private final URI address;
    private final HttpResponse<String> response;

    TestPage(URI address, HttpResponse<String> response) {
        this.address = address;
        this.response = response;
    }

    /** The HTML. */
    public String html() {
        return response.body();
    }

    /** The content security policy. */
    public String policy() {
        return response.headers().firstValue("Content-Security-Policy").orElse("");
    }

    /**
     * The scripts, styles, images and icons that the page names.
     *
     * @return paths of the host, in the order of the page; those on other hosts are left out
     */
    public List<String> resources() {
        List<String> found = new ArrayList<>();
        Matcher resource = RESOURCE.matcher(html());
        while (resource.find()) {
            String name = resource.group(1) == null ? resource.group(2) : resource.group(1);
            URI uri = address.resolve(name.replace("&amp;", "&"));
            if (address.getScheme().equals(uri.getScheme())
                    && address.getRawAuthority().equals(uri.getRawAuthority())) {
                found.add(uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery());
            }
        }
        return found;
    }

    /** @throws AssertionError when the browser would not run a part of the page */
    void requireNothingInline() {
        Matcher inline = INLINE.matcher(html());
        boolean allowed = policy().toLowerCase(Locale.ROOT).matches(".*'(unsafe-inline|unsafe-hashes|nonce-|sha\\d).*");
        if (!allowed && inline.find()) {
            throw new AssertionError("the page " + address.getPath() + " has inline code or style, which its policy"
                    + " forbids: " + inline.group());
        }
    }
}
