package org.example.guide.bells;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.queue.DurableQueue;
import dev.belfry.api.web.EventStream;
import dev.belfry.api.web.ServerSentEvent;
import dev.belfry.notifications.notifier.NewNotification;
import dev.belfry.notifications.notifier.Notifier;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.example.guide.bells.chimes.Chime;
import org.example.guide.bells.chimes.Rung;
import org.example.guide.bells.chimes.Tower;

/** The code blocks of the guide that belong into a plugin. */
public final class TwoBellsPlugin implements Plugin {

    private final AtomicInteger reports = new AtomicInteger();
    private final List<Mail> sent = new CopyOnWriteArrayList<>();
    private volatile String tone = "";

    private interface MailServer {
        void send(Mail mail);
    }

    @Override
    public void start(PluginContext context) {
        context.config(
                BellConfig.class, config -> tone = config.tone()); // now, and after each change; tone is volatile
        List<Chime> chimes = context.extensions(Chime.class); // changes as plugins come and go
        context.providePerCaller(Tower.class, pluginId -> () -> "ding for " + pluginId);
        context.routes(routes -> {
            routes.get("/hello", Access.PUBLIC, (request, caller) -> request.result("Hello!"));
            routes.get("/tone", Access.PUBLIC, (request, caller) -> request.result(tone));
            routes.get(
                    "/chimes",
                    Access.PUBLIC,
                    (request, caller) ->
                            request.json(chimes.stream().map(Chime::sound).toList()));
            routes.post("/announce", Access.PUBLIC, (request, caller) -> {
                context.events().publish(new Rung("ding"));
            });
            routes.post("/notify", Access.AUTHENTICATED, (request, caller) -> {
                UUID id = send(context, ((Caller.User) caller).ref());
                request.result(id.toString());
            });
            routes.post(
                    "/fetch",
                    Access.PUBLIC,
                    (request, caller) -> request.result(fetch(context, URI.create(request.body()))));
            routes.get("/reports", Access.PUBLIC, (request, caller) -> request.json(reports.get()));
            routes.get("/sent", Access.PUBLIC, (request, caller) -> request.json(sent));
            routes.get("/missing", Access.PUBLIC, (request, caller) -> request.json(count(context)));
        });
        streams(context);
        pages(context);
        waiting(context, new WaitingRequests());
        queue(context, sent::add);
        context.scheduler().everyOnOneHost("report", Duration.ofHours(1), this::writeReport);
    }

    private void writeReport() {
        reports.incrementAndGet();
    }

    private static UUID send(PluginContext context, EntityRef user) {
        Notifier notifier = context.require(Notifier.class);
        NewNotification failed = NewNotification.to(user, "Build 7 has failed").withAction("Show", "/builds/7");
        UUID id = notifier.send(failed);
        return id;
    }

    private static String fetch(PluginContext context, URI uri) throws Exception {
        HttpResponse<String> response =
                context.httpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        return response.body();
    }

    private static void streams(PluginContext context) {
        Set<EventStream> listeners = ConcurrentHashMap.newKeySet();
        context.routes(routes -> {
            routes.events("/rings", Access.AUTHENTICATED, stream -> {
                        listeners.add(stream);
                        stream.onClose(() -> listeners.remove(stream));
                        stream.lastEventId().ifPresent(id -> ringsAfter(id).forEach(stream::send));
                    })
                    .query("tower");
            routes.post("/ring", Access.AUTHENTICATED, (request, caller) -> {
                ServerSentEvent event =
                        ServerSentEvent.of("{\"tone\":\"c\"}").withName("ring").withId("17");
                listeners.forEach(stream -> stream.send(event));
            });
        });
    }

    private static List<ServerSentEvent> ringsAfter(String id) {
        return List.of(ServerSentEvent.of("after " + id).withName("missed"));
    }

    private static void pages(PluginContext context) {
        context.pages("/two-bells", pages -> {
            pages.files("web", Access.PUBLIC); // web/app.js is /two-bells/app.js
            pages.page("/", Access.PUBLIC, "index.html"); // /two-bells/
            pages.page("/{id}", Access.AUTHENTICATED, "bell.html"); // /two-bells/17
            pages.notFound("missing.html");
        });
    }

    private static void waiting(PluginContext context, WaitingRequests chimes) {
        context.routes(routes -> {
            routes.get(
                    "/next",
                    Access.AUTHENTICATED,
                    (request, caller) -> request.future(() -> chimes.next().thenAccept(request::result)));
            routes.onDrain(chimes::answerAllWhoWait);
        });
    }

    private static void queue(PluginContext context, MailServer server) {
        DurableQueue<Mail> outbox = context.queue("outbox", Mail.class, mail -> server.send(mail));
        context.routes(routes ->
                routes.post("/mails", Access.PUBLIC, (request, caller) -> outbox.put(request.bodyAsClass(Mail.class))));
    }

    private static int count(PluginContext context) throws SQLException {
        try (Connection connection = context.database().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement("select count(*) from bell");
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getInt(1);
        } catch (SQLException failure) {
            DatabaseUnavailable unavailable =
                    context.database().unavailability(failure).orElseThrow(() -> failure);
            context.logger().warn("the bells cannot be counted", unavailable);
            throw unavailable;
        }
    }
}
