package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code backend.cors.origin}. */
class OriginPatternTest {

    private static boolean matches(String pattern, String origin) {
        return OriginPattern.parse(pattern).regex().matcher(origin).matches();
    }

    @ParameterizedTest
    @CsvSource({
        "*, https://any.example",
        "https://app.example.com, https://app.example.com",
        "https://app.example.com, https://APP.example.com",
        "https://*.example.com, https://a.example.com",
        "https://*.example.com, https://a.b.example.com",
        "http://localhost:*, http://localhost:3000",
        "https://app?.example.com, https://app1.example.com",
        "http://[::1]:3000, http://[::1]:3000",
        "null, null"
    })
    void anOriginMatches(String pattern, String origin) {
        assertThat(matches(pattern, origin)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com, http://app.example.com",
        "https://app.example.com, https://appXexample.com",
        "https://app.example.com, https://app.example.com.evil.example",
        "https://*.example.com, https://example.com",
        "https://*.example.com, https://evil.example/.example.com",
        "https://app?.example.com, https://app.example.com",
        "null, https://null"
    })
    void anotherOriginDoesNot(String pattern, String origin) {
        assertThat(matches(pattern, origin)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example.com/", "app.example.com", "/regex/", "https://{a,b}.example.com", ""})
    void anythingElseIsRefused(String pattern) {
        assertThatThrownBy(() -> OriginPattern.parse(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "https://*",
                "https://*:8080",
                "https://*e*",
                "http://localhost*",
                "https://*.com",
                "https://*example.com",
                "https://app.example.com*"
            })
    void pagesOfAnySiteCanMatch(String pattern) {
        assertThat(OriginPattern.parse(pattern).isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com",
                "http://localhost:3000",
                "http://localhost:*",
                "http://[::1]:*",
                "https://*.example.com",
                "https://app-?.example.com:*",
                "http://*.localhost"
            })
    void onlyPagesOfTheOwnDomainCanMatch(String pattern) {
        assertThat(OriginPattern.parse(pattern).isOpen()).isFalse();
    }
}
