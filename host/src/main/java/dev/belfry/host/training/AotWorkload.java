package dev.belfry.host.training;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The most frequent requests of a host, over HTTP. */
public final class AotWorkload {

    /** The second round runs on the paths of the first, with warm caches. */
    private static final int ROUNDS = 3;

    private static final String API = "/api/notifications/notifications";
    private static final String MESSAGE =
            "{\"title\":\"It rings\",\"message\":\"for training\",\"origin\":\"training\",\"topic\":\"bells\",%s}";
    private static final String TO_USER = MESSAGE.formatted("\"targetUsers\":[\"default/trainee\"]");
    private static final String TO_GROUP = MESSAGE.formatted("\"targetGroups\":[\"default/team\"]");
    private static final Pattern ID = Pattern.compile("\"messageId\":\"([0-9a-f-]+)\"");

    private final String address;
    private final String token;

    /** @param token of {@code user:default/trainee} */
    public AotWorkload(String address, String token) {
        this.address = address;
        this.token = token;
    }

    /** Sends requests that every host answers. */
    public void ofHost() throws IOException, TrainingFailed {
        for (int i = 0; i < ROUNDS; i++) {
            ask("GET", "/", "");
            ask("GET", "/readyz", "");
            ask("GET", "/metrics", "");
            ask("GET", "/api/host/plugins", "");
        }
    }

    /** Sends, lists, counts, marks and searches notifications. */
    public void ofNotifications() throws IOException, TrainingFailed {
        for (int i = 0; i < ROUNDS; i++) {
            String id = idIn(ask("POST", API, TO_USER));
            ask("POST", API, TO_GROUP);
            ask("POST", API + "/batch", "[" + TO_USER + "," + TO_GROUP + "]");
            ask("GET", API, "");
            ask("GET", API + "?read=false&pageSize=5", "");
            ask("GET", API + "?containsText=training", "");
            ask("GET", API + "/count", "");
            ask("PUT", API + "/read?messageId=" + id + "&read=true", "");
            ask("PUT", API + "/read-all?messageScope=all", "");
        }
    }

    private static String idIn(String answer) throws TrainingFailed {
        Matcher id = ID.matcher(answer);
        if (!id.find()) {
            throw new TrainingFailed("a created message has no id: " + answer);
        }
        return id.group(1);
    }

    private String ask(String method, String path, String body) throws IOException, TrainingFailed {
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
            throw new TrainingFailed(method + " " + path + " was answered with " + connection.getResponseCode());
        }
        try (InputStream answer = connection.getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
