package dev.belfry.notifications.jooq.counts;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.jooq.audience.AudienceSet;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counters of several recipients, in memory, from which the counts of each are summed. */
final class CounterSums {

    private static final InboxCounts ZERO = new InboxCounts(0, 0, 0);

    private final Map<String, Map<Long, InboxCounts>> byOwner = new HashMap<>();
    private final Map<String, Set<Long>> audiences = new HashMap<>();

    void add(String owner, long audience, long total, long read, long changes) {
        byOwner.computeIfAbsent(owner, _ -> new HashMap<>())
                .merge(audience, CounterQueries.counts(total, read, changes), CounterSums::sum);
    }

    /** Adds that the audience contains the group. */
    void addGroup(String group, long audience) {
        audiences.computeIfAbsent(group, _ -> new HashSet<>()).add(audience);
    }

    InboxCounts counts(Recipient recipient, Scope scope) {
        Map<Long, InboxCounts> shared = byOwner.getOrDefault(CounterQueries.SHARED, Map.of());
        Map<Long, InboxCounts> own = byOwner.getOrDefault(recipient.user().qualifiedName(), Map.of());
        InboxCounts sum = ZERO;
        for (long audience : audiencesOf(recipient, scope)) {
            sum = sum(sum, sum(shared.getOrDefault(audience, ZERO), own.getOrDefault(audience, ZERO)));
        }
        return sum;
    }

    /** A set, because an audience may contain several of the recipient's groups. */
    private Set<Long> audiencesOf(Recipient recipient, Scope scope) {
        Set<Long> found = new HashSet<>();
        if (scope.includesSystem()) {
            found.add(AudienceSet.EVERYONE);
        }
        if (scope.includesUser()) {
            found.add(AudienceSet.NOBODY);
            for (EntityRef group : recipient.groups()) {
                found.addAll(audiences.getOrDefault(group.qualifiedName(), Set.of()));
            }
        }
        return found;
    }

    private static InboxCounts sum(InboxCounts one, InboxCounts other) {
        return CounterQueries.counts(
                one.total() + other.total(), one.read() + other.read(), one.revision() + other.revision());
    }
}
