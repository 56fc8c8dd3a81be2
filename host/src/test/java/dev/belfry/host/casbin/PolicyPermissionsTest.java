package dev.belfry.host.casbin;

import static dev.belfry.host.casbin.PolicySetting.CREATE;
import static dev.belfry.host.casbin.PolicySetting.LIST;
import static dev.belfry.host.casbin.PolicySetting.allows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.settings.PermissionSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyPermissionsTest {

    private static final EntityRef TEAM = EntityRef.group("default", "team");

    @TempDir
    Path folder;

    private PolicySetting setting;

    @BeforeEach
    void open() {
        setting = new PolicySetting(folder);
    }

    @AfterEach
    void close() {
        setting.close();
    }

    private Permissions policy(String policy) {
        return setting.policy(policy);
    }

    private void write(String policy) {
        setting.write(policy);
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

        setting.groups.put(EntityRef.user("default", "ada"), Set.of(TEAM));
        assertThat(allows(permissions, "ada", CREATE)).isTrue();

        setting.groups.clear();
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
        setting.groups.put(EntityRef.user("default", "bob"), Set.of(TEAM));
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
        Permissions permissions = setting.open(PolicySetting.settings(Optional.of(false), Optional.empty()));

        assertThat(allows(permissions, "ada", CREATE)).isTrue();
    }

    @Test
    void anEmptyPolicyDeniesEverythingWithAWarning() {
        CapturedLog log = CapturedLog.of(PolicyPermissions.class);

        assertThat(allows(policy("# empty\n"), "ada", CREATE)).isFalse();

        assertThat(log.messages())
                .containsExactly(setting.file
                        + ": the permission policy has no line that is in force, so it allows users nothing")
                .isEqualTo(PolicyPermissions.check(setting.settings(), setting.names, setting.declared)
                        .warnings());
    }

    @Test
    void aMissingFileIsTheSameFaultInACheckAndAtStart() {
        PermissionSettings nowhere =
                PolicySetting.settings(Optional.of(true), Optional.of(folder.resolve("nowhere.csv")));

        assertThat(catchThrowableOfType(ConfigurationException.class, () -> setting.open(nowhere))
                        .faults())
                .containsExactly("app.yaml:7: permission.rbac.policies-csv-file: '" + folder.resolve("nowhere.csv")
                        + "' does not exist")
                .isEqualTo(PolicyPermissions.check(nowhere, setting.names, setting.declared)
                        .faults());
    }

    @Test
    void aDeletedPolicyStaysInUseAndIsReported() throws Exception {
        Permissions permissions = policy("p, role:default/authenticated, bells.list, read, allow\n");
        Files.delete(folder.resolve("policy.csv"));

        await().untilAsserted(() -> assertThat(setting.watch.obstacles())
                .containsExactly("the file 'policy.csv' cannot be read: it does not exist"));
        assertThat(allows(permissions, "ada", LIST)).isTrue();

        write("p, role:default/authenticated, bells.create, create, allow\n");
        await().untilAsserted(() -> assertThat(setting.watch.obstacles()).isEmpty());
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
    void aChangedFileIsIgnoredIfReloadingIsSwitchedOff() throws Exception {
        write("p, role:default/authenticated, bells.list, read, allow\n");
        PermissionSettings settings = PolicySetting.settings(Optional.of(true), Optional.of(setting.file), false);
        Permissions permissions = setting.open(settings);
        Files.delete(setting.file);

        // A watched file would be an obstacle after a look or two.
        await().during(Duration.ofSeconds(2))
                .until(() -> setting.watch.obstacles().isEmpty());
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
