package dev.belfry.host.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectsTest {

    private static final HttpRequest POST = HttpRequest.newBuilder(URI.create("https://one.example/a/b"))
            .header("Authorization", "Bearer secret")
            .header("Accept", "text/plain")
            .POST(BodyPublishers.ofString("body"))
            .build();

    private static Optional<HttpRequest> next(int status, String location) {
        return Redirects.next(POST, status, Optional.of(location));
    }

    @ParameterizedTest
    @CsvSource({"301, GET", "302, GET", "303, GET", "307, POST", "308, POST"})
    void theMethodDependsOnTheStatus(int status, String method) {
        HttpRequest next = next(status, "../c").orElseThrow();

        assertThat(next.method()).isEqualTo(method);
        assertThat(next.uri()).isEqualTo(URI.create("https://one.example/c"));
        assertThat(next.headers().firstValue("Authorization")).contains("Bearer secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://two.example/", "https://one.example:8443/", "//two.example"})
    void credentialsAreNotSentToAnotherOrigin(String location) {
        HttpRequest next = next(307, location).orElseThrow();

        assertThat(next.headers().firstValue("Authorization")).isEmpty();
        assertThat(next.headers().firstValue("Accept")).contains("text/plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://one.example/", "file:///etc/passwd", "ftp://one.example/", "https://a b/"})
    void redirectsThatLeaveTlsOrHttpAreNotFollowed(String location) {
        assertThat(next(302, location)).isEmpty();
    }

    @Test
    void otherResponsesAreNoRedirects() {
        assertThat(next(200, "/c")).isEmpty();
        assertThat(next(304, "/c")).isEmpty();
        assertThat(Redirects.next(POST, 302, Optional.empty())).isEmpty();
    }
}
