package dev.belfry.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Credentials;
import dev.belfry.api.access.Identity;
import dev.belfry.api.catalog.EntityRef;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The rules that every {@link Identity} keeps.
 *
 * @since 0.1
 */
public abstract class IdentityContract {

    /** The identity under test. */
    protected abstract Identity identity();

    /** A value of the header {@code Authorization} that proves this user. */
    protected abstract String proofOf(EntityRef user);

    /** A value of the header {@code Authorization} of the right kind that does not hold. */
    protected abstract String falseProof();

    private static Credentials with(Map<String, String> headers) {
        return new Credentials() {
            @Override
            public Optional<String> header(String name) {
                return headers.entrySet().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase(name))
                        .map(Map.Entry::getValue)
                        .findFirst();
            }

            @Override
            public Optional<String> cookie(String name) {
                return Optional.empty();
            }
        };
    }

    @Test
    void validCredentialsIdentifyTheUser() throws AuthenticationFailed {
        EntityRef ada = EntityRef.user("default", "ada");
        Optional<Caller> caller = identity().identify(with(Map.of("Authorization", proofOf(ada))));

        assertEquals(
                ada, assertInstanceOf(Caller.User.class, caller.orElseThrow()).ref());
    }

    @Test
    void missingCredentialsReturnEmptyWithoutAnError() throws AuthenticationFailed {
        assertTrue(identity().identify(with(Map.of())).isEmpty());
    }

    @Test
    void invalidCredentialsFailAndAreNeverAnonymous() {
        assertThrows(
                AuthenticationFailed.class, () -> identity().identify(with(Map.of("Authorization", falseProof()))));
    }
}
