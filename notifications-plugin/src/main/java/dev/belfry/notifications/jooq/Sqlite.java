package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.AUDIENCE_GROUP;
import static dev.belfry.notifications.jooq.schema.Tables.SEARCHED;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.query;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.belfry.notifications.storage.GroupRef;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.UserRef;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectForUpdateStep;
import org.jooq.exception.DataAccessException;

/** SQLite: a statement costs next to nothing to send, one transaction at a time writes, and compounds are merged lazily. */
final class Sqlite implements Flavour {

    /** Of a long text a few pieces suffice to find it: what is found is compared anyway. */
    private static final int MAX_GRAMS = 8;

    private static final Param<String> LISTED = param(Params.LISTED, String.class);
    private static final Field<String> FOLDED_TEXT = field(name("folded_text"), String.class);
    private static final Field<Long> DOC = field(name("folded_text", "rowid"), Long.class);

    private final DSLContext reads;
    private final GroupCommit writer;
    private final SqliteInserts inserts;
    private final SqliteCounters bulkCounts = new SqliteCounters(this);
    private final SqlitePages pages;

    Sqlite(DSLContext reads, DSLContext writes, StatementCache statements) {
        this.reads = reads;
        this.inserts = new SqliteInserts(statements);
        this.writer = new GroupCommit(writes);
        this.pages = new SqlitePages(this, bulkCounts, statements);
    }

    @Override
    public BoundQuery first(InboxSelection selection, boolean ascending, long offset, int limit) {
        return pages.first(selection, ascending, offset, limit);
    }

    /** A statement costs next to nothing to send. */
    @Override
    public Optional<BoundQuery> excerpt(InboxSelection selection, boolean ascending, long offset, int limit) {
        return Optional.empty();
    }

    @Override
    public Select<? extends Record> counts(AudienceSet counted) {
        return bulkCounts.counts(counted);
    }

    @Override
    public BoundQuery all(InboxSelection selection) {
        return pages.all(selection);
    }

    @Override
    public BoundQuery among(List<Long> positions, InboxSelection selection) {
        return pages.among(positions, selection);
    }

    @Override
    public Select<Record1<Long>> listed(List<Long> positions) {
        return listed(val(numbers(positions)));
    }

    @Override
    public Select<Record1<Long>> listed() {
        return listed(LISTED);
    }

    private static Select<Record1<Long>> listed(Field<String> json) {
        return select(field(name("value"), Long.class).as(InboxSelection.POSITION)).from("json_each({0})", json);
    }

