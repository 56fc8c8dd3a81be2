package dev.belfry.host.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belfry.api.web.ApiError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/notifications",
                "/notifications/?read=false&topic=a%20b#top",
                "/a//b",
                "/.//evil.example",
                "/x?next=https://other.example/"
            })
    void aPathOfThisHostIsTaken(String path) {
        assertThat(ReturnPath.parse(path).path()).isEqualTo(path);
    }

    @Test
    void withoutAPathItIsTheRoot() {
        assertThat(ReturnPath.parse(null).path()).isEqualTo("/");
        assertThat(ReturnPath.parse("").path()).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/a\\b",
                "https://evil.example",
                "javascript:alert(1)",
                "evil.example",
                "/\t/evil.example",
                "/a\r\nSet-Cookie: x=y",
                "/ä",
                " /a",
                "/a b",
                "/\u202e"
            })
    void anythingElseIsRefused(String path) {
        ApiError error = catchThrowableOfType(ApiError.class, () -> ReturnPath.parse(path));

        assertThat(error.status()).isEqualTo(400);
        assertThat(error).hasMessageContaining("returnTo").hasMessageContaining("path of this host");
    }

    @Test
    void aPathHasABoundedLength() {
        assertThat(catchThrowableOfType(ApiError.class, () -> ReturnPath.parse("/" + "x".repeat(2_048))))
                .isNotNull();
    }
}
