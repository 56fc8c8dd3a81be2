package dev.belfry.cli.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sends the requests of the training over HTTP. */
public final class TrainingClient {

    /** The second round runs on the paths of the first, with warm caches. */
    private static final int ROUNDS = 3;

    private static final List<String> HOST_PATHS = List.of(
            "/",
            "/readyz",
            "/metrics",
            "/api/host/plugins",
            "/api/host/docs",
            "/api/auth/session",
            "/api/auth/providers",
            "/api/auth/.well-known/jwks.json");
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final String address;
    private final String token;

    /** @param token of the user whom the training folder knows */
    public TrainingClient(String address, String token) {
        this.address = address;
        this.token = token;
    }

    /** Sends requests that every host answers, then the requests of the plugins. */
    public void run(AotTrainingFolder folder) throws IOException, TrainingFailed {
        for (int round = 0; round < ROUNDS; round++) {
            for (String path : HOST_PATHS) {
                send("GET", path, "");
            }
            for (TrainingWorkload workload : folder.workloads()) {
                run(workload);
            }
        }
    }

    private void run(TrainingWorkload workload) throws IOException, TrainingFailed {
        Map<String, String> kept = new HashMap<>();
        for (TrainingWorkload.Request request : workload.requests()) {
            String path = "/api/" + workload.plugin() + request.path();
            for (Map.Entry<String, String> value : kept.entrySet()) {
                path = path.replace("{" + value.getKey() + "}", value.getValue());
            }
            JsonNode body = request.body();
            String response = send(request.method(), path, body == null ? "" : body.toString());
            for (Map.Entry<String, String> keep : request.kept().entrySet()) {
                kept.put(keep.getKey(), valueAt(keep.getValue(), response, path));
            }
        }
    }

    private static String valueAt(String pointer, String response, String path) throws TrainingFailed {
        try {
            JsonNode value = JSON.readTree(response).at(pointer);
            if (value.isValueNode()) {
                return value.asText();
            }
        } catch (JsonProcessingException e) {
            // Reported below, like a missing value.
        }
        throw new TrainingFailed("the response of " + path + " has no value at " + pointer + ": " + response);
    }

    private String send(String method, String path, String body) throws IOException, TrainingFailed {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address + path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        if (!body.isEmpty()) {
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        if (connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST) {
            throw new TrainingFailed(method + " " + path + " got the status " + connection.getResponseCode());
        }
        try (InputStream response = connection.getInputStream()) {
            return new String(response.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
