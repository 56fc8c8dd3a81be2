package dev.belfry.notifications.rest;

import dev.belfry.api.catalog.EntityRef;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cache of serialized pages. A page is used only while its ETag is current on all hosts (see {@link ETags}), so it is never
 * stale. The least recently used page is evicted first. A page is cached on its second request, because most are requested once.
 */
final class PageCache {

    /** Larger pages are not cached, because they would evict many small ones. */
    private static final int MAX_PAGE_BYTES = 64 * 1024;

    /** Approximate size of a cache entry without its texts. */
    private static final int OVERHEAD_BYTES = 512;

    /** Size of the table of requested keys, a power of two. A collision overwrites the earlier key. */
    private static final int TABLE_SIZE = 8192;

    private final long maxBytes;
    private long bytes;
    private final int[] requested = new int[TABLE_SIZE];
    private final LinkedHashMap<PageKey, CachedPage> pages = new LinkedHashMap<>(16, 0.75f, true);

    /** @param maxBytes total size of the pages */
    PageCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** @param address path and query of the request; everything else that changes the page is part of the ETag */
    record PageKey(EntityRef reader, String address) {}

    /**
     * @param tag ETag of the response
     * @param link to the next page; null when there is none
     * @param json body; must not be modified
     */
    record CachedPage(String tag, @Nullable String link, byte[] json) {
        private long size(PageKey key) {
            int texts = key.address().length() + (link == null ? 0 : link.length());
            return json.length + texts + OVERHEAD_BYTES;
        }
    }

    /** The cached page. The caller has to compare its ETag. */
    synchronized Optional<CachedPage> get(PageKey key) {
        return Optional.ofNullable(pages.get(key));
    }

    /** Caches the page if it was requested before recently. */
    synchronized void put(PageKey key, CachedPage page) {
        boolean repeated = remove(key) || isRepeated(key);
        long size = page.size(key);
        if (!repeated || size > MAX_PAGE_BYTES) {
            return;
        }
        pages.put(key, page);
        bytes += size;
        while (bytes > maxBytes) {
            remove(pages.sequencedKeySet().getFirst());
        }
    }

    /** Compares hashes only: after a collision a page is cached too early, which does no harm. */
    private boolean isRepeated(PageKey key) {
        int hash = key.hashCode();
        int index = (hash ^ hash >>> 16) & (TABLE_SIZE - 1);
        boolean repeated = requested[index] == hash;
        requested[index] = hash;
        return repeated;
    }

    /** @return true if there was a page */
    private boolean remove(PageKey key) {
        CachedPage before = pages.remove(key);
        if (before == null) {
            return false;
        }
        bytes -= before.size(key);
        return true;
    }
}
