package dev.belfry.host.casbin;

import static dev.belfry.host.casbin.PolicySetting.CREATE;
import static dev.belfry.host.casbin.PolicySetting.LIST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.CapturedLog;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy that was written without a plugin. */
class UnnamedPluginsTest {

    private static final Caller ADA = Caller.user(EntityRef.user("default", "ada"));
    private static final String OF_BACKSTAGE = "p, role:default/authenticated, catalog-entity, read, allow\n";
    private static final String WARNING =
            "the permission policy names no permission of the plugin 'bells': signed-in users"
                    + " have what it grants by default, bells.list (read). As soon as a line names one of its permissions, only the"
                    + " policy counts";

    @TempDir
    Path folder;

    private PolicySetting setting;

    @BeforeEach
    void open() {
        setting = new PolicySetting(folder);
        setting.declared.declare("bells", Set.of(LIST, CREATE), Set.of(LIST));
    }

    @AfterEach
    void close() {
        setting.close();
    }

    private static boolean lists(Permissions permissions) {
        return permissions.allows(ADA, "bells", LIST);
    }

    @Test
    void usersKeepWhatThePluginGrantsByDefault() {
        CapturedLog log = CapturedLog.of(PolicyPermissions.class);
        Permissions permissions = setting.policy(OF_BACKSTAGE);
        setting.declared.settle();

        assertThat(lists(permissions)).isTrue();
        assertThat(permissions.allows(ADA, "bells", CREATE)).isFalse();
        assertThat(permissions.allows(Caller.service("portal"), "bells", LIST)).isFalse();
        assertThat(log.messages()).containsExactly(WARNING);
        assertThat(setting.warnings(OF_BACKSTAGE)).containsExactly(WARNING);
    }

    @Test
    void theRemedyKeepsTheDefaults() {
        Permissions permissions = setting.policy(OF_BACKSTAGE);

        assertThat(permissions.remedy(ADA, "bells", CREATE))
                .hasValue(
                        "To allow it, add the lines 'p, role:default/bells-create-create, bells.create, create, allow' and"
                                + " 'g, user:default/ada, role:default/bells-create-create' to the permission policy"
                                + " (permission.rbac.policies-csv-file), and, since lines for a plugin replace its defaults,"
                                + " 'p, role:default/authenticated, bells.list, read, allow'.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p, role:default/ringers, bells.create, create, allow",
                "p, role:default/ringers, bells.lst, read, allow",
                "p, role:default/ringers, bells.melt, delete, allow",
                "p, role:default/ringers, bells, read, deny",
                "p, role:default/ringers, bells_list, read, deny",
                "p, role:default/ringers, bell.ring, read, deny",
                "p, role:default/ringers, BELLS, read, deny",
                "p, role:default/ringers, backstage.bells.list, read, deny",
                "p, role:default/ringers, list-bells, read, deny",
                "p, role:default/ringers, catalog-entity, reed, allow",
                "g, user:default/bob, role:default/authenticated"
            })
    void aPolicyThatNamesThePluginOrIsInDoubtGrantsNothingByDefault(String line) {
        assertThat(lists(setting.policy(OF_BACKSTAGE + line + "\n"))).isFalse();
        assertThat(setting.warnings(OF_BACKSTAGE + line + "\n")).doesNotContain(WARNING);
    }

    @Test
    void aPolicyWithoutARuleGrantsNothing() {
        assertThat(lists(setting.policy("# empty\n"))).isFalse();
        assertThat(lists(setting.policy("g, user:default/ada, role:default/ringers\n")))
                .isFalse();
    }

    @Test
    void aChangedPolicyCountsAtOnce() {
        Permissions permissions = setting.policy(OF_BACKSTAGE);
        assertThat(lists(permissions)).isTrue();

        setting.write(OF_BACKSTAGE + "p, role:default/ringers, bells.create, create, allow\n");

        await().untilAsserted(() -> assertThat(lists(permissions)).isFalse());
    }
}
