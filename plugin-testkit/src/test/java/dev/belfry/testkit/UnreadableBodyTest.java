package dev.belfry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.testkit.echo.EchoPlugin;
import org.junit.jupiter.api.Test;

class UnreadableBodyTest {

    @Test
    void aTestThatMeetsABodyClassWhichCannotBeCreatedFails() {
        TestHost host = TestHost.with(EchoPlugin.class).start();

        assertThat(host.as("ada")
                        .post("/api/echo/unreadable", "{\"text\": \"a\"}")
                        .statusCode())
                .isEqualTo(500);

        assertThatThrownBy(host::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("plugin 'echo', route POST /unreadable: the body class")
                .hasMessageContaining("EchoPlugin$Unreadable cannot be created from JSON");
    }
}
