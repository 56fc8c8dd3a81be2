package dev.belfry.host.settings;

import dev.belfry.api.Secret;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.Ignored;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code integrations}: the servers that have repositories with entities of the catalog. */
@Ignored({
    "awsCodeCommit",
    "awsS3",
    "azure",
    "azureBlobStorage",
    "bitbucket",
    "bitbucketCloud",
    "bitbucketServer",
    "gerrit",
    "gitea",
    "googleGcs",
    "harness"
})
public record IntegrationSettings(List<Github> github, List<Gitlab> gitlab) {

    private static final Pattern VISIBLE = Pattern.compile("[!-~]+");

    /**
     * {@code integrations.github[]}.
     *
     * @param host of the addresses that a person opens
     * @param token sent to the API of this host only
     */
    @Ignored({"apps", "commitSigningKey"})
    public record Github(
            @Default("github.com") String host,
            Optional<Secret> token,
            Optional<URI> apiBaseUrl,
            Optional<URI> rawBaseUrl) {
        public Github {
            host = host.toLowerCase(Locale.ROOT);
            requireVisible(token);
        }
    }

    /** {@code integrations.gitlab[]}; as for GitHub. */
    @Ignored({"commitSigningKey", "maxRetries", "maxApiRequestsPerMinute", "retryStatusCodes", "retry"})
    public record Gitlab(
            @Default("gitlab.com") String host,
            Optional<Secret> token,
            Optional<URI> apiBaseUrl,
            Optional<URI> baseUrl) {
        public Gitlab {
            host = host.toLowerCase(Locale.ROOT);
            requireVisible(token);
        }
    }

    /** Java's HTTP client repeats a value that no header can have in its message. */
    private static void requireVisible(Optional<Secret> token) {
        if (token.isPresent() && !VISIBLE.matcher(token.get().text()).matches()) {
            throw new IllegalArgumentException("the token has characters that an HTTP header cannot have");
        }
    }
}
