package dev.belfry.host.catalog;

import dev.belfry.api.Secret;
import dev.belfry.host.settings.IntegrationSettings;
import dev.belfry.host.settings.IntegrationSettings.Github;
import dev.belfry.host.settings.IntegrationSettings.Gitlab;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * From the address of a page that shows a file to the address of the file itself, as Backstage's integrations do it. A
 * token is sent only to the API that is configured with it.
 */
final class RepositoryAddresses {

    private static final String GITHUB = "github.com";
    private static final String GITLAB = "gitlab.com";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final List<Github> github;
    private final List<Gitlab> gitlab;

    /** @param mediaType for the header Accept */
    record Source(URI address, Optional<Secret> token, String mediaType) {}

    RepositoryAddresses(IntegrationSettings settings) {
        github = new ArrayList<>(settings.github());
        github.add(new Github(GITHUB, Optional.empty(), Optional.empty(), Optional.empty()));
        gitlab = new ArrayList<>(settings.gitlab());
        gitlab.add(new Gitlab(GITLAB, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** Names could be added on the way, and a token read. */
    static boolean isEncrypted(URI address) {
        return "https".equalsIgnoreCase(address.getScheme())
                || ("http".equalsIgnoreCase(address.getScheme())
                        && LOOPBACK.contains(String.valueOf(address.getHost())));
    }

    Source sourceOf(URI page) {
        return githubOf(page)
                .flatMap(server -> RepositoryFile.onGithub(page).map(file -> source(server, file)))
                .or(() -> gitlabOf(page)
                        .flatMap(server -> RepositoryFile.onGitlab(page).map(file -> source(server, file))))
                .orElseGet(() -> new Source(page, Optional.empty(), "*/*"));
    }

    private static Source source(Github server, RepositoryFile file) {
        boolean isPublic = server.host().equals(GITHUB);
        Optional<String> raw = server.rawBaseUrl()
                .map(RepositoryAddresses::base)
                .or(() -> isPublic ? Optional.of("https://raw.githubusercontent.com") : Optional.empty());
        if (server.token().isEmpty() && raw.isPresent()) {
            String address = raw.get() + "/" + file.project() + "/" + file.ref() + "/" + file.path();
            return new Source(URI.create(address), Optional.empty(), "*/*");
        }
        String api = server.apiBaseUrl()
                .map(RepositoryAddresses::base)
                .orElse(isPublic ? "https://api.github.com" : "https://" + server.host() + "/api/v3");
        String address = api + "/repos/" + file.project() + "/contents/" + file.path() + "?ref=" + file.encodedRef();
        return new Source(URI.create(address), server.token(), "application/vnd.github.raw+json");
    }

    private static Source source(Gitlab server, RepositoryFile file) {
        String web = server.baseUrl().map(RepositoryAddresses::base).orElse("https://" + server.host());
        String api = server.apiBaseUrl().map(RepositoryAddresses::base).orElse(web + "/api/v4");
        // GitLab may be below a path of its host, which is no part of the project.
        String below = URI.create(web + "/").getRawPath().substring(1);
        String project = file.project().startsWith(below) ? file.project().substring(below.length()) : file.project();
        String address = api + "/projects/" + RepositoryFile.encoded(project) + "/repository/files/"
                + RepositoryFile.encoded(file.path()) + "/raw?ref=" + file.encodedRef();
        return new Source(URI.create(address), server.token(), "*/*");
    }

    private static String base(URI address) {
        return address.toString().replaceFirst("/+$", "");
    }

    /** A target that begins with a slash is relative to the root of the repository. */
    URI resolve(URI page, String target) {
        Optional<RepositoryFile> file = githubOf(page)
                .flatMap(server -> RepositoryFile.onGithub(page))
                .or(() -> gitlabOf(page).flatMap(server -> RepositoryFile.onGitlab(page)));
        return file.filter(inRepository -> target.startsWith("/"))
                .map(inRepository -> page.resolve(inRepository.root() + target.substring(1)))
                .orElseGet(() -> page.resolve(target));
    }

    private Optional<Github> githubOf(URI page) {
        return github.stream()
                .filter(server -> server.host().equals(hostOf(page)))
                .findFirst();
    }

    private Optional<Gitlab> gitlabOf(URI page) {
        return gitlab.stream()
                .filter(server -> server.host().equals(hostOf(page)))
                .findFirst();
    }

    /** With the port, if it has one, as it is configured. */
    private static String hostOf(URI page) {
        return String.valueOf(page.getAuthority()).toLowerCase(Locale.ROOT);
    }
}
