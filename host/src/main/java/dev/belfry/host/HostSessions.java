package dev.belfry.host;

import dev.belfry.host.database.Databases;
import dev.belfry.host.hostdatabase.HostDatabase;
import dev.belfry.host.hostdatabase.SessionTable;
import dev.belfry.host.hostdatabase.SigningKeyTable;
import dev.belfry.host.nimbus.JwtIdentity.OwnIssuer;
import dev.belfry.host.session.Sessions;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.signin.CookieSessions;
import dev.belfry.host.signin.SignIn;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The sessions and signing keys that the host stores. */
record HostSessions(HostDatabase database, Sessions sessions, CookieSessions cookies, Optional<OwnIssuer> issuer)
        implements AutoCloseable {

    static final Duration SWEEP_INTERVAL = Duration.ofMinutes(10);

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

    /** Without a request that needed the database, there is nothing to delete, or another host does it. */
    void sweep(HostPorts ports) {
        if (database.isOpen()) {
            sessions.sweep(ports.catalog()::contains);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
