package dev.belfry.host.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watched files become unreadable for a while: plugins keep running, and readiness reports it. */
class UnreadableFolderTest {

    @TempDir
    private Path folder;

    private static void awaitNotReady(RunningHost host, String reason) {
        await().untilAsserted(() -> assertThat(host.get("/readyz"))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(503))
                .satisfies(answer -> assertThat(answer.body()).contains(reason)));
    }

    private static void awaitReady(RunningHost host) {
        await().untilAsserted(() -> assertThat(host.get("/readyz").statusCode()).isEqualTo(200));
    }

    @Test
    void pluginsKeepRunningWhileTheirFolderIsUnreadable() throws Exception {
        Path drop = RunningHost.dropFolder(folder);
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0").writeTo(drop.resolve("probe.jar"));
        try (RunningHost host = RunningHost.start(folder)) {
            Path aside = Files.move(drop, folder.resolve("aside"));
            awaitNotReady(host, "the plugin folder 'plugins' cannot be read");
            assertThat(host.get("/api/probe/text").body()).isEqualTo("text");

            Files.move(aside, drop);
            awaitReady(host);
            assertThat(host.get("/api/probe/text").body()).isEqualTo("text");
            new DropFolder(folder).remove("probe.jar");
            await().until(() -> host.get("/api/probe/text").statusCode() == 404);
        }
    }

    @Test
    void aFolderThatIsUnreadableAtStartIsReadLater() throws Exception {
        Path drop = RunningHost.dropFolder(folder);
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0").writeTo(drop.resolve("probe.jar"));
        Path elsewhere = folder.resolve("elsewhere");
        Files.writeString(elsewhere, "a file");
        try (RunningHost host = RunningHost.start(folder, "dynamicPlugins: { rootDirectory: " + elsewhere + " }")) {
            awaitNotReady(host, "the plugin folder 'elsewhere' cannot be read: it is not a folder");
            Files.delete(elsewhere);
            Files.move(drop, elsewhere);

            DropFolder.awaitAnswer(host, "/api/probe/text", "text");
            awaitReady(host);
        }
    }

    @Test
    void theCatalogStaysInUseWhileItsFileIsMissing() throws Exception {
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("probe.jar"));
        try (RunningHost host = RunningHost.start(folder)) {
            Path aside = Files.move(folder.resolve("catalog.yaml"), folder.resolve("aside"));
            awaitNotReady(host, "the file 'catalog.yaml' cannot be read: it does not exist");

            Files.move(aside, folder.resolve("catalog.yaml"));
            awaitReady(host);
        }
    }

    @Test
    void readinessNamesAMissingKeyFileOfAnIssuer() throws Exception {
        Path keys = Files.writeString(folder.resolve("keys.json"), "{\"keys\": []}");
        try (RunningHost host = RunningHost.start(
                folder, "auth: { issuers: [ { issuer: sso, audience: belfry, jwks: keys.json } ] }")) {
            Path aside = Files.move(keys, folder.resolve("aside"));
            awaitNotReady(host, "the file 'keys.json' cannot be read: it does not exist");

            Files.move(aside, keys);
            awaitReady(host);
        }
    }
}