    /** As JSON. */
    @Override
    public String numbers(List<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
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
    public Condition isAmong(Field<Long> audience, AudienceSet set) {
        return set.isEmpty() ? falseCondition() : audience.in(numbers(set));
    }

    @Override
    public Condition isOneOf(Field<String> column, String parameter) {
        return column.in(
                select(field(name("value"), String.class)).from("json_each({0})", param(parameter, String.class)));
    }

    /** As JSON: references have no character to escape. */
    @Override
    public String texts(Collection<String> references) {
        return references.stream().map(text -> '"' + text + '"').collect(Collectors.joining(",", "[", "]"));
    }

    Select<Record1<Long>> numbers(AudienceSet set) {
        return set.numbers(isOneOf(AUDIENCE_GROUP.GROUP_REF, Params.GROUPS));
    }

    /** The rarest of its pieces are not known, so some of them are asked for, spread over the text. */
    @Override
    public Optional<List<Long>> candidates(String folded, int max) {
        int[] points = folded.codePoints().toArray();
        int grams = points.length - Trigram.LENGTH + 1;
        int step = Math.ceilDiv(grams, MAX_GRAMS);
        return matching(
                IntStream.iterate(0, from -> from < grams, from -> from + step)
                        .mapToObj(from -> new String(points, from, Trigram.LENGTH)),
                " AND ",
                max);
    }

    @Override
    public Optional<List<Long>> candidates(List<Trigram> trigrams, int max) {
        return matching(trigrams.stream().map(SqliteInserts::indexed), " OR ", max);
    }

    private Optional<List<Long>> matching(Stream<String> grams, String operator, int max) {
        String query = grams.map(gram -> '"' + gram.replace("\"", "\"\"") + '"')
                .distinct()
                .collect(Collectors.joining(operator));
        List<Long> found = reads.select(SEARCHED.POS)
                .from(table(name("folded_text")))
                .join(SEARCHED)
                .on(SEARCHED.DOC.eq(DOC))
                .where(condition("{0} match {1}", FOLDED_TEXT, val(query)))
                .limit(max + 1)
                .fetch(SEARCHED.POS);
        return found.size() > max ? Optional.empty() : Optional.of(found);
    }

    @Override
    public <T> T write(Function<DSLContext, T> work) {
        return writer.run(work);
    }

    @Override
    public <T> T withUserLock(UserRef user, Function<DSLContext, T> work) {
        return write(work);
    }

    @Override
    public <T> Optional<T> withAdvisoryLock(String name, Function<DSLContext, T> work) {
        return Optional.of(write(work));
    }

    // Nobody else writes while somebody does.

    @Override
    public <R extends Record> Select<R> forKeyShare(SelectForUpdateStep<R> rows) {
        return rows;
    }

    @Override
    public <R extends Record> Select<R> forUpdateSkipLocked(SelectForUpdateStep<R> rows) {
        return rows;
    }

    @Override
    public void setLockTimeout(DSLContext inside) {}

    @Override
    public boolean isLockTimeout(RuntimeException failure) {
        return false;
    }

    @Override
    public int inserters() {
        return 1;
    }

    @Override
    public void insert(List<StoredRow> rows) {
        write(inside -> {
            insert(inside, rows);
            return true;
        });
    }

    @Override
    public void insert(DSLContext inside, List<StoredRow> rows) {
        inserts.insert(inside, rows);
    }

    @Override
    public boolean mayBeOfOneRow(DataAccessException failure) {
        return true;
    }

    @Override
    public void forgetTexts(DSLContext inside, List<Long> positions) {
        inside.deleteFrom(table(name("folded_text")))
                .where(DOC.in(select(SEARCHED.DOC).from(SEARCHED).where(SEARCHED.POS.in(listed(positions)))))
                .execute();
        inside.deleteFrom(SEARCHED).where(SEARCHED.POS.in(listed(positions))).execute();
    }

    /** The migration has made it. */
    @Override
    public void prepareSearch() {}

    /** Nothing else writes meanwhile, so what is added and what is deleted are the same rows. */
    @Override
    public void fold() {
        if (!reads.fetchExists(TALLY_DELTA)) {
            return;
        }
        write(inside -> {
            inside.insertInto(TALLY, TALLY.OWNER, TALLY.AUDIENCE, TALLY.TOTAL, TALLY.READ, TALLY.CHANGES)
                    .select(select(
                                    TALLY_DELTA.OWNER,
                                    TALLY_DELTA.AUDIENCE,
                                    sum(TALLY_DELTA.TOTAL).cast(Long.class),
                                    sum(TALLY_DELTA.READ).cast(Long.class),
                                    count().cast(Long.class))
                            .from(TALLY_DELTA)
                            // Without a condition SQLite takes the "on" of the conflict for that of a join.
                            .where(inline(1).eq(inline(1)))
                            .groupBy(TALLY_DELTA.OWNER, TALLY_DELTA.AUDIENCE))
                    .onConflict(TALLY.OWNER, TALLY.AUDIENCE)
                    .doUpdate()
                    .set(TALLY.TOTAL, TALLY.TOTAL.plus(excluded(TALLY.TOTAL)))
                    .set(TALLY.READ, TALLY.READ.plus(excluded(TALLY.READ)))
                    .set(TALLY.CHANGES, TALLY.CHANGES.plus(excluded(TALLY.CHANGES)))
                    .execute();
            return inside.deleteFrom(TALLY_DELTA).execute();
        });
    }
}
