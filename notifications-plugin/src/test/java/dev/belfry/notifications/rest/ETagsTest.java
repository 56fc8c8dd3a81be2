package dev.belfry.notifications.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.database.Dialect;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.inbox.LongPolling;
import dev.belfry.notifications.jooq.JooqNotificationStore;
import dev.belfry.notifications.jooq.RecordingDatabase;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.contract.Samples;
import dev.belfry.testkit.TestDatabase;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that has the current response gets 304 without a read of the inbox; checked by the recorded statements. */
class ETagsTest {

    private static final Caller ADA = Caller.user(EntityRef.user("default", "ada"), Set.of());

    private static final Caller BOB = Caller.user(EntityRef.user("default", "bob"), Set.of());

    private static HttpResponse<String> get(HttpClient client, Javalin server, String path, String tag)
            throws Exception {
        return get(client, server, path, tag, "ada");
    }

    private static HttpResponse<String> get(HttpClient client, Javalin server, String path, String tag, String caller)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("X-Caller", caller);
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Users read their own inboxes, so the catalog is not asked for the guest. */
    private static final Catalog CATALOG = new Catalog() {
        @Override
        public Set<EntityRef> missing(Collection<EntityRef> refs) {
            return Set.copyOf(refs);
        }

        @Override
        public Set<EntityRef> groupsOf(EntityRef user) {
            return Set.of();
        }
    };

    private static Javalin serve(JooqNotificationStore store) {
        Inbox inbox = new Inbox(store, store, store, user -> Set.of(Samples.group("ringers")), event -> {});
        InboxOwner readers = new InboxOwner(CATALOG);
        LongPolling waiting = new LongPolling(store, user -> Set.of(), failure -> {});
        RouteHandler list = new ListNotifications(inbox, readers);
        RouteHandler count = new CountNotifications(inbox, readers, waiting, Duration.ZERO);
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get("/list", context -> list.handle(context, callerOf(context)));
                    config.routes.get("/count", context -> count.handle(context, ADA));
                })
                .start("127.0.0.1", 0);
    }

    private static Caller callerOf(Context context) {
        return "bob".equals(context.header("X-Caller")) ? BOB : ADA;
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a304ReadsTheCountersOnly(Dialect dialect) throws Exception {
        try (TestDatabase database = TestDatabase.of(dialect, JooqNotificationStore.class);
                HttpClient client = HttpClient.newHttpClient()) {
            database.migrate(JooqNotificationStore.MIGRATIONS);
            RecordingDatabase recording = new RecordingDatabase(database);
            JooqNotificationStore store = new JooqNotificationStore(recording);
            for (int i = 0; i < 30; i++) {
                store.save(Samples.titled(Samples.id(Samples.NOON, i), "bell " + i), Samples.groups("ringers"));
            }
            Javalin server = serve(store);
            try {
                for (String path : new String[] {
                    "/list",
                    "/list?read=false&messageScope=all",
                    "/list?containsText=bell",
                    "/list?pageSize=0&pageNumber=0",
                    "/list?orderBy=title",
                    "/count",
                    "/count?read=false",
                    "/count?containsText=bell&createdAfter=2026-01-01T00:00:00Z"
                }) {
                    HttpResponse<String> whole = get(client, server, path, "");
                    assertThat(whole.statusCode()).isEqualTo(200);
                    recording.forget();

                    HttpResponse<String> again = get(
                            client,
                            server,
                            path,
                            whole.headers().firstValue("ETag").orElseThrow());

                    assertThat(again.statusCode()).as(path).isEqualTo(304);
                    assertThat(recording.statements())
                            .as(path)
                            .singleElement()
                            .satisfies(statement -> assertThat(statement)
                                    .contains("tally", "tally_delta")
                                    .doesNotContain("notification", "addressee", "read_mark", "folded_text"));
                }
                recording.forget();
                get(client, server, "/list?pageSize=7", "W/\"another\"");
                assertThat(recording.statements())
                        .as("the statements of reading the inbox")
                        .anyMatch(statement -> statement.contains("notification"));
            } finally {
                server.stop();
            }
        }
    }

    /** The second store acts as another host. */
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aPageIsReadAgainAfterItsInboxHasChanged(Dialect dialect) throws Exception {
        try (TestDatabase database = TestDatabase.of(dialect, JooqNotificationStore.class);
                HttpClient client = HttpClient.newHttpClient()) {
            database.migrate(JooqNotificationStore.MIGRATIONS);
            RecordingDatabase recording = new RecordingDatabase(database);
            JooqNotificationStore other = new JooqNotificationStore(database);
            for (int i = 0; i < 30; i++) {
                other.save(Samples.titled(Samples.id(Samples.NOON, i), "bell " + i), Samples.groups("ringers"));
            }
            Javalin server = serve(new JooqNotificationStore(recording));
            try {
                HttpResponse<String> read = get(client, server, "/list", "");
                assertThat(get(client, server, "/list", "").body())
                        .as("the page that is cached from now on")
                        .isEqualTo(read.body());
                recording.forget();

                HttpResponse<String> kept = get(client, server, "/list", "");
                assertThat(kept.body()).isEqualTo(read.body()).contains("bell 29");
                assertThat(kept.headers().firstValue("Link"))
                        .isPresent()
                        .isEqualTo(read.headers().firstValue("Link"));
                assertThat(kept.headers().firstValue("ETag"))
                        .isEqualTo(read.headers().firstValue("ETag"));
                assertThat(kept.headers().firstValue("Content-Type"))
                        .isEqualTo(read.headers().firstValue("Content-Type"));
                assertThat(recording.statements())
                        .singleElement()
                        .satisfies(statement -> assertThat(statement).doesNotContain("addressee", "read_mark"));

                other.save(Samples.titled(Samples.id(Samples.NOON, 30), "bell 30"), Samples.groups("ringers"));
                assertThat(get(client, server, "/list", "").body()).contains("bell 30");

                other.mark(
                        new Recipient(Samples.user("ada"), Set.of(Samples.group("ringers"))),
                        Samples.id(Samples.NOON, 30),
                        true);
                assertThat(get(client, server, "/list", "").body()).contains("\"readByUser\":true");
                assertThat(get(client, server, "/list", "", "bob").body()).doesNotContain("\"readByUser\":true");
            } finally {
                server.stop();
            }
        }
    }
}
