package dev.belfry.notifications.durability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Clients that send messages to the guest and record the acknowledged ones. Every second client repeats each request with its key
 * until it succeeds; the others send each message once.
 */
final class Senders implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PAUSE_MILLIS = 20;
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Supplier<URI> address;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> clients = new ArrayList<>();
    private final Map<String, String> idByTitle = new ConcurrentHashMap<>();
    private final Set<String> keyed = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<HttpResponse<String>> refusals = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;

    /** @param address current address of a host */
    Senders(int clients, Supplier<URI> address) {
        this.address = address;
        for (int i = 0; i < clients; i++) {
            boolean repeats = i % 2 == 0;
            this.clients.add(threads.submit(() -> {
                while (!stopping) {
                    send(repeats);
                }
                return null;
            }));
        }
    }

    private void send(boolean repeats) throws InterruptedException {
        String title = UUID.randomUUID().toString();
        if (repeats) {
            keyed.add(title);
        }
        do {
            try {
                HttpResponse<String> answer = http.send(post(title, repeats), BodyHandlers.ofString());
                if (answer.statusCode() == OK) {
                    idByTitle.put(
                            title,
                            JSON.readTree(answer.body()).path("messageId").asText());
                    return;
                }
                refusals.add(answer);
            } catch (IOException e) {
                // The host is gone, and whether the message was stored is not known.
            }
            Thread.sleep(PAUSE_MILLIS);
        } while (repeats);
    }

    private HttpRequest post(String title, boolean keyed) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.get())
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("""
                        {"origin": "tests", "title": "%s", "targetUsers": ["default/guest"]}""".formatted(title)));
        return (keyed ? request.header("Idempotency-Key", title) : request).build();
    }

    int acknowledged() {
        return idByTitle.size();
    }

    Set<String> acknowledgedTitles() {
        return Set.copyOf(idByTitle.keySet());
    }

    /** The number of all stored messages. */
    Set<String> storedTitles() throws Exception {
        return stored().keySet();
    }

    /** The responses that were not acknowledgements. */
    List<HttpResponse<String>> refusals() {
        return List.copyOf(refusals);
    }

    /** Returns true if the messages can be read. */
    boolean isServed() throws Exception {
        return !get(address.get().toString()).isEmpty();
    }

    /** Ends after each client's last request is answered. */
    void finish() throws Exception {
        stopping = true;
        for (Future<?> client : clients) {
            client.get();
        }
    }

    /** Asserts that all acknowledged messages are stored once, under the returned ids, and that the count is exact. */
    void assertNothingLost() throws Exception {
        Map<String, List<String>> idsByTitle = stored();
        idByTitle.forEach((title, id) -> assertThat(idsByTitle).containsEntry(title, List.of(id)));
        assertThat(idByTitle.keySet()).containsAll(keyed);
        assertThat(idsByTitle.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
        assertThat(get(address.get() + "/count?read=false").path("count").asInt())
                .isEqualTo(idsByTitle.size());
    }

    private Map<String, List<String>> stored() throws Exception {
        Map<String, List<String>> idsByTitle = new HashMap<>();
        String last = "ffffffff";
        for (int page = 1; ; page++) {
            JsonNode found = get(address.get() + "?pageSize=1000&pageNumber=" + page);
            for (JsonNode one : found) {
                String id = one.path("id").asText();
                assertThat(id).as("ids are in order").isLessThan(last);
                last = id;
                idsByTitle
                        .computeIfAbsent(one.path("title").asText(), _ -> new ArrayList<>())
                        .add(id);
            }
            if (found.isEmpty()) {
                return idsByTitle;
            }
        }
    }

    private JsonNode get(String uri) throws Exception {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(OK);
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        stopping = true;
        threads.shutdownNow();
        http.close();
    }
}
