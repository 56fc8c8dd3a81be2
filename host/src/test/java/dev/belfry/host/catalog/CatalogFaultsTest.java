package dev.belfry.host.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.settings.CatalogSettings;
import dev.belfry.host.settings.CatalogSettings.Location;
import dev.belfry.host.settings.IntegrationSettings;
import dev.belfry.host.spelling.NamedEntity;
import dev.belfry.host.watch.FileWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a file costs the entities that it affects, and never the start. */
class CatalogFaultsTest {

    private static final EntityRef ADA = EntityRef.user("default", "ada");
    private static final EntityRef BOB = EntityRef.user("default", "bob");
    private static final EntityRef TEAM = EntityRef.group("default", "team");

    @TempDir
    Path folder;

    private final FileWatch watch = new FileWatch();

    @AfterEach
    void close() {
        watch.close();
    }

    private Path write(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CatalogSettings settings(String... files) {
        return new CatalogSettings(
                Arrays.stream(files)
                        .map(name -> new Location(folder.resolve(name), Set.of("user", "group")))
                        .toList(),
                false);
    }

    private Catalog open(String... files) {
        return YamlCatalog.open(settings(files), watch);
    }

    private List<String> warnings(String... files) {
        return YamlCatalog.check(settings(files)).warnings();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        kind: User                                                 | the user has no metadata.name
        {kind: User, metadata: {name: 'a b'}}                      | user a b: name 'a b' must have
        {kind: User, metadata: {name: bo@mail.example}}            | user bo@mail.example: name 'bo@mail.example' must have
        {kind: User, metadata: {name: x, namespace: 'ä'}}          | user x: namespace 'ä' must have
        {kind: User, metadata: {name: x, name: y}}                 | the user y has the key 'name' twice, again in line 4
        {kind: User, kind: Component, metadata: {name: x}}         | the component x has the key 'kind' twice
        {kind: Location, spec: {target: a, target: b}}             | the location has the key 'target' twice
        {kind: User, metadata: {name: "mar\u212A"}}                 | user mar\u212A: name 'mar\u212A' must have
        {metadata: {name: x}}                                      | the entity has no kind
        {kind: Location, metadata: {name: x}}                      | the location has neither spec.target nor spec.targets
        {kind: Usr, metadata: {name: x}}                           | the kind 'Usr' is not read (did you mean 'User'?); it is left out
        {kind: List, items: [{kind: User, metadata: {name: x}}]}   | the kind List is not read: write its items
        {apiVersion: v1, kind: User, metadata: {name: x}}          | the user is not an entity of Backstage: its apiVersion is 'v1'
        [1, 2]                                                     | an entity must be an object
        '{kind: User'                                              | an entity must be an object
        """)
    void aBadEntityIsLeftOutAndItsNeighborsAreRead(String document, String warning) {
        Path file = write(
                "catalog.yaml",
                "kind: User\nmetadata: {name: ada}\n---\n" + document + "\n---\nkind: User\nmetadata: {name: bob}\n");

        Catalog catalog = open("catalog.yaml");

        assertThat(catalog.contains(ADA)).isTrue();
        assertThat(catalog.contains(BOB)).isTrue();
        assertThat(warnings("catalog.yaml"))
                .singleElement()
                .asString()
                .startsWith(file + ":4: " + warning)
                .endsWith("; it is left out");
    }

    @Test
    void aFaultyReferenceIsLeftOutAndItsEntityIsRead() {
        Path file = write("catalog.yaml", """
                kind: Group
                metadata: {name: team}
                spec: {members: ['<NAME>', bob], parent: 'the company', children: [{name: x}, crew, ~]}
                ---
                kind: Group
                metadata: {name: crew}
                ---
                kind: User
                metadata: {name: ada}
                spec: {memberOf: [team/a/b, crew]}
                ---
                kind: User
                metadata: {name: bob}
                """);
        String rule =
                "' must have 1 to 63 of the characters a-z, 0-9, '-', '_' and '.', and begin and end with a letter or"
                        + " digit; the reference is left out";

        Catalog catalog = open("catalog.yaml");

        assertThat(catalog.groupsOf(BOB)).containsExactly(TEAM);
        assertThat(catalog.parentsOf(TEAM)).isEmpty();
        EntityRef crew = EntityRef.group("default", "crew");
        assertThat(catalog.parentsOf(crew)).containsExactly(TEAM);
        assertThat(catalog.groupsOf(ADA)).containsExactly(crew);
        assertThat(YamlCatalog.check(settings("catalog.yaml")).unknown()).isEmpty();
        assertThat(warnings("catalog.yaml"))
                .containsExactly(
                        file + ":1: group:default/team: spec.members: name '<NAME>" + rule,
                        file + ":1: group:default/team: spec.parent: name 'the company" + rule,
                        file + ":1: group:default/team: spec.children: a reference must be a string, not an object; the"
                                + " reference is left out",
                        file + ":1: group:default/team: spec.children: a reference must be a string, not null; the"
                                + " reference is left out",
                        file
                                + ":8: user:default/ada: spec.memberOf: 'team/a/b' is not of the form [kind:][namespace/]name;"
                                + " the reference is left out");
    }

    @Test
    void aTargetThatIsNoStringIsLeftOutAndTheOthersAreFollowed() {
        write("bob.yaml", "kind: User\nmetadata: {name: bob}\n");
        Path file = write("catalog.yaml", "kind: Location\nspec: {targets: [{a: b}, bob.yaml]}\n");
        CatalogSettings settings =
                new CatalogSettings(List.of(new Location(file, Set.of("user", "group", "location"))), false);

        assertThat(YamlCatalog.open(settings, watch).contains(BOB)).isTrue();
        assertThat(YamlCatalog.check(settings).warnings())
                .containsExactly(file + ":1: an item of spec.targets of the location is not a string; it is left out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        kind: User, metadata: {name: x}, spec: {memberof: [a]}                  | spec.memberof | memberOf
        kind: Group, metadata: {name: x}, spec: {parents: a}                    | spec.parents | parent
        kind: User, metadata: {name: x, namespce: y}                            | metadata.namespce | namespace
        kind: User, metadata: {name: x}, spce: {}                               | spce | spec
        kind: User, metadata: {name: x}, spec: {profile: {mail: x@example.org}} | spec.profile.mail | email
        """)
    void aMisspelledKeyIsNamed(String entity, String key, String near) {
        Path file = write("catalog.yaml", "{" + entity + "}\n---\nkind: User\nmetadata: {name: bob}\n");

        assertThat(warnings("catalog.yaml"))
                .singleElement()
                .asString()
                .startsWith(file + ":1: ")
                .endsWith(": " + key + ": unknown key, which has no effect; did you mean '" + near + "'?");
    }

    @Test
    void otherKeysAndKindsAreNoFaults() {
        write("catalog.yaml", """
                apiVersion: backstage.io/v1alpha1
                kind: Component
                metadata: {name: site}
                spec: {type: website, owner: team, type: site}
                ---
                apiVersion: example.org/v1
                kind: Robot
                metadata: {name: marvin}
                ---
                apiVersion: backstage.io/v1beta1
                kind: User
                metadata: {name: ada, tags: [x], annotations: {a/nam: b}}
                spec: {memberOf: [], costCenter: 7, costCenter: 8, profile: {picture: x}}
                """);

        assertThat(warnings("catalog.yaml")).isEmpty();
    }

    @Test
    void namesThatNobodyHasAreReportedOnce() {
        Path file = write("catalog.yaml", """
                kind: Group
                metadata: {name: team}
                spec: {parent: copr, members: [bbo], children: [nobody]}
                ---
                kind: Group
                metadata: {name: corp}
                ---
                kind: User
                metadata: {name: bob}
                spec: {memberOf: [taem, team]}
                ---
                kind: User
                metadata: {name: ada}
                spec: {memberOf: [taem]}
                """);

        assertThat(YamlCatalog.check(settings("catalog.yaml")).unknown())
                .containsExactly(
                        file
                                + ":1: group:default/team: spec.members: the catalog has no user 'user:default/bbo' (did you mean"
                                + " 'user:default/bob'?). It has no effect",
                        file
                                + ":1: group:default/team: spec.parent: the catalog has no group 'group:default/copr' (did you"
                                + " mean 'group:default/corp'?). It has no effect",
                        file
                                + ":1: group:default/team: spec.children: the catalog has no group 'group:default/nobody'. It has"
                                + " no effect",
                        file
                                + ":8: user:default/bob: spec.memberOf: the catalog has no group 'group:default/taem' (did you"
                                + " mean 'group:default/team'?). It has no effect");
    }

    @Test
    void aGuestWhomNoSourceDescribesIsAUserWithoutGroupsAndReportedOnce() {
        write("catalog.yaml", "kind: User\nmetadata: {name: ada}\n");
        EntityRef guest = EntityRef.user("development", "guest");
        CatalogSettings settings = withGuest(guest, false);
        CapturedLog log = CapturedLog.of(YamlCatalog.class);

        try (YamlCatalog catalog = YamlCatalog.open(settings, watch)) {
            assertThat(log.messages()).isEmpty();
            assertThat(catalog.contains(guest)).isTrue();
            assertThat(catalog.groupsOf(guest)).isEmpty();
            assertThat(catalog.names().all()).contains(guest);
            catalog.tellUnknown();
            catalog.tellUnknown();
            assertThat(log.messages())
                    .containsExactly(
                            "app.yaml:3: key: the catalog has no user 'user:development/guest'. It has no groups")
                    .isEqualTo(YamlCatalog.check(settings).unknown());
            assertThat(YamlCatalog.check(settings).names().all()).contains(guest);

            write("catalog.yaml", """
                    kind: User
                    metadata: {name: guest, namespace: development}
                    spec: {memberOf: [visitors]}
                    ---
                    kind: Group
                    metadata: {name: visitors, namespace: development}
                    """);
            await().untilAsserted(() ->
                    assertThat(catalog.groupsOf(guest)).containsExactly(EntityRef.group("development", "visitors")));
            write("catalog.yaml", "kind: User\nmetadata: {name: ada}\n");
            await().untilAsserted(() -> assertThat(catalog.contains(guest)).isFalse());
            await().untilAsserted(() -> assertThat(log.messages().getLast())
                    .startsWith("app.yaml:3: key: the catalog has no user 'user:development/guest'")
                    .contains("Requests without credentials get 401, and nobody can sign in as the guest")
                    .endsWith("to switch the guest off, remove auth.providers.guest"));
        }

        write("catalog.yaml", "kind: User\nmetadata: {name: guest, namespace: development}\n");
        assertThat(YamlCatalog.check(settings).unknown()).isEmpty();
    }

    /** The settings of catalog.yaml. */
    private CatalogSettings withGuest(EntityRef user, boolean isUnderPolicy) {
        NamedEntity named = new NamedEntity(user, "app.yaml:3: key", "It has no groups");
        return new CatalogSettings(
                settings("catalog.yaml").locations(),
                false,
                Duration.ofMinutes(5),
                new IntegrationSettings(List.of(), List.of()),
                Optional.of(new CatalogSettings.Guest(named, isUnderPolicy)));
    }

    /** A denial for a group could be lost with the entity of the guest or of the group. */
    @Test
    void underAPolicyAGuestWhomAFaultyCatalogDoesNotHaveIsNoUser() {
        EntityRef guest = EntityRef.user("default", "guest");
        write(
                "catalog.yaml",
                "kind: User\nmetadata: {name: guest, name: guest}\n---\nkind: User\nmetadata: {name: ada}\n");
        for (boolean isUnderPolicy : List.of(true, false)) {
            CatalogSettings settings = withGuest(guest, isUnderPolicy);

            try (YamlCatalog catalog = YamlCatalog.open(settings, watch)) {
                assertThat(catalog.contains(guest)).isNotEqualTo(isUnderPolicy);
            }
            assertThat(YamlCatalog.check(settings).unknown())
                    .singleElement()
                    .asString()
                    .startsWith("app.yaml:3: key: the catalog has no user 'user:default/guest'. ")
                    .endsWith(
                            isUnderPolicy
                                    ? "Until they are mended, requests without credentials get 401, and nobody can sign in"
                                            + " as the guest"
                                    : "It has no groups");
        }
    }

    @Test
    void aGuestWithANearNameOfAUserMayBeMisspelled() {
        write("catalog.yaml", "kind: User\nmetadata: {name: guest}\n");
        EntityRef guest = EntityRef.user("development", "guest");
        CatalogSettings settings = withGuest(guest, false);

        try (YamlCatalog catalog = YamlCatalog.open(settings, watch)) {
            assertThat(catalog.contains(guest)).isFalse();
        }
        assertThat(YamlCatalog.check(settings).unknown())
                .containsExactly(
                        "app.yaml:3: key: the catalog has no user 'user:development/guest' (did you mean"
                                + " 'user:default/guest'?). Requests without credentials get 401, and nobody can sign in as the guest");
    }

    @Test
    void theDocumentsBeforeAnErrorOfYamlAreRead() {
        Path file = write(
                "catalog.yaml",
                "kind: User\nmetadata: {name: ada}\n---\nkind: User\nmetadata: {name: bob\n---\nkind: User\n");

        Catalog catalog = open("catalog.yaml");

        assertThat(catalog.contains(ADA)).isTrue();
        assertThat(catalog.contains(BOB)).isFalse();
        assertThat(warnings("catalog.yaml"))
                .singleElement()
                .asString()
                .startsWith(file + ":6: is not valid YAML: ")
                .endsWith("; the documents before it are read");
    }

    @Test
    void warningsAreLoggedAndBounded() {
        CapturedLog log = CapturedLog.of(YamlCatalog.class);
        Path file = write("catalog.yaml", "kind: User\nmetadata: {name: ada}\n" + "---\nkind: User\n".repeat(25));

        open("catalog.yaml");

        assertThat(log.messages())
                .hasSize(21)
                .contains(file + ":4: the user has no metadata.name; it is left out", file + ": 5 more warnings");
    }

    @Test
    void aBadEntityOfAReloadLosesItsRightsWithItsNeighbors() {
        String users = "kind: Group\n"
                + "metadata: {name: team}\n"
                + "---\n"
                + "kind: User\n"
                + "metadata: {name: ada%s}\n"
                + "spec: {memberOf: [team]}\n"
                + "---\n"
                + "kind: User\n"
                + "metadata: {name: bob}\n"
                + "spec: {memberOf: [%s]}\n";
        write("catalog.yaml", users.formatted("", "team"));
        Catalog catalog = open("catalog.yaml");
        assertThat(catalog.groupsOf(ADA)).containsExactly(TEAM);

        write("catalog.yaml", users.formatted(", name: ada", ""));

        await().untilAsserted(() -> assertThat(catalog.groupsOf(BOB)).isEmpty());
        assertThat(catalog.contains(ADA)).isFalse();
        assertThat(catalog.contains(BOB)).isTrue();
    }

    @Test
    void aFileThatBecomesInvalidOrDisappearsKeepsItsContent() throws Exception {
        write("catalog.yaml", "kind: User\nmetadata: {name: ada}\n");
        Catalog catalog = open("catalog.yaml");
        CapturedLog log = CapturedLog.of(YamlCatalog.class);

        write("catalog.yaml", "kind: User\nmetadata: {name: bob\n");
        await().untilAsserted(() -> assertThat(log.messages())
                .anySatisfy(line -> assertThat(line)
                        .contains("catalog.yaml:3: is not valid YAML")
                        .endsWith("the content that was read before stays in use")));
        assertThat(catalog.contains(ADA)).isTrue();

        Files.delete(folder.resolve("catalog.yaml"));
        await().untilAsserted(() -> assertThat(watch.obstacles())
                .containsExactly("the file 'catalog.yaml' cannot be read: it does not exist"));
        assertThat(catalog.contains(ADA)).isTrue();

        write("catalog.yaml", "kind: User\nmetadata: {name: bob}\n");
        await().untilAsserted(() -> assertThat(watch.obstacles()).isEmpty());
        assertThat(catalog.contains(ADA)).isFalse();
        assertThat(catalog.contains(BOB)).isTrue();
    }

    @Test
    void anotherEncodingIsNamedAndTheHostStarts() throws Exception {
        Path file = Files.write(
                folder.resolve("catalog.yaml"),
                "kind: User\nmetadata: {name: ada}\nspec: {profile: {displayName: M\u00e4rz}}\n"
                        .getBytes(StandardCharsets.ISO_8859_1));

        assertThat(open("catalog.yaml").contains(ADA)).isFalse();
        assertThat(warnings("catalog.yaml"))
                .contains(file + ": it is not UTF-8: byte 0xE4 at line 3; nothing of it is read");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstEntity() {
        write("catalog.yaml", "\uFEFFkind: User\nmetadata: {name: ada}\n");

        assertThat(open("catalog.yaml").contains(ADA)).isTrue();
    }

    @Test
    void aFolderInPlaceOfAFileIsAWarningAndReadWhenItIsAFile() throws Exception {
        write("b.yaml", "kind: User\nmetadata: {name: bob}\n");
        Path file = Files.createDirectory(folder.resolve("catalog.yaml"));
        Catalog catalog = open("catalog.yaml", "b.yaml");

        assertThat(catalog.contains(BOB)).isTrue();
        assertThat(watch.obstacles()).isEmpty();
        assertThat(warnings("catalog.yaml", "b.yaml"))
                .containsExactly(file + ": cannot be read: it is a folder, not a file. catalog.locations must name a"
                        + " file, or files by a pattern such as org/*.yaml; nothing of it is read");

        Files.delete(file);
        write("catalog.yaml", "kind: User\nmetadata: {name: ada}\n");
        await().untilAsserted(() -> assertThat(catalog.contains(ADA)).isTrue());
        assertThat(watch.obstacles()).isEmpty();
    }

    @Test
    void aFileThatBecomesAFolderKeepsItsContentAndIsReported() throws Exception {
        Path file = write("catalog.yaml", "kind: User\nmetadata: {name: ada}\n");
        Catalog catalog = open("catalog.yaml");

        Files.delete(file);
        Files.createDirectory(file);
        await().untilAsserted(() -> assertThat(watch.obstacles())
                .containsExactly("the file 'catalog.yaml' cannot be read: it is a folder, not a file"));
        assertThat(catalog.contains(ADA)).isTrue();
    }

    @Test
    void ofTwoEntitiesWithOneReferenceTheFirstCounts() {
        Path first = write("a.yaml", "kind: User\nmetadata: {name: ada}\n---\nkind: Group\nmetadata: {name: team}\n");
        Path second = write("b.yaml", "# second\nkind: User\nmetadata: {name: Ada}\nspec: {memberOf: [team]}\n");

        assertThat(open("a.yaml", "b.yaml").groupsOf(ADA)).isEmpty();
        assertThat(warnings("a.yaml", "b.yaml"))
                .containsExactly(second + ":2: user:default/ada is left out: " + first
                        + ":1 has an entity with this reference, and the first one counts");
        assertThat(open("b.yaml", "a.yaml").groupsOf(ADA)).containsExactly(TEAM);
    }

    @Test
    void ofTwoEntitiesInOneFileTheFirstCounts() {
        Path file = write(
                "catalog.yaml",
                "kind: User\nmetadata: {name: a}\n---\nkind: User\nmetadata: {name: A}\nspec: {memberOf: [team]}\n"
                        + "---\nkind: Group\nmetadata: {name: team}\n");

        assertThat(open("catalog.yaml").groupsOf(EntityRef.user("default", "a")))
                .isEmpty();
        assertThat(warnings("catalog.yaml"))
                .containsExactly(file + ":4: user:default/a is left out: " + file
                        + ":1 has an entity with this reference, and the first one counts");
    }

    @Test
    void aCatalogWithoutAUserIsAWarningThatNamesItsFiles() {
        Path file = write("catalog.yaml", "kind: Component\nmetadata: {name: x}\n");

        assertThat(warnings("catalog.yaml")).containsExactly("the catalog's files have no user: " + file);
        assertThat(warnings()).containsExactly("catalog.locations names no file: only plugins can add users");
    }

    @Test
    void entitiesThatNoRuleAllowsAreCounted() {
        Path file = write("catalog.yaml", "kind: User\nmetadata: {name: ada}\n---\nkind: Group\nmetadata: {name: g}\n");

        assertThat(YamlCatalog.check(new CatalogSettings(List.of(new Location(file, Set.of("template"))), false))
                        .warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .isEqualTo(file + ": entities of kind User are ignored (1): neither catalog.rules nor the rules"
                                + " of the location allow them; add User to 'allow' of the location's rules"))
                .anySatisfy(warning -> assertThat(warning).contains("entities of kind Group are ignored (1)"));
    }
}
