package dev.belfry.host;

import dev.belfry.host.config.LiveConfig;
import dev.belfry.host.config.LiveKeys;
import dev.belfry.host.http.HttpServer;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.settings.HttpsSettings;
import dev.belfry.host.threads.HostThreads;
import dev.belfry.host.threads.RepeatingThread;
import dev.belfry.host.tls.CertificateExpiry;
import dev.belfry.host.tls.CertifiedKey;
import dev.belfry.host.tls.SelfSignedCertificate;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that the server serves with {@code backend.https}: a self-signed one is renewed, one of the
 * configuration is replaced when it changes.
 */
final class HttpsCertificate implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpsCertificate.class);
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final HttpServer http;
    private final RepeatingThread checks;
    private final CertificateExpiry expiry = new CertificateExpiry();
    private volatile Supplier<CertifiedKey> source;
    private @Nullable CertifiedKey served;

    private HttpsCertificate(HttpsSettings https, HostSettings settings, HttpServer http, HostThreads threads) {
        this.http = http;
        this.source = source(https, settings);
        this.checks = threads.every("certificate", INTERVAL, this::serve);
    }

    /** Has no effect until {@link #serve}, which needs the data directory. */
    static Optional<HttpsCertificate> of(
            HostSettings settings, LiveConfig config, HttpServer http, HostThreads threads) {
        Optional<HttpsCertificate> certificate =
                settings.https().map(https -> new HttpsCertificate(https, settings, http, threads));
        config.onChange(LiveKeys.of("backend.https"), changed -> {
            Optional<HttpsSettings> https = HostSettings.from(changed).https();
            if (https.isPresent() && certificate.isPresent()) {
                certificate.get().change(https.get(), settings);
            } else if (https.isPresent() != certificate.isPresent()) {
                LOG.warn(
                        "backend.https is now {}; this takes effect when the host restarts",
                        https.isPresent() ? "on" : "off");
            }
        });
        return certificate;
    }

    private static Supplier<CertifiedKey> source(HttpsSettings https, HostSettings settings) {
        return switch (https) {
            case HttpsSettings.Given given -> given::certificate;
            case HttpsSettings.SelfSigned _ -> {
                Set<String> hosts = new HashSet<>(Set.of(settings.listen().host()));
                settings.baseUrl().map(URI::getHost).ifPresent(hosts::add);
                SelfSignedCertificate own =
                        new SelfSignedCertificate(settings.belfry().dataDirectory(), hosts);
                yield () -> own.current(Instant.now());
            }
        };
    }

    private void change(HttpsSettings https, HostSettings settings) {
        source = source(https, settings);
        serve();
    }

    /** Serves the certificate of this moment, and warns of its end. */
    synchronized void serve() {
        CertifiedKey now = source.get();
        if (!now.equals(served)) {
            http.use(now);
            if (served != null) {
                LOG.info("the certificate has been replaced: new connections get {}", now);
            }
            served = now;
        }
        expiry.check(now, Instant.now());
    }

    /** Serves from now on, and begins the checks. */
    void start() {
        serve();
        checks.start();
    }

    @Override
    public void close() {
        checks.close();
    }
}
