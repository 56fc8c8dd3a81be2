package dev.belfry.host.casbin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.CapturedLog;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnmatchedRolesTest {

    private static final String MISSPELLED = """
            p, role:default/visitor, bells.create, create, deny
            p, role:default/visitor, bells.list, read, deny
            g, user:default/ada, role:default/visitors
            g, user:default/bob, role:default/visitors
            p, role:default/authenticated, bells.create, create, allow
            """;

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

    @Test
    void aRoleThatOnlyOneKindOfLineNamesIsReportedOnceWithTheNearName() {
        assertThat(setting.warnings(MISSPELLED))
                .containsExactly(
                        setting.file + ":1: no g line gives the role 'role:default/visitor' to anybody (did you mean"
                                + " 'role:default/visitors'?). Its lines have no effect",
                        setting.file + ":3: no p line names the role 'role:default/visitors' (did you mean"
                                + " 'role:default/visitor'?). The role allows and denies nothing");
    }

    @Test
    void rolesThatMeetAndSubjectsThatAreNoRolesAreNotReported() {
        assertThat(setting.warnings("""
                p, role:default/authenticated, bells.list, read, allow
                p, role:default/Ringers, bells.create, create, allow
                g, group:default/tower, role:default/ringers
                p, user:default/ada, bells.create, create, deny
                """)).isEmpty();
    }

    @Test
    void startAndReloadReportWhatACheckReports() {
        CapturedLog log = CapturedLog.of(PolicyPermissions.class);
        setting.policy(MISSPELLED);
        assertThat(log.messages())
                .isEqualTo(PolicyPermissions.check(setting.settings(), setting.names, setting.declared)
                        .warnings());

        setting.write("p, role:default/lonely, bells.create, create, allow\n");

        await().untilAsserted(() -> assertThat(log.messages())
                .contains(setting.file
                        + ":1: no g line gives the role 'role:default/lonely' to anybody. Its lines have no"
                        + " effect"));
    }
}
