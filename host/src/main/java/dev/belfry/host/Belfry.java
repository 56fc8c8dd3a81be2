package dev.belfry.host;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.event.Events;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.backup.DataDirectoryLock;
import dev.belfry.host.catalog.YamlCatalog;
import dev.belfry.host.catalogsources.CatalogSources;
import dev.belfry.host.config.Config;
import dev.belfry.host.config.LiveConfig;
import dev.belfry.host.context.HostEnvironment;
import dev.belfry.host.context.HostServices;
import dev.belfry.host.database.Databases;
import dev.belfry.host.event.EventBus;
import dev.belfry.host.event.HostEvents;
import dev.belfry.host.extension.Extensions;
import dev.belfry.host.files.OwnFiles;
import dev.belfry.host.health.Health;
import dev.belfry.host.http.HttpServer;
import dev.belfry.host.leak.Leak;
import dev.belfry.host.leak.Leaks;
import dev.belfry.host.lifecycle.Candidate;
import dev.belfry.host.lifecycle.DisabledPlugins;
import dev.belfry.host.lifecycle.Lifecycle;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.lifecycle.State;
import dev.belfry.host.lifecycle.StopDeadline;
import dev.belfry.host.logoutput.LogOutput;
import dev.belfry.host.metrics.Meters;
import dev.belfry.host.oidc.NimbusProvider;
import dev.belfry.host.operations.ApiDocs;
import dev.belfry.host.operations.CatalogRoutes;
import dev.belfry.host.operations.Console;
import dev.belfry.host.operations.OperatorRoutes;
import dev.belfry.host.operations.PluginDetails;
import dev.belfry.host.operations.PluginRoutes;
import dev.belfry.host.operations.UserRoutes;
import dev.belfry.host.pf4j.PluginDiscovery;
import dev.belfry.host.scheduling.JobHistory;
import dev.belfry.host.scheduling.Jobs;
import dev.belfry.host.schema.ConfigSchemas;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.settings.ListenAddress;
import dev.belfry.host.settings.PortFaults;
import dev.belfry.host.signin.SignIn;
import dev.belfry.host.tasks.ServingTasks;
import dev.belfry.host.threads.HostThreads;
import dev.belfry.host.tracing.Tracing;
import dev.belfry.host.trust.PluginTrust;
import dev.belfry.host.watch.FileWatch;
import java.net.URL;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Belfry host. The constructor composes its parts; {@link #start} is the start sequence.
 *
 * <p>To embed Belfry in an application:
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

    private final LiveConfig config;
    private final HostSettings settings;
    private final PartStack parts = new PartStack();
    private final Leaks leaks;
    private final Databases databases;
    private final PluginTrust trust;
    private final PluginDiscovery discovery;
    private final Lifecycle lifecycle;
    private final HostEvents hostEvents;
    private final Catalog catalog;
    private final Health health;
    private final HostThreads threads = new HostThreads();
    private final StopDeadline deadline;
    private final DeclaredPermissions permissions;
    private final HttpServer http;
    private final Optional<HttpsCertificate> certificate;
    private final HostRoutes routes;

    /** Starts a host with the given configuration files; later files win. Starts static and dynamic plugins. */
    public static Belfry start(Path... configFiles) {
        return start(Config.load(List.of(configFiles)));
    }

    /** @throws dev.belfry.api.ConfigurationException naming every problem of the configuration */
    public static Belfry start(Config config) {
        return start(config, Belfry.class.getClassLoader());
    }

    /** @param classPath searched for static plugins */
    public static Belfry start(Config config, ClassLoader classPath) {
        return start(config, classPath, Clock.systemUTC());
    }

    /** @param tracing records spans of the host's work; the caller closes what exports them, after the host */
    public static Belfry start(Config config, Tracing tracing) {
        return start(config, Belfry.class.getClassLoader(), Clock.systemUTC(), List.of(), tracing);
    }

    /** @param clock the time source of the host and its plugins */
    public static Belfry start(Config config, ClassLoader classPath, Clock clock) {
        return start(config, classPath, clock, List.of(), Tracing.off());
    }

    /** For an application that sets the configuration in its code, or creates plugins. */
    public static BelfryBuilder builder() {
        return new BelfryBuilder();
    }

    static Belfry start(
            Config config,
            ClassLoader classPath,
            Clock clock,
            List<PluginDiscovery.Supplied> plugins,
            Tracing tracing) {
        try {
            HostSettings settings = HostSettings.from(config);
            LogOutput.apply(settings.log());
            return started(new Belfry(config, settings, clock, tracing), classPath, plugins);
        } catch (ConfigurationException faulty) {
            throw config.placed(faulty, "belfry.dataDirectory", "log.file.path", ListenAddress.KEY);
        }
    }

    private static Belfry started(Belfry belfry, ClassLoader classPath, List<PluginDiscovery.Supplied> plugins) {
        try {
            belfry.start(classPath, plugins);
            return belfry;
        } catch (RuntimeException | Error failure) {
            belfry.close();
            throw failure;
        }
    }

    private Belfry(Config config, HostSettings settings, Clock clock, Tracing tracing) {
        this.config = new LiveConfig(config, LiveSettings::check);
        this.settings = settings;
        DisabledPlugins disabled =
                DisabledPlugins.in(settings.belfry().dataDirectory().resolve(DisabledPlugins.FILE));
        Meters meters = parts.add(Meters.ofProcess());
        meters.gauge("belfry.threads", "Threads and repeated tasks that the host needs all the time", threads::size);
        meters.gauge(
                "belfry.threads.failing",
                "Those of them that have ended or fail",
                () -> threads.obstacles().size());
        deadline = new StopDeadline(settings.belfry().stopTimeout());
        Jobs jobs = parts.add(new Jobs(threads));
        leaks = parts.add(new Leaks(clock, threads));
        meters.gauge(
                "belfry.plugin.leaks",
                "Stopped plugins that cannot be unloaded",
                () -> leaks.found().size());
        FileWatch watch = parts.add(new FileWatch(threads));
        this.config.watchFiles(file -> watch.watch(file, this.config::readChanged));
        Extensions extensions = new Extensions(settings.ports().suppliedByOthers(), disabled::contains);
        PortFaults portFaults = new PortFaults(settings.ports(), this.config.current());
        EventBus events = new EventBus(meters.registry(), tracing);
        hostEvents = parts.add(new HostEvents(events));

        CatalogSources sources = new CatalogSources();
        HostHttp outgoing = parts.add(new HostHttp(settings.belfry().outgoing(), meters, tracing));
        YamlCatalog.Network network = new YamlCatalog.Network(
                settings.belfry().dataDirectory().resolve("catalog"), outgoing::client, threads);
        databases = parts.add(new Databases(
                settings.database(),
                settings.belfry().statements(),
                meters.registry(),
                settings.belfry().dataDirectory(),
                tracing));
        HostSessions sessions = parts.add(HostSessions.of(settings, databases, resources(), clock));
        HostPorts ports = parts.orClose(() ->
                HostPorts.wire(settings, extensions, sessions, sources, watch, network, tracing, clock, parts::add));
        catalog = ports.catalog();
        SignIn signIn = SignIn.of(
                settings,
                sessions.cookies(),
                catalog,
                ports.directory(),
                ports.tokens(),
                oidc -> new NimbusProvider(oidc, clock, tracing),
                this::address);
        permissions = ports.permissions();
        http = new HttpServer(
                settings, ports.access(), permissions, meters.registry(), threads, databases::unavailability, tracing);
        health = new Health(LiveSettings.required(settings, settings), this::plugins);
        health.addPart(threads::obstacles);
        health.addPart(watch::obstacles);
        ConfigSchemas schemas = new ConfigSchemas(this.config);
        ServingTasks tasks = new ServingTasks();
        JobHistory history = new JobHistory(clock);
        HostServices services = new HostServices(
                this.config,
                schemas,
                http,
                settings.belfry().outgoing(),
                databases,
                ports.catalog(),
                sources,
                ports.access(),
                extensions,
                portFaults,
                events,
                health,
                jobs,
                history,
                tasks,
                leaks,
                meters,
                tracing,
                clock);
        lifecycle = parts.add(new Lifecycle(
                new HostEnvironment(services),
                clock,
                PluginDiscovery.versions(),
                disabled,
                settings.belfry().startTimeout(),
                settings.belfry().drainTimeout(),
                deadline));
        sources.await(() -> anyPluginIs(State.WAITING));
        sessions.follow(ports, http, () -> !anyPluginIs(State.STARTING, State.WAITING, State.FAILED), jobs, parts::add);
        trust = new PluginTrust(settings.dynamicPlugins());
        discovery = new PluginDiscovery(
                HostVersion.current(), settings.belfry().dataDirectory().resolve("plugins"), trust);
        PluginDetails details = new PluginDetails(lifecycle, http, extensions, health, meters, schemas, tasks, history);
        OperatorRoutes operatorRoutes = new OperatorRoutes(
                health,
                meters,
                new Console(
                        details,
                        health,
                        leaks,
                        this.config,
                        ports.access(),
                        clock,
                        new Console.Frame(
                                HostVersion.current(),
                                settings.basePath(),
                                settings.auth().hasSignIn(),
                                signIn.routes()::hasSession)));
        routes = new HostRoutes(
                operatorRoutes,
                new PluginRoutes(details, lifecycle, settings.ports(), leaks, this.config, settings.basePath()),
                new UserRoutes(ports.catalog(), ports.directory(), ports.access(), permissions),
                new ApiDocs(http, settings.basePath()),
                signIn,
                new CatalogRoutes(ports.directory()));
        parts.add(http);
        certificate = HttpsCertificate.of(settings, this.config, http, threads);
        certificate.ifPresent(parts::add);
    }

    private boolean anyPluginIs(State... states) {
        return lifecycle.statuses().stream().map(PluginStatus::state).anyMatch(List.of(states)::contains);
    }

    private void start(ClassLoader classPath, List<PluginDiscovery.Supplied> supplied) {
        List<Candidate> ofApplication =
                supplied.stream().map(discovery::ofApplication).toList();
        // Closed last: the next holder of the lock finds all resources released.
        parts.closeLast(DataDirectoryLock.of(settings.belfry().dataDirectory()));
        config.current().notices().logTo(LOG);
        settings.warnings().forEach(LOG::warn);
        routes.openOn(http, resources());
        certificate.ifPresent(HttpsCertificate::start);
        http.start();
        PluginDiscovery.Found onClassPath = discovery.onClassPath(classPath);
        // Watch the folder first, then read it: no file in between is missed.
        PluginFolder folder = parts.add(
                new PluginFolder(settings.dynamicPlugins().rootDirectory(), discovery, lifecycle, config, threads));
        new LiveSettings(settings, http, health, trust, folder).follow(config);
        health.addPart(folder::obstacles);
        List<Candidate> candidates = candidates(ofApplication, onClassPath, folder.found());
        lifecycle.addAll(candidates);
        folder.start();
        lifecycle.awaitStarts();
        permissions.settle();
        folder.warnIfNone();
        StartNotices.log(settings, config.current(), plugins(), permissions);
        http.settle();
        health.started();
    }

    /** The host's own files: its JAR, or its folder of classes. */
    private static URL resources() {
        return OwnFiles.locationOf(Belfry.class).orElseThrow();
    }

    private List<Candidate> candidates(
            List<Candidate> ofApplication, PluginDiscovery.Found onClassPath, PluginDiscovery.Found dropped) {
        onClassPath.refused().forEach(lifecycle::refuse);
        dropped.refused().forEach(lifecycle::refuse);
        List<Candidate> candidates = new ArrayList<>(ofApplication);
        Set<String> given =
                ofApplication.stream().map(plugin -> plugin.descriptor().id()).collect(Collectors.toSet());
        onClassPath.candidates().stream()
                .filter(found -> !given.contains(found.descriptor().id()))
                .forEach(candidates::add);
        candidates.addAll(dropped.candidates());
        return candidates;
    }

    /** The host's base URL, such as {@code http://127.0.0.1:7007}. */
    public String address() {
        String host = settings.listen().host();
        String shown = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
        return settings.scheme() + "://" + (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + port();
    }

    /** The port that the server listens on: a free one if the configuration says 0. */
    public int port() {
        return http.port();
    }

    /** The status of every plugin. */
    public List<PluginStatus> plugins() {
        return lifecycle.statuses();
    }

    /** The users and groups, of the files and of plugins. */
    public Catalog catalog() {
        return catalog;
    }

    /**
     * The events of the plugins, for the embedding application. It shares the classes of events with plugins on the class path, not
     * with those from JARs.
     */
    public Events events() {
        return hostEvents;
    }

    /**
     * Reads the configuration files again, without waiting until the host notices a change.
     *
     * @throws dev.belfry.api.ConfigurationException naming every problem; the configuration in force stays
     */
    public void readConfiguration() {
        config.readAgain();
    }

    /** As {@link #readConfiguration}, and begins the log file anew; problems are logged. For signals. */
    public void reload() {
        LOG.info("told to read the configuration again");
        Config before = config.current();
        boolean wasWrong = !config.problems().isEmpty();
        config.readChanged();
        if (!wasWrong && config.problems().isEmpty() && config.current() == before) {
            LOG.info("the configuration has not changed");
        }
        LogOutput.apply(HostSettings.from(config.current()).log());
    }

    /** Stops every plugin; the host keeps serving without them. */
    public void stopPlugins() {
        lifecycle.close();
    }

    /** Number of database connections in use. */
    public int connectionsInUse() {
        return databases.inUse();
    }

    /** Number of stopped generations that may still be collected. */
    public int unloading() {
        return leaks.pending();
    }

    /** Resources of stopped plugins that the host removed, described for people. */
    public List<String> forgotten() {
        return leaks.forgotten();
    }

    /** Routes of plugins whose body class cannot be created from JSON, as far as requests have shown it, described for people. */
    public List<String> unreadableBodies() {
        return http.unreadableBodies();
    }

    /** Stopped generations that cannot be collected. */
    public List<Leak> leaks() {
        return leaks.found();
    }

    /**
     * Reports not ready, and serves for {@code belfry.shutdownDelay}. Then refuses new requests, completes those in flight, and stops
     * the plugins, for at most {@code belfry.stopTimeout}. An interrupt ends the delay only.
     */
    @Override
    public void close() {
        boolean interrupted = health.stopping() && waitForLoadBalancers();
        deadline.begin();
        parts.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * They send requests until they have noticed that the host is not ready.
     *
     * @return whether an interrupt has ended the wait
     */
    private boolean waitForLoadBalancers() {
        Duration delay = settings.belfry().shutdownDelay();
        if (delay.isZero()) {
            return false;
        }
        LOG.info("the host is no longer ready; it serves requests for {} (belfry.shutdownDelay), then it stops", delay);
        try {
            Thread.sleep(delay);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
