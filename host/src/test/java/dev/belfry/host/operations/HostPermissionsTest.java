package dev.belfry.host.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.access.Permission;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.RunningHost;
import dev.belfry.host.casbin.PolicyPermissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostPermissionsTest {

    @TempDir
    Path folder;

    /** A policy with all of them, and with one that nobody declares. */
    @Test
    void aRunningHostDeclaresThem() throws Exception {
        String lines = HostPermissions.all().values().stream()
                .flatMap(Set::stream)
                .map(HostPermissionsTest::line)
                .collect(Collectors.joining());
        Files.writeString(
                folder.resolve("policy.csv"), "p, role:default/authenticated, host.melt, delete, allow\n" + lines);
        CapturedLog log = CapturedLog.ofInfo(PolicyPermissions.class.getName());

        try (RunningHost _ =
                RunningHost.start(folder, "permission: {enabled: true, rbac: {policies-csv-file: policy.csv}}")) {
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("policy.csv:1: 'host' declares no permission 'host.melt'");
        }
    }

    private static String line(Permission permission) {
        return "p, role:default/authenticated, " + permission.name() + ", "
                + permission.action().policyName() + ", allow\n";
    }
}
