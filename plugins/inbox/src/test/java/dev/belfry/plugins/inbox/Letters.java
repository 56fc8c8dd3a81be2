package dev.belfry.plugins.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.belfry.testkit.TestHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends the notifications of the tests. */
final class Letters {

    private static final String PATH = "/api/notifications/notifications";
    private static final Gson JSON = new Gson();

    private final TestHost host;

    Letters(TestHost host) {
        this.host = host;
    }

    /** @return the id of the notification */
    String send(String user, String title) {
        return send(Map.of("title", title, "origin", "tests", "targetUsers", List.of("default/" + user)));
    }

    void send(String user, int count) {
        List<Object> batch = new ArrayList<>();
        for (int each = 1; each <= count; each++) {
            batch.add(Map.of("title", "Number " + each, "origin", "tests", "targetUsers", List.of("default/" + user)));
        }
        assertThat(host.as("ada").post(PATH + "/batch", JSON.toJson(batch)).statusCode())
                .isEqualTo(200);
    }

    String send(Map<String, ?> notification) {
        var response = host.as("ada").post(PATH, JSON.toJson(new LinkedHashMap<>(notification)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return object(response.body()).get("messageId").getAsString();
    }

    long unread(String user) {
        return object(host.as(user).get(PATH + "/count?read=false").body())
                .get("count")
                .getAsLong();
    }

    private static JsonObject object(String json) {
        return JsonParser.parseString(json).getAsJsonObject();
    }
}
