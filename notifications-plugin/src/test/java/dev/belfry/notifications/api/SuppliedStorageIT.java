package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.notifications.storage.contract.MemoryStore;
import dev.belfry.notifications.storage.contract.MemoryStorePlugin;
import dev.belfry.testkit.TestClient;
import dev.belfry.testkit.TestHost;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another plugin provides the storage port. Its store passes the port's contract test; see MemoryStoreTest. */
class SuppliedStorageIT {

    private static final String API = "/api/notifications/notifications";

    @TempDir
    private Path folder;

    private Path memoryStoreJar() throws IOException {
        return OtherPluginJar.write(
                folder.resolve("memory-store.jar"),
                MemoryStorePlugin.class,
                "memory-store",
                "notifications?",
                MemoryStore.class);
    }

    private static TestHost.Builder notifications() {
        return TestHost.with(NotificationsPlugin.class)
                .fromBuiltJar()
                .config("ports.notifications.storage", "memory-store");
    }

    @Test
    void notificationsAreStoredByTheConfiguredPlugin() throws IOException {
        try (TestHost host = notifications().andJar(memoryStoreJar()).start()) {
            TestClient ada = host.as("ada");
            ada.post(API, "{\"title\":\"It rings\",\"origin\":\"tests\",\"targetUsers\":[\"default/ada\"]}");

            assertThat(ada.get(API).body()).contains("It rings");
            assertThat(ada.get(API + "/count").body()).isEqualTo("{\"count\":1}");
            assertThat(host.as("bob").get(API + "/count").body()).isEqualTo("{\"count\":0}");
            assertThat(host.dataDirectory().resolve("notifications.sqlite")).doesNotExist();
        }
    }

    @Test
    void withoutItsStoreThePluginWaitsAndNamesThePort() {
        assertThatThrownBy(() -> notifications().start())
                .hasMessageContaining("WAITING")
                .hasMessageContaining(
                        "the port 'notifications.storage' is to be supplied by the plugin 'memory-store'");
    }
}
