package dev.belfry.testkit;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.access.TokenMint;
import dev.belfry.host.nimbus.JwtIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Tokens that a test's host accepts, signed with the key of its data directory. */
final class TestTokens {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final TokenMint mint;

    TestTokens(Path dataDirectory, Clock clock) {
        mint = JwtIdentity.mint(dataDirectory, clock);
    }

    String ofUser(String user) {
        return mint.forUser(EntityRef.parse(user, EntityRef.USER), LIFETIME);
    }

    String ofService(String name) {
        return mint.forService(name, LIFETIME);
    }
}
