package dev.belfry.testkit.contract;

import dev.belfry.api.access.Identity;
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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The host's own adapters keep to the contracts that it publishes. */
class BuiltInPortsTest {

    @TempDir
    private Path folder;

    private final FileWatch watch = new FileWatch();
    private HostSettings settings;

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(folder.resolve("catalog.yaml"), """
                kind: User
                metadata: { name: ada }
                spec: { memberOf: [platform] }
                ---
                kind: User
                metadata: { name: bob }
                ---
                kind: Group
                metadata: { name: platform }
                spec: { type: team, children: [] }
                """);
        Files.writeString(folder.resolve("policy.csv"), """
                p, role:default/ringer, bell.ring, create, allow
                g, user:default/ada, role:default/ringer
                """);
        Path file = Files.writeString(folder.resolve("app-config.yaml"), """
                belfry: { dataDirectory: data }
                auth: { developmentTokens: true }
                permission: { enabled: true, rbac: { policies-csv-file: policy.csv } }
                catalog: { rules: [ { allow: [User, Group] } ], locations: [ { type: file, target: catalog.yaml } ] }
                """);
        settings = HostSettings.from(Config.load(List.of(file), Map.of(), folder));
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private Catalog yaml() {
        return YamlCatalog.open(settings.catalog(), watch);
    }

    @Nested
    class YamlFiles extends CatalogContract {
        @Override
        protected Catalog catalog() {
            return yaml();
        }
    }

    @Nested
    class CasbinPolicy extends PermissionContract {
        @Override
        protected Permissions permissions() {
            return PolicyPermissions.open(
                    settings.permission(), yaml(), CatalogNames.UNKNOWN, watch, new DeclaredPermissions());
        }
    }

    @Nested
    class Tokens extends IdentityContract {
        @Override
        protected Identity identity() {
            return JwtIdentity.of(
                    settings.auth(),
                    folder.resolve("data"),
                    Optional.empty(),
                    Clock.systemUTC(),
                    new FailedCredentials(0, System::nanoTime),
                    watch,
                    Tracing.off());
        }

        @Override
        protected String proofOf(EntityRef user) {
            try {
                Files.createDirectories(folder.resolve("data"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return "Bearer "
                    + JwtIdentity.mint(folder.resolve("data"), Clock.systemUTC())
                            .forUser(user, Duration.ofMinutes(5));
        }

        @Override
        protected String falseProof() {
            return proofOf(EntityRef.user("default", "ada")) + "x";
        }
    }
}
