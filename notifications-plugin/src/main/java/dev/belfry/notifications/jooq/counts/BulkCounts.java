package dev.belfry.notifications.jooq.counts;

import static dev.belfry.notifications.jooq.schema.Tables.AUDIENCE_GROUP;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.jooq.audience.AudienceSet;
import dev.belfry.notifications.jooq.statement.BoundQuery;
import dev.belfry.notifications.jooq.statement.ListParameters;
import dev.belfry.notifications.jooq.statement.Params;
import dev.belfry.notifications.jooq.statement.StatementCache;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Record6;
import org.jooq.Select;

/**
 * The counts of many recipients, from one statement for all their counters. They are summed in memory: recipients share groups,
 * so most rows count for many of them.
 */
public final class BulkCounts {

    private static final int MAX_RECIPIENTS = 5000;

    /** Kind of a row: a counter. */
    private static final int COUNTER = 0;

    /** Kind of a row: an audience that contains a group. */
    private static final int AUDIENCE_OF_GROUP = 1;

    private static final String USERS = "users";

    private final ListParameters lists;
    private final StatementCache statements;

    public BulkCounts(ListParameters lists, StatementCache statements) {
        this.lists = lists;
        this.statements = statements;
    }

    public List<InboxCounts> of(List<Recipient> recipients, Scope scope) {
        List<InboxCounts> counts = new ArrayList<>(recipients.size());
        for (int from = 0; from < recipients.size(); from += MAX_RECIPIENTS) {
            List<Recipient> part = recipients.subList(from, Math.min(from + MAX_RECIPIENTS, recipients.size()));
            CounterSums sums = read(part, scope);
            part.forEach(recipient -> counts.add(sums.counts(recipient, scope)));
        }
        return counts;
    }

    /** The counts of one recipient. */
    public record ByScope(InboxCounts personal, InboxCounts system) {}

    /** The counts of both scopes, from one statement. */
    public List<ByScope> byScope(List<Recipient> recipients) {
        List<ByScope> counts = new ArrayList<>(recipients.size());
        for (int from = 0; from < recipients.size(); from += MAX_RECIPIENTS) {
            List<Recipient> part = recipients.subList(from, Math.min(from + MAX_RECIPIENTS, recipients.size()));
            CounterSums sums = read(part, Scope.ALL);
            part.forEach(recipient ->
                    counts.add(new ByScope(sums.counts(recipient, Scope.USER), sums.counts(recipient, Scope.SYSTEM))));
        }
        return counts;
    }

    /** One statement is one snapshot; see {@link CounterQueries#counts}. */
    private CounterSums read(List<Recipient> recipients, Scope scope) {
        Set<String> users = new HashSet<>();
        Set<EntityRef> groups = new HashSet<>();
        for (Recipient recipient : recipients) {
            users.add(recipient.user().qualifiedName());
            groups.addAll(recipient.groups());
        }
        AudienceSet audiences = AudienceSet.of(groups, scope);
        BoundQuery query = new BoundQuery(
                new CacheKey(audiences.cacheKey()),
                () -> rows(audiences),
                Map.of(
                        USERS,
                        lists.strings(users),
                        Params.GROUPS,
                        lists.strings(
                                groups.stream().map(EntityRef::qualifiedName).toList())));
        CounterSums sums = new CounterSums();
        statements.fetch(query, row -> {
            if (row.getInt(1) == COUNTER) {
                sums.add(row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
            } else {
                sums.addGroup(row.getString(2), row.getLong(3));
            }
            return true;
        });
        return sums;
    }

    /** Everything that changes the SQL text. */
    private record CacheKey(Object audiences) {}

    private Select<Record6<Integer, String, Long, Long, Long, Long>> rows(AudienceSet audiences) {
        return compacted(lists.isOneOf(TALLY.OWNER, USERS))
                .unionAll(recent(lists.isOneOf(TALLY_DELTA.OWNER, USERS)))
                .unionAll(compacted(
                        TALLY.OWNER.eq(inline(CounterQueries.SHARED)).and(audiences.contains(TALLY.AUDIENCE, lists))))
                .unionAll(recent(TALLY_DELTA
                        .OWNER
                        .eq(inline(CounterQueries.SHARED))
                        .and(audiences.contains(TALLY_DELTA.AUDIENCE, lists))))
                .unionAll(audiencesOf());
    }

    private static Select<Record6<Integer, String, Long, Long, Long, Long>> compacted(Condition condition) {
        return select(inline(COUNTER), TALLY.OWNER, TALLY.AUDIENCE, TALLY.TOTAL, TALLY.READ, TALLY.CHANGES)
                .from(TALLY)
                .where(condition);
    }

    private static Select<Record6<Integer, String, Long, Long, Long, Long>> recent(Condition condition) {
        return select(
                        inline(COUNTER),
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
                .where(lists.isOneOf(AUDIENCE_GROUP.GROUP_REF, Params.GROUPS));
    }
}
