package dev.belfry.notifications.rest;

import dev.belfry.notifications.storage.UserRef;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pages as they were last written, to be given again while their tags hold. A tag holds while nothing of the inbox has changed, be
 * it by another host (see {@link Revalidated}), so a page from here is never an old one. What was longest not asked for goes first.
 */
final class KeptPages {

    /** Larger ones are read anew: they would drive out many small ones. */
    private static final int LARGEST = 64 * 1024;

    /** What a page takes beside its text: keys, tag, the entry itself. About that; it need not be exact. */
    private static final int BESIDE = 512;

    private final long room;
    private long taken;
    private final LinkedHashMap<Question, KeptPage> pages = new LinkedHashMap<>(16, 0.75f, true);

    /** @param room in bytes, for all of them together */
    KeptPages(long room) {
        this.room = room;
    }

    /** @param address of the request, with its query: whatever else decides what is on the page is part of the tag */
    record Question(UserRef reader, String address) {}

    /**
     * @param tag of the answer
     * @param link to the next page; null when there is none
     * @param json its body, which nobody changes
     */
    record KeptPage(String tag, @Nullable String link, byte[] json) {
        private long size(Question question) {
            int texts = question.address().length() + (link == null ? 0 : link.length());
            return json.length + texts + BESIDE;
        }
    }

    /** The page as it was; whether its tag still holds is for the caller to see. */
    synchronized Optional<KeptPage> last(Question question) {
        return Optional.ofNullable(pages.get(question));
    }

    synchronized void keep(Question question, KeptPage page) {
        forget(question);
        long size = page.size(question);
        if (size > LARGEST) {
            return;
        }
        pages.put(question, page);
        taken += size;
        while (taken > room) {
            forget(pages.sequencedKeySet().getFirst());
        }
    }

    private void forget(Question question) {
        KeptPage before = pages.remove(question);
        if (before != null) {
            taken -= before.size(question);
        }
    }
}
