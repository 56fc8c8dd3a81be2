package dev.belfry.host.settings;

import dev.belfry.host.config.Checks;
import dev.belfry.host.settings.CatalogSettings.Location;
import dev.belfry.host.settings.IntegrationSettings.Github;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds credentials of {@code integrations} that Belfry cannot use, although the catalog has users at a URL of their server. */
final class UnusedIntegrations {

    /** By key: the host of an entry that names none, or "" (package @backstage/integration 2.2.0). */
    private static final Map<String, String> HOSTS = Map.ofEntries(
            Map.entry("awsCodeCommit", "console.aws.amazon.com"),
            Map.entry("awsS3", "amazonaws.com"),
            Map.entry("azure", "dev.azure.com"),
            Map.entry("azureBlobStorage", "blob.core.windows.net"),
            Map.entry("bitbucket", "bitbucket.org"),
            Map.entry("bitbucketCloud", "bitbucket.org"),
            Map.entry("bitbucketServer", ""),
            Map.entry("gerrit", ""),
            Map.entry("gitea", ""),
            Map.entry("harness", ""));

    private static final Set<String> KINDS = Set.of("user", "group");

    private final Checks checks;
    private final List<CatalogPlace.AtUrl> places;

    /** @param checks of all sections */
    UnusedIntegrations(List<Location> locations, Checks checks) {
        this.checks = checks;
        this.places = locations.stream()
                .filter(location -> location.allowedKinds().stream().anyMatch(KINDS::contains))
                .flatMap(location ->
                        location.place() instanceof CatalogPlace.AtUrl place ? Stream.of(place) : Stream.empty())
                .toList();
    }

    void check(List<Github> github) {
        for (int i = 0; i < github.size(); i++) {
            String apps = "integrations.github[" + i + "].apps";
            if (github.get(i).token().isEmpty() && checks.isWritten(apps)) {
                warn(apps, github.get(i).host(), "; set token beside it");
            }
        }
        if (checks.isWritten("integrations.googleGcs")) {
            warn("integrations.googleGcs", "storage.cloud.google.com", "");
        }
        HOSTS.forEach((key, host) -> checkEntries("integrations." + key, host));
    }

    private void checkEntries(String key, String defaultHost) {
        for (int i = 0; checks.isWritten(key + "[" + i + "]"); i++) {
            String entry = key + "[" + i + "]";
            warn(entry, checks.text(entry + ".host").orElse(defaultHost), "");
        }
    }

    private void warn(String key, String host, String remedy) {
        firstOn(host.toLowerCase(Locale.ROOT))
                .ifPresent(place -> checks.warn(
                        key,
                        "has no effect: Belfry logs in to GitHub and GitLab only, by a token. It reads " + place
                                + " of catalog.locations without credentials" + remedy));
    }

    /** Services of clouds have names below the host. */
    private Optional<CatalogPlace.AtUrl> firstOn(String host) {
        return places.stream()
                .filter(place -> {
                    String authority =
                            String.valueOf(place.address().getAuthority()).toLowerCase(Locale.ROOT);
                    return authority.equals(host) || (!host.isEmpty() && authority.endsWith("." + host));
                })
                .findFirst();
    }
}
