package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.inline;

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
 * The index of trigrams on PostgreSQL, which takes an extension that not every installation may create. Without it a search
 * reads the caller's inbox, as it does for words that have no trigram.
 */
final class PostgresSearchIndex {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSearchIndex.class);

    private static final String NAME = "notification_folded";
    private static final String LOCK = "hashtextextended(current_schema() || '.notification_folded', 0)";

    private static final String IS_VALID = """
            select i.indisvalid from pg_index i join pg_class c on c.oid = i.indexrelid
            where c.relname = ? and c.relnamespace = current_schema()::regnamespace""";

    private static final String EXTENSION_SCHEMA = """
            select quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace
            where e.extname = 'pg_trgm'""";

    /** Letters and digits of ASCII in a row that make a trigram of their own, whatever the database takes for letters. */
    private static final int GRAM = 3;

    /** Of so many digits that few texts have it. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{4,}");

    /** In KiB: what was added last stands in a list that each search goes through, by default one of 4 MiB. */
    private static final int PENDING = 128;

    private final DSLContext reads;
    private final DSLContext writes;
    private volatile boolean asked;
    private volatile boolean ready;
    private volatile boolean onlyAscii;
    private volatile boolean reported;

    PostgresSearchIndex(DSLContext reads, DSLContext writes) {
        this.reads = reads;
        this.writes = writes;
    }

    /** The pattern is part of the statement, so that the planner can tell a rare word from a frequent one. */
    Optional<List<Long>> candidates(String folded, int max) {
        if (!isReady() || !hasGram(folded)) {
            return Optional.empty();
        }
        return upTo(max, found('%' + escaped(rarest(folded)) + '%', max));
    }

    /** Each by a look of its own, so that the planner can tell the rare ones from the frequent. */
    Optional<List<Long>> candidates(List<Trigram> trigrams, int max) {
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

    /** Each once, whichever of the patterns have found it. */
    private static Optional<List<Long>> upTo(int max, Select<Record1<Long>> found) {
        List<Long> positions = found.maxRows(max + 1).fetch(NOTIFICATION.POS);
        return positions.size() > max
                ? Optional.empty()
                : Optional.of(positions.stream().distinct().toList());
    }

    /** The first who searches asks for it: what makes it runs some time after the start. */
    private boolean isReady() {
        if (!ready && !asked) {
            asked = true;
            isFound();
        }
        return ready;
    }

    /**
     * What of a text to ask for; what is found is compared with all of it. A number is rarer than the words around it, whose
     * trigrams the index would go through for nothing.
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

    /** Two letters of which one begins or ends a word make one with the blank that stands for what is beside it. */
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

    /** Finds the index, or makes it without keeping anybody from writing. */
    void prepare() {
        if (ready) {
            return;
        }
        try {
            if (!isFound()) {
                writes.connection(connection -> create(org.jooq.impl.DSL.using(connection, writes.dialect())));
                isFound();
            }
        } catch (DataAccessException e) {
            if (!reported) {
                reported = true;
                LOG.warn(
                        "searches read whole inboxes, for the index of texts cannot be made: {}. To have it, run"
                                + " 'create extension pg_trgm' as a user who may",
                        e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            }
        }
    }

    /** Whether it is there, be it that another host has made it. */
    private boolean isFound() {
        if (!Boolean.TRUE.equals(reads.resultQuery(IS_VALID, NAME).fetchOne(0, Boolean.class))) {
            return false;
        }
        String ctype = reads.fetchSingle("select datctype from pg_database where datname = current_database()")
                .get(0, String.class);
        onlyAscii = "C".equals(ctype) || "POSIX".equals(ctype);
        if (onlyAscii) {
            LOG.info("the database's ctype is {}: letters beyond ASCII are searched without the index", ctype);
        }
        ready = true;
        return true;
    }

    private void create(DSLContext session) {
        if (!Boolean.TRUE.equals(session.fetchValue("select pg_try_advisory_lock(" + LOCK + ")"))) {
            return;
        }
        // How long a statement may take is a setting of the connection, which goes back to others.
        Object limit = session.fetchValue("select current_setting('statement_timeout')");
        try {
            session.execute("set statement_timeout = 0");
            session.execute("create extension if not exists pg_trgm");
            // What a crash left half made is there, and of no use.
            session.execute("drop index concurrently if exists " + NAME);
            Object schema = session.fetchValue(EXTENSION_SCHEMA);
            session.execute("create index concurrently " + NAME + " on notification using gin (folded " + schema
                    + ".gin_trgm_ops) with (gin_pending_list_limit = " + PENDING + ")");
        } finally {
            session.fetch("select set_config('statement_timeout', ?, false)", limit);
            session.fetch("select pg_advisory_unlock(" + LOCK + ")");
        }
    }
}
