package dev.belfry.host.casbin;

import static dev.belfry.host.casbin.PolicySetting.CREATE;
import static dev.belfry.host.casbin.PolicySetting.allows;
import static dev.belfry.host.casbin.PolicySetting.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.access.Permissions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticatedRoleTest {

    @TempDir
    Path folder;

    @Test
    void aFileThatGivesTheRoleToSomebodyGivesItToNobodyElse() {
        String policy = """
                p, role:default/authenticated, bells.create, create, allow
                g, group:default/ringers, role:default/Authenticated
                """;
        try (PolicySetting setting = new PolicySetting(folder)) {
            setting.join("ada", group("ringers"));
            Permissions permissions = setting.policy(policy);

            assertThat(allows(permissions, "ada", CREATE)).isTrue();
            assertThat(allows(permissions, "bob", CREATE)).isFalse();
            assertThat(setting.warnings(policy))
                    .containsExactly(
                            setting.file + ":2: gives role:default/authenticated to group:default/ringers, so only"
                                    + " the users and groups of g lines have this role, not every signed-in user");
        }
    }
}
