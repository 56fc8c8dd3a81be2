package dev.belfry.notifications.rest;

import dev.belfry.notifications.storage.UserRef;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pages as they were last written, to be given again while their tags hold. A tag holds while nothing of the inbox has changed, be
 * it by another host (see {@link ETags}), so a page from here is never an old one. What was longest not asked for goes first;
 * and what is asked for a first time is not kept at all, for most of it nobody asks for again.
 */
final class PageCache {

    /** Larger ones are read anew: they would drive out many small ones. */
    private static final int LARGEST = 64 * 1024;

    /** What a page takes beside its text: keys, tag, the entry itself. About that; it need not be exact. */
    private static final int BESIDE = 512;

    /** Of questions that were asked; a power of two. Of two that meet at a place the later one counts. */
    private static final int PLACES = 8192;

    private final long room;
    private long taken;
    private final int[] asked = new int[PLACES];
    private final LinkedHashMap<Question, CachedPage> pages = new LinkedHashMap<>(16, 0.75f, true);

    /** @param room in bytes, for all of them together */
    PageCache(long room) {
        this.room = room;
    }

    /** @param address of the request, with its query: whatever else decides what is on the page is part of the tag */
    record Question(UserRef reader, String address) {}

    /**
     * @param tag of the answer
     * @param link to the next page; null when there is none
     * @param json its body, which nobody changes
     */
    record CachedPage(String tag, @Nullable String link, byte[] json) {
        private long size(Question question) {
            int texts = question.address().length() + (link == null ? 0 : link.length());
            return json.length + texts + BESIDE;
        }
    }

    /** The page as it was; whether its tag still holds is for the caller to see. */
    synchronized Optional<CachedPage> last(Question question) {
        return Optional.ofNullable(pages.get(question));
    }

    /** Keeps the page if its question has been asked before, not long ago. */
    synchronized void keep(Question question, CachedPage page) {
        boolean again = forget(question) || isAskedAgain(question);
        long size = page.size(question);
        if (!again || size > LARGEST) {
            return;
        }
        pages.put(question, page);
        taken += size;
        while (taken > room) {
            forget(pages.sequencedKeySet().getFirst());
        }
    }

    /** Knows questions by their hashes: for one that it mistakes for another a page is kept too early, and no harm done. */
    private boolean isAskedAgain(Question question) {
        int hash = question.hashCode();
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        boolean again = asked[place] == hash;
        asked[place] = hash;
        return again;
    }

    /** @return whether there was a page */
    private boolean forget(Question question) {
        CachedPage before = pages.remove(question);
        if (before == null) {
            return false;
        }
        taken -= before.size(question);
        return true;
    }
}
