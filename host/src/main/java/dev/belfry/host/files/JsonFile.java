package dev.belfry.host.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Optional;

/** A JSON file in the JAR of a plugin. */
public final class JsonFile {

    private JsonFile() {}

    /**
     * @param location the plugin's JAR or folder of classes
     * @param file its path there
     * @return empty when there is no such file
     * @throws IllegalArgumentException when it cannot be read, or is not JSON
     */
    public static Optional<JsonNode> read(URL location, String file, ObjectMapper mapper) {
        try (OwnFiles files = new OwnFiles(location);
                InputStream in = files.getResourceAsStream(file)) {
            return in == null ? Optional.empty() : Optional.of(mapper.readTree(in));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + " is not valid JSON: see line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr(),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
