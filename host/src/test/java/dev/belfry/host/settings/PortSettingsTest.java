package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.config.ConfigFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortSettingsTest {

    private static final String NO_USER = "no user can sign in";

    @TempDir
    private Path folder;

    private ConfigFolder config;

    @BeforeEach
    void create() {
        config = new ConfigFolder(folder);
    }

    private HostSettings settings(String ports) {
        return config.settings("ports: " + ports);
    }

    @Test
    void identityCanHaveSeveralSuppliersInOrder() {
        PortSettings ports = settings("{ identity: [api-keys, belfry, sso], notifications.storage: cloud }")
                .ports();

        assertThat(ports.suppliers())
                .isEqualTo(Map.of(
                        "identity", List.of("api-keys", "belfry", "sso"), "notifications.storage", List.of("cloud")));
        assertThat(ports.plugins()).containsExactlyInAnyOrder("api-keys", "sso");
        assertThat(ports.isBuiltIn("identity")).isTrue();
    }

    @Test
    void aSingleIdReplacesTheBuiltInAdapter() {
        assertThat(settings("{ identity: sso }").ports().isBuiltIn("identity")).isFalse();
        assertThat(settings("{ identity: [sso] }").ports().isBuiltIn("identity"))
                .isFalse();
        assertThat(settings("{}").ports().isBuiltIn("identity")).isTrue();
    }

    @Test
    void belfryIsTheBuiltInAdapterAndNoPlugin() {
        PortSettings ports = settings("{ identity: belfry, catalog: belfry, permission: [belfry] }")
                .ports();

        assertThat(ports.plugins()).isEmpty();
        assertThat(List.of("identity", "catalog", "permission")).allMatch(ports::isBuiltIn);
    }

    @Test
    void itIsAWarningIfOnlyTheBuiltInIdentityIsAskedAndAcceptsNoUser() {
        assertThat(settings("{ identity: [belfry] }").warnings())
                .singleElement()
                .asString()
                .startsWith(NO_USER);
        assertThat(settings("{ identity: [api-keys, belfry] }").warnings()).isEmpty();
        assertThat(settings("{ identity: api-keys }").warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            identity: []                      | identity: must name a plugin, or 'belfry' for the host itself
            identity: ""                      | identity: must name a plugin, or 'belfry' for the host itself
            identity: {a: b}                  | identity.a: is a key below a port of the host, which must name a plugin, or 'belfry' for the host itself
            notifications.storage: []         | notifications.storage: must name a plugin
            identity: [api-keys, api-keys]    | identity: names 'api-keys' twice
            identity: [belfry, a, belfry]     | identity: names 'belfry' twice
            catalog: [ldap, belfry]           | catalog: must name one supplier, not [ldap, belfry]: only ports.identity can have several
            notifications.storage: [a, b]     | notifications.storage: must name one supplier, not [a, b]: only ports.identity can have several
            notifications.storage: belfry     | notifications.storage: must name a plugin: 'belfry', the host itself, supplies only [catalog, identity, permission]
            """)
    void wrongSuppliersAreAProblem(String entry, String fault) {
        assertThat(config.faults("ports:\n  " + entry + "\n")).containsExactly("app.yaml:2: ports." + fault);
    }

    @Test
    void thatAPluginSuppliesItsOwnPortMayBeWritten() {
        PortSettings ports = settings("{ a.x: a, a.y: b }").ports();

        assertThat(ports.plugins()).isEmpty();
        assertThat(ports.suppliedByOthers()).isEqualTo(Map.of("a.y", List.of("b")));
    }

    @Test
    void suppliersThatWaitForEachOtherAreAProblem() {
        assertThat(config.faults("ports: { a.x: b, a.y: d, b.z: c, c.x: a, d.x: e }\n"))
                .containsExactly(
                        "app.yaml:1: ports.a.x: makes the plugin 'a' wait for itself: a -> b -> c -> a. Without the key, a plugin"
                                + " supplies its own port",
                        "app.yaml:1: ports.b.z: makes the plugin 'b' wait for itself: b -> c -> a -> b. Without the key, a plugin"
                                + " supplies its own port",
                        "app.yaml:1: ports.c.x: makes the plugin 'c' wait for itself: c -> a -> b -> c. Without the key, a plugin"
                                + " supplies its own port");
    }
}
