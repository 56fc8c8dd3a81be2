package dev.belfry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.api.ConfigurationException;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.cli.authoring.DevLoop;
import dev.belfry.host.Belfry;
import dev.belfry.host.access.TokenMint;
import dev.belfry.host.config.Config;
import dev.belfry.host.description.DescribedPermissions;
import dev.belfry.host.description.PluginDescription;
import dev.belfry.host.lifecycle.FailureClass;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.lifecycle.State;
import dev.belfry.host.logging.LogEscaping;
import dev.belfry.host.nimbus.JwtIdentity;
import dev.belfry.host.settings.HostSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The host of {@code belfry dev}: with users, a permission policy, and the author's configuration over its own. */
final class DevHost implements AutoCloseable {

    private static final String CONFIG = """
            backend: { listen: { host: 127.0.0.1, port: %d }, database: { client: better-sqlite3, connection: { directory: data } } }
            belfry: { dataDirectory: data }
            auth: { developmentTokens: true, providers: { guest: {} } }
            permission: { enabled: true, rbac: { policies-csv-file: policy.csv, admin: { superUsers: [ { name: user:default/ada } ] } } }
            catalog: { locations: [ { type: file, target: catalog.yaml } ] }
            dynamicPlugins: { rootDirectory: plugins, trust: any }
            """;

    private static final String CATALOG = """
            kind: User
            metadata: { name: guest }
            ---
            kind: User
            metadata: { name: ada }
            spec: { profile: { displayName: Ada Lovelace }, memberOf: [ team ] }
            ---
            kind: User
            metadata: { name: bob }
            spec: { profile: { displayName: Bob Hale }, memberOf: [ team ] }
            ---
            kind: Group
            metadata: { name: team }
            spec: { type: team, children: [] }
            """;

    private static final List<String> POLICY = List.of(
            "# Written by ./belfry dev at each start. For a policy of your own, name it in app-config.yaml:",
            "# permission: { rbac: { policies-csv-file: my-policy.csv } }",
            "# ada may do everything: she is a super user. Everybody may list the plugins, and has what",
            "# META-INF/belfry/permissions.json suggests:",
            "p, role:default/authenticated, host.plugins.read, read, allow");

    private static final List<String> USERS = List.of("ada", "bob");
    private static final Duration TOKEN_LIFETIME = Duration.ofDays(7);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DevLoop loop;
    private final Path work;
    private final Consumer<String> say;

    /** When each plugin entered the state that the author knows. */
    private final Map<String, Instant> reported = new HashMap<>();

    private int port;
    private @Nullable Belfry belfry;

    /** @param port 0 = a free one, which stays */
    DevHost(DevLoop loop, int port, Consumer<String> say) {
        this.loop = loop;
        this.work = loop.dropFolder().resolveSibling("");
        this.port = port;
        this.say = say;
    }

    void start() throws IOException {
        start(config());
    }

