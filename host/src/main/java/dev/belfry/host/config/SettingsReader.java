package dev.belfry.host.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the host's settings from the configuration, section by section. */
final class SettingsReader {

    /** After the drain; together less than the 30 s that Kubernetes gives a process. */
    private static final Duration STOP_OF_PLUGINS = Duration.ofSeconds(15);

    private static final Duration MAX_STATEMENT = Duration.ofHours(24);

    private static final long DEFAULT_BODY_LIMIT = 1_048_576;
    private static final int DEFAULT_CARRIERS =
            Math.clamp(8L * Runtime.getRuntime().availableProcessors(), 32, 256);

    /** The default maximum of Java's scheduler. */
    private static final long MAX_CARRIERS = 256;

    private static final long MAX_BODY_LIMIT = 1_073_741_824;
    private static final Set<String> STORES = Set.of("memory", "redis", "valkey", "memcache", "infinispan");

    private final Problems problems = new Problems();
    private final Section.Reading reading;
    private final Section root;
    private final PluginList plugins;
    private final Path workingDirectory;

    SettingsReader(Config config) {
        workingDirectory = config.workingDirectory();
        reading = new Section.Reading(problems, new TreeSet<>(), new LinkedHashSet<>(), workingDirectory);
        root = config.root(reading);
        plugins = config.plugins();
    }

    HostSettings read() {
        BelfrySettings belfry = belfry();
        AuthSettings auth;
        ListenSettings listen;
        Optional<URI> baseUrl;
        CorsSettings cors;
        TrustProxy trustProxy;
        DatabaseSettings database;
        try (Section backend = root.section("backend");
                Section authSection = root.section("auth")) {
            auth = AuthReader.read(authSection, backend);
            listen = ListenReader.read(backend, auth.guest());
            baseUrl = baseUrl(backend);
            cors = CorsReader.read(backend, auth.guest());
            trustProxy = TrustProxyReader.read(backend);
            database = DatabaseReader.read(backend, belfry.dataDirectory());
            cache(backend);
            backend.ignore(
                    "actions",
                    "auditor",
                    "csp",
                    "health",
                    "https",
                    "lifecycle",
                    "logger",
                    "metrics",
                    "package",
                    "packages",
                    "rateLimit",
                    "reading",
                    "referrer",
                    "rootHttpRouter",
                    "server",
                    "startup",
                    "tracing",
                    "workingDirectory");
        }
        HostSettings settings = new HostSettings(
                listen,
                baseUrl,
                belfry,
                cors,
                trustProxy,
                database,
                auth,
                permission(),
                CatalogReader.read(root, workingDirectory),
                new DynamicPluginsReader(reading).read(root, plugins, workingDirectory),
                required(),
                ports(),
                reading.ignored());
        problems.throwIfAny();
        return settings;
    }

    /** Every key that was read; the documentation must name each. */
    Set<String> knownKeys() {
        return reading.knownKeys();
    }

    private BelfrySettings belfry() {
        try (Section belfry = root.section("belfry")) {
            Duration drain = belfry.duration("drainTimeout").orElse(Duration.ofSeconds(10));
            return new BelfrySettings(
                    belfry.file("dataDirectory").orElse(workingDirectory.resolve("data")),
                    belfry.number("bodyLimit", 1, MAX_BODY_LIMIT).orElse(DEFAULT_BODY_LIMIT),
                    belfry.duration("startTimeout").orElse(Duration.ofSeconds(60)),
                    drain,
                    stopTimeout(belfry, drain),
                    belfry.flag("accessLog").orElse(true),
                    limits(belfry),
                    OutgoingReader.read(belfry),
                    statements(belfry));
        }
    }

    private static Duration stopTimeout(Section belfry, Duration drain) {
        Duration stop = belfry.duration("stopTimeout").orElse(drain.plus(STOP_OF_PLUGINS));
        if (stop.compareTo(drain) <= 0) {
            belfry.problem(
                    "stopTimeout", "must be longer than belfry.drainTimeout, which is " + drain + ", not " + stop);
        }
        return stop;
    }

    private static StatementSettings statements(Section belfry) {
        try (Section database = belfry.section("database")) {
            return new StatementSettings(
                    longest(database, "slowQueryThreshold").orElse(StatementSettings.DEFAULT.slowQueryThreshold()),
                    longest(database, "statementTimeout").orElse(StatementSettings.DEFAULT.timeout()));
        }
    }

