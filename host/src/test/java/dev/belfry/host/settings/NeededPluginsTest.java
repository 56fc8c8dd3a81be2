package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.config.ConfigFolder;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeededPluginsTest {

    @TempDir
    Path folder;

    private ConfigFolder config;

    @BeforeEach
    void create() {
        config = new ConfigFolder(folder);
    }

    @Test
    void eachKeyThatNamesAnUnknownPluginIsAWarningWithTheNearName() {
        config.file(
                "app.yaml",
                "plugins: { required: [notificatons, hello] }\nports: { catalog: ldap, identity: [keys, Belfry, hello], notifications.storage: hello, notificatons.storage: hello }\n");
        HostSettings settings = HostSettings.from(config.load("app.yaml"));

        assertThat(NeededPlugins.missing(settings, Set.of("hello", "notifications")))
                .containsExactly(
                        "plugins.required: there is no plugin 'notificatons'; did you mean 'notifications'? The host is not"
                                + " ready until it runs",
                        "ports.catalog: there is no plugin 'ldap'. The host is not ready until it runs",
                        "ports.identity: there is no plugin 'keys'. The host is not ready until it runs",
                        "ports.identity: there is no plugin 'Belfry'; did you mean 'belfry'? The host is not ready until it"
                                + " runs",
                        "ports.notificatons.storage: there is no plugin 'notificatons'; did you mean 'notifications'? The key"
                                + " has no effect");
    }
}
