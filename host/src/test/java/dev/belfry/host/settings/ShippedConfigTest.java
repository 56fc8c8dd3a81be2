package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permission.Action;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.database.Dialect;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.casbin.PolicyPermissions;
import dev.belfry.host.catalog.YamlCatalog;
import dev.belfry.host.config.Config;
import dev.belfry.host.directory.CatalogNames;
import dev.belfry.host.settings.DatabaseSettings.SqliteFolder;
import dev.belfry.host.watch.FileWatch;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration files in Belfry's distribution. */
class ShippedConfigTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<Permission> OF_NOTIFICATIONS = List.of(
            new Permission("notifications.create", Action.CREATE),
            new Permission("notifications.list", Action.READ),
            new Permission("notifications.update.read", Action.UPDATE));

    private static HostSettings settings(String file, Map<String, String> environment) {
        Config config = Config.load(List.of(Path.of("config", file)), environment, ROOT);
        HostSettings settings = HostSettings.from(config);

        assertThat(config.notices().ignored()).isEmpty();
        assertThat(config.notices().warnings()).isEmpty();
        return settings;
    }

    @Test
    void theDevelopmentConfigurationRunsUnchanged() {
        HostSettings settings = settings("app-config.yaml", Map.of());

        assertThat(settings.listen()).isEqualTo(new ListenSettings("127.0.0.1", 7007));
        assertThat(settings.database().of("notifications").connection())
                .isEqualTo(new SqliteFolder(ROOT.resolve("data")));
        assertThat(settings.belfry().dataDirectory()).isEqualTo(ROOT.resolve("data"));
        assertThat(settings.dynamicPlugins().rootDirectory()).isEqualTo(ROOT.resolve("dynamic-plugins"));
        assertThat(settings.auth().guest()).isPresent();
        assertThat(settings.auth().developmentTokens()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"guest", "ada", "bob"})
    void theExampleUsersHaveAccessInDevelopment(String name) {
        HostSettings settings = settings("app-config.yaml", Map.of());
        EntityRef ref = EntityRef.user("default", name);
        try (FileWatch watch = new FileWatch()) {
            Catalog catalog = YamlCatalog.open(settings.catalog(), watch);
            Permissions permissions = PolicyPermissions.open(
                    settings.permission(), catalog, CatalogNames.UNKNOWN, watch, new DeclaredPermissions());

            assertThat(catalog.contains(ref)).isTrue();
            assertThat(OF_NOTIFICATIONS)
                    .allMatch(permission -> permissions.allows(Caller.user(ref), "notifications", permission));
        }
    }

    @Test
    void theExamplePolicyNamesUsersAndGroupsOfTheExampleCatalog() {
        HostSettings settings = settings("app-config.yaml", Map.of());

        assertThat(PolicyPermissions.check(
                                settings.permission(),
                                YamlCatalog.check(settings.catalog()).names(),
                                new DeclaredPermissions())
                        .warnings())
                .isEmpty();
    }

    @Test
    void productionIsClosedByDefault() {
        HostSettings settings = settings("app-config.production.yaml", productionEnvironment());

        assertThat(settings.auth().guest()).isEmpty();
        assertThat(settings.auth().developmentTokens()).isFalse();
        assertThat(settings.permission().enabled()).contains(true);
        assertThat(settings.permission().policyFile()).isPresent();
        assertThat(settings.cors().origins()).isEmpty();
        assertThat(settings.database().of("notifications").dialect()).isEqualTo(Dialect.POSTGRESQL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POSTGRES_HOST",
                "POSTGRES_USER",
                "POSTGRES_PASSWORD",
                "AUTH_ISSUER",
                "AUTH_JWKS_URL",
                "BELFRY_BASE_URL"
            })
    void missingProductionVariablesAreReported(String variable) {
        Map<String, String> environment = new HashMap<>(productionEnvironment());
        environment.remove(variable);

        assertThatThrownBy(() -> settings("app-config.production.yaml", environment))
                .hasMessageContaining("the environment variable " + variable + " is not set");
    }

    private static Map<String, String> productionEnvironment() {
        return Map.of(
                "POSTGRES_HOST", "db",
                "POSTGRES_USER", "belfry",
                "POSTGRES_PASSWORD", "secret",
                "AUTH_ISSUER", "https://sso.example",
                "AUTH_JWKS_URL", "https://sso.example/jwks.json",
                "BELFRY_BASE_URL", "https://belfry.example");
    }
}
