package dev.belfry.host.config;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.belfry.host.settings.HostSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in the format of dynamic-plugins.yaml, as installations have them. */
class PluginListFilesTest {

    private static final String APP = "dynamicPlugins: {file: plugins.yaml, rootDirectory: .}";

    @TempDir
    Path folder;

    private ConfigFolder config;
    private Path list;

    @BeforeEach
    void folder() {
        config = new ConfigFolder(folder).file("bell.jar", "");
        list = folder.resolve("plugins.yaml");
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
                .contains(list + ":1: 'defaults.yaml' does not exist; looked for " + folder);
    }

    @Test
    void sectionsOfTheHostInAnEntryAreAWarning() {
        HostSettings settings = with("""
                plugins:
                  - package: bell.jar
                    pluginConfig:
                      bell: {tone: low}
                      backend: {baseUrl: 'http://elsewhere.example'}
                      permission: {enabled: false}
                      dynamicPlugins: {frontend: {bell: {}}}
                  - package: other.jar
                    disabled: true
                    pluginConfig: {auth: {}}
                """);

        assertThat(settings.permission().enabled()).isEmpty();
        assertThat(config.warnings())
                .singleElement(as(STRING))
                .isEqualTo(list
                        + ":5: pluginConfig of bell.jar: has no effect on sections of the host: backend, permission."
                        + " Write them at the top level of the configuration");
    }

    @Test
    void aMissingListIsNamedByFileLineAndKey() {
        assertThat(config.faults(APP))
                .contains("app.yaml:1: dynamicPlugins.file: 'plugins.yaml' does not exist; looked for "
                        + folder.resolve("plugins.yaml") + ", " + folder.resolve("packages/backend/plugins.yaml"));
    }

    @Test
    void anIncludedFolderIsAWarning() {
        with("includes: [.]\nplugins: [{package: bell.jar}]");

        assertThat(config.warnings())
                .containsExactly(list + ":1: includes: '.' is not a file; its entries are missing");
    }

    @Test
    void keysOfTheInstallerAreKnown() {
        HostSettings settings = with("plugins: [{package: bell.jar, disabled: true, preInstalled: true,"
                + " pullPolicy: IfNotPresent, forceDownload: false, dependencies: [{ref: sonataflow}]}]");

        assertThat(settings.dynamicPlugins().plugins())
                .singleElement()
                .satisfies(entry -> assertThat(entry.isDisabled()).isTrue());
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void aKeyOfALaterInstallerIsAWarning() {
        with("plugins: [{package: 'oci://quay.io/somebody/plugin:1.0', platforms: [x], integrity: later}]");

        assertThat(config.warnings())
                .containsExactly(list + ":1: dynamicPlugins.plugins[0].platforms: unknown key, which has no effect");
    }

    @Test
    void aPluginMayBeDisabledByEnabled() {
        assertThat(with("plugins: [{package: bell.jar, enabled: no}]")
                        .dynamicPlugins()
                        .plugins())
                .singleElement()
                .satisfies(entry -> assertThat(entry.isDisabled()).isTrue());
    }

    @Test
    void keysThatContradictEachOtherDisableThePluginWithAWarning() {
        for (String keys : List.of("disabled: 'false', enabled: false", "disabled: yes, enabled: yes")) {
            assertThat(with("plugins: [{package: bell.jar, " + keys + "}]")
                            .dynamicPlugins()
                            .plugins())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.isDisabled()).isTrue());
            assertThat(config.warnings())
                    .containsExactly(list
                            + ":1: dynamicPlugins.plugins[0].disabled: contradicts enabled; the plugin is disabled");
        }
        with("plugins: [{package: bell.jar, disabled: true, enabled: false}]");
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void aFaultyEntryThatOnlyAddsIsLeftOutWithAWarning() {
        assertThat(with("plugins:\n  - bell.jar\n  - pluginConfig: {bell: {tone: low}}\n  - {package: bell.jar}")
                        .dynamicPlugins()
                        .plugins())
                .singleElement()
                .satisfies(entry -> assertThat(entry.name()).isEqualTo("bell.jar"));
        assertThat(config.warnings())
                .containsExactly(
                        list + ":2: plugins[0]: must be an object, not a string; the entry is left out",
                        list + ":3: plugins[1].package: is required, and missing; the entry is left out");
    }

