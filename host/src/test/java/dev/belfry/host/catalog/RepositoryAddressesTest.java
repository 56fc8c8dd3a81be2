package dev.belfry.host.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Secret;
import dev.belfry.host.catalog.RepositoryAddresses.Source;
import dev.belfry.host.settings.IntegrationSettings;
import dev.belfry.host.settings.IntegrationSettings.Github;
import dev.belfry.host.settings.IntegrationSettings.Gitlab;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoryAddressesTest {

    private static final Optional<Secret> TOKEN = Optional.of(Secret.of("t0ken"));

    private static final RepositoryAddresses WITHOUT_TOKENS =
            new RepositoryAddresses(new IntegrationSettings(List.of(), List.of()));

    private static final RepositoryAddresses WITH_TOKENS = new RepositoryAddresses(new IntegrationSettings(
            List.of(
                    new Github("github.com", TOKEN, Optional.empty(), Optional.empty()),
                    new Github("ghe.example", TOKEN, Optional.empty(), Optional.empty())),
            List.of(
                    new Gitlab("gitlab.com", TOKEN, Optional.empty(), Optional.empty()),
                    new Gitlab(
                            "git.example",
                            TOKEN,
                            Optional.empty(),
                            Optional.of(URI.create("https://git.example/gitlab/"))))));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        https://github.com/o/r/blob/main/org/users.yaml        | https://raw.githubusercontent.com/o/r/main/org/users.yaml
        https://gitlab.com/g/sub/p/-/blob/main/org/users.yaml  | https://gitlab.com/api/v4/projects/g%2Fsub%2Fp/repository/files/org%2Fusers.yaml/raw?ref=main
        https://raw.githubusercontent.com/o/r/main/users.yaml  | https://raw.githubusercontent.com/o/r/main/users.yaml
        https://files.example/users.yaml?version=1             | https://files.example/users.yaml?version=1
        """)
    void pagesOfPublicServersLeadToFiles(URI page, URI file) {
        Source source = WITHOUT_TOKENS.sourceOf(page);

        assertThat(source.address()).isEqualTo(file);
        assertThat(source.token()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        https://github.com/o/r/blob/main/org/users.yaml         | https://api.github.com/repos/o/r/contents/org/users.yaml?ref=main
        https://ghe.example/o/r/tree/main/a%20b.yaml            | https://ghe.example/api/v3/repos/o/r/contents/a%20b.yaml?ref=main
        https://gitlab.com/g/p/blob/main/users.yaml             | https://gitlab.com/api/v4/projects/g%2Fp/repository/files/users.yaml/raw?ref=main
        https://git.example/gitlab/g/p/-/blob/v1/a%20b.yaml     | https://git.example/gitlab/api/v4/projects/g%2Fp/repository/files/a%20b.yaml/raw?ref=v1
        """)
    void aTokenIsSentToTheApiOfItsServer(URI page, URI file) {
        Source source = WITH_TOKENS.sourceOf(page);

        assertThat(source.address()).isEqualTo(file);
        assertThat(source.token()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "https://ghe.example.evil.example/o/r/blob/main/x.yaml",
        "https://evil.example/https://ghe.example/o/r/blob/main/x.yaml",
        "https://ghe.example:8443/o/r/blob/main/x.yaml",
        "https://ghe.example/downloads/x.yaml"
    })
    void aTokenIsNotSentElsewhere(URI page) {
        assertThat(WITH_TOKENS.sourceOf(page)).isEqualTo(new Source(page, Optional.empty(), "*/*"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ./b.yaml                      | https://github.com/o/r/blob/main/org/b.yaml
        ../b.yaml                     | https://github.com/o/r/blob/main/b.yaml
        /other/b.yaml                 | https://github.com/o/r/blob/main/other/b.yaml
        """)
    void targetsAreRelativeToTheirFileOrToTheRepository(String target, URI expected) {
        URI page = URI.create("https://github.com/o/r/blob/main/org/a.yaml");

        assertThat(WITHOUT_TOKENS.resolve(page, target)).isEqualTo(expected);
    }

    @Test
    void onlyAServerOnThisMachineMayBeAskedWithoutEncryption() {
        assertThat(RepositoryAddresses.isEncrypted(URI.create("http://127.0.0.1:80/x")))
                .isTrue();
        assertThat(RepositoryAddresses.isEncrypted(URI.create("http://files.example/x")))
                .isFalse();
        assertThat(RepositoryAddresses.isEncrypted(URI.create("file:///x"))).isFalse();
    }
}
