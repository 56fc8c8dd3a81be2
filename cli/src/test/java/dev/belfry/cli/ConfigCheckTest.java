package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.host.PluginJar;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigCheckTest {

    @TempDir
    Path folder;

    @Test
    void passwordsInUrlsAreMasked() throws Exception {
        String printed = printedFor("""
                backend:
                  baseUrl: "https://admin:hunter22@h h\\e[2J"
                  database: { client: "postgres://belfry:hunter22@db/x" }
                auth:
                  issuers: [{ issuer: x, audience: y, jwks: "https://u:hunter22@ h/jwks.json" }]
                """);

        assertThat(printed)
                .contains(
                        "backend.baseUrl",
                        "https://admin:***@h h\\u001B[2J",
                        "postgres://belfry:***@db/x",
                        "auth.issuers[0].jwks")
                .doesNotContain("hunter22", "\u001b");
    }

    @Test
    void passwordsInInvalidUrlsAreMasked() throws Exception {
        String printed = printedFor("""
                backend:
                  baseUrl: "https:/admin:hunter22@h"
                  database: { client: "postgres://belfry:hunter 22@db/x" }
                auth:
                  issuers: [{ issuer: x, audience: y, jwks: "https://u:hunter 22@h/jwks.json?key=hunter22" }]
                """);

        assertThat(printed)
                .contains("'https:***@h'", "'postgres://belfry:***@db/x'", "'https://u:***@h/jwks.json?key=***'")
                .doesNotContain("hunter", "22@");
    }

    @Test
    void aPolicyIsReadAsAStartReadsIt() throws Exception {
        Files.createDirectories(folder.resolve("plugins"));
        String config =
                "dynamicPlugins: { rootDirectory: plugins }\npermission: { rbac: { policies-csv-file: policy.csv } }";
        assertThat(printedFor(config).lines().filter(line -> line.contains("policy.csv")))
                .singleElement()
                .asString()
                .startsWith(folder
                        + "/other.yaml:2: permission.rbac.policies-csv-file: 'policy.csv' does not exist; looked for"
                        + " " + folder + "/policy.csv, ");

        Files.writeString(folder.resolve("policy.csv"), "p, role:default/a, bell.ring, sing, deny\n");
        assertThat(printedFor(config)).contains("policy.csv:1: the action 'sing' is not one of");

        Files.writeString(
                folder.resolve("policy.csv"),
                "p, role:default/a, bell.ring, sing, deny\np, role:default/a, bell.ring, sing, allow\n");
        assertThat(printedFor(config).lines().filter(line -> line.contains("policy.csv")))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith(folder + "/policy.csv:1: "),
                        line -> assertThat(line)
                                .startsWith("WARN " + folder + "/policy.csv:2: ")
                                .endsWith("; this line alone would be left out"));

        Files.writeString(folder.resolve("policy.csv"), "p, role:default/a, bell.ring, sing, allow\n");
        assertThat(printedFor(config, 0)).contains("WARN", "policy.csv:1: ", "the line is left out");
    }

    /** Its users and groups are known only when it runs. */
    public static final class DirectoryPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.catalogSource().replaceAll(List.of());
        }
    }

    @Test
    void usersAndGroupsThatTheCatalogDoesNotHaveAreNamedIfItIsKnown() throws Exception {
        Files.createDirectories(folder.resolve("plugins"));
        Files.writeString(
                folder.resolve("org.yaml"),
                "kind: User\nmetadata: {name: ada}\n---\nkind: Group\nmetadata: {name: guests}\n");
        Files.writeString(folder.resolve("policy.csv"), """
                p, role:default/visitors, host.plugins.update, update, deny
                g, group:default/gests, role:default/visitors
                """);
        String config = """
                dynamicPlugins: { rootDirectory: plugins }
                catalog: { locations: [ { target: org.yaml } ] }
                permission: { rbac: { policies-csv-file: policy.csv, admin: { superUsers: [ { name: user:default/adda } ] } } }
                auth: { providers: { guest: { userEntityRef: user:development/ada } } }
                """;

        assertThat(printedFor(config, 0))
                .contains(
                        "WARN " + folder + "/policy.csv:2: the catalog has no group 'group:default/gests' (did you mean"
                                + " 'group:default/guests'?). Its lines have no effect",
                        "WARN " + folder + "/other.yaml:3: permission.rbac.admin.superUsers: the catalog has no user"
                                + " 'user:default/adda' (did you mean 'user:default/ada'?). The entry has no effect",
                        "WARN " + folder + "/other.yaml:4: auth.providers.guest: the catalog has no user"
                                + " 'user:development/ada' (did you mean 'user:default/ada'?). Requests without"
                                + " credentials get 401, and nobody can sign in as the guest");

        Path jar = install(DirectoryPlugin.class, "directory");
        assertThat(printedFor(config, 0)).doesNotContain("the catalog has no");

        Files.delete(jar);
        assertThat(printedFor(config + "ports: { catalog: directory }", 0)).doesNotContain("the catalog has no");
    }

    @Test
    void aMisspelledOptionalDependencyIsAWarning() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        install(DirectoryPlugin.class, "directory");
        PluginJar.of(SilentPlugin.class, "silent", "1.0.0")
                .attribute("Plugin-Dependencies", "directroy?, tower?, directory?")
                .writeTo(plugins.resolve("silent.jar"));

        assertThat(printedFor("dynamicPlugins: { rootDirectory: plugins }\n", 0).lines())
                .filteredOn(line -> line.contains("Plugin-Dependencies"))
                .containsExactly("WARN plugin silent 1.0.0 (silent.jar): Plugin-Dependencies: there is no plugin"
                        + " 'directroy'; did you mean 'directory'? The dependency is optional, so the plugin starts"
                        + " without it");
    }

    /** Asks for a port of its own. */
    public static final class TowerPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.port(
                    "clockwork", Runnable.class, () -> () -> context.logger().info("tick"));
        }
    }

    /** Asks for a port whose name only a run can tell. */
    public static final class DynamicPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.port(context.id() + "-clockwork", Runnable.class, () -> () -> {});
        }
    }

    @Test
    void portsThatAPluginDoesNotHaveAreFaults() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        install(TowerPlugin.class, "tower");
        install(DynamicPlugin.class, "dynamic");

        String at = folder.resolve("other.yaml") + ":2: ";
        assertThat(printedFor("""
                dynamicPlugins: { rootDirectory: plugins }
                ports: { tower.clockwrok: dynamic, tower.clockwork: dynamic, dynamic.clockwork: absent }
                """, 1).lines().filter(line -> line.contains("jar: ") && line.contains("ports.")))
                .containsExactly(
                        plugins.resolve("dynamic.jar") + ": " + at
                                + "ports.dynamic.clockwork: the code of the plugin 'dynamic' computes the names of"
                                + " its ports, so they cannot be configured; its author must write them as constants",
                        plugins.resolve("tower.jar") + ": " + at
                                + "ports.tower.clockwrok: the plugin 'tower' has no such port; did you mean"
                                + " 'clockwork'? its ports: clockwork");
    }

    @Test
    void itIsSaidWhichErrorsStopTheHost() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.writeString(plugins.resolve("broken.jar"), "no JAR");
        String config = "dynamicPlugins: { rootDirectory: plugins }\n";

        assertThat(printedFor(config, 1))
                .contains(plugins.resolve("broken.jar") + ": ")
                .endsWith("the host starts: each of these errors stops only the plugin of its JAR\n");
        assertThat(printedFor(config + "backend: { listen: { port: many } }\n", 1))
                .endsWith("the host does not start\n");
    }

    @Test
    void aLinkThatLeadsNowhereIsNamedAsAtAStart() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.createSymbolicLink(plugins.resolve("bell.jar"), folder.resolve("gone.jar"));

        assertThat(printedFor("dynamicPlugins: { rootDirectory: plugins }\n", 1))
                .contains(plugins.resolve("bell.jar")
                        + ": it cannot be read: it is a link to a file that does not exist");
    }

    @Test
    void itIsSaidThatAHostWithoutAPortServesNobody() throws Exception {
        install(SilentPlugin.class, "silent");

        assertThat(printedFor("dynamicPlugins: { rootDirectory: plugins }\nports: { catalog: silent }\n", 1))
                .endsWith("the host starts, but serves nobody: requests need the plugin silent (ports.catalog)\n");
    }

    @Test
    void aPluginWhoseIdIsTakenIsAWarning() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        PluginJar.of(TowerPlugin.class, "tower", "1.9.0").writeTo(plugins.resolve("old.jar"));
        PluginJar.of(TowerPlugin.class, "tower", "1.10.0").writeTo(plugins.resolve("new.jar"));

        assertThat(printedFor("dynamicPlugins: { rootDirectory: plugins }\n", 0))
                .contains(
                        "WARN plugin tower 1.9.0 (old.jar) does not run: the id 'tower' is taken by the file new.jar of"
                                + " version 1.10.0");
    }

    public static final class SilentPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {}
    }

    @Test
    void aSupplierThatDoesNotProvideThePortOfAPluginIsAFault() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        install(TowerPlugin.class, "tower");
        install(SilentPlugin.class, "silent");

        assertThat(printedFor("dynamicPlugins: { rootDirectory: plugins }\nports: { tower.clockwork: silent }\n", 1))
                .contains(plugins.resolve("tower.jar") + ": " + folder.resolve("other.yaml")
                        + ":2: ports.tower.clockwork: the plugin 'silent'" + " does not provide java.lang.Runnable");
        assertThat(printedFor("dynamicPlugins: { rootDirectory: plugins }\nports: { tower.clockwork: tower }\n", 0))
                .doesNotContain("ports.");
    }

    @Test
    void restrictionsOfServicesThatAllowNothingAreNamed() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        install(TowerPlugin.class, "tower");

        assertThat(printedFor("""
                dynamicPlugins: { rootDirectory: plugins }
                backend:
                  auth:
                    externalAccess:
                      - type: static
                        options: { token: a-long-token-of-ci, subject: ci }
                        accessRestrictions:
                          - plugin: towr
                          - plugin: host
                            permission: [ host.plugins.read, host.plugin.update ]
                """, 0))
                .contains(
                        "other.yaml:8: backend.auth.externalAccess[0].accessRestrictions[0].plugin: there is no plugin 'towr'; did"
                                + " you mean 'tower'? The entry allows nothing",
                        "other.yaml:9: backend.auth.externalAccess[0].accessRestrictions[1].permission: 'host' declares no"
                                + " permission 'host.plugin.update' (did you mean 'host.plugins.update'?)");
    }

    private Path install(Class<? extends Plugin> plugin, String id) throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        return PluginJar.of(plugin, id, "1.0.0").writeTo(plugins.resolve(id + ".jar"));
    }

    private String printedFor(String yaml) throws Exception {
        return printedFor(yaml, 1);
    }

    private String printedFor(String yaml, int status) throws Exception {
        Path config = Files.writeString(folder.resolve("other.yaml"), yaml);
        StringWriter printed = new StringWriter();
        CommandLine command = BelfryCommand.commandLine();
        command.setOut(new PrintWriter(printed, true));
        command.setErr(new PrintWriter(printed, true));
        assertThat(command.execute("config", "check", "--config", config.toString()))
                .isEqualTo(status);
        return printed.toString();
    }

    @Test
    void pluginsThatAreNeededAndNotThereAreNamed() throws Exception {
        assertThat(printedFor("plugins: { required: [helo] }\nports: { catalog: ldap }\n", 0))
                .contains(
                        "plugins.required: there is no plugin 'helo'",
                        "ports.catalog: there is no plugin 'ldap'. The host is not ready until it runs");
    }

    @Test
    void aDisabledPluginThatAPortNamesIsAWarning() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/disabled-plugins"), "keys\n");

        assertThat(printedFor("ports: { identity: keys }\nbelfry: { dataDirectory: data }\n", 0))
                .contains("other.yaml:1: ports.identity: an operator has disabled the plugin 'keys'");
    }

    @Test
    void filesThatAStartNeedsAreRead() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/disabled-plugins"), "hello\nno id\n");

        assertThat(printedFor("""
                auth:
                  issuers:
                    - { issuer: x, audience: y, jwks: keys.json }
                log: { file: { path: other.yaml/belfry.log } }
                belfry: { dataDirectory: data }
                """))
                .contains(
                        "other.yaml:3: auth.issuers[0].jwks: the file 'keys.json' does not exist; looked for "
                                + folder.resolve("keys.json"),
                        "disabled-plugins:2: 'no id' is not a plugin id",
                        "other.yaml:4: log.file.path: " + folder.resolve("other.yaml") + " is a file, not a folder");
    }

    @Test
    void anAddressThatThisMachineDoesNotHaveIsAWarning() throws Exception {
        // An address of documentation (RFC 5737). The host may run elsewhere.
        assertThat(printedFor("backend: { listen: { host: 203.0.113.9, port: 7188 } }\n", 0))
                .contains(
                        "other.yaml:1: backend.listen: this machine does not have the address '203.0.113.9'; a host here"
                                + " does not start");
    }

    @Test
    void aDataDirectoryThatCannotBeWrittenIsNamed() throws Exception {
        assertThat(printedFor("belfry: { dataDirectory: other.yaml/data }\n", 1))
                .contains("other.yaml:1: belfry.dataDirectory: " + folder.resolve("other.yaml")
                        + " is a file, not a folder");
    }
}
