package dev.belfry.host.catalog;

import dev.belfry.host.settings.CatalogPlace.AtUrl;
import dev.belfry.host.settings.CatalogSettings;
import dev.belfry.host.threads.HostThreads;
import dev.belfry.host.threads.RepeatingThread;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
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
    private @Nullable RepeatingThread refresh;
    private HostThreads.@Nullable Watch readiness;

    /** @param folder of the copies */
    RemoteFiles(
            CatalogSettings settings,
            Path folder,
            Supplier<HttpClient> client,
            HostThreads threads,
            CatalogWatches.Change change) {
        this.addresses = new RepositoryAddresses(settings.integrations());
        this.cache = new RemoteCache(folder);
        this.client = client;
        this.configured = settings.locations().stream()
                .map(CatalogSettings.Location::place)
                .filter(AtUrl.class::isInstance)
                .map(place -> ((AtUrl) place).address())
                .collect(Collectors.toUnmodifiableSet());
        this.interval = settings.processingInterval();
        this.threads = threads;
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
        if (refresh == null && !used.isEmpty()) {
            readiness = threads.watch(this::neverRead);
            refresh = threads.every("catalog refresh", TICK, this::refreshDue);
            refresh.start();
        }
    }

    private void refreshDue() {
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
            failed(address, new IOException(e));
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
            LOG.warn(
                    "{} cannot be fetched: {}. {}",
                    new AtUrl(address),
                    reason,
                    newest.containsKey(address) ? "The last copy stays in use" : "Its users and groups are unknown");
        }
    }

    /** A file of the catalog refers to a file that its server does not have: the catalog warns of it as of a file that does not exist. */
    private boolean isDeadLink(URI address, IOException failure) {
        return failure instanceof NoSuchFileException && !newest.containsKey(address) && !configured.contains(address);
    }

    /** Everybody can read it, so it has no address; the log has it, with the reason. */
    private Optional<String> neverRead() {
        return failures.entrySet().stream()
                .filter(failure ->
                        !newest.containsKey(failure.getKey()) && !isDeadLink(failure.getKey(), failure.getValue()))
                .findFirst()
                .map(_ -> "a file of the catalog at a URL has never been read: see the log");
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
