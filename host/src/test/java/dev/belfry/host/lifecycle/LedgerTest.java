package dev.belfry.host.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger();
    private final List<String> undone = new ArrayList<>();

    @Test
    void whatWasTakenLastIsUndoneFirst() {
        ledger.enter("a", () -> undone.add("a"));
        ledger.enter("b", () -> undone.add("b"));
        ledger.undo();
        ledger.undo();

        assertThat(undone).containsExactly("b", "a");
    }

    @Test
    void whatFailsDoesNotKeepTheRestFromBeingUndone() {
        ledger.enter("a", () -> undone.add("a"));
        ledger.enter("b", () -> {
            throw new IllegalStateException("stuck");
        });
        ledger.undo();

        assertThat(undone).containsExactly("a");
    }

    @Test
    void whatIsTakenTooLateIsUndoneAtOnce() {
        ledger.undo();

        assertThatIllegalStateException().isThrownBy(() -> ledger.enter("late", () -> undone.add("late")));
        assertThat(undone).containsExactly("late");
    }
}
