package dev.belfry.notifications.jooq.change;

import dev.belfry.notifications.storage.InboxChange;
import java.util.HashMap;
import java.util.Map;

/** Finds out until which transaction a batch is complete, if some of its selects have reached their limit. */
final class LimitedBranches {

    /** @param created the rows of created notifications, or the rows of other changes */
    private record Branch(boolean created, boolean begunLater) {}

    private static final class RowCount {
        private int count;
        private long last;
    }

    private final Map<Branch, RowCount> branches = new HashMap<>();

    /** @param begunLater true if the transaction began after the snapshot */
    void add(InboxChange change, boolean begunLater) {
        RowCount rows = branches.computeIfAbsent(
                new Branch(change instanceof InboxChange.Created, begunLater), _ -> new RowCount());
        rows.count++;
        rows.last = Math.max(rows.last, change.change());
    }

    boolean isCut() {
        return branches.values().stream().anyMatch(LimitedBranches::isCut);
    }

    private static boolean isCut(RowCount rows) {
        return rows.count >= ChangeRows.LIMIT;
    }

    /** The first transaction that may not be complete. */
    long end() {
        return branches.values().stream()
                .filter(LimitedBranches::isCut)
                .mapToLong(rows -> rows.last)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
