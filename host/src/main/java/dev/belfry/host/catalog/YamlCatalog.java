package dev.belfry.host.catalog;

import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.catalogsources.CatalogSources;
import dev.belfry.host.directory.CatalogNames;
import dev.belfry.host.directory.EntityDirectory;
import dev.belfry.host.files.RegularFile;
import dev.belfry.host.settings.CatalogPlace;
import dev.belfry.host.settings.CatalogPlace.AtUrl;
import dev.belfry.host.settings.CatalogPlace.OnDisk;
import dev.belfry.host.settings.CatalogSettings;
import dev.belfry.host.spelling.NamedEntity;
import dev.belfry.host.threads.HostThreads;
import dev.belfry.host.watch.FileWatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Users and groups from YAML files and from plugins. A problem in a file costs the entities that it affects, and never the start. */
public final class YamlCatalog implements Catalog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(YamlCatalog.class);

    private final boolean nested;
    private final CatalogSources sources;
    private final EntityMerge merge = new EntityMerge();
    private final GuestUser guest;
    private final Optional<RemoteFiles> remote;
    private final CatalogFiles files;
    private final LiveDirectory directory = new LiveDirectory();
    private final CatalogWatches watches;
    private List<Entity> ofFiles = List.of();
    private boolean areFilesWhole;
    private volatile Collection<NamedEntity> unknown = List.of();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private volatile boolean tells;
    private Set<String> warnings = Set.of();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<CatalogPlace, IOException> unreadable = Map.of();
    private volatile Memberships memberships;

    /**
     * The parts that locations of type url need.
     *
     * @param folder for copies of the files
     * @param client opened when it is needed
     * @param patience how long a host is not ready while files have never been read for reasons that may pass
     */
    public record Network(Path folder, Supplier<HttpClient> client, HostThreads threads, Duration patience) {

        private static final Duration PATIENCE = Duration.ofMinutes(1);

        public Network(Path folder, Supplier<HttpClient> client, HostThreads threads) {
            this(folder, client, threads, PATIENCE);
        }
    }

    private YamlCatalog(CatalogSettings settings, CatalogSources sources, FileWatch watch, Optional<Network> network) {
        this.sources = sources;
        nested = settings.nestedGroups();
        guest = new GuestUser(settings.guest());
        memberships = Memberships.of(List.of(), nested);
        remote = network.map(given -> new RemoteFiles(settings, given, this::reload));
        files = new CatalogFiles(settings, remote.map(RemoteTexts.class::cast));
        watches = new CatalogWatches(watch, files::matches, this::reload);
        sources.onChange(this::mergePublished);
        read(Set.of());
    }

    /** Reads the files; what is wrong with them is logged. Locations of type url are left out. */
    public static YamlCatalog open(CatalogSettings settings, FileWatch watch) {
        return new YamlCatalog(settings, new CatalogSources(), watch, Optional.empty());
    }

    /**
     * Reads the files; what is wrong with them is logged.
     *
     * @param sources the users and groups of plugins
     */
    public static YamlCatalog open(CatalogSettings settings, CatalogSources sources, FileWatch watch, Network network) {
        return new YamlCatalog(settings, sources, watch, Optional.of(network));
    }

    /**
     * The files at one moment.
     *
     * @param warnings what is wrong with them, each as {@code path:line: text}
     * @param unknown warnings about users and groups that the files refer to and that no file has, and about a guest that none has
     * @param names complete if all files could be read, also those at URLs
     */
    public record Checked(List<String> warnings, List<String> unknown, CatalogNames names) {}

    /** Reads the files once. Locations of type url are left out. */
    public static Checked check(CatalogSettings settings) {
        return check(settings, Optional.empty());
    }

    /** Reads the files once, and fetches those at URLs. */
    public static Checked check(CatalogSettings settings, HttpClient client) {
        return check(settings, Optional.of(new FetchedFiles(settings.integrations(), client)));
    }

    private static Checked check(CatalogSettings settings, Optional<FetchedFiles> remote) {
        CatalogContent content =
                new CatalogFiles(settings, remote.map(RemoteTexts.class::cast)).read(Set.of(), place -> {});
        List<String> warnings = new ArrayList<>(content.warnings());
        content.unreadable().forEach((place, failure) -> warnings.add(unreadable(place, failure, remote)));
        GuestUser guest = new GuestUser(settings.guest());
        CatalogNames names =
                ReadNames.of(guest.addTo(content.entities(), content.isWhole()), content, remote.isPresent());
        List<String> unknown = new ArrayList<>(guest.warnings(names));
        unknown.addAll(NamedEntity.warnings(content.unknown(), names));
        return new Checked(warnings, unknown, names);
    }

    private static String unreadable(CatalogPlace place, IOException failure, Optional<FetchedFiles> remote) {
        return switch (place) {
            case OnDisk(Path path) -> place + ": cannot be read: " + RegularFile.reason(path, failure);
            case AtUrl(URI address) ->
                RemoteProblem.text(
                        remote.map(files -> files.writtenAt(address)).orElse(""),
                        address,
                        failure,
                        RemoteFiles.consequence(failure, true));
        };
    }

    private synchronized void read(Set<CatalogPlace> changed) {
        CatalogContent content = files.read(changed, watches::begin);
        ofFiles = content.entities();
        areFilesWhole = content.isWhole();
        unknown = content.unknown();
        merge();
        content.warnings().stream()
                .filter(warning -> !warnings.contains(warning))
                .forEach(LOG::warn);
        warnings = new HashSet<>(content.warnings());
        unreadable = content.unreadable();
        watches.retain(content.places());
        unreadable.forEach(watches::failed);
        remote.ifPresent(urls -> urls.retain(content.places().stream()
                .filter(AtUrl.class::isInstance)
                .map(place -> ((AtUrl) place).address())
                .collect(Collectors.toSet())));
        tell();
        listeners.forEach(Runnable::run);
    }

    private synchronized void mergePublished() {
        merge();
        tell();
        listeners.forEach(Runnable::run);
    }

    private void merge() {
        List<Entity> all =
                guest.addTo(merge.merge(ofFiles, sources.published()), areFilesWhole && sources.areComplete());
        memberships = Memberships.of(all, nested);
        directory.replace(all);
    }

    private synchronized void reload(CatalogPlace place) throws IOException {
        IOException before = unreadable.get(place);
        if (before != null && !files.mayBeReadable(place)) {
            throw before;
        }
        read(Set.of(place));
        IOException failure = unreadable.get(place);
        if (failure != null) {
            throw failure;
        }
        LOG.info("the catalog has been reloaded: {} users and groups", memberships.size());
    }

    /** From now on, logs references to users and groups that nobody brings: the plugins of the start run. */
    public void tellUnknown() {
        tells = true;
        tell();
    }

    private void tell() {
        if (tells) {
            Stream.concat(guest.warnings(names()).stream(), NamedEntity.warnings(unknown, names()).stream())
                    .filter(told::add)
                    .forEach(LOG::warn);
        }
    }

    /** The names of the same users and groups. */
    public CatalogNames names() {
        return new CatalogNames() {
            @Override
            public boolean isComplete() {
                return unreadable.isEmpty() && sources.areComplete();
            }

            @Override
            public Set<EntityRef> all() {
                return memberships.all();
            }

            @Override
            public void onChange(Runnable listener) {
                listeners.add(listener);
            }
        };
    }

    /** The details of the same users and groups. */
    public EntityDirectory directory() {
        return directory;
    }

    @Override
    public Set<EntityRef> missing(Collection<EntityRef> refs) {
        Memberships now = memberships;
        Set<EntityRef> missing = new LinkedHashSet<>();
        for (EntityRef ref : refs) {
            if (!now.contains(ref)) {
                missing.add(ref);
            }
        }
        return missing;
    }

    @Override
    public Set<EntityRef> groupsOf(EntityRef user) {
        return memberships.groupsOf(user);
    }

    @Override
    public Set<EntityRef> parentsOf(EntityRef group) {
        return memberships.parentsOf(group);
    }

    @Override
    public OptionalLong userCount() {
        return OptionalLong.of(memberships.users());
    }

    @Override
    public void close() {
        remote.ifPresent(RemoteFiles::close);
    }
}
