package dev.belfry.host.database;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.postgresql.util.GT;

/** Says why a TLS connection to PostgreSQL was not established, and which key of the configuration to change. */
final class TlsProblem {

    private static final String KEY = "backend.database.connection.ssl";

    /** Alerts by which a server rejects the certificate of its client: RFC 8446, section 6.2. */
    private static final Set<String> REJECTIONS = Set.of(
            "access_denied",
            "bad_certificate",
            "certificate_expired",
            "certificate_required",
            "certificate_revoked",
            "certificate_unknown",
            "unknown_ca",
            "unsupported_certificate");

    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

    /** Of the class {@code sun.security.util.HostnameChecker}. */
    private static final Pattern OTHER_NAME = Pattern.compile("No (name|subject alternative).*");

    private final List<Throwable> causes;
    private final DatabaseAddress.Postgres address;
    private final String server;

    /** @param causes of the failure, outermost first */
    TlsProblem(List<Throwable> causes, DatabaseAddress.Postgres address) {
        this.causes = causes;
        this.address = address;
        this.server = "PostgreSQL at " + address.server();
    }

    /** @return empty if TLS is not the reason */
    Optional<String> sentence() {
        return causes.stream().flatMap(cause -> of(cause).stream()).findFirst().or(this::unspecific);
    }

    private Optional<String> of(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        Matcher alert = ALERT.matcher(message);
        return switch (cause) {
            case SSLException _
            when alert.find() && REJECTIONS.contains(alert.group(1)) -> Optional.of(rejected(alert.group(1)));
            case CertificateExpiredException _ -> Optional.of("the certificate of " + server + " has expired");
            case CertificateNotYetValidException _ ->
                Optional.of("the certificate of " + server + " is not valid yet: check the clocks");
            case CertPathBuilderException _ ->
                Optional.of("the certificate of " + server + " is signed by no CA that Belfry trusts: set " + KEY
                        + ".ca to the certificate of its CA");
            case CertificateException _ when OTHER_NAME.matcher(message).matches() -> Optional.of(otherName());
            case SQLException _ when message.equals(nameOfTheDriver()) -> Optional.of(otherName());
            default -> Optional.empty();
        };
    }

    private String rejected(String alert) {
        return server + " rejects the client certificate (" + alert + "): set " + KEY + ".cert and " + KEY
                + ".key to a certificate that a CA of the server's ssl_ca_file has signed";
    }

    private String otherName() {
        return "the certificate of " + server + " is for another name: set " + KEY + ".servername to a name of the"
                + " certificate, or connect by that name";
    }

    private String nameOfTheDriver() {
        return GT.tr(
                "The hostname {0} could not be verified by hostnameverifier {1}.",
                address.host(), "PgjdbcHostnameVerifier");
    }

    /** A server that rejects a client certificate may close the connection before the client reads why. */
    private Optional<String> unspecific() {
        for (Throwable cause : causes) {
            if (cause instanceof SSLException) {
                return Optional.of("the TLS connection to " + server + " failed: "
                        + DatabaseProblem.own(causes.getLast()) + ". Check " + KEY);
            }
            boolean isClosed = cause instanceof EOFException
                    || (cause instanceof SocketException && !(cause instanceof ConnectException));
            if (isClosed && address.certified()) {
                return Optional.of(server + " has closed the connection. It may reject the client certificate: check "
                        + KEY + ".cert");
            }
        }
        return Optional.empty();
    }
}
