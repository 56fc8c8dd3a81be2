package dev.belfry.host.casbin;

import static dev.belfry.host.casbin.PolicySetting.CREATE;
import static dev.belfry.host.casbin.PolicySetting.LIST;
import static dev.belfry.host.casbin.PolicySetting.allows;
import static dev.belfry.host.casbin.PolicySetting.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.config.ConfigFolder;
import dev.belfry.host.settings.HostSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A role of a group is a role of the members of all groups below it. */
class GroupRolesTest {

    private static final String EVERYBODY_BUT_CONTRACTORS = """
            p, role:default/authenticated, bells.create, create, allow
            p, role:default/contractors, bells.create, create, deny
            g, group:default/contractors, role:default/contractors
            p, role:default/staff, bells.list, read, allow
            g, group:default/staff, role:default/staff
            """;

    @TempDir
    Path folder;

    private PolicySetting setting;

    @BeforeEach
    void open() {
        setting = new PolicySetting(folder);
    }

    @AfterEach
    void close() {
        setting.close();
    }

    @Test
    void aDenyOfAGroupFarAboveReachesTheMember() {
        setting.join("kim", group("night-shift"));
        setting.parents.put(group("night-shift"), Set.of(group("tower")));
        setting.parents.put(group("tower"), Set.of(group("contractors"), group("staff")));
        Permissions permissions = setting.policy(EVERYBODY_BUT_CONTRACTORS);

        assertThat(allows(permissions, "kim", CREATE)).isFalse();
        assertThat(allows(permissions, "kim", LIST)).isTrue();
        assertThat(allows(permissions, "ada", CREATE)).isTrue();
        assertThat(allows(permissions, "ada", LIST)).isFalse();
    }

    @Test
    void groupsMayBeEachOthersParents() {
        setting.join("kim", group("one"));
        setting.parents.put(group("one"), Set.of(group("two")));
        setting.parents.put(group("two"), Set.of(group("one"), group("contractors")));
        setting.parents.put(group("contractors"), Set.of(group("contractors")));

        assertThat(allows(setting.policy(EVERYBODY_BUT_CONTRACTORS), "kim", CREATE))
                .isFalse();
    }

    @Test
    void aMovedGroupGetsTheRolesOfItsNewParentAtOnce() {
        setting.join("kim", group("tower"));
        Permissions permissions = setting.policy(EVERYBODY_BUT_CONTRACTORS);
        assertThat(allows(permissions, "kim", CREATE)).isTrue();

        setting.parents.put(group("tower"), Set.of(group("contractors")));
        assertThat(allows(permissions, "kim", CREATE)).isFalse();
    }

    /** The catalog of YAML files returns direct groups, unless catalog.nestedGroups says otherwise. */
    @Test
    void theFilesOfTheCatalogHaveParents() throws Exception {
        ConfigFolder config = new ConfigFolder(folder);
        config.file("catalog.yaml", """
                kind: Group
                metadata: { name: contractors }
                spec: { type: department, children: [ringers] }
                ---
                kind: Group
                metadata: { name: ringers }
                spec: { type: team, parent: contractors, children: [] }
                ---
                kind: User
                metadata: { name: kim }
                spec: { memberOf: [ringers] }
                """);
        for (boolean nested : new boolean[] {false, true}) {
            HostSettings settings = config.settings(
                    "catalog: { nestedGroups: " + nested + ", locations: [ { target: catalog.yaml } ] }");
            setting.write(EVERYBODY_BUT_CONTRACTORS);
            Catalog catalog = dev.belfry.host.catalog.YamlCatalog.open(settings.catalog(), setting.watch);
            Permissions permissions =
                    PolicyPermissions.open(setting.settings(), catalog, setting.names, setting.watch, setting.declared);

            assertThat(allows(permissions, "kim", CREATE)).isFalse();
        }
    }

    /** A catalog that was written before groups had parents. */
    @Test
    void aCatalogWithoutParentsKeepsWorking() {
        Catalog direct = new Catalog() {
            @Override
            public Set<EntityRef> missing(Collection<EntityRef> refs) {
                return Set.of();
            }

            @Override
            public Set<EntityRef> groupsOf(EntityRef user) {
                return Set.of(group("contractors"));
            }
        };
        setting.write(EVERYBODY_BUT_CONTRACTORS);

        assertThat(allows(
                        PolicyPermissions.open(
                                setting.settings(), direct, setting.names, setting.watch, setting.declared),
                        "kim",
                        CREATE))
                .isFalse();
    }

    /** The names of a decision are those that the policy mentions, whatever else the user belongs to. */
    @Test
    @Timeout(20)
    void manyUsersInManyGroupsAreDecidedQuickly() {
        Set<EntityRef> many =
                IntStream.range(0, 500).mapToObj(i -> group("g" + i)).collect(Collectors.toSet());
        Permissions permissions = setting.policy(EVERYBODY_BUT_CONTRACTORS);
        IntStream.range(0, 2_000).forEach(i -> setting.groups.put(EntityRef.user("default", "u" + i), many));
        setting.parents.put(group("g499"), Set.of(group("contractors")));

        long start = System.nanoTime();
        for (int i = 0; i < 2_000; i++) {
            assertThat(allows(permissions, "u" + i, CREATE)).isFalse();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
}
