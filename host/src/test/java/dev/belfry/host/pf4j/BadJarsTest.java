package dev.belfry.host.pf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.access.Identity;
import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.lifecycle.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jooq.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invalid JARs replace a valid one: each is refused with a reason, and the running plugin keeps running. */
class BadJarsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** A valid plugin. */
    public static final class GoodPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes ->
                    routes.get("/version", Access.PUBLIC, (request, caller) -> request.result(context.version())));
        }
    }

    @TempDir
    private Path folder;

    private DropFolder drop;
    private RunningHost host;

    @BeforeEach
    void startWithAGoodOne() {
        drop = new DropFolder(folder);
        host = RunningHost.start(folder);
        drop.drop(good(), "bell.jar");
        DropFolder.awaitAnswer(host, "/api/bell/version", "1.0.0");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private static PluginJar good() {
        return PluginJar.of(GoodPlugin.class, "bell", "1.0.0");
    }

    private static PluginJar bad(Class<? extends Plugin> plugin) {
        return PluginJar.of(plugin, "bell", "2.0.0");
    }

    private void assertRefused(PluginJar jar, String... reason) {
        drop.drop(jar, "bell.jar");
        assertRefused(reason);
    }

    private void assertRefused(String... reason) {
        await().atMost(LIMIT).until(() -> failed().isPresent());
        assertThat(failed().orElseThrow().reason().orElse("")).contains(reason);
        assertThat(failed().orElseThrow().file()).contains(Path.of("bell.jar"));
        assertThat(host.get("/api/bell/version").body()).isEqualTo("1.0.0");
        assertThat(host.get("/readyz").statusCode()).isEqualTo(200);
    }

    private Optional<PluginStatus> failed() {
        return host.plugins().stream()
                .filter(plugin -> plugin.state() == State.FAILED)
                .findFirst();
    }

    @Test
    void aTruncatedJarIsRefused() throws IOException {
        Path whole = good().classes(Plugin.class).writeTo(folder.resolve("whole.jar"));
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(folder.resolve("plugins/bell.jar"), Arrays.copyOf(bytes, bytes.length / 2));

        assertRefused("not a readable JAR");
    }

    @Test
    void aJarWithACorruptEntryIsRefused() throws IOException {
        Path whole = good().file("notes.txt", "ding dong ".repeat(50)).writeTo(folder.resolve("whole.jar"));
        byte[] bytes = Files.readAllBytes(whole);
        int end = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("notes.txt");
        int header = new String(bytes, 0, end, StandardCharsets.ISO_8859_1).indexOf("notes.txt");
        bytes[header + "notes.txt".length() + 3] ^= 0x55;
        Files.write(folder.resolve("plugins/bell.jar"), bytes);

        assertRefused("not a readable JAR");
    }

    @Test
    @Tag("soak")
    void aZipBombIsRefused() {
        byte[] zeros = new byte[200 << 20];
        assertRefused(
                good().bytes("bomb-1", zeros).bytes("bomb-2", zeros).bytes("bomb-3", zeros),
                "unpacks to more than 512 MiB");
    }

    @Test
    void tooManyEntriesAreRefused() {
        PluginJar jar = good();
        for (int i = 0; i <= 65_535; i++) {
            jar.file("entries/" + i, "");
        }
        assertRefused(jar, "entries; the maximum is 65534");
    }

    @Test
    void aClassForANewerJavaIsRefused() {
        assertRefused(
                good().patch(GoodPlugin.class, bytes -> {
                    bytes[6] = 0;
                    bytes[7] = (byte) (Runtime.version().feature() + 44 + 3);
                    return bytes;
                }),
                GoodPlugin.class.getName(),
                "was compiled for Java " + (Runtime.version().feature() + 3));
    }

    @Test
    void anInvalidClassFileIsRefused() {
        assertRefused(good().bytes("some/Thing.class", new byte[20]), "some.Thing is not a class file");
    }

    /** Uses a class that the JAR lacks. */
    public static final class LackingPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.logger().info("{}", DropFolder.class.getDeclaredMethods().length);
        }
    }

    @Test
    void aMissingClassIsReported() {
        assertRefused(bad(LackingPlugin.class), "a class is missing: dev/belfry/host/DropFolder", "Pack the library");
    }

    /** Its class cannot be initialized. */
    public static final class FailingClassPlugin implements Plugin {
        private static final List<String> NAMES = names();

        private static List<String> names() {
            throw new IllegalArgumentException("no bells in this tower");
        }

        @Override
        public void start(PluginContext context) {
            context.logger().info("{}", NAMES);
        }
    }

    @Test
    void aFailingStaticInitializerIsReported() {
        assertRefused(bad(FailingClassPlugin.class), "a static initializer failed: no bells in this tower");
    }

    /** Allocates more memory than any JVM has. */
    public static final class GreedyPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            long[][] all = new long[1][];
            all[0] = new long[Integer.MAX_VALUE];
            context.logger().info("{}", all[0].length);
        }
    }

    @Test
    void outOfMemoryDuringTheStartIsReported() {
        assertRefused(bad(GreedyPlugin.class), "out of memory");
    }

    /** Never ends and ignores interrupts. */
    public static final class SpinningPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            long turns = 0;
            while (!"stop".equals(System.getProperty("belfry.test.spinning"))) {
                turns++;
            }
            context.logger().info("{}", turns);
        }
    }

    @Test
    @Tag("soak")
    void anEndlessStartIsEnded() {
        try {
            assertRefused(
                    bad(SpinningPlugin.class), "the start of bell#2 took longer than 5 s", "SpinningPlugin.start");
        } finally {
            System.setProperty("belfry.test.spinning", "stop");
        }
    }

    /** Starts, and reports that it is unhealthy. */
    public static final class UnwellPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.healthCheck("clapper", () -> {
                throw new IllegalStateException("the clapper is missing");
            });
        }
    }

    @Test
    void anUnhealthyPluginIsRefused() {
        assertRefused(bad(UnwellPlugin.class), "health check 'clapper' fails: the clapper is missing");
    }

    /** Supplies the port identity. */
    public static final class IdentityPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.provide(Identity.class, credentials -> Optional.empty());
        }
    }

    @Test
    void aSecondSupplierOfAPortIsRefused() {
        drop.drop(PluginJar.of(IdentityPlugin.class, "doorman", "1.0.0"), "doorman.jar");
        await().atMost(LIMIT).until(() -> host.plugins().size() == 2);

        assertRefused(
                bad(IdentityPlugin.class),
                "it supplies the port 'identity'",
                "which the plugin 'doorman' already supplies; set 'ports.identity' in the configuration to choose one");
    }

    @Test
    void aBrokenMigrationIsReported() {
        assertRefused(
                bad(MigratingPlugin.class).file("db/common/V1__bells.sql", "create tabel bells"),
                "the tables of 'bell' could not be migrated",
                "V1__bells.sql");
    }

    /** Has tables. */
    public static final class MigratingPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.database().migrate("db");
        }
    }

    /** Would be kept in jOOQ's static maps. */
    public static final class ConvertingPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            Converter<String, Integer> converter =
                    Converter.of(String.class, Integer.class, Integer::valueOf, String::valueOf);
            context.logger().info("{}", converter.from("7"));
        }
    }

    @Test
    void aPluginThatPassesItsClassesToTheHostsJooqIsRefused() {
        assertRefused(bad(ConvertingPlugin.class), "uses org.jooq.Converter of the host's jOOQ", "pack jOOQ");
    }
}
