package dev.belfry.host.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistrationsTest {

    private final Registrations registrations = new Registrations();
    private final List<String> undone = new ArrayList<>();

    @Test
    void registrationsAreUndoneInReverseOrder() {
        registrations.enter("a", () -> undone.add("a"));
        registrations.enter("b", () -> undone.add("b"));
        registrations.undo();
        registrations.undo();

        assertThat(undone).containsExactly("b", "a");
    }

    @Test
    void aFailureDoesNotStopTheOthersFromBeingUndone() {
        registrations.enter("a", () -> undone.add("a"));
        registrations.enter("b", () -> {
            throw new IllegalStateException("stuck");
        });
        registrations.undo();

        assertThat(undone).containsExactly("a");
    }

    @Test
    void aLateRegistrationIsUndoneAtOnce() {
        registrations.undo();

        assertThatIllegalStateException().isThrownBy(() -> registrations.enter("late", () -> undone.add("late")));
        assertThat(undone).containsExactly("late");
    }
}
