package dev.belfry.host.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.belfry.host.files.OwnFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** A plugin's OpenAPI document, as written and as JSON. Its servers are below the base path. */
record OpenApiDocument(String yaml, String json) {

    /** @throws IllegalArgumentException when the file is missing or is not valid YAML */
    static OpenApiDocument read(URL resources, String path, BasePath base) {
        try (OwnFiles files = new OwnFiles(resources);
                InputStream in = files.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("the OpenAPI document '" + path + "' is not in the plugin's JAR");
            }
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            ObjectMapper mapper = new ObjectMapper(new YAMLFactory());
            JsonNode document = mapper.readTree(yaml);
            return move(document, base)
                    ? new OpenApiDocument(mapper.writeValueAsString(document), document.toString())
                    : new OpenApiDocument(yaml, document.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the OpenAPI document '" + path + "' cannot be read: " + e.getMessage(), e);
        }
    }

    /** @return whether something has changed */
    private static boolean move(JsonNode document, BasePath base) {
        boolean moved = false;
        for (JsonNode server : document.path("servers")) {
            String written = server.path("url").asText();
            String url = base.of(written);
            if (server instanceof ObjectNode object && !url.equals(written)) {
                object.put("url", url);
                moved = true;
            }
        }
        return moved;
    }
}