    /** Starts again with the changed configuration; with a faulty one, the host runs on as it is. */
    void configChanged() {
        try {
            Config changed = config();
            HostSettings.from(changed);
            say.accept("config    app-config.yaml has changed: the host starts again");
            close();
            start(changed);
        } catch (ConfigurationException faulty) {
            faulty.faults().forEach(fault -> say.accept("config    " + LogEscaping.of(fault)));
            say.accept(
                    belfry == null
                            ? "stopped   save app-config.yaml without the fault"
                            : "kept      the previous configuration stays in use");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(Config config) throws IOException {
        Belfry started = Belfry.start(config);
        belfry = started;
        port = URI.create(started.address()).getPort();
        started.plugins().forEach(plugin -> {
            say.accept("plugin    " + plugin.id() + " " + plugin.version() + " "
                    + plugin.state().name().toLowerCase(Locale.ROOT)
                    + plugin.reason().map(why -> ": " + LogEscaping.of(why)).orElse(""));
            reported.put(plugin.id(), plugin.since());
        });
        say.accept("policy    " + policy() + "; ada is a super user");
        sayTokens(started, config);
        say.accept("serving   " + started.address() + ", replaced at each save");
    }

    /** Starts that have failed since the last call. The log is on standard error, which an author may not look at. */
    void sayFailures() {
        Belfry running = belfry;
        if (running == null) {
            return;
        }
        List<PluginStatus> plugins = running.plugins();
        for (PluginStatus plugin : plugins) {
            if (plugin.state() == State.FAILED && !plugin.since().equals(reported.put(plugin.id(), plugin.since()))) {
                say.accept("failed    " + plugin.id() + " " + plugin.version() + ": "
                        + LogEscaping.of(plugin.reason().orElse("see the log"))
                        + (runs(plugin.id(), plugins) ? "; the previous version keeps running" : ""));
                if (plugin.failure().filter(FailureClass.CONFIGURATION::equals).isPresent()) {
                    say.accept("config    correct app-config.yaml and save it: the host starts again");
                }
            }
        }
    }

    private static boolean runs(String id, List<PluginStatus> plugins) {
        return plugins.stream()
                .anyMatch(
                        plugin -> plugin.id().equals(id) && plugin.generation().isPresent());
    }

    private void sayTokens(Belfry started, Config config) {
        if (!HostSettings.from(config).auth().developmentTokens()) {
            return;
        }
        TokenMint mint = JwtIdentity.mint(HostSettings.from(config).belfry().dataDirectory(), Clock.systemUTC());
        String route = started.address() + route(started, mint);
        for (String user : USERS) {
            say.accept("as " + user + "    curl -H 'Authorization: Bearer " + token(mint, user) + "' " + route);
        }
    }

    private static String token(TokenMint mint, String user) {
        return mint.forUser(EntityRef.parse("default/" + user, EntityRef.USER), TOKEN_LIFETIME);
    }

    /** A route of the author's plugin that can be called as it is, or else one of the host. */
    private static String route(Belfry started, TokenMint mint) {
        for (PluginStatus plugin : started.plugins()) {
            if (!plugin.id().equals("notifications")) {
                Optional<String> route = getRoute(started.address(), plugin.id(), token(mint, "ada"));
                if (route.isPresent()) {
                    return route.get();
                }
            }
        }
        return "/api/host/plugins";
    }

    private static Optional<String> getRoute(String address, String plugin, String token) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/host/plugins/" + plugin))
                .header("Authorization", "Bearer " + token)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (JsonNode route : JSON.readTree(
                            client.send(request, BodyHandlers.ofString()).body())
                    .path("routes")) {
                String path = route.path("path").asText();
                if (route.path("method").asText().equals("GET")
                        && !path.contains("{")
                        && !path.startsWith("/openapi")) {
                    return Optional.of("/api/" + plugin + path);
                }
            }
        } catch (IOException e) {
            // With TLS or another identity: the route is an example.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private Path policy() {
        return work.resolve("policy.csv");
    }

    private Config config() throws IOException {
        List<String> lines = new ArrayList<>(POLICY);
        lines.addAll(suggestions());
        Files.write(policy(), lines);
        Path base = Files.writeString(work.resolve("app-config.yaml"), CONFIG.formatted(port));
        Files.writeString(work.resolve("catalog.yaml"), CATALOG);
        List<Path> files = new ArrayList<>(List.of(base));
        Path own = loop.config();
        if (Files.exists(own)) {
            files.add(own);
        }
        return Config.load(files);
    }

    /** Of all plugins, because the author's may depend on others. */
    private List<String> suggestions() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path jar : JarFolder.jarsIn(loop.dropFolder())) {
            try {
                PluginDescription.of(jar.toUri().toURL())
                        .permissions()
                        .map(DescribedPermissions::list)
                        .orElse(List.of())
                        .forEach(permission -> permission.policyLine().ifPresent(lines::add));
            } catch (IllegalArgumentException e) {
                // The host says what is wrong with the JAR.
            }
        }
        return lines;
    }

    @Override
    public void close() {
        Belfry running = belfry;
        belfry = null;
        if (running != null) {
            running.close();
        }
    }
}
