package dev.belfry.host;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.database.Databases;
import dev.belfry.host.directory.CatalogNames;
import dev.belfry.host.hostdatabase.HostDatabase;
import dev.belfry.host.hostdatabase.SessionTable;
import dev.belfry.host.hostdatabase.SigningKeyTable;
import dev.belfry.host.http.HttpServer;
import dev.belfry.host.nimbus.JwtIdentity.OwnIssuer;
import dev.belfry.host.scheduling.Jobs;
import dev.belfry.host.session.Sessions;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.signin.CookieSessions;
import dev.belfry.host.signin.SignIn;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The sessions and signing keys that the host stores. */
record HostSessions(HostDatabase database, Sessions sessions, CookieSessions cookies, Optional<OwnIssuer> issuer)
        implements AutoCloseable {

    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);
    private static final Duration DEPARTURES_INTERVAL = Duration.ofSeconds(5);

    private static final String NAME_WITHOUT_URL = "belfry";

    /** @param resources location of the host's own files */
    static HostSessions of(HostSettings settings, Databases databases, URL resources, Clock clock) {
        HostDatabase database = new HostDatabase(databases, HostVersion.current(), resources);
        Sessions sessions = new Sessions(new SessionTable(database), clock);
        Optional<OwnIssuer> issuer = settings.auth().hasSignIn()
                ? Optional.of(new OwnIssuer(issuerName(settings), new SigningKeyTable(database)))
                : Optional.empty();
        return new HostSessions(database, sessions, SignIn.sessions(settings, sessions), issuer);
    }

    /** As a Backstage with this base URL names itself. */
    private static String issuerName(HostSettings settings) {
        return settings.baseUrl()
                .map(url -> url.toString().replaceFirst("/+$", "") + "/api/auth")
                .orElse(NAME_WITHOUT_URL);
    }

    /**
     * Ends the sessions of users who leave the catalog, and deletes old ones.
     *
     * @param http ends the event streams of users whose session has ended
     * @param settled whether each plugin, which may be a source of users, serves or is off on purpose
     * @param parts gets the jobs
     */
    void follow(HostPorts ports, HttpServer http, BooleanSupplier settled, Jobs jobs, Consumer<AutoCloseable> parts) {
        sessions.onEnd(http::endStreams);
        AtomicReference<Set<EntityRef>> known =
                new AtomicReference<>(ports.names().all());
        ports.names().onChange(() -> departed(known, ports.names()));
        parts.accept(jobs.every("sessions of users who have left", DEPARTURES_INTERVAL, this::deleteDeparted));
        parts.accept(jobs.every("sessions", SWEEP_INTERVAL, () -> sweep(ports, settled)));
    }

    /** The catalog keeps the users of a source that cannot be read at the moment, so they have not left. */
    private void departed(AtomicReference<Set<EntityRef>> known, CatalogNames names) {
        Set<EntityRef> now = names.all();
        sessions.depart(known.getAndSet(now).stream()
                .filter(ref -> ref.kind().equals(EntityRef.USER) && !now.contains(ref))
                .collect(Collectors.toSet()));
    }

    private void deleteDeparted() {
        if (issuer.isPresent() || database.isOpen()) {
            sessions.deleteDeparted();
        }
    }

    /** Also for users who left while no host ran, or whose catalog a plugin supplies. */
    private void sweep(HostPorts ports, BooleanSupplier settled) {
        // Without a request that needed the database, there is nothing to delete, or another host does it.
        if (database.isOpen()) {
            sessions.deleteExpired();
            CatalogNames names = ports.names();
            if (settled.getAsBoolean() && (names.isComplete() || names == CatalogNames.UNKNOWN)) {
                sessions.deleteUnknown(ports.catalog()::contains);
            }
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
