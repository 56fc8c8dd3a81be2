package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.web.Pages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagePolicyTest {

    @Test
    void theDefaultPolicyIsAPolicy() {
        assertThat(PagePolicy.check(Pages.DEFAULT_POLICY)).isEqualTo(Pages.DEFAULT_POLICY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default-src 'none'",
                "default-src 'self';img-src  https: data: ; sandbox;",
                "script-src 'sha256-B2yPHKaXnvFWtRChIbabYmUBFZdVfKKXHbWtWidDVF8=' https://cdn.example:8443/a/",
            })
    void aListOfDirectivesIsTaken(String policy) {
        assertThat(PagePolicy.check(policy)).isEqualTo(policy.strip());
    }

    /** A comma would begin another policy, and a line break another header. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "'self'",
                "default-src=x",
                "default-src 'self', img-src *",
                "default-src 'self'\r\nSet-Cookie: a=b",
                "default-src 'self'\n; img-src *",
                "default-src grüße",
                "Default-Src 'self'"
            })
    void anythingElseIsRefused(String policy) {
        assertThatThrownBy(() -> PagePolicy.check(policy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a list of directives");
    }
}
