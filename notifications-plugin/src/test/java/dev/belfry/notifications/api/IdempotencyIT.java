package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Setting.class)
class IdempotencyIT extends ApiSuite {

    private final String key = UUID.randomUUID().toString();

    IdempotencyIT(Setting setting) {
        assertThat(setting).isNotNull();
    }

    private static Answer send(Api caller, String path, String key, String body) {
        return caller.send(
                "POST",
                path,
                BodyPublishers.ofString(body),
                Map.of("Content-Type", "application/json", "Idempotency-Key", key));
    }

    private static String to(User reader) {
        return """
                {"origin": "tests", "title": "once", "targetUsers": ["%s"]}""".formatted(reader.ref());
    }

    @Test
    void theSameKeyAndBodyAreTheSameRequest() {
        User reader = user();

        Answer first = send(sender(), "", key, to(reader)).ok();
        Answer again = send(sender(), "", key, to(reader)).ok();

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(reader.api().ids("")).containsExactly(first.messageId());
    }

    @Test
    void anotherBodyOrPathWithTheKeyIsRejected() {
        User reader = user();
        send(sender(), "", key, to(reader)).ok();

        send(sender(), "", key, to(reader) + " ").refused(422, "InputError", key);
        send(sender(), "/batch", key, "[" + to(reader) + "]").refused(422, "InputError", key);
        assertThat(reader.api().count("")).isEqualTo(1);
    }

    @Test
    void aKeyBelongsToItsCaller() {
        User reader = user();
        send(sender(), "", key, to(reader)).ok();

        send(reader.api(), "", key, to(reader)).ok();

        assertThat(reader.api().count("")).isEqualTo(2);
    }

    @Test
    void fiftyConcurrentRequestsGiveOneRowAndOneResponse() {
        User reader = user();

        List<String> answers = IntStream.range(0, 50)
                .parallel()
                .mapToObj(i -> send(sender(), "", key, to(reader)).messageId())
                .distinct()
                .toList();

        assertThat(answers).hasSize(1);
        assertThat(reader.api().ids("")).isEqualTo(answers);
    }

    @Test
    void aRejectedRequestDoesNotUseItsKey() {
        User reader = user();
        send(sender(), "", key, "{}").badInput("origin");

        send(sender(), "", key, to(reader)).ok();

        assertThat(reader.api().count("")).isEqualTo(1);
    }

    @Test
    void twoKeysAreRejected() throws Exception {
        User reader = user();
        HttpRequest request = HttpRequest.newBuilder(host().uri(Setting.BASE))
                .header("Authorization", "Bearer " + host().tokenOf("ada"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .header("Idempotency-Key", key + "2")
                .POST(BodyPublishers.ofString(to(reader)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("'Idempotency-Key' was sent 2 times");
        }
        assertThat(reader.api().count("")).isZero();
    }

    @Test
    void aKeyHas1To255Characters() {
        User reader = user();
        send(sender(), "", "", to(reader)).badInput("Idempotency-Key", "255");
        send(sender(), "", "k".repeat(256), to(reader)).badInput("Idempotency-Key", "255");
        assertThat(reader.api().count("")).isZero();
        send(sender(), "", key + "k".repeat(255 - key.length()), to(reader)).ok();
    }

    @Test
    void aBatchIsOneRequest() {
        User reader = user();
        String batch = "[" + to(reader) + ", {}, " + to(reader) + "]";

        String first = send(sender(), "/batch?partial=true", key, batch).ok().body();

        assertThat(send(sender(), "/batch?partial=true", key, batch).ok().body())
                .isEqualTo(first);
        assertThat(reader.api().count("")).isEqualTo(2);
    }
}
