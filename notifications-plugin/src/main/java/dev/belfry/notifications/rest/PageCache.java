package dev.belfry.notifications.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.belfry.api.catalog.EntityRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cache of serialized pages. A page is used only while its ETag is current on all hosts (see {@link ETags}), so it is never
 * stale. Pages that are requested often stay longest.
 */
final class PageCache {

    /** Larger pages are not cached, because they would evict many small ones. */
    private static final int MAX_PAGE_BYTES = 64 * 1024;

    /** Approximate size of a cache entry without its texts. */
    private static final int OVERHEAD_BYTES = 512;

    private final Cache<PageKey, CachedPage> pages;

    /** @param maxBytes total size of the pages */
    PageCache(long maxBytes) {
        pages = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((PageKey key, CachedPage page) -> page.size(key))
                // The default executor is shared by the JVM and would outlive the plugin.
                .executor(Runnable::run)
                .build();
    }

    /** @param address path and query of the request; everything else that changes the page is part of the ETag */
    record PageKey(EntityRef reader, String address) {}

    /**
     * @param tag ETag of the response
     * @param link to the next page; null when there is none
     * @param json body; must not be modified
     */
    record CachedPage(String tag, @Nullable String link, byte[] json) {
        private int size(PageKey key) {
            int texts = key.address().length() + (link == null ? 0 : link.length());
            return json.length + texts + OVERHEAD_BYTES;
        }
    }

    /** The cached page. The caller has to compare its ETag. */
    Optional<CachedPage> get(PageKey key) {
        return Optional.ofNullable(pages.getIfPresent(key));
    }

    void put(PageKey key, CachedPage page) {
        if (page.size(key) > MAX_PAGE_BYTES) {
            pages.invalidate(key);
        } else {
            pages.put(key, page);
        }
    }
}
