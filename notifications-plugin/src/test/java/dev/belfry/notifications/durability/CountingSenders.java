package dev.belfry.notifications.durability;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that send, list, mark and count in turn, and compare each count with the messages acknowledged before it. */
final class CountingSenders implements AutoCloseable {

    private static final int CLIENTS = 16;
    private static final int ROUNDS = 30;
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final URI notifications;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> countsBehind = new ConcurrentLinkedQueue<>();

    CountingSenders(URI notifications) {
        this.notifications = notifications;
    }

    /** Returns when all clients are done. */
    void sendAndCount() throws Exception {
        List<Future<?>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            clients.add(threads.submit(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    send();
                    ask("?pageSize=5&orderBy=topic");
                    ask("?containsText=Bell&read=false");
                    count();
                }
                return null;
            }));
        }
        for (Future<?> client : clients) {
            client.get();
        }
    }

    private void send() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(notifications)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"origin\": \"tests\", \"title\": \"Bell\", \"targetUsers\": [\"default/guest\"]}"))
                .build();
        if (isOk(http.send(request, BodyHandlers.ofString()))) {
            acknowledged.incrementAndGet();
        }
    }

    private void count() throws Exception {
        int before = acknowledged.get();
        HttpResponse<String> answer = ask("/count?read=false");
        if (answer.statusCode() == OK) {
            int count = Integer.parseInt(answer.body().replaceAll("\\D", ""));
            if (count < before) {
                countsBehind.add(count + " of " + before);
            }
        }
    }

    private HttpResponse<String> ask(String more) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(notifications + more)).build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        isOk(answer);
        return answer;
    }

    private boolean isOk(HttpResponse<String> answer) {
        if (answer.statusCode() != OK) {
            failures.add(answer.statusCode() + " " + answer.body());
        }
        return answer.statusCode() == OK;
    }

    /** All responses other than 200. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** All counts below the number of messages acknowledged before the request. */
    List<String> countsBehind() {
        return List.copyOf(countsBehind);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.close();
    }
}
