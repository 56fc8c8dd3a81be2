package dev.belfry.host.config;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.belfry.host.settings.HostSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in the format of dynamic-plugins.yaml, as installations have them. */
class PluginListFilesTest {

    private static final String APP = "dynamicPlugins: {file: plugins.yaml, rootDirectory: .}";

    @TempDir
    Path folder;

    private ConfigFolder config;

    @BeforeEach
    void folder() {
        config = new ConfigFolder(folder).file("bell.jar", "");
    }

    private HostSettings with(String pluginList) {
        return config.file("plugins.yaml", pluginList).settings(APP);
    }

    private List<String> faults(String pluginList) {
        return config.file("plugins.yaml", pluginList).faults(APP);
    }

    @Test
    void aMissingIncludedFileIsAWarning() {
        HostSettings settings = with("includes: [defaults.yaml]\nplugins: [{package: bell.jar}]");

        assertThat(settings.dynamicPlugins().plugins()).hasSize(1);
        assertThat(config.warnings())
                .singleElement(as(STRING))
                .contains("plugins.yaml:1: 'defaults.yaml' does not exist; looked for " + folder);
    }

    @Test
    void aMissingListIsNamedByFileLineAndKey() {
        assertThat(config.faults(APP))
                .contains("app.yaml:1: dynamicPlugins.file: the file 'plugins.yaml' does not exist");
    }

    @Test
    void anIncludedFolderIsAWarning() {
        with("includes: [.]\nplugins: [{package: bell.jar}]");

        assertThat(config.warnings())
                .containsExactly("plugins.yaml:1: includes: '.' is not a file; its entries are missing");
    }

    @Test
    void keysOfTheInstallerAreKnown() {
        HostSettings settings = with("plugins: [{package: bell.jar, disabled: true, preInstalled: true,"
                + " pullPolicy: IfNotPresent, forceDownload: false, dependencies: [{ref: sonataflow}]}]");

        assertThat(settings.dynamicPlugins().plugins())
                .singleElement()
                .satisfies(entry -> assertThat(entry.disabled()).isTrue());
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void aKeyOfALaterInstallerIsAWarning() {
        with("plugins: [{package: 'oci://quay.io/somebody/plugin:1.0', platforms: [x], integrity: later}]");

        assertThat(config.warnings())
                .containsExactly(
                        "plugins.yaml:1: dynamicPlugins.plugins[0].platforms: unknown key, which has no effect");
    }

    @Test
    void aPluginMayBeDisabledByEnabled() {
        assertThat(with("plugins: [{package: bell.jar, enabled: no}]")
                        .dynamicPlugins()
                        .plugins())
                .singleElement()
                .satisfies(entry -> assertThat(entry.disabled()).isTrue());
    }

    @Test
    void anotherKeyIsAProblem() {
        assertThat(faults("plugin:\n  - {package: bell.jar, disabled: true}"))
                .containsExactly(
                        "plugins.yaml:1: plugin: unknown key; did you mean 'plugins'? allowed: includes, plugins");
    }

    @Test
    void aConfigMapIsAProblem() {
        assertThat(faults("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: dynamic-plugins}
                data:
                  dynamic-plugins.yaml: |
                    plugins: []
                """))
                .containsExactly(
                        "plugins.yaml:2: this is a Kubernetes ConfigMap: extract its key dynamic-plugins.yaml to"
                                + " a file of its own");
    }

    @Test
    void theConfigurationOfTheApplicationIsAProblem() {
        assertThat(faults("backend: {baseUrl: 'http://x'}"))
                .containsExactly(
                        "plugins.yaml:1: backend: unknown key; this is a configuration of the application: pass it"
                                + " with --config");
    }

    @Test
    void anAbsentJarIsAWarning() {
        with("plugins:\n  - {package: bell.jar}\n  - {package: nowhere.jar}");

        assertThat(config.warnings())
                .containsExactly(
                        "plugins.yaml:3: dynamicPlugins.plugins[1].package: there is no 'nowhere.jar' in " + folder);
    }

    @Test
    void whereJarsAreListedAnAbsentOneIsAProblem() {
        config.file("plugins.yaml", "plugins: [{package: nowhere.jar}]");

        assertThat(config.faults(APP.replace("}", ", trust: listed}")))
                .contains("plugins.yaml:1: dynamicPlugins.plugins[0].package: there is no 'nowhere.jar' in " + folder);
    }

    @Test
    void packagesThatAreNotJarsAreNamedOnce() {
        with("plugins: [{package: 'oci://x/y:1!z'}, {package: '@a/b@1.0.0'}, {package: ./dynamic-plugins/dist/c}]");

        assertThat(config.warnings()).isEmpty();
        assertThat(config.notices().all())
                .containsExactly(
                        "plugins.yaml:1: dynamicPlugins.plugins: these entries are not JARs and not for Belfry,"
                                + " which downloads nothing: oci://x/y:1!z, @a/b@1.0.0, ./dynamic-plugins/dist/c");
    }

    @Test
    void aMissingFolderIsAWarning() {
        config.settings("dynamicPlugins: {rootDirectory: dynamic-plugins-root}");

        assertThat(config.warnings())
                .containsExactly("app.yaml:1: dynamicPlugins.rootDirectory: the folder does not exist: "
                        + folder.resolve("dynamic-plugins-root"));
    }
}
