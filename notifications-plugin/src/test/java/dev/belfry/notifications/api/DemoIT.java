package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.cli.demo.Demo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo of the command line with this plugin. */
@Tag("soak")
class DemoIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path plugins;

    @Test
    void theGuestHasThreeMonthsOfNotifications() throws Exception {
        Path jar = Path.of(System.getProperty("belfry.plugin.jar"));
        Files.copy(jar, plugins.resolve(jar.getFileName()));
        try (Demo demo = Demo.start(plugins, 0)) {
            int sent = demo.sendHistory();
            List<JsonNode> listed = list(demo, "read=false&pageSize=1000&messageScope=all");
            List<JsonNode> all = list(demo, "pageSize=1000&messageScope=all");

            assertThat(sent).isGreaterThan(300);
            assertThat(all).hasSizeBetween(sent / 2, sent);
            assertThat(Duration.between(created(all.getLast()), Instant.now())).isGreaterThan(Duration.ofDays(80));
            assertThat(Duration.between(created(all.getFirst()), Instant.now())).isLessThan(Duration.ofDays(2));
            assertThat(listed).hasSizeBetween(1, all.size() / 2);

            demo.sendNext();
        }
    }

    private static Instant created(JsonNode notification) {
        return Instant.parse(notification.path("created").asText());
    }

    private static List<JsonNode> list(Demo demo, String query) throws IOException {
        JsonNode list = JSON.readTree(URI.create(demo.belfry().address() + "/api/notifications/notifications?" + query)
                .toURL());
        return StreamSupport.stream(list.spliterator(), false).toList();
    }
}
