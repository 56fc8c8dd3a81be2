package dev.belfry.host.catalog;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file in a repository, from the address of its page. As in Backstage, the name of the branch has no slash.
 *
 * @param project such as {@code owner/repository}
 * @param root path of the page of the repository's root
 * @param ref branch, tag or commit
 * @param path within the repository
 */
record RepositoryFile(String project, String root, String ref, String path) {

    private static final Pattern GITHUB = Pattern.compile("/([^/]+/[^/]+)/(?:blob|raw|tree)/([^/]+)/(.+)");
    private static final Pattern GITLAB = Pattern.compile("/(.+?)(?:/-)?/(?:blob|raw)/([^/]+)/(.+)");

    static Optional<RepositoryFile> onGithub(URI page) {
        return of(GITHUB.matcher(page.getRawPath()), page);
    }

    static Optional<RepositoryFile> onGitlab(URI page) {
        return of(GITLAB.matcher(page.getRawPath()), page);
    }

    private static Optional<RepositoryFile> of(Matcher parts, URI page) {
        return parts.matches()
                ? Optional.of(new RepositoryFile(
                        parts.group(1), page.getRawPath().substring(0, parts.start(3)), parts.group(2), parts.group(3)))
                : Optional.empty();
    }

    /** For a query. */
    String encodedRef() {
        return encoded(ref);
    }

    /** As one segment of another path, with {@code /} encoded. */
    static String encoded(String rawPath) {
        String text = URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8);
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
