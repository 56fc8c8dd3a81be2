package dev.belfry.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.host.settings.HostSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubstitutionTest {

    @TempDir
    Path folder;

    private ConfigFolder config;

    record Hello(String text) {}

    @BeforeEach
    void folder() {
        config = new ConfigFolder(folder).variable("NAME", "ada").variable("EMPTY", "");
    }

    private String read(String value) {
        return config.file("app.yaml", "hello:\n  text: " + value + "\n")
                .load("app.yaml")
                .bind("hello", Hello.class)
                .text();
    }

    private void hostFault(String content, String fault) {
        assertThatThrownBy(
                        () -> HostSettings.from(config.file("app.yaml", content).load("app.yaml")))
                .hasMessageContaining(fault);
    }

    @Test
    void aDirectiveBesideOtherKeysIsAProblem() {
        config.file("rest.yaml", "belfry: { dataDirectory: d }");
        hostFault(
                "$include: rest.yaml\nbackend: { listen: 1 }",
                "app.yaml:1: $include: must be the only key of its object");
        hostFault(
                "backend: { listen: 1, $include: rest.yaml }",
                "app.yaml:1: backend.$include: must be the only key of its object");
    }

    @Test
    void variablesAreSubstituted() {
        assertThat(read("Hi ${NAME}, ${NAME}!")).isEqualTo("Hi ada, ada!");
    }

    @Test
    void aDefaultReplacesAMissingOrEmptyVariable() {
        assertThat(read("${MISSING:-eve} ${EMPTY:-bob} ${NAME:-eve}")).isEqualTo("eve bob ada");
    }

    @Test
    void anEmptyDefaultIsADefault() {
        assertThat(read("'<${MISSING:-}>'")).isEqualTo("<>");
    }

    @Test
    void aDefaultMayContainReferencesAndBraces() {
        assertThat(read("'${MISSING:-${NAME}} ${MISSING:-${EMPTY:-${NAME:-eve}}} ${NAME:-${MISSING}}!'"))
                .isEqualTo("ada ada ada!");
        assertThat(read("'${MISSING:-{\"a\": {}}} ${NAME:-{}}'")).isEqualTo("{\"a\": {}} ada");
        assertThat(read("'${MISSING:-$${NAME}}'")).isEqualTo("${NAME}");
        assertThatThrownBy(() -> read("${MISSING:-${NEITHER}}")).hasMessageContaining("variable NEITHER is not set");
    }

    @Test
    void aReferenceThatDoesNotEndIsReported() {
        for (String text : List.of("x${NAME", "${NAME:-${MISSING:-x}", "${ NAME ")) {
            assertThatThrownBy(() -> read("'" + text + "'"))
                    .hasMessageContaining("has no } at its end; write $$" + text.substring(text.indexOf('{')));
        }
    }

    @Test
    void textThatIsNoReferenceStays() {
        assertThat(read("'${{ inputs.name }} ${a{b} ${ $ {NAME}'")).isEqualTo("${{ inputs.name }} ${a{b} ${ $ {NAME}");
    }

    @Test
    void aDoubledDollarIsALiteralDollar() {
        assertThat(read("$${NAME} costs $5")).isEqualTo("${NAME} costs $5");
    }

    @Test
    void valuesOfVariablesAreNotSubstitutedAgain() {
        config.variable("TRICKY", "${NAME}\\1$0");

        assertThat(read("${TRICKY}")).isEqualTo("${NAME}\\1$0");
    }

    @Test
    void aMissingVariableIsReportedWithFileAndPath() {
        assertThatThrownBy(() -> read("${MISSING}"))
                .hasMessage("app.yaml:2: hello.text: the environment variable MISSING is not set;"
                        + " set it, or write ${MISSING:-default}");
    }

    @Test
    void aMissingVariableOfAnUnusedSectionIsIgnored() {
        config.file("app.yaml", "integrations: {github: [{token: '${GITHUB_TOKEN}'}]}\nhello: {text: x}\n");

        assertThat(config.load("app.yaml").bind("hello", Hello.class).text()).isEqualTo("x");
    }

    @Test
    void aMissingVariableThatALaterFileReplacesIsIgnored() {
        config.file("base.yaml", "hello: {text: '${MISSING}'}").file("late.yaml", "hello: {text: x}");

        assertThat(config.load("base.yaml", "late.yaml")
                        .bind("hello", Hello.class)
                        .text())
                .isEqualTo("x");
    }

    @Test
    void aReferencedFileIsReadRelativeToTheConfigurationFileAndTrimmed() {
        config.file("secrets/password", " s3cret\n").file("secrets/app.yaml", "hello: {text: {$file: password}}");

        assertThat(config.load("secrets/app.yaml").bind("hello", Hello.class).text())
                .isEqualTo("s3cret");
    }

    @Test
    void aReferencedFileMayHaveAByteOrderMarkAndMustBeUtf8() throws IOException {
        config.file("secret", "\uFEFFs3cret\n");
        assertThat(read("{$file: secret}")).isEqualTo("s3cret");

        Files.write(folder.resolve("secret"), "a\nb\nGeläut\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read("{$file: secret}"))
                .hasMessage(
                        "app.yaml:2: hello.text: the file 'secret' cannot be read: it is not UTF-8: byte 0xE4 at line 3");
    }

    @Test
    void aMissingReferencedFileIsReported() {
        assertThatThrownBy(() -> read("{$file: nowhere}"))
                .hasMessage("app.yaml:2: hello.text: the file 'nowhere' does not exist; looked for "
                        + folder.resolve("nowhere") + ", " + folder.resolve("packages/backend/nowhere"));
    }

    @Test
    void aVariableMayBeAWholeValue() {
        assertThat(read("{$env: NAME}")).isEqualTo("ada");
        assertThatThrownBy(() -> read("{$env: MISSING}")).hasMessageContaining("variable MISSING is not set");
    }

    @Test
    void aLaterFileMayReplaceOneReferenceByAnother() {
        config.file("secret", "from file")
                .file("base.yaml", "hello: {text: {$env: NAME}}")
                .file("late.yaml", "hello: {text: {$file: secret}}");

        assertThat(config.load("base.yaml", "late.yaml")
                        .bind("hello", Hello.class)
                        .text())
                .isEqualTo("from file");
    }

    @Test
    void aPartOfAnotherFileMayBeIncluded() {
        config.file("parts/all.yaml", "greetings: {short: 'Hi ${NAME}'}")
                .file("app.yaml", "hello: {text: {$include: 'parts/all.yaml#greetings.short'}}");

        assertThat(config.load("app.yaml").bind("hello", Hello.class).text()).isEqualTo("Hi ada");
    }

    @Test
    void referencedFilesAreSoughtLikeOtherFiles() {
        config.file("elsewhere/secret", "s3cret")
                .file("elsewhere/all.yaml", "hello: {text: Hi}")
                .variable("BELFRY_CALLER", folder.resolve("elsewhere").toString());

        assertThat(read("{$file: secret}")).isEqualTo("s3cret");
        assertThat(read("{$include: 'all.yaml#hello.text'}")).isEqualTo("Hi");
        assertThat(config.notices().all())
                .containsExactly("app.yaml:2: 'all.yaml' is " + folder.resolve("elsewhere/all.yaml"));
    }

    @Test
    void anIncludedFileIsNamedWithItsWholePath() {
        config.file("parts/bell.yaml", "\ntone: low\n").file("app.yaml", "notifications: {$include: parts/bell.yaml}");

        record Notifications(Optional<String> topic) {}
        config.load("app.yaml").bind("notifications", Notifications.class);

        assertThat(config.warnings())
                .containsExactly(
                        folder.resolve("parts/bell.yaml") + ":2: notifications.tone: unknown key, which has no effect");
    }

    @Test
    void aWholeFileMayBeOneDirective() {
        config.file("parts/rest.yaml", "hello: {text: {$file: secret}}")
                .file("parts/secret", "s3cret")
                .file("app.yaml", "$include: parts/rest.yaml")
                .file("late.yaml", "$include: missing.yaml")
                .file("text.yaml", "$env: NAME");

        assertThat(config.load("app.yaml").bind("hello", Hello.class).text()).isEqualTo("s3cret");
        assertThat(config.faultsOf("late.yaml", "text.yaml"))
                .satisfiesExactly(
                        fault -> assertThat(fault)
                                .startsWith("late.yaml:1: the file 'missing.yaml' does not exist; looked for "),
                        fault -> assertThat(fault).isEqualTo("text.yaml:1: must contain an object, not a string"));
    }

    @Test
    void aValueThatDoesNotFitIsNamedWithItsVariables() {
        record Numbers(int port, Optional<Integer> size) {}
        config.variable("PORT", "abc").file("app.yaml", "hello: {port: '${PORT}', size: '${NAME}-${PORT}'}");
        config.file("empty.yaml", "hello: {port: '${EMPTY}', size: '${EMPTY:-many}'}");

        assertThatThrownBy(() -> config.load("app.yaml").bind("hello", Numbers.class))
                .hasMessageContainingAll(
                        "app.yaml:1: hello.port: must be a whole number, not the value of the variable PORT",
                        "app.yaml:1: hello.size: must be a whole number, not the values of the variables"
                                + " NAME, PORT");
        assertThatThrownBy(() -> config.load("empty.yaml").bind("hello", Numbers.class))
                .hasMessageContainingAll(
                        "empty.yaml:1: hello.port: must be a whole number, not the value of the variable EMPTY,"
                                + " which is empty",
                        "empty.yaml:1: hello.size: must be a whole number, not 'many'");
    }

    @Test
    void aValueThatARuleRefusesIsNamedByItsVariable() {
        config.variable("PASSWORD", "hunter2:top")
                .file("app.yaml", """
                backend:
                  database: {client: pg, connection: {host: '${PASSWORD}'}}
                dynamicPlugins: {trust: any, plugins: [{package: a.jar, integrity: '${PASSWORD}'}]}
                """)
                .file("empty.yaml", "backend: {database: {client: pg, connection: {host: '${EMPTY}'}}}")
                .file("folder.yaml", "backend: {database: {connection: '${EMPTY}'}}");

        assertThatThrownBy(() -> HostSettings.from(config.load("app.yaml")))
                .hasMessageContaining(
                        "app.yaml:2: backend.database.connection.host: must be the name or the address of one host"
                                + " without a port, not the value of the variable PASSWORD; connection.port")
                .hasMessageNotContaining("hunter2");
        assertThat(config.warnings())
                .anyMatch(warning -> warning.contains("dynamicPlugins.plugins[0].integrity")
                        && warning.contains("the value of the variable PASSWORD"))
                .noneMatch(warning -> warning.contains("hunter2"));
        config.file("part.yaml", "backend: {listen: '${PASSWORD}.example:7007'}\nauth: {providers: {guest: {}}}\n");
        assertThatThrownBy(() -> HostSettings.from(
                        config.variable("PASSWORD", "hunter2top").load("part.yaml")))
                .hasMessageContaining("not the value of the variable PASSWORD")
                .hasMessageNotContaining("hunter2top");
        assertThatThrownBy(() -> HostSettings.from(config.load("empty.yaml")))
                .hasMessageContaining("not the value of the variable EMPTY, which is empty; connection.port");
        assertThatThrownBy(() -> HostSettings.from(config.load("folder.yaml")))
                .hasMessageContaining(
                        "backend.database.connection: is empty: write a path, or remove the key (the value of the variable EMPTY,"
                                + " which is empty)");
    }

    @Test
    void aFileThatIncludesItselfIsAProblem() {
        config.file("app.yaml", "hello: {text: {$include: 'app.yaml#hello.text'}}");

        assertThatThrownBy(() -> config.load("app.yaml").bind("hello", Hello.class))
                .hasMessageContaining("includes itself");
    }
}
