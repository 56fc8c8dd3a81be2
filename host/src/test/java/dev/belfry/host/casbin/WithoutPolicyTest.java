package dev.belfry.host.casbin;

import static dev.belfry.host.casbin.PolicySetting.CREATE;
import static dev.belfry.host.casbin.PolicySetting.LIST;
import static dev.belfry.host.casbin.PolicySetting.allows;
import static dev.belfry.host.casbin.PolicySetting.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permission.Action;
import dev.belfry.api.access.Permissions;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.config.ConfigFolder;
import dev.belfry.host.settings.PermissionSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may what while there is no policy file, and what the configuration itself says. */
class WithoutPolicyTest {

    private static final Permission MANAGE = new Permission("host.plugins.update", Action.UPDATE);
    private static final PermissionSettings UNSET = PolicySetting.settings(Optional.empty(), Optional.empty());
    private static final PermissionSettings ENABLED = PolicySetting.settings(Optional.of(true), Optional.empty());

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

    private PermissionSettings settings(String permission) throws Exception {
        return new ConfigFolder(folder).settings("permission: " + permission).permission();
    }

    private static boolean mayManage(Permissions permissions, String user) {
        return permissions.allows(user(user), "host", MANAGE);
    }

    @Test
    void withoutASettingUsersMayDoWhatPluginsOfferAndNobodyManagesTheHost() {
        CapturedLog log = CapturedLog.of(PolicyPermissions.class);
        Permissions permissions = setting.open(UNSET);

        assertThat(allows(permissions, "ada", CREATE)).isTrue();
        assertThat(mayManage(permissions, "ada")).isFalse();
        assertThat(allows(permissions, "ada", MANAGE)).isFalse();
        assertThat(permissions.allows(user("ada"), "host", LIST)).isFalse();
        assertThat(permissions.allows(Caller.anonymous(), "bells", LIST)).isFalse();
        assertThat(log.messages())
                .singleElement()
                .asString()
                .startsWith("permission.enabled is not set")
                .contains("permission.enabled: true", "permission.rbac.policies-csv-file");
        assertThat(PolicyPermissions.check(UNSET, setting.names, setting.declared)
                        .warnings())
                .isEqualTo(log.messages());
    }

    @Test
    void withoutASettingUsersMayNotDoWhatPluginsWithhold() {
        Permissions permissions = setting.open(UNSET);
        setting.declared.declare("bells", Set.of(LIST, CREATE), Set.of(), Set.of(CREATE));

        assertThat(allows(permissions, "ada", LIST)).isTrue();
        assertThat(allows(permissions, "ada", CREATE)).isFalse();
        assertThat(permissions.remedy(user("ada"), "bells", CREATE))
                .hasValueSatisfying(remedy -> assertThat(remedy).startsWith("This needs a permission policy"));
    }

    @Test
    void theBuiltInPolicyGrantsWhatPluginsGrantByDefault() {
        CapturedLog log = CapturedLog.of(PolicyPermissions.class);
        Permissions permissions = setting.open(ENABLED);
        Runnable withdrawal = setting.declared.declare("bells", Set.of(LIST, CREATE), Set.of(LIST));

        assertThat(allows(permissions, "ada", LIST)).isTrue();
        assertThat(allows(permissions, "ada", CREATE)).isFalse();
        assertThat(mayManage(permissions, "ada")).isFalse();
        assertThat(permissions.allows(Caller.anonymous(), "bells", LIST)).isFalse();
        assertThat(log.messages()).singleElement().asString().contains("the built-in policy is in force");
        assertThat(PolicyPermissions.check(ENABLED, setting.names, setting.declared)
                        .warnings())
                .isEqualTo(log.messages());

        withdrawal.run();
        assertThat(allows(permissions, "ada", LIST)).isFalse();
    }

    /** A plugin speaks for itself alone. */
    @Test
    void aPluginCannotGrantPermissionsOfAnother() {
        setting.declared.declare("gongs", Set.of(LIST, MANAGE), Set.of(LIST, MANAGE));
        Permissions permissions = setting.open(ENABLED);

        assertThat(allows(permissions, "ada", LIST)).isFalse();
        assertThat(mayManage(permissions, "ada")).isFalse();
    }

