package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Secret;
import dev.belfry.host.config.ConfigFolder;
import dev.belfry.host.settings.DatabaseSettings.Division;
import dev.belfry.host.settings.DatabaseSettings.PluginDatabase;
import dev.belfry.host.settings.DatabaseSettings.Pool;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import dev.belfry.host.settings.DatabaseSettings.SqliteInMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configuration files for Backstage's notifications plugin start Belfry unchanged. */
class SeedConfigTest {

    @TempDir
    Path folder;

    private ConfigFolder config;

    @BeforeEach
    void folder() {
        config = new ConfigFolder(folder);
    }

    @Test
    void theExamplesOfTheSeedsReadmeAreSupported() {
        HostSettings settings = config.settings("""
            backend:
              database:
                client: pg
                connection:
                  host: 127.0.0.1
                  port: 5432
                  user: postgres
                  password: your_secret
                knexConfig:
                  pool:
                    min: 3
                    max: 12
                    acquireTimeoutMillis: 60000
                    idleTimeoutMillis: 60000
              cache:
                store: memory
            notifications:
              externalCallerSecret: your-secret-token-shared-with-external-services
            catalog:
              import:
                entityFilename: catalog-info.yaml
                pullRequestBranchName: backstage-integration
              rules:
                # *** Here is a new change:
                - allow: [Component, System, API, Resource, Location, User, Group]
              locations:
                - type: file
                  target: ../../plugins/notifications-backend/users.yaml
            """);

        assertThat(settings.database().of("notifications"))
                .isEqualTo(new PluginDatabase(
                        new Postgres(
                                "jdbc:postgresql://127.0.0.1:5432/postgres",
                                "postgres",
                                Optional.of(Secret.of("your_secret")),
                                "backstage_plugin_",
                                Division.DATABASE,
                                true,
                                Optional.empty()),
                        new Pool(3, 12, Duration.ofMinutes(1), Duration.ofMinutes(1))));
        assertThat(settings.catalog().locations()).singleElement().satisfies(location -> {
            assertThat(location.place())
                    .isEqualTo(new CatalogPlace.OnDisk(folder.resolve("../../plugins/notifications-backend/users.yaml")
                            .normalize()));
            assertThat(location.allowedKinds())
                    .containsExactlyInAnyOrder("component", "system", "api", "resource", "location", "user", "group");
        });
        assertThat(config.ignored()).containsExactly("catalog.import");
    }

    /** The output of Backstage's application generator, with variables that only other sections use. */
    @Test
    void aCompleteBackstageConfigurationStarts() {
        HostSettings settings = config.settings("""
            app: {title: Scaffolded Backstage App, baseUrl: 'http://localhost:3000'}
            organization: {name: My Company}
            backend:
              auth:
                keys:
                  - secret: MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0
              baseUrl: http://localhost:7007
              listen:
                port: 7007
              csp: {connect-src: ["'self'", 'http:', 'https:']}
              cors:
                origin: http://localhost:3000
                methods: [GET, HEAD, PATCH, POST, PUT, DELETE]
                credentials: true
              database: {client: better-sqlite3, connection: ':memory:'}
              reading: {allow: [{host: example.com}]}
            integrations: {github: [{host: github.com, token: '${GITHUB_TOKEN}'}]}
            proxy:
            techdocs: {builder: local, generator: {runIn: docker}, publisher: {type: local}}
            auth:
              environment: development
              providers:
                guest: {}
                github: {development: {clientId: '${AUTH_GITHUB_CLIENT_ID}'}}
            scaffolder: {}
            catalog:
              import: {entityFilename: catalog-info.yaml, pullRequestBranchName: backstage-integration}
              rules:
                - allow: [Component, System, API, Resource, Location]
              locations:
                - type: file
                  target: ../../examples/entities.yaml
                - type: file
                  target: ../../examples/org.yaml
                  rules:
                    - allow: [User, Group]
                - type: url
                  target: https://github.com/backstage/backstage/blob/master/packages/catalog-model/examples/all.yaml
            kubernetes: {}
            permission: {enabled: true}
            """);

        assertThat(settings.database().of("notifications").connection()).isEqualTo(new SqliteInMemory());
        assertThat(settings.listen()).isEqualTo(new ListenSettings("127.0.0.1", 7007));
        // The URL may have no users.
        assertThat(settings.catalog().locations()).hasSize(2);
        assertThat(settings.catalog().locations().get(1).allowedKinds()).contains("user", "group");
        assertThat(settings.auth().serviceKeys())
                .singleElement()
                .extracting(key -> key.bytes().length)
                .isEqualTo(24);
        assertThat(List.copyOf(config.ignored())).contains("backend.csp", "catalog.import");
    }
}
