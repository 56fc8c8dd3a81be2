package dev.belfry.testkit;

import dev.belfry.api.Plugin;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.database.Dialect;
import dev.belfry.host.Belfry;
import dev.belfry.host.config.Config;
import dev.belfry.host.lifecycle.PluginStatus;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A real host on a free port of 127.0.0.1, with one plugin, made-up users, and a database of its own. Close it to stop it
 * and to remove what it wrote.
 *
 * <pre>{@code
 * try (TestHost host = TestHost.with(HelloPlugin.class).start()) {
 *     HttpResponse<String> answer = host.as("ada").post("/api/hello/greetings/bell");
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class TestHost implements AutoCloseable {

    private final Belfry belfry;
    private final TestFiles files;
    private final TestTokens tokens;
    private final LeakCheck leftBehind;

    private TestHost(Belfry belfry, TestFiles files, TestTokens tokens, LeakCheck leftBehind) {
        this.leftBehind = leftBehind;
        this.belfry = belfry;
        this.files = files;
        this.tokens = tokens;
    }

    /**
     * A host with this plugin and the defaults: SQLite in a temporary folder, the plugin on the class path, users
     * {@code ada} and {@code bob}, everything permitted, no guest.
     */
    public static Builder with(Class<? extends Plugin> plugin) {
        return new Builder(plugin);
    }

    /** The URI of a path of this host, such as {@code /api/hello/greetings/bell}. */
    public URI uri(String path) {
        return URI.create(belfry.address() + path);
    }

    /**
     * A client that acts as a user.
     *
     * @param user {@code name} or {@code namespace/name}; the host rejects a user who is not in the catalog
     */
    public TestClient as(String user) {
        return new TestClient(this, Optional.of(tokens.ofUser(user)));
    }

    /** A client that acts as a service. */
    public TestClient asService(String name) {
        return new TestClient(this, Optional.of(tokens.ofService(name)));
    }

    /** A client without credentials. */
    public TestClient anonymous() {
        return new TestClient(this, Optional.empty());
    }

    /** The token that {@link #as} sends. */
    public String tokenOf(String user) {
        return tokens.ofUser(user);
    }

    /** The status of the host's plugins. */
    public List<PluginStatus> plugins() {
        return belfry.plugins();
    }

    /**
     * Publishes an event, as another plugin would. The plugin has to be on the class path, so that it shares the class of the event
     * with the test.
     *
     * @since 0.2
     */
    public void publish(Object event) {
        belfry.events().publish(event);
    }

    /**
     * Records the events that plugins on the class path publish.
     *
     * @return the events of this type from now on, in the order of their publication; it grows asynchronously, so wait for it
     * @since 0.2
     */
    public <T> List<T> recordEvents(Class<T> type) {
        List<T> recorded = new CopyOnWriteArrayList<>();
        belfry.events().on(type, recorded::add);
        return recorded;
    }

    /**
     * Changes a value of the configuration while the host runs, as {@link Builder#config} sets it before. A plugin with a receiver for its
     * configuration gets the change soon.
     *
     * @throws dev.belfry.api.ConfigurationException if the changed configuration is wrong; it is then not used
     * @since 0.2
     */
    public void changeConfig(String path, Object value) {
        files.change(path, value);
        belfry.readConfiguration();
    }

    /**
     * The users and groups of the host: from the test, and from plugins that publish some.
     *
     * @since 0.2
     */
    public Catalog catalog() {
        return belfry.catalog();
    }

    /** The host's data directory. */
    public Path dataDirectory() {
        return files.dataDirectory();
    }

    /**
     * Stops the plugin and the host.
     *
     * @throws AssertionError when the plugin has left something behind: a thread, a connection, its class loader; or when a request of
     *     the test has shown that the class of a body cannot be created from JSON
     */
    @Override
    public void close() {
        try {
            leftBehind.stop(belfry);
        } finally {
            files.close();
        }
        List<String> unreadable = belfry.unreadableBodies();
        if (!unreadable.isEmpty()) {
            throw new AssertionError(String.join("; ", unreadable));
        }
    }

    /** Configures the host. Every method returns this. */
    public static final class Builder {

        private final Class<? extends Plugin> plugin;
        private final Map<String, Object> config = new LinkedHashMap<>();
        private final Map<String, List<String>> users = new LinkedHashMap<>();
        private final List<String> policy = new ArrayList<>();
        private Dialect dialect = Dialect.SQLITE;
        private Optional<Path> jar = Optional.empty();
        private final List<Path> moreJars = new ArrayList<>();
        private final List<Class<? extends Plugin>> morePlugins = new ArrayList<>();
        private Clock clock = Clock.systemUTC();

        private Builder(Class<? extends Plugin> plugin) {
            this.plugin = plugin;
            user("ada");
            user("bob");
        }

        /** The database of the plugin: a temporary SQLite file, or a new database of an embedded PostgreSQL. */
        public Builder database(Dialect kind) {
            dialect = kind;
            return this;
        }

        /** SQLite in memory: nothing is written, and readers and writers share one connection. */
        public Builder inMemory() {
            return database(Dialect.SQLITE).config("backend.database.connection", ":memory:");
        }

        /**
         * Loads the plugin from its JAR in the plugin folder, instead of the class path: it sees what a plugin sees in a host. The
         * start fails if its own classes refer to classes that it cannot see.
         *
         * @param file the plugin's built JAR
         */
        public Builder fromJar(Path file) {
            jar = Optional.of(file);
            return this;
        }

        /**
         * Adds another plugin of the class path, such as one that the plugin depends on.
         *
         * @since 0.2
         */
        public Builder andPlugin(Class<? extends Plugin> another) {
            morePlugins.add(another);
            return this;
        }

        /** Adds another plugin's JAR, such as one that supplies a port. */
        public Builder andJar(Path file) {
            moreJars.add(file);
            return this;
        }

        /**
         * Loads the plugin from the JAR of the build: the system property {@code belfry.plugin.jar}.
         *
         * @throws IllegalStateException when the property is not set
         */
        public Builder fromBuiltJar() {
            String built = System.getProperty("belfry.plugin.jar");
            if (built == null) {
                throw new IllegalStateException(
                        "the system property belfry.plugin.jar is not set; it must name the plugin's JAR");
            }
            return fromJar(Path.of(built));
        }

        /** The host's clock, such as a {@link ManualClock}. */
        public Builder clock(ManualClock ofTheTest) {
            clock = ofTheTest;
            return this;
        }

        /**
         * Sets a configuration value.
         *
         * @param path dotted, such as {@code hello.salutation}
         * @param value string, number, boolean, list or map
         */
        public Builder config(String path, Object value) {
            config.put(path, value);
            return this;
        }

        /** Adds a user to the catalog, and its groups: {@code name} or {@code namespace/name} each. */
        public Builder user(String name, String... groups) {
            users.put(name, List.of(groups));
            return this;
        }

        /** Lines of the permission policy; without any, every known caller may do everything. */
        public Builder policy(String... lines) {
            policy.addAll(List.of(lines));
            return this;
        }

        /** Makes {@code guest} the caller of requests without credentials. */
        public Builder guest() {
            user("guest");
            return config("auth.providers.guest", Map.of());
        }

        private List<Class<? extends Plugin>> onClassPath() {
            List<Class<? extends Plugin>> plugins = new ArrayList<>(morePlugins);
            if (jar.isEmpty()) {
                plugins.add(plugin);
            }
            return plugins;
        }

        /** @throws IllegalStateException when the plugin does not run, with the reason */
        public TestHost start() {
            LeakCheck leftBehind = new LeakCheck();
            TestFiles files = TestFiles.write(dialect, config, users, policy);
            try {
                jar.ifPresent(files::drop);
                moreJars.forEach(files::drop);
                Config loaded = Config.load(List.of(files.configFile()));
                ClassLoader classPath = PluginClassPath.only(onClassPath());
                jar.ifPresent(file -> ClassRulesCheck.check(
                        file, moreJars, classPath, files.dataDirectory().resolveSibling("class-rules"), loaded));
                Belfry belfry = Belfry.start(loaded, classPath, clock);
                TestHost host = new TestHost(belfry, files, new TestTokens(files.dataDirectory(), clock), leftBehind);
                host.requireRunning();
                return host;
            } catch (RuntimeException | Error failure) {
                files.close();
                throw failure;
            }
        }
    }

    private void requireRunning() {
        List<PluginStatus> stopped = plugins().stream()
                .filter(status -> status.state() != dev.belfry.host.lifecycle.State.RUNNING)
                .toList();
        if (!stopped.isEmpty() || plugins().isEmpty()) {
            belfry.close();
            throw new IllegalStateException("the plugin does not run: " + stopped);
        }
    }
}
