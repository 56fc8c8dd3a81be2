package dev.belfry.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.settings.HostSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotTrainingFolderTest {

    private static final String WORKLOAD = """
            {
              "permissions": [ { "permission": "probe.look", "action": "read" } ],
              "requests": [ { "method": "GET", "path": "/look", "keep": { "id": "/id" } } ]
            }
            """;

    @TempDir
    Path plugins;

    private void plugin(String id, String workload) {
        PluginJar jar = PluginJar.of(ProbePlugin.class, id, "1.0.0");
        (workload.isEmpty() ? jar : jar.file(TrainingWorkload.FILE, workload)).writeTo(plugins.resolve(id + ".jar"));
    }

    @Test
    void pluginsWithAWorkloadTakePart() throws Exception {
        plugin("probe", WORKLOAD);
        plugin("sends-mail", "");

        try (AotTrainingFolder training = AotTrainingFolder.with(plugins)) {
            Path folder = folderOf(training);
            assertThat(folder.resolve("plugins"))
                    .isDirectoryContaining("glob:**probe.jar")
                    .isDirectoryNotContaining("glob:**sends-mail*");
            assertThat(folder.resolve("policy.csv"))
                    .content()
                    .contains("p, role:default/authenticated, probe.look, read, allow");
            assertThat(training.workloads()).singleElement().satisfies(workload -> {
                assertThat(workload.plugin()).isEqualTo("probe");
                assertThat(workload.requests().getFirst().kept()).containsEntry("id", "/id");
            });
        }
    }

    @Test
    void anInvalidWorkloadIsNamed() {
        plugin("probe", "{ \"requests\": [ { \"method\": \"GET\" } ] }");

        assertThatThrownBy(() -> AotTrainingFolder.with(plugins))
                .isInstanceOf(TrainingFailed.class)
                .hasMessageContainingAll("probe.jar", TrainingWorkload.FILE, "path");
    }

    @Test
    void aFileThatIsNoJarIsNamed() throws Exception {
        Files.writeString(plugins.resolve("half.jar"), "PK");

        assertThatThrownBy(() -> AotTrainingFolder.with(plugins))
                .isInstanceOf(TrainingFailed.class)
                .hasMessageContaining("half.jar is not a JAR");
    }

    @Test
    void theFolderIsDeleted() throws Exception {
        AotTrainingFolder training = AotTrainingFolder.with(plugins.resolve("missing"));
        Path folder = folderOf(training);
        assertThat(folder).exists();

        training.close();

        assertThat(folder).doesNotExist();
    }

    private static Path folderOf(AotTrainingFolder training) {
        return HostSettings.from(training.config()).belfry().dataDirectory().resolveSibling("");
    }
}
