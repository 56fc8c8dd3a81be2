package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Mistakes at the command line: one plain line with the reason, and never a stack trace or a secret. */
class WrongCallsTest {

    private static final String NOBODY = "http://127.0.0.1:9";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = BelfryCommand.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private String firstLine() {
        return err.toString().lines().findFirst().orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc\rsecret", "abc secret", "abc\u00e4secret", "abc\nsecret"})
    void aTokenThatAHeaderCannotHaveIsRefusedWithoutItsValue(String token) {
        assertThat(run("plugins", "list", "--url", NOBODY, "--token", token)).isEqualTo(2);
        assertThat(firstLine()).startsWith("--token has a character that a token cannot have");
        assertThat(out + err.toString()).doesNotContain("secret");
    }

    @Test
    void blanksAtTheEndsOfATokenAreNotPartOfIt() {
        assertThat(BearerToken.of("BELFRY_TOKEN", " abc\r\n")).isEqualTo("abc");
        assertThat(run("plugins", "list", "--url", NOBODY, "--token", " abc\r\n"))
                .isEqualTo(1);
        assertThat(firstLine()).startsWith("no host answers at " + NOBODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:7007",
                "ftp://localhost",
                "http://",
                "http:/localhost",
                "a b",
                "http://ada:secret@localhost"
            })
    void aUrlOfAnotherKindIsRefused(String url) {
        assertThat(run("plugins", "list", "--url", url)).isEqualTo(2);
        assertThat(firstLine()).contains("'--url': it must begin with http:// or https://");
        assertThat(err.toString()).doesNotContain("secret", "Exception");
    }

    static Stream<List<String>> callsWithAFolder() {
        return Stream.of(
                List.of("FILE", "notifications", "import", "FOLDER", "--url", NOBODY),
                List.of("FILE", "restore", "FOLDER"),
                List.of("--message-file", "send", "x", "--everyone", "--message-file", "FOLDER", "--url", NOBODY),
                List.of("JAR", "plugins", "sign", "FOLDER", "--keystore", "x", "--password=x"),
                List.of("--keystore", "plugins", "sign", "JAR", "--keystore", "FOLDER", "--password=x"));
    }

    @ParameterizedTest
    @MethodSource("callsWithAFolder")
    void aFolderInPlaceOfAFileIsRefused(List<String> call) {
        String jar = PluginJar.of(ProbePlugin.class, "probe", "1.2.0")
                .writeTo(folder.resolve("probe.jar"))
                .toString();
        String[] arguments = call.stream()
                .skip(1)
                .map(part -> part.equals("FOLDER") ? folder.toString() : part.equals("JAR") ? jar : part)
                .toArray(String[]::new);

        assertThat(run(arguments)).isEqualTo(2);
        assertThat(firstLine()).isEqualTo(call.getFirst() + ": " + folder + " is a folder, not a file");
    }

    @Test
    void aFileThatIsNoKeystoreAndAFileThatIsNoJarAreRefusedInPlainWords() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jar"), "text");
        String jar = PluginJar.of(ProbePlugin.class, "probe", "1.2.0")
                .writeTo(folder.resolve("probe.jar"))
                .toString();

        assertThat(run("plugins", "sign", jar, "--keystore", text.toString(), "--password=x"))
                .isEqualTo(2);
        assertThat(firstLine()).isEqualTo("--keystore: " + text + " cannot be read: it is no PKCS12 keystore");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aMissingFolderIsNamedAndNotAFileInIt() {
        Path missing = folder.resolve("missing");

        assertThat(run("plugins", "entries", folder.toString(), "--output", missing.resolve("f") + ""))
                .isEqualTo(1);
        assertThat(err.toString()).contains("the folder " + missing + " does not exist");
        err.getBuffer().setLength(0);
        assertThat(run("notifications", "export", "--url", NOBODY, "--output", missing.resolve("f") + ""))
                .isEqualTo(2);
        assertThat(firstLine()).isEqualTo("--output: the folder " + missing + " does not exist");
    }

    @Test
    void entriesSaysHowManyAreWrittenAndWhichJarsAreNoPlugins() throws IOException {
        PluginJar.of(ProbePlugin.class, "probe", "1.2.0").writeTo(folder.resolve("probe.jar"));
        try (var library = new java.util.jar.JarOutputStream(Files.newOutputStream(folder.resolve("lib.jar")))) {
            library.putNextEntry(new java.util.zip.ZipEntry("x"));
        }
        Path list = folder.resolve("list.yaml");

        assertThat(run("plugins", "entries", folder.toString(), "--output", list.toString()))
                .isZero();

        assertThat(out.toString()).isEqualTo("2 entries written to " + list + System.lineSeparator());
        assertThat(err.toString())
                .isEqualTo("WARN lib.jar is no plugin: its manifest has no Plugin-Id" + System.lineSeparator());
    }

    static Stream<List<String>> callsWithAWrongRef() {
        return Stream.of(
                List.of("--to", "send", "x", "--to", "not a ref!!"),
                List.of("--to-group", "send", "x", "--to-group", "not a ref!!"),
                List.of("USER", "inbox", "not a ref!!"),
                List.of("USER", "users", "check", "not a ref!!"),
                List.of("--user", "plugins", "list", "--user", "not a ref!!"),
                List.of("ID", "plugins", "enable", "not a ref!!"));
    }

    @ParameterizedTest
    @MethodSource("callsWithAWrongRef")
    void aWrongRefIsRefusedBeforeTheHostIsAsked(List<String> call) {
        String[] arguments =
                Stream.concat(call.stream().skip(1), Stream.of("--url", NOBODY)).toArray(String[]::new);

        assertThat(run(arguments)).isEqualTo(2);
        assertThat(firstLine()).startsWith(call.getFirst() + ": ").contains("not a ref!!");
    }

    static Stream<List<String>> wordsOfPicocli() {
        return Stream.of(
                List.of(
                        "Value for option '--action' (TITLE=URL) should be in the form TITLE=URL",
                        "send",
                        "x",
                        "--everyone",
                        "--action",
                        "y"),
                List.of("Some of the options exclude each other", "send", "x", "--everyone", "--to", "ada"),
                List.of("The command does not have the argument", "version", "x"),
                List.of("Invalid value for option '--port': 'x' is no whole number", "demo", "--port", "x"));
    }

    @ParameterizedTest
    @MethodSource("wordsOfPicocli")
    void faultsOfACallAreInPlainWords(List<String> call) {
        assertThat(run(call.stream().skip(1).toArray(String[]::new))).isEqualTo(2);
        assertThat(firstLine()).startsWith(call.getFirst());
    }

    @Test
    void misspelledAttributesOfAManifestAreNamed() throws IOException {
        Path jar = PluginJar.of(ProbePlugin.class, "probe", "1.2.0")
                .attribute("Plugin-Dependancies", "notifications")
                .attribute("Plugin-Homepage", "https://example.org")
                .writeTo(folder.resolve("probe.jar"));

        Path config = Files.writeString(folder.resolve("app.yaml"), "dynamicPlugins: { trust: any }");

        run("plugins", "verify", "--config", config.toString(), jar.toString());

        assertThat(out.toString())
                .contains("WARN the attribute 'Plugin-Dependancies' of its manifest has no effect; did you mean"
                        + " 'Plugin-Dependencies'?")
                .doesNotContain("Homepage");
    }

    @Test
    void theLinesOfTheHelpFitATerminal() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(out.toString()).contains("BELFRY_KEYSTORE_PASSWORD");
    }
}
