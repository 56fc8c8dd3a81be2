package dev.belfry.host.logoutput;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.belfry.host.logging.LogEscaping;
import dev.belfry.host.logging.SafeTrace;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * One JSON object on each line, with the fields of the Elastic Common Schema
 * (https://www.elastic.co/docs/reference/ecs/ecs-field-reference).
 */
final class EcsEncoder extends EncoderBase<ILoggingEvent> {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String VERSION = "8.11.0";
    private static final byte[] NOTHING = new byte[0];

    /** Names in the MDC that have a field. The others, and the key-value pairs without a dot, become labels. */
    private static final Map<String, String> FIELDS =
            Map.of("request", "http.request.id", "trace_id", "trace.id", "span_id", "span.id");

    private final SafeTrace trace = new SafeTrace();

    @Override
    public void start() {
        trace.start();
        super.start();
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        // Not as bytes: that generator refuses half of a surrogate pair, which a client can send.
        StringWriter line = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            for (Map.Entry<String, Object> field : fields(event).entrySet()) {
                json.writeFieldName(field.getKey());
                write(json, field.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string can be written", e);
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Texts of the host come first: a label cannot replace them. */
    private Map<String, Object> fields(ILoggingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("@timestamp", event.getInstant().toString());
        fields.put("log.level", event.getLevel().toString());
        fields.put("message", LogEscaping.of(String.valueOf(event.getFormattedMessage())));
        fields.put("ecs.version", VERSION);
        fields.put("service.name", "belfry");
        fields.put("log.logger", event.getLoggerName());
        fields.put("process.thread.name", event.getThreadName());
        event.getMDCPropertyMap()
                .forEach((key, value) ->
                        fields.putIfAbsent(FIELDS.getOrDefault(key, "labels." + key), LogEscaping.of(value)));
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> fields.putIfAbsent(name(pair.key), value(pair.value)));
        }
        IThrowableProxy failure = event.getThrowableProxy();
        if (failure != null) {
            fields.put("error.type", failure.getClassName());
            fields.put("error.message", LogEscaping.of(String.valueOf(failure.getMessage())));
            fields.put("error.stack_trace", trace.convert(event));
        }
        return fields;
    }

    private static String name(String key) {
        return key.indexOf('.') < 0 ? "labels." + key : key;
    }

    private static Object value(@Nullable Object value) {
        return value instanceof Number ? value : LogEscaping.of(String.valueOf(value));
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            default -> json.writeString(String.valueOf(value));
        }
    }
}
