package dev.belfry.notifications.jooq.search;

import static dev.belfry.notifications.jooq.schema.Tables.SEARCHED;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.belfry.notifications.jooq.statement.ListParameters;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;

/** The index on SQLite: the FTS5 table folded_text, with trigrams as tokens. */
public final class SqliteSearchIndex implements SearchIndex {

    /** A long text is found by this many of its trigrams; the caller compares the whole text anyway. */
    private static final int MAX_GRAMS = 8;

    /** Fills the trigrams at the end of a text. Separates title and message as well. */
    private static final char END = '\uFFFF';

    private static final Field<String> FOLDED_TEXT = field(name("folded_text"), String.class);
    private static final Field<Long> DOC = field(name("folded_text", "rowid"), Long.class);

    private final ListParameters lists;
    private final DSLContext reads;

    public SqliteSearchIndex(ListParameters lists, DSLContext reads) {
        this.lists = lists;
        this.reads = reads;
    }

    /** Appended to each indexed text, so that its last characters begin a trigram, too. */
    public static String endOfText() {
        return String.valueOf(END).repeat(Trigram.LENGTH - 1);
    }

    /** It is not known which trigrams are rare, so the query uses some that are spread over the text. */
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
        return matching(trigrams.stream().map(SqliteSearchIndex::token), " OR ", max);
    }

    private static String token(Trigram trigram) {
        String text = trigram.text();
        return text + String.valueOf(END).repeat(Trigram.LENGTH - text.codePointCount(0, text.length()));
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
    public void delete(DSLContext transaction, List<Long> positions) {
        transaction
                .deleteFrom(table(name("folded_text")))
                .where(DOC.in(select(SEARCHED.DOC).from(SEARCHED).where(SEARCHED.POS.in(lists.listed(positions)))))
                .execute();
        transaction
                .deleteFrom(SEARCHED)
                .where(SEARCHED.POS.in(lists.listed(positions)))
                .execute();
    }

    /** The migration creates it. */
    @Override
    public void prepare() {}
}
