package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** HTTP/2 connections together hold a bounded number of requests and of bytes. */
class Http2BudgetTest {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final long HEAP = 256 * MEBIBYTE;
    private static final long LIMIT = HEAP / 16;

    private final Http2Budget budget = new Http2Budget(100, HEAP);

    /** Holds bytes until the budget refuses. */
    private static long fill(Http2Budget.Share share, int bytes) {
        long held = 0;
        while (held <= HEAP && share.add(bytes)) {
            held += bytes;
        }
        return held;
    }

    @Test
    void oneConnectionCanHoldTheWholeLimit() {
        assertThat(fill(budget.connected(), 1024)).isEqualTo(LIMIT);
    }

    @Test
    void manyConnectionsHoldALimitAndABufferEach() {
        int connections = 1000;
        List<Http2Budget.Share> shares = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            shares.add(budget.connected());
        }
        long held = shares.stream().mapToLong(share -> fill(share, 1024)).sum();
        assertThat(held).isBetween(LIMIT, LIMIT + (long) connections * Http2Budget.BUFFER);
    }

    @Test
    void aConnectionBelowTheAverageIsServedWhileAnotherOneHoldsTooMuch() {
        Http2Budget.Share greedy = budget.connected();
        Http2Budget.Share modest = budget.connected();
        fill(greedy, 1024);

        assertThat(greedy.add(1)).isFalse();
        assertThat(modest.add(MEBIBYTE)).isTrue();
    }

    @Test
    void aClosedConnectionHoldsNothing() {
        Http2Budget.Share share = budget.connected();
        assertThat(share.open(1, 0)).isTrue();
        assertThat(share.open(1, 0)).isTrue();
        assertThat(share.open(1, 0)).isTrue();
        assertThat(budget.furtherRequests()).isEqualTo(2);
        fill(share, 1024);
        share.end();
        share.remove(1024);
        share.closed(0);

        assertThat(budget.furtherRequests()).isZero();
        assertThat(share.open(0, 0)).isFalse();
        assertThat(fill(budget.connected(), 1024)).isEqualTo(LIMIT);
    }

    @Test
    void requestsAndConnectionsHaveTheSamePlaces() {
        Http2Budget.Share share = budget.connected();
        for (int i = 0; i < 91; i++) {
            assertThat(share.open(10, 0)).isTrue();
        }
        assertThat(share.open(10, 0)).isFalse();
        assertThat(budget.connected().open(10, 0))
                .as("the first of a connection")
                .isTrue();
        share.closed(0);
        assertThat(share.open(10, 0)).isTrue();
    }

    @Test
    void longHeadersOfFurtherRequestsCountAsBytes() {
        fill(budget.connected(), 1024);
        Http2Budget.Share share = budget.connected();
        int headers = MEBIBYTE;
        int served = 0;
        while (share.open(1, headers)) {
            served++;
        }
        assertThat(served).isEqualTo((int) (LIMIT / 2 / headers));
        for (int i = 0; i < served; i++) {
            share.closed(headers);
        }
        assertThat(share.open(1, LIMIT)).as("the first of a connection").isTrue();
        assertThat(share.open(1, headers)).isFalse();
    }
}
