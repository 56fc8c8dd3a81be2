package dev.belfry.host.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET /api/host/users}. */
class UserRoutesTest {

    private static final String WITH_POLICY = "permission: { enabled: true, rbac: { policies-csv-file: policy.csv } }";

    @TempDir
    private Path folder;

    private RunningHost start(String policy) throws IOException {
        Files.writeString(folder.resolve("policy.csv"), policy);
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("probe.jar"));
        return RunningHost.start(folder, WITH_POLICY);
    }

    private static JsonNode permission(JsonNode user, String name) {
        return StreamSupport.stream(user.path("permissions").spliterator(), false)
                .filter(permission -> permission.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachPermissionIsShownWithWhatAllowsIt() throws IOException {
        try (RunningHost host = start("""
                p, role:default/support, host.users.read, read, allow
                g, user:default/guest, role:default/support
                """)) {
            JsonNode user = new ObjectMapper()
                    .readTree(host.get("/api/host/users?user=default/guest").body());

            assertThat(user.path("inCatalog").booleanValue()).isTrue();
            assertThat(user.path("user").textValue()).isEqualTo("user:default/guest");
            assertThat(permission(user, "host.users.read").path("allowed").booleanValue())
                    .isTrue();
            JsonNode refused = permission(user, "host.plugins.update");
            assertThat(refused.path("allowed").booleanValue()).isFalse();
            assertThat(refused.path("plugin").textValue()).isEqualTo("host");
            assertThat(refused.path("remedy").textValue()).contains("host.plugins.update, update, allow");

            JsonNode unknown = new ObjectMapper()
                    .readTree(host.get("/api/host/users?user=default/nobody").body());
            assertThat(unknown.path("inCatalog").booleanValue()).isFalse();
            assertThat(unknown.path("permissions")).isEmpty();

            for (String wrong : new String[] {"", "?user=group:default/team", "?user=a%20b"}) {
                HttpResponse<String> answer = host.get("/api/host/users" + wrong);
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).contains("must be a user such as user:default/ada");
            }
        }
    }

    @Test
    void itNeedsAPermissionOfItsOwn() throws IOException {
        try (RunningHost host = start("p, role:default/authenticated, host.plugins.read, read, allow")) {
            assertThat(host.get("/api/host/users?user=default/guest").statusCode())
                    .isEqualTo(403);
        }
    }
}
