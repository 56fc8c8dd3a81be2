package dev.belfry.host.catalog;

import dev.belfry.host.settings.CatalogPlace.AtUrl;
import dev.belfry.host.settings.CatalogSettings;
import dev.belfry.host.threads.HostThreads;
import dev.belfry.host.threads.RepeatingThread;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files at URLs, fetched again at an interval. While a server is away, the last copy stays in use. */
final class RemoteFiles implements RemoteTexts, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteFiles.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final int SHOWN = 5;

    private final RepositoryAddresses addresses;
    private final RemoteCache cache;
    private final Supplier<HttpClient> client;
    private final Duration interval;
    private final HostThreads threads;
    private final CatalogWatches.Change change;
    private final Map<URI, RemoteCopy> newest = new ConcurrentHashMap<>();
    private final Map<URI, IOException> failures = new ConcurrentHashMap<>();
    private final Set<URI> configured;
    private final Map<URI, Long> next = new ConcurrentHashMap<>();
    private final Map<URI, String> written = new ConcurrentHashMap<>();
    private final Duration patience;
    private volatile long begun = System.nanoTime();
    private volatile boolean isImpatient;
    private @Nullable RepeatingThread refresh;
    private HostThreads.@Nullable Watch readiness;

    RemoteFiles(CatalogSettings settings, YamlCatalog.Network network, CatalogWatches.Change change) {
        this.addresses = new RepositoryAddresses(settings.integrations());
        this.cache = new RemoteCache(network.folder());
        this.client = network.client();
        this.patience = network.patience();
        this.configured = settings.locations().stream()
                .map(CatalogSettings.Location::place)
                .filter(AtUrl.class::isInstance)
                .map(place -> ((AtUrl) place).address())
                .collect(Collectors.toUnmodifiableSet());
        this.interval = settings.processingInterval();
        this.threads = network.threads();
        this.change = change;
    }

    @Override
    public String text(URI address) throws IOException {
        RemoteCopy copy = newest.get(address);
        if (copy == null && !next.containsKey(address)) {
            next.put(address, System.nanoTime());
            cache.read(address).ifPresent(cached -> newest.put(address, cached));
            if (!newest.containsKey(address)) {
                fetch(address);
            }
            copy = newest.get(address);
        }
        if (copy == null) {
            throw failures.getOrDefault(address, new IOException("it has not been fetched"));
        }
        return copy.text();
    }

    @Override
    public void written(URI address, String place) {
        written.putIfAbsent(address, place);
    }

    @Override
    public void keep(URI address) {
        RemoteCopy copy = newest.get(address);
        if (copy != null && cache.read(address).filter(copy::equals).isEmpty()) {
            cache.write(address, copy);
        }
    }

    @Override
    public URI resolve(URI base, String target) {
        return addresses.resolve(base, target);
    }

    /** From now on, these files are fetched again. */
    synchronized void retain(Set<URI> used) {
        next.keySet().retainAll(used);
        newest.keySet().retainAll(used);
        failures.keySet().retainAll(used);
        written.keySet().retainAll(used);
        if (refresh == null && !used.isEmpty()) {
            // The first attempts are over, which may have taken long.
            begun = System.nanoTime();
            readiness = threads.watch(this::neverRead);
            refresh = threads.every("catalog refresh", TICK, this::refreshDue);
            refresh.start();
        }
    }

    private void refreshDue() {
        if (!isImpatient && System.nanoTime() - begun > patience.toNanos()) {
            isImpatient = true;
            awaited()
                    .forEach(address -> LOG.warn(
                            "{}{} has not been read within {} s: the host is ready without its users and groups, and policy"
                                    + " lines for them have no effect, also if they deny. Attempts go on",
                            prefix(address),
                            new AtUrl(address),
                            patience.toSeconds()));
        }
        for (URI address : Set.copyOf(next.keySet())) {
            Long due = next.get(address);
            if (due != null && System.nanoTime() - due >= 0 && fetch(address)) {
                try {
                    change.take(new AtUrl(address));
                } catch (IOException e) {
                    LOG.warn("{} cannot be read: {}", new AtUrl(address), e.getMessage());
                }
            }
        }
    }

    /** @return whether there is another text than before */
    private boolean fetch(URI address) {
        try {
            Optional<RemoteCopy> known = Optional.ofNullable(newest.get(address));
            Optional<RemoteCopy> fetched = RemoteFetch.fetch(client.get(), addresses.sourceOf(address), known);
            next.put(address, System.nanoTime() + interval.toNanos());
            cache.forgetAbsence(address);
            if (failures.remove(address) != null) {
                LOG.info("{} can be fetched again", new AtUrl(address));
            }
            fetched.ifPresent(copy -> newest.put(address, copy));
            return fetched.isPresent() && !fetched.equals(known);
        } catch (IOException e) {
            failed(address, asBefore(address, e));
        } catch (IllegalArgumentException e) {
            failed(address, new RemoteProblem.Refused(String.valueOf(e.getMessage())));
        }
        return false;
    }

    /** A dead link stays one while its server is away, also at the next start: a link that nobody could follow loses nothing. */
    private IOException asBefore(URI address, IOException failure) {
        if (isDeadLink(address, failure)) {
            cache.writeAbsence(address);
        } else if (!newest.containsKey(address) && !configured.contains(address) && cache.isAbsent(address)) {
            return new NoSuchFileException("the server had no such file before");
        }
        return failure;
    }

    private void failed(URI address, IOException failure) {
        Duration wait = RETRY.compareTo(interval) < 0 ? RETRY : interval;
        next.put(address, System.nanoTime() + wait.toNanos());
        String reason = String.valueOf(failure.getMessage());
        IOException before = failures.put(address, failure);
        if (!isDeadLink(address, failure) && (before == null || !reason.equals(before.getMessage()))) {
            LOG.warn(RemoteProblem.text(
                    written.getOrDefault(address, ""),
                    address,
                    failure,
                    newest.containsKey(address) ? "The last copy stays in use" : consequence(failure, !isImpatient)));
        }
    }

    /** A file of the catalog refers to a file that its server does not have: the catalog warns of it as of a file that does not exist. */
    private boolean isDeadLink(URI address, IOException failure) {
        return failure instanceof NoSuchFileException && !newest.containsKey(address) && !configured.contains(address);
    }

    /** @param isStart whether the host waits for files that may come */
    static String consequence(IOException failure, boolean isStart) {
        return "Its users and groups are unknown; policy lines for them have no effect, also if they deny"
                + (isStart && !RemoteProblem.isDefinite(failure)
                        ? ". The host is not ready until the file is read, for at most a minute"
                        : "");
    }

    /**
     * A fresh host must not take over with an empty catalog because of an outage that passes. A file that is refused, or an outage that
     * stays, costs that file.
     */
    private Optional<String> neverRead() {
        List<URI> awaited = isImpatient ? List.of() : awaited();
        return awaited.isEmpty()
                ? Optional.empty()
                : Optional.of("files of the catalog have not been read yet: "
                        + awaited.stream()
                                .limit(SHOWN)
                                .map(address -> new AtUrl(address).toString())
                                .collect(Collectors.joining(", "))
                        + (awaited.size() > SHOWN ? " and " + (awaited.size() - SHOWN) + " more" : ""));
    }

    private List<URI> awaited() {
        return failures.entrySet().stream()
                .filter(failure ->
                        !newest.containsKey(failure.getKey()) && !RemoteProblem.isDefinite(failure.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private String prefix(URI address) {
        String place = written.getOrDefault(address, "");
        return place.isEmpty() ? "" : place + ": ";
    }

    @Override
    public synchronized void close() {
        if (readiness != null) {
            readiness.close();
        }
        if (refresh != null) {
            refresh.close();
        }
    }
}
