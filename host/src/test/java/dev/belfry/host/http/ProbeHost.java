package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** A host with the plugin probe, and the form of its errors. */
final class ProbeHost {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ProbeHost() {}

    static RunningHost start(Path folder) {
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("probe.jar"));
        return RunningHost.start(
                folder,
                "backend: { cors: { origin: 'https://portal.example', credentials: true } }",
                "belfry: { bodyLimit: 20000 }");
    }

    static void assertError(HttpResponse<String> answer, int status, String name, String message) throws IOException {
        JsonNode body = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(body.at("/error/name").asText()).isEqualTo(name);
        assertThat(body.at("/error/message").asText()).contains(message);
        assertThat(body.at("/response/statusCode").asInt()).isEqualTo(status);
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
    }
}
