package dev.belfry.host.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permission.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeclaredPermissionsTest {

    private static final Permission LOOK = new Permission("bell.look", Action.READ);
    private static final Permission RING = new Permission("bell.ring", Action.CREATE);

    private final DeclaredPermissions declared = new DeclaredPermissions();

    @Test
    void aReplacementKeepsWhatBothGenerationsDeclare() {
        Runnable first = declared.declare("bell", Set.of(LOOK, RING), Set.of(LOOK));
        declared.declare("bell", Set.of(LOOK), Set.of(LOOK));

        first.run();

        assertThat(declared.isGrantedByDefault("bell", LOOK)).isTrue();
        assertThat(declared.isGrantedByDefault("gong", LOOK)).isFalse();
        assertThat(declared.isGrantedByDefault("bell", RING)).isFalse();
        assertThat(declared.all()).containsExactly(LOOK);
        assertThat(declared.plugins()).containsExactly("bell");
    }

    @Test
    void listenersHearOfTheSettledStartAndOfLaterPlugins() {
        List<Set<Permission>> heard = new ArrayList<>();
        declared.listen(() -> heard.add(declared.all()));
        declared.declare("bell", Set.of(LOOK), Set.of());
        assertThat(heard).isEmpty();

        declared.settle();
        declared.declare("gong", Set.of(RING), Set.of()).run();

        assertThat(heard).containsExactly(Set.of(LOOK), Set.of(LOOK, RING));
    }
}
