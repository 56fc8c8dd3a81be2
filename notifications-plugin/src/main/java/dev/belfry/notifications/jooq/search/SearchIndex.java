package dev.belfry.notifications.jooq.search;

import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** The index of all notification texts. It finds candidates, which the caller compares with the text and restricts to an inbox. */
public interface SearchIndex {

    /**
     * Finds positions of notifications, of any recipient, that may contain a text.
     *
     * @param folded three characters or more, case-folded by {@link dev.belfry.notifications.storage.Folding}
     * @return empty when the index cannot be used, or has more than {@code max} matches
     */
    Optional<List<Long>> candidates(String folded, int max);

    /**
     * Finds positions of notifications that have one of the trigrams.
     *
     * @param trigrams at least one
     * @return empty when the index cannot be used, or has more than {@code max} matches
     */
    Optional<List<Long>> candidates(List<Trigram> trigrams, int max);

    /** Removes notifications from the index, in the transaction that deletes them. */
    void delete(DSLContext transaction, List<Long> positions);

    /** Creates the index if it is missing. May take long. */
    void prepare();
}
