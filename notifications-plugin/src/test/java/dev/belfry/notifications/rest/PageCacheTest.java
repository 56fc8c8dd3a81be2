package dev.belfry.notifications.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.notifications.rest.PageCache.CachedPage;
import dev.belfry.notifications.rest.PageCache.Question;
import dev.belfry.notifications.storage.contract.Samples;
import org.junit.jupiter.api.Test;

class PageCacheTest {

    private static Question question(String user, int number) {
        return new Question(Samples.user(user), "/notifications?pageNumber=" + number);
    }

    private static CachedPage page(String tag, int size) {
        return new CachedPage(tag, null, new byte[size]);
    }

    /** As the second time, and later ones, that the same is asked. */
    private static void keepAsked(PageCache kept, Question question, CachedPage page) {
        kept.keep(question, page("earlier", 10));
        kept.keep(question, page);
    }

    @Test
    void whatIsAskedForAFirstTimeIsNotKept() {
        PageCache kept = new PageCache(100_000);
        kept.keep(question("ada", 1), page("first", 10));
        assertThat(kept.last(question("ada", 1))).isEmpty();

        kept.keep(question("ada", 1), page("second", 10));
        assertThat(kept.last(question("ada", 1))).map(CachedPage::tag).contains("second");
    }

    @Test
    void whatIsAskedOnceBetweenMakesNoRoomForItself() {
        PageCache kept = new PageCache(35_000);
        keepAsked(kept, question("ada", 0), page("page", 10_000));
        for (int i = 1; i <= 100; i++) {
            kept.keep(question("bob", i), page("page", 10_000));
        }

        assertThat(kept.last(question("ada", 0))).isPresent();
    }

    @Test
    void thePageIsThatOfTheReaderAndTheAddress() {
        PageCache kept = new PageCache(100_000);
        keepAsked(kept, question("ada", 1), page("of ada", 10));

        assertThat(kept.last(question("ada", 1))).map(CachedPage::tag).contains("of ada");
        assertThat(kept.last(question("ada", 2))).isEmpty();
        assertThat(kept.last(question("bob", 1))).isEmpty();
    }

    @Test
    void aNewerPageTakesThePlaceOfTheOlder() {
        PageCache kept = new PageCache(100_000);
        keepAsked(kept, question("ada", 1), page("older", 10));
        kept.keep(question("ada", 1), page("newer", 10));

        assertThat(kept.last(question("ada", 1))).map(CachedPage::tag).contains("newer");
    }

    @Test
    void whatWasLongestNotAskedForMakesRoom() {
        PageCache kept = new PageCache(35_000);
        for (int i = 1; i <= 3; i++) {
            keepAsked(kept, question("ada", i), page("page", 10_000));
        }
        kept.last(question("ada", 1));

        keepAsked(kept, question("ada", 4), page("page", 10_000));

        assertThat(kept.last(question("ada", 2))).isEmpty();
        assertThat(kept.last(question("ada", 1))).isPresent();
        assertThat(kept.last(question("ada", 3))).isPresent();
        assertThat(kept.last(question("ada", 4))).isPresent();
    }

    @Test
    void roomIsGivenBackByWhatIsReplaced() {
        PageCache kept = new PageCache(35_000);
        keepAsked(kept, question("ada", 1), page("page", 10_000));
        for (int i = 0; i < 100; i++) {
            kept.keep(question("ada", 2), page("page", 10_000));
        }

        assertThat(kept.last(question("ada", 1))).isPresent();
    }

    @Test
    void aLargePageIsNotKeptAndLeavesNoOlderOne() {
        PageCache kept = new PageCache(1_000_000);
        keepAsked(kept, question("ada", 1), page("small", 10));

        kept.keep(question("ada", 1), page("large", 70_000));

        assertThat(kept.last(question("ada", 1))).isEmpty();
    }
}
