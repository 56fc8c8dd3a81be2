package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permission.Action;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.config.ConfigFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnmatchedRestrictionsTest {

    private static final Permission CREATE = new Permission("bells.create", Action.CREATE);
    private static final Permission LIST = new Permission("bells.list", Action.READ);

    @TempDir
    Path folder;

    private final DeclaredPermissions declared = new DeclaredPermissions();

    private ConfigFolder config;

    @BeforeEach
    void create() {
        config = new ConfigFolder(folder);
        declared.declare("bells", Set.of(CREATE, LIST), Set.of());
    }

    private List<String> warnings(String restrictions, String... more) {
        HostSettings settings = config.settings("""
                backend:
                  auth:
                    externalAccess:
                      - type: static
                        options: {token: a-long-token-of-ci, subject: ci}
                        accessRestrictions:
                          %s
                %s""".formatted(restrictions, String.join("\n", more)));
        return UnmatchedRestrictions.warnings(settings, Set.of("bells", "gongs"), declared);
    }

    @Test
    void aPluginThatDoesNotExistIsReportedWithTheNearOne() {
        assertThat(warnings("[{plugin: bell}, {plugin: bells}, {plugin: anything-else}]"))
                .containsExactly(
                        "app.yaml:7: backend.auth.externalAccess[0].accessRestrictions[0].plugin: there is no plugin 'bell'; did"
                                + " you mean 'bells'? The entry allows nothing",
                        "app.yaml:7: backend.auth.externalAccess[0].accessRestrictions[2].plugin: there is no plugin"
                                + " 'anything-else'. The entry allows nothing");
    }

    @Test
    void aPermissionThatItsPluginDoesNotDeclareIsReported() {
        assertThat(warnings("[{plugin: bells, permission: [bells.craete, bells.list]}]"))
                .containsExactly(
                        "app.yaml:7: backend.auth.externalAccess[0].accessRestrictions[0].permission: 'bells' declares"
                                + " no permission 'bells.craete' (did you mean 'bells.create'?). The name allows nothing");
    }

    @Test
    void anActionThatNoneOfThePermissionsHasIsReported() {
        String key = "app.yaml:7: backend.auth.externalAccess[0].accessRestrictions[0].permissionAttribute.action: ";

        assertThat(warnings("[{plugin: bells, permissionAttribute: {action: [delete, use]}}]"))
                .containsExactly(
                        key + "none of the permissions has the action delete, use; they have create, read. The entry"
                                + " allows none of them");
        assertThat(warnings("[{plugin: bells, permission: bells.list, permissionAttribute: {action: create}}]"))
                .containsExactly(
                        key
                                + "none of the permissions has the action create; they have read. The entry allows none of them");
        assertThat(warnings("[{plugin: bells, permissionAttribute: {action: [create, update]}}]"))
                .isEmpty();
    }

    @Test
    void thePermissionsOfAPluginThatDoesNotRunAreNotChecked() {
        assertThat(warnings("[{plugin: gongs, permission: gongs.hit}]")).isEmpty();
        declared.unknown("gongs");
        assertThat(warnings("[{plugin: gongs, permission: gongs.hit}, {plugin: gongs}]"))
                .singleElement()
                .asString()
                .contains("'gongs' are known only when it runs");
    }

    @Test
    void anotherIdentityDoesNotReadThem() {
        assertThat(warnings("[{plugin: bell}]", "ports: {identity: gongs}")).isEmpty();
    }
}
