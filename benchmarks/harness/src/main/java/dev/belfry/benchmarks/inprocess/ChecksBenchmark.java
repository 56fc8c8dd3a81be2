package dev.belfry.benchmarks.inprocess;

import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Credentials;
import dev.belfry.api.access.Identity;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permission.Action;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.access.FailedCredentials;
import dev.belfry.host.casbin.PolicyPermissions;
import dev.belfry.host.catalog.YamlCatalog;
import dev.belfry.host.config.Config;
import dev.belfry.host.directory.CatalogNames;
import dev.belfry.host.nimbus.JwtIdentity;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.tracing.Tracing;
import dev.belfry.host.watch.FileWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Who is calling, and may they? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ChecksBenchmark {

    private static final EntityRef USER = EntityRef.parse("default/u7", EntityRef.USER);
    private static final Permission LIST = new Permission("notifications.list", Action.READ);

    private static final String CONFIG = """
            belfry: { dataDirectory: data }
            auth: { developmentTokens: true }
            permission: { enabled: true, rbac: { policies-csv-file: policy.csv } }
            catalog: { locations: [ { target: catalog.yaml } ] }
            """;

    private static final String POLICY = """
            p, role:default/authenticated, notifications.create, create, allow
            p, role:default/ringers, notifications.list, read, allow
            g, group:default/team-7, role:default/ringers
            """;

    private static final String CATALOG = """
            kind: Group
            metadata: { name: team-7 }
            spec: { type: team }
            ---
            kind: User
            metadata: { name: u7 }
            spec: { memberOf: [team-7] }
            """;

    private @Nullable FileWatch watch;
    private @Nullable Identity identity;
    private @Nullable Permissions permissions;
    private @Nullable Caller caller;
    private @Nullable Credentials credentials;

    private record Bearer(String token) implements Credentials {
        @Override
        public Optional<String> header(String name) {
            return name.equals("Authorization") ? Optional.of("Bearer " + token) : Optional.empty();
        }

        @Override
        public Optional<String> cookie(String name) {
            return Optional.empty();
        }
    }

    /** A host's own parts, with a configuration of their own. */
    @Setup
    public void setUp() throws IOException, AuthenticationFailed {
        Path folder = Files.createTempDirectory("belfry-benchmark");
        Path config = Files.writeString(folder.resolve("config.yaml"), CONFIG);
        Files.writeString(folder.resolve("policy.csv"), POLICY);
        Files.writeString(folder.resolve("catalog.yaml"), CATALOG);
        HostSettings settings = HostSettings.from(Config.load(List.of(config), Map.of(), folder));
        Path data = settings.belfry().dataDirectory();
        FileWatch files = new FileWatch();
        Catalog catalog = YamlCatalog.open(settings.catalog(), files);
        Identity tokens = JwtIdentity.of(
                settings.auth(),
                data,
                Optional.empty(),
                Clock.systemUTC(),
                new FailedCredentials(0, System::nanoTime),
                files,
                Tracing.off());
        Credentials bearer =
                new Bearer(JwtIdentity.mint(data, Clock.systemUTC()).forUser(USER, Duration.ofHours(1)));
        watch = files;
        identity = tokens;
        credentials = bearer;
        permissions = PolicyPermissions.open(
                settings.permission(), catalog, CatalogNames.UNKNOWN, files, new DeclaredPermissions());
        caller = tokens.identify(bearer).orElseThrow();
    }

    @TearDown
    public void tearDown() {
        if (watch != null) {
            watch.close();
        }
    }

    /** A token that was seen before, as nearly all are. */
    @Benchmark
    @SuppressWarnings("NullAway") // Set up before.
    public Object token() throws AuthenticationFailed {
        return identity.identify(credentials);
    }

    @Benchmark
    @SuppressWarnings("NullAway") // Set up before.
    public boolean policy() {
        return permissions.allows(caller, "notifications", LIST);
    }
}
