package dev.belfry.cli.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The requests with which a plugin is trained, from its JAR.
 *
 * @param plugin its id
 * @param permissions what the sender of the requests may do
 * @param requests in their order
 */
record TrainingWorkload(String plugin, List<Grant> permissions, List<Request> requests) {

    /** Its path in the JAR. */
    static final String FILE = "META-INF/belfry/training.json";

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** A line of the policy. */
    record Grant(
            @JsonProperty(required = true) String permission,
            @JsonProperty(required = true) String action) {}

    /**
     * One request.
     *
     * @param path below {@code /api/<plugin>}, can contain kept values as {@code {name}}
     * @param keep values of the response for later paths: names, and JSON pointers
     */
    record Request(
            @JsonProperty(required = true) String method,
            @JsonProperty(required = true) String path,
            @Nullable JsonNode body,
            @Nullable Map<String, String> keep) {

        Map<String, String> kept() {
            return keep == null ? Map.of() : keep;
        }
    }

    private record Document(
            @Nullable List<Grant> permissions,
            @JsonProperty(required = true) List<Request> requests) {}

    /** @return empty when the JAR has none */
    static Optional<TrainingWorkload> in(Path jar) throws IOException, TrainingFailed {
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry entry = file.getEntry(FILE);
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream in = file.getInputStream(entry)) {
                Document document = JSON.readValue(in, Document.class);
                return Optional.of(new TrainingWorkload(
                        id(file),
                        document.permissions() == null ? List.of() : document.permissions(),
                        document.requests()));
            }
        } catch (JsonProcessingException e) {
            throw new TrainingFailed(jar + ": " + FILE + " cannot be used: " + e.getOriginalMessage());
        } catch (ZipException e) {
            throw new TrainingFailed(jar + " is not a JAR: " + e.getMessage());
        }
    }

    private static String id(JarFile jar) throws IOException, TrainingFailed {
        Manifest manifest = jar.getManifest();
        String id = manifest == null ? null : manifest.getMainAttributes().getValue("Plugin-Id");
        if (id == null) {
            throw new TrainingFailed(jar.getName() + ": the manifest has no Plugin-Id");
        }
        return id;
    }
}
