package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.Secret;
import dev.belfry.api.database.Dialect;
import dev.belfry.host.config.ConfigFolder;
import dev.belfry.host.settings.DatabaseSettings.Connection;
import dev.belfry.host.settings.DatabaseSettings.Division;
import dev.belfry.host.settings.DatabaseSettings.PluginDatabase;
import dev.belfry.host.settings.DatabaseSettings.Pool;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import dev.belfry.host.settings.DatabaseSettings.SqliteFile;
import dev.belfry.host.settings.DatabaseSettings.SqliteFolder;
import dev.belfry.host.settings.DatabaseSettings.SqliteInMemory;
import dev.belfry.host.tls.PemFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsTest {

    @TempDir
    Path folder;

    private ConfigFolder config;

    @BeforeEach
    void folder() {
        config = new ConfigFolder(folder);
    }

    private PluginDatabase of(String plugin, String database) {
        return config.settings("backend:\n  database: " + database + "\n")
                .database()
                .of(plugin);
    }

    private Connection connection(String database) {
        return of("any", database).connection();
    }

    private Postgres postgres(String database) {
        return (Postgres) connection(database);
    }

    private List<String> faults(String database) {
        return config.faults("backend:\n  database: " + database + "\n");
    }

    private List<String> faultsOf(String plugin, String database) {
        return config.settings("backend:\n  database: " + database + "\n")
                .database()
                .faultsOf(plugin);
    }

    @Test
    void aWrongValueOfAPluginCostsThatPlugin() {
        String database = "{plugin: {search: {client: pg, connection: {port: banana}}, catalog: {client: pg}, bell: 5,"
                + " gong: {connection: gong.db}, host: }}";

        assertThat(faultsOf("search", database))
                .containsExactly(
                        "app.yaml:2: backend.database.plugin.search.connection.port: must be a whole number, not 'banana'");
        assertThat(faultsOf("catalog", database))
                .containsExactly(
                        "app.yaml:2: backend.database.plugin.catalog.connection: is required for PostgreSQL, and missing");
        assertThat(faultsOf("bell", database))
                .containsExactly("app.yaml:2: backend.database.plugin.bell: must be an object, not a number");
        assertThat(of("gong", database).connection()).isEqualTo(new SqliteFile(folder.resolve("gong.db")));
        assertThat(of("other", database).connection()).isEqualTo(new SqliteFolder(folder.resolve("data")));
        assertThatThrownBy(() -> of("bell", database)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void aWrongValueOfTheHostsOwnDatabaseIsAFaultOfTheHost() {
        assertThat(faults("{plugin: {host: {client: pg}}}"))
                .containsExactly(
                        "app.yaml:2: backend.database.plugin.host.connection: is required for PostgreSQL, and missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"better-sqlite3", "sqlite3"})
    void bothNamesOfSqliteAreAccepted(String client) {
        assertThat(connection("{client: " + client + ", connection: ':memory:'}"))
                .isEqualTo(new SqliteInMemory());
        assertThat(connection("{client: " + client + ", connection: {filename: ':memory:'}}"))
                .isEqualTo(new SqliteInMemory());
        assertThat(connection("{client: " + client + "}")).isEqualTo(new SqliteFolder(folder.resolve("data")));
    }

    @Test
    void aSqliteFolderIsRelativeToItsConfigurationFile() {
        config.file("conf/app.yaml", "backend: {database: {connection: {directory: ../db}}}");

        assertThat(HostSettings.from(config.load("conf/app.yaml"))
                        .database()
                        .shared()
                        .connection())
                .isEqualTo(new SqliteFolder(folder.resolve("db")));
        assertThat(connection("{connection: db}")).isEqualTo(new SqliteFolder(folder.resolve("db")));
    }

    @Test
    void aPluginMayHaveItsOwnSqliteFile() {
        assertThat(of("bell", "{plugin: {bell: {connection: bell.db}}}").connection())
                .isEqualTo(new SqliteFile(folder.resolve("bell.db")));
        assertThat(of("bell", "{connection: {directory: db}, plugin: {bell: {connection: {filename: b.db}}}}")
                        .connection())
                .isEqualTo(new SqliteFile(folder.resolve("db/b.db")));
        assertThat(of("other", "{connection: {directory: db}, plugin: {bell: {connection: bell.db}}}")
                        .connection())
                .isEqualTo(new SqliteFolder(folder.resolve("db")));
    }

    @Test
    void oneSqliteFileForAllPluginsIsAProblem() {
        assertThat(faults("{connection: {filename: all.db}}"))
                .singleElement()
                .asString()
                .contains("backend.database.connection.filename", "names one file for all plugins");
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://ann:s%40cret@db.example:6432/main, jdbc:postgresql://db.example:6432/main, ann, s@cret",
        "postgresql://ann@db.example, jdbc:postgresql://db.example:5432/postgres, ann, ",
        "postgres://ann:x@[::1]:5432/main, jdbc:postgresql://[::1]:5432/main, ann, x",
        "postgres://ann:x@db/main?sslmode=no-verify, jdbc:postgresql://db:5432/main?sslmode=require, ann, x",
        "postgres://ann:x@db/main?application_name=hub, jdbc:postgresql://db:5432/main?ApplicationName=hub, ann, x",
        "postgres://ann:x@db/main?sslmode=disable, jdbc:postgresql://db:5432/main?sslmode=disable, ann, x",
        "postgres://ann:x@db/main?sslmode=require&uselibpqcompat=true, jdbc:postgresql://db:5432/main?sslmode=require, ann, x"
    })
    void postgresMayBeAUrl(String written, String url, String user, String password) {
        Postgres expected = new Postgres(
                url,
                user,
                Optional.ofNullable(password).map(Secret::of),
                "backstage_plugin_",
                Division.DATABASE,
                true,
                Optional.empty());

        assertThat(connection("{client: pg, connection: '" + written + "'}"))
                .isEqualTo(expected)
                .hasToString(url.replace("jdbc:", "") + " as " + user);
        assertThat(connection("{connection: '" + written + "'}")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslmode=prefer",
                "sslmode=require",
                "sslmode=verify-ca",
                "sslmode=verify-full",
                "ssl=true",
                "ssl=1"
            })
    void aUrlVerifiesTheCertificateAsNodePostgresDoes(String parameter) {
        assertThat(postgres("{connection: 'postgres://db/main?" + parameter + "'}")
                        .jdbcUrl())
                .isEqualTo("jdbc:postgresql://db:5432/main?sslmode=verify-full"
                        + "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
    }

    @Test
    void aParameterWithoutEffectIsAWarningAndAMisspelledOneOfTlsAProblem() {
        assertThat(postgres("{connection: 'postgres://db/main?target_session_attrs=read-write&connect_timeout=3'}")
                        .jdbcUrl())
                .isEqualTo("jdbc:postgresql://db:5432/main");
        assertThat(config.warnings())
                .containsExactly(
                        "app.yaml:2: backend.database.connection: the parameter 'target_session_attrs' has no effect",
                        "app.yaml:2: backend.database.connection: the parameter 'connect_timeout' has no effect");
        assertThat(faults("{connection: 'postgres://db/main?sslmod=require'}"))
                .containsExactly(
                        "app.yaml:2: backend.database.connection: unknown parameter 'sslmod'; did you mean 'sslmode'?");
        assertThat(faults("{connection: 'postgres://db/main?sslmode=requre'}"))
                .containsExactly(
                        "app.yaml:2: backend.database.connection: unknown sslmode 'requre'; did you mean 'require'?"
                                + " allowed: disable, allow, prefer, require, verify-ca, verify-full, no-verify");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ssl=maybe| the parameter ssl must be true or false, not 'maybe'",
                "tls=true| unknown parameter 'tls'; did you mean 'ssl'?",
                "sslmode=disable&sslmode=verify-full| has the parameter 'sslmode' more than once",
                "ssl| the parameter ssl must be true or false, not ''",
                "uselibpqcompat=maybe| the parameter uselibpqcompat must be true or false, not 'maybe'",
                "connectTimeout=soon| the parameter connectTimeout must be a whole number, not 'soon'",
                "tcpKeepAlive=yes| unknown tcpKeepAlive 'yes'; allowed: true, false",
                "sslNegotiation=directly| unknown sslNegotiation 'directly'; did you mean 'direct'? allowed: postgres, direct"
            })
    void aValueThatAParameterCannotHaveIsAProblem(String parameter, String fault) {
        assertThat(faults("{connection: 'postgres://db/main?" + parameter + "'}"))
                .containsExactly("app.yaml:2: backend.database.connection: " + fault);
    }

    @ParameterizedTest
    @CsvSource({
        "ssl=false, ''",
        "ssl=no-verify, ?sslmode=require",
        "connectTimeout=3, ?connectTimeout=3",
        "targetServerType=preferPrimary, ?targetServerType=preferPrimary",
        "requireAuth=md5%2Cscram-sha-256, ?requireAuth=md5%2Cscram-sha-256",
        "loggerLevel=trace, ?loggerLevel=trace"
    })
    void valuesThatAParameterCanHaveAreUsed(String parameter, String used) {
        assertThat(postgres("{connection: 'postgres://db/main?" + parameter + "'}")
                        .jdbcUrl())
                .isEqualTo("jdbc:postgresql://db:5432/main" + used);
    }

    @Test
    void postgresMayBeAnObject() {
        assertThat(connection("""
                        {client: pg, prefix: bells_, ensureExists: false, pluginDivisionMode: schema,
                         connection: {host: db, user: ann, password: 0123, database: main}}"""))
                .isEqualTo(new Postgres(
                        "jdbc:postgresql://db:5432/main",
                        "ann",
                        Optional.of(Secret.of("0123")),
                        "bells_",
                        Division.SCHEMA,
                        false,
                        Optional.empty()));
    }

    @Test
    void certificatesAreCheckedByDefault() {
        assertThat(postgres("{client: pg, connection: {host: db, ssl: true}}").jdbcUrl())
                .isEqualTo("jdbc:postgresql://db:5432/postgres?sslmode=verify-full"
                        + "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
        assertThat(postgres("{client: pg, connection: {host: db, ssl: {rejectUnauthorized: false}}}")
                        .jdbcUrl())
                .isEqualTo("jdbc:postgresql://db:5432/postgres?sslmode=require");
        assertThat(postgres("{client: pg, connection: {host: db, ssl: false}}").jdbcUrl())
                .isEqualTo("jdbc:postgresql://db:5432/postgres");
    }

    @Test
    void certificatesAreReadOncePerConnection() {
        config.file("ca.pem", PemFile.text("ca.pem"));

        Postgres postgres = postgres("{client: pg, connection: {host: db, ssl: {ca: {$file: ca.pem}}}}");

        assertThat(postgres.jdbcUrl()).isEqualTo("jdbc:postgresql://db:5432/postgres?sslmode=verify-full");
        assertThat(postgres.tls()).hasValueSatisfying(tls -> {
            assertThat(tls.verifies()).isTrue();
            assertThat(tls.authorities()).hasSize(1);
        });
    }

    @Test
    void aWrongCertificateIsAProblemWithItsKey() {
        config.file("sec1.key", PemFile.text("ec-sec1.key")).file("cert.pem", PemFile.text("client.pem"));

        assertThat(
                        faults(
                                "{client: pg, connection: {ssl: {ca: secretless, key: {$file: sec1.key}, cert: {$file: cert.pem}}}}"))
                .satisfiesExactly(
                        ca -> assertThat(ca)
                                .startsWith("app.yaml:2: backend.database.connection.ssl.ca: holds no certificate")
                                .doesNotContain("secretless"),
                        key -> assertThat(key)
                                .startsWith("app.yaml:2: backend.database.connection.ssl.key: has the format SEC1")
                                .contains("openssl pkey"));
        assertThat(faults("{client: pg, connection: {ssl: {cert: {$file: cert.pem}}}}"))
                .containsExactly("app.yaml:2: backend.database.connection.ssl.key: is required with cert, and missing");
    }

    @Test
    void aPluginInheritsTheSharedSettings() {
        String database = """
                {client: pg, connection: {host: db, user: ann, password: x, database: main},
                 knexConfig: {pool: {min: 1, max: 4}},
                 plugin: {bell: {connection: {database: bells}, knexConfig: {pool: {max: 2}}}}}""";

        assertThat(of("bell", database))
                .isEqualTo(new PluginDatabase(
                        new Postgres(
                                "jdbc:postgresql://db:5432/main",
                                "ann",
                                Optional.of(Secret.of("x")),
                                "backstage_plugin_",
                                Division.DATABASE,
                                true,
                                Optional.of("bells")),
                        new Pool(1, 2, Duration.ofSeconds(5), Duration.ofMinutes(10))));
    }

    @Test
    void aPluginMayHaveAnotherKindOfDatabase() {
        String sqliteBesidePostgres = "{client: pg, connection: {host: db}, plugin: {bell: {client: better-sqlite3}}}";
        String postgresBesideSqlite =
                "{connection: ':memory:', plugin: {bell: {connection: 'postgres://ann:x@db/bells'}}}";

        assertThat(of("bell", sqliteBesidePostgres).connection()).isEqualTo(new SqliteFolder(folder.resolve("data")));
        assertThat(of("bell", postgresBesideSqlite).connection())
                .isEqualTo(new Postgres(
                        "jdbc:postgresql://db:5432/postgres",
                        "ann",
                        Optional.of(Secret.of("x")),
                        "backstage_plugin_",
                        Division.DATABASE,
                        true,
                        Optional.of("bells")));
    }

    @Test
    void postgresWithoutAConnectionIsAProblem() {
        assertThat(faults("{client: pg}"))
                .containsExactly("app.yaml:2: backend.database.connection: is required for PostgreSQL, and missing");
    }

    @Test
    void anInvalidUrlIsAProblemThatDoesNotRepeatThePassword() {
        assertThat(faults("{client: pg, connection: 'postgres://ann:hunter2@:x/'}"))
                .singleElement()
                .asString()
                .doesNotContain("hunter2");
        assertThat(faults("{client: sqlite3, connection: 'postgres://ann:hunter2@db/main'}"))
                .singleElement()
                .asString()
                .contains("SQLite does not have")
                .doesNotContain("hunter2");
    }

    @Test
    void aMisspelledKeyOfAConnectionIsAProblem() {
        assertThat(faults("{client: pg, connection: {host: db, pasword: hunter2}}"))
                .singleElement()
                .asString()
                .contains("connection.pasword: unknown key; did you mean 'password'?")
                .doesNotContain("hunter2");
    }

    @Test
    void aKeyOfTheOtherDatabaseIsAWarning() {
        assertThat(warnings("{client: sqlite3, connection: {host: db}}"))
                .containsExactly(
                        "app.yaml:2: backend.database.connection.host: has no effect on SQLite, which client selects");
        assertThat(warnings("{client: pg, connection: {host: db}, plugin: {bell: {connection: {filename: x}}}}"))
                .containsExactly(
                        "app.yaml:2: backend.database.plugin.bell.connection.filename: has no effect on PostgreSQL,"
                                + " which client selects");
    }

    @Test
    void aPathThatIsProbablyNoneIsAProblem() {
        String home = "'~' does not stand for the home folder here; write ${HOME} in its place";
        assertThat(faults("{connection: ':memry:'}"))
                .containsExactly("app.yaml:2: backend.database.connection: must be a path, or ':memory:'; did you mean"
                        + " ':memory:'?");
        assertThat(faults("{connection: ':disk:'}"))
                .containsExactly("app.yaml:2: backend.database.connection: must be a path, or ':memory:'");
        assertThat(faultsOf("bell", "{plugin: {bell: {connection: {filename: ':memory'}}}}"))
                .containsExactly("app.yaml:2: backend.database.plugin.bell.connection.filename: must be a path, or"
                        + " ':memory:'; did you mean ':memory:'?");
        assertThat(faults("{connection: ''}"))
                .containsExactly("app.yaml:2: backend.database.connection: is empty: write a path, or remove the key");
        assertThat(of("bell", "{connection: memory}").connection())
                .isEqualTo(new SqliteFolder(folder.resolve("memory")));
        for (String memory : List.of("file::memory:", " :MEMORY: ", "memory:")) {
            assertThat(faults("{connection: '" + memory + "'}"))
                    .singleElement()
                    .asString()
                    .endsWith("did you mean ':memory:'?");
        }
        assertThat(faults("{connection: '~/db'}")).containsExactly("app.yaml:2: backend.database.connection: " + home);
        assertThat(faults("{connection: {directory: '~/db'}}"))
                .containsExactly("app.yaml:2: backend.database.connection.directory: " + home);
    }

    private List<String> warnings(String database) {
        config.settings("backend:\n  database: " + database);
        return config.warnings();
    }

    /** The layers of an application for development and production. */
    @ParameterizedTest
    @ValueSource(strings = {"azure", "rds", "cloudsql"})
    void aConnectorOfACloudIsRefusedWithWhatToWrite(String type) {
        assertThat(config.faults(
                        "backend: {database: {client: pg, connection: {host: db.example, type: " + type + "}}}"))
                .singleElement()
                .asString()
                .contains(
                        "backend.database.connection.type: must be 'default', not '" + type + "'",
                        "Remove type, and set");
    }

    @Test
    void aLaterFileMayChangeTheKindOfDatabase() {
        HostSettings settings = HostSettings.from(config.file(
                        "app.yaml", "backend: {database: {client: better-sqlite3, connection: {directory: ./data}}}")
                .file("app.production.yaml", "backend: {database: {client: pg, connection: {host: db, user: belfry}}}")
                .load("app.yaml", "app.production.yaml"));

        assertThat(settings.database().of("notifications").dialect()).isEqualTo(Dialect.POSTGRESQL);
        assertThat(config.warnings()).hasSize(1);
    }

    @Test
    void aConnectionStringIsAUrl() {
        assertThat(config.settings("backend:\n  database: {client: pg, connection: {connectionString:"
                                + " 'postgres://ada:hunter2@db:6432/main', ssl: true, user: other}}")
                        .database()
                        .of("notifications")
                        .connection())
                .isInstanceOfSatisfying(Postgres.class, postgres -> {
                    assertThat(postgres.jdbcUrl()).startsWith("jdbc:postgresql://db:6432/main?sslmode=verify-full");
                    assertThat(postgres.user()).isEqualTo("ada");
                });
        assertThat(faults("{client: pg, connection: {connectionString: 'hunter2@db'}}"))
                .containsExactly(
                        "app.yaml:2: backend.database.connection.connectionString: must be an object, or a URL such as"
                                + " postgres://db.example:5432/main");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "postgres://bel:qz@qy#qx@127.0.0.1:5491/main; write %40 for @, %23 for #",
                "postgres://bel:qz@qy@127.0.0.1/main; write %40 for @",
                "postgres://bel:qz/qy@127.0.0.1/main; %2F for /",
                "postgres://bel:qz%qy@127.0.0.1/main; %25 for %",
                "postgres://bel:12/qy@127.0.0.1/main; %2F for /",
                "postgres:///main?host=/run/qz; the folder of a Unix socket",
                "postgres://bel:qz@db/main?host=%2Frun; the folder of a Unix socket",
                "postgres://%2Frun%2Fqz/main; the folder of a Unix socket",
                "postgres://bel:qz@db/main?host=other; has the host as a parameter",
                "postgres://bel:qz@h1:1,h2:2/main; names several hosts",
                "postgres://bel:qz@db:qy/main; has a port that is not a whole number from 1 to 65535",
                "postgres://db:qy/main; has a port that is not a whole number from 1 to 65535",
                "postgres://[::1]:70000/main; has a port that is not a whole number from 1 to 65535",
                "postgres://bel:qz@/main; must be a URL with a host"
            })
    void aUrlThatCannotBeUsedIsRefusedWithoutAPieceOfIt(String url, String rule) {
        for (String connection : List.of("'" + url + "'", "{connectionString: '" + url + "'}")) {
            assertThat(faults("{client: pg, connection: " + connection + "}"))
                    .singleElement()
                    .asString()
                    .startsWith("app.yaml:2: backend.database.connection")
                    .contains(rule)
                    .doesNotContain("qx", "qy", "qz");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/cloudsql/project:region:instance; is the folder of a Unix socket",
                "h1,h2; names several hosts",
                "db:5432; must be the name or the address of one host without a port",
                "db/main; must be the name or the address of one host",
                "postgres://db; must be the name or the address of one host"
            })
    void aHostThatIsNoneIsRefused(String host, String rule) {
        assertThat(faultsOf(
                        "bell",
                        "{client: pg, plugin: {bell: {connection: {host: '" + host + "'}}}, connection: {host: db}}"))
                .singleElement()
                .asString()
                .startsWith("app.yaml:2: backend.database.plugin.bell.connection.host: ")
                .contains("'" + host + "'", rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"db", "db_1.example", "127.0.0.1", "::1", "[::1]", "fe80::1%eth0", "böse.example"})
    void aNameOrAnAddressIsAHost(String host) {
        assertThat(connection("{client: pg, connection: {host: '" + host + "'}}"))
                .isInstanceOf(Postgres.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{min: 5, max: 4}", "{max: 0}", "{acquireTimeoutMillis: 100}", "{idleTimeoutMillis: -1}"})
    void anInvalidPoolIsAProblem(String pool) {
        assertThat(faults("{knexConfig: {pool: " + pool + "}}"))
                .singleElement()
                .asString()
                .contains("knexConfig.pool");
    }
}
