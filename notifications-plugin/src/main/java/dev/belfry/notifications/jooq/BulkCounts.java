package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.AUDIENCE_GROUP;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import dev.belfry.notifications.storage.GroupRef;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.InboxCounts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Record6;
import org.jooq.Select;

/**
 * The tallies of many recipients. What they are made of is fetched together and summed here: recipients share groups, so most
 * rows count for many of them.
 */
final class BulkCounts {

    private static final int AT_ONCE = 5000;

    /** What a row is about. */
    private static final int COUNTS = 0;

    private static final int AUDIENCE_OF_GROUP = 1;

    private static final String USERS = "users";

    private final StatementCache reads;
    private final Flavour flavour;

    BulkCounts(StatementCache reads, Flavour flavour) {
        this.reads = reads;
        this.flavour = flavour;
    }

    List<InboxCounts> of(List<Recipient> recipients, Scope scope) {
        List<InboxCounts> bulkCounts = new ArrayList<>(recipients.size());
        for (int from = 0; from < recipients.size(); from += AT_ONCE) {
            List<Recipient> part = recipients.subList(from, Math.min(from + AT_ONCE, recipients.size()));
            CounterSums counts = counts(part, scope);
            part.forEach(recipient -> bulkCounts.add(counts.counts(recipient, scope)));
        }
        return bulkCounts;
    }

    /** One statement, so one snapshot: see {@link CounterTable#counts}. */
    private CounterSums counts(List<Recipient> recipients, Scope scope) {
        Set<String> users = new HashSet<>();
        Set<GroupRef> groups = new HashSet<>();
        for (Recipient recipient : recipients) {
            users.add(recipient.user().value());
            groups.addAll(recipient.groups());
        }
        AudienceSet audiences = AudienceSet.of(groups, scope);
        BoundQuery select = new BoundQuery(
                new CacheKey(audiences.shape()),
                () -> rows(audiences),
                Map.of(
                        USERS,
                        flavour.texts(users),
                        Params.GROUPS,
                        flavour.texts(groups.stream().map(GroupRef::value).toList())));
        CounterSums counts = new CounterSums();
        reads.fetch(select, row -> {
            if (row.getInt(1) == COUNTS) {
                counts.add(row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
            } else {
                counts.touches(row.getString(2), row.getLong(3));
            }
            return true;
        });
        return counts;
    }

    private record CacheKey(Object audiences) {}

    private Select<Record6<Integer, String, Long, Long, Long, Long>> rows(AudienceSet audiences) {
        return folded(flavour.isOneOf(TALLY.OWNER, USERS))
                .unionAll(recent(flavour.isOneOf(TALLY_DELTA.OWNER, USERS)))
                .unionAll(
                        folded(TALLY.OWNER.eq(inline(CounterTable.NOBODYS)).and(flavour.isAmong(TALLY.AUDIENCE, audiences))))
                .unionAll(recent(TALLY_DELTA
                        .OWNER
                        .eq(inline(CounterTable.NOBODYS))
                        .and(flavour.isAmong(TALLY_DELTA.AUDIENCE, audiences))))
                .unionAll(audiencesOf());
    }

    private static Select<Record6<Integer, String, Long, Long, Long, Long>> folded(Condition condition) {
        return select(inline(COUNTS), TALLY.OWNER, TALLY.AUDIENCE, TALLY.TOTAL, TALLY.READ, TALLY.CHANGES)
                .from(TALLY)
                .where(condition);
    }

    private static Select<Record6<Integer, String, Long, Long, Long, Long>> recent(Condition condition) {
        return select(
                        inline(COUNTS),
                        TALLY_DELTA.OWNER,
                        TALLY_DELTA.AUDIENCE,
                        TALLY_DELTA.TOTAL,
                        TALLY_DELTA.READ,
                        inline(1L))
                .from(TALLY_DELTA)
                .where(condition);
    }

    private Select<Record6<Integer, String, Long, Long, Long, Long>> audiencesOf() {
        return select(
                        inline(AUDIENCE_OF_GROUP),
                        AUDIENCE_GROUP.GROUP_REF,
                        AUDIENCE_GROUP.AUDIENCE,
                        inline(0L),
                        inline(0L),
                        inline(0L))
                .from(AUDIENCE_GROUP)
                .where(flavour.isOneOf(AUDIENCE_GROUP.GROUP_REF, Params.GROUPS));
    }
}
