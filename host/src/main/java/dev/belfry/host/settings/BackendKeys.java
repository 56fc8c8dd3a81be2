package dev.belfry.host.settings;

import dev.belfry.api.Secret;
import dev.belfry.host.config.Accepted;
import dev.belfry.host.config.Checked;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.Ignored;
import dev.belfry.host.config.Key;
import dev.belfry.host.config.Restriction;
import dev.belfry.host.config.Unsupported;
import dev.belfry.host.config.Via;
import dev.belfry.host.settings.AuthSettings.ExternalAccess;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The keys of {@code backend}. Belfry has no external cache, whatever its store is. */
@Accepted("cache.store")
@Ignored({
    "actions",
    "auditor",
    "auth.pluginKeyStore",
    "cache.*",
    "csp",
    "health",
    "lifecycle",
    "logger",
    "metrics",
    "package",
    "packages",
    "rateLimit",
    "referrer",
    "rootHttpRouter",
    "server",
    "startup",
    "tracing",
    "workingDirectory"
})
@Unsupported(
        value = "auth.dangerouslyDisableDefaultAuthPolicy",
        instead = "has no effect: every request needs credentials, unless auth.providers.guest is set",
        onlyIfTrue = true)
@Unsupported(
        value = "reading.allow",
        instead =
                "has no effect: catalog.locations and plugins can reach every public address; to let them reach an internal one,"
                        + " write it to belfry.outgoing.allow")
record BackendKeys(
        @Default ListenSettings listen,
        @Via(HttpAddress.class) Optional<URI> baseUrl,
        @Restriction Optional<HttpsKeys> https,
        @Default CorsSettings cors,
        @Default("false") TrustProxy trustProxy,
        @Default DatabaseKeys database,
        @Key("auth.keys") @Via(ServiceKey.class) List<Secret> serviceKeys,
        @Key("auth.externalAccess") List<ExternalAccess> externalAccess) {

    /** Whether browsers send cookies over TLS, or on this machine only: who reads the cookie of a session is signed in. */
    boolean protectsCookies() {
        return https.isPresent()
                || baseUrl.map(url ->
                                "https".equalsIgnoreCase(url.getScheme()) || ListenSettings.isLoopback(url.getHost()))
                        .orElse(listen.isLoopback());
    }

    record ServiceKey(@Via(Base64Key.class) Secret secret) implements Supplier<Secret>, Checked {
        @Override
        public Secret get() {
            return secret;
        }

        @Override
        public void check(Checks checks) {
            Base64Key.warnIfShort(secret, "secret", checks);
        }
    }
}
