package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.RunningHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of an event stream, which reads all the time. Its blocks are the events and comments, without the empty line. */
final class StreamClient implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String HEARTBEAT = ":";
    private static final String END = "(end)";
    private static final String BROKEN = "(broken)";

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpResponse<InputStream> response;
    private final BlockingQueue<String> blocks = new LinkedBlockingQueue<>();

    StreamClient(RunningHost host, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(host.uri(path)).header("Accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            response = http.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        assertThat(response.statusCode()).isEqualTo(200);
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        StringBuilder block = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    blocks.add(block.toString());
                    block.setLength(0);
                } else {
                    block.append(block.isEmpty() ? "" : "\n").append(line);
                }
            }
            blocks.add(END);
        } catch (IOException e) {
            blocks.add(BROKEN);
        }
    }

    HttpHeaders headers() {
        return response.headers();
    }

    /** The next event or other block that is not a heartbeat. */
    String next() {
        String block = nextBlock();
        while (block.equals(HEARTBEAT)) {
            block = nextBlock();
        }
        return block;
    }

    private String nextBlock() {
        try {
            String block = blocks.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(block).as("a block within " + LIMIT).isNotNull();
            return block;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void expectHeartbeat() {
        assertThat(nextBlock()).isEqualTo(HEARTBEAT);
    }

    /** The regular end of the response. */
    void expectEnd() {
        assertThat(next()).isEqualTo(END);
    }

    /** Disconnects. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
