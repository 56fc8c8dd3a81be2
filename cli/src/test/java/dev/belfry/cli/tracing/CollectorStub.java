package dev.belfry.cli.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector that keeps what it receives by OTLP over HTTP. */
final class CollectorStub implements AutoCloseable {

    private final HttpServer server;
    private final List<ResourceSpans> received = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();

    CollectorStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        paths.add(exchange.getRequestURI().getPath());
        try (InputStream body = exchange.getRequestBody()) {
            received.addAll(ExportTraceServiceRequest.parseFrom(body).getResourceSpansList());
        }
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The paths of the requests. */
    List<String> paths() {
        return paths;
    }

    List<Span> spans() {
        return received.stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    Optional<Span> span(String name) {
        return spans().stream().filter(span -> span.getName().equals(name)).findFirst();
    }

    /** The span of the host's request to this URL. */
    Optional<Span> client(String url) {
        return spans().stream()
                .filter(span -> span.getAttributesList().stream()
                        .anyMatch(value -> value.getKey().equals("url.full")
                                && value.getValue().getStringValue().equals(url)))
                .findFirst();
    }

    /** A resource attribute of the first spans. */
    String resource(String attribute) {
        return received.getFirst().getResource().getAttributesList().stream()
                .filter(value -> value.getKey().equals(attribute))
                .map(KeyValue::getValue)
                .findFirst()
                .orElseThrow()
                .getStringValue();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
