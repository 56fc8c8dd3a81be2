package dev.belfry.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {

    @TempDir
    Path folder;

    private ConfigFolder config;

    record Greeting(String salutation, List<String> names, Map<String, String> doors) {}

    @BeforeEach
    void folder() {
        config = new ConfigFolder(folder);
    }

    @Test
    void aFileWhoseNameIsNotInTheEncodingOfTheSystemIsNamedAsSuch() {
        assertThat(config.faultsOf("k\uFFFDse.yaml"))
                .singleElement()
                .asString()
                .contains("the file does not exist")
                .endsWith("The name of the file or of a folder above it is not UTF-8: rename it");
    }

    @Test
    void aLaterFileWinsKeyByKey() {
        config.file("base.yaml", "hello: {salutation: Hi, names: [ada, bob], doors: {front: open, back: open}}")
                .file("late.yaml", "hello: {names: [eve], doors: {back: shut}}");

        assertThat(config.load("base.yaml", "late.yaml").bind("hello", Greeting.class))
                .isEqualTo(new Greeting("Hi", List.of("eve"), Map.of("front", "open", "back", "shut")));
    }

    @Test
    void aLaterNullRemovesAValue() {
        config.file("base.yaml", "hello: {salutation: Hi, doors: {front: open}}")
                .file("late.yaml", "hello: {doors: }");

        assertThat(config.load("base.yaml", "late.yaml")
                        .bind("hello", Greeting.class)
                        .doors())
                .isEmpty();
    }

    @Test
    void allMissingFilesAreReportedAtOnce() {
        assertThatThrownBy(() -> config.load("a.yaml", "b.yaml"))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        refused -> assertThat(refused.faults())
                                .hasSize(2)
                                .allSatisfy(fault ->
                                        assertThat(fault).contains("the file does not exist", folder.toString())));
    }

    @Test
    void aFolderInPlaceOfAFileIsNamed() {
        assertThat(config.faultsOf(".")).containsExactly(".: is a folder, not a file");
    }

    @Test
    void invalidYamlIsReportedWithItsLine() {
        config.file("app.yaml", "hello:\n  salutation: 'Hi\n");

        assertThatThrownBy(() -> config.load("app.yaml"))
                .hasMessage(
                        "app.yaml:3:1: is not valid YAML: the string that begins at line 2 has no quote at its end");
    }

    @Test
    void aDuplicateKeyIsAProblem() {
        config.file("app.yaml", "hello:\n  salutation: Hi\n  salutation: Ho\n");

        assertThatThrownBy(() -> config.load("app.yaml")).hasMessage("app.yaml:3: the key 'salutation' occurs twice");
    }

    @Test
    void filesOfAnotherKindAreNamed() {
        config.file("map.yaml", "apiVersion: v1\nkind: ConfigMap\ndata: {app.yaml: 'hello: {}'}\n")
                .file("values.yaml", "upstream:\n  backstage:\n    appConfig: {hello: {}}\n")
                .file("other.yaml", "backstage:\n  appConfig: {hello: {}}\nplugins: []\n");

        assertThat(config.faultsOf("map.yaml", "values.yaml", "other.yaml"))
                .containsExactly(
                        "map.yaml:2: this is a Kubernetes ConfigMap: extract its key app.yaml to a file of its own",
                        "values.yaml:3: these are values of a Helm chart:"
                                + " use the object below upstream.backstage.appConfig in a file of its own",
                        "other.yaml:2: these are values of a Helm chart:"
                                + " use the object below backstage.appConfig in a file of its own");
    }

    @Test
    void aFileOfAnotherKindHasARemedy() {
        config.file("cr.yaml", "apiVersion: rhdh.redhat.com/v1alpha3\nkind: Backstage\nspec: {}\n")
                .file("secret.yaml", "apiVersion: v1\nkind: Secret\nstringData: {app.yaml: 'hello: {}'}\n")
                .file("list.yaml", "includes: []\nplugins:\n  - package: hello.jar\n");

        assertThat(config.faultsOf("cr.yaml", "secret.yaml", "list.yaml"))
                .containsExactly(
                        "cr.yaml:2: this is a Kubernetes Backstage: write the content of the ConfigMap that it names to a"
                                + " file of its own",
                        "secret.yaml:2: this is a Kubernetes Secret: extract its key app.yaml to a file of its own",
                        "list.yaml:2: this is a list of dynamic plugins, not a configuration: write its path to the key"
                                + " dynamicPlugins.file");
    }

    @Test
    void aFileWithSeveralKubernetesObjectsIsNamed() {
        String resource = "apiVersion: rhdh.redhat.com/v1alpha3\nkind: Backstage\nspec: {}\n";
        config.file("both.yaml", resource + "---\napiVersion: v1\nkind: ConfigMap\ndata: {app.yaml: 'hello: {}'}\n")
                .file("resources.yaml", resource + "---\n" + resource)
                .file("broken.yaml", resource + "---\n'");

        assertThat(config.faultsOf("both.yaml", "resources.yaml", "broken.yaml"))
                .containsExactly(
                        "both.yaml:2: this file holds Kubernetes objects: extract the key app.yaml to a file of its own",
                        "resources.yaml:2: this file holds Kubernetes objects: write the content of a ConfigMap to a file"
                                + " of its own",
                        "broken.yaml:2: this file holds Kubernetes objects: write the content of a ConfigMap to a file of"
                                + " its own");
    }

    @Test
    void aFileThatIsNotAnObjectIsAProblem() {
        config.file("app.yaml", "- hello\n");

        assertThatThrownBy(() -> config.load("app.yaml"))
                .hasMessage("app.yaml:1: must contain an object, not an array");
    }

    @Test
    void anotherEncodingIsNamed() throws Exception {
        Files.write(
                folder.resolve("app.yaml"),
                "hello:\n  salutation: J\u00fcrgen\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> config.load("app.yaml"))
                .hasMessage("app.yaml: cannot be read: it is not UTF-8: byte 0xFC at line 2");
    }

    @Test
    void anEmptyFileIsAllowed() {
        record Names(List<String> names) {}

        assertThat(config.file("app.yaml", "# nothing yet\n").load("app.yaml").bind("hello", Names.class))
                .isEqualTo(new Names(List.of()));
    }

    @Test
    void aRecursiveAliasIsAProblem() {
        config.file("app.yaml", "hello: &a [*a]\n");

        assertThatThrownBy(() -> config.load("app.yaml")).hasMessageContaining("an alias contains itself");
    }

    @Test
    void tooDeepNestingIsAProblemWithItsLine() {
        config.file("app.yaml", "hello:\n  name: " + "[".repeat(60_000) + "]".repeat(60_000) + "\n");

        assertThatThrownBy(() -> config.load("app.yaml"))
                .hasMessageContaining("app.yaml:2: is not valid YAML: nested deeper than 50 levels");
    }

    @Test
    void limitsOfTheParserAreExplained() {
        config.file("tag.yaml", "hello: {salutation: !!java.net.URL [http://x]}\n")
                .file("two.yaml", "hello: {salutation: Hi}\n---\nhello: {}\n")
                .file("version.yaml", "%YAML 9\n---\nhello: {}\n");

        assertThat(config.faultsOf("tag.yaml", "two.yaml", "version.yaml"))
                .containsExactly(
                        "tag.yaml:1:21: is not valid YAML: the tag 'tag:yaml.org,2002:java.net.URL' is not"
                                + " supported; write the value without a tag",
                        "two.yaml:2:1: is not valid YAML: a second document begins here, after '---';"
                                + " write it to a file of its own",
                        "version.yaml:1:8: is not valid YAML: %YAML names no version; write %YAML 1.2, or remove the line");
    }

    @Test
    void tabsMaySeparateButNotIndent() {
        config.file("app.yaml", "# ü\nhello:\t# greets\n  salutation:\t\"Hi\"\t# both\t\n")
                .file("indented.yaml", "hello:\n\tsalutation: Hi\n");

        assertThat(config.load("app.yaml").bind("hello", Greeting.class).salutation())
                .isEqualTo("Hi");
        assertThat(config.faultsOf("indented.yaml"))
                .singleElement()
                .asString()
                .isEqualTo("indented.yaml:2:1: is not valid YAML: a tab cannot indent: write blanks");
    }

    @Test
    void anObjectCanHaveHundredsOfAliases() {
        config.file("app.yaml", "a: &a {b: c}\nhello: {salutation: Hi}\nlist: [" + "*a, ".repeat(500) + "*a]\n");

        assertThat(config.load("app.yaml").bind("hello", Greeting.class).salutation())
                .isEqualTo("Hi");
    }

    @Test
    void exponentialAliasesAreAProblem() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i <= 20; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        config.file("app.yaml", bomb.toString());

        assertThatThrownBy(() -> config.load("app.yaml"))
                .hasMessageContaining("app.yaml:")
                .hasMessageContaining("has more than 100000 values, counting the values behind each alias");
    }

    @Test
    void yamlMergeKeysAreSupported() {
        config.file("app.yaml", """
                base: &base {salutation: Hi}
                hello: {<<: *base, names: [ada]}
                """);

        assertThat(config.load("app.yaml").bind("hello", Greeting.class).salutation())
                .isEqualTo("Hi");
    }

    @Test
    void aSectionOfAPluginThatWasNotCopiedNamesTheJar() {
        config.file("optional-plugins/bell-2.0.0.jar", "")
                .file("app.yaml", """
                        bell: {}
                        belll: {}
                        """)
                .load("app.yaml")
                .noteUnusedSections(Set.of("hello"));

        assertThat(config.ignored()).isEmpty();
        assertThat(config.warnings())
                .contains("app.yaml:1: bell: has no effect: there is no plugin 'bell'. To use it, copy "
                        + folder.resolve("optional-plugins/bell-2.0.0.jar") + " to the plugin folder");
    }

    @Test
    void unusedSectionsAreReported() {
        config.file("app.yaml", """
                        app: {title: x}
                        backend: {database: {plugin: {hello: {}, helo: {}, catalog: {}}}}
                        hello: {}
                        organization: {name: y}
                        helo: {}
                        logs: {}
                        """).load("app.yaml").noteUnusedSections(Set.of("hello"));

        assertThat(config.ignored()).containsExactly("app", "organization", "backend.database.plugin.catalog");
        assertThat(config.warnings())
                .containsExactly(
                        "app.yaml:5: helo: belongs to no plugin and has no effect; did you mean 'hello'?",
                        "app.yaml:6: logs: belongs to no plugin and has no effect; did you mean 'log'?",
                        "app.yaml:2: backend.database.plugin.helo: belongs to no plugin and has no effect; did you mean 'hello'?");
    }
}
