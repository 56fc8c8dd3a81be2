package dev.belfry.notifications.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.ApiError;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StreamTicketsTest {

    private static final Caller ADA = Caller.user(EntityRef.user("default", "ada"));
    private static final Caller BOB = Caller.user(EntityRef.user("default", "bob"));

    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5);
    private final StreamTickets tickets = new StreamTickets(time::get);

    private void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }

    @Test
    void aTicketIsGoodOnce() {
        String ticket = tickets.issue(ADA);
        assertThat(ticket).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(tickets.issue(ADA));
        assertThat(tickets.redeem("other")).isEmpty();
        assertThat(tickets.redeem(ticket)).contains(ADA);
        assertThat(tickets.redeem(ticket)).isEmpty();
    }

    @Test
    void aTicketIsGoodForThirtySeconds() {
        String first = tickets.issue(ADA);
        pass(Duration.ofMillis(29_999));
        String second = tickets.issue(BOB);
        assertThat(tickets.redeem(first)).contains(ADA);
        pass(Duration.ofSeconds(30));
        assertThat(tickets.redeem(second)).isEmpty();
    }

    @Test
    void theUnusedTicketsOfACallerAreLimited() {
        for (int i = 0; i < 64; i++) {
            tickets.issue(ADA);
        }
        assertThatThrownBy(() -> tickets.issue(ADA))
                .isInstanceOfSatisfying(
                        ApiError.class, error -> assertThat(error.status()).isEqualTo(429));
        assertThat(tickets.redeem(tickets.issue(BOB))).contains(BOB);
        pass(Duration.ofSeconds(30));
        assertThat(tickets.redeem(tickets.issue(ADA))).contains(ADA);
    }
}
