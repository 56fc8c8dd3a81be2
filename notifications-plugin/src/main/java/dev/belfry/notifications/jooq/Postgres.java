package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.unnest;
import static org.jooq.impl.DSL.val;

import dev.belfry.notifications.storage.GroupRef;
import dev.belfry.notifications.storage.UserRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Record4;
import org.jooq.Row2;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.SelectForUpdateStep;
import org.jooq.SelectOrderByStep;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;

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

    private static final Field<Long> UNREAD = field(name("touching", "unread"), Long.class);
    private static final Field<Long> TOUCHING = field(name("touching", "audience"), Long.class);
    private static final Field<String> USER = field(name("users", "ref"), String.class);
    private static final Field<Long> STORED_POSITION = position("stored");

    private final DSLContext reads;
    private final DSLContext writes;
    private final Tallies tallies = new Tallies(this);
    private final TextIndex texts;

    Postgres(DSLContext reads, DSLContext writes) {
        this.reads = reads;
        this.writes = writes;
        this.texts = new TextIndex(reads, writes);
    }

    /** For each audience its first positions. A distinct union of firsts has the firsts of the union. */
    @Override
    public Select<Record1<Long>> first(Ways ways, boolean ascending, long offset, int limit) {
        Param<Long> atMost = count(offset, limit);
        SelectOrderByStep<Record1<Long>> union = union(
                ways,
                named -> named.orderBy(Ways.order(ascending)).limit(atMost),
                Postgres::inOrder,
                way -> way.select()
                        .orderBy(directed(way.audience(), ascending), directed(way.position(), ascending))
                        .limit(ways.wantsUnread() ? least(atMost, UNREAD) : atMost));
        return offset == 0
                ? union.orderBy(Ways.order(ascending)).limit(inline(limit))
                : union.orderBy(Ways.order(ascending)).limit(limit).offset(offset);
    }

    /** The offset keeps the planner from making one join of it, and so from reading the whole table. */
    @Override
    public Select<Record1<Long>> all(Ways ways) {
        return union(
                ways, named -> named, Postgres::inNoOrder, way -> way.select().offset(inline(0)));
    }

    private SelectOrderByStep<Record1<Long>> union(
            Ways ways,
            Function<SelectConditionStep<Record1<Long>>, Select<Record1<Long>>> cutNamed,
            Ways.Part ofTouching,
            Function<Ways.Way, Select<Record1<Long>>> cutReached) {
        List<SelectOrderByStep<Record1<Long>>> parts = new ArrayList<>();
        if (ways.byName()) {
            parts.add(
                    select(position("named")).from(cutNamed.apply(ways.named()).asTable("named")));
        }
        AudienceSet set = ways.audiences();
        if (!set.isEmpty()) {
            // How much of an audience is unread is known: where nothing is, or no more, nobody need look on.
            Table<?> touching = ways.wantsUnread()
                    ? tallies.unread(ways.recipient(), set).asTable("touching", "audience", "unread")
                    : numbers(set).asTable("touching", "audience");
            Ways.Way ofEach = ways.reached(ofTouching);
            parts.add(select(position("reached"))
                    .from(touching)
                    .crossJoin(lateral(cutReached.apply(ofEach).asTable("reached"))));
        }
        return parts.size() == 1 ? parts.getFirst() : parts.getFirst().union(parts.getLast());
    }

    private static Field<Long> position(String table) {
        return field(name(table, "pos"), Long.class);
    }

    /**
     * As rows are compared, one index alone fits the condition and its order. With "audience = ..., order by pos" the planner
     * may walk the primary key through all that is newer and others', in the hope of meeting this audience soon.
     */
    private static Condition inOrder(Field<Long> audience, Field<Long> position, Window window) {
        Row2<Long, Long> place = row(audience, position);
        return place.gt(row(TOUCHING, val(window.after()))).and(place.lt(row(TOUCHING, val(window.before()))));
    }

    private static Condition inNoOrder(Field<Long> audience, Field<Long> position, Window window) {
        return audience.eq(TOUCHING).and(window.holds(position));
    }

    private static SortField<Long> directed(Field<Long> column, boolean ascending) {
        return ascending ? column.asc() : column.desc();
    }

    /** Inlined where it is one of few: a plan that does not know the limit reckons with a tenth of the table. */
    private static Param<Long> count(long offset, int limit) {
        return offset == 0 ? inline((long) limit) : val(Math.min(Long.MAX_VALUE - limit, offset) + limit);
    }

    /** An array of a subquery is made once; of an "in" the planner may make a join with everything. */
    @Override
    public Condition isAmong(Field<Long> audience, AudienceSet set) {
        return set.isEmpty() ? falseCondition() : audience.eq(any(array(numbers(set))));
    }

    @Override
    public Condition isOneOf(Field<String> column, Collection<String> references) {
        return column.eq(any(val(references.toArray(String[]::new))));
    }

    private static Select<Record1<Long>> numbers(AudienceSet set) {
        String[] groups = set.groups().stream().map(GroupRef::value).toArray(String[]::new);
        return set.numbers(group -> group.eq(any(val(groups))));
    }

    @Override
    public Select<Record1<Long>> among(List<Long> positions, Ways ways) {
        Ways listed = ways.within(positions, this);
        List<Select<Record1<Long>>> parts = new ArrayList<>();
        if (ways.byName()) {
            parts.add(listed.named());
        }
        AudienceSet set = ways.audiences();
        if (!set.isEmpty()) {
            parts.add(listed.reached((audience, position, window) ->
                            isAmong(audience, set).and(window.holds(position)))
                    .select());
        }
        return parts.size() == 1 ? parts.getFirst() : parts.getFirst().union(parts.getLast());
    }

    @Override
    public Select<Record1<Long>> listed(List<Long> positions) {
        return select(field(name("listed", "pos"), Long.class))
                .from(unnest(val(positions.toArray(Long[]::new))).as("listed", "pos"));
    }

    @Override
    public Optional<List<Long>> candidates(String folded, int max) {
        return texts.candidates(folded, max);
    }

    @Override
    public <T> T write(Function<DSLContext, T> work) {
        return writes.transactionResult(transaction -> work.apply(transaction.dsl()));
    }

    /** Many rows of one user in two transactions could be locked in two orders. */
    @Override
    public <T> T writeFor(UserRef user, Function<DSLContext, T> work) {
        return write(inside -> {
            inside.execute(LOCK_USER, user.value());
            return work.apply(inside);
        });
    }

    @Override
    public <T> Optional<T> writeAlone(String name, Function<DSLContext, T> work) {
        return write(inside -> Boolean.TRUE.equals(inside.fetchValue(TRY_LOCK, name))
                ? Optional.of(work.apply(inside))
                : Optional.empty());
    }

    @Override
    public <R extends Record> Select<R> steadily(SelectForUpdateStep<R> rows) {
        return rows.forKeyShare();
    }

    @Override
    public <R extends Record> Select<R> exclusively(SelectForUpdateStep<R> rows) {
        return rows.forUpdate().skipLocked();
    }

    @Override
    public void beImpatient(DSLContext inside) {
        inside.execute("set local lock_timeout = '2s'");
    }

    @Override
    public boolean isImpatience(RuntimeException failure) {
        return failure instanceof DataAccessException e && LOCK_NOT_AVAILABLE.equals(e.sqlState());
    }

    @Override
    public void insert(DSLContext inside, List<StoredRow> rows) {
        Inserts.insert(inside, rows);
    }

    /** The index is the table's own. */
    @Override
    public void forgetTexts(DSLContext inside, List<Long> positions) {}

    @Override
    public void prepareSearch() {
        texts.prepare();
    }

    @Override
    public boolean insert(StoredRow row) {
        long audience = row.audience();
        SortedSet<UserRef> users = row.users();
        CommonTableExpression<?> stored =
                name("stored").as(Inserts.notifications(List.of(row)).returningResult(NOTIFICATION.POS));
        CommonTableExpression<?> named = name("named")
                .as(insertInto(ADDRESSEE, ADDRESSEE.USER_REF, ADDRESSEE.POS, ADDRESSEE.READ)
                        .select(select(USER, STORED_POSITION, inline(0))
                                .from(stored)
                                .crossJoin(unnested(users)))
                        .returningResult(ADDRESSEE.POS));
        CommonTableExpression<?> counted = name("counted")
                .as(insertInto(
                                TALLY_DELTA,
                                TALLY_DELTA.OWNER,
                                TALLY_DELTA.AUDIENCE,
                                TALLY_DELTA.TOTAL,
                                TALLY_DELTA.READ)
                        .select(deltas(stored, audience, users))
                        .returningResult(TALLY_DELTA.TOTAL));
        return writes.with(stored, named, counted)
                        .selectCount()
                        .from(stored)
                        .fetchSingle()
                        .value1()
                == 1;
    }

    private static Table<?> unnested(SortedSet<UserRef> users) {
        return unnest(val(users.stream().map(UserRef::value).toArray(String[]::new)))
                .as("users", "ref");
    }

    private static Select<Record4<String, Long, Long, Long>> deltas(
            Table<?> stored, long audience, SortedSet<UserRef> users) {
        Select<Record4<String, Long, Long, Long>> deltas = select(
                        USER, inline(Audiences.NOBODY), inline(1L), inline(0L))
                .from(stored)
                .crossJoin(unnested(users));
        if (audience == Audiences.NOBODY) {
            return deltas;
        }
        return deltas.unionAll(select(inline(Tallies.NOBODYS), val(audience), inline(1L), inline(0L))
                        .from(stored))
                .unionAll(select(USER, val(audience), inline(-1L), inline(0L))
                        .from(stored)
                        .crossJoin(unnested(users)));
    }

    @Override
    public void fold() {
        if (!reads.fetchExists(TALLY_DELTA)) {
            return;
        }
        writeAlone("tally", inside -> inside.execute(FOLD));
    }
}
