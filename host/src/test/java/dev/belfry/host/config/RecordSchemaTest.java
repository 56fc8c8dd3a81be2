package dev.belfry.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.api.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    enum Tone {
        DEEP,
        VERY_HIGH
    }

    record Rope(int length) {}

    record Bell(
            String name,
            Long weight,
            double pitch,
            @Nullable Boolean cracked,
            Optional<Tone> tone,
            @Nullable Duration every,
            @Nullable Secret password,
            @Nullable Path sample,
            @Nullable URI maker,
            List<Rope> ropes,
            Map<String, Integer> hours) {}

    record Open(@Nullable Object anything) {}

    record Tower(Map<String, Tower> towers) {}

    record Limits(
            @Key("streams.total") @Default("7") @Range(min = 1, max = 9)
            int total,

            @Words List<String> words) {}

    private static void assertSchema(Class<? extends Record> type, String properties, String required)
            throws Exception {
        String expected =
                "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"type\": \"object\", \"properties\": "
                        + properties + required + ", \"additionalProperties\": false}";

        assertThat(JSON.readTree(JSON.writeValueAsString(RecordSchema.of(type))))
                .isEqualTo(JSON.readTree(expected));
    }

    @Test
    void anObjectMayBeAnyValue() throws Exception {
        assertSchema(Open.class, "{\"anything\": {}}", "");
    }

    @Test
    void everyTypeOfComponentsIsDescribed() throws Exception {
        assertSchema(Bell.class, """
                { "name": {"type": "string"},
                  "weight": {"type": "integer"},
                  "pitch": {"type": "number"},
                  "cracked": {"type": "boolean"},
                  "tone": {"enum": ["deep", "very-high"]},
                  "every": {"type": ["string", "object", "boolean"], "format": "duration"},
                  "password": {"type": "string", "writeOnly": true},
                  "sample": {"type": "string"},
                  "maker": {"type": "string", "format": "uri-reference"},
                  "ropes": {"type": "array", "items":
                      {"type": "object", "properties": {"length": {"type": "integer"}}, "required": ["length"],
                       "additionalProperties": false}},
                  "hours": {"type": "object", "additionalProperties": {"type": "integer"}} }
                """, ", \"required\": [\"name\", \"weight\", \"pitch\"]");
    }

    @Test
    void keysBoundsAndDefaultsAreDescribed() throws Exception {
        assertSchema(Limits.class, """
                { "streams": {"type": "object", "additionalProperties": false, "properties":
                    {"total": {"type": "integer", "minimum": 1, "maximum": 9, "default": 7}}},
                  "words": {"type": ["array", "string"], "items": {"type": "string"}} }
                """, "");
    }

    @Test
    void aRecordThatContainsItselfIsDescribedOnce() throws Exception {
        assertSchema(
                Tower.class,
                "{\"towers\": {\"type\": \"object\", \"additionalProperties\": {\"type\": \"object\"}}}",
                "");
    }
}
