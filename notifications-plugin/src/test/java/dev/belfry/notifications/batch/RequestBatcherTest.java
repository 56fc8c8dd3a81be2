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
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RequestBatcherTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    /** Squares numbers; each group waits until it is let go. */
    private static final class Squares implements RequestBatcher.Work<Integer, Integer> {

        final List<List<Integer>> groups = new CopyOnWriteArrayList<>();
        final BlockingQueue<CountDownLatch> begun = new LinkedBlockingQueue<>();

        @Override
        public void perform(List<Request<Integer, Integer>> together) {
            groups.add(together.stream().map(Request::question).toList());
            CountDownLatch gate = new CountDownLatch(1);
            begun.add(gate);
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            for (Request<Integer, Integer> request : together) {
                if (request.question() < 0) {
                    throw new IllegalArgumentException("negative");
                }
                request.answer(request.question() * request.question());
            }
        }

        void letGo() throws InterruptedException {
            begun.take().countDown();
        }
    }

    private record Call(Thread thread, CompletableFuture<Integer> outcome) {
        static Call of(RequestBatcher<Integer, Integer> combiner, int question) {
            CompletableFuture<Integer> outcome = new CompletableFuture<>();
            Thread thread = Thread.ofPlatform().start(() -> {
                try {
                    outcome.complete(combiner.ask(question));
                } catch (RuntimeException e) {
                    outcome.completeExceptionally(e);
                }
            });
            return new Call(thread, outcome);
        }

        /** Until it waits, be it for its turn or within its work. */
        Call queued() {
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            return this;
        }

        int answer() throws Exception {
            return outcome.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoComeWhileSomebodyWorksAreServedTogether() throws Exception {
        Squares squares = new Squares();
        RequestBatcher<Integer, Integer> combiner = new RequestBatcher<>(1, LONG, squares);
        Call first = Call.of(combiner, 1);
        CountDownLatch gate = squares.begun.take();
        List<Call> others = new ArrayList<>();
        for (int i = 2; i <= 5; i++) {
            others.add(Call.of(combiner, i).queued());
        }

        gate.countDown();
        squares.letGo();

        assertThat(first.answer()).isEqualTo(1);
        for (int i = 2; i <= 5; i++) {
            assertThat(others.get(i - 2).answer()).isEqualTo(i * i);
        }
        assertThat(squares.groups).containsExactly(List.of(1), List.of(2, 3, 4, 5));
    }

    @Test
    void asManyWorkAtATimeAsMay() throws Exception {
        Squares squares = new Squares();
        RequestBatcher<Integer, Integer> combiner = new RequestBatcher<>(2, LONG, squares);
        Call one = Call.of(combiner, 1);
        CountDownLatch gateOfOne = squares.begun.take();
        Call two = Call.of(combiner, 2);
        CountDownLatch gateOfTwo = squares.begun.take();
        Call three = Call.of(combiner, 3).queued();
        Call four = Call.of(combiner, 4).queued();

        gateOfTwo.countDown();
        CountDownLatch gateOfRest = squares.begun.take();
        gateOfOne.countDown();
        gateOfRest.countDown();

        assertThat(List.of(one.answer(), two.answer(), three.answer(), four.answer()))
                .containsExactly(1, 4, 9, 16);
        assertThat(squares.groups).containsExactly(List.of(1), List.of(2), List.of(3, 4));
        // Both turns have been given back.
        Call five = Call.of(combiner, 5);
        CountDownLatch gateOfFive = squares.begun.take();
        Call six = Call.of(combiner, 6);
        squares.letGo();
        gateOfFive.countDown();
        assertThat(five.answer() + six.answer()).isEqualTo(61);
    }

    @Test
    void aFailureIsThatOfThoseWhoHaveNoAnswerYet() throws Exception {
        Squares squares = new Squares();
        RequestBatcher<Integer, Integer> combiner = new RequestBatcher<>(1, LONG, squares);
        Call first = Call.of(combiner, 1);
        CountDownLatch gate = squares.begun.take();
        Call answered = Call.of(combiner, 2).queued();
        Call faulty = Call.of(combiner, -3).queued();
        Call behind = Call.of(combiner, 4).queued();

        gate.countDown();
        squares.letGo();

        assertThat(first.answer()).isEqualTo(1);
        assertThat(answered.answer()).isEqualTo(4);
        assertThatThrownBy(faulty::answer)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("negative");
        assertThatThrownBy(behind::answer)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("negative");
        Call later = Call.of(combiner, 5);
        squares.letGo();
        assertThat(later.answer()).isEqualTo(25);
    }

    @Test
    void whoWaitsTooLongGivesUpAndNothingIsDone() throws Exception {
        Squares squares = new Squares();
        RequestBatcher<Integer, Integer> combiner = new RequestBatcher<>(1, Duration.ofMillis(50), squares);
        Call first = Call.of(combiner, 1);
        CountDownLatch gate = squares.begun.take();
        Call second = Call.of(combiner, 2);

        assertThatThrownBy(second::answer)
                .hasCauseInstanceOf(DataAccessException.class)
                .hasStackTraceContaining("no turn at the database within 50 ms");

        gate.countDown();
        assertThat(first.answer()).isEqualTo(1);
        assertThat(squares.groups).containsExactly(List.of(1));
    }

    @Test
    void whoIsInterruptedInTheQueueLeavesIt() throws Exception {
        Squares squares = new Squares();
        RequestBatcher<Integer, Integer> combiner = new RequestBatcher<>(1, LONG, squares);
        Call first = Call.of(combiner, 1);
        CountDownLatch gate = squares.begun.take();
        Call second = Call.of(combiner, 2).queued();

        second.thread().interrupt();

        assertThatThrownBy(second::answer).hasCauseInstanceOf(DataAccessException.class);
        gate.countDown();
        assertThat(first.answer()).isEqualTo(1);
        assertThat(squares.groups).containsExactly(List.of(1));
    }

    /** Its work goes on with somebody else, who alone knows what comes of it. */
    @Test
    void whoIsInterruptedWhileServedWaitsForTheOutcome() throws Exception {
        Squares squares = new Squares();
        RequestBatcher<Integer, Integer> combiner = new RequestBatcher<>(1, LONG, squares);
        Call first = Call.of(combiner, 1);
        CountDownLatch gate = squares.begun.take();
        Call second = Call.of(combiner, 2).queued();
        Call third = Call.of(combiner, 3).queued();
        gate.countDown();
        CountDownLatch gateOfBoth = squares.begun.take();

        third.thread().interrupt();
        while (third.thread().getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        gateOfBoth.countDown();

        assertThat(first.answer() + second.answer() + third.answer()).isEqualTo(14);
    }
}
