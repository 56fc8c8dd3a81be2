package dev.belfry.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts without the libraries that docs/embedding.md excludes. */
class OptionalLibrariesTest {

    private static final Pattern LIBRARIES = Pattern.compile("<artifactId>([\\w-]+)</artifactId>");

    @TempDir
    private Path folder;

    /** The exclusions of the page, and what only they bring. */
    private static List<String> excluded() throws Exception {
        String page = Files.readString(Path.of("../docs/embedding.md"));
        String exclusions = page.substring(page.indexOf("<exclusions>"), page.indexOf("</exclusions>"));
        List<String> names = LIBRARIES
                .matcher(exclusions)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(names).contains("postgresql", "swagger-ui", "shark", "jcasbin", "logback-classic");
        return names;
    }

    private static String classPath(List<String> excluded) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> excluded.stream()
                        .noneMatch(
                                name -> Path.of(entry).getFileName().toString().matches(name + "-[0-9].*")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    @Timeout(60)
    void aHostRunsWithoutThemAndNamesTheOneThatAConfigurationNeeds() throws Exception {
        String output = outputWithout(excluded());

        assertThat(output)
                .contains("database SQLite")
                .contains("this page needs the library org.webjars:swagger-ui, which is not on the class path: add it")
                .contains("the search needs the library com.squareup.leakcanary:shark, which is not on the class path")
                .contains("backend.database.client: PostgreSQL needs the library org.postgresql:postgresql")
                .contains("backend.database.client: PostgreSQL needs the library"
                        + " org.flywaydb:flyway-database-postgresql")
                .contains("permission.rbac.policies-csv-file: a policy needs the library org.casbin:jcasbin")
                .contains("permission.rbac.policies-csv-file: a policy needs the library commons-codec:commons-codec")
                .doesNotContain("NoClassDefFoundError");
    }

    @Test
    @Timeout(60)
    void aPolicyThatLacksOneOfItsLibrariesNamesIt() throws Exception {
        assertThat(outputWithout(List.of("commons-codec", "postgresql", "flyway-database-postgresql")))
                .contains("permission.rbac.policies-csv-file: a policy needs the library commons-codec:commons-codec")
                .doesNotContain("org.casbin:jcasbin")
                .doesNotContain("NoClassDefFoundError");
    }

    private String outputWithout(List<String> libraries) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(libraries),
                        SmallHost.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
