package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.AUDIENCE_GROUP;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.unnest;
import static org.jooq.impl.DSL.val;

import dev.belfry.notifications.storage.GroupRef;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.UserRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectForUpdateStep;
import org.jooq.SelectOrderByStep;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.SQLStateClass;

/** PostgreSQL: a round trip is what costs, so one statement does all, and its text depends on no number of values. */
final class Postgres implements Flavour {

    private static final String FOLD = """
            with folded as (delete from tally_delta returning owner, audience, total, read)
            insert into tally (owner, audience, total, read, changes)
            select owner, audience, sum(total), sum(read), count(*) from folded group by owner, audience
            on conflict (owner, audience) do update
            set total = tally.total + excluded.total, read = tally.read + excluded.read,
            changes = tally.changes + excluded.changes""";

    /** One lock a schema: several plugins, or hosts of several installations, may share a database. */
    private static final String TRY_LOCK =
            "select pg_try_advisory_xact_lock(hashtextextended(current_schema() || '.' || ?, 0))";

    private static final String LOCK_USER =
            "select pg_advisory_xact_lock(hashtextextended(current_schema() || '.user.' || ?, 0))";

    /** Class 55: whoever holds the lock did not give it up in time. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** The row of an index is too large, say. */
    private static final String PROGRAM_LIMIT_EXCEEDED = "54000";

    private static final int INSERTERS = 2;

    private static final Param<Long[]> LISTED = param(Params.LISTED, Long[].class);
    private static final Field<Long> TOUCHING = field(name("touching", "audience"), Long.class);

    private final DSLContext reads;
    private final DSLContext writes;
    private final PostgresInserts inserts;
    private final PostgresPages pages = new PostgresPages(this);
    private final PostgresSearchIndex texts;

    Postgres(DSLContext reads, DSLContext writes, StatementCache statements) {
        this.reads = reads;
        this.writes = writes;
        this.inserts = new PostgresInserts(statements);
        this.texts = new PostgresSearchIndex(reads, writes);
    }

    @Override
    public BoundQuery first(InboxSelection selection, boolean ascending, long offset, int limit) {
        return pages.first(selection, ascending, offset, limit);
    }

    @Override
    public Optional<BoundQuery> excerpt(InboxSelection selection, boolean ascending, long offset, int limit) {
        return Optional.of(pages.excerpt(selection, ascending, offset, limit));
    }

    @Override
    public Select<? extends Record> counts(AudienceSet counted) {
        return PostgresCounters.counts(counted.mentions(isOneOf(AUDIENCE_GROUP.GROUP_REF, Params.GROUPS)));
    }

    /** The offset keeps the planner from making one join of it, and so from reading the whole table. */
    @Override
    public BoundQuery all(InboxSelection selection) {
        return new BoundQuery(new All(selection.shape()), () -> union(selection), selection.values(this));
    }

    private record All(Object selection) {}

    private Select<Record1<Long>> union(InboxSelection selection) {
        List<SelectOrderByStep<Record1<Long>>> parts = new ArrayList<>();
        if (selection.byName()) {
            parts.add(selection.named(this));
        }
        AudienceSet set = selection.audiences();
        if (!set.isEmpty()) {
            InboxSelection.Branch ofEach = selection.reached(
                    (audience, position, window) -> audience.eq(TOUCHING).and(window.holds(position)),
                    InboxSelection.ReadMarkCounts.NOTHING,
                    this);
            parts.add(select(field(name("reached", "pos"), Long.class))
                    .from(numbers(set).asTable("touching", "audience"))
                    .crossJoin(lateral(ofEach.select().offset(inline(0)).asTable("reached"))));
        }
        return parts.size() == 1 ? parts.getFirst() : parts.getFirst().union(parts.getLast());
    }

    /** An array of a subquery is made once; of an "in" the planner may make a join with everything. */
    @Override
    public Condition isAmong(Field<Long> audience, AudienceSet set) {
        return set.isEmpty() ? falseCondition() : audience.eq(any(array(numbers(set))));
    }

    @Override
    public Condition isOneOf(Field<String> column, String parameter) {
        return column.eq(any(param(parameter, String[].class)));
    }

    @Override
    public Object texts(Collection<String> references) {
        return references.toArray(String[]::new);
    }

    Select<Record1<Long>> numbers(AudienceSet set) {
        return set.numbers(isOneOf(AUDIENCE_GROUP.GROUP_REF, Params.GROUPS));
    }

