package dev.belfry.host.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Credentials;
import dev.belfry.api.access.Identity;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that knows API keys, beside the built-in identity, which knows a static token. */
class SeveralIdentitiesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String STATIC_TOKEN = "Bearer a-static-token-of-the-cron-job";
    private static final String AUTH = """
            backend:
              auth:
                externalAccess:
                  - { type: static, options: { token: a-static-token-of-the-cron-job, subject: cron } }
            """;

    /** Keeps hashes of keys in its own database. A key is a header {@code X-API-Key}, or a bearer token that begins with {@code key_}. */
    public static final class ApiKeysPlugin implements Plugin {

        private static final String PREFIX = "key_";

        @Override
        public void start(PluginContext context) {
            context.database().migrate("db");
            DataSource database = context.database().dataSource();
            context.provide(Identity.class, credentials -> identify(database, credentials));
            context.routes(routes -> routes.post("/keys/{owner}", Access.AUTHENTICATED, (request, caller) -> {
                String key = PREFIX + UUID.randomUUID();
                insert(database, hash(key), request.pathParam("owner"));
                request.result(key);
            }));
        }

        private static Optional<Caller> identify(DataSource database, Credentials credentials)
                throws AuthenticationFailed {
            Optional<String> key = credentials
                    .header("X-API-Key")
                    .or(() -> credentials.bearerToken().filter(token -> token.startsWith(PREFIX)));
            if (key.isEmpty()) {
                return Optional.empty();
            }
            String owner = ownerOf(database, hash(key.get()));
            if (owner.isEmpty()) {
                throw new AuthenticationFailed("the API key is unknown");
            }
            return Optional.of(Caller.service("key:" + owner));
        }

        private static String ownerOf(DataSource database, String hash) {
            try (Connection connection = database.getConnection();
                    PreparedStatement statement =
                            connection.prepareStatement("select owner from api_key where hash = ?")) {
                statement.setString(1, hash);
                try (ResultSet found = statement.executeQuery()) {
                    return found.next() ? found.getString(1) : "";
                }
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void insert(DataSource database, String hash, String owner) throws Exception {
            try (Connection connection = database.getConnection();
                    PreparedStatement statement =
                            connection.prepareStatement("insert into api_key (hash, owner) values (?, ?)")) {
                statement.setString(1, hash);
                statement.setString(2, owner);
                statement.executeUpdate();
            }
        }

        private static String hash(String key) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @TempDir
    private Path folder;

    private DropFolder drop;

    @BeforeEach
    void dropPlugins() {
        drop = new DropFolder(folder);
        drop.drop(PluginJar.of(ProbePlugin.class, "probe", "1.0.0"), "probe.jar");
        drop.drop(apiKeys("1.0.0"), "api-keys.jar");
    }

    private static PluginJar apiKeys(String version) {
        return PluginJar.of(ApiKeysPlugin.class, "api-keys", version)
                .file(
                        "db/common/V1__api_key.sql",
                        "create table api_key (hash text primary key, owner text not null);");
    }

    private static HttpResponse<String> caller(RunningHost host, String... headers) {
        return host.get("/api/probe/caller", headers);
    }

    private static String newKey(RunningHost host) {
        HttpResponse<String> answer =
                host.send("POST", "/api/api-keys/keys/ci", BodyPublishers.noBody(), "Authorization", STATIC_TOKEN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** The host issues it, because its own identity accepts it. */
    private static String tokenOfSession(RunningHost host) {
        String cookie = ownPage(host, "/api/auth/guest/start")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .replaceFirst(";.*", "");
        HttpResponse<String> answer = ownPage(host, "/api/auth/token", "Cookie", cookie);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().replaceFirst(".*\"token\":\"([^\"]+)\".*", "$1");
    }

    private static HttpResponse<String> ownPage(RunningHost host, String path, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Sec-Fetch-Site", "same-origin"));
        return host.send("POST", path, BodyPublishers.noBody(), all.toArray(String[]::new));
    }

    @Test
    void theSupplierOfAPortOfTheHostCannotBeDisabled() {
        try (RunningHost host = RunningHost.start(folder, AUTH, "ports: { identity: [api-keys, belfry] }")) {
            HttpResponse<String> refused =
                    host.send("POST", "/api/host/plugins/api-keys/disable", BodyPublishers.noBody());

            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body())
                    .contains("the plugin 'api-keys' supplies ports.identity")
                    .contains("take it out of 'ports' in the configuration and restart the host first");
            assertThat(caller(host).body()).isEqualTo("user:default/guest");
        }
    }

    @Test
    void aDisabledIdentityIsSaidWithTheWayOut() {
        try (RunningHost host = RunningHost.start(folder, AUTH)) {
            host.send("POST", "/api/host/plugins/api-keys/disable", BodyPublishers.noBody());
        }
        CapturedLog log = CapturedLog.of("dev.belfry.host.StartNotices");
        try (RunningHost host = RunningHost.start(folder, AUTH, "ports: { identity: [api-keys, belfry] }")) {
            assertThat(log.messages())
                    .anyMatch(line -> line.contains("ports.identity: an operator has disabled the plugin 'api-keys'"));
            HttpResponse<String> answer =
                    host.send("POST", "/api/host/plugins/api-keys/enable", BodyPublishers.noBody());

            assertUnavailable(answer);
            assertThat(answer.body())
                    .contains("which an operator has disabled. Take it out of 'ports' and restart the host, or stop the"
                            + " host and remove its line from the file disabled-plugins in the data directory");
        }
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("the port 'identity' is to be supplied by the plugin 'api-keys'");
    }

    @Test
    void aPluginIsAskedBeforeTheBuiltInIdentity() {
        try (RunningHost host = RunningHost.start(folder, AUTH, "ports: { identity: [api-keys, belfry] }")) {
            String key = newKey(host);

            assertThat(caller(host, "X-API-Key", key).body()).isEqualTo("key:ci");
            assertThat(caller(host, "Authorization", "Bearer " + key).body()).isEqualTo("key:ci");
            assertThat(caller(host, "Authorization", STATIC_TOKEN).body()).isEqualTo("external:cron");
            assertThat(caller(host, "X-API-Key", key, "Authorization", STATIC_TOKEN)
                            .body())
                    .isEqualTo("key:ci");
            assertThat(caller(host).body()).isEqualTo("user:default/guest");

            HttpResponse<String> wrong = caller(host, "X-API-Key", "key_guessed", "Authorization", STATIC_TOKEN);
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(wrong.body()).contains("the API key is unknown");
            assertThat(caller(host, "Authorization", "Bearer other").statusCode())
                    .isEqualTo(401);

            assertThat(caller(host, "Authorization", "Bearer " + tokenOfSession(host))
                            .body())
                    .isEqualTo("user:default/guest");

            drop.drop(apiKeys("2.0.0"), "api-keys.jar");
            await().atMost(LIMIT)
                    .until(() -> host.plugin("api-keys").version().equals("2.0.0")
                            && host.plugin("api-keys").generation().isPresent());
            assertThat(caller(host, "X-API-Key", key).body()).isEqualTo("key:ci");
            assertThat(caller(host, "Authorization", STATIC_TOKEN).body()).isEqualTo("external:cron");

            drop.remove("api-keys.jar");
            await().atMost(LIMIT).until(() -> caller(host, "X-API-Key", key).statusCode() == 503);
            assertUnavailable(caller(host, "X-API-Key", key));
            assertUnavailable(caller(host, "Authorization", STATIC_TOKEN));
            assertUnavailable(caller(host));
            assertThat(host.get("/api/probe/text", "X-API-Key", key).body()).isEqualTo("text");
            assertThat(host.get("/readyz").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void aPluginIsAskedAfterTheBuiltInIdentity() {
        try (RunningHost host = RunningHost.start(folder, AUTH, "ports: { identity: [belfry, api-keys] }")) {
            String key = newKey(host);

            assertThat(host.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(caller(host, "X-API-Key", key).body()).isEqualTo("key:ci");
            assertThat(caller(host, "X-API-Key", key, "Authorization", STATIC_TOKEN)
                            .body())
                    .isEqualTo("external:cron");
            assertThat(caller(host, "X-API-Key", "key_guessed").statusCode()).isEqualTo(401);
            // To the built-in identity, which is asked first, every bearer token is one of its own.
            assertThat(caller(host, "Authorization", "Bearer " + key).statusCode())
                    .isEqualTo(401);

            drop.remove("api-keys.jar");
            await().atMost(LIMIT).until(() -> caller(host, "X-API-Key", key).statusCode() == 503);
            assertThat(caller(host, "Authorization", STATIC_TOKEN).body()).isEqualTo("external:cron");
            assertUnavailable(caller(host, "X-API-Key", key));
            // Not even as the guest: the missing plugin could refuse the request.
            assertUnavailable(caller(host));
            assertThat(host.get("/readyz").statusCode()).isEqualTo(503);
        }
    }
}
