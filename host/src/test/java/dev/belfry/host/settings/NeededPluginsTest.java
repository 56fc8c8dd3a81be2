package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.config.Config;
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
    void eachKeyThatNamesADisabledPluginIsAWarningWithTheWayOut() {
        config.file(
                "app.yaml",
                "plugins: { required: [hello] }\nports: { identity: [keys, belfry], notifications.storage: store, catalog: ldap }\n");
        Config read = config.load("app.yaml");

        assertThat(NeededPlugins.disabled(
                        HostSettings.from(read), read, Set.of("hello", "keys", "store", "unused")::contains))
                .containsExactly(
                        "app.yaml:1: plugins.required: an operator has disabled the plugin 'hello'. The host is not ready until it runs."
                                + " Run ./belfry plugins enable hello",
                        "app.yaml:2: ports.identity: an operator has disabled the plugin 'keys'. The host is not ready until it runs."
                                + " Take it out of 'ports' and restart the host, or stop the host and remove its line from the file"
                                + " disabled-plugins in the data directory",
                        "app.yaml:2: ports.notifications.storage: an operator has disabled the plugin 'store'. The host is not ready"
                                + " until it runs. Run ./belfry plugins enable store");
    }

    @Test
    void eachKeyThatNamesAnUnknownPluginIsAWarningWithTheNearName() {
        config.file(
                "app.yaml",
                "plugins: { required: [notificatons, hello] }\nports: { catalog: ldap, identity: [keys, Belfry, hello], notifications.storage: hello, notificatons.storage: cloud }\n");
        Config read = config.load("app.yaml");
        HostSettings settings = HostSettings.from(read);

        assertThat(NeededPlugins.missing(settings, read, Set.of("hello", "notifications")))
                .containsExactly(
                        "app.yaml:1: plugins.required: there is no plugin 'notificatons'; did you mean 'notifications'? The host is not"
                                + " ready until it runs",
                        "app.yaml:2: ports.catalog: there is no plugin 'ldap'. The host is not ready until it runs",
                        "app.yaml:2: ports.identity: there is no plugin 'keys'. The host is not ready until it runs",
                        "app.yaml:2: ports.identity: there is no plugin 'Belfry'; did you mean 'belfry'? The host is not ready until it"
                                + " runs",
                        "app.yaml:2: ports.notificatons.storage: there is no plugin 'notificatons'; did you mean 'notifications'? Nobody"
                                + " asks for the port");
    }
}
