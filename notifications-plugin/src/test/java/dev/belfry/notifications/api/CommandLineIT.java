package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.cli.BelfryCommand;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestHost;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands send, inbox and users check, with a host. */
class CommandLineIT {

    private static TestHost host;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        host = TestHost.with(NotificationsPlugin.class).inMemory().start();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private int run(String user, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", host.uri("/").toString(), "--token", host.tokenOf(user)));
        CommandLine command = BelfryCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(all.toArray(String[]::new));
    }

    @Test
    void whatIsSentIsInTheInbox() throws IOException {
        Path message = Files.writeString(folder.resolve("message.md"), "**all** tables");

        assertThat(run(
                        "ada",
                        "send",
                        "Backup done",
                        "--to=default/bob",
                        "--message-file=" + message,
                        "--markdown",
                        "--topic=backups",
                        "--action=Log=https://example.org/log"))
                .isZero();
        assertThat(out.toString()).startsWith("sent ");
        assertThat(run("bob", "inbox")).isZero();
        assertThat(out.toString()).contains("unread command line", "Backup done");
        assertThat(run("bob", "inbox", "--json")).isZero();
        assertThat(out.toString()).contains("**all** tables", "markdown", "backups", "https://example.org/log");
        assertThat(run("ada", "inbox", "--all")).isZero();
        assertThat(out.toString()).isEqualTo("no notifications" + System.lineSeparator());
    }

    @Test
    void aUserIsCheckedWithTheirPermissions() {
        assertThat(run("ada", "users", "check", "default/bob")).isZero();
        assertThat(out.toString())
                .contains("user:default/bob", "yes  notifications  notifications.list (read)", "host.plugins.read");
        assertThat(run("ada", "users", "check", "default/nobody")).isEqualTo(1);
        assertThat(out.toString()).contains("user:default/nobody is not in the catalog");
        assertThat(run("ada", "users", "check", "group:default/team")).isEqualTo(1);
        assertThat(err.toString()).contains("400", "must be a user");
    }

    @Test
    void aRefusedNotificationIsNamed() {
        assertThat(run("ada", "send", "Hello", "--to=default/nobody")).isEqualTo(1);
        assertThat(err.toString()).contains("400", "nobody");
    }

    @Test
    void everyoneMustBeAskedFor() {
        assertThat(run("ada", "send", "Hello")).isEqualTo(2);
        assertThat(err.toString()).contains("--everyone");
        assertThat(run("ada", "send", "Hello", "--everyone", "--to=default/bob"))
                .isEqualTo(2);
    }

    @Test
    void oneUserAndALimitInRange() {
        assertThat(run("bob", "inbox", "default/bob", "--user=default/bob")).isEqualTo(2);
        assertThat(run("bob", "inbox", "--limit=0")).isEqualTo(2);
        assertThat(err.toString()).contains("--limit must be from 1 to 1000, not 0");
    }
}
