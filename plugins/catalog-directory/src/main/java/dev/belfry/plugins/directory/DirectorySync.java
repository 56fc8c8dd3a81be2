package dev.belfry.plugins.directory;

import dev.belfry.api.PluginContext;
import dev.belfry.api.catalog.CatalogEntity;
import dev.belfry.api.catalog.CatalogSource;
import dev.belfry.api.catalog.EntityRef;
import io.micrometer.core.instrument.TimeGauge;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Keeps the catalog equal to a directory. One host at a time reads the directory and stores what it has read; every host publishes the
 * stored state. A failed read changes nothing.
 */
public final class DirectorySync {

    /** How often a host looks whether a read is due, and whether another host has stored a new state. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private static final Duration RETRY = Duration.ofSeconds(30);

    /** A directory that stays away is told at its first failed read, and then at this interval. */
    private static final Duration REPEATED_WARNING = Duration.ofMinutes(30);

    private final Directory directory;
    private final Duration interval;
    private final SnapshotTable table;
    private final CatalogSource source;
    private final Clock clock;
    private final Logger logger;
    private volatile Snapshot published = new Snapshot(-1, null, List.of());
    private volatile @Nullable String failure;
    private @Nullable Instant failedAt;
    private @Nullable Instant warnedAt;

    private DirectorySync(PluginContext context, Directory directory, Duration interval) {
        this.directory = directory;
        this.interval = interval;
        table = new SnapshotTable(context.database());
        source = context.catalogSource();
        clock = context.clock();
        logger = context.logger();
    }

    /**
     * Publishes the stored state, and begins to read the directory on a schedule. Call it while the plugin starts. The plugin's JAR has the
     * migrations of this library in {@code db/migration}.
     *
     * @param interval between two successful reads
     */
    public static void start(PluginContext context, Directory directory, Duration interval) throws SQLException {
        context.database().migrate("db/migration");
        DirectorySync sync = new DirectorySync(context, directory, interval);
        sync.publishChanges();
        context.scheduler().every("publish", LOOK, sync::publishChanges);
        context.scheduler().everyOnOneHost("read", LOOK, sync::readIfDue);
        context.healthCheck("first-read", new FirstRead(sync::problem));
        TimeGauge.builder("catalog.directory.age", sync, TimeUnit.SECONDS, DirectorySync::age)
                .description(
                        "Time since the directory has been read successfully; the users and groups are as old as this")
                .strongReference(true)
                .register(context.metrics());
    }

    private synchronized void publishChanges() throws SQLException {
        Snapshot state = table.state();
        if (state.readAt() != null && state.revision() != published.revision()) {
            state = table.read();
            source.replaceAll(state.entities());
        }
        published = new Snapshot(state.revision(), state.readAt(), List.of());
    }

    /** Seconds; NaN before the first successful read. */
    private double age() {
        Instant readAt = published.readAt();
        return readAt == null
                ? Double.NaN
                : Math.max(0, Duration.between(readAt, clock.instant()).toSeconds());
    }

    private Optional<String> problem() {
        if (published.readAt() != null) {
            return Optional.empty();
        }
        String reason = failure;
        return Optional.of("the directory has not been read yet" + (reason == null ? "" : ": " + reason));
    }

    private void readIfDue() throws Exception {
        Instant readAt = table.state().readAt();
        Instant now = clock.instant();
        boolean tooOld = readAt == null || !now.isBefore(readAt.plus(interval));
        boolean mayTry = failedAt == null || !now.isBefore(failedAt.plus(RETRY));
        if (tooOld && mayTry) {
            read(readAt);
        }
    }

    private void read(@Nullable Instant readAt) throws Exception {
        try {
            List<CatalogEntity> entities = directory.read();
            requireUsers(entities);
            store(entities);
            if (failure != null) {
                logger.info("the directory can be read again");
            }
            failure = null;
            failedAt = null;
            warnedAt = null;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failed(String.valueOf(e.getMessage()), readAt);
        }
        publishChanges();
    }

    /** A wrong filter would otherwise lock everyone out. */
    private static void requireUsers(List<CatalogEntity> entities) {
        if (entities.stream().noneMatch(entity -> entity.ref().kind().equals(EntityRef.USER))) {
            throw new IllegalStateException("it returns no user: check where users are looked for, and the filter");
        }
    }

    private void store(List<CatalogEntity> entities) throws SQLException {
        Snapshot stored = table.read();
        if (stored.readAt() != null && new HashSet<>(stored.entities()).equals(new HashSet<>(entities))) {
            table.confirm(clock.instant());
        } else {
            table.replace(entities, clock.instant());
        }
    }

    private void failed(String reason, @Nullable Instant readAt) {
        Instant now = clock.instant();
        boolean told = reason.equals(failure) && warnedAt != null && now.isBefore(warnedAt.plus(REPEATED_WARNING));
        failure = reason;
        failedAt = now;
        if (!told) {
            warnedAt = now;
            logger.warn(
                    "the directory cannot be read: {}. {}. The next attempt follows in {} s",
                    reason,
                    readAt == null
                            ? "There are no users and groups of it yet"
                            : "Its users and groups stay as they were at " + readAt + ", "
                                    + Duration.between(readAt, now).toMinutes() + " minutes ago",
                    RETRY.toSeconds());
        }
    }
}
