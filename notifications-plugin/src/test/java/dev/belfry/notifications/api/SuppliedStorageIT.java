package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.Plugin;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.notifications.storage.contract.MemoryStore;
import dev.belfry.notifications.storage.contract.MemoryStorePlugin;
import dev.belfry.testkit.TestClient;
import dev.belfry.testkit.TestHost;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another plugin provides the storage port. Its store passes the port's contract test; see MemoryStoreTest. */
class SuppliedStorageIT {

    private static final String API = "/api/notifications/notifications";

    @TempDir
    private Path folder;

    private Path memoryStoreJar() throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Plugin-Id", "memory-store");
        attributes.putValue("Plugin-Version", "1.0.0");
        attributes.putValue("Plugin-Dependencies", "notifications?");
        Path file = folder.resolve("memory-store.jar");
        List<Class<?>> classes = new ArrayList<>(List.of(MemoryStorePlugin.class, MemoryStore.class));
        classes.addAll(List.of(MemoryStore.class.getDeclaredClasses()));
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Class<?> type : classes) {
                String name = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(name));
                try (InputStream bytes =
                        Objects.requireNonNull(type.getClassLoader()).getResourceAsStream(name)) {
                    Objects.requireNonNull(bytes, name).transferTo(jar);
                }
            }
            jar.putNextEntry(new JarEntry("META-INF/services/" + Plugin.class.getName()));
            jar.write(MemoryStorePlugin.class.getName().getBytes(StandardCharsets.UTF_8));
        }
        return file;
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
