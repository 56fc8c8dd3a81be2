package dev.belfry.host.nimbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.belfry.api.ConfigurationException;
import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.access.TokenMint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevelopmentTokensTest extends IdentityFixture {

    private static final EntityRef GUEST = EntityRef.user("default", "guest");

    private TokenMint mint() {
        return JwtIdentity.mint(data, clock);
    }

    private Path keyFile() {
        return data.resolve("keys/development.key");
    }

    @Test
    void aTokenOfTheSameDataDirectoryIsAccepted() throws Exception {
        JwtIdentity identity = believing();

        assertThat(caller(identity, mint().forUser(GUEST, Duration.ofHours(1)))).isEqualTo(Caller.user(GUEST));
        assertThat(caller(identity, mint().forService("ci", Duration.ofHours(1))))
                .isEqualTo(Caller.service("service:ci"));
    }

    @Test
    void aTokenOfAnotherDataDirectoryIsRejected() {
        String foreign = JwtIdentity.mint(data.resolve("other"), clock).forUser(GUEST, Duration.ofHours(1));

        assertThat(refusal(believing(), foreign)).contains("Invalid signature");
    }

    @Test
    void disabledDevelopmentTokensAreRejected() {
        JwtIdentity identity = identity(List.of(), List.of(), List.of(), false);

        assertThat(refusal(identity, mint().forUser(GUEST, Duration.ofHours(1))))
                .contains("not trusted");
    }

    @Test
    void noKeyIsCreatedWhenDisabled() {
        identity(List.of(), List.of(), List.of(), false);

        assertThat(keyFile()).doesNotExist();
    }

    @Test
    void aTokenExpiresAfterItsLifetime() throws Exception {
        JwtIdentity identity = believing();
        String token = mint().forUser(GUEST, Duration.ofMinutes(5));
        caller(identity, token);

        clock.move(Duration.ofMinutes(6).plusSeconds(1));

        assertThat(refusal(identity, token)).contains("Expired");
    }

    @Test
    void theDevelopmentKeyNeedsItsAudience() throws Exception {
        byte[] key = DevelopmentKey.in(data);
        SignedJWT token = new SignedJWT(
                new com.nimbusds.jose.JWSHeader(DevelopmentTokens.ALGORITHM),
                new JWTClaimsSet.Builder()
                        .issuer(DevelopmentTokens.ISSUER)
                        .subject("user:default/guest")
                        .expirationTime(Date.from(clock.instant().plusSeconds(60)))
                        .build());
        token.sign(new MACSigner(key));

        assertThat(refusal(believing(), token.serialize())).contains("aud");
    }

    @Test
    void onlyItsOwnerReadsTheKey() throws Exception {
        mint();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void concurrentStartsShareOneKey() throws Exception {
        try (ExecutorService starters = Executors.newFixedThreadPool(16)) {
            List<Future<byte[]>> keys = IntStream.range(0, 64)
                    .mapToObj(i -> starters.submit(() -> DevelopmentKey.in(data)))
                    .toList();
            for (Future<byte[]> key : keys) {
                assertThat(key.get()).isEqualTo(keys.getFirst().get());
            }
        }
        try (var left = Files.list(keyFile().getParent())) {
            assertThat(left).containsExactly(keyFile());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "not base64!"})
    void aTruncatedKeyIsAProblem(String content) throws Exception {
        Files.createDirectories(keyFile().getParent());
        Files.writeString(keyFile(), content);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(this::mint)
                .withMessageContaining("development.key");
    }

    @Test
    void lifetimeMustBePositiveAndNameNotBlank() {
        assertThatIllegalArgumentException().isThrownBy(() -> mint().forUser(GUEST, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> mint().forService(" ", Duration.ofHours(1)));
    }
}
