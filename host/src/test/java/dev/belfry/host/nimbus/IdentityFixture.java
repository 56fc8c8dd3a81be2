package dev.belfry.host.nimbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belfry.api.Secret;
import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.host.access.FailedCredentials;
import dev.belfry.host.config.NamedFiles;
import dev.belfry.host.settings.AuthSettings;
import dev.belfry.host.settings.AuthSettings.ExternalAccess;
import dev.belfry.host.settings.AuthSettings.Issuer;
import dev.belfry.host.settings.AuthSettings.JwksSource;
import dev.belfry.host.tracing.Tracing;
import dev.belfry.host.watch.FileWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** An identity, and its trusted issuer. */
abstract class IdentityFixture {

    @TempDir
    Path data;

    final MovableClock clock = new MovableClock();
    FailedCredentials failures = new FailedCredentials(0, System::nanoTime);
    final TestIssuer issuer = new TestIssuer(clock);
    final FileWatch watch = new FileWatch();

    @AfterEach
    void stopIssuer() {
        issuer.close();
        watch.close();
    }

    Issuer trusted(JwksSource keys) {
        return new Issuer(TestIssuer.NAME, List.of(TestIssuer.AUDIENCE, "other"), keys, List.of("ES256", "RS256"));
    }

    static JwksSource keysIn(Path file) {
        return new JwksSource.File(NamedFiles.at(file));
    }

    JwtIdentity believing(Issuer... issuers) {
        return identity(List.of(issuers), List.of(), List.of(), true);
    }

    JwtIdentity believingIssuer() {
        return believing(trusted(new JwksSource.Url(issuer.address())));
    }

    JwtIdentity identity(
            List<Issuer> issuers, List<Secret> serviceKeys, List<ExternalAccess> external, boolean developmentTokens) {
        return JwtIdentity.of(
                new AuthSettings(
                        issuers, serviceKeys, external, Optional.empty(), Optional.empty(), developmentTokens, 0),
                data,
                Optional.empty(),
                clock,
                failures,
                watch,
                Tracing.off());
    }

    static Caller caller(JwtIdentity identity, String token) throws AuthenticationFailed {
        return identity.identify(new Bearer(token)).orElseThrow();
    }

    /** Why a token is rejected; the reason never repeats the token. */
    static String refusal(JwtIdentity identity, String token) {
        String message = String.valueOf(catchThrowableOfType(AuthenticationFailed.class, () -> caller(identity, token))
                .getMessage());
        assertThat(message).isNotBlank();
        if (!token.isEmpty()) {
            assertThat(message).doesNotContain(token);
        }
        return message;
    }
}
