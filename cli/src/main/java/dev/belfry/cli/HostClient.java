package dev.belfry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.api.ConfigurationException;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.access.TokenMint;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.settings.HttpsSettings;
import dev.belfry.host.settings.ListenSettings;
import dev.belfry.host.tls.CertifiedKey;
import dev.belfry.host.tls.SelfSignedCertificate;
import dev.belfry.host.tls.TlsContexts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** HTTP client for commands that talk to a running host. */
final class HostClient {

    private static final int UNAUTHORIZED = 401;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String TOKEN_VARIABLE = "BELFRY_TOKEN";
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(5);

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = HostUrlConverter.class,
            description = "The URL of the host. Default: the address in the configuration.")
    private @Nullable URI url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "The token of the caller. Default: the environment variable BELFRY_TOKEN. Without a token, the command acts as the guest of the host.")
    private @Nullable String token;

    @Option(
            names = "--user",
            paramLabel = "REF",
            description =
                    "Acts as this user, with a development token, which is signed with the key in the data directory.")
    private @Nullable String user;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigOption config = new ConfigOption();

    /** The host rejected the request, could not do it, or cannot be reached. */
    static final class RequestFailed extends Exception {
        private static final long serialVersionUID = 1L;

        RequestFailed(String message) {
            super(message);
        }
    }

    /** Asks as a user. Returns false if the option has named one already. */
    boolean askAs(String ref) {
        if (user != null) {
            return false;
        }
        user = ref;
        return true;
    }

    JsonNode get(String path) throws RequestFailed {
        return send("GET", path, BodyPublishers.noBody());
    }

    JsonNode post(String path) throws RequestFailed {
        return send("POST", path, BodyPublishers.noBody());
    }

    JsonNode post(String path, JsonNode body) throws RequestFailed {
        return send("POST", path, BodyPublishers.ofString(body.toString()));
    }

    private JsonNode send(String method, String path, BodyPublisher content) throws RequestFailed {
        try (Connection connection = connect()) {
            return connection.json(connection.send(method, path, content, "application/json"));
        }
    }

    /** A client for several requests. */
    Connection connect() throws RequestFailed {
        URI address = address();
        return new Connection(address, client(address));
    }

    /** @throws ParameterException when a reference is none, before the host is asked */
    EntityRef requireRef(String name, String ref, String defaultKind) {
        try {
            return EntityRef.parse(ref, defaultKind);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), name + ": " + e.getMessage(), e);
        }
    }

    /** An invalid argument is a wrong call. */
    private <T> T inCall(Supplier<T> argument) {
        try {
            return argument.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Sends requests to one host. */
    final class Connection implements AutoCloseable {

        private final URI address;
        private final HttpClient client;
        private Optional<String> proof = Optional.empty();
        private long provenUntil = System.nanoTime();

        private Connection(URI address, HttpClient client) {
            this.address = address;
            this.client = client;
        }

        /** @throws RequestFailed unless the host answers 200 */
        HttpResponse<byte[]> send(String method, String path, BodyPublisher content, String type) throws RequestFailed {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(address.resolve(path)).timeout(LIMIT).method(method, content);
            if (content.contentLength() > 0) {
                request.header("Content-Type", type);
            }
            proof().ifPresent(token -> request.header("Authorization", "Bearer " + token));
            try {
                HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
                if (answer.statusCode() == 200) {
                    return answer;
                }
                String hint = answer.statusCode() == UNAUTHORIZED && user != null
                        ? ". The request had a development token, because --user or USER names a user; not every host accepts these"
                        : "";
                throw new RequestFailed("the host at " + address + " answers " + answer.statusCode() + ": "
                        + json(answer).at("/error/message").asText() + hint);
            } catch (ConnectException e) {
                throw new RequestFailed("no host answers at " + address + "; start one, or say where it is with --url");
            } catch (SSLException e) {
                throw new RequestFailed("the host at " + address + " has no certificate that is trusted here: "
                        + e.getMessage() + "; pass the host's own configuration with --config");
            } catch (IOException e) {
                throw cannotBeAsked(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RequestFailed("interrupted");
            }
        }

        JsonNode json(HttpResponse<byte[]> answer) throws RequestFailed {
            try {
                return new ObjectMapper().readTree(answer.body());
            } catch (IOException e) {
                throw cannotBeAsked(e);
            }
        }

        private RequestFailed cannotBeAsked(IOException reason) {
            String hint = "http".equals(address.getScheme()) && !(reason instanceof HttpTimeoutException)
                    ? "; if it serves https, pass its own configuration with --config, or an https URL with --url"
                    : "";
            return new RequestFailed("the host at " + address + " cannot be asked: " + reason.getMessage() + hint);
        }

        /** Development tokens end before a long export does. */
        private Optional<String> proof() {
            if (System.nanoTime() - provenUntil >= 0) {
                proof = credentials();
                provenUntil = System.nanoTime() + TOKEN_LIFETIME.dividedBy(2).toNanos();
            }
            return proof;
        }

        @Override
        public void close() {
            client.close();
        }
    }

    /** Trusts the certificate of this configuration's host, in addition to Java's own trust store. */
    private HttpClient client(URI address) {
        HttpClient.Builder client = HttpClient.newBuilder();
        if ("https".equals(address.getScheme())) {
            certificate().map(TlsContexts::clientOf).ifPresent(client::sslContext);
        }
        return client.build();
    }

    private Optional<X509Certificate> certificate() {
        try {
            HostSettings settings = HostSettings.from(config.load());
            return settings.https()
                    .flatMap(https -> switch (https) {
                        case HttpsSettings.Given given -> Optional.of(given.certificate());
                        case HttpsSettings.SelfSigned _ ->
                            SelfSignedCertificate.existing(settings.belfry().dataDirectory());
                    })
                    .map(CertifiedKey::certificate);
        } catch (ConfigurationException e) {
            if (url == null) {
                throw e;
            }
            // The host at --url needs no configuration here.
            return Optional.empty();
        }
    }

    private URI address() {
        if (url != null) {
            return url;
        }
        HostSettings settings = HostSettings.from(config.load());
        ListenSettings listen = settings.listen();
        String host = listen.host().equals("0.0.0.0") || listen.host().equals("::") ? "127.0.0.1" : listen.host();
        return URI.create(
                settings.scheme() + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + listen.port());
    }

    private Optional<String> credentials() {
        if (user != null) {
            EntityRef ref = requireRef("--user", user, EntityRef.USER);
            TokenMint mint = TokenCommand.mint(HostSettings.from(config.load()));
            return Optional.of(inCall(() -> mint.forUser(ref, TOKEN_LIFETIME)));
        }
        String given = token != null ? token : System.getenv(TOKEN_VARIABLE);
        String origin = token != null ? "--token" : TOKEN_VARIABLE;
        return Optional.ofNullable(given).map(text -> inCall(() -> BearerToken.of(origin, text)));
    }
}
