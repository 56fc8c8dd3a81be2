package dev.belfry.notifications.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.notifications.batch.RequestBatcher.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RequestBatcherTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    /** Squares numbers. Each batch waits until it is released. */
    private static final class Squares implements RequestBatcher.Handler<Integer, Integer> {

        final List<List<Integer>> batches = new CopyOnWriteArrayList<>();
        final BlockingQueue<CountDownLatch> begun = new LinkedBlockingQueue<>();

        @Override
        public void handle(List<Request<Integer, Integer>> batch) {
            batches.add(batch.stream().map(Request::input).toList());
            CountDownLatch gate = new CountDownLatch(1);
            begun.add(gate);
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            for (Request<Integer, Integer> request : batch) {
                if (request.input() < 0) {
                    throw new IllegalArgumentException("negative");
                }
                request.complete(request.input() * request.input());
            }
        }

        void release() throws InterruptedException {
            begun.take().countDown();
        }
    }

    private static final class TimedOut extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TimedOut(Duration timeout) {
            super("timed out after " + timeout.toMillis() + " ms");
        }
    }

    private record Call(Thread thread, CompletableFuture<Integer> outcome) {
        static Call of(RequestBatcher<Integer, Integer> batcher, int input) {
            CompletableFuture<Integer> outcome = new CompletableFuture<>();
            Thread thread = Thread.ofPlatform().start(() -> {
                try {
                    outcome.complete(batcher.submit(input));
                } catch (RuntimeException e) {
                    outcome.completeExceptionally(e);
                }
            });
            return new Call(thread, outcome);
        }

        /** Waits until the call is in the queue or in its handler. */
        Call queued() {
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            return this;
        }

        int result() throws Exception {
            return outcome.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void requestsThatArriveWhileABatchRunsAreHandledTogether() throws Exception {
        Squares squares = new Squares();
        RequestBatcher<Integer, Integer> batcher = new RequestBatcher<>(1, LONG, TimedOut::new, squares);
        Call first = Call.of(batcher, 1);
        CountDownLatch gate = squares.begun.take();
        List<Call> others = new ArrayList<>();
        for (int i = 2; i <= 5; i++) {
            others.add(Call.of(batcher, i).queued());
        }

        gate.countDown();
        squares.release();

        assertThat(first.result()).isEqualTo(1);
        for (int i = 2; i <= 5; i++) {
            assertThat(others.get(i - 2).result()).isEqualTo(i * i);
        }
        assertThat(squares.batches).containsExactly(List.of(1), List.of(2, 3, 4, 5));
    }

    @Test
    void noMoreThanTheMaximumNumberOfBatchesRuns() throws Exception {
        Squares squares = new Squares();
        RequestBatcher<Integer, Integer> batcher = new RequestBatcher<>(2, LONG, TimedOut::new, squares);
        Call one = Call.of(batcher, 1);
        CountDownLatch gateOfOne = squares.begun.take();
        Call two = Call.of(batcher, 2);
        CountDownLatch gateOfTwo = squares.begun.take();
        Call three = Call.of(batcher, 3).queued();
        Call four = Call.of(batcher, 4).queued();

        gateOfTwo.countDown();
        CountDownLatch gateOfRest = squares.begun.take();
        gateOfOne.countDown();
        gateOfRest.countDown();

        assertThat(List.of(one.result(), two.result(), three.result(), four.result()))
                .containsExactly(1, 4, 9, 16);
        assertThat(squares.batches).containsExactly(List.of(1), List.of(2), List.of(3, 4));
        // Both batches have ended.
        Call five = Call.of(batcher, 5);
        CountDownLatch gateOfFive = squares.begun.take();
        Call six = Call.of(batcher, 6);
        squares.release();
        gateOfFive.countDown();
        assertThat(five.result() + six.result()).isEqualTo(61);
    }

    @Test
    void anExceptionFailsTheRequestsThatAreNotDone() throws Exception {
        Squares squares = new Squares();
        RequestBatcher<Integer, Integer> batcher = new RequestBatcher<>(1, LONG, TimedOut::new, squares);
        Call first = Call.of(batcher, 1);
        CountDownLatch gate = squares.begun.take();
        Call answered = Call.of(batcher, 2).queued();
        Call faulty = Call.of(batcher, -3).queued();
        Call behind = Call.of(batcher, 4).queued();

        gate.countDown();
        squares.release();

        assertThat(first.result()).isEqualTo(1);
        assertThat(answered.result()).isEqualTo(4);
        assertThatThrownBy(faulty::result)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("negative");
        assertThatThrownBy(behind::result)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("negative");
        Call later = Call.of(batcher, 5);
        squares.release();
        assertThat(later.result()).isEqualTo(25);
    }

    @Test
    void aRequestThatTimesOutInTheQueueIsNotHandled() throws Exception {
        Squares squares = new Squares();
        RequestBatcher<Integer, Integer> batcher =
                new RequestBatcher<>(1, Duration.ofMillis(50), TimedOut::new, squares);
        Call first = Call.of(batcher, 1);
        CountDownLatch gate = squares.begun.take();
        Call second = Call.of(batcher, 2);

        assertThatThrownBy(second::result)
                .hasCauseInstanceOf(TimedOut.class)
                .hasStackTraceContaining("timed out after 50 ms");

        gate.countDown();
        assertThat(first.result()).isEqualTo(1);
        assertThat(squares.batches).containsExactly(List.of(1));
    }

    @Test
    void anInterruptedRequestLeavesTheQueue() throws Exception {
        Squares squares = new Squares();
        RequestBatcher<Integer, Integer> batcher = new RequestBatcher<>(1, LONG, TimedOut::new, squares);
        Call first = Call.of(batcher, 1);
        CountDownLatch gate = squares.begun.take();
        Call second = Call.of(batcher, 2).queued();

        second.thread().interrupt();

        assertThatThrownBy(second::result).hasCauseInstanceOf(TimedOut.class);
        gate.countDown();
        assertThat(first.result()).isEqualTo(1);
        assertThat(squares.batches).containsExactly(List.of(1));
    }

    /** Another thread handles it, and only that thread knows the result. */
    @Test
    void aRequestThatIsInterruptedInABatchWaitsForItsResult() throws Exception {
        Squares squares = new Squares();
        RequestBatcher<Integer, Integer> batcher = new RequestBatcher<>(1, LONG, TimedOut::new, squares);
        Call first = Call.of(batcher, 1);
        CountDownLatch gate = squares.begun.take();
        Call second = Call.of(batcher, 2).queued();
        Call third = Call.of(batcher, 3).queued();
        gate.countDown();
        CountDownLatch gateOfBoth = squares.begun.take();

        third.thread().interrupt();
        while (third.thread().getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        gateOfBoth.countDown();

        assertThat(first.result() + second.result() + third.result()).isEqualTo(14);
    }
}
