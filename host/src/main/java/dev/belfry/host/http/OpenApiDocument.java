package dev.belfry.host.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;

/** A plugin's OpenAPI document, as written and as JSON. */
record OpenApiDocument(String yaml, String json) {

    /** @throws IllegalArgumentException when the file is missing or is not valid YAML */
    static OpenApiDocument read(URL resources, String path) {
        try (URLClassLoader files = new URLClassLoader(new URL[] {resources}, null);
                InputStream in = files.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("the OpenAPI document '" + path + "' is not in the plugin's JAR");
            }
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            JsonNode document = new ObjectMapper(new YAMLFactory()).readTree(yaml);
            return new OpenApiDocument(yaml, document.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the OpenAPI document '" + path + "' cannot be read: " + e.getMessage(), e);
        }
    }
}
