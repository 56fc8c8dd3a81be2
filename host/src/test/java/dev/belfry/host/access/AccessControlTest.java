package dev.belfry.host.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belfry.api.Secret;
import dev.belfry.api.access.Access;
import dev.belfry.api.access.AccessRestriction;
import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.HeaderCredentials;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permission.Action;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.access.SharedSecret;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.ApiError;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AccessControlTest {

    private static final EntityRef ADA = EntityRef.user("default", "ada");
    private static final EntityRef GUEST = EntityRef.user("default", "guest");
    private static final Permission CREATE = new Permission("bells.create", Action.CREATE);
    private static final Permission LIST = new Permission("bells.list", Action.READ);
    private static final SharedSecret SECRET =
            new SharedSecret("bell-secret", Secret.of("open sesame"), "external:bell-secret");
    private static final Caller NOBODY = Caller.anonymous();

    private final Set<EntityRef> known = new HashSet<>(Set.of(ADA, GUEST));

    /** The catalog's users and groups, filled by tests. */
    private record SomeUsers(Set<EntityRef> known) implements Catalog {
        @Override
        public Set<EntityRef> missing(Collection<EntityRef> refs) {
            return refs.stream().filter(ref -> !known.contains(ref)).collect(Collectors.toSet());
        }

        @Override
        public Set<EntityRef> groupsOf(EntityRef user) {
            return Set.of();
        }
    }

    private record OnlyAdaLists() implements Permissions {
        @Override
        public boolean allows(Caller caller, String pluginId, Permission permission) {
            return caller.equals(user(ADA)) && permission.equals(LIST);
        }

        @Override
        public Optional<String> remedy(Caller caller, String pluginId, Permission permission) {
            return Optional.of("Ask the bellmaster.");
        }
    }

    private record Request(Map<String, String> headers) implements ClientCredentials {
        @Override
        public String clientAddress() {
            return "192.0.2.7";
        }

        @Override
        public boolean isChange() {
            return false;
        }

        @Override
        public boolean isFromForeignPage() {
            return false;
        }

        @Override
        public boolean isFromUnknownProxy() {
            return headers.containsKey("Forwarded");
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        @Override
        public Optional<String> cookie(String name) {
            return Optional.ofNullable(headers.get("cookie " + name));
        }
    }

    /** Accepts {@code Bearer ada}, {@code Bearer robot} and {@code Bearer eve}; only Ada may list. */
    private AccessControl access(Optional<GuestAccess> guest) {
        return new AccessControl(
                credentials -> {
                    Optional<String> token = credentials.bearerToken();
                    if (token.isEmpty()) {
                        return Optional.empty();
                    }
                    return Optional.of(
                            switch (token.get()) {
                                case "ada" -> user(ADA);
                                case "eve" -> user(EntityRef.user("default", "eve"));
                                case "robot" -> Caller.service("plugin:robot");
                                default -> throw new AuthenticationFailed("the token has expired");
                            });
                },
                request -> request.cookie("session").map(user -> EntityRef.parse(user, EntityRef.USER)),
                new OnlyAdaLists(),
                new SomeUsers(known),
                guest,
                new FailedCredentials(3, () -> 0));
    }

    private final AccessControl closed = access(Optional.empty());
    private final AccessControl withGuest = access(Optional.of(new GuestAccess(GUEST, true)));

    private static Caller user(EntityRef ref) {
        return Caller.user(ref);
    }

    private static Request token(String token) {
        return new Request(Map.of("Authorization", "Bearer " + token));
    }

    private static Request secret(String secret) {
        return new Request(Map.of("bell-secret", secret));
    }

    private static Request nothing() {
        return new Request(Map.of());
    }

    private static void refused(int status, String because, ThrowingCallable call) {
        ApiError error = catchThrowableOfType(ApiError.class, call);
        assertThat(error.status()).isEqualTo(status);
        assertThat(error).hasMessageContaining(because);
    }

    @Test
    void aTokenIdentifiesItsCaller() {
        assertThat(closed.authenticate(token("ada"), Optional.empty())).isEqualTo(user(ADA));
        assertThat(closed.authenticate(token("robot"), Optional.empty()).subject())
                .isEqualTo("plugin:robot");
    }

    @Test
    void anInvalidTokenNeverFallsBackToGuestOrSecret() {
        Request both = new Request(Map.of("Authorization", "Bearer old", "bell-secret", "open sesame"));

        refused(401, "expired", () -> withGuest.authenticate(token("old"), Optional.empty()));
        refused(401, "expired", () -> withGuest.authenticate(both, Optional.of(SECRET)));
    }

    @Test
    void aTokenIsAcceptedWhereASecretIsConfigured() {
        Request both = new Request(Map.of("Authorization", "Bearer ada", "bell-secret", "wrong"));

        assertThat(closed.authenticate(token("robot"), Optional.of(SECRET)).subject())
                .isEqualTo("plugin:robot");
        assertThat(closed.authenticate(both, Optional.of(SECRET))).isEqualTo(user(ADA));
    }

    @Test
    void aSessionIsTheCallerUnlessTheRequestHasATokenOrASecret() {
        Map<String, String> session = Map.of("cookie session", "ada");
        Map<String, String> withSecret = Map.of("cookie session", "ada", "bell-secret", "open sesame");
        Map<String, String> withToken = Map.of("cookie session", "ada", "Authorization", "Bearer robot");

        assertThat(closed.authenticate(new Request(session), Optional.empty())).isEqualTo(user(ADA));
        assertThat(withGuest.authenticate(new Request(session), Optional.of(SECRET)))
                .isEqualTo(user(ADA));
        assertThat(withGuest
                        .authenticate(new Request(withSecret), Optional.of(SECRET))
                        .subject())
                .isEqualTo("external:bell-secret");
        assertThat(withGuest
                        .authenticate(new Request(withToken), Optional.of(SECRET))
                        .subject())
                .isEqualTo("plugin:robot");
    }

    @Test
    void aSessionOfAUserWhoHasLeftTheCatalogIsNone() {
        known.remove(ADA);
        Request request = new Request(Map.of("cookie session", "ada"));

        assertThat(closed.authenticate(request, Optional.empty())).isEqualTo(NOBODY);
        assertThat(withGuest.authenticate(request, Optional.empty())).isEqualTo(user(GUEST));
    }

    @Test
    void aMalformedAuthorizationHeaderIsRejected() {
        for (String value : List.of("Basic YWRhOmFkYQ==", "Bearer", "Bearer ", "")) {
            Request request = new Request(Map.of("Authorization", value, "bell-secret", "open sesame"));

            refused(401, "'Bearer <token>'", () -> withGuest.authenticate(request, Optional.empty()));
            refused(401, "'Bearer <token>'", () -> withGuest.authenticate(request, Optional.of(SECRET)));
        }
    }

    @Test
    void aSecretMayBeInTheAuthorizationHeader() {
        SharedSecret own = new SharedSecret("authorization", Secret.of("open sesame"), "external:bell-secret");
        Request request = new Request(Map.of("authorization", "open sesame", "Authorization", "open sesame"));

        assertThat(withGuest.authenticate(request, Optional.of(own)).subject()).isEqualTo("external:bell-secret");
    }

    @Test
    void requestsThroughAnUnknownProxyNeverActAsTheGuest() {
        Request forwarded = new Request(Map.of("Forwarded", "for=192.0.2.1"));

        assertThat(withGuest.authenticate(forwarded, Optional.empty())).isEqualTo(NOBODY);
        refused(
                401,
                "backend.trustProxy",
                () -> withGuest.admit(forwarded, Optional.empty(), "bells", Access.AUTHENTICATED));
    }

    @Test
    void aClientOnAnotherMachineIsNotTheGuestUnlessTheConfigurationAllowsIt() {
        AccessControl onThisMachine = access(Optional.of(new GuestAccess(GUEST, false)));
        Request request = new Request(Map.of());

        assertThat(withGuest.authenticate(request, Optional.empty())).isEqualTo(user(GUEST));
        assertThat(onThisMachine.authenticate(request, Optional.empty())).isEqualTo(NOBODY);
        refused(
                401,
                "another machine",
                () -> onThisMachine.admit(request, Optional.empty(), "bells", Access.AUTHENTICATED));
    }

    @Test
    void wrongSecretsAreLimited() {
        for (String guess : List.of("a", "b", "c")) {
            refused(401, "right secret", () -> withGuest.authenticate(secret(guess), Optional.of(SECRET)));
        }

        refused(429, "192.0.2.7", () -> withGuest.authenticate(secret("open sesame"), Optional.of(SECRET)));
    }

    @Test
    void aUserWhoIsNotInTheCatalogIsRejected() {
        refused(401, "user:default/eve", () -> closed.authenticate(token("eve"), Optional.empty()));
        known.remove(ADA);
        refused(401, "user:default/ada", () -> closed.authenticate(token("ada"), Optional.empty()));
    }

    @Test
    void theSharedSecretIdentifiesAService() {
        assertThat(closed.authenticate(secret("open sesame"), Optional.of(SECRET)))
                .isEqualTo(Caller.service("external:bell-secret"));
    }

    /** A kind of credentials other than a secret: the value names the user. */
    private record Badge() implements HeaderCredentials {
        @Override
        public String header() {
            return "bell-badge";
        }

        @Override
        public Caller identify(String value) throws AuthenticationFailed {
            if (value.isEmpty()) {
                throw new AuthenticationFailed("the badge is empty");
            }
            return user(EntityRef.user("default", value));
        }
    }

    @Test
    void aPluginChecksCredentialsOfItsOwn() {
        assertThat(closed.authenticate(badge("ada"), Optional.of(new Badge()))).isEqualTo(user(ADA));
        refused(401, "the badge is empty", () -> withGuest.authenticate(badge(""), Optional.of(new Badge())));
        refused(401, "user:default/eve", () -> withGuest.authenticate(badge("eve"), Optional.of(new Badge())));
    }

    private static Request badge(String value) {
        return new Request(Map.of("bell-badge", value));
    }

    @Test
    void aWrongSecretIsRejectedAndNotRepeated() {
        for (String wrong : List.of("open sesam", "open sesame!", "OPEN SESAME")) {
            ApiError error = catchThrowableOfType(
                    ApiError.class, () -> withGuest.authenticate(secret(wrong), Optional.of(SECRET)));

            assertThat(error.status()).isEqualTo(401);
            assertThat(error.getMessage()).contains("bell-secret").doesNotContain("sesam");
        }
    }

    @Test
    void thereIsNoGuestWhereASecretIsConfigured() {
        Caller caller = withGuest.authenticate(nothing(), Optional.of(SECRET));

        assertThat(caller).isEqualTo(NOBODY);
        refused(401, "credentials are missing", () -> withGuest.authorize(caller, "bells", LIST));
    }

    @Test
    void theSecretHeaderIsIgnoredWithoutAConfiguredSecret() {
        assertThat(withGuest.authenticate(secret("anything"), Optional.empty())).isEqualTo(user(GUEST));
    }

    @Test
    void requestsWithoutCredentialsActAsTheGuestIfEnabled() {
        assertThat(withGuest.authenticate(nothing(), Optional.empty())).isEqualTo(user(GUEST));
        assertThat(closed.authenticate(nothing(), Optional.empty())).isEqualTo(NOBODY);
    }

    @Test
    void aGuestWhoIsNotInTheCatalogIsAnonymous() {
        known.remove(GUEST);
        Caller caller = withGuest.authenticate(nothing(), Optional.empty());

        assertThat(caller).isEqualTo(NOBODY);
        refused(401, "user:default/guest", () -> withGuest.authorize(caller, "bells", LIST));
        assertThatCode(() -> withGuest.authorize(caller, "bells", Access.PUBLIC))
                .doesNotThrowAnyException();
    }

    @Test
    void publicRoutesNeedNoCredentials() {
        for (Caller caller : List.of(NOBODY, user(ADA), robot(List.of()))) {
            assertThatCode(() -> closed.authorize(caller, "bells", Access.PUBLIC))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void authenticatedRoutesAcceptEveryKnownCaller() {
        assertThatCode(() -> closed.authorize(user(ADA), "bells", Access.AUTHENTICATED))
                .doesNotThrowAnyException();
        assertThatCode(() -> closed.authorize(robot(List.of()), "bells", Access.AUTHENTICATED))
                .doesNotThrowAnyException();
        refused(401, "credentials are missing", () -> closed.authorize(NOBODY, "bells", Access.AUTHENTICATED));
    }

    @Test
    void thePolicyDecidesAboutUsers() {
        assertThatCode(() -> closed.authorize(user(ADA), "bells", LIST)).doesNotThrowAnyException();
        refused(403, "bells.create", () -> closed.authorize(user(ADA), "bells", CREATE));
        refused(403, "bells.list", () -> closed.authorize(user(GUEST), "bells", LIST));
        refused(401, "credentials are missing", () -> closed.authorize(NOBODY, "bells", LIST));
    }

    @Test
    void aRefusalSaysWhatWouldAllowItIfThePortKnows() {
        refused(
                403,
                "permission 'bells.create' (create) is needed. Ask the bellmaster.",
                () -> closed.authorize(user(ADA), "bells", CREATE));
        assertThat(closed.remedy(NOBODY, "bells", CREATE)).isEmpty();
        assertThat(closed.remedy(robot(List.of()), "bells", CREATE))
                .hasValueSatisfying(text -> assertThat(text).contains("accessRestrictions of plugin:robot"));
    }

    @Test
    void aServiceWithoutRestrictionsMayDoEverything() {
        assertThat(closed.allows(robot(List.of()), "bells", CREATE)).isTrue();
    }

    @Test
    void aServiceMayDoWhatItsRestrictionsAllow() {
        Caller creator = robot(List.of(new AccessRestriction("bells", Set.of("bells.create"), Set.of())));
        Caller reader = robot(List.of(new AccessRestriction("bells", Set.of(), Set.of(Action.READ))));
        Caller elsewhere = robot(List.of(new AccessRestriction("clocks", Set.of(), Set.of())));
        Caller both = robot(List.of(
                new AccessRestriction("clocks", Set.of(), Set.of()),
                new AccessRestriction("bells", Set.of("bells.create", "bells.list"), Set.of(Action.READ))));

        assertThat(List.of(creator, reader, elsewhere, both))
                .extracting(caller -> closed.allows(caller, "bells", CREATE))
                .containsExactly(true, false, false, false);
        assertThat(List.of(creator, reader, elsewhere, both))
                .extracting(caller -> closed.allows(caller, "bells", LIST))
                .containsExactly(false, true, false, true);
        refused(403, "bells.list", () -> closed.authorize(creator, "bells", LIST));
        refused(403, "'bells' is restricted", () -> closed.authorize(elsewhere, "bells", Access.AUTHENTICATED));
        assertThatCode(() -> closed.authorize(creator, "bells", Access.AUTHENTICATED))
                .doesNotThrowAnyException();
    }

    @Test
    void pluginsGetTheSameDecisionAsRoutes() {
        assertThat(closed.allows(user(ADA), "bells", LIST)).isTrue();
        assertThat(closed.allows(user(ADA), "bells", CREATE)).isFalse();
        assertThat(closed.allows(NOBODY, "bells", LIST)).isFalse();
    }

    @Test
    void aSecretIsNeverBlankAndNeverShown() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SharedSecret("bell-secret", Secret.of(" "), "x"));
        assertThat(SECRET.toString()).doesNotContain("sesame");
    }

    private static Caller robot(List<AccessRestriction> restrictions) {
        return Caller.service("plugin:robot", restrictions);
    }
}
