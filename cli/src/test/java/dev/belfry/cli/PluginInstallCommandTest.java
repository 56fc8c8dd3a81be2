package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.trust.PluginTrust;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PluginInstallCommandTest {

    private static final String WRONG = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    @TempDir
    private Path folder;

    private final StringWriter printed = new StringWriter();
    private Path jar;
    private Path plugins;

    @BeforeEach
    void writeAJar() throws IOException {
        jar = PluginJar.of(ProbePlugin.class, "probe", "1.2.0").writeTo(folder.resolve("probe.jar"));
        plugins = folder.resolve("plugins");
        configure("");
    }

    private void configure(String trust) throws IOException {
        Files.writeString(
                folder.resolve("app.yaml"),
                "belfry: {dataDirectory: data, outgoing: {allow: 127.0.0.1}}\n"
                        + "dynamicPlugins: {rootDirectory: plugins" + trust + "}\n");
    }

    private int install(String... arguments) {
        printed.getBuffer().setLength(0);
        CommandLine command = BelfryCommand.commandLine();
        command.setOut(new PrintWriter(printed, true));
        command.setErr(new PrintWriter(printed, true));
        String[] all = new String[arguments.length + 4];
        all[0] = "plugins";
        all[1] = "install";
        all[2] = "--config";
        all[3] = folder.resolve("app.yaml").toString();
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return command.execute(all);
    }

    @Test
    void aVerifiedJarIsPutIntoTheFolderOfPluginsAndReplacesTheFileOfItsName() throws Exception {
        assertThat(install(jar.toString())).isZero();

        assertThat(printed.toString())
                .contains(
                        "probe.jar: installed as " + plugins.resolve("probe.jar"),
                        "entry: {package: probe.jar, integrity: " + PluginTrust.integrityOf(jar) + "}");
        assertThat(plugins.resolve("probe.jar")).hasSameBinaryContentAs(jar);
        assertThat(plugins).isDirectoryNotContaining("glob:**.part");

        PluginJar.of(ProbePlugin.class, "probe", "1.3.0").writeTo(jar);
        assertThat(install(jar.toString(), "--integrity", PluginTrust.integrityOf(jar)))
                .isZero();
        assertThat(plugins.resolve("probe.jar")).hasSameBinaryContentAs(jar);
    }

    @Test
    void nothingIsInstalledIfTheIntegrityDiffersOrAHostWouldRefuseTheJar() throws Exception {
        assertThat(install(jar.toString(), "--integrity", WRONG)).isOne();
        assertThat(printed.toString())
                .contains("its content is not what --integrity expects: the integrity is sha256-");

        assertThat(install(jar.toString(), "--integrity", "sha1-abc")).isEqualTo(2);
        assertThat(printed.toString()).contains("--integrity must be sha512-, sha384- or sha256- and a hash in base64");

        Files.writeString(jar, "no zip");
        assertThat(install(jar.toString())).isOne();
        assertThat(printed.toString())
                .contains("probe.jar: not installed:", "it is not a readable JAR")
                .doesNotContain("entry:");

        Path text = Files.writeString(folder.resolve("probe.txt"), "");
        assertThat(install(text.toString())).isOne();
        assertThat(printed.toString()).contains("names end in .jar");

        assertThat(install(folder.resolve("absent.jar").toString())).isOne();
        assertThat(printed.toString()).contains("there is no such file");
        assertThat(plugins).doesNotExist();
    }

    @Test
    void anotherFileOfThePluginIsReplacedUnlessItsVersionIsHigher() throws Exception {
        assertThat(install(jar.toString())).isZero();
        Path renamed = PluginJar.of(ProbePlugin.class, "probe", "1.2.0").writeTo(folder.resolve("probe-1.2.0.jar"));
        Path other = PluginJar.of(ProbePlugin.class, "other", "1.0.0").writeTo(folder.resolve("other.jar"));
        assertThat(install(other.toString())).isZero();
        assertThat(printed.toString()).doesNotContain("removed");

        assertThat(install(renamed.toString())).isZero();
        assertThat(printed.toString())
                .contains(
                        "installed as " + plugins.resolve("probe-1.2.0.jar"),
                        "in place of " + plugins.resolve("probe.jar") + ", which is removed");
        assertThat(plugins).isDirectoryContaining("glob:**/probe-1.2.0.jar").isDirectoryContaining("glob:**/other.jar");
        assertThat(plugins.resolve("probe.jar")).doesNotExist();

        Path older = PluginJar.of(ProbePlugin.class, "probe", "1.1.0").writeTo(folder.resolve("probe-1.1.0.jar"));
        assertThat(install(older.toString())).isOne();
        assertThat(printed.toString())
                .contains(
                        "not installed: " + plugins.resolve("probe-1.2.0.jar") + " is version 1.2.0 of 'probe'",
                        "To go back to version 1.1.0, remove that file, and install again");
        assertThat(plugins.resolve("probe-1.1.0.jar")).doesNotExist();
        assertThat(plugins.resolve("probe-1.2.0.jar")).exists();
    }

    @Test
    void aWrongCallIsReportedInAFewLines() {
        assertThat(install("--integrety", "x")).isEqualTo(2);

        assertThat(printed.toString().lines().toList())
                .hasSizeLessThan(10)
                .last()
                .isEqualTo("Try './belfry plugins install --help'.");
        assertThat(printed.toString())
                .startsWith("Unknown option: '--integrety'")
                .contains("--integrity", "Usage: belfry plugins install")
                .doesNotContain("Exit codes");
    }

    @Test
    void whereJarsMustBeListedTheEntryCanFollow() throws Exception {
        configure(", trust: listed");

        assertThat(install(jar.toString())).isZero();

        assertThat(printed.toString())
                .contains("the host accepts the JAR as soon as the entry is in dynamicPlugins.plugins");
        configure(", trust: listed, plugins: [{package: probe.jar, integrity: " + PluginTrust.integrityOf(jar) + "}]");
        assertThat(install(jar.toString())).isZero();
        assertThat(printed.toString()).doesNotContain("as soon as");

        PluginJar.of(ProbePlugin.class, "probe", "1.3.0").writeTo(jar);
        assertThat(install(jar.toString())).isOne();
        assertThat(printed.toString()).contains("not installed:", "app.yaml:2 expects");
    }

    @Test
    void aUrlNeedsAnIntegrityAndIsDownloaded() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        byte[] content = Files.readAllBytes(jar);
        server.createContext("/files/", exchange -> {
            boolean isThere = exchange.getRequestURI().getPath().endsWith("/probe-1.2.0.jar");
            exchange.sendResponseHeaders(isThere ? 200 : 404, isThere ? content.length : -1);
            if (isThere) {
                exchange.getResponseBody().write(content);
            }
            exchange.close();
        });
        server.start();
        try {
            String files = "http://127.0.0.1:" + server.getAddress().getPort() + "/files/";
            String integrity = PluginTrust.integrityOf(jar);

            assertThat(install(files + "probe-1.2.0.jar?token=secret")).isEqualTo(2);
            assertThat(printed.toString()).contains("--integrity is required for a URL");

            assertThat(install(files + "probe-1.2.0.jar?token=secret", "--integrity", WRONG))
                    .isOne();
            assertThat(install(files + "other.jar?token=secret", "--integrity", integrity))
                    .isOne();
            assertThat(printed.toString())
                    .contains("the server responds with status 404")
                    .doesNotContain("secret");
            assertThat(plugins).doesNotExist();

            assertThat(install(files + "probe-1.2.0.jar?token=secret", "--integrity", integrity))
                    .isZero();
            assertThat(plugins.resolve("probe-1.2.0.jar")).hasSameBinaryContentAs(jar);

            configure(", maxSize: 100");
            assertThat(install(files + "probe-1.2.0.jar", "--integrity", integrity))
                    .isOne();
            assertThat(printed.toString()).contains("larger than 100 bytes, the maximum (dynamicPlugins.maxSize)");
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://plugins.example/bell.jar, must begin with https://",
        "ftp://plugins.example/bell.jar, must begin with https://",
        "https://plugins.example/bell, must end with the name of a JAR",
        "https://plugins.example/.bell.jar, must end with the name of a JAR",
        "https://plugins.example/a b.jar, is not valid"
    })
    void anUnsuitableUrlIsRefused(String url, String reason) {
        assertThat(install(url, "--integrity", WRONG)).isOne();
        assertThat(printed.toString()).contains(reason);
    }
}
