package dev.belfry.notifications.jooq.search;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.inline;

import dev.belfry.api.database.Database;
import dev.belfry.api.database.DatabaseUnavailable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index on PostgreSQL: a GIN index of trigrams. It needs the extension pg_trgm, which not every installation may create.
 * Without it a search reads the caller's inbox.
 */
public final class PostgresSearchIndex implements SearchIndex {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSearchIndex.class);

    private static final String NAME = "notification_folded";
    private static final String LOCK = "hashtextextended(current_schema() || '.notification_folded', 0)";

    private static final String IS_VALID = """
            select i.indisvalid from pg_index i join pg_class c on c.oid = i.indexrelid
            where c.relname = ? and c.relnamespace = current_schema()::regnamespace""";

    private static final String EXTENSION_SCHEMA = """
            select quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace
            where e.extname = 'pg_trgm'""";

    /** This many consecutive letters and digits are a trigram of their own. */
    private static final int GRAM = 3;

    /** A number with so many digits that few texts contain it. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{4,}");

    /** Size of the list of newest entries, which each search reads completely. The default is 4 MiB. */
    private static final int PENDING_LIST_KIB = 128;

    private final DSLContext reads;
    private final DSLContext writes;
    private final Database database;
    private volatile boolean lookedUp;
    private volatile boolean ready;
    private volatile boolean onlyAscii;
    private volatile boolean reported;

    /** @param database recognizes the failures of an unavailable database */
    public PostgresSearchIndex(DSLContext reads, DSLContext writes, Database database) {
        this.reads = reads;
        this.writes = writes;
        this.database = database;
    }

    /** The pattern is inlined, so that the planner can tell a rare word from a frequent one. */
    @Override
    public Optional<List<Long>> candidates(String folded, int max) {
        if (!isReady() || !hasGram(folded)) {
            return Optional.empty();
        }
        return upTo(max, found('%' + escaped(rarest(folded)) + '%', max));
    }

    /** One select per trigram, so that the planner can tell rare ones from frequent ones. */
    @Override
    public Optional<List<Long>> candidates(List<Trigram> trigrams, int max) {
        if (!isReady() || !trigrams.stream().allMatch(this::isIndexed)) {
            return Optional.empty();
        }
        return upTo(
                max,
                trigrams.stream()
                        .map(trigram -> '%' + escaped(trigram.text()) + (trigram.endsText() ? "" : "%"))
                        .map(pattern -> found(pattern, max))
                        .reduce(Select::unionAll)
                        .orElseThrow());
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private Select<Record1<Long>> found(String pattern, int max) {
        return reads.select(NOTIFICATION.POS)
                .from(NOTIFICATION)
                .where(NOTIFICATION.FOLDED.like(inline(pattern)))
                .limit(inline(max + 1));
    }

    /** Returns each position once, even if several patterns found it. */
    private static Optional<List<Long>> upTo(int max, Select<Record1<Long>> found) {
        List<Long> positions = found.maxRows(max + 1).fetch(NOTIFICATION.POS);
        return positions.size() > max
                ? Optional.empty()
                : Optional.of(positions.stream().distinct().toList());
    }

    /** The first search looks the index up, because {@link #prepare} may not have run yet. */
    private boolean isReady() {
        if (!ready && !lookedUp) {
            lookedUp = true;
            isFound();
        }
        return ready;
    }

    /**
     * The part of a text to look up: its longest number, if it has one, because numbers are rarer than words. The caller compares
     * the whole text anyway.
     */
    private static String rarest(String folded) {
        return NUMBER.matcher(folded)
                .results()
                .map(MatchResult::group)
                .max(Comparator.comparingInt(String::length))
                .orElse(folded);
    }

    private boolean hasGram(String folded) {
        return longestWord(folded.codePoints()) >= GRAM;
    }

    /** Two letters at the begin or end of a word form an indexed trigram with a blank. */
    private boolean isIndexed(Trigram trigram) {
        return longestWord(IntStream.of(trigram.points())) >= GRAM - 1;
    }

    private int longestWord(IntStream points) {
        int longest = 0;
        int length = 0;
        for (int point : points.toArray()) {
            boolean counts = point < 0x80 ? Character.isLetterOrDigit(point) : !onlyAscii && Character.isLetter(point);
            length = counts ? length + 1 : 0;
            longest = Math.max(longest, length);
        }
        return longest;
    }

    /** The index belongs to the table, so PostgreSQL deletes its entries. */
    @Override
    public void delete(DSLContext transaction, List<Long> positions) {}

    /** Creates the index concurrently, so that writers are not blocked. */
    @Override
    public void prepare() {
        if (ready) {
            return;
        }
        try {
            if (isFound()) {
                return;
            }
            if (database.keepsSessions()) {
                writes.connection(connection -> create(org.jooq.impl.DSL.using(connection, writes.dialect())));
                isFound();
            } else if (!reported) {
                reported = true;
                LOG.warn(
                        "the search index is not created through a pooler that does not keep sessions. Until it exists, searches"
                                + " read whole inboxes. Start one host once with a direct connection to PostgreSQL");
            }
        } catch (DataAccessException e) {
            // An outage of the database says nothing about the index.
            Optional<DatabaseUnavailable> outage =
                    database.unavailability(e).filter(now -> now.reason().isTemporary());
            if (outage.isPresent()) {
                throw outage.get();
            }
            if (!reported) {
                reported = true;
                LOG.warn(
                        "the search index cannot be created: {}. Until it exists, searches read whole inboxes. Run"
                                + " 'create extension pg_trgm' as a user who may create extensions",
                        e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            }
        }
    }

    /** Returns true if the index exists; another host may have created it. */
    private boolean isFound() {
        if (!Boolean.TRUE.equals(reads.resultQuery(IS_VALID, NAME).fetchOne(0, Boolean.class))) {
            return false;
        }
        String ctype = reads.fetchSingle("select datctype from pg_database where datname = current_database()")
                .get(0, String.class);
        onlyAscii = "C".equals(ctype) || "POSIX".equals(ctype);
        if (onlyAscii) {
            LOG.info(
                    "the database's ctype is {}: searches for letters beyond ASCII do not use the search index", ctype);
        }
        ready = true;
        return true;
    }

    private void create(DSLContext session) {
        if (!Boolean.TRUE.equals(session.fetchValue("select pg_try_advisory_lock(" + LOCK + ")"))) {
            return;
        }
        // The connection goes back to the pool, so its statement timeout has to be restored.
        Object limit = session.fetchValue("select current_setting('statement_timeout')");
        try {
            session.execute("set statement_timeout = 0");
            // In the usual schema, if there is one: other applications in the database may use the extension, too.
            boolean usual = Boolean.TRUE.equals(session.fetchValue("select to_regnamespace('public') is not null"));
            session.execute("create extension if not exists pg_trgm" + (usual ? " schema public" : ""));
            // A crash may have left an invalid index.
            session.execute("drop index concurrently if exists " + NAME);
            Object schema = session.fetchValue(EXTENSION_SCHEMA);
            session.execute("create index concurrently " + NAME + " on notification using gin (folded " + schema
                    + ".gin_trgm_ops) with (gin_pending_list_limit = " + PENDING_LIST_KIB + ")");
        } finally {
            session.fetch("select set_config('statement_timeout', ?, false)", limit);
            session.fetch("select pg_advisory_unlock(" + LOCK + ")");
        }
    }
}
