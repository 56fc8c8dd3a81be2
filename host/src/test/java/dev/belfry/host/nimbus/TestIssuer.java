package dev.belfry.host.nimbus;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Issues tokens and publishes its keys over HTTP. */
final class TestIssuer implements AutoCloseable {

    static final String NAME = "https://issuer.example/api/auth";
    static final String AUDIENCE = "backstage";

    private final Clock clock;
    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private final List<ECKey> keys = new ArrayList<>();
    private final Gate gate = new Gate();
    private volatile int status = 200;
    private volatile String published = "";

    TestIssuer(Clock clock) {
        this.clock = clock;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/jwks.json", exchange -> {
            requests.incrementAndGet();
            gate.await();
            byte[] body = published.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        publish(newKey());
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks.json");
    }

    int requests() {
        return requests.get();
    }

    /** From now on it accepts requests and does not respond. */
    void hangs() {
        gate.hang();
    }

    /** Responds to the waiting requests. */
    void answersAgain() {
        gate.goOn();
    }

    /** A gate for requests. */
    private static final class Gate {
        private volatile CountDownLatch closed = new CountDownLatch(0);

        void hang() {
            closed = new CountDownLatch(1);
        }

        void goOn() {
            closed.countDown();
        }

        void await() {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void answersWith(int code) {
        status = code;
    }

    /** Used for signing, published only by {@link #publish}. */
    ECKey newKey() {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256)
                    .keyID("key-" + keys.size())
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
            keys.add(key);
            return key;
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    ECKey key() {
        return keys.getLast();
    }

    void publish(JWK... published) {
        this.published = new JWKSet(List.of(published)).toString(true);
    }

    void publishText(String text) {
        published = text;
    }

    String published() {
        return published;
    }

    /** Claims like those of Backstage's user tokens. */
    JWTClaimsSet.Builder claims(String subject) {
        return new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience(AUDIENCE)
                .subject(subject)
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plus(Duration.ofHours(1))));
    }

    JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key().getKeyID());
    }

    String token(String subject) {
        return signed(header().build(), claims(subject).build());
    }

    String token(JWTClaimsSet claims) {
        return signed(header().build(), claims);
    }

    /** A token with arbitrary claims. */
    String signed(String claims) {
        try {
            JWSObject token = new JWSObject(header().build(), new Payload(claims));
            token.sign(new ECDSASigner(key()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String signed(JWSHeader header, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new ECDSASigner(key()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        gate.goOn();
        server.stop(0);
    }
}
