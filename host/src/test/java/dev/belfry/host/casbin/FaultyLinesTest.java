package dev.belfry.host.casbin;

import static dev.belfry.host.casbin.PolicySetting.CREATE;
import static dev.belfry.host.casbin.PolicySetting.LIST;
import static dev.belfry.host.casbin.PolicySetting.allows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.belfry.api.access.Permissions;
import dev.belfry.host.CapturedLog;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A faulty line is left out if nothing is allowed without it that the operator may have denied. */
class FaultyLinesTest {

    private static final String GOOD = "p, role:default/authenticated, bells.list, read, allow\n";

    private static final String DENIAL = "p, role:default/muted, bells.list, read, deny\n";

    private static final String MUTED = "g, user:default/bob, role:default/muted\n";

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                p, role:default/a, , create, allow                      | must have the form p, role, permission, action
                p, role:default/a, bells.create, sing, allow            | "sing" is not one of create
                p, ringers, bells.create, create, allow                 | "ringers" does not have the form role:namespace/name
                p, role:default/a b, bells.create, create, allow        | name "a b" must have 1 to 63 of the characters
                p, role:default/a, bells.create, create, allow, if x    | conditions are not supported
                p, role:default/a, bells.create, create, Allow          | "Allow" is neither allow nor deny
                P, role:default/a, bells.create, create, allow          | begins with p or g, not "P"
                P, role:default/a, bells.create, create, ALLOW          | begins with p or g, not "P"
                p, "role:default/a, bells.create, create, allow         | is not CSV
                p, "role:default/a"x, bells.create, create, allow       | is not CSV
                g, ada, role:default/a                                  | "ada" does not have the form user:namespace/name
                g, user:default/mar\u212A, role:default/a               | name "mar\u212A" must have 1 to 63 of the characters
                g, uſer:default/ada, role:default/a                     | kind "uſer" must have 1 to 63 of the characters
                g, role:default/b, role:default/a                       | "role:default/b" does not have the form user:namespace/name
                G, user:default/ada, role:default/a                     | begins with p or g, not "G"
                g2, user:default/ada, role:default/a                    | begins with p or g, not "g2"
                p, role:default/a, *, create, allow                     | "*" names no permission
                """)
    void aLineThatOnlyAllowsIsLeftOut(String line, String rule) {
        assertThat(leftOut(GOOD + DENIAL + MUTED + line + "\n"))
                .startsWith(setting.file + ":4: ")
                .contains(rule.replace('"', '\''));
    }

    private String leftOut(String policy) {
        List<String> warnings = setting.warnings(policy);
        assertThat(allows(setting.policy(policy), "ada", LIST)).isTrue();
        assertThat(warnings).singleElement().asString().endsWith("the line is left out");
        return warnings.getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                P, role:default/a, bells.create, create, deny           | begins with p or g, not "P"
                p, role:default/a, bells.create, create, disallow       | "disallow" is neither allow nor deny
                p, role:default/a, bells.create, create, not allow      | "not allow" is neither allow nor deny
                p, role:default/a, bells.create, create, !allow         | "!allow" is neither allow nor deny
                p, role:default/a, bells.create, create, alow           | "alow" is neither allow nor deny
                p, role:default/a, bells.create, create                 | must have the form p, role, permission, action
                p, role:default/a, bells.create, create,                | must have the form p, role, permission, action
                p, role:default/a, bells.create                         | must have the form p, role, permission, action
                p, role:default/a, *, create, deny                      | "*" names no permission
                p, role:default/a, bells.create, create, maybe          | "maybe" is neither allow nor deny
                p, role:default/a, bells.create, create, dney           | "dney" is neither allow nor deny
                p, role:default/a, bells.create, create, denied         | "denied" is neither allow nor deny
                p, role:default/a, bells.create, create, allow, deny    | conditions are not supported
                p, role:default/a, bells.create, deny                   | must have the form p, role, permission, action
                p; role:default/a; bells.create; create; deny           | begins with p or g
                p, ringers, bells.create, create, deny                  | "ringers" does not have the form role:namespace/name
                p, role:default/a, bells.create, sing, deny             | "sing" is not one of create
                p, role:default/a, , create, deny                       | must have the form p, role, permission, action
                g, ada, role:default/authenticated                      | "ada" does not have the form user:namespace/name
                G, user:default/ada, role:default/authenticated         | begins with p or g, not "G"
                g, user:default/ada                                     | must have the form g
                g, user:default/ada, ringers                            | "ringers" does not have the form role:namespace/name
                g, user:default/ada, role:default/authenticatd          | did you mean "role:default/authenticated"?
                x                                                       | begins with p or g, not "x"
                p, "role:default/a, bells.create, create, "DENY"        | is not CSV
                """)
    void aLineThatMayDenyRefusesThePolicy(String line, String rule) {
        assertThat(setting.faults(GOOD + line + "\n"))
                .singleElement()
                .asString()
                .startsWith(setting.file + ":2: ")
                .contains(rule.replace('"', '\''));
    }

    @Test
    void aKubernetesResourceIsOneFault() {
        assertThat(setting.faults("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: rbac}
                data:
                  rbac-policy.csv: |
                    p, role:default/authenticated, bells.list, read, allow
                """))
                .containsExactly(setting.file
                        + ":2: this is a Kubernetes ConfigMap, not a policy: write the lines of its key rbac-policy.csv"
                        + " to a file of their own");
    }

    @Test
    void aFaultyMembershipOfARoleWithADenyRefusesThePolicy() {
        String policy = GOOD + """
                g, ada, role:default/muted
                p, role:default/muted, bells.list, read, deny
                """;

        assertThat(setting.faults(policy))
                .singleElement()
                .asString()
                .startsWith(setting.file + ":2: ")
                .contains("'ada' does not have the form");
    }

    @Test
    void aRefusalNamesEveryLineThatRefusesAndWarnsOfTheOthersInAStartAndInACheck() {
        String policy = "x, deny\np, role:default/a, bells.list, sing, allow\np, a\ng, b, role:default/a\ng, b\n";
        CapturedLog log = CapturedLog.of(PolicyPermissions.class);

        List<String> faults = setting.faults(policy);

        assertThat(faults)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(setting.file + ":1: "),
                        line -> assertThat(line).startsWith(setting.file + ":3: "),
                        line -> assertThat(line).startsWith(setting.file + ":5: "));
        assertThat(log.levels()).containsOnly(Level.WARN);
        assertThat(log.messages())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(setting.file + ":2: ")
                                .endsWith("; this line alone would be left out"),
                        line -> assertThat(line)
                                .startsWith(setting.file + ":4: ")
                                .endsWith("; this line alone would be left out"));
        PolicyPermissions.Checked checked =
                PolicyPermissions.check(setting.settings(), setting.names, setting.declared);
        assertThat(checked.faults()).isEqualTo(faults);
        assertThat(checked.warnings()).isEqualTo(log.messages());
    }

    @Test
    void aReloadLeavesOutALineAsAStartDoes() {
        Permissions permissions = setting.policy(GOOD);
        CapturedLog log = CapturedLog.of(PolicyPermissions.class);

        setting.write("p, role:default/authenticated, bells.create, create, allow\np, a, bells.list, read, allow\n");

        await().untilAsserted(
                        () -> assertThat(allows(permissions, "ada", CREATE)).isTrue());
        assertThat(allows(permissions, "ada", LIST)).isFalse();
        assertThat(log.messages())
                .anySatisfy(line -> assertThat(line).contains(setting.file + ":2: ", "the line is left out"));
    }

    @Test
    void aReloadKeepsThePolicyIfALineMayDeny() {
        Permissions permissions = setting.policy(GOOD);
        CapturedLog log = CapturedLog.of(PolicyPermissions.class);

        setting.write("p, role:default/authenticated, bells.create, create, allow\np, a, bells.list, read, deny\nx\n");

        await().untilAsserted(() -> assertThat(log.messages())
                .satisfiesExactly(
                        line -> assertThat(line).contains("previous one stays in use: " + setting.file + ":2: "),
                        line -> assertThat(line).contains("previous one stays in use: " + setting.file + ":3: ")));
        assertThat(allows(permissions, "ada", LIST)).isTrue();
        assertThat(allows(permissions, "ada", CREATE)).isFalse();
    }
}
