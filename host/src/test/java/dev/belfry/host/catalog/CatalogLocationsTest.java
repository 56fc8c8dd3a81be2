package dev.belfry.host.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.settings.CatalogSettings;
import dev.belfry.host.settings.CatalogSettings.Location;
import dev.belfry.host.watch.FileWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that other files and patterns name. */
class CatalogLocationsTest {

    private static final EntityRef ADA = EntityRef.user("default", "ada");
    private static final EntityRef BOB = EntityRef.user("default", "bob");

    @TempDir
    Path folder;

    private final FileWatch watch = new FileWatch();

    @AfterEach
    void close() {
        watch.close();
    }

    private Path write(String name, String content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String user(String name) {
        return "kind: User\nmetadata: {name: " + name + "}\n";
    }

    private static String location(String spec) {
        return "kind: Location\nmetadata: {name: org}\nspec: " + spec + "\n";
    }

    private CatalogSettings settings(String target) {
        return new CatalogSettings(
                List.of(new Location(folder.resolve(target), Set.of("user", "group", "location"))), false);
    }

    private Catalog open(String target) {
        return YamlCatalog.open(settings(target), watch);
    }

    private List<String> warnings(String target) {
        return YamlCatalog.check(settings(target)).warnings();
    }

    @Test
    void aLocationIsFollowedRelativeToItsFileAndWatched() {
        write("all.yaml", location("{targets: [./org/org.yaml]}"));
        write("org/org.yaml", location("{type: file, target: ../people/users.yaml}") + "---\n" + user("bob"));
        write("people/users.yaml", user("ada"));

        Catalog catalog = open("all.yaml");

        assertThat(catalog.contains(ADA)).isTrue();
        assertThat(catalog.contains(BOB)).isTrue();
        assertThat(warnings("all.yaml")).isEmpty();

        write("people/users.yaml", user("carl"));
        await().untilAsserted(() -> assertThat(catalog.contains(ADA)).isFalse());
        assertThat(catalog.contains(BOB)).isTrue();
    }

    @Test
    void locationsThatLeadBackToThemselvesEnd() {
        Path one = write("one.yaml", location("{target: two.yaml}"));
        Path two = write("two.yaml", user("ada") + "---\n" + location("{target: one.yaml}"));

        assertThat(open("one.yaml").contains(ADA)).isTrue();
        assertThat(warnings("one.yaml"))
                .containsExactly(two + ":4: the target " + one + " leads back to " + one + ", which is not read again");
    }

    @Test
    void aChainOfLocationsHasAnEnd() {
        for (int i = 0; i < 101; i++) {
            write("chain-" + i + ".yaml", location("{target: chain-" + (i + 1) + ".yaml}"));
        }
        write("chain-101.yaml", user("ada"));

        assertThat(warnings("chain-0.yaml"))
                .contains(folder.resolve("chain-99.yaml") + ":1: the target " + folder.resolve("chain-100.yaml")
                        + " is not followed: it is the end of a chain of 100 locations, the maximum");
        assertThat(open("chain-2.yaml").contains(ADA)).isTrue();
    }

    @Test
    void aMissingTargetIsAWarningAndReadWhenItAppears() {
        Path file = write("all.yaml", user("bob") + "---\n" + location("{target: users.yaml}"));
        Catalog catalog = open("all.yaml");

        assertThat(warnings("all.yaml"))
                .containsExactly(file + ":4: the target " + folder.resolve("users.yaml")
                        + " does not exist; it is read as soon as it does");
        assertThat(watch.obstacles()).isEmpty();

        write("users.yaml", user("ada"));
        await().untilAsserted(() -> assertThat(catalog.contains(ADA)).isTrue());
    }

    @Test
    void anOptionalTargetThatIsMissingIsNoWarning() {
        write("all.yaml", user("bob") + "---\n" + location("{targets: [users.yaml, 'o*.yaml'], presence: optional}"));
        Catalog catalog = open("all.yaml");

        assertThat(warnings("all.yaml")).isEmpty();

        write("users.yaml", user("ada"));
        await().untilAsserted(() -> assertThat(catalog.contains(ADA)).isTrue());
    }

    @Test
    void aFolderInPlaceOfAFileCostsThatTargetOnly() throws Exception {
        Path file = write("all.yaml", user("bob") + "---\n" + location("{targets: [./users]}"));
        Files.createDirectory(folder.resolve("users"));

        assertThat(open("all.yaml").contains(BOB)).isTrue();
        assertThat(watch.obstacles()).isEmpty();
        assertThat(warnings("all.yaml"))
                .containsExactly(file + ":4: the target " + folder.resolve("users") + " cannot be read: it is a folder,"
                        + " not a file. A location must name a file, or files by a pattern such as org/*.yaml; nothing"
                        + " of it is read");
    }

    @Test
    void aUrlInPlaceOfAPathIsNamedWithTheTypeToWrite() {
        Path file = write("all.yaml", user("bob") + "---\n" + location("{targets: ['https://example.org/a/b.yaml']}"));

        assertThat(warnings("all.yaml"))
                .containsExactly(
                        file + ":4: the target 'https://example.org/a/b.yaml' is not read: it is a URL, but the"
                                + " type of the location is file; write spec.type: url");
    }

    @Test
    void aFileUrlInPlaceOfAPathIsNamedWithTheFormToWrite() {
        Path file = write("all.yaml", user("bob") + "---\n" + location("{targets: ['file:///srv/users.yaml']}"));

        assertThat(warnings("all.yaml"))
                .containsExactly(file + ":4: the target 'file:///srv/users.yaml' is not read: it is a URL of the scheme"
                        + " file; write the path alone, such as /srv/users.yaml");
    }

    @Test
    void anOptionalTargetMayDisappearAndARequiredOneMayNot() throws Exception {
        write(
                "all.yaml",
                location("{target: optional.yaml, presence: optional}") + "---\n"
                        + location("{target: required.yaml}"));
        Path optional = write("optional.yaml", user("ada"));
        Path required = write("required.yaml", user("bob"));
        Catalog catalog = open("all.yaml");
        assertThat(catalog.contains(ADA)).isTrue();

        Files.delete(optional);
        Files.delete(required);

        await().untilAsserted(() -> assertThat(catalog.contains(ADA)).isFalse());
        await().untilAsserted(() -> assertThat(watch.obstacles())
                .containsExactly("the file 'required.yaml' cannot be read: it does not exist"));
        assertThat(catalog.contains(BOB)).isTrue();
    }

    @Test
    void aTargetOfAnUnknownTypeIsAWarning() {
        Path file = write("all.yaml", user("ada") + "---\n" + location("{type: s3-discovery, target: bucket}"));

        assertThat(warnings("all.yaml"))
                .containsExactly(file + ":4: the target 'bucket' is not read: its type is 's3-discovery', and Belfry"
                        + " follows file and url");
    }

    @Test
    void locationsThatNoRuleAllowsAreNotFollowed() {
        Path file = write("all.yaml", location("{target: users.yaml}"));
        write("users.yaml", user("ada"));
        CatalogSettings settings = new CatalogSettings(List.of(new Location(file, Set.of("user", "group"))), false);

        assertThat(YamlCatalog.open(settings, watch).contains(ADA)).isFalse();
        assertThat(YamlCatalog.check(settings).warnings())
                .anySatisfy(
                        warning -> assertThat(warning).startsWith(file + ": entities of kind Location are ignored"));
    }

    @Test
    void filesThatMatchAPatternAreReadAndFollowed() throws Exception {
        write("users/ada.yaml", user("ada"));
        write("users/.hidden.yaml", user("hidden"));
        Catalog catalog = open("users/*.yaml");
        assertThat(catalog.contains(ADA)).isTrue();
        assertThat(catalog.contains(EntityRef.user("default", "hidden"))).isFalse();

        Path bob = write("users/bob.yaml", user("bob"));
        await().untilAsserted(() -> assertThat(catalog.contains(BOB)).isTrue());

        Files.delete(bob);
        await().untilAsserted(() -> assertThat(catalog.contains(BOB)).isFalse());
        assertThat(catalog.contains(ADA)).isTrue();
        assertThat(watch.obstacles()).isEmpty();
    }

    @Test
    void aLocationMayNameFilesInAllFoldersBelow() {
        write("all.yaml", location("{targets: ['./teams/**/{users,groups}.yaml']}"));
        write("teams/users.yaml", user("ada"));
        write("teams/north/a/users.yaml", user("bob"));
        write("teams/north/other.yaml", user("carl"));

        Catalog catalog = open("all.yaml");

        assertThat(catalog.contains(ADA)).isTrue();
        assertThat(catalog.contains(BOB)).isTrue();
        assertThat(catalog.contains(EntityRef.user("default", "carl"))).isFalse();
    }

    @Test
    void aPatternWithoutAFileIsAWarning() {
        assertThat(warnings("users/*.yaml"))
                .contains(folder.resolve("users/*.yaml")
                        + ": matches no file; files that match are read as soon as they exist");
    }

    @Test
    void aFolderThatDisappearsDoesNotCountAsEmpty() throws Exception {
        write("users/ada.yaml", user("ada"));
        Catalog catalog = open("users/*.yaml");

        Path aside = Files.move(folder.resolve("users"), folder.resolve("aside"));
        await().untilAsserted(() -> assertThat(watch.obstacles()).isNotEmpty());
        assertThat(catalog.contains(ADA)).isTrue();

        Files.move(aside, folder.resolve("users"));
        await().untilAsserted(() -> assertThat(watch.obstacles()).isEmpty());
        assertThat(catalog.contains(ADA)).isTrue();
    }

    @Test
    void aFileWithAWildcardInItsNameIsOneFile() {
        write("us[e]rs.yaml", user("ada"));

        assertThat(open("us[e]rs.yaml").contains(ADA)).isTrue();
    }
}
