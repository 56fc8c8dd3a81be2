package dev.belfry.host.casbin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permission.Action;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.settings.PermissionSettings;
import dev.belfry.host.watch.FileWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyPermissionsTest {

    private static final Permission CREATE = new Permission("bells.create", Action.CREATE);
    private static final Permission LIST = new Permission("bells.list", Action.READ);
    private static final EntityRef TEAM = EntityRef.group("default", "team");

    @TempDir
    Path folder;

    private final FileWatch watch = new FileWatch();
    private final Map<EntityRef, Set<EntityRef>> groups = new HashMap<>();

    /** The groups of the catalog, filled by tests. */
    private final Catalog catalog = new Catalog() {
        @Override
        public Set<EntityRef> missing(Collection<EntityRef> refs) {
            return Set.of();
        }

        @Override
        public Set<EntityRef> groupsOf(EntityRef user) {
            return groups.getOrDefault(user, Set.of());
        }
    };

    @AfterEach
    void close() {
        watch.close();
    }

    private Path write(String policy) {
        try {
            return Files.writeString(folder.resolve("policy.csv"), policy);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Permissions policy(String policy) {
        return PolicyPermissions.open(new PermissionSettings(true, Optional.of(write(policy))), catalog, watch);
    }

    private List<String> faults(String policy) {
        return catchThrowableOfType(ConfigurationException.class, () -> policy(policy))
                .faults();
    }

    private static Caller user(String name) {
        EntityRef ref = EntityRef.user("default", name);
        return Caller.user(ref);
    }

    private static boolean allows(Permissions permissions, String user, Permission permission) {
        return permissions.allows(user(user), "bells", permission);
    }

    @Test
    void aRoleGrantsItsPermissionsToItsMembers() {
        Permissions permissions = policy("""
                # who may what
                p, role:default/ringers, bells.create, create, allow

                g, user:default/ada, role:default/ringers
                """);

        assertThat(allows(permissions, "ada", CREATE)).isTrue();
        assertThat(allows(permissions, "bob", CREATE)).isFalse();
        assertThat(allows(permissions, "ada", LIST)).isFalse();
    }

    @Test
    void theActionMustMatch() {
        Permissions permissions = policy("""
                p, role:default/authenticated, bells.create, read, allow
                """);

        assertThat(allows(permissions, "ada", CREATE)).isFalse();
    }

    @Test
    void denyOverridesAllow() {
        Permissions permissions = policy("""
                p, role:default/authenticated, bells.create, create, allow
                p, role:default/muted, bells.create, create, deny
                g, user:default/bob, role:default/muted
                """);

        assertThat(allows(permissions, "ada", CREATE)).isTrue();
        assertThat(allows(permissions, "bob", CREATE)).isFalse();
    }

    @Test
    void everySignedInUserHasTheDefaultRole() {
        Permissions permissions = policy("p, role:default/authenticated, bells.list, read, allow\n");

        assertThat(allows(permissions, "anybody", LIST)).isTrue();
    }

    @Test
    void aGroupsRoleAppliesToItsCurrentMembers() {
        Permissions permissions = policy("""
                p, role:default/ringers, bells.create, create, allow
                g, group:default/team, role:default/ringers
                """);
        assertThat(allows(permissions, "ada", CREATE)).isFalse();

        groups.put(EntityRef.user("default", "ada"), Set.of(TEAM));
        assertThat(allows(permissions, "ada", CREATE)).isTrue();

        groups.clear();
        assertThat(allows(permissions, "ada", CREATE)).isFalse();
    }

    /** The catalog decides about memberships: a token may be older than the last change. */
    @Test
    void groupsInATokenGrantNothing() {
        Permissions permissions = policy("""
                p, role:default/ringers, bells.create, create, allow
                g, group:default/team, role:default/ringers
                """);
        Caller ada = Caller.user(EntityRef.user("default", "ada"), Set.of(TEAM));

        assertThat(permissions.allows(ada, "bells", CREATE)).isFalse();
    }

    @Test
    void aRuleMayNameAUserOrAGroupDirectly() {
        groups.put(EntityRef.user("default", "bob"), Set.of(TEAM));
        Permissions permissions = policy("""
                p, user:default/ada, bells.create, create, allow
                p, group:default/team, bells.list, read, allow
                """);

        assertThat(allows(permissions, "ada", CREATE)).isTrue();
        assertThat(allows(permissions, "bob", LIST)).isTrue();
        assertThat(allows(permissions, "bob", CREATE)).isFalse();
    }

    @Test
    void namesAreCaseInsensitive() {
        Permissions permissions = policy("""
                p, Role:Default/Ringers, bells.create, create, allow
                g, User:default/Ada, role:default/RINGERS
                """);

        assertThat(allows(permissions, "ada", CREATE)).isTrue();
    }

    @Test
    void aNameThatLooksLikeAPatternIsNotAPattern() {
        Permissions permissions = policy("p, role:default/authenticated, bells.*, create, allow\n");

        assertThat(allows(permissions, "ada", CREATE)).isFalse();
    }

    @Test
    void thePolicyAppliesOnlyToUsers() {
        Permissions permissions = policy("p, role:default/authenticated, bells.list, read, allow\n");

        assertThat(permissions.allows(Caller.anonymous(), "bells", LIST)).isFalse();
        assertThat(permissions.allows(Caller.service("plugin:x"), "bells", LIST))
                .isFalse();
    }

    @Test
    void everythingIsAllowedWhenPermissionsAreDisabled() {
        Permissions permissions =
                PolicyPermissions.open(new PermissionSettings(false, Optional.empty()), catalog, watch);

        assertThat(allows(permissions, "ada", CREATE)).isTrue();
    }

    @Test
    void withoutAPolicyEverythingIsDenied() {
        Permissions permissions =
                PolicyPermissions.open(new PermissionSettings(true, Optional.empty()), catalog, watch);

        assertThat(allows(permissions, "ada", CREATE)).isFalse();
        assertThat(allows(policy("# empty\n"), "ada", CREATE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                x, role:default/a, role:default/b                       | begins with p or g
                p, role:default/a, bells.create, create                 | must have the form p, role, permission, action
                p, role:default/a, , create, allow                      | must have the form p, role, permission, action
                p, role:default/a, bells.create, sing, allow            | 'sing' is not one of create
                p, role:default/a, bells.create, create, maybe          | 'maybe' is neither allow nor deny
                p, ringers, bells.create, create, allow                 | 'ringers' does not have the form role:namespace/name
                g, ada, role:default/a                                  | 'ada' does not have the form user:namespace/name
                g, user:default/ada, ringers                            | 'ringers' does not have the form role:namespace/name
                g, user:default/ada                                     | must have the form g
                g, user:default/mar\u212A, role:default/a               | name 'mar\u212A' must have 1 to 63 of the characters
                p, role:default/a b, bells.create, create, allow        | name 'a b' must have 1 to 63 of the characters
                g, uſer:default/ada, role:default/a                     | kind 'uſer' must have 1 to 63 of the characters
                g, role:default/b, role:default/a                       | 'role:default/b' does not have the form user:namespace/name
                """)
    void anInvalidLineIsReportedWithTheRule(String line, String rule) {
        assertThat(faults("# first line\n" + line + "\n"))
                .singleElement()
                .asString()
                .startsWith(folder.resolve("policy.csv") + ":2: ")
                .contains(rule);
    }

    @Test
    void allInvalidLinesAreReportedAtOnce() {
        assertThat(faults("x\np, a\ng, b\n")).hasSize(3);
    }

    @Test
    void aMissingFileIsAProblem() {
        PermissionSettings nowhere = new PermissionSettings(true, Optional.of(folder.resolve("nowhere.csv")));

        assertThat(catchThrowableOfType(
                        ConfigurationException.class, () -> PolicyPermissions.open(nowhere, catalog, watch)))
                .hasMessageContaining("nowhere.csv: the permission policy cannot be read: it does not exist");
    }

    @Test
    void aDeletedPolicyStaysInUseAndIsReported() throws Exception {
        Permissions permissions = policy("p, role:default/authenticated, bells.list, read, allow\n");
        Files.delete(folder.resolve("policy.csv"));

        await().untilAsserted(() -> assertThat(watch.obstacles())
                .containsExactly("the file 'policy.csv' cannot be read: it does not exist"));
        assertThat(allows(permissions, "ada", LIST)).isTrue();

        write("p, role:default/authenticated, bells.create, create, allow\n");
        await().untilAsserted(() -> assertThat(watch.obstacles()).isEmpty());
        assertThat(allows(permissions, "ada", LIST)).isFalse();
    }

    @Test
    void aChangedFileIsReloaded() {
        Permissions permissions = policy("p, role:default/authenticated, bells.list, read, allow\n");
        assertThat(allows(permissions, "ada", LIST)).isTrue();

        write("p, role:default/authenticated, bells.create, create, allow\n");

        await().untilAsserted(
                        () -> assertThat(allows(permissions, "ada", CREATE)).isTrue());
        assertThat(allows(permissions, "ada", LIST)).isFalse();
    }

    @Test
    void aBrokenFileKeepsThePreviousPolicy() {
        Permissions permissions = policy("p, role:default/authenticated, bells.list, read, allow\n");
        CapturedLog log = CapturedLog.of(PolicyPermissions.class);

        write("p, role:default/authenticated, bells.list, read, perhaps\n");

        await().untilAsserted(() ->
                assertThat(log.messages()).anySatisfy(line -> assertThat(line).contains("policy.csv:1", "perhaps")));
        assertThat(allows(permissions, "ada", LIST)).isTrue();
    }

    @Test
    void concurrentChecksAreSafe() throws Exception {
        String policy = IntStream.range(0, 50)
                .mapToObj(i -> "p, role:default/r" + i + ", bells.create, create, allow\n" + "g, user:default/u" + i
                        + ", role:default/r" + i + "\n")
                .collect(Collectors.joining());
        Permissions permissions = policy(policy);
        try (ExecutorService askers = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> questions = IntStream.range(0, 1_000)
                    .<Callable<Boolean>>mapToObj(
                            i -> () -> allows(permissions, "u" + i % 100, CREATE) == (i % 100 < 50))
                    .toList();
            for (Future<Boolean> right : askers.invokeAll(questions)) {
                assertThat(right.get()).isTrue();
            }
        }
    }
}
