package dev.belfry.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belfry.api.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What annotations say about records, beyond their types. */
class ShapeAnnotationsTest {

    record Port(int number) {
        @FromText(value = "a port, or an object", orObject = Port.class)
        static Port parse(String text) {
            return new Port(Integer.parseInt(text));
        }
    }

    record Doubled(Integer get) implements Supplier<Integer> {
        @FromText("a number to be doubled")
        static Doubled parse(String text) {
            return new Doubled(2 * Integer.parseInt(text));
        }
    }

    sealed interface Door {
        @Variant("wood")
        record Wood(String tree) implements Door {}

        @Variant({"steel", Variant.ABSENT})
        record Steel(@Default("1") int bolts) implements Door {}

        @Variant(Variant.OTHER)
        @Ignored("*")
        record Other() implements Door {}
    }

    record Limits(@Derived @Range(min = 1, max = 5) int most) {
        Limits {
            most = most == 0 ? 3 : most;
        }
    }

    @Accepted("file")
    @Ignored({"logger", "cache.*"})
    record Backend(
            @Key("listen.port") Optional<Port> port,
            @Key("cache.store") Optional<String> store,
            @Words @Default("GET, PUT") List<String> methods,
            @OneOrMore Set<String> names,
            @Dotted Map<String, String> ports,
            @Via(Doubled.class) List<Integer> doubled,
            @NumberOf(ChronoUnit.SECONDS) @Range(max = 60) Optional<Duration> maxAge,

            @DurationRange(min = "PT1S", max = "PT5S", orNever = true)
            Optional<Duration> timeout,

            List<Door> doors,
            @Inline Limits limits)
            implements Checked {

        @Override
        public void check(Checks checks) {
            if (names.contains("odd")) {
                checks.fault("doors[1].bolts", "must be even, if a name is odd");
                checks.ignored("names");
            }
        }
    }

    record Host(@Default Backend backend) {}

    @TempDir
    Path folder;

    private ConfigFolder config;

    @BeforeEach
    void folder() {
        config = new ConfigFolder(folder);
    }

    private Backend bind(String backend) {
        return config.file("app.yaml", "backend:\n  " + backend.replace("\n", "\n  "))
                .load("app.yaml")
                .bindHost(Host.class)
                .backend();
    }

    private List<String> faults(String backend) {
        return catchThrowableOfType(ConfigurationException.class, () -> bind(backend))
                .faults();
    }

    @Test
    void absentKeysHaveDefaults() {
        assertThat(config.file("app.yaml", "").load("app.yaml").bindHost(Host.class))
                .isEqualTo(new Host(new Backend(
                        Optional.empty(),
                        Optional.empty(),
                        List.of("GET", "PUT"),
                        Set.of(),
                        Map.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        new Limits(0))));
    }

    @Test
    void everyFormIsBound() {
        Backend backend = bind("""
                listen: {port: 7}
                cache: {store: redis, connection: x}
                logger: {level: debug}
                file: x
                methods: GET,POST GET
                names: ada
                ports: {identity: sso, bell: {storage: cloud}, a.b: c}
                doubled: [1, 2]
                maxAge: 30
                timeout: PT0S
                doors: [{type: wood, tree: oak}, {bolts: 2}, {type: glass, panes: 4}]
                most: 5
                """);

        assertThat(backend)
                .isEqualTo(new Backend(
                        Optional.of(new Port(7)),
                        Optional.of("redis"),
                        List.of("GET", "POST"),
                        Set.of("ada"),
                        Map.of("identity", "sso", "bell.storage", "cloud", "a.b", "c"),
                        List.of(2, 4),
                        Optional.of(Duration.ofSeconds(30)),
                        Optional.of(Duration.ZERO),
                        List.of(new Door.Wood("oak"), new Door.Steel(2), new Door.Other()),
                        new Limits(5)));
        assertThat(config.ignored())
                .containsExactlyInAnyOrder("backend.cache.connection", "backend.logger", "backend.doors[2].panes");
    }

    @Test
    void anEmptyNameInAMapRemovesIt() {
        assertThat(bind("ports: {identity: , bell: {storage: }, catalog: ldap}").ports())
                .isEqualTo(Map.of("catalog", "ldap"));
    }

    @Test
    void anObjectMayReplaceText() {
        assertThat(bind("listen: {port: {number: 8}}").port()).contains(new Port(8));
    }

    @Test
    void everyProblemIsReportedWithItsPath() {
        assertThat(faults("""
                listen: {prot: 1, port: seven}
                cache: redis
                listen.port: 7
                methods: {}
                doubled: [1, x]
                maxAge: 61
                timeout: PT6S
                doors: [{type: wood}, {bolts: many}]
                most: 0
                """))
                .containsExactlyInAnyOrder(
                        "app.yaml:2: backend.listen.prot: unknown key; did you mean 'port'? allowed: port",
                        "app.yaml:2: backend.listen.port: must be a port, or an object, not 'seven'",
                        "app.yaml:3: backend.cache: must be an object, not a string",
                        "app.yaml:5: backend.methods: must be an array, not an object",
                        "app.yaml:6: backend.doubled[1]: must be a number to be doubled, not 'x'",
                        "app.yaml:7: backend.maxAge: must be between 0 and 60, not 61",
                        "app.yaml:8: backend.timeout: must be between PT1S and PT5S, or PT0S for never, not PT6S",
                        "app.yaml:9: backend.doors[0].tree: is required, and missing",
                        "app.yaml:9: backend.doors[1].bolts: must be a whole number, not 'many'",
                        "app.yaml:10: backend.most: must be between 1 and 5, not 0");
    }

    @Test
    void aCheckReportsTheLineOfTheKey() {
        assertThat(faults("""
                names: odd
                doors:
                  - {}
                  - {bolts: 3}
                unknown: x
                """)).containsExactly("app.yaml:5: backend.doors[1].bolts: must be even, if a name is odd");
        assertThat(config.warnings()).containsExactly("app.yaml:6: backend.unknown: unknown key, which has no effect");
        assertThat(config.ignored()).containsExactly("backend.names");
    }
}