    /** The maximum in milliseconds that both databases accept. */
    private static Optional<Duration> longest(Section section, String key) {
        return section.duration(key).filter(duration -> {
            boolean fits = duration.isZero()
                    || (duration.compareTo(Duration.ofMillis(1)) >= 0 && duration.compareTo(MAX_STATEMENT) <= 0);
            if (!fits) {
                section.problem(key, "must be between PT0.001S and " + MAX_STATEMENT + ", or PT0S for never");
            }
            return fits;
        });
    }

    private static LimitSettings limits(Section belfry) {
        try (Section limits = belfry.section("limits")) {
            int carriers = limits.number("carrierThreads", 2, MAX_CARRIERS)
                    .map(Long::intValue)
                    .orElse(DEFAULT_CARRIERS);
            int requests = limits.number("requestsPerPlugin", 1, MAX_CARRIERS)
                    .map(Long::intValue)
                    .orElse(carriers - carriers / 4);
            if (requests >= carriers) {
                limits.problem(
                        "requestsPerPlugin",
                        "must be less than the carrier threads (belfry.limits.carrierThreads), of which there are "
                                + carriers + ", not " + requests);
            }
            ClientSettings clients = ClientReader.read(limits);
            return new LimitSettings(
                    carriers,
                    requests,
                    limits.duration("patience").orElse(Duration.ofSeconds(1)),
                    clients,
                    StreamReader.read(limits, clients));
        }
    }

    private Optional<URI> baseUrl(Section backend) {
        return backend.text("baseUrl").flatMap(text -> {
            try {
                URI address = URI.create(text);
                if (address.getHost() != null && Set.of("http", "https").contains(address.getScheme())) {
                    return Optional.of(address);
                }
            } catch (IllegalArgumentException e) {
                // Reported below, like a wrong scheme.
            }
            backend.problem("baseUrl", "must be a URL such as http://localhost:7007, not '" + text + "'");
            return Optional.empty();
        });
    }

    private static void cache(Section backend) {
        try (Section cache = backend.section("cache")) {
            // Belfry has no external cache: the settings of other stores are ignored.
            cache.text("store")
                    .filter(store -> !STORES.contains(store))
                    .ifPresent(store -> cache.problem(
                            "store",
                            "must be one of " + String.join(", ", new TreeSet<>(STORES)) + ", not '" + store + "'"));
            cache.ignore(
                    cache.keys().stream().filter(key -> !key.equals("store")).toArray(String[]::new));
        }
    }

    private PermissionSettings permission() {
        try (Section permission = root.section("permission")) {
            boolean enabled = permission.flag("enabled").orElse(true);
            permission.ignore("rules", "policyFileReload", "EXPERIMENTAL_enableBatchedRequests");
            try (Section rbac = permission.section("rbac")) {
                Optional<Path> file = rbac.file("policies-csv-file");
                rbac.ignore(
                        "admin",
                        "conditionalMetadataRetry",
                        "conditionalPoliciesFile",
                        "database",
                        "defaultPermissions",
                        "maxDepth",
                        "permissionPoliciesRefresh",
                        "pluginsWithPermission",
                        "policyDecisionPrecedence",
                        "policyFileReload",
                        "providers",
                        "useOwnershipEntityRefs",
                        "validation");
                return new PermissionSettings(enabled, file);
            }
        }
    }

    private Set<String> required() {
        try (Section plugins = root.section("plugins")) {
            return new LinkedHashSet<>(plugins.texts("required"));
        }
    }

    /** {@code identity: x} and {@code notifications.storage: x}, with dots or nested. */
    private Map<String, String> ports() {
        Map<String, String> found = new LinkedHashMap<>();
        Section ports = root.section("ports");
        List.of("identity", "permission", "catalog").forEach(ports::value);
        collectPorts("", ports, found);
        return found;
    }

    private static void collectPorts(String prefix, Section section, Map<String, String> found) {
        for (String key : section.keys()) {
            String name = prefix.isEmpty() ? key : prefix + "." + key;
            if (section.peek(key) instanceof Value.Tree) {
                collectPorts(name, section.section(key), found);
            } else {
                section.text(key).ifPresent(plugin -> found.put(name, plugin));
            }
        }
    }
}
