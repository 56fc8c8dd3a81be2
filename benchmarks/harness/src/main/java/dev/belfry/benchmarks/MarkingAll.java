package dev.belfry.benchmarks;

import dev.belfry.benchmarks.data.DataSet;
import dev.belfry.benchmarks.report.Figure;
import dev.belfry.benchmarks.server.BelfryServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** How long others wait to write while a very large inbox is marked as read. */
final class MarkingAll {

    private static final String MESSAGE =
            "{\"title\":\"Meanwhile\",\"origin\":\"benchmark\",\"targetUsers\":[\"default/u1\"]}";
    private static final int BEFORE = 2000;

    private MarkingAll() {}

    static List<Figure> measure(String database, BelfryServer server) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest create = request(server, server.notifications(), DataSet.ORDINARY)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(MESSAGE))
                    .build();
            double before = 0;
            for (int i = 0; i < BEFORE; i++) {
                before = Math.max(before, millis(client, create));
            }
            HttpRequest markAll = request(
                            server, URI.create(server.notifications() + "/read-all?messageScope=user"), DataSet.UNREAD)
                    .PUT(BodyPublishers.noBody())
                    .build();
            long begin = System.nanoTime();
            CompletableFuture<HttpResponse<String>> marked = client.sendAsync(markAll, BodyHandlers.ofString());
            double during = 0;
            while (!marked.isDone()) {
                during = Math.max(during, millis(client, create));
            }
            double all = (System.nanoTime() - begin) / 1e6;
            HttpResponse<String> answer = marked.join();
            if (answer.statusCode() != 200) {
                throw new IOException("read-all answered " + answer.statusCode() + " " + answer.body());
            }
            String inbox = "read-all of an inbox, " + database + " " + answer.body() + ": ";
            return List.of(
                    new Figure(inbox + "all of it", all, "ms"),
                    new Figure(inbox + "the longest create of one client meanwhile", during, "ms"),
                    new Figure(inbox + "the longest of " + BEFORE + " creates before", before, "ms"));
        }
    }

    private static HttpRequest.Builder request(BelfryServer server, URI address, String user) {
        return HttpRequest.newBuilder(address).header("Authorization", "Bearer " + server.token(user));
    }

    private static double millis(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("a create answered " + answer.statusCode() + " " + answer.body());
        }
        return (System.nanoTime() - begin) / 1e6;
    }
}
