package dev.belfry.host.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Credentials;
import dev.belfry.api.access.Identity;
import dev.belfry.api.web.ApiError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentityChainTest {

    private static final Caller CI = Caller.service("external:ci");
    private static final Caller CRON = Caller.service("external:cron");

    private static final Credentials NOTHING = new Credentials() {
        @Override
        public Optional<String> header(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> cookie(String name) {
            return Optional.empty();
        }
    };

    private final List<String> asked = new ArrayList<>();

    /** An identity that records that it is asked. */
    private Identity named(String name, Identity identity) {
        return credentials -> {
            asked.add(name);
            return identity.identify(credentials);
        };
    }

    private Optional<Caller> callerOf(Identity... identities) throws AuthenticationFailed {
        return IdentityChain.of(List.of(identities)).identify(NOTHING);
    }

    @Test
    void theFirstIdentityThatReturnsACallerDecides() throws Exception {
        Identity none = named("none", credentials -> Optional.empty());
        Identity ci = named("ci", credentials -> Optional.of(CI));
        Identity cron = named("cron", credentials -> Optional.of(CRON));

        assertThat(callerOf(none, ci, cron)).contains(CI);
        assertThat(asked).containsExactly("none", "ci");
        assertThat(callerOf(cron, ci)).contains(CRON);
    }

    @Test
    void theCallerIsUnknownIfNoIdentityKnowsTheCredentials() throws Exception {
        Identity none = named("none", credentials -> Optional.empty());

        assertThat(callerOf(none, none)).isEmpty();
        assertThat(asked).containsExactly("none", "none");
    }

    @Test
    void refusedCredentialsAreShownToNoOtherIdentity() {
        Identity refusing = named("refusing", credentials -> {
            throw new AuthenticationFailed("the key is wrong");
        });
        Identity ci = named("ci", credentials -> Optional.of(CI));

        assertThatThrownBy(() -> callerOf(refusing, ci))
                .isInstanceOf(AuthenticationFailed.class)
                .hasMessage("the key is wrong");
        assertThat(asked).containsExactly("refusing");
    }

    @Test
    void anUnavailableIdentityEndsTheSearch() {
        Identity away = named("away", credentials -> {
            throw ApiError.unavailable("it does not run", Duration.ofSeconds(2));
        });
        Identity ci = named("ci", credentials -> Optional.of(CI));

        assertThatThrownBy(() -> callerOf(away, ci))
                .isInstanceOfSatisfying(
                        ApiError.class, error -> assertThat(error.status()).isEqualTo(503));
        assertThat(asked).containsExactly("away");
    }
}
