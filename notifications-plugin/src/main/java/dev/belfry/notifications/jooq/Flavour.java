package dev.belfry.notifications.jooq;

import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.UserRef;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectForUpdateStep;
import org.jooq.exception.DataAccessException;

/** What the two databases do best in different ways. */
interface Flavour {

    /** The first positions by all ways together, each once. */
    BoundQuery first(InboxSelection selection, boolean ascending, long offset, int limit);

    /**
     * The columns of {@link NotificationRows#at} and {@link CounterTable#counts} together, of the first by all ways, in one statement. Where a
     * text is looked for, of what has it among the first {@link TextSearch#FIRST_STEP}.
     *
     * @return empty when two statements are as good
     */
    Optional<BoundQuery> excerpt(InboxSelection selection, boolean ascending, long offset, int limit);

    /**
     * Sums of what is kept in the tallies for the reader: how many, how many of them read, how many changes.
     *
     * @param counted the audiences that concern the reader
     */
    Select<? extends Record> counts(AudienceSet counted);

    /** All positions by all ways together, each once, in no order. */
    BoundQuery all(InboxSelection selection);

    /** Those of the positions that some way leads to, each once, in no order. */
    BoundQuery among(List<Long> positions, InboxSelection selection);

    /** The positions as a table of one column, {@link InboxSelection#POSITION}. */
    Select<Record1<Long>> listed(List<Long> positions);

    /** The same of the positions that are the value of {@link Params#LISTED}. */
    Select<Record1<Long>> listed();

    /** Whether an audience is one of the set, whose groups are the value of {@link Params#GROUPS}. */
    Condition isAmong(Field<Long> audience, AudienceSet set);

    /** Many numbers as the value of a parameter. */
    Object numbers(List<Long> numbers);

    /** The values of {@link Params#READER} and of {@link Params#GROUPS}. */
    Map<String, Object> values(Recipient recipient);

    /** Whether a column has one of the texts that are the value of a parameter. */
    Condition isOneOf(Field<String> column, String parameter);

    /** References to users or groups, which may be thousands, as the value of a parameter. */
    Object texts(Collection<String> references);

    /**
     * Positions of notifications of anybody's that may have a text, by the index of texts.
     *
     * @param folded of three characters or more, as {@link dev.belfry.notifications.storage.Folding} makes it
     * @return empty when the index does not help, or would find more than {@code max}
     */
    Optional<List<Long>> candidates(String folded, int max);

    /**
     * The same of all that have one of the trigrams.
     *
     * @param trigrams one at least
     */
    Optional<List<Long>> candidates(List<Trigram> trigrams, int max);

    /** Does the work in a transaction, and commits it. What it throws undoes it. */
    <T> T write(Function<DSLContext, T> work);

    /** As {@link #write}, and two who write for the same user wait for each other. */
    <T> T withUserLock(UserRef user, Function<DSLContext, T> work);

    /** As {@link #write}, unless another host is at what has the same name: empty then, and nothing is done. */
    <T> Optional<T> withAdvisoryLock(String name, Function<DSLContext, T> work);

    /** Nobody removes these rows before the end of the transaction. */
    <R extends Record> Select<R> forKeyShare(SelectForUpdateStep<R> rows);

    /** The same, and nobody else reads them {@link #forKeyShare}; without those that somebody does now. */
    <R extends Record> Select<R> forUpdateSkipLocked(SelectForUpdateStep<R> rows);

    /** Waits no longer than a moment for others who write the same; {@link #isLockTimeout} then. */
    void setLockTimeout(DSLContext inside);

    boolean isLockTimeout(RuntimeException failure);

    /** How many may insert at a time. */
    int inserters();

    /**
     * Stores notifications, the users whom they name, and what they change in the tallies: all or nothing.
     *
     * @throws Inserts.DuplicateSortKey when others have one of the positions, or two of them the same
     */
    void insert(List<StoredRow> rows);

    /** The same within a transaction, which has to be undone when it fails. */
    void insert(DSLContext inside, List<StoredRow> rows);

    /** Whether inserting has failed by something that may lie with one of the rows, and surely has stored none. */
    boolean mayBeOfOneRow(DataAccessException failure);

    /** Removes notifications from the index of texts, within a transaction that removes them. */
    void forgetTexts(DSLContext inside, List<Long> positions);

    /** Adds the deltas to the tallies, unless another host is doing it. */
    void fold();

    /** Makes what searching by index needs, where it is missing. May take long. */
    void prepareSearch();
}
