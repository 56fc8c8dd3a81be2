package dev.belfry.host.pf4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import dev.belfry.host.lifecycle.State;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Special or huge files in the plugin folder are refused with a reason, and block nothing. */
@DisabledOnOs(OS.WINDOWS)
// In a thread of its own: opening a pipe ignores interrupts.
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class OddFilesTest {

    @TempDir
    private Path folder;

    private Path drop;

    @BeforeEach
    void makeDropFolder() {
        drop = RunningHost.dropFolder(folder);
    }

    private static PluginJar bell(String version) {
        return PluginJar.of(BadJarsTest.GoodPlugin.class, "bell", version);
    }

    private void dropOddFiles() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", drop.resolve("a-pipe.jar").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.createDirectory(drop.resolve("b-folder.jar"));
        Files.createSymbolicLink(drop.resolve("c-endless.jar"), Path.of("/dev/zero"));
        Files.createSymbolicLink(drop.resolve("d-nowhere.jar"), folder.resolve("nowhere"));
        try (RandomAccessFile large =
                new RandomAccessFile(drop.resolve("e-large.jar").toFile(), "rw")) {
            large.setLength(1L << 30);
        }
    }

    private static void assertRefused(RunningHost host, String id, String reason) {
        assertThat(host.plugin(id).state()).isEqualTo(State.FAILED);
        assertThat(host.plugin(id).reason().orElseThrow()).contains(reason);
    }

    @Test
    void specialFilesAreRefusedAndRegularFilesAreFound() throws Exception {
        dropOddFiles();
        Path elsewhere = bell("1.0.0").writeTo(folder.resolve("elsewhere.jar"));
        Files.createSymbolicLink(drop.resolve("bell.jar"), elsewhere);
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(drop.resolve("f-socket.jar")));
            try (RunningHost host = RunningHost.start(folder)) {
                assertRefused(host, "a-pipe", "a named pipe, a socket or a device, not a regular file");
                assertRefused(host, "b-folder", "it is a folder, not a file");
                assertRefused(host, "c-endless", "a named pipe, a socket or a device, not a regular file");
                assertRefused(host, "d-nowhere", "it is a link to a file that does not exist");
                assertRefused(host, "e-large", "it has 1073741824 bytes; the maximum is 268435456");
                assertRefused(host, "f-socket", "a named pipe, a socket or a device, not a regular file");
                assertThat(host.get("/api/bell/version").body()).isEqualTo("1.0.0");

                new DropFolder(folder).drop(bell("1.1.0"), "bell-2.jar");
                DropFolder.awaitAnswer(host, "/api/bell/version", "1.1.0");
                bell("1.2.0").writeTo(folder.resolve("nowhere"));
                DropFolder.awaitAnswer(host, "/api/bell/version", "1.2.0");
                assertThat(host.get("/readyz").statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void aFileThatIsNotListedIsNotCopied() {
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0").writeTo(drop.resolve("probe.jar"));
        try (RunningHost host = RunningHost.start(folder, "dynamicPlugins: { trust: listed }")) {
            assertRefused(host, "probe", "it is not listed");
            assertThat(folder.resolve("data/plugins")).doesNotExist();
        }
    }
}
