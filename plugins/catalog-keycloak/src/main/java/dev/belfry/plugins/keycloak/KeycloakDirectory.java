package dev.belfry.plugins.keycloak;

import dev.belfry.api.catalog.CatalogEntity;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.plugins.directory.Directory;
import dev.belfry.plugins.directory.EntityCollector;
import dev.belfry.plugins.directory.LeftOutLog;
import dev.belfry.plugins.directory.ReadDeadline;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the users, groups and subgroups of a realm; Keycloak's ids identify them. */
final class KeycloakDirectory implements Directory {

    /** By which a user who signs in with Keycloak is recognized. */
    private static final String ID = "keycloak.org/id";

    private final CatalogKeycloakConfig config;
    private final HttpClient http;
    private final LeftOutLog leftOut;

    KeycloakDirectory(CatalogKeycloakConfig config, HttpClient http, LeftOutLog leftOut) {
        this.config = config;
        this.http = http;
        this.leftOut = leftOut;
    }

    @Override
    public List<CatalogEntity> read() throws IOException, InterruptedException {
        ReadDeadline deadline = ReadDeadline.after(config.scheduleOrDefault().timeoutOrDefault());
        KeycloakClient client = new KeycloakClient(http, config, deadline);
        EntityCollector<String> collector = new EntityCollector<>(config.namespaceOrDefault());
        for (JsonObject user : client.list("/users", config.userPage())) {
            if (!user.isFalse("enabled")) {
                String id = idOf(user);
                collector.add(id, EntityRef.USER, user.text("username"), fullName(user), user.text("email"));
                collector.annotate(id, ID, id);
            }
        }
        readGroups(client, collector);
        leftOut.report(collector.warnings());
        return collector.entities();
    }

    /** Level by level: of two groups with one name, the one nearer to the top counts. */
    private void readGroups(KeycloakClient client, EntityCollector<String> collector)
            throws IOException, InterruptedException {
        Deque<JsonObject> open = new ArrayDeque<>(client.list("/groups", config.groupPage()));
        while (!open.isEmpty()) {
            JsonObject group = open.removeFirst();
            String id = idOf(group);
            collector.add(id, EntityRef.GROUP, group.text("name"), group.text("name"), null);
            for (JsonObject member :
                    client.list("/groups/" + KeycloakClient.encoded(id) + "/members", config.groupPage())) {
                collector.addMembership(idOf(member), id);
            }
            for (JsonObject child : childrenOf(group, client)) {
                collector.addMembership(idOf(child), id);
                open.addLast(child);
            }
        }
    }

    /** Since Keycloak 23, a group has the number of its subgroups, and they are a list of their own. */
    private List<JsonObject> childrenOf(JsonObject group, KeycloakClient client)
            throws IOException, InterruptedException {
        return group.number("subGroupCount") > 0
                ? client.list("/groups/" + KeycloakClient.encoded(idOf(group)) + "/children", config.groupPage())
                : group.objects("subGroups");
    }

    private String idOf(JsonObject object) throws IOException {
        String id = object.text("id");
        if (id == null) {
            throw new IOException(config.base() + ": a user or group has no id");
        }
        return id;
    }

    private static String fullName(JsonObject user) {
        return (orEmpty(user.text("firstName")) + " " + orEmpty(user.text("lastName"))).strip();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
