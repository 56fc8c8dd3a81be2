package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permission.Action;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration lets a user do, and what a refusal says. */
class PermissionRefusalTest {

    private static final String POLICY_LOG = "dev.belfry.host.casbin.PolicyPermissions";

    @TempDir
    private Path folder;

    /** Two permissions of routes, and one that the plugin checks itself. */
    public static final class BellPlugin implements Plugin {
        private static final Permission LOOK = new Permission("bell.look", Action.READ);
        private static final Permission RING = new Permission("bell.ring", Action.CREATE);
        private static final Permission MELT = new Permission("bell.melt", Action.DELETE);

        @Override
        public void start(PluginContext context) {
            context.routes(routes -> {
                routes.grantByDefault(LOOK);
                routes.checks(MELT);
                routes.get("/look", LOOK, (request, caller) -> request.result("a bell"));
                routes.post("/ring", RING, (request, caller) -> request.result("ding"));
                routes.post(
                        "/melt",
                        LOOK,
                        (request, caller) -> request.result(
                                Boolean.toString(context.permissions().allows(caller, context.id(), MELT))));
            });
        }
    }

    @BeforeEach
    void drop() {
        new DropFolder(folder).drop(PluginJar.of(BellPlugin.class, "bell", "1.0.0"), "bell.jar");
    }

    private RunningHost start(String permission) {
        return RunningHost.start(folder, "permission: " + permission);
    }

    private static int look(RunningHost host) {
        return host.get("/api/bell/look").statusCode();
    }

    private static HttpResponse<String> ring(RunningHost host) {
        return host.postJson("/api/bell/ring", "");
    }

    @Test
    void withoutASettingTheGuestMayUsePluginsAndNotManageTheHost() {
        try (RunningHost host = start("{ enabled: null }")) {
            assertThat(look(host)).isEqualTo(200);
            assertThat(ring(host).statusCode()).isEqualTo(200);

            HttpResponse<String> refused = host.postJson("/api/host/plugins/bell/restart", "");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body())
                    .contains(
                            "permission 'host.plugins.update' (update) is needed",
                            "Managing the host needs a permission policy",
                            "p, role:default/host-plugins-update-update, host.plugins.update, update, allow");
            assertThat(host.get("/metrics").statusCode()).isEqualTo(403);
            assertThat(host.get("/").body())
                    .contains("host.plugins.read", "needs a permission policy")
                    .doesNotContain("Version");
        }
    }

    @Test
    void theBuiltInPolicyIsThatOfThePluginAndARefusalNamesTheLine() {
        try (RunningHost host = start("{ enabled: true }")) {
            assertThat(look(host)).isEqualTo(200);
            assertThat(ring(host).statusCode()).isEqualTo(403);
            assertThat(ring(host).body())
                    .contains(
                            "permission 'bell.ring' (create) is needed",
                            "'p, role:default/bell-ring-create, bell.ring, create, allow'",
                            "'g, user:default/guest, role:default/bell-ring-create'",
                            "the file replaces the built-in policy, 'p, role:default/authenticated, bell.");
            assertThat(host.postJson("/api/bell/melt", "").body()).isEqualTo("false");
        }
    }

    @Test
    void superUsersManageTheHost() {
        try (RunningHost host =
                start("{ enabled: true, rbac: { admin: { superUsers: [ { name: user:default/guest } ] } } }")) {
            assertThat(ring(host).statusCode()).isEqualTo(200);
            assertThat(host.get("/api/host/plugins/bell").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void thePolicyIsComparedWithThePluginsAndTheCatalog() throws Exception {
        CapturedLog log = CapturedLog.of(POLICY_LOG);
        Files.writeString(folder.resolve("policy.csv"), """
                p, role:default/authenticated, bell.look, read, allow
                p, role:default/ringers, bells.ring, create, allow
                p, role:default/founders, bell.melt, delete, allow
                p, role:default/founders, host.metrics.read, read, allow
                g, user:default/guest, role:default/founders
                g, user:default/gest, role:default/ringers
                """);
        try (RunningHost host = start("{ enabled: true, rbac: { policies-csv-file: policy.csv } }")) {
            assertThat(look(host)).isEqualTo(200);
            assertThat(log.messages())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .contains("policy.csv:2: ", "'bells.ring'", "did you mean 'bell.ring'?"),
                            line -> assertThat(line)
                                    .contains(
                                            "policy.csv:6: ",
                                            "'user:default/gest'",
                                            "did you mean 'user:default/guest'?"));
        }
    }

    @Test
    void aRefusalNamesTheLineThatDeniesAndTheAccessLogTheCaller() throws Exception {
        CapturedLog log = CapturedLog.ofInfo("access");
        Files.writeString(folder.resolve("policy.csv"), """
                p, role:default/authenticated, bell.ring, create, allow
                p, role:default/quiet, bell.ring, create, deny
                g, user:default/guest, role:default/quiet
                """);
        try (RunningHost host = RunningHost.start(
                folder,
                "belfry: { accessLog: true }",
                "permission: { enabled: true, rbac: { policies-csv-file: policy.csv } }")) {
            HttpResponse<String> refused = ring(host);

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body())
                    .contains("policy.csv:2 of the permission policy denies it to user:default/guest")
                    .doesNotContain(folder.toString(), "quiet");
        }
        assertThat(log.messages())
                .anyMatch(line -> line.contains(" user:default/guest POST /api/bell/ring 403 ")
                        && line.contains("policy.csv:2 of the permission policy"));
    }

    @Test
    void aServiceIsToldAboutItsRestrictions() {
        try (RunningHost host = RunningHost.start(
                folder,
                "backend: { auth: { externalAccess: [ { type: static, options: { token: a-token-of-sixteen, subject: ci },"
                        + " accessRestrictions: [ { plugin: bell, permission: [ bell.look ] } ] } ] } }")) {
            HttpResponse<String> refused = host.send(
                    "POST",
                    "/api/bell/ring",
                    java.net.http.HttpRequest.BodyPublishers.noBody(),
                    "Authorization",
                    "Bearer a-token-of-sixteen");

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("bell.ring", "accessRestrictions of", "backend.auth.externalAccess");
        }
    }
}
