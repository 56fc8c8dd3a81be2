package dev.belfry.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogEntityTest {

    private static final EntityRef ADA = EntityRef.user("default", "ada");
    private static final EntityRef TEAM = EntityRef.group("default", "team");

    @Test
    void aUserHasNameAddressAndGroups() {
        CatalogEntity ada = CatalogEntity.of(ADA)
                .withDisplayName("Ada Lovelace")
                .withEmail("ada@example.org")
                .withMemberOf(Set.of(TEAM));

        assertThat(ada.displayName()).contains("Ada Lovelace");
        assertThat(ada.email()).contains("ada@example.org");
        assertThat(ada.memberOf()).containsExactly(TEAM);
        assertThat(ada)
                .isEqualTo(CatalogEntity.of(ADA)
                        .withMemberOf(Set.of(TEAM))
                        .withEmail("ada@example.org")
                        .withDisplayName("Ada Lovelace"));
        assertThat(ada).isNotEqualTo(CatalogEntity.of(ADA));
    }

    @Test
    void annotationsHaveANameAndAValue() {
        CatalogEntity ada = CatalogEntity.of(ADA)
                .withAnnotation("keycloak.org/id", "7")
                .withAnnotation("keycloak.org/id", "8")
                .withDisplayName("Ada");

        assertThat(ada.annotations()).isEqualTo(Map.of("keycloak.org/id", "8"));
        assertThat(ada).isNotEqualTo(CatalogEntity.of(ADA).withDisplayName("Ada"));
        assertThatThrownBy(() -> ada.withAnnotation("key=", "8"))
                .hasMessageStartingWith("user:default/ada: the annotation 'key=' must have 1 to 255 letters");
        assertThatThrownBy(() -> ada.withAnnotation("key", "a\nb")).hasMessageContaining("no control characters");
    }

    @Test
    void onlyUsersAndGroupsArePublished() {
        assertThatThrownBy(() -> CatalogEntity.of(new EntityRef("component", "default", "tower")))
                .hasMessage("component:default/tower: the kind must be user or group, not component");
    }

    @Test
    void membershipsNameOtherGroups() {
        assertThatThrownBy(() -> CatalogEntity.of(ADA).withMemberOf(Set.of(ADA)))
                .hasMessage("user:default/ada: memberOf must name groups, not user:default/ada");
        assertThatThrownBy(() -> CatalogEntity.of(TEAM).withMemberOf(Set.of(TEAM)))
                .hasMessage("group:default/team: memberOf must not name the group itself");
    }

    @Test
    void textsAreBounded() {
        assertThatThrownBy(() -> CatalogEntity.of(ADA).withDisplayName(" "))
                .hasMessageStartingWith("user:default/ada: displayName must have 1 to 255 characters");
        assertThatThrownBy(() -> CatalogEntity.of(ADA).withEmail("x".repeat(256)))
                .hasMessageStartingWith("user:default/ada: email must have 1 to 255 characters");
        assertThatThrownBy(() -> CatalogEntity.of(ADA).withDisplayName("a\nb"))
                .hasMessageContaining("no control characters");
    }
}
