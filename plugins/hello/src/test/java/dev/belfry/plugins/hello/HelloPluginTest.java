package dev.belfry.plugins.hello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.database.Dialect;
import dev.belfry.testkit.ConfigSchemaCheck;
import dev.belfry.testkit.TestHost;
import dev.belfry.testkit.WithHost;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@WithHost(HelloPlugin.class)
class HelloPluginTest {

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void greetsAndCounts(Dialect dialect) {
        try (TestHost host = TestHost.with(HelloPlugin.class).database(dialect).start()) {
            host.as("ada").post("/api/hello/greetings/bell");
            HttpResponse<String> answer = host.as("bob").post("/api/hello/greetings/bell");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"text\":\"Hello, bell!\",\"times\":2}");
        }
    }

    @Test
    void greetsAndCountsInMemory() {
        try (TestHost host = TestHost.with(HelloPlugin.class).inMemory().start()) {
            host.as("ada").post("/api/hello/greetings/bell");

            assertThat(host.as("bob").post("/api/hello/greetings/bell").body()).contains("\"times\":2");
            assertThat(host.dataDirectory().resolve("hello.sqlite")).doesNotExist();
        }
    }

    @Test
    void theSalutationIsConfigurable() {
        try (TestHost host = TestHost.with(HelloPlugin.class)
                .config("hello.salutation", "Good evening")
                .start()) {
            assertThat(host.as("ada").post("/api/hello/greetings/bell").body()).contains("Good evening, bell!");
        }
    }

    @Test
    void aNameThatIsTooLongIsAClientError(TestHost host) {
        HttpResponse<String> answer = host.as("ada").post("/api/hello/greetings/" + "x".repeat(101));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("at most 100 characters, not 101");
    }

    @Test
    void aRequestWithoutCredentialsIsRejected(TestHost host) {
        assertThat(host.anonymous().post("/api/hello/greetings/bell").statusCode())
                .isEqualTo(401);
    }

    @Test
    void theSchemaDescribesTheConfiguration() {
        ConfigSchemaCheck.assertSchemaMatches(HelloConfig.class);
    }
}
