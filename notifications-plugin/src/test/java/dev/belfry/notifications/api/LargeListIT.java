package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.testkit.TestHost;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages of the largest allowed notifications have the same size and order as pages of small ones. */
@Tag("soak")
class LargeListIT {

    private static final int COUNT = 12;
    private static final String MESSAGE = "\uD83D\uDD14".repeat(32 * 1024);

    @ParameterizedTest
    @EnumSource(Setting.class)
    void pagesOfLargeMessagesAreComplete(Setting setting) throws Exception {
        ObjectMapper json = new ObjectMapper();
        try (TestHost host = setting.host().user("ada").start()) {
            for (int i = 0; i < COUNT; i++) {
                assertThat(host.as("ada")
                                .post(
                                        Setting.BASE,
                                        "{\"origin\":\"tests\",\"title\":\"n%02d\",\"message\":\"%s\"}"
                                                .formatted(i, MESSAGE))
                                .statusCode())
                        .isEqualTo(200);
            }
            for (String order : List.of("created", "title")) {
                List<String> titles = new ArrayList<>();
                String query = "?messageScope=all&pageSize=5&orderByDirec=asc&orderBy=" + order;
                while (query != null) {
                    HttpResponse<String> answer = host.as("ada").get(Setting.BASE + query);
                    JsonNode page = json.readTree(answer.body());
                    assertThat(page.size()).isEqualTo(Math.min(5, COUNT - titles.size()));
                    page.forEach(notification -> {
                        titles.add(notification.get("title").asText());
                        assertThat(notification.get("message").asText()).isEqualTo(MESSAGE);
                    });
                    // Four bytes per bell, not twelve.
                    assertThat(answer.body()).doesNotContain("\\ud83d").doesNotContain("\\uD83D");
                    query = answer.headers()
                            .firstValue("Link")
                            .map(link -> link.substring(1, link.indexOf('>')))
                            .orElse(null);
                }
                assertThat(titles).hasSize(COUNT).isSorted();
            }
            HttpResponse<String> second =
                    host.as("ada").get(Setting.BASE + "?messageScope=all&pageSize=5&pageNumber=2&orderByDirec=asc");
            assertThat(json.readTree(second.body()).get(0).get("title").asText())
                    .isEqualTo("n05");
        }
    }
}
