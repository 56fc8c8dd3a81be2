package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Commands that call a host. */
class RunningHostCommandsTest extends CommandSuite {

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
}
