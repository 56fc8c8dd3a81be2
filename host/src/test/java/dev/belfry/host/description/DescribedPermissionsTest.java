package dev.belfry.host.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permission.Action;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.lifecycle.State;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A JAR describes the permissions that its plugin declares. */
class DescribedPermissionsTest {

    private static final String RING = "{'name': 'bells.ring', 'action': 'create', 'meaning': 'ring a bell'}";
    private static final String MELT = "{'name': 'bells.melt', 'action': 'delete', 'meaning': 'melt a bell'}";

    /** Declares bells.ring and bells.melt. */
    public static final class BellPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes -> {
                routes.post("/", new Permission("bells.ring", Action.CREATE), (request, caller) -> {});
                routes.checks(new Permission("bells.melt", Action.DELETE));
            });
        }
    }

    public static final class SilentPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes -> routes.get("/", Access.AUTHENTICATED, (request, caller) -> {}));
            context.permissions();
        }
    }

    public static final class DirectoryPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.catalogSource().replaceAll(List.of());
        }
    }

    @TempDir
    Path folder;

    private PluginJar bells(String name, String description) {
        return PluginJar.of(BellPlugin.class, name, "1.0.0")
                .file(DescribedPermissions.FILE, description.replace('\'', '"'));
    }

    private URL jar(PluginJar jar) throws IOException {
        return jar.writeTo(folder.resolve("plugin.jar")).toUri().toURL();
    }

    @Test
    void aPluginStartsOnlyIfItDeclaresWhatItsJarDescribes() {
        Path dropped = RunningHost.dropFolder(folder);
        bells("equal", "[" + RING.replace("}", ", 'suggestedRole': 'role:default/ringers'}") + ", " + MELT + "]")
                .writeTo(dropped.resolve("equal.jar"));
        bells("other", "[" + RING + ", " + RING.replace("create", "use") + "]").writeTo(dropped.resolve("other.jar"));
        bells("faulty", "{}").writeTo(dropped.resolve("faulty.jar"));
        PluginJar.of(BellPlugin.class, "silent", "1.0.0").writeTo(dropped.resolve("silent.jar"));

        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(List.of(host.plugin("equal"), host.plugin("silent")))
                    .extracting(PluginStatus::state)
                    .containsOnly(State.RUNNING);
            assertThat(host.plugin("other").state()).isEqualTo(State.FAILED);
            assertThat(host.plugin("other").reason())
                    .contains(
                            "META-INF/belfry/permissions.json must have the permissions that the plugin declares while it"
                                    + " starts, and no others; it lacks bells.melt (delete); the plugin does not declare"
                                    + " bells.ring (use)");
            assertThat(host.plugin("faulty").reason()).contains("META-INF/belfry/permissions.json must be an array");
            assertThat(host.get("/api/host/plugins/equal").body())
                    .contains(
                            "\"suggestedRole\":\"role:default/ringers\",\"policyLine\":\"p, role:default/ringers,"
                                    + " bells.ring, create, allow # ring a bell\"",
                            "\"name\":\"bells.melt\",\"action\":\"delete\",\"meaning\":\"melt a bell\",\"suggestedRole\":null");
            assertThat(host.get("/api/host/plugins/silent").body())
                    .contains("\"name\":\"bells.ring\",\"action\":\"create\",\"meaning\":null");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []]                                                        | is not valid JSON: see line 1, column 3
            [{'name': 'a.b']                                           | is not valid JSON: see line 1, column 16
            {}                                                         | must be an array
            [[]]                                                       | [0]: must be an object with name, action and meaning
            [{'name': 'a.b', 'action': 'create'}]                      | [0]: meaning must be a string that is not blank
            [{'name': 'a.b', 'action': 'write', 'meaning': 'x'}]       | [0]: action must be one of create, read, update, delete, use, not 'write'
            [{'name': 1, 'action': 'read', 'meaning': 'x'}]            | [0]: name must be a string that is not blank
            [{'name': 'a', 'action': 'read', 'meaning': 'x', 'b': 1}]  | [0]: the key 'b' is unknown
            [{'name': 'a', 'action': 'read', 'meaning': 'x', 'suggestedRole': 'reader'}] | [0]: suggestedRole must be the complete reference of a role
            [{'name': 'a', 'action': 'read', 'meaning': 'x', 'suggestedRole': 'user:default/ada'}] | [0]: suggestedRole must be
            [{'name': 'a,b', 'action': 'read', 'meaning': 'x', 'suggestedRole': 'role:default/r'}] | [0]: with a suggestedRole, name must have
            [{'name': 'a', 'action': 'read', 'meaning': 'x\\ny'}]     | [0]: meaning must be one line
            """)
    void aWrongDescriptionIsRefusedByName(String description, String rule) throws Exception {
        URL jar = jar(bells("bells", description));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DescribedPermissions.in(jar))
                .withMessageStartingWith("META-INF/belfry/permissions.json")
                .withMessageContaining(rule);
    }

    @Test
    void withoutADescriptionAPluginThatKnowsNoPermissionDeclaresNone() throws Exception {
        PluginDescription unknown = PluginDescription.of(jar(PluginJar.of(BellPlugin.class, "bells", "1.0.0")));
        PluginDescription none = PluginDescription.of(jar(PluginJar.of(SilentPlugin.class, "silent", "1.0.0")));
        PluginDescription described = PluginDescription.of(jar(bells("bells", "[" + RING + "]")));

        assertThat(unknown.permissions()).isEmpty();
        assertThat(none.permissions().orElseThrow().all()).isEmpty();
        assertThat(described.permissions().orElseThrow().all())
                .containsExactly(new Permission("bells.ring", Action.CREATE));
    }

    @Test
    void aPluginThatUsesACatalogSourceMayPublishEntities() throws Exception {
        assertThat(PluginDescription.of(jar(PluginJar.of(DirectoryPlugin.class, "directory", "1.0.0")))
                        .mayPublishEntities())
                .isTrue();
        assertThat(PluginDescription.of(jar(PluginJar.of(SilentPlugin.class, "silent", "1.0.0")))
                        .mayPublishEntities())
                .isFalse();
    }
}
