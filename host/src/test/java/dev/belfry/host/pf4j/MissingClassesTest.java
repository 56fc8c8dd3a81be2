package dev.belfry.host.pf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.util.Strings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A class that a plugin's own classes need is in its JAR or visible to plugins. */
class MissingClassesTest {

    @TempDir
    private Path folder;

    /** Uses the plugin API, Javalin, the JDK, jOOQ, and a library that it does not pack. */
    public static final class LibraryPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes -> routes.get(
                    "/shout",
                    Access.PUBLIC,
                    (request, caller) -> request.result(Strings.concat(
                            org.jooq.impl.DSL.val("a").getName(), java.net.http.HttpClient.Version.HTTP_2))));
        }
    }

    private Path jar() {
        return PluginJar.of(LibraryPlugin.class, "library", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("library.jar"));
    }

    private static Map<String, String> missing(Path jar, String ownPackage) throws IOException {
        return MissingClasses.in(
                jar, new OwnPackages(Set.of(ownPackage)), _ -> false, MissingClassesTest.class.getClassLoader());
    }

    @Test
    void aMissingClassIsNamedWithOneThatRefersToIt() throws IOException {
        assertThat(missing(jar(), "dev.belfry.host.pf4j"))
                .containsExactly(Map.entry("org.assertj.core.util.Strings", LibraryPlugin.class.getName()));
    }

    @Test
    void librariesAreNotSearched() throws IOException {
        assertThat(missing(jar(), "org.example")).isEmpty();
    }

    @Test
    void whatADependencyExportsIsNotMissing() throws IOException {
        assertThat(MissingClasses.in(
                        jar(),
                        new OwnPackages(Set.of("dev.belfry.host.pf4j")),
                        "org.assertj.core.util.Strings"::equals,
                        MissingClassesTest.class.getClassLoader()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "org.example.bells.TwoBellsPlugin, true",
        "org.example.bells.ring.Rope, true",
        "org.example.bellsandmore.Rope, false",
        "org.example.Rope, false",
        "org.example.bells.shaded.org.apache.commons.csv.CSVFormat, false",
        "org.example.chimes.Chime, true"
    })
    void ownPackagesAreThoseOfThePluginClassAndTheExportedOnes(String className, boolean isOwn) {
        assertThat(new OwnPackages(Set.of("org.example.bells", "org.example.chimes")).contain(className))
                .isEqualTo(isOwn);
    }

    @Test
    void theHostWarnsAndChecksACompleteJarOnce() throws IOException {
        jar();
        CapturedLog log = CapturedLog.of(ClassChecks.class);
        try (RunningHost host = RunningHost.start(folder)) {
            await().untilAsserted(() -> assertThat(log.messages())
                    .containsExactly("plugin 'library': its class " + LibraryPlugin.class.getName()
                            + " refers to org.assertj.core.util.Strings, which is neither in its JAR nor visible to"
                            + " plugins. What needs it will fail. Pack the library into the JAR"));
            assertThat(checked()).isEmpty();

            PluginJar.of(CompletePlugin.class, "complete", "1.0.0")
                    .writeTo(RunningHost.dropFolder(folder).resolve("complete.jar"));
            await().untilAsserted(() -> assertThat(checked()).hasSize(1));
            assertThat(host.plugin("complete").reason()).isEmpty();
        }
    }

    /** Needs nothing. */
    public static final class CompletePlugin implements Plugin {
        @Override
        public void start(PluginContext context) {}
    }

    private Stream<Path> checked() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.resolveSibling("").endsWith("checked-plugins")).toList().stream();
        }
    }
}
