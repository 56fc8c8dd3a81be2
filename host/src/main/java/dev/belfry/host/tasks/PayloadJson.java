package dev.belfry.host.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/**
 * The payloads of one queue of one generation, as JSON. It has its own type factory: the shared one would keep the plugin's classes from
 * being unloaded.
 */
final class PayloadJson<T> {

    private static final int INITIAL_TYPES = 4;
    private static final int MAX_TYPES = 50;

    private final Class<T> type;

    /** Ignores unknown fields: another version of the plugin may have written the payload. */
    private final ObjectMapper mapper = JsonMapper.builder()
            // Before the modules: the module of Optional changes the type factory.
            .typeFactory(TypeFactory.defaultInstance().withCache(new LRUMap<>(INITIAL_TYPES, MAX_TYPES)))
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    PayloadJson(Class<T> type) {
        this.type = type;
    }

    byte[] write(T payload) {
        try {
            return mapper.writerFor(type).writeValueAsBytes(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "a payload of " + type.getName() + " cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    T read(byte[] json) throws IOException {
        return mapper.readValue(json, type);
    }
}
