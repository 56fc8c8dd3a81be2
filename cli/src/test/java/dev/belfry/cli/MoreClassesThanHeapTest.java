package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JAR of the maximum size, whose classes unpack to eight times the heap. */
@Tag("soak")
class MoreClassesThanHeapTest {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int CLASSES = 63;
    private static final int LARGEST = 8 << 20;

    @TempDir
    private Path folder;

    private String output() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    @Test
    void aLargeJarIsCheckedInAHeapOf64MiB() throws Exception {
        PluginJar jar = PluginJar.of(ProbePlugin.class, "probe", "1.0.0");
        byte[] large = new byte[LARGEST];
        ByteBuffer.wrap(large).putInt(0xCAFEBABE).putShort((short) 0).putShort((short) 65);
        for (int i = 0; i < CLASSES; i++) {
            jar.bytes("bells/Large" + i + ".class", large);
        }
        jar.writeTo(RunningHost.dropFolder(folder).resolve("probe.jar"));
        Path config = Files.writeString(folder.resolve("base.yaml"), RunningHost.CONFIG);
        Files.writeString(folder.resolve("catalog.yaml"), "kind: User\nmetadata: { name: guest }\n");

        Process process = StartProcess.of(folder, List.of(config), "-Xmx64m", "-XX:+ExitOnOutOfMemoryError")
                .start();
        try {
            await().atMost(LIMIT).until(() -> output().contains("serving") || !process.isAlive());
            assertThat(output()).contains("probe 1.0.0 (from probe.jar) runs");
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