    /** Nobody knows which plugin it disables, or which key is the package. */
    @ParameterizedTest
    @ValueSource(strings = {"disabled: true", "integrity: sha512-x", "disbled: true", "pakage: bell.jar"})
    void aFaultyEntryThatMayRestrictIsAProblem(String keys) {
        assertThat(faults("plugins: [{" + keys + "}]"))
                .contains(list + ":1: dynamicPlugins.plugins[0].package: is required, and missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            disabled: maybe      | disabled: must be a boolean, not 'maybe'
            enabled: [x]         | enabled: must be a boolean, not an array
            pluginConfig: tone   | pluginConfig: must be an object, not a string
            """)
    void aFaultyKeyDisablesItsPluginWithAWarning(String key, String rule) {
        assertThat(with("plugins: [{package: bell.jar, " + key + "}]")
                        .dynamicPlugins()
                        .plugins())
                .singleElement()
                .satisfies(entry -> assertThat(entry.isDisabled()).isTrue());
        assertThat(config.warnings()).containsExactly(list + ":1: plugins[0]." + rule + "; the plugin is disabled");
    }

    @Test
    void whereJarsAreListedEachFaultyEntryIsAProblem() {
        config.file("plugins.yaml", "plugins: [bell.jar, {package: bell.jar, pluginConfig: x}, {pullPolicy: Always}]");

        assertThat(config.faults(APP.replace("}", ", trust: listed}")))
                .containsExactly(
                        list + ":1: plugins[0]: must be an object, not a string",
                        list + ":1: plugins[1].pluginConfig: must be an object, not a string");
    }

    @ParameterizedTest
    @CsvSource({"any, ./dynamic-plugins/bell.jar", "any, bell.jar", "listed, /opt/plugins/bell.jar"})
    void theLaterEntryOfAPackageCountsWithAWarning(String trust, String later) {
        String hash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        config.file(
                "plugins.yaml",
                "plugins:\n  - {package: bell.jar, integrity: '" + hash + "', disabled: true}\n  - {package: " + later
                        + ", disabled: false}");

        assertThat(config.settings(APP.replace("}", ", trust: " + trust + "}"))
                        .dynamicPlugins()
                        .plugins())
                .singleElement()
                .satisfies(bell -> {
                    assertThat(bell.name()).isEqualTo("bell.jar");
                    assertThat(bell.isDisabled()).isFalse();
                    assertThat(bell.integrity()).contains(hash);
                });
        assertThat(config.warnings())
                .containsExactly(
                        list
                                + ":3: plugins[1].package: 'bell.jar' is in this list already; the keys of this later entry count");
    }

    @Test
    void theConfigurationOfPackagesForOthersIsNotRead() {
        HostSettings settings = with("""
                plugins:
                  - package: 'oci://x/y:1!z'
                    pluginConfig: {bell: {tone: loud}, auth: {}}
                  - package: '@a/b@1.0.0'
                    pluginConfig: [wrong]
                  - package: bell.jar
                    pluginConfig: {bell: {tone: low}}
                """);

        assertThat(settings.dynamicPlugins().plugins()).hasSize(3);
        assertThat(config.warnings()).isEmpty();
        assertThat(config.load("app.yaml").bind("bell", Bell.class).tone()).isEqualTo("low");
    }

    record Bell(String tone) {}

    @Test
    void theFolderIsSoughtLikeAFile() {
        config.file("elsewhere/drop/bell.jar", "")
                .variable("BELFRY_CALLER", folder.resolve("elsewhere").toString());

        assertThat(config.settings("dynamicPlugins: {rootDirectory: drop, plugins: [{package: bell.jar}]}")
                        .dynamicPlugins()
                        .rootDirectory())
                .isEqualTo(folder.resolve("elsewhere/drop"));
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void aMissingFileOfCertificatesIsAProblemWithAllPlaces() {
        assertThat(config.faults("dynamicPlugins: {trust: signed, certificates: trusted.pem}"))
                .containsExactly(
                        "app.yaml:1: dynamicPlugins.certificates: the file 'trusted.pem' does not exist; looked for "
                                + folder.resolve("trusted.pem") + ", "
                                + folder.resolve("packages/backend/trusted.pem"));
    }

    @Test
    void anotherKeyIsAProblem() {
        assertThat(faults("plugin:\n  - {package: bell.jar, disabled: true}"))
                .containsExactly(list + ":1: plugin: unknown key; did you mean 'plugins'? allowed: includes, plugins");
    }

    @Test
    void aKeyThatOccursTwiceCostsItsEntry() {
        HostSettings settings = with("""
                plugins:
                  - package: '@example/plugin-backend@1.0.0'
                    pluginConfig: {example: {a: 1}}
                    pluginConfig: {example: {b: 1}}
                  - package: one.jar
                    package: two.jar
                  - package: bell.jar
                    pluginConfig: {bell: {tone: low}}
                    pluginConfig: {bell: {tone: high}}
                  - package: other.jar
                    disabled: true
                    disabled: false
                """);

        assertThat(settings.dynamicPlugins().plugins())
                .extracting(listed -> listed.name() + " " + listed.isDisabled())
                .containsExactly("bell.jar true", "other.jar true");
        assertThat(config.warnings())
                .containsExactly(
                        list + ":4: plugins[0]: the key 'pluginConfig' occurs twice; the entry is left out",
                        list + ":6: plugins[1]: the key 'package' occurs twice; the entry is left out",
                        list + ":9: plugins[2]: the key 'pluginConfig' occurs twice; the plugin is disabled",
                        list + ":12: plugins[3]: the key 'disabled' occurs twice; the plugin is disabled");
    }

    @Test
    void aKeyThatOccursTwiceIsAProblemWhereTheEntryCannotBeLeftOut() {
        assertThat(faults("plugins:\n  - {package: bell.jar, package: other.jar, disabled: true}"))
                .contains(list + ":2: dynamicPlugins.plugins[0].package: the key 'package' occurs twice");
        assertThat(faults("plugins: []\nplugins: [{package: bell.jar}]"))
                .contains(list + ":2: the key 'plugins' occurs twice");
    }

    @Test
    void whereJarsAreListedAKeyThatOccursTwiceIsAProblem() {
        config.file("plugins.yaml", "plugins: [{package: bell.jar, integrity: a, integrity: b}]");

        assertThat(config.faults(APP.replace("}", ", trust: listed}")))
                .contains(list + ":1: plugins[0]: the key 'integrity' occurs twice");
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
                .containsExactly(list + ":2: this is a Kubernetes ConfigMap: extract its key dynamic-plugins.yaml to"
                        + " a file of its own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dynamicPlugins: {frontend: {bells.tower: {}}}",
                "backend: {baseUrl: 'http://x'}\ntower: {}",
                "plugins: {required: [bell]}\napp: {}"
            })
    void theConfigurationOfTheApplicationIsNamedOnce(String content) {
        assertThat(faults(content))
                .singleElement()
                .asString()
                .startsWith(list + ":")
                .endsWith(": this is a configuration of the application, not a list of dynamic plugins: pass it with"
                        + " --config");
    }

    @Test
    void aKeyOfTheConfigurationBesideAListIsAnUnknownKey() {
        assertThat(faults("plugins: []\nbackend: {}"))
                .containsExactly(list + ":2: backend: unknown key; allowed: includes, plugins");
    }

    @Test
    void theValuesOfAChartAreNamedOnce() {
        assertThat(faults("route: {}\nglobal: {dynamic: {plugins: []}}\nupstream: {}"))
                .containsExactly(list + ":2: these are values of a Helm chart: use the object below global.dynamic in a"
                        + " file of its own");
    }

    @Test
    void anArrayWithoutItsKeyIsAProblem() {
        assertThat(faults("# plugins\n- {package: bell.jar}"))
                .containsExactly(list + ":2: must contain an object, not an array: write 'plugins:' above the list");
    }

    @Test
    void anAbsentJarIsAWarning() {
        with("plugins:\n  - {package: bell.jar}\n  - {package: nowhere.jar}");

        assertThat(config.warnings())
                .containsExactly(
                        list + ":3: dynamicPlugins.plugins[1].package: there is no 'nowhere.jar' in " + folder);
    }

    @Test
    void whereJarsAreListedAnAbsentOneIsAProblem() {
        config.file("plugins.yaml", "plugins: [{package: nowhere.jar}]");

        assertThat(config.faults(APP.replace("}", ", trust: listed}")))
                .contains(list + ":1: dynamicPlugins.plugins[0].package: there is no 'nowhere.jar' in " + folder);
    }

    @Test
    void packagesThatAreNotJarsAreNamedOnce() {
        with("plugins: [{package: 'oci://x/y:1!z'}, {package: '@a/b@1.0.0'}, {package: ./dynamic-plugins/dist/c}]");

        assertThat(config.warnings()).isEmpty();
        assertThat(config.notices().all())
                .containsExactly(
                        list + ":1: dynamicPlugins.plugins[0]: these entries are not JARs and not for Belfry,"
                                + " which downloads nothing and does not read their pluginConfig: oci://x/y:1!z (line 1), @a/b@1.0.0 (line 1), ./dynamic-plugins/dist/c (line 1)");
    }

    @Test
    void entriesOfSeveralFilesAreNamedByFileLineAndPosition() {
        config.file("more.yaml", "plugins:\n  - {package: bell.jar}\n  - {package: '@a/b@1.0.0'}");
        config.file(
                "plugins.yaml", "includes: [more.yaml]\nplugins:\n  - {package: 'oci://x/y'}\n  - {package: gone.jar}");
        config.settings(APP.replace("}", ", plugins: [{package: 'bell.jar', disabled: false}]}"));

        Path more = folder.resolve("more.yaml");
        assertThat(config.notices().all())
                .contains(more + ":3: dynamicPlugins.plugins[1]: these entries are not JARs and not for Belfry, which"
                        + " downloads nothing and does not read their pluginConfig: @a/b@1.0.0 (line 3), oci://x/y ("
                        + list + ":3)");
        assertThat(config.warnings())
                .containsExactly(list + ":4: dynamicPlugins.plugins[1].package: there is no 'gone.jar' in " + folder);
    }

    @Test
    void aMissingFolderIsAWarning() {
        config.settings("dynamicPlugins: {rootDirectory: dynamic-plugins-root}");

        assertThat(config.warnings())
                .containsExactly("app.yaml:1: dynamicPlugins.rootDirectory: the folder 'dynamic-plugins-root' does not"
                        + " exist; looked for " + folder.resolve("dynamic-plugins-root") + ", "
                        + folder.resolve("packages/backend/dynamic-plugins-root"));
    }

    @Test
    void anEmptyFolderIsAProblem() {
        assertThat(config.faults("dynamicPlugins: {rootDirectory: ''}"))
                .containsExactly("app.yaml:1: dynamicPlugins.rootDirectory: is empty: write a path, or remove the key");
    }

    /** The folder of Red Hat Developer Hub is in its image only. */
    @Test
    void insteadOfAMissingRelativeFolderTheOwnOneIsUsed() throws IOException {
        Path own = Files.createDirectories(folder.resolve("dynamic-plugins"));

        assertThat(config.settings("dynamicPlugins: {rootDirectory: dynamic-plugins-root}")
                        .dynamicPlugins()
                        .rootDirectory())
                .isEqualTo(own);
        assertThat(config.warnings())
                .singleElement()
                .asString()
                .startsWith(
                        "app.yaml:1: dynamicPlugins.rootDirectory: the folder 'dynamic-plugins-root' does not exist")
                .endsWith(". The plugins of " + own + " are used");
        // The sources of Developer Hub have a folder of this name beside their configuration.
        Files.createDirectories(folder.resolve("sources/dynamic-plugins"));
        config.file("sources/app.yaml", "dynamicPlugins: {rootDirectory: dynamic-plugins-root}");
        assertThat(HostSettings.from(config.load("sources/app.yaml"))
                        .dynamicPlugins()
                        .rootDirectory())
                .isEqualTo(own);
        assertThat(config.settings("dynamicPlugins: {rootDirectory: /nowhere/plugins}")
                        .dynamicPlugins()
                        .rootDirectory())
                .isEqualTo(Path.of("/nowhere/plugins"));
    }
}
