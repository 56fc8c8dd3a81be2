package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.belfry.api.access.Permission.Action;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.config.ConfigFolder;
import dev.belfry.host.settings.PermissionSettings.BasicPermission;
import dev.belfry.host.settings.PermissionSettings.Mode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionSettingsTest {

    @TempDir
    private Path folder;

    private ConfigFolder config;

    @BeforeEach
    void open() {
        config = new ConfigFolder(folder);
    }

    private PermissionSettings settings(String permission) throws Exception {
        return config.settings("permission: " + permission).permission();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {}                                                                              | UNSET
            { enabled: true }                                                               | BUILT_IN
            { enabled: true, rbac: { policies-csv-file: p.csv } }                           | POLICY
            { rbac: { policies-csv-file: p.csv } }                                          | POLICY
            { rbac: { defaultPermissions: { defaultRole: a, basicPermissions: [] } } }      | POLICY
            { rbac: { admin: { superUsers: [ { name: ada } ] } } }                          | UNSET
            { enabled: false, rbac: { policies-csv-file: p.csv } }                          | DISABLED
            """)
    void aPolicyIsInForceUnlessPermissionsAreDisabled(String permission, Mode mode) throws Exception {
        assertThat(settings(permission).mode()).isEqualTo(mode);
    }

    @Test
    void theKeysOfTheRbacPluginAreRead() throws Exception {
        PermissionSettings settings = settings("""

                  enabled: true
                  rbac:
                    policies-csv-file: p.csv
                    policyFileReload: false
                    admin: { superUsers: [ { name: user:default/ada } ] }
                    defaultPermissions:
                      defaultRole: role:default/basic
                      basicPermissions: [ { permission: bells.list, action: read }, { permission: bells.ring } ]
                """);

        assertThat(settings.policyFile().orElseThrow().path()).isEqualTo(folder.resolve("p.csv"));
        assertThat(settings.reloadsPolicyFile()).isFalse();
        assertThat(settings.superUsers())
                .extracting(PermissionSettings.SuperUser::name)
                .containsExactly(EntityRef.user("default", "ada"));
        PermissionSettings.DefaultPermissions defaults =
                settings.defaultPermissions().orElseThrow();
        assertThat(defaults.defaultRole().ref()).hasToString("role:default/basic");
        assertThat(defaults.basicPermissions())
                .extracting(BasicPermission::permission, BasicPermission::action)
                .containsExactly(tuple("bells.list", Action.READ), tuple("bells.ring", Action.USE));
    }

    @Test
    void anIncompleteReferenceOfTheDefaultRoleIsReadWithAWarning() throws Exception {
        PermissionSettings settings =
                settings("{ rbac: { defaultPermissions: { defaultRole: basic, basicPermissions: [] } } }");

        assertThat(settings.defaultPermissions().orElseThrow().defaultRole().ref())
                .hasToString("role:default/basic");
        assertThat(config.warnings())
                .singleElement()
                .asString()
                .endsWith(
                        "permission.rbac.defaultPermissions.defaultRole: 'basic' is no complete reference of a role, and is"
                                + " read as role:default/basic; write that");
    }

    @Test
    void aMissingPolicyIsAWarningHereOnlyIfNobodyReadsIt() throws Exception {
        settings("{ enabled: false, rbac: { policies-csv-file: p.csv } }");
        assertThat(config.warnings())
                .singleElement()
                .asString()
                .contains("permission.rbac.policies-csv-file: 'p.csv' does not exist; looked for "
                        + folder.resolve("p.csv"));

        settings("{ rbac: { policies-csv-file: p.csv } }");
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void usersAreNoRoles() throws Exception {
        assertThat(config.faults("""
                permission:
                  rbac:
                    defaultPermissions: { defaultRole: user:default/ada, basicPermissions: [] }
                """))
                .singleElement()
                .asString()
                .contains("defaultRole", "must be a role such as role:default/reader");
    }

    @Test
    void aFaultyEntryOfAListThatOnlyAllowsIsLeftOut() throws Exception {
        PermissionSettings read = settings("""
                {
                  rbac: {
                    admin: { superUsers: [ { name: group:default/admins }, { name: user:default/ada } ] },
                    defaultPermissions: { defaultRole: role:default/basic,
                      basicPermissions: [ { permission: '' }, { permission: bells.ring } ] } } }
                """);

        assertThat(read.superUsers())
                .singleElement()
                .extracting(PermissionSettings.SuperUser::name)
                .hasToString("user:default/ada");
        assertThat(read.defaultPermissions().orElseThrow().basicPermissions())
                .extracting(PermissionSettings.BasicPermission::permission)
                .containsExactly("bells.ring");
        assertThat(config.warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .contains("superUsers[0].name: must be a user such as user:default/guest")
                        .endsWith("The entry is left out"))
                .anySatisfy(warning -> assertThat(warning)
                        .contains("basicPermissions[0]", "must not be blank")
                        .endsWith("The entry is left out"));
    }

    /** What they allow on a condition must not be allowed without it. */
    @Test
    void conditionalPoliciesAreRefusedUnlessPermissionsAreDisabled() throws Exception {
        String conditions = "rbac: { conditionalPoliciesFile: conditions.yaml }";

        assertThat(config.faults("permission: { " + conditions + " }"))
                .singleElement()
                .asString()
                .contains(
                        "permission.rbac.conditionalPoliciesFile: conditional policies are not supported",
                        "p, <role>, <permission>, <action>, allow");
        settings("{ enabled: false, " + conditions + " }");
        assertThat(config.ignored()).containsExactly("permission.rbac.conditionalPoliciesFile");
    }

    @Test
    void aMisspelledKeyOfAnEntryIsAFaultAndNoWarning() throws Exception {
        assertThat(config.faults("permission: { rbac: { admin: { superUsers: [ { nam: user:default/ada } ] } } }"))
                .singleElement()
                .asString()
                .contains("superUsers[0].nam: unknown key; did you mean 'name'?");
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void emptyFileNamesAreNamedAsSuch() throws Exception {
        settings("{ rbac: { conditionalPoliciesFile: '' } }");

        assertThat(config.warnings())
                .singleElement()
                .asString()
                .endsWith("permission.rbac.conditionalPoliciesFile: the value is empty; the key counts as absent");
        assertThat(config.faults("permission: { rbac: { policies-csv-file: '' } }"))
                .singleElement()
                .asString()
                .contains("permission.rbac.policies-csv-file: the value is empty: write the path of the policy");
    }

    @Test
    void keysThatAnInstallationMayRelyOnAreWarnings() throws Exception {
        settings("{ rbac: { admin: { users: [ { name: ada } ] }, maxDepth: 1, database: { enabled: true } } }");

        assertThat(config.warnings())
                .satisfiesExactlyInAnyOrder(
                        warning -> assertThat(warning).contains("permission.rbac.admin.users: has no effect"),
                        warning -> assertThat(warning).contains("permission.rbac.maxDepth: has no effect"));
        assertThat(config.ignored()).containsExactly("permission.rbac.database");
    }

    /** Without its value, more would be allowed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "enabled: '${NOT_SET}'",
                "rbac: { policies-csv-file: '${NOT_SET}' }",
                "rbac: { conditionalPoliciesFile: '${NOT_SET}' }"
            })
    void anUnsetVariableDoesNotSwitchAPolicyOff(String permission) throws Exception {
        assertThat(config.faults("permission: { " + permission + " }"))
                .singleElement()
                .asString()
                .contains("permission.", "NOT_SET");
    }
}
