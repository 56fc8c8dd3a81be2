package dev.belfry.host.casbin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.config.SourceLocation;
import dev.belfry.host.settings.PermissionSettings;
import dev.belfry.host.settings.PermissionSettings.SuperUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicySubjectsTest {

    private static final EntityRef ADA = EntityRef.user("default", "ada");
    private static final EntityRef GUESTS = EntityRef.group("default", "guests");
    private static final EntityRef CREW = EntityRef.group("harbor", "crew");

    private static final String MISSPELLED = """
            p, role:default/visitors, bells.create, create, deny
            g, group:default/gests, role:default/visitors
            g, group:default/gests, role:default/authenticated
            g, group:default/crew, role:default/visitors
            g, user:default/guests, role:default/visitors
            g, user:default/Ada, role:default/visitors
            p, user:default/nobody-at-all, bells.create, create, deny
            """;

    @TempDir
    Path folder;

    private PolicySetting setting;
    private CapturedLog log;

    @BeforeEach
    void open() {
        setting = new PolicySetting(folder);
        log = CapturedLog.of(PolicyPermissions.class);
        setting.declared.declare("bells", Set.of(PolicySetting.CREATE), Set.of());
    }

    @AfterEach
    void close() {
        setting.close();
    }

    private List<String> unknown() {
        return log.messages().stream()
                .filter(line -> line.contains("the catalog has no"))
                .toList();
    }

    @Test
    void eachUnknownUserOrGroupIsReportedOnceWithTheNearName() {
        setting.names.are(ADA, GUESTS, CREW);

        assertThat(setting.warnings(MISSPELLED).stream().filter(line -> line.contains("the catalog has no")))
                .containsExactly(
                        setting.file + ":2: the catalog has no group 'group:default/gests' (did you mean"
                                + " 'group:default/guests'?). Its lines have no effect",
                        setting.file + ":4: the catalog has no group 'group:default/crew' (did you mean"
                                + " 'group:harbor/crew'?). Its lines have no effect",
                        setting.file + ":5: the catalog has no user 'user:default/guests' (did you mean"
                                + " 'group:default/guests'?). Its lines have no effect",
                        setting.file
                                + ":7: the catalog has no user 'user:default/nobody-at-all'. Its lines have no effect");
    }

    @Test
    void aStartReportsThemOnceAllSourcesHaveBeenRead() {
        setting.policy(MISSPELLED);
        setting.declared.settle();
        assertThat(unknown()).isEmpty();

        setting.names.are(ADA, GUESTS, CREW);

        assertThat(unknown()).hasSize(4);
        assertThat(log.messages())
                .isEqualTo(PolicyPermissions.check(setting.settings(), setting.names, setting.declared)
                        .warnings());
        setting.names.are(ADA, GUESTS, CREW);
        assertThat(unknown()).hasSize(4);
    }

    @Test
    void aStartReportsThemOnceThePluginsRun() {
        setting.names.are(GUESTS);
        setting.policy("g, group:default/gests, role:default/authenticated\n");
        assertThat(unknown()).isEmpty();

        setting.declared.settle();

        assertThat(unknown()).hasSize(1);
    }

    @Test
    void aReloadAndAChangedCatalogReportWhatIsUnknownThen() {
        setting.names.are(ADA, GUESTS);
        setting.policy("g, user:default/ada, role:default/authenticated\n");
        setting.declared.settle();
        assertThat(unknown()).isEmpty();

        setting.names.are(GUESTS);
        assertThat(unknown())
                .containsExactly(
                        setting.file + ":1: the catalog has no user 'user:default/ada'. Its lines have no effect");

        setting.write("# again\ng, user:default/ada, role:default/authenticated\n");
        await().untilAsserted(() -> assertThat(unknown())
                .contains(setting.file + ":2: the catalog has no user 'user:default/ada'. Its lines have no effect"));
    }

    /** Also without a policy file. */
    @Test
    void anUnknownSuperUserIsReportedWithItsPlace() {
        setting.names.are(EntityRef.user("default", "zora"));
        SuperUser zoe = new SuperUser(EntityRef.user("default", "zorra"), new SourceLocation("app.yaml", 4, folder));
        PermissionSettings settings = new PermissionSettings(
                Optional.empty(), Optional.empty(), true, Optional.empty(), List.of(zoe), Optional.empty());
        setting.open(settings);

        setting.declared.settle();

        assertThat(unknown())
                .containsExactly("app.yaml:4: permission.rbac.admin.superUsers: the catalog has no user"
                        + " 'user:default/zorra' (did you mean 'user:default/zora'?). The entry has no effect");
        assertThat(PolicyPermissions.check(settings, setting.names, setting.declared)
                        .warnings())
                .isEqualTo(log.messages());
    }
}
