package dev.belfry.host;

import dev.belfry.api.access.Identity;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.web.Routes;
import dev.belfry.host.access.AccessControl;
import dev.belfry.host.access.FailedCredentials;
import dev.belfry.host.backup.DataDirectoryLock;
import dev.belfry.host.casbin.PolicyPermissions;
import dev.belfry.host.catalog.YamlCatalog;
import dev.belfry.host.config.AuthSettings;
import dev.belfry.host.config.Config;
import dev.belfry.host.config.HostSettings;
import dev.belfry.host.context.HostEnvironment;
import dev.belfry.host.context.HostServices;
import dev.belfry.host.database.Databases;
import dev.belfry.host.extension.Extensions;
import dev.belfry.host.health.Health;
import dev.belfry.host.http.HttpServer;
import dev.belfry.host.leak.Leak;
import dev.belfry.host.leak.Leaks;
import dev.belfry.host.lifecycle.DisabledPlugins;
import dev.belfry.host.lifecycle.PluginBoundary;
import dev.belfry.host.lifecycle.InFlightRequests;
import dev.belfry.host.lifecycle.Lifecycle;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.lifecycle.StopDeadline;
import dev.belfry.host.metrics.Meters;
import dev.belfry.host.nimbus.JwtIdentity;
import dev.belfry.host.operations.ApiDocs;
import dev.belfry.host.operations.OperatorRoutes;
import dev.belfry.host.operations.PluginDetails;
import dev.belfry.host.operations.PluginRoutes;
import dev.belfry.host.operations.StatusPage;
import dev.belfry.host.pf4j.PluginDiscovery;
import dev.belfry.host.scheduling.Jobs;
import dev.belfry.host.schema.ConfigSchemas;
import dev.belfry.host.threads.HostThreads;
import dev.belfry.host.trust.PluginTrust;
import dev.belfry.host.watch.FileWatch;
import dev.belfry.host.watch.FolderWatch;
import java.net.URL;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host. Reading {@link #Belfry} is reading the design: the parts, and who is given whom. {@link #start} is the story of a
 * start.
 *
 * <p>An application of your own includes Belfry by this class:
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *     Belfry belfry = Belfry.start(Path.of("config/app-config.yaml"));
 *     Runtime.getRuntime().addShutdownHook(new Thread(belfry::close));
 * }
 * }</pre>
 */
