package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigCheckTest {

    @TempDir
    Path folder;

    @Test
    void passwordsInUrlsAreMasked() throws Exception {
        Path config = Files.writeString(folder.resolve("app.yaml"), """
                backend:
                  baseUrl: "https://admin:hunter22@h h\\e[2J"
                  database: { client: "postgres://belfry:hunter22@db/x" }
                auth:
                  issuers: [{ issuer: x, audience: y, jwks: "https://u:hunter22@ h/jwks.json" }]
                """);
        StringWriter printed = new StringWriter();
        CommandLine command = BelfryCommand.commandLine();
        command.setOut(new PrintWriter(printed, true));
        command.setErr(new PrintWriter(printed, true));

        assertThat(command.execute("config", "check", "--config", config.toString()))
                .isEqualTo(1);

        assertThat(printed.toString())
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
        assertThat(printedFor(config)).contains("policy.csv: the permission policy cannot be read: it does not exist");

        Files.writeString(folder.resolve("policy.csv"), "p, role:default/a, bell.ring, sing, deny\n");
        assertThat(printedFor(config)).contains("policy.csv:1: the action 'sing' is not one of");

        Files.writeString(folder.resolve("policy.csv"), "p, role:default/a, bell.ring, sing, allow\n");
        assertThat(printedFor(config, 0)).contains("WARN", "policy.csv:1: ", "the line is left out");
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
}
