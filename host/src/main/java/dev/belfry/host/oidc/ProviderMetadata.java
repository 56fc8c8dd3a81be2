package dev.belfry.host.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.belfry.host.settings.OidcSettings;
import dev.belfry.host.tracing.Tracing;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metadata of the provider, fetched when the first sign-in needs them. While the provider does not answer, the last ones are used. */
final class ProviderMetadata {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderMetadata.class);

    private static final Duration REFRESH = Duration.ofMinutes(10);
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";
    private static final int CLOCK_SKEW_SECONDS = 60;
    private static final int MAX_KEYS = 512 * 1024;
    private static final int OK = 200;

    /** Tokens with made-up keys must not make the host ask the provider each time. */
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(5);

    private final OidcSettings settings;
    private final Clock clock;
    private final Tracing tracing;
    private @Nullable Fetched last;

    ProviderMetadata(OidcSettings settings, Clock clock, Tracing tracing) {
        this.settings = settings;
        this.clock = clock;
        this.tracing = tracing;
    }

    /** @param keys the provider's, which change */
    record Current(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys) {}

    private record Fetched(Current current, Instant at) {}

    /** @throws IOException if the provider has never answered */
    synchronized Current current() throws IOException {
        Fetched before = last;
        if (before != null && before.at().plus(REFRESH).isAfter(clock.instant())) {
            return before.current();
        }
        try {
            OIDCProviderMetadata metadata = fetch();
            Current current =
                    before != null && before.current().metadata().getJWKSetURI().equals(metadata.getJWKSetURI())
                            ? new Current(metadata, before.current().keys())
                            : new Current(metadata, keys(metadata.getJWKSetURI().toURL()));
            last = new Fetched(current, clock.instant());
            return current;
        } catch (IOException | ParseException e) {
            if (before == null) {
                throw new IOException(address() + ": " + e.getMessage(), e);
            }
            LOG.warn("{} cannot be read; the last metadata stay in use: {}", address(), e.getMessage());
            last = new Fetched(before.current(), clock.instant());
            return before.current();
        }
    }

    /** Backstage takes the issuer's address as well. */
    private URI address() {
        String text = settings.metadataUrl().toString();
        return text.contains("/.well-known/")
                ? settings.metadataUrl()
                : URI.create(text.replaceFirst("/+$", "") + WELL_KNOWN);
    }

    private OIDCProviderMetadata fetch() throws IOException, ParseException {
        HTTPResponse response = send(new HTTPRequest(HTTPRequest.Method.GET, address()));
        response.ensureStatusCode(OK);
        OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(response.getBodyAsJSONObject());
        if (metadata.getAuthorizationEndpointURI() == null
                || metadata.getTokenEndpointURI() == null
                || metadata.getJWKSetURI() == null) {
            throw new ParseException("authorization_endpoint, token_endpoint and jwks_uri are required");
        }
        return metadata;
    }

    private JWKSource<SecurityContext> keys(URL url) throws MalformedURLException {
        return JWKSourceBuilder.create(url, this::retrieve)
                .refreshAheadCache(false)
                .rateLimited(BETWEEN_FETCHES.toMillis())
                .build();
    }

    private Resource retrieve(URL url) throws IOException {
        return tracing.exchange("GET", URI.create(url.toString()), span -> {
            DefaultResourceRetriever retriever =
                    new DefaultResourceRetriever(timeoutMillis(), timeoutMillis(), MAX_KEYS);
            retriever.setHeaders(span.headers());
            Resource keys = retriever.retrieveResource(url);
            span.responded(OK);
            return keys;
        });
    }

    /** With the provider's time limit. */
    HTTPResponse send(HTTPRequest request) throws IOException {
        request.setConnectTimeout(timeoutMillis());
        request.setReadTimeout(timeoutMillis());
        request.setFollowRedirects(false);
        return tracing.exchange(request.getMethod().name(), request.getURI(), span -> {
            span.headers().forEach((name, values) -> request.setHeader(name, values.toArray(String[]::new)));
            HTTPResponse response = request.send();
            span.responded(response.getStatusCode());
            return response;
        });
    }

    private int timeoutMillis() {
        return Math.toIntExact(settings.timeout().toMillis());
    }

    IDTokenValidator validator(Current current) {
        Set<JWSAlgorithm> algorithms =
                settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
        IDTokenValidator validator = new IDTokenValidator(
                current.metadata().getIssuer(),
                new ClientID(settings.clientId()),
                new JWSVerificationKeySelector<>(algorithms, current.keys()),
                null);
        validator.setMaxClockSkew(CLOCK_SKEW_SECONDS);
        return validator;
    }
}
