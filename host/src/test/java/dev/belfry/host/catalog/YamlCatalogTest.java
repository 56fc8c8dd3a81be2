package dev.belfry.host.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.settings.CatalogSettings;
import dev.belfry.host.settings.CatalogSettings.Location;
import dev.belfry.host.watch.FileWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlCatalogTest {

    private static final EntityRef ADA = EntityRef.user("default", "ada");
    private static final EntityRef TEAM = EntityRef.group("default", "team");
    private static final EntityRef ORG = EntityRef.group("default", "org");
    private static final Set<String> USERS_AND_GROUPS = Set.of("user", "group");

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

    private Catalog open(boolean nested, Location... locations) {
        return YamlCatalog.open(new CatalogSettings(Arrays.asList(locations), nested), watch);
    }

    private Catalog catalog(String content) {
        return open(false, new Location(write("catalog.yaml", content), USERS_AND_GROUPS));
    }

    private Catalog nested(String content) {
        return open(true, new Location(write("catalog.yaml", content), USERS_AND_GROUPS));
    }

    private List<String> warnings(String file) {
        return YamlCatalog.check(
                        new CatalogSettings(List.of(new Location(folder.resolve(file), USERS_AND_GROUPS)), false))
                .warnings();
    }

    @Test
    void aFileMayContainManyDocuments() {
        Catalog catalog = catalog("""
            apiVersion: backstage.io/v1alpha1
            kind: User
            metadata:
              name: ada
            spec:
              profile: {displayName: Ada}
              memberOf: [team]
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Group
            metadata:
              name: team
            spec:
              type: team
              children: []
            """);

        assertThat(catalog.contains(ADA)).isTrue();
        assertThat(catalog.contains(TEAM)).isTrue();
        assertThat(catalog.groupsOf(ADA)).containsExactly(TEAM);
    }

    @Test
    void usersAreCountedOnce() {
        Catalog catalog = catalog("""
                {apiVersion: backstage.io/v1alpha1, kind: User, metadata: {name: ada}, spec: {memberOf: [team]}}
                ---
                {apiVersion: backstage.io/v1alpha1, kind: User, metadata: {name: ada}, spec: {}}
                ---
                {apiVersion: backstage.io/v1alpha1, kind: User, metadata: {name: bob}, spec: {}}
                ---
                {apiVersion: backstage.io/v1alpha1, kind: Group, metadata: {name: team}, spec: {}}
                """);
        assertThat(catalog.userCount()).hasValue(2);
    }

    @Test
    void missingEntitiesAreReturnedInTheGivenOrder() {
        Catalog catalog = catalog("kind: User\nmetadata: {name: ada}\n");
        EntityRef eve = EntityRef.user("default", "eve");
        EntityRef bob = EntityRef.user("default", "bob");

        assertThat(catalog.missing(List.of(eve, ADA, bob))).containsExactly(eve, bob);
    }

    @Test
    void aGroupMayNameItsMembers() {
        Catalog catalog = catalog("""
            kind: User
            metadata: {name: ada}
            ---
            kind: Group
            metadata: {name: team}
            spec: {members: [ada, 'user:default/eve']}
            """);

        assertThat(catalog.groupsOf(ADA)).containsExactly(TEAM);
        assertThat(catalog.groupsOf(EntityRef.user("default", "eve"))).isEmpty();
    }

    @Test
    void namesWithoutANamespaceUseTheEntitysNamespace() {
        Catalog catalog = catalog("""
            kind: User
            metadata: {name: ada, namespace: north}
            spec: {memberOf: [team, default/org, 'group:team2']}
            ---
            kind: Group
            metadata: {name: team, namespace: north}
            ---
            kind: Group
            metadata: {name: team2, namespace: north}
            ---
            kind: Group
            metadata: {name: team}
            ---
            kind: Group
            metadata: {name: org}
            """);

        assertThat(catalog.groupsOf(EntityRef.user("north", "ada")))
                .containsExactlyInAnyOrder(EntityRef.group("north", "team"), EntityRef.group("north", "team2"), ORG);
    }

    @Test
    void namesAreCaseInsensitive() {
        assertThat(catalog("kind: USER\nmetadata: {name: Ada}\n").contains(ADA)).isTrue();
    }

    @Test
    void aGroupThatDoesNotExistHasNoMembers() {
        assertThat(catalog("kind: User\nmetadata: {name: ada}\nspec: {memberOf: [ghosts]}\n")
                        .groupsOf(ADA))
                .isEmpty();
    }

    @Test
    void membersOfAChildGroupAreNotMembersOfTheParent() {
        assertThat(catalog(FAMILY).groupsOf(ADA)).containsExactly(TEAM);
    }

    @Test
    void membersOfAChildGroupAreMembersOfTheParentIfGroupsAreNested() {
        assertThat(nested(FAMILY).groupsOf(ADA))
                .containsExactlyInAnyOrder(TEAM, ORG, EntityRef.group("default", "all"));
    }

    private static final String FAMILY = """
        kind: User
        metadata: {name: ada}
        spec: {memberOf: [team]}
        ---
        kind: Group
        metadata: {name: team}
        spec: {parent: org}
        ---
        kind: Group
        metadata: {name: org}
        ---
        kind: Group
        metadata: {name: all}
        spec: {children: [org]}
        """;

    @Test
    void aGroupThatIsNamedByItsParentAndNamesItIsNestedOnce() {
        Catalog catalog = nested("""
            kind: Group
            metadata: {name: org}
            spec: {type: department, children: [team]}
            ---
            kind: Group
            metadata: {name: team}
            spec: {type: team, parent: org, children: []}
            ---
            kind: User
            metadata: {name: ada}
            spec: {memberOf: [team]}
            """);

        assertThat(catalog.groupsOf(ADA)).containsExactlyInAnyOrder(TEAM, ORG);
    }

    @Test
    void groupsThatAreEachOthersParentsAreVisitedOnce() {
        Catalog catalog = nested("""
            kind: User
            metadata: {name: ada}
            spec: {memberOf: [team]}
            ---
            kind: Group
            metadata: {name: team}
            spec: {parent: org}
            ---
            kind: Group
            metadata: {name: org}
            spec: {parent: team}
            """);

        assertThat(catalog.groupsOf(ADA)).containsExactlyInAnyOrder(TEAM, ORG);
    }

    @Test
    void otherKindsAndEmptyDocumentsAreIgnored() {
        Catalog catalog = catalog("""
            ---
            # nothing here
            ---
            kind: Component
            metadata: {name: 'Not A Name!'}
            ---
            kind: User
            metadata: {name: ada}
            spec: {memberOf: , profile: }
            ---
            """);

        assertThat(catalog.contains(ADA)).isTrue();
    }

    @Test
    void anchorsAreResolvedWithinADocument() {
        Catalog catalog = catalog("""
            kind: User
            x-teams: &teams {all: &all [team]}
            metadata: {name: ada}
            spec: {memberOf: *all}
            ---
            kind: Group
            metadata: {name: team}
            """);

        assertThat(catalog.groupsOf(ADA)).containsExactly(TEAM);
    }

    @Test
    void anEmptyCatalogHasNoEntities() {
        assertThat(catalog("").contains(ADA)).isFalse();
        assertThat(open(false).contains(ADA)).isFalse();
    }

    @Test
    void kindsThatNoRuleAllowsAreIgnored() {
        Path file = write("catalog.yaml", FAMILY);

        assertThat(open(false, new Location(file, Set.of("group"))).contains(ADA))
                .isFalse();
        assertThat(open(false, new Location(file, Set.of("group"))).contains(TEAM))
                .isTrue();
        assertThat(open(false, new Location(file, Set.of())).contains(TEAM)).isFalse();
    }

    @Test
    void severalFilesAreMerged() {
        Catalog catalog = open(
                false,
                new Location(write("users.yaml", "kind: User\nmetadata: {name: ada}\n"), USERS_AND_GROUPS),
                new Location(
                        write("groups.yaml", "kind: Group\nmetadata: {name: team}\nspec: {members: [ada]}\n"),
                        USERS_AND_GROUPS));

        assertThat(catalog.groupsOf(ADA)).containsExactly(TEAM);
    }

    @Test
    void aChangedFileIsReloadedCompletely() {
        Catalog catalog = catalog("kind: User\nmetadata: {name: ada}\n");

        write("catalog.yaml", "kind: User\nmetadata: {name: bobby}\n");

        await().untilAsserted(() ->
                assertThat(catalog.contains(EntityRef.user("default", "bobby"))).isTrue());
        assertThat(catalog.contains(ADA)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"flow", "block"})
    void aFileThatIsNestedTooDeepIsAProblemAndTheNextOneIsLoaded(String style) {
        Catalog catalog = catalog("kind: User\nmetadata: {name: ada}\n");
        CapturedLog log = CapturedLog.of(YamlCatalog.class);

        write(
                "catalog.yaml",
                "kind: User\nspec:\n  " + (style.equals("flow") ? "[" : "- ").repeat(60_000) + "x"
                        + (style.equals("flow") ? "]" : "").repeat(60_000) + "\n");
        await().untilAsserted(() -> assertThat(log.messages())
                .anySatisfy(
                        line -> assertThat(line).contains("catalog.yaml:3", "it is nested deeper than 100 levels")));
        assertThat(catalog.contains(ADA)).isTrue();

        write("catalog.yaml", "kind: User\nmetadata: {name: bobby}\n");
        await().untilAsserted(() -> assertThat(catalog.contains(ADA)).isFalse());
    }

    @Test
    void exponentialAliasesAreNotExpanded() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        bomb.append("kind: User\nmetadata: {name: ada}\nspec: {memberOf: *a59}\n");
        write("catalog.yaml", bomb.toString());

        assertThat(warnings("catalog.yaml"))
                .anySatisfy(warning -> assertThat(warning)
                        .contains("catalog.yaml:1: user:default/ada: spec.memberOf: a reference must be a string, not"
                                + " an array; the reference is left out"));
    }

    @Test
    void aFileIsReloadedWhileAnotherIsUnreadable() throws Exception {
        write("one.yaml", "kind: User\nmetadata: {name: ada}\n");
        write("two.yaml", "kind: User\nmetadata: {name: bobby}\n");
        Catalog catalog = open(
                false,
                new Location(folder.resolve("one.yaml"), USERS_AND_GROUPS),
                new Location(folder.resolve("two.yaml"), USERS_AND_GROUPS));
        Files.delete(folder.resolve("two.yaml"));
        await().untilAsserted(() -> assertThat(watch.obstacles()).hasSize(1));

        write("one.yaml", "kind: User\nmetadata: {name: carl}\n");

        await().untilAsserted(() -> assertThat(catalog.contains(ADA)).isFalse());
        assertThat(catalog.contains(EntityRef.user("default", "carl"))).isTrue();
        assertThat(catalog.contains(EntityRef.user("default", "bobby"))).isTrue();
    }

    @Test
    void aFileThatIsMissingAtStartIsLoadedWhenItAppears() {
        Catalog catalog = open(false, new Location(folder.resolve("later.yaml"), USERS_AND_GROUPS));
        assertThat(catalog.contains(ADA)).isFalse();

        write("later.yaml", "kind: User\nmetadata: {name: ada}\n");

        await().untilAsserted(() -> assertThat(catalog.contains(ADA)).isTrue());
    }
}
