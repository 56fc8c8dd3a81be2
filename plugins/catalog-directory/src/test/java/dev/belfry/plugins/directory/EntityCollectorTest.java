package dev.belfry.plugins.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.catalog.CatalogEntity;
import dev.belfry.api.catalog.EntityRef;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EntityCollectorTest {

    private static final EntityRef ADA = EntityRef.user("corp", "ada");
    private static final EntityRef TEAM = EntityRef.group("corp", "team");

    private final EntityCollector<String> collector = new EntityCollector<>("corp");

    private Map<EntityRef, CatalogEntity> entities() {
        return collector.entities().stream().collect(Collectors.toMap(CatalogEntity::ref, Function.identity()));
    }

    private CatalogEntity entity(EntityRef ref) {
        return Objects.requireNonNull(entities().get(ref));
    }

    @Test
    void membershipsAreAddedInAnyOrder() {
        collector.addMembership("1", "2");
        collector.add("1", EntityRef.USER, "Ada", "Ada Lovelace", "ada@example.org");
        collector.add("2", EntityRef.GROUP, "Team", null, null);

        assertThat(entity(ADA))
                .isEqualTo(CatalogEntity.of(ADA)
                        .withDisplayName("Ada Lovelace")
                        .withEmail("ada@example.org")
                        .withMemberOf(java.util.Set.of(TEAM)));
        assertThat(collector.warnings()).isEmpty();
    }

    @Test
    void entriesHaveAnnotations() {
        collector.add("1", EntityRef.USER, "ada", null, null);
        collector.annotate("1", "example.org/id", "1");
        collector.annotate("1", "example.org/other", " ");
        collector.annotate("2", "example.org/id", "2");

        assertThat(entity(ADA).annotations()).isEqualTo(Map.of("example.org/id", "1"));
        assertThat(entities()).hasSize(1);
    }

    @Test
    void onlyKnownGroupsHaveMembers() {
        collector.add("1", EntityRef.USER, "ada", null, null);
        collector.add("2", EntityRef.GROUP, "team", null, null);
        collector.addMembership("1", "unknown");
        collector.addMembership("2", "1");
        collector.addMembership("2", "2");

        assertThat(entity(ADA).memberOf()).isEmpty();
        assertThat(entity(TEAM).memberOf()).isEmpty();
    }

    @Test
    void theSecondEntryWithANameIsLeftOut() {
        collector.add("1", EntityRef.USER, "ada", null, null);
        collector.add("2", EntityRef.USER, "ADA", null, null);
        collector.add("1", EntityRef.USER, "ada", null, null);
        collector.add("3", EntityRef.GROUP, "team", null, null);
        collector.addMembership("2", "3");

        assertThat(entity(ADA).memberOf()).isEmpty();
        assertThat(collector.warnings()).containsExactly("2 is left out: it is user:corp/ada in the catalog, as 1 is");
    }

    @Test
    void anEntryWithoutAValidNameIsLeftOut() {
        collector.add("1", EntityRef.USER, null, null, null);
        collector.add("2", EntityRef.USER, "?!", null, null);

        assertThat(entities()).isEmpty();
        assertThat(collector.warnings())
                .satisfiesExactly(
                        none -> assertThat(none).isEqualTo("1 is left out: it has no name"),
                        invalid -> assertThat(invalid)
                                .startsWith("2 is left out: its name '?!' cannot be a name in the catalog: "));
    }

    @Test
    void textsThatTheCatalogCannotHaveAreLeftOut() {
        collector.add("1", EntityRef.USER, "ada", "x".repeat(256), "a\nb");

        assertThat(entity(ADA)).isEqualTo(CatalogEntity.of(ADA));
    }
}
