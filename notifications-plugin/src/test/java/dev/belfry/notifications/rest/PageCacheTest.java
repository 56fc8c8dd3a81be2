package dev.belfry.notifications.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.notifications.rest.PageCache.CachedPage;
import dev.belfry.notifications.rest.PageCache.PageKey;
import dev.belfry.notifications.storage.contract.Samples;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageCacheTest {

    private static PageKey key(String user, int number) {
        return new PageKey(Samples.user(user), "/notifications?pageNumber=" + number);
    }

    private static CachedPage page(String tag, int size) {
        return new CachedPage(tag, null, new byte[size]);
    }

    @Test
    void pagesThatAreRequestedOnceDoNotEvictOneThatIsRequestedOften() {
        PageCache cache = new PageCache(35_000);
        cache.put(key("ada", 0), page("page", 10_000));
        for (int i = 1; i <= 100; i++) {
            cache.get(key("ada", 0));
            cache.put(key("bob", i), page("page", 10_000));
        }

        assertThat(cache.get(key("ada", 0))).isPresent();
    }

    @Test
    void theKeyConsistsOfTheReaderAndTheAddress() {
        PageCache cache = new PageCache(100_000);
        cache.put(key("ada", 1), page("of ada", 10));

        assertThat(cache.get(key("ada", 1))).map(CachedPage::tag).contains("of ada");
        assertThat(cache.get(key("ada", 2))).isEmpty();
        assertThat(cache.get(key("bob", 1))).isEmpty();
    }

    @Test
    void aNewerPageReplacesTheOlderOne() {
        PageCache cache = new PageCache(100_000);
        cache.put(key("ada", 1), page("older", 10));
        cache.put(key("ada", 1), page("newer", 10));

        assertThat(cache.get(key("ada", 1))).map(CachedPage::tag).contains("newer");
    }

    @Test
    void thePagesTogetherStayBelowTheLimit() {
        PageCache cache = new PageCache(35_000);
        for (int i = 1; i <= 100; i++) {
            cache.put(key("ada", i), page("page", 10_000));
        }

        assertThat(IntStream.rangeClosed(1, 100)
                        .filter(i -> cache.get(key("ada", i)).isPresent()))
                .hasSize(3);
    }

    @Test
    void aReplacedPageFreesItsSpace() {
        PageCache cache = new PageCache(35_000);
        cache.put(key("ada", 1), page("page", 10_000));
        for (int i = 0; i < 100; i++) {
            cache.put(key("ada", 2), page("page", 10_000));
        }

        assertThat(cache.get(key("ada", 1))).isPresent();
    }

    @Test
    void aLargePageIsNotCachedAndRemovesTheOlderOne() {
        PageCache cache = new PageCache(1_000_000);
        cache.put(key("ada", 1), page("small", 10));

        cache.put(key("ada", 1), page("large", 70_000));

        assertThat(cache.get(key("ada", 1))).isEmpty();
    }
}