    @Override
    public BoundQuery among(List<Long> positions, InboxSelection selection) {
        InboxSelection listed = selection.within(positions);
        return new BoundQuery(new Among(listed.shape()), () -> among(listed), listed.values(this));
    }

    private record Among(Object selection) {}

    private Select<Record1<Long>> among(InboxSelection listed) {
        List<Select<Record1<Long>>> parts = new ArrayList<>();
        if (listed.byName()) {
            parts.add(listed.named(this));
        }
        AudienceSet set = listed.audiences();
        if (!set.isEmpty()) {
            InboxSelection.Branch branch = listed.reached(
                    (audience, position, window) -> isAmong(audience, set).and(window.holds(position)),
                    InboxSelection.ReadMarkCounts.NOTHING,
                    this);
            parts.add(branch.select());
        }
        return parts.size() == 1 ? parts.getFirst() : parts.getFirst().union(parts.getLast());
    }

    @Override
    public Select<Record1<Long>> listed(List<Long> positions) {
        return listed(val(positions.toArray(Long[]::new)));
    }

    @Override
    public Select<Record1<Long>> listed() {
        return listed(LISTED);
    }

    private static Select<Record1<Long>> listed(Field<Long[]> positions) {
        return select(field(name("listed", "pos"), Long.class))
                .from(unnest(positions).as("listed", "pos"));
    }

    @Override
    public Object numbers(List<Long> numbers) {
        return numbers.toArray(Long[]::new);
    }

    @Override
    public Map<String, Object> values(Recipient recipient) {
        return Map.of(
                Params.READER.getName(),
                recipient.user().value(),
                Params.GROUPS,
                texts(recipient.groups().stream().map(GroupRef::value).toList()));
    }

    @Override
    public Optional<List<Long>> candidates(String folded, int max) {
        return texts.candidates(folded, max);
    }

    @Override
    public Optional<List<Long>> candidates(List<Trigram> trigrams, int max) {
        return texts.candidates(trigrams, max);
    }

    @Override
    public <T> T write(Function<DSLContext, T> work) {
        return writes.transactionResult(transaction -> work.apply(transaction.dsl()));
    }

    /** Many rows of one user in two transactions could be locked in two orders. */
    @Override
    public <T> T withUserLock(UserRef user, Function<DSLContext, T> work) {
        return write(inside -> {
            inside.execute(LOCK_USER, user.value());
            return work.apply(inside);
        });
    }

    @Override
    public <T> Optional<T> withAdvisoryLock(String name, Function<DSLContext, T> work) {
        return write(inside -> Boolean.TRUE.equals(inside.fetchValue(TRY_LOCK, name))
                ? Optional.of(work.apply(inside))
                : Optional.empty());
    }

    @Override
    public <R extends Record> Select<R> forKeyShare(SelectForUpdateStep<R> rows) {
        return rows.forKeyShare();
    }

    @Override
    public <R extends Record> Select<R> forUpdateSkipLocked(SelectForUpdateStep<R> rows) {
        return rows.forUpdate().skipLocked();
    }

    @Override
    public void setLockTimeout(DSLContext inside) {
        inside.execute("set local lock_timeout = '2s'");
    }

    @Override
    public boolean isLockTimeout(RuntimeException failure) {
        return failure instanceof DataAccessException e && LOCK_NOT_AVAILABLE.equals(e.sqlState());
    }

    @Override
    public int inserters() {
        return INSERTERS;
    }

    @Override
    public void insert(List<StoredRow> rows) {
        insert(writes, rows);
    }

    @Override
    public void insert(DSLContext inside, List<StoredRow> rows) {
        inserts.insert(inside, rows);
    }

    @Override
    public boolean mayBeOfOneRow(DataAccessException failure) {
        return failure.sqlStateClass() == SQLStateClass.C22_DATA_EXCEPTION
                || PROGRAM_LIMIT_EXCEEDED.equals(failure.sqlState());
    }

    /** The index is the table's own. */
    @Override
    public void forgetTexts(DSLContext inside, List<Long> positions) {}

    @Override
    public void prepareSearch() {
        texts.prepare();
    }

    @Override
    public void fold() {
        if (!reads.fetchExists(TALLY_DELTA)) {
            return;
        }
        withAdvisoryLock("tally", inside -> inside.execute(FOLD));
    }
}