public final class Belfry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Belfry.class);

    private final Config config;
    private final HostSettings settings;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final PluginTrust trust;
    private final Leaks leaks;
    private final Databases databases;
    private final PluginDiscovery discovery;
    private final Lifecycle lifecycle;
    private final Health health;
    private final HostThreads threads = new HostThreads();
    private final StopDeadline deadline;
    private final HttpServer http;
    private final OperatorRoutes operatorRoutes;
    private final PluginRoutes pluginRoutes;
    private final ApiDocs apiDocs;

    /** Starts a host with the given configuration files, later ones win; static and dynamic plugins are started. */
    public static Belfry start(Path... configFiles) {
        return start(Config.load(List.of(configFiles)));
    }

    /** @throws dev.belfry.api.ConfigurationException naming every fault of the configuration */
    public static Belfry start(Config config) {
        return start(config, Belfry.class.getClassLoader());
    }

    /** @param classPath where static plugins are looked for */
    public static Belfry start(Config config, ClassLoader classPath) {
        return start(config, classPath, Clock.systemUTC());
    }

    /** @param clock what the host and its plugins take for the time */
    public static Belfry start(Config config, ClassLoader classPath, Clock clock) {
        Belfry belfry = new Belfry(config, HostSettings.from(config), clock);
        try {
            belfry.start(classPath);
            return belfry;
        } catch (RuntimeException | Error failure) {
            belfry.close();
            throw failure;
        }
    }

    private Belfry(Config config, HostSettings settings, Clock clock) {
        this.config = config;
        this.settings = settings;
        Meters meters = part(Meters.ofProcess());
        meters.gauge("belfry.threads", "Threads and repeated tasks that the host needs all the time", threads::size);
        meters.gauge(
                "belfry.threads.failing",
                "Those of them that have ended or fail",
                () -> threads.obstacles().size());
        deadline = new StopDeadline(settings.belfry().stopTimeout());
        Jobs jobs = part(new Jobs(threads));
        leaks = part(new Leaks(clock, threads));
        meters.gauge(
                "belfry.plugin.leaks",
                "Stopped plugins that cannot be unloaded",
                () -> leaks.found().size());
        FileWatch watch = part(new FileWatch(threads));
        Extensions extensions = new Extensions(settings.ports());

        Catalog catalog = extensions.port("catalog", Catalog.class, () -> YamlCatalog.open(settings.catalog(), watch));
        FailedCredentials failures =
                new FailedCredentials(settings.auth().failedCredentialsPerMinute(), System::nanoTime);
        Identity identity = extensions.port(
                "identity",
                Identity.class,
                () -> JwtIdentity.of(settings.auth(), settings.belfry().dataDirectory(), clock, failures));
        Permissions permissions = extensions.port(
                "permission", Permissions.class, () -> PolicyPermissions.open(settings.permission(), catalog, watch));
        AccessControl access = new AccessControl(
                identity, permissions, catalog, settings.auth().guest().map(AuthSettings.Guest::user), failures);

        databases = part(new Databases(
                settings.database(),
                settings.belfry().statements(),
                meters.registry(),
                settings.belfry().dataDirectory()));
        http = new HttpServer(settings, access, meters.registry(), Databases::outage);
        health = new Health(required(settings), this::plugins);
        health.addPart(threads::obstacles);
        health.addPart(watch::obstacles);
        ConfigSchemas schemas = new ConfigSchemas(config);
        HostServices services = new HostServices(
                config, schemas, http, databases, catalog, access, extensions, health, jobs, leaks, meters, clock);
        lifecycle = part(new Lifecycle(
                new HostEnvironment(services),
                clock,
                PluginDiscovery.versions(),
                DisabledPlugins.in(settings.belfry().dataDirectory().resolve("disabled-plugins")),
                settings.belfry().startTimeout(),
                settings.belfry().drainTimeout(),
                deadline));
        trust = new PluginTrust(settings.dynamicPlugins());
        discovery = new PluginDiscovery(
                HostVersion.current(), settings.belfry().dataDirectory().resolve("plugins"), trust);
        PluginDetails details = new PluginDetails(lifecycle, http, extensions, health, meters, schemas);
        operatorRoutes = new OperatorRoutes(
                health, meters, new StatusPage(details, health, access, HostVersion.current(), clock));
        pluginRoutes = new PluginRoutes(details, lifecycle, leaks);
        apiDocs = new ApiDocs(http);
        part(http);
    }

    /** What the configuration asks for, and whoever is to supply a port: without them the host cannot do its work. */
    private static Set<String> required(HostSettings settings) {
        Set<String> required = new TreeSet<>(settings.requiredPlugins());
        required.addAll(settings.ports().values());
        return required;
    }

    /** Notes what has to be closed; the last made is closed first. */
    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    private void start(ClassLoader classPath) {
        // The last to be closed: whoever waits for it finds everything given up.
        parts.addLast(DataDirectoryLock.of(settings.belfry().dataDirectory()));
        showOperatorRoutes();
        http.start();
        startPlugins(discovery.onClassPath(classPath));
        // The folder is watched from before it is read, so that nothing that is dropped meanwhile is missed.
        FolderWatch watch = part(new FolderWatch(
                settings.dynamicPlugins().rootDirectory(), PluginDiscovery::isPlugin, dropped(), threads));
        health.addPart(watch::obstacles);
        trust.unusable().forEach(lifecycle::refuse);
        startDynamic(watch);
        watch.start();
        tellUnusedKeys();
        http.settle();
        health.started();
    }

    /** A file written for another member of the family starts unchanged; what means nothing here is said once. */
    private void tellUnusedKeys() {
        Set<String> unused = new TreeSet<>(settings.ignored());
        unused.addAll(
                config.unusedSections(plugins().stream().map(PluginStatus::id).collect(Collectors.toSet())));
        if (!unused.isEmpty()) {
            LOG.info("these keys of the configuration mean nothing here: {}", String.join(", ", unused));
        }
    }

    private void showOperatorRoutes() {
        PluginBoundary boundary = new PluginBoundary("host", Belfry.class.getClassLoader(), new InFlightRequests());
        URL resources = Belfry.class.getProtectionDomain().getCodeSource().getLocation();
        show(http.rootEndpoint(boundary, resources), operatorRoutes::declare);
        show(http.hostEndpoint(boundary, resources), routes -> {
            pluginRoutes.declare(routes);
            apiDocs.declare(routes);
        });
    }

    private static void show(HttpServer.Endpoint endpoint, Consumer<Routes> declaration) {
        declaration.accept(endpoint.routes());
        endpoint.complete();
        endpoint.open();
    }

    private void startDynamic(FolderWatch watch) {
        PluginDiscovery.Found found = discovery.among(watch.files());
        found.refused().entrySet().stream()
                .filter(refused -> refused.getValue().isPassing())
                .forEach(refused -> watch.tellAgain(refused.getKey()));
        startPlugins(found);
    }

    private FolderWatch.Listener dropped() {
        return new FolderWatch.Listener() {
            @Override
            public boolean settled(Path file) {
                try {
                    lifecycle.add(discovery.look(file));
                    return true;
                } catch (Refusal refusal) {
                    lifecycle.refuse(file, refusal);
                    return !refusal.isPassing();
                }
            }

            @Override
            public void gone(Path file) {
                lifecycle.withdraw(file);
            }
        };
    }

    private void startPlugins(PluginDiscovery.Found found) {
        found.refused().forEach(lifecycle::refuse);
        lifecycle.addAll(found.candidates());
    }

    /** Where the host answers, such as {@code http://127.0.0.1:7007}. */
    public String address() {
        String host = settings.listen().host();
        String shown = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
        return "http://" + (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + http.port();
    }

    /** Every plugin and how it is. */
    public List<PluginStatus> plugins() {
        return lifecycle.statuses();
    }

    /** Stops every plugin; the host serves on without them. */
    public void stopPlugins() {
        lifecycle.close();
    }

    /** Connections to databases that somebody holds at this moment. */
    public int connectionsInUse() {
        return databases.inUse();
    }

    /** How many stopped generations of plugins may be collected still. */
    public int unloading() {
        return leaks.pending();
    }

    /** What stopped plugins have left behind and the host has removed, for people to read. */
    public List<String> forgotten() {
        return leaks.forgotten();
    }

    /** Stopped generations of plugins that cannot be collected. */
    public List<Leak> leaks() {
        return leaks.found();
    }

    /** Stops taking requests, finishes those in flight, stops the plugins: for at most {@code belfry.stopTimeout}. */
    @Override
    public void close() {
        deadline.begin();
        health.stopping();
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not close cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }
}
