package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import dev.belfry.host.backup.DataDirectoryLock;
import dev.belfry.host.trust.PluginTrust;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands for plugins. */
class PluginCommandsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA = "{\"properties\":{\"tone\":{\"enum\":[\"low\",\"high\"]}}}";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path jar;

    @BeforeEach
    void writeAJar() {
        jar = probe().writeTo(RunningHost.dropFolder(folder).resolve("probe.jar"));
        configure("");
    }

    private static PluginJar probe() {
        return PluginJar.of(ProbePlugin.class, "probe", "1.2.0")
                .attribute("Plugin-Description", "Does everything")
                .attribute("Plugin-Dependencies", "tower?@>=1.0.0")
                .file("META-INF/belfry/config.schema.json", SCHEMA)
                .file("db/sqlite/V1__start.sql", "create table a (b int);")
                .file("openapi.yaml", "openapi: 3.0.3");
    }

    private void configure(String more) {
        try {
            Files.writeString(
                    folder.resolve("app.yaml"),
                    "belfry: {dataDirectory: data}\nbackend: {listen: {host: 127.0.0.1, port: 0}}\n" + more
                            + (more.contains("dynamicPlugins") ? "" : "\ndynamicPlugins: {rootDirectory: plugins}\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine command = BelfryCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    private String config() {
        return folder.resolve("app.yaml").toString();
    }

    private JsonNode json() throws Exception {
        return JSON.readTree(out.toString());
    }

    /** Uses a class of the tests' own library. */
    public static final class LibraryPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.logger().info("{}", new CommandLine(this));
        }
    }

    @Test
    void verifyNamesAMissingClassAndTheClassThatRefersToIt() {
        Path incomplete = PluginJar.of(LibraryPlugin.class, "library", "1.0.0").writeTo(folder.resolve("library.jar"));

        assertThat(run("plugins", "verify", "--config", config(), incomplete.toString()))
                .isOne();

        assertThat(out.toString())
                .contains(
                        "library.jar: a host would accept it, but parts of it would fail:",
                        "its class dev.belfry.cli.PluginCommandsTest$LibraryPlugin refers to picocli.CommandLine, which is"
                                + " neither in the JAR nor visible to plugins");
    }

    @Test
    void verifyDoesNotAccuseAPluginOfClassesThatADependencyMayExport() {
        Path dependent = PluginJar.of(LibraryPlugin.class, "library", "1.0.0")
                .attribute("Plugin-Dependencies", "tower")
                .writeTo(folder.resolve("library.jar"));

        assertThat(run("plugins", "verify", "--config", config(), dependent.toString()))
                .isZero();

        assertThat(out.toString()).contains("not checked: its class", "not checked: no JAR of tower is in");
    }

    @Test
    void verifyRefusesAMissingPluginClass() {
        Path empty = PluginJar.of(LibraryPlugin.class, "library", "1.0.0")
                .service("org.example.NoSuchPlugin")
                .writeTo(folder.resolve("library.jar"));

        assertThat(run("plugins", "verify", "--config", config(), empty.toString()))
                .isOne();

        assertThat(out.toString()).contains("names org.example.NoSuchPlugin, which does not exist");
    }

    @Test
    void verifySaysThatAFileDoesNotExist() {
        Path missing = folder.resolve("target/no-such.jar");

        assertThat(run("plugins", "verify", "--config", config(), missing.toString()))
                .isOne();
        assertThat(out.toString()).contains("there is no file " + missing);
    }

    @Test
    void inspectShowsTheContentOfAJar() throws Exception {
        assertThat(run("plugins", "inspect", "--config", config(), jar.toString()))
                .isZero();
        assertThat(out.toString())
                .contains("plugin        probe 1.2.0")
                .contains("provider      none")
                .contains("description   Does everything")
                .contains("depends on    tower?@>=1.0.0")
                .contains("migrations    db/sqlite")
                .contains("OpenAPI       openapi.yaml")
                .contains("config schema yes")
                .contains("signature     no")
                .contains("entry         {package: probe.jar, integrity: " + PluginTrust.integrityOf(jar) + "}")
                .contains("a host would accept it");

        assertThat(run("plugins", "inspect", "--json", "--config", config(), jar.toString()))
                .isZero();
        assertThat(json().at("/report/plugin/id").asText()).isEqualTo("probe");
        assertThat(json().at("/content/migrations/0").asText()).isEqualTo("db/sqlite");
    }

    @Test
    void verifyRefusesFilesThatAHostRefuses() throws Exception {
        assertThat(run("plugins", "verify", "--config", config(), folder.toString()))
                .isOne();
        assertThat(out.toString()).contains("names end in .jar");
        Path another = Files.createDirectory(folder.resolve("another.jar"));
        assertThat(run("plugins", "verify", "--config", config(), another.toString()))
                .isOne();
        assertThat(out.toString()).contains("it is a folder, not a file");

        probe().file("some/Thing.class/", "code").writeTo(jar);
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .isOne();
        assertThat(out.toString()).contains("is named like a folder, but has content");
        probe().attribute("Class-Path", "lib/other.jar").writeTo(jar);
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .isOne();
        assertThat(out.toString()).contains("its manifest has the attribute Class-Path (lib/other.jar)");
        probe().writeTo(jar);
        configure("dynamicPlugins: {rootDirectory: plugins, maxSize: 100}");
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .isOne();
        assertThat(out.toString()).contains("the maximum is 100 (dynamicPlugins.maxSize)");
    }

    @Test
    void verifyReportsWhatAHostWouldReport() throws Exception {
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .isZero();
        assertThat(out.toString()).contains("probe.jar: a host would accept it");

        probe().attribute("Plugin-Requires", ">=7.0.0").writeTo(jar);
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .isOne();
        assertThat(out.toString()).contains("a host would refuse it:", "it requires plugin API >=7.0.0");

        probe().writeTo(jar);
        configure("probe: {tone: shrill}");
        assertThat(run("plugins", "verify", "--json", "--config", config(), jar.toString()))
                .isOne();
        assertThat(json().at("/0/faults/0").asText())
                .contains("app.yaml:3: probe.tone: must be one of low, high, not 'shrill'");

        configure("dynamicPlugins: {rootDirectory: plugins, trust: listed}");
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .isOne();
        assertThat(out.toString()).contains("it is not listed in dynamicPlugins.plugins");
    }

    @Test
    void entriesWritesAListThatTheHostReads() throws Exception {
        Path list = folder.resolve("dynamic-plugins.yaml");
        assertThat(run("plugins", "entries", drop(), "--output", list.toString()))
                .isZero();

        configure("dynamicPlugins: {rootDirectory: plugins, trust: listed, file: dynamic-plugins.yaml}");
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .isZero();
    }

    private String drop() {
        return folder.resolve("plugins").toString();
    }

    @Test
    void entriesFailsForAnUnreadableFolder() throws Exception {
        Path list = folder.resolve("list.yaml");
        assertThat(run("plugins", "entries", folder + "/nowhere", "--output", list.toString()))
                .isOne();
        assertThat(err.toString()).contains("there is no such file: " + folder + "/nowhere");
        assertThat(run("plugins", "entries", jar.toString(), "--output", list.toString()))
                .isOne();
        assertThat(err.toString()).contains(jar + " cannot be used: it is not a folder");
        Path odd = Files.createDirectory(jar.resolveSibling("odd.jar"));
        assertThat(run("plugins", "entries", drop(), "--output", list.toString()))
                .isOne();
        assertThat(err.toString()).contains(odd + ": it cannot be read: it is a folder, not a file");
        assertThat(list).doesNotExist();

        configure("dynamicPlugins: {rootDirectory: " + jar + "}");
        assertThat(run("config", "check", "--config", config())).isOne();
        assertThat(out.toString()).contains("dynamicPlugins.rootDirectory: " + jar + ": it is not a folder");
    }

    @Test
    void aMissingJarIsReported() {
        assertThat(run("plugins", "inspect", "--config", config(), folder + "/none.jar"))
                .isOne();
        assertThat(err.toString()).contains("none.jar");
        assertThat(run("plugins", "verify")).isEqualTo(2);
    }

    @Test
    void configCheckValidatesTheConfigurationWithoutAStart() throws Exception {
        assertThat(run("config", "check", "--config", config())).isZero();
        assertThat(out.toString()).contains("is without fault");

        configure("probe: {tone: shrill}\nnobody: {a: 1}");
        assertThat(run("config", "check", "--json", "--config", config())).isOne();
        assertThat(json().at("/faults/0").asText()).contains("probe.jar: ", "probe.tone: must be one of low, high");
        assertThat(json().at("/ignored/0").asText()).isEqualTo("nobody");
        assertThat(Files.exists(folder.resolve("data"))).isFalse();

        configure("backned: {listen: 1}\npermission: {enabled: perhaps}");
        assertThat(run("config", "check", "--config", config())).isOne();
        assertThat(out.toString())
                .contains("backned: unknown section; did you mean 'backend'?", "permission.enabled: must be a boolean");
    }

    /** The host's own permissions, and permissions of JARs, with a description or without. */
    @Test
    void checkAndDoctorNameThePermissionsThatNobodyDeclares() throws Exception {
        PluginJar.of(ProbePlugin.class, "bells", "1.0.0")
                .file(
                        "META-INF/belfry/permissions.json",
                        "[{\"name\": \"bells.create\", \"action\": \"create\", \"meaning\": \"cast a bell\"}]")
                .writeTo(jar.resolveSibling("bells.jar"));
        Files.writeString(folder.resolve("policy.csv"), """
                p, role:default/authenticated, bells.craete, create, deny
                p, role:default/authenticated, bells.create, read, allow
                p, role:default/authenticated, bells.create, create, allow
                p, role:default/authenticated, host.plugin.read, read, allow
                p, role:default/authenticated, catalog.entity.read, read, allow
                p, role:default/authenticated, catalog.entity.create, create, allow
                p, role:default/authenticated, probe.secret, read, allow
                """);
        configure("""
                auth: {providers: {guest: {}}}
                permission:
                  enabled: true
                  rbac:
                    policies-csv-file: policy.csv
                    defaultPermissions:
                      defaultRole: role:default/basic
                      basicPermissions:
                        - {permission: bells.create}
                catalog: {locations: [{target: org.yaml}]}
                """);
        Files.writeString(folder.resolve("org.yaml"), "kind: User\nmetadata: {name: guest}\n");
        String[] expected = {
            folder
                    + "/policy.csv:1: no plugin declares the permission 'bells.craete' (did you mean 'bells.create'?). Until it"
                    + " is corrected, the line denies bells.create (create)",
            folder
                    + "/policy.csv:2: the permission 'bells.create' has no action 'read'; it has create. The line has no effect",
            folder
                    + "/policy.csv:4: no plugin declares the permission 'host.plugin.read' (did you mean 'host.plugins.read'?)."
                    + " The line has no effect",
            config()
                    + ":11: permission.rbac.defaultPermissions: the permission 'bells.create' has no action 'use'; it has"
                    + " create. The line has no effect",
            "the permissions of the plugin 'probe' are known only when it runs, so the lines of the policy with probe.secret"
                    + " are not checked: its JAR has no META-INF/belfry/permissions.json"
        };

        assertThat(run("config", "check", "--json", "--config", config())).isZero();
        assertThat(json().at("/warnings")).extracting(JsonNode::asText).containsExactlyInAnyOrder(expected);
        run("doctor", "--config", config());
        assertThat(out.toString().lines().filter(line -> line.startsWith("WARN")))
                .containsExactlyInAnyOrder(Stream.of(expected)
                        .map(warning -> "WARN  configuration: " + warning)
                        .toArray(String[]::new));

        assertThat(run(
                        "plugins",
                        "inspect",
                        "--config",
                        config(),
                        jar.resolveSibling("bells.jar").toString()))
                .isZero();
        assertThat(out.toString()).contains("permission    bells.create, create: cast a bell");
    }

    @Test
    void policyPrintsWhatPluginsSuggestAsAPolicy() throws Exception {
        Path bells = PluginJar.of(ProbePlugin.class, "bells", "1.0.0")
                .file("META-INF/belfry/permissions.json", """
                        [ { "name": "bells.ring", "action": "use", "meaning": "ring one's bell, \\"loud\\"",
                            "suggestedRole": "role:default/authenticated" },
                          { "name": "bells.melt", "action": "delete", "meaning": "melt a bell" } ]""")
                .writeTo(jar.resolveSibling("bells.jar"));

        assertThat(run("plugins", "policy", "--config", config(), bells.toString()))
                .isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "# bells 1.0.0",
                        "p, role:default/authenticated, bells.ring, use, allow # ring one's bell, \"loud\"",
                        "# no suggestion: bells.melt, delete # melt a bell");

        Files.writeString(folder.resolve("policy.csv"), out.toString());
        configure("permission: {enabled: true, rbac: {policies-csv-file: policy.csv}}");
        run("config", "check", "--json", "--config", config());
        assertThat(json().at("/faults")).isEmpty();
        assertThat(json().at("/warnings").toString()).doesNotContain("policy.csv", "bells");
    }

    @Test
    void policyPrintsNothingForAFileThatIsNoPlugin() throws Exception {
        Path other = Files.writeString(folder.resolve("other.jar"), "no archive");

        assertThat(run("plugins", "policy", "--config", config(), jar.toString(), other.toString()))
                .isOne();

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("other.jar: ");
    }

    @Test
    void doctorChecksEverythingAStartNeeds() throws Exception {
        assertThat(run("doctor", "--config", config())).isZero();
        assertThat(out.toString())
                .contains("ok    Java")
                .contains("ok    data directory")
                .contains("ok    disk")
                .contains("ok    port")
                .contains("ok    database")
                .contains("ok    plugin: probe.jar would be accepted")
                .contains(
                        "ok    database of probe: the file ",
                        "probe.sqlite does not exist yet, and the host creates it")
                .doesNotContain("WRONG");
        assertThat(folder.resolve("data/probe.sqlite")).doesNotExist();

        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Files.writeString(jar, "no zip");
            Files.writeString(
                    folder.resolve("app.yaml"),
                    "belfry: {dataDirectory: data}\nbackend: {listen: {port: " + taken.getLocalPort() + "}}\n"
                            + "dynamicPlugins: {rootDirectory: plugins}\n");
            assertThat(run("doctor", "--config", config())).isOne();
            assertThat(out.toString())
                    .contains("WRONG port: 127.0.0.1:" + taken.getLocalPort()
                            + " cannot be listened on: another process uses the port. Set another port")
                    .contains("probe.jar: it is not a readable JAR");
            assertThat(run("doctor", "--json", "--config", config())).isOne();
            assertThat(json().findValuesAsText("what")).contains("Java", "port", "plugin");
        }
    }

    @Test
    void doctorOnARunningHostSaysThatTheDataDirectoryIsInUse() throws Exception {
        Path data = folder.resolve("data");
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                DataDirectoryLock host = DataDirectoryLock.of(data)) {
            Files.writeString(
                    folder.resolve("app.yaml"),
                    "belfry: {dataDirectory: data}\nbackend: {listen: {port: " + listening.getLocalPort() + "}}\n"
                            + "dynamicPlugins: {rootDirectory: plugins}\n");

            assertThat(run("doctor", "--config", config())).isZero();
            assertThat(host).isNotNull();
        }
        assertThat(out.toString())
                .contains("ok    data directory: " + data + " is in use by a host that runs")
                .contains(" is in use, as is to be expected while the host runs");

        assertThat(run("doctor", "--config", config())).isZero();
        assertThat(out.toString()).doesNotContain("is in use");
    }

    @Test
    void doctorReportsAnUnreachableDatabase() {
        configure("");
        assertThat(run("doctor", "--config", postgres())).isOne();
        assertThat(out.toString())
                .contains("WRONG database: PostgreSQL at 127.0.0.1:1 cannot be reached: check that it is running");
    }

    @Test
    void doctorSaysNothingOfThePluginsInAFolderThatCannotBeCreated() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Path config = Files.writeString(
                folder.resolve("app.yaml"),
                "belfry: {dataDirectory: data}\ndynamicPlugins: {rootDirectory: plugins}\n"
                        + "backend: {listen: {port: 0}, database: {connection: {directory: file/databases}}}\n");
        assertThat(run("doctor", "--config", config.toString())).isOne();
        assertThat(out.toString())
                .contains("WRONG database: ", " cannot be written: " + file + " is a file, not a folder")
                .doesNotContain("database of probe");
    }

    private String postgres() {
        try {
            return Files.writeString(
                            folder.resolve("pg.yaml"),
                            "backend: {listen: {port: 0}, database: {client: pg, connection: {host: 127.0.0.1, port: 1,"
                                    + " user: x, password: y}}}\nbelfry: {dataDirectory: data}\n")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void commandsOperateARunningHost() throws Exception {
        try (RunningHost host = RunningHost.start(folder)) {
            String url = host.uri("/").toString();
            assertThat(run("plugins", "list", "--url", url)).isZero();
            assertThat(out.toString()).contains("probe", "1.2.0", "running", "probe.jar");
            assertThat(run("plugins", "list", "--json", "--url", url)).isZero();
            assertThat(json().at("/0/id").asText()).isEqualTo("probe");

            assertThat(run("plugins", "disable", "probe", "--url", url)).isZero();
            assertThat(out.toString()).contains("disabled");
            assertThat(run("plugins", "enable", "probe", "--url", url)).isZero();
            assertThat(out.toString()).contains("running");
            assertThat(run("plugins", "restart", "gong", "--url", url)).isOne();
            assertThat(err.toString()).contains("answers 404: there is no plugin 'gong'");
        }
        assertThat(run("plugins", "list", "--url", "http://127.0.0.1:1")).isOne();
        assertThat(err.toString()).contains("no host answers at http://127.0.0.1:1");
    }

    @Test
    void aHostThatServesHttpsIsNamed() throws Exception {
        byte[] alert = {0x15, 3, 3, 0, 2, 2, 0x46};
        try (ServerSocket tls = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                try (Socket client = tls.accept()) {
                    client.getInputStream().read(new byte[8192]);
                    client.getOutputStream().write(alert);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            assertThat(run("plugins", "list", "--url", "http://127.0.0.1:" + tls.getLocalPort()))
                    .isOne();
        }
        assertThat(err.toString()).contains("if it serves https, pass its own configuration with --config");
    }

    /** Starts once. */
    public static final class OncePlugin implements Plugin {
        @Override
        public void start(PluginContext context) throws Exception {
            Files.createFile(Path.of(context.config(Settings.class).mark()));
        }

        /** Its configuration. */
        public record Settings(String mark) {}
    }

    @Test
    void restartFailsIfTheNewStartFailsAndTheOldGenerationRunsOn() {
        PluginJar.of(OncePlugin.class, "once", "1.0.0").writeTo(jar.resolveSibling("once.jar"));
        try (RunningHost host = RunningHost.start(folder, "once: { mark: '" + folder.resolve("mark") + "' }")) {
            String url = host.uri("/").toString();
            assertThat(run("plugins", "restart", "probe", "--url", url)).isZero();
            assertThat(run("plugins", "restart", "once", "--url", url)).isOne();
            assertThat(out.toString()).contains("running");
            assertThat(err.toString())
                    .contains("the start of 'once' 1.0.0 failed, and the generation once#")
                    .contains("runs on: ", folder.resolve("mark").toString());

            run("plugins", "disable", "once", "--url", url);
            assertThat(run("plugins", "enable", "once", "--url", url)).isOne();
            assertThat(err.toString()).contains("the start of 'once' 1.0.0 failed, and the plugin does not run");
        }
    }

    @Test
    void doctorAndConfigCheckReportThatThereIsNoPlugin() throws Exception {
        Files.move(jar, jar.resolveSibling("probe.jar.part"));
        String none = "the folder " + drop() + " has no plugin: probe.jar.part is not a plugin";
        assertThat(run("doctor", "--config", config())).isZero();
        assertThat(out.toString()).contains("WARN  configuration: the host has no plugin: " + none);
        assertThat(run("config", "check", "--config", config())).isZero();
        assertThat(out.toString()).contains("WARN the host has no plugin: " + none);
    }

    @Test
    void aSignedJarIsAcceptedWhereSignaturesAreRequired() throws Exception {
        Path store = folder.resolve("ringer.p12");
        keytool("-genkeypair", "-keyalg", "EC", "-alias", "ringer", "-dname", "CN=ringer", "-keystore", store + "");
        keytool("-exportcert", "-rfc", "-alias", "ringer", "-keystore", store + "", "-file", folder + "/trusted.pem");
        configure("dynamicPlugins: {rootDirectory: plugins, trust: signed, certificates: trusted.pem}");
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .isOne();

        assertThat(run("plugins", "sign", jar.toString(), "--keystore", store + "", "--alias", "nobody"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("BELFRY_KEYSTORE_PASSWORD is needed");
        assertThat(runWithPassword("plugins", "sign", "--keystore", store + "", jar.toString()))
                .isZero();
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .as(out.toString())
                .isZero();
    }

    /** In its own process, for a separate environment. */
    private int runWithPassword(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BelfryCommand.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command).inheritIO();
        process.environment().put("BELFRY_KEYSTORE_PASSWORD", "changeit");
        process.environment().put("BELFRY_CALLER", folder.toString());
        return process.start().waitFor();
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", "changeit"));
        assertThat(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plugins list", "plugins inspect", "plugins verify", "plugins sign", "config check", "doctor"})
    void everyCommandHasHelpWithExitCodes(String command) {
        assertThat(run((command + " --help").split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: belfry " + command, "Exit codes:", "xample");
    }

    @Test
    void shellCompletionIsGenerated() {
        assertThat(run("generate-completion")).isZero();
        assertThat(out.toString()).contains("complete", "verify", "doctor");
    }

    /** A record with rules that a schema cannot say. */
    public record ProbeConfig(List<Bell> bells) {

        /** A range. */
        public record Bell(int from, int to) {
            public Bell {
                if (from > to) {
                    throw new IllegalArgumentException("from must be at most to, not " + from);
                }
            }
        }
    }

    private static PluginJar withRecord(String name) {
        return probe().classes(ProbeConfig.class)
                .file("META-INF/belfry/config.schema.json", "{\"x-record\":\"" + name + "\"}");
    }

    @Test
    void theRulesOfTheRecordThatTheSchemaNamesAreChecked() {
        withRecord(ProbeConfig.class.getName()).writeTo(jar);
        configure("probe:\n  bells:\n    - {from: 1, to: 2}\n    - {from: 5, to: 4}\n");
        String fault = "app.yaml:6: probe.bells[1]: from must be at most to, not 5";

        assertThat(run("config", "check", "--config", config())).isOne();
        assertThat(out.toString()).contains(fault);
        assertThat(run("doctor", "--config", config())).isOne();
        assertThat(out.toString()).contains(fault);

        configure("probe: {bells: [{from: 1, to: 2}]}");
        assertThat(run("config", "check", "--config", config())).isZero();
    }

    @Test
    void aSchemaThatNamesNoRecordOfTheJarIsAFault() {
        withRecord("org.example.Missing").writeTo(jar);

        assertThat(run("config", "check", "--config", config())).isOne();
        assertThat(out.toString()).contains("x-record: 'org.example.Missing' is not a record of this JAR");
    }

    @Test
    void aFileThatIsNoJarIsRefusedInPlainWords() throws Exception {
        Files.writeString(jar, "no JAR");
        String reason = "it is not a readable JAR: it is another kind of file, or incomplete";

        assertThat(run("plugins", "inspect", "--config", config(), jar.toString()))
                .isOne();
        assertThat(out.toString()).contains("a host would refuse it:", reason).doesNotContain("integrity");
        assertThat(run("plugins", "entries", folder.resolve("plugins").toString()))
                .isOne();
        assertThat(err.toString()).contains("probe.jar: " + reason, "Nothing was written");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void theNextCommandOfANewPluginCanBeCopied() throws Exception {
        Path project = folder.resolve("two bells");
        for (String artifact : List.of("belfry-parent", "belfry-bom", "plugin-api", "plugin-testkit", "host")) {
            Files.createDirectories(folder.resolve("maven/dev/belfry/" + artifact));
        }
        System.setProperty("belfry.home", folder.toString());
        try {
            assertThat(run("new-plugin", "two-bells", "--directory", project.toString()))
                    .isZero();
        } finally {
            System.clearProperty("belfry.home");
        }
        assertThat(out.toString()).contains("cd '" + project + "'");
    }
}
