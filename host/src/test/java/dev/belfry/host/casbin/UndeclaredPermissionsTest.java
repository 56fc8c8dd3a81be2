package dev.belfry.host.casbin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permission.Action;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.CapturedLog;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndeclaredPermissionsTest {

    private static final Permission LIST = new Permission("bells.list", Action.READ);
    private static final Permission CREATE = new Permission("bells.create", Action.CREATE);

    private static final Caller ADA = Caller.user(EntityRef.parse("ada", EntityRef.USER));
    private static final Caller BOB = Caller.user(EntityRef.parse("bob", EntityRef.USER));
    private static final Caller EVE = Caller.user(EntityRef.parse("eve", EntityRef.USER));

    @TempDir
    Path folder;

    private PolicySetting setting;
    private CapturedLog log;

    @BeforeEach
    void open() {
        setting = new PolicySetting(folder);
        log = CapturedLog.ofInfo(PolicyPermissions.class.getName());
    }

    @AfterEach
    void close() {
        setting.close();
    }

    @Test
    void aMisspelledNameIsReportedWithTheNearOne() {
        setting.declared.declare("bells", Set.of(LIST, CREATE), Set.of());
        setting.policy("""
                # policy
                p, role:default/authenticated, bell.create, create, allow
                p, role:default/authenticated, bells.list, use, allow
                p, role:default/authenticated, bells.melt.everything, delete, deny
                p, role:default/authenticated, bells.list, read, allow
                """);
        assertThat(log.messages()).isEmpty();

        setting.declared.settle();

        assertThat(log.messages())
                .containsExactly(
                        setting.file
                                + ":2: no plugin declares the permission 'bell.create' (did you mean 'bells.create'?)."
                                + " The line has no effect",
                        setting.file
                                + ":3: the permission 'bells.list' has no action 'use'; it has read. The line has no effect",
                        setting.file
                                + ":4: 'bells' declares no permission 'bells.melt.everything'. The line has no effect");
    }

    /** A policy that cannot be understood must not open anything. */
    @Test
    void aDenialOfAMisspelledPermissionDeniesWhatItProbablyMeans() {
        Permissions permissions = setting.policy("""
                p, role:default/authenticated, bells.list, read, allow
                p, role:default/authenticated, bells.create, create, allow
                p, user:default/ada, bell.create, create, deny
                p, user:default/bob, bells.list, use, deny
                p, user:default/eve, gongs.create, create, deny
                """);
        Runnable withdrawal = setting.declared.declare("bells", Set.of(LIST, CREATE), Set.of());
        setting.declared.settle();

        assertThat(permissions.allows(ADA, "bells", CREATE)).isFalse();
        assertThat(permissions.allows(ADA, "bells", LIST)).isTrue();
        assertThat(permissions.allows(BOB, "bells", LIST)).isFalse();
        assertThat(permissions.allows(BOB, "bells", CREATE)).isTrue();
        assertThat(permissions.allows(EVE, "bells", CREATE)).isTrue();
        assertThat(permissions.remedy(ADA, "bells", CREATE))
                .get(STRING)
                .startsWith("policy.csv:3 of the permission policy denies it");
        assertThat(log.messages())
                .contains(setting.file
                        + ":3: no plugin declares the permission 'bell.create' (did you mean 'bells.create'?). Until it is"
                        + " corrected, the line denies bells.create (create)");

        // A plugin that has the permission: the line means it.
        setting.declared.declare("bell", Set.of(new Permission("bell.create", Action.CREATE)), Set.of());
        assertThat(permissions.allows(ADA, "bells", CREATE)).isTrue();
        withdrawal.run();
        assertThat(permissions.allows(ADA, "bells", CREATE)).isTrue();
    }

    @Test
    void eachLineIsReportedOnceAndAgainWhenTheFileChanges() {
        setting.policy("p, role:default/authenticated, bell.create, create, allow\n");
        setting.declared.declare("bells", Set.of(CREATE), Set.of());
        setting.declared.settle();
        setting.declared.declare("gongs", Set.of(), Set.of()).run();
        assertThat(log.messages()).hasSize(1);

        setting.write("# again\np, role:default/authenticated, bell.create, create, allow\n");

        await().untilAsserted(() -> assertThat(log.messages())
                .filteredOn(line -> line.contains("bell.create"))
                .hasSize(2));
    }

    @Test
    void aCheckReportsWhatAStartReports() {
        setting.declared.declare("bells", Set.of(CREATE), Set.of());
        setting.policy("p, role:default/authenticated, bells.craete, create, deny\n");
        setting.declared.settle();

        assertThat(log.messages())
                .hasSize(1)
                .isEqualTo(PolicyPermissions.check(setting.settings(), setting.names, setting.declared)
                        .warnings());
    }

    @Test
    void aPluginThatStartsLaterIsCheckedThen() {
        setting.policy("p, role:default/authenticated, bells.crate, create, allow\n");
        setting.declared.settle();
        assertThat(log.messages()).noneMatch(line -> line.contains("did you mean"));

        setting.declared.declare("bells", Set.of(CREATE), Set.of());

        assertThat(log.messages()).anyMatch(line -> line.contains("did you mean 'bells.create'"));
    }

    /** A policy of a Backstage installation is mostly about plugins that Belfry does not have. */
    @Test
    void permissionsOfOtherPluginsAreOneLineInAll() {
        setting.declared.declare("bells", Set.of(LIST), Set.of());
        setting.declared.declare("catalog", Set.of(new Permission("catalog.entity.read", Action.READ)), Set.of());
        setting.policy("""
                p, role:default/authenticated, catalog-entity, read, allow
                p, role:default/authenticated, catalog.entity.create, create, allow
                p, role:default/authenticated, catalog-entity, delete, deny
                p, role:default/authenticated, policy-entity, read, allow
                """);

        setting.declared.settle();

        String information =
                "the permission policy names permissions of plugins that do not run here; these lines have no effect:"
                        + " catalog-entity, catalog.entity.create, policy-entity";
        assertThat(log.messages()).containsExactly(information);
        assertThat(PolicyPermissions.check(setting.settings(), setting.names, setting.declared)
                        .information())
                .contains(information);
    }
}
