package dev.belfry.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher in unusual environments. Shell scripts call it, because this JVM itself may have a locale in which it cannot name the
 * files.
 */
@Tag("soak")
class EnvironmentTest {

    /** Letters beyond ASCII, blanks and both quotes. */
    private static final String ODD = "Größe 'x\\\" 鐘";

    private static final String CLEAN =
            "env -i PATH=/usr/bin:/bin JAVA_HOME=" + quoted(System.getProperty("java.home"));

    @TempDir
    private Path folder;

    private record Result(int status, String output) {}

    @BeforeEach
    void install() throws IOException {
        Installation.in(folder.resolve("inst"));
        Files.writeString(folder.resolve("app.yaml"), """
                backend: { listen: { host: 127.0.0.1, port: 0 } }
                belfry: { dataDirectory: dätä }
                dynamicPlugins: { rootDirectory: plügins }
                """);
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0").writeTo(folder.resolve("probe.jar"));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Runs a script in the folder. */
    private Result run(String... lines) throws Exception {
        Path script = Files.writeString(folder.resolve("script"), "set -eu\n" + String.join("\n", lines));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder("sh", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Result(process.waitFor(), Files.readString(output));
    }

    /** A script that moves everything into folders, and to names, that are odd. */
    private static String odd() {
        return "odd=\"" + ODD
                + "\"; mkdir \"$odd\" \"$odd/plügins\"; mv inst \"$odd/ïnst\"; mv app.yaml \"$odd/äpp.yaml\"\n"
                + "mv probe.jar \"$odd/plügins/pröbe 1.jar\"";
    }

    private void requireUtf8Locale() throws Exception {
        assumeTrue(run("LC_ALL=C.UTF-8 locale charmap").output().strip().equals("UTF-8"), "there is no locale C.UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "LC_ALL=C", "LC_ALL=POSIX", "LANG=C", "LC_CTYPE=C LANG=C", "LANG=xx_YY.UTF-8"})
    void namesBeyondAsciiWorkInAsciiLocales(String locale) throws Exception {
        requireUtf8Locale();
        Result result = run(
                odd(), CLEAN + " " + locale + " \"$odd/ïnst/belfry\" doctor --config \"$odd/äpp.yaml\"", "ls \"$odd\"");

        assertThat(result.output())
                .contains("ok    data directory", "dätä can be written", "ok    plugin: pröbe 1.jar would be accepted")
                .doesNotContain("WRONG");
        assertThat(result.status()).isZero();
    }

    @Test
    void aHostStartsInAnAsciiLocaleWithNamesBeyondAscii() throws Exception {
        requireUtf8Locale();
        Result result = run(
                odd(),
                CLEAN + " LC_ALL=C \"$odd/ïnst/belfry\" start --config \"$odd/äpp.yaml\" >started 2>&1 &",
                "host=$!",
                "tries=0",
                "while ! grep -q '^serving' started && kill -0 $host && [ $tries -lt 600 ]; do",
                "  sleep 0.1; tries=$((tries + 1)); done",
                "kill $host || true",
                "wait $host || true",
                "cat started",
                "ls \"$odd/dätä\"");

        assertThat(result.output()).contains("plugin    probe 1.0.0 (from pröbe 1.jar) runs", "serving ", "plugins");
        assertThat(result.status()).isZero();
    }

    /** A launcher whose Java prints its locale and its arguments. */
    private static String fakeJava() {
        return """
                mkdir -p jdk/bin
                echo 'JAVA_VERSION="25"' >jdk/release
                echo '#!/bin/sh
                echo "LC_ALL=${LC_ALL-} LANG=${LANG-} LC_CTYPE=${LC_CTYPE-}"' >jdk/bin/java
                chmod +x jdk/bin/java
                """;
    }

    @Test
    void otherLocalesAreKept() throws Exception {
        requireUtf8Locale();
        String launcher = "env -i PATH=/usr/bin:/bin JAVA_HOME=\"$PWD/jdk\" %s inst/belfry version";

        assertThat(run(fakeJava(), launcher.formatted("LANG=C.UTF-8")).output())
                .isEqualTo("LC_ALL= LANG=C.UTF-8 LC_CTYPE=\n");
        assertThat(run(fakeJava(), launcher.formatted("LC_CTYPE=C.UTF-8 LANG=C"))
                        .output())
                .isEqualTo("LC_ALL= LANG=C LC_CTYPE=C.UTF-8\n");
        assertThat(run(fakeJava(), launcher.formatted("LANG=C")).output())
                .isEqualTo("LC_ALL=C.UTF-8 LANG=C LC_CTYPE=\n");
    }

    /** A shell has no such variables. */
    @Test
    void variablesWithHyphensReachTheConfiguration() throws Exception {
        String key = "APP_CONFIG_permission_rbac_policies-csv-file";
        Result result = run(CLEAN + " '" + key
                + "=a b.csv' 'APP_CONFIG_app_sub-title=two\nlines *' APP_CONFIG_permission_enabled=true"
                + " inst/belfry config check --config app.yaml || true");

        assertThat(result.output()).contains(key + ": permission.rbac.policies-csv-file: 'a b.csv' does not exist");
    }

    @Test
    void anInstallationBelowAColonIsRefused() throws Exception {
        Result result = run("mkdir a:b", "mv inst a:b/inst", CLEAN + " a:b/inst/belfry version");

        assertThat(result.output())
                .endsWith("a:b/inst, has a colon, which separates the entries of a class path; move the"
                        + " installation.\n");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void noVariableIsNeeded() throws Exception {
        assertThat(run(CLEAN + " inst/belfry version")).satisfies(result -> {
            assertThat(result.output()).startsWith("belfry ");
            assertThat(result.status()).isZero();
        });
        // Without JAVA_HOME, the search for a JDK also looks below the home directory.
        assertThat(run("env -i PATH=/usr/bin:/bin inst/belfry version").output())
                .containsAnyOf("belfry 0", "no JDK 25 or newer")
                .doesNotContain("HOME:");
    }

    @Test
    void aSymbolicLinkFromAnotherFolderFindsTheInstallationAndTheCallersFiles() throws Exception {
        Result result = run(
                "mkdir plügins bin caller; mv probe.jar plügins; ln -s ../inst/belfry bin/b; ln -s \"$PWD/bin/b\" caller/c",
                "cd caller",
                CLEAN + " LC_ALL=C.UTF-8 ./c config check --config ../app.yaml");

        assertThat(result.status()).isZero();
        assertThat(result.output()).endsWith("../app.yaml is without fault\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-inst/belfry", "./-inst/belfry"})
    void aPathMayBeginWithADash(String launcher) throws Exception {
        Result result = run(
                "mv -- inst -inst; mkdir plügins; mv probe.jar plügins; mv app.yaml ./-app.yaml",
                CLEAN + " LC_ALL=C.UTF-8 PATH=\"$PATH\" sh -c '\"$@\"' sh " + launcher
                        + " config check --config -app.yaml");

        assertThat(result.status()).isZero();
        assertThat(result.output()).endsWith("-app.yaml is without fault\n");
    }

    @Test
    void nothingIsWrittenToTheInstallation() throws Exception {
        Result result = run(
                "mkdir plügins; chmod -R a-w inst; find inst | sort >before",
                CLEAN + " LC_ALL=C.UTF-8 inst/belfry doctor --config app.yaml",
                "find inst | sort >after; chmod -R u+w inst; cmp before after; ls");

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(List.of(result.output().split("\n"))).contains("dätä");
    }
}
