package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for a change of the count. */
@ParameterizedClass
@EnumSource(Setting.class)
class WaitIT extends ApiSuite {

    /** Well below the wait of the requests, and above the delay of a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final int LONG = 30;

    private PollingClients polls = new PollingClients(host());

    WaitIT(Setting setting) {
        assertThat(setting).isNotNull();
    }

    @BeforeEach
    void connect() {
        polls = new PollingClients(host());
    }

    @AfterEach
    void disconnect() {
        polls.close();
    }

    private Answer during(User reader, String query, Consumer<User> event) {
        CompletableFuture<Answer> poll = polls.begin(reader.name(), query, LONG);
        polls.awaitWaiting(1);
        event.accept(reader);
        assertThat(poll).succeedsWithin(SOON);
        return poll.join();
    }

    private static Answer count(User reader, Map<String, String> headers) {
        return reader.api().send("GET", "/count", BodyPublishers.noBody(), headers);
    }

    @Test
    void aWaitingRequestSeesAMessageAtOnce() {
        User reader = user();

        Answer answer = during(reader, "", who -> sender().createFor(who.ref()).ok());

        assertThat(answer.count()).isEqualTo(1);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=" + LONG);
        assertThat(answer.header("Vary")).contains("Prefer");
        assertThat(answer.header("ETag")).isEqualTo(count(reader, Map.of()).header("ETag"));
    }

    @Test
    void aWaitingRequestSeesAMessageToAGroupOrToEveryone() {
        User reader = user();

        assertThat(during(
                                reader,
                                "",
                                who -> sender().create(body ->
                                        body.withArray("targetGroups").add(who.team())))
                        .count())
                .isEqualTo(1);
        during(reader, "messageScope=system", who -> sender().createFor().ok()).ok();
    }

    @Test
    void aWaitingRequestSeesAMark() {
        User reader = user();
        String id = sender().createFor(reader.ref()).messageId();

        assertThat(during(reader, "read=false", who -> who.api().mark(id, true)).count())
                .isZero();
        assertThat(during(reader, "read=false", who -> who.api().mark(id, false))
                        .count())
                .isEqualTo(1);
        assertThat(during(
                                reader,
                                "read=false",
                                who -> who.api()
                                        .send("PUT", "/read-all?messageScope=user", BodyPublishers.noBody(), Map.of()))
                        .count())
                .isZero();
    }

    @Test
    void aFilteredCountIsCountedAgainAfterTheWait() {
        User reader = user();

        Answer answer = during(
                reader,
                "containsText=bell",
                who -> sender().create(body -> {
                    body.put("title", "The bell").withArray("targetUsers").add(who.ref());
                }));

        assertThat(answer.count()).isEqualTo(1);
    }

    @Test
    void aTimeoutIsAnsweredWith304() {
        User reader = user();
        long begin = System.nanoTime();

        Answer answer = polls.begin(reader.name(), "", 1).join();

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
        assertThat(answer.header("Vary")).contains("Prefer");
        assertThat(answer.header("ETag")).isEqualTo(count(reader, Map.of()).header("ETag"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void aRequestWithoutAnETagDoesNotWait() {
        User reader = user();
        long begin = System.nanoTime();
        String tag = count(reader, Map.of("Prefer", "wait=30")).header("ETag");
        sender().createFor(reader.ref()).ok();

        Answer stale = count(reader, Map.of("Prefer", "wait=30", "If-None-Match", tag));

        assertThat(stale.count()).isEqualTo(1);
        assertThat(stale.header("Preference-Applied")).isEmpty();
        assertThat(stale.header("Vary")).contains("Prefer");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait", "wait=x", "wait=-1", "wait=0", "wait=\"3", "respond-async", "wait=, wait=30"})
    void aMalformedPreferenceIsIgnored(String prefer) {
        User reader = user();
        String tag = count(reader, Map.of()).header("ETag");
        long begin = System.nanoTime();

        Answer answer = count(reader, Map.of("Prefer", prefer, "If-None-Match", tag));

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("Preference-Applied")).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
    }

    @Test
    void aWaitIsLimitedByTheConfiguration() {
        User reader = user();
        CompletableFuture<Answer> poll = polls.begin(reader.name(), "", 86_400);
        polls.awaitWaiting(1);
        sender().createFor(reader.ref()).ok();

        assertThat(poll.join().ok().header("Preference-Applied")).isEqualTo("wait=60");
    }

    @Test
    void messagesToOthersDoNotEndAWait() {
        Pair pair = pair();
        CompletableFuture<Answer> poll = polls.begin(pair.first().name(), "", 2);
        polls.awaitWaiting(1);
        sender().createFor(pair.second().ref()).ok();

        assertThat(poll.join().status()).isEqualTo(304);
    }
}
