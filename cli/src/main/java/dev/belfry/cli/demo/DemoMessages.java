package dev.belfry.cli.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The notifications that the programs of the company send: templates, chosen and filled in at random. */
final class DemoMessages {

    private static final String FILE = "messages.json";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Document document;
    private final RandomGenerator random;
    private final int totalWeight;

    /**
     * The file.
     *
     * @param words values for the placeholders of the templates, by name
     */
    private record Document(
            @JsonProperty(required = true) Map<String, List<String>> words,
            @JsonProperty(required = true) List<Template> templates) {}

    /**
     * A kind of notification.
     *
     * @param weight how often it is sent, compared with the others
     * @param body of the request; can contain placeholders such as {@code {service}}
     */
    private record Template(
            @JsonProperty(required = true) int weight,
            @JsonProperty(required = true) ObjectNode body) {}

    private DemoMessages(Document document, RandomGenerator random) {
        this.document = document;
        this.random = random;
        this.totalWeight =
                document.templates().stream().mapToInt(Template::weight).sum();
    }

    static DemoMessages read(RandomGenerator random) throws IOException {
        try (InputStream in = DemoMessages.class.getResourceAsStream(FILE)) {
            return new DemoMessages(JSON.readValue(in, Document.class), random);
        }
    }

    /** The body of the next request. */
    String next() {
        String text = template().body().toString();
        for (Map.Entry<String, List<String>> word : document.words().entrySet()) {
            List<String> values = word.getValue();
            text = text.replace("{" + word.getKey() + "}", values.get(random.nextInt(values.size())));
        }
        return text.replace("{n}", String.valueOf(random.nextInt(2, 60)));
    }

    private Template template() {
        int left = random.nextInt(totalWeight);
        for (Template template : document.templates()) {
            left -= template.weight();
            if (left < 0) {
                return template;
            }
        }
        throw new AssertionError("the weights do not add up");
    }

    /** The bodies as they are in the file, for tests. */
    List<JsonNode> templates() {
        return document.templates().stream().<JsonNode>map(Template::body).toList();
    }
}