    @Test
    void aPolicyFileReplacesTheBuiltInPolicy() {
        setting.declared.declare("bells", Set.of(LIST, CREATE), Set.of(LIST));
        setting.write("p, role:default/authenticated, bells.create, create, allow\n");

        for (Optional<Boolean> enabled : Set.of(Optional.of(true), Optional.<Boolean>empty())) {
            Permissions permissions = setting.open(PolicySetting.settings(enabled, Optional.of(setting.file)));

            assertThat(allows(permissions, "ada", LIST)).isFalse();
            assertThat(allows(permissions, "ada", CREATE)).isTrue();
        }
    }

    @Test
    void superUsersMayDoEverythingWhateverThePolicySays() throws Exception {
        setting.write("p, role:default/authenticated, bells.create, create, deny\n");
        String admins = "admin: { superUsers: [ { name: 'User:default/Ada' } ], users: [ { name: bob } ] }";
        for (String permission : List.of(
                "{ rbac: { " + admins + " } }",
                "{ enabled: true, rbac: { " + admins + " } }",
                "{ enabled: true, rbac: { policies-csv-file: policy.csv, " + admins + " } }")) {
            Permissions permissions = setting.open(settings(permission));

            assertThat(mayManage(permissions, "ada")).isTrue();
            assertThat(allows(permissions, "ada", CREATE)).isTrue();
            assertThat(mayManage(permissions, "bob")).isFalse();
        }
    }

    @Test
    void defaultPermissionsAreARoleOfEverySignedInUser() throws Exception {
        setting.write("""
                p, role:default/basic, bells.create, create, allow
                p, role:default/muted, bells.list, read, deny
                g, user:default/bob, role:default/muted
                """);
        String defaults = "defaultPermissions: { defaultRole: role:default/basic,"
                + " basicPermissions: [ { permission: bells.list, action: read }, { permission: bells.ring } ] }";
        Permissions alone = setting.open(settings("{ rbac: { " + defaults + " } }"));
        Permissions withFile = setting.open(settings("{ rbac: { policies-csv-file: policy.csv, " + defaults + " } }"));

        assertThat(allows(alone, "bob", LIST)).isTrue();
        assertThat(allows(alone, "bob", new Permission("bells.ring", Action.USE)))
                .isTrue();
        assertThat(allows(alone, "bob", CREATE)).isFalse();
        assertThat(allows(withFile, "ada", LIST)).isTrue();
        assertThat(allows(withFile, "ada", CREATE)).isTrue();
        assertThat(allows(withFile, "bob", LIST)).isFalse();
    }

    @Test
    void aRefusalSaysWhatWouldAllowIt() {
        String lines = "the lines 'p, role:default/bells-create-create, bells.create, create, allow' and"
                + " 'g, user:default/ada, role:default/bells-create-create'";
        Permissions builtIn = setting.open(ENABLED);
        Permissions unset = setting.open(UNSET);
        setting.join("kim", PolicySetting.group("muted"));
        Permissions policy = setting.policy("""
                p, role:default/ringers, bells.create, create, allow
                g, user:default/bob, role:default/ringers
                p, group:default/muted, bells.create, create, deny
                """);

        assertThat(policy.remedy(user("ada"), "bells", CREATE))
                .contains(
                        "To allow it, add " + lines + " to the permission policy (permission.rbac.policies-csv-file).");
        assertThat(policy.remedy(user("kim"), "bells", CREATE))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("policy.csv:", "denies it to user:default/kim")
                        .doesNotContain("muted", "ringers"));
        assertThat(builtIn.remedy(user("ada"), "bells", CREATE))
                .hasValueSatisfying(text -> assertThat(text).contains("policies-csv-file to a file with " + lines));
        assertThat(unset.remedy(user("ada"), "host", MANAGE))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("Managing the host needs a permission policy", "host.plugins.update, update, allow"));
    }
}
