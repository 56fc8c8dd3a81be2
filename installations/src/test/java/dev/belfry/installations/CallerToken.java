package dev.belfry.installations;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.nimbus.JwtIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Who asks, and how that is proven. */
sealed interface CallerToken {

    /** Without credentials. */
    record Guest() implements CallerToken {}

    /** By a development token of the host. */
    record Development(String user) implements CallerToken {}

    /** By a token of another issuer. */
    record Issued(String user, String issuer, String audience) implements CallerToken {}

    /** As a service, by a token that is signed with a shared secret. */
    record Signed(String subject, String secret) implements CallerToken {}

    /** By a text that is a secret itself. */
    record Static(String text) implements CallerToken {}

    static CallerToken of(Object written) {
        if (written instanceof String user) {
            return user.equals("guest") ? new Guest() : new Development(user);
        }
        BundleTree tree = new BundleTree("as", BundleTree.cast(written));
        CallerToken token = tree.optional("token").isPresent()
                ? new Static(tree.text("token"))
                : tree.optional("secret").isPresent()
                        ? new Signed(tree.text("subject"), tree.text("secret"))
                        : new Issued(tree.text("user"), tree.text("issuer"), tree.text("audience"));
        tree.requireAllRead();
        return token;
    }

    /** @param dataDirectory of the host */
    default Optional<String> text(Path dataDirectory) {
        return switch (this) {
            case Guest() -> Optional.empty();
            case Development(String user) ->
                Optional.of(JwtIdentity.mint(dataDirectory, Clock.systemUTC())
                        .forUser(EntityRef.parse(user, EntityRef.USER), Duration.ofHours(1)));
            case Issued issued -> Optional.of(Keys.issued(issued));
            case Signed signed -> Optional.of(Keys.signed(signed));
            case Static(String text) -> Optional.of(text);
        };
    }
}
