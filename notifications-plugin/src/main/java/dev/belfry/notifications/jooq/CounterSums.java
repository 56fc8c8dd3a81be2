package dev.belfry.notifications.jooq;

import dev.belfry.notifications.storage.GroupRef;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.InboxCounts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What {@link CounterTable} are summed of, by its keys, for several recipients. */
final class CounterSums {

    private static final InboxCounts NOTHING = new InboxCounts(0, 0, 0);

    private final Map<String, Map<Long, InboxCounts>> byOwner = new HashMap<>();
    private final Map<String, Set<Long>> audiences = new HashMap<>();

    void add(String owner, long audience, long total, long read, long changes) {
        byOwner.computeIfAbsent(owner, _ -> new HashMap<>())
                .merge(audience, new InboxCounts(total, read, changes), CounterSums::sum);
    }

    /** The group is among those of the audience. */
    void touches(String group, long audience) {
        audiences.computeIfAbsent(group, _ -> new HashSet<>()).add(audience);
    }

    InboxCounts counts(Recipient recipient, Scope scope) {
        Map<Long, InboxCounts> nobodys = byOwner.getOrDefault(CounterTable.NOBODYS, Map.of());
        Map<Long, InboxCounts> own = byOwner.getOrDefault(recipient.user().value(), Map.of());
        InboxCounts sum = NOTHING;
        for (long audience : reaching(recipient, scope)) {
            sum = sum(sum, sum(nobodys.getOrDefault(audience, NOTHING), own.getOrDefault(audience, NOTHING)));
        }
        return sum;
    }

    /** Each once, though several of the recipient's groups may be among those of an audience. */
    private Set<Long> reaching(Recipient recipient, Scope scope) {
        Set<Long> reaching = new HashSet<>();
        if (scope.includesSystem()) {
            reaching.add(Audiences.EVERYONE);
        }
        if (scope.includesUser()) {
            reaching.add(Audiences.NOBODY);
            for (GroupRef group : recipient.groups()) {
                reaching.addAll(audiences.getOrDefault(group.value(), Set.of()));
            }
        }
        return reaching;
    }

    private static InboxCounts sum(InboxCounts one, InboxCounts other) {
        return new InboxCounts(one.total() + other.total(), one.read() + other.read(), one.revision() + other.revision());
    }
}
