package dev.belfry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.web.ServerSentEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestEventStreamTest {

    /** Greets each client. */
    public static final class GreetingPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes -> {
                routes.events("/open", Access.AUTHENTICATED, stream -> {
                    stream.send(ServerSentEvent.of(stream.caller().subject() + "\n"
                                    + stream.lastEventId().orElse("new"))
                            .withName("greeting")
                            .withId("8"));
                    stream.send(ServerSentEvent.of("second"));
                });
                routes.events("/short", Access.AUTHENTICATED, stream -> stream.close());
            });
        }
    }

    @TempDir
    private Path folder;

    private TestHost start() throws IOException {
        return TestHost.with(GreetingPlugin.class)
                .fromJar(TestedJar.of(GreetingPlugin.class, folder))
                .start();
    }

    @Test
    void eventsOfAUserAreRead() throws IOException {
        try (TestHost host = start();
                TestEventStream events = host.as("ada").events("/api/tested/open")) {
            assertThat(events.next())
                    .isEqualTo(new ReceivedEvent("greeting", Optional.of("8"), "user:default/ada\nnew"));
            assertThat(events.next()).isEqualTo(new ReceivedEvent("message", Optional.empty(), "second"));
            assertThat(events.retry()).isEmpty();
        }
    }

    @Test
    void aClientThatComesBackSendsTheLastId() throws IOException {
        try (TestHost host = start();
                TestEventStream events = host.as("ada").events("/api/tested/open", "7")) {
            assertThat(events.next().data()).isEqualTo("user:default/ada\n7");
        }
    }

    @Test
    void theEndOfAStreamIsSeen() throws IOException {
        try (TestHost host = start();
                TestEventStream events = host.as("ada").events("/api/tested/short")) {
            events.awaitEnd();
            assertThatThrownBy(events::next).isInstanceOf(AssertionError.class).hasMessageContaining("has ended");
        }
    }

    @Test
    void aRefusedStreamIsReportedWithItsStatus() throws IOException {
        try (TestHost host = start()) {
            assertThatThrownBy(() -> host.anonymous().events("/api/tested/open"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("401");
        }
    }
}
